"""The stylesheet and the script, under addresses that carry their content's hash and may be kept for ever."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from kb.errors import NotFound

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False)


@cache
def _hashed() -> dict[str, str]:
    """File name → name with hash, of every file in static/."""
    names: dict[str, str] = {}
    for path in sorted(STATIC.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        names[path.name] = f"{path.stem}.{digest}{path.suffix}"
    return names


def asset(name: str) -> str:
    """The address of a file of static/."""
    return f"/static/{_hashed()[name]}"


@router.get("/static/{name}")
def serve(name: str) -> Response:
    """A file by its hashed name."""
    for plain, hashed in _hashed().items():
        if hashed == name:
            kind = mimetypes.guess_type(plain)[0] or "application/octet-stream"
            headers = {"Cache-Control": "public, max-age=31536000, immutable"}
            return Response((STATIC / plain).read_bytes(), media_type=kind, headers=headers)
    raise NotFound(f"Không có tệp “{name}”.")
