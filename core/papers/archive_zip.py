"""Knows how papers become one .zip: each is drawn as it would be by itself."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.papers.render import render
from core.papers.steps import listening, step

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""No clock here: every entry has the first moment that a .zip can say."""


def archive_zip(data: Mapping[str, Any]) -> bytes:
    """A .zip of `{entries: [{name, kind, data}]}`; names are UTF-8, folders by "/". Raises what `render` raises."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for number, entry in enumerate(data["entries"], start=1):
            step("file", number, len(data["entries"]))
            info = ZipInfo(str(entry["name"]), _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            with listening(None):  # how far a single one has come would only confuse
                content = render(entry["kind"], entry["data"])
            file.writestr(info, content)
    return out.getvalue()


def plain_text(data: Mapping[str, Any]) -> bytes:
    """The bytes of `{text}`, with the mark by which Windows shows Chinese."""
    return b"\xef\xbb\xbf" + str(data["text"]).replace("\n", "\r\n").encode("utf-8", "replace")
