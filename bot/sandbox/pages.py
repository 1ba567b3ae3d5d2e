"""Knows the page's files and the font that lets any machine show Chinese."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page_response(path: str) -> web.StreamResponse:
    """A file of the page, 404 for anything else."""
    name = path.strip("/") or "index.html"
    file = _FOLDER / name
    if "/" in name or file.suffix not in _TYPES or not file.is_file():
        return web.Response(status=404, text="Not Found")
    return web.Response(body=file.read_bytes(), content_type=_TYPES[file.suffix], charset="utf-8", headers=_HEADERS)


@cache
def font_path() -> Path | None:
    """The Chinese font inside the mplfonts package, found without importing it (its import changes settings)."""
    spec = find_spec("mplfonts")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "fonts" / "NotoSansCJKsc-Regular.otf"
        if path.is_file():
            return path
    return None


def font_response() -> web.StreamResponse:
    path = font_path()
    if path is None:
        return web.Response(status=404, text="no font")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "font/otf"}
    return web.FileResponse(path, headers=headers)
