"""The stylesheet and the script, under addresses that carry their content's hash and may be kept for ever.

The stylesheet lies in parts by page, and is one file to whoever visits.
"""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from kb.errors import NotFound

STATIC = Path(__file__).parent / "static"
SHEETS = ("base", "search", "reader", "documents", "small", "narrow", "print")  # in this order: the later ones override
router = APIRouter(include_in_schema=False)


@cache
def _contents() -> dict[str, bytes]:
    """File name → what is in it."""
    files = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}
    sheets = [(STATIC / "css" / f"{name}.css").read_bytes() for name in SHEETS]
    return files | {"site.css": b"\n".join(sheets)}


@cache
def _hashed() -> dict[str, str]:
    """File name → name with hash."""
    names: dict[str, str] = {}
    for name, content in _contents().items():
        stem, _, ending = name.rpartition(".")
        names[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"
    return names


def asset(name: str) -> str:
    """The address of a file of static/, or of the stylesheet."""
    return f"/static/{_hashed()[name]}"


@router.get("/static/{name}")
def serve(name: str) -> Response:
    """A file by its hashed name."""
    for plain, hashed in _hashed().items():
        if hashed == name:
            kind = mimetypes.guess_type(plain)[0] or "application/octet-stream"
            headers = {"Cache-Control": "public, max-age=31536000, immutable"}
            return Response(_contents()[plain], media_type=kind, headers=headers)
    raise NotFound(f"Không có tệp “{name}”.")
