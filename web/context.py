"""What every handler needs, named once: the base, the settings, the words, and the way to a page."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from kb.library import Library
from kb.settings import Settings
from web import links
from web.assets import asset
from web.language import DEFAULT, LANGUAGES, Words, words

_YEAR = 365 * 24 * 3600
_templates = Jinja2Templates(Path(__file__).parent / "templates")
_templates.env.trim_blocks = True
_templates.env.lstrip_blocks = True
_templates.env.globals |= {"asset": asset, "links": links}


def warm() -> None:
    """Compiles the templates."""
    for name in _templates.env.list_templates():
        _templates.env.get_template(name)


def library(request: Request) -> Library:
    """The base; it follows by itself what other processes put into it."""
    base: Library = request.app.state.library
    return base


def settings(request: Request) -> Settings:
    """The settings of this process."""
    found: Settings = request.app.state.settings
    return found


def speech(request: Request) -> Words:
    """The interface language: `?lang=`, else the cookie, else Vietnamese."""
    asked = request.query_params.get("lang") or request.cookies.get("lang") or DEFAULT
    return words(asked)


LibraryDep = Annotated[Library, Depends(library)]
SettingsDep = Annotated[Settings, Depends(settings)]
WordsDep = Annotated[Words, Depends(speech)]


def fragment(name: str, said: Words, page: object) -> str:
    """A part of a page by itself."""
    return _templates.env.get_template(name).render(page=page, t=said)


def render(request: Request, name: str, said: Words, page: object, status: int = 200) -> Response:
    """The page `name` with its view model `page`; remembers the language where the address sets it."""
    here = {code: request.url.include_query_params(lang=code) for code in LANGUAGES}
    other = {code: f"{url.path}?{url.query}" for code, url in here.items()}
    context = {"page": page, "t": said, "other": other, "path": request.url.path, "state": request.app.state}
    response = _templates.TemplateResponse(request, name, context, status_code=status)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Cookie"
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", said.language, max_age=_YEAR, samesite="lax", httponly=True)
    return response
