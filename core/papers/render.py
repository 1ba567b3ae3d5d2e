"""Knows which maker draws which kind of paper; the data is plain JSON, for it comes out of a database row."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from core.papers.packing import unpacked

Maker = Callable[[Mapping[str, Any]], bytes]

MAKERS = {
    "summary.png": ("core.papers.pictures", "summary_picture"),
    "units.png": ("core.papers.pictures_units", "units_picture"),
    "task.png": ("core.papers.pictures_task", "task_picture"),
    "archive.zip": ("core.papers.archive_zip", "archive_zip"),
    "plain.txt": ("core.papers.archive_zip", "plain_text"),
    "year.png": ("core.papers.pictures_year", "year_picture"),
    "table.xlsx": ("core.papers.sheets", "table_sheet"),
    "invites.xlsx": ("core.papers.sheets", "invites_sheet"),
    "plan.docx": ("core.papers.plan_docx", "plan_docx"),
    "plan.xlsx": ("core.papers.plan_xlsx", "plan_xlsx"),
    "briefing.docx": ("core.papers.briefing_docx", "briefing_docx"),
    "briefing.pdf": ("core.papers.briefing_pdf", "briefing_pdf"),
    "table.csv": ("core.papers.plain_files", "table_csv"),
    "office.json": ("core.papers.plain_files", "office_json"),
    "dates.ics": ("core.papers.plain_files", "calendar_ics"),
    "qr.png": ("core.papers.render", "qr_picture"),
}
"""Kind of paper to module and function. The module is loaded with the first such paper: matplotlib alone takes as long
to load as all the rest of the bot, and most processes never draw."""


class NoSuchPaper(ValueError):
    """Nobody draws this kind of paper: a defect of the caller, never of a person's input."""


def maker(kind: str) -> Maker:
    """The function that draws this kind. Raises NoSuchPaper."""
    if kind not in MAKERS:
        raise NoSuchPaper(f"no maker for {kind!r}; known: {', '.join(sorted(MAKERS))}")
    module, name = MAKERS[kind]
    found: Maker = getattr(importlib.import_module(module), name)
    return found


def render(kind: str, data: Mapping[str, Any]) -> bytes:
    """The bytes of the paper. Raises NoSuchPaper; KeyError or ValueError where the data does not suit the kind.

    Takes up to half a second for a first picture: call it beside the event loop, not on it.
    """
    return maker(kind)(unpacked(data))


PHOTO_SIDE = 1280
"""Pixels of a photo's longer side; what is longer Telegram shrinks to it (Bot API, PhotoSize as it is returned)."""

_LEAST = 0.6
"""Below this part of its size a picture's smallest words (26 pixels) are no longer read on a phone."""


def legible_as_photo(png: bytes) -> bool:
    """Whether a PNG can still be read when Telegram has made a photo of it; else it is to be sent as a file.

    Width and height stand in bytes 16 to 23 (PNG specification, 11.2.2). Other pictures are taken as they are.
    """
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return True
    return max(int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) * _LEAST <= PHOTO_SIDE


def qr_picture(data: Mapping[str, Any]) -> bytes:
    """The QR picture of `{text}`."""
    drawn: bytes = importlib.import_module("core.papers.qr").qr_png(data["text"])
    return drawn
