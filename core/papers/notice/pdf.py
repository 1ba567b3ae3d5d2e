"""Knows PDF files that hold text: signs and ruled lines of each page; a scan is refused with what to do.

The signs come from pdfium, which is what browsers show (pdfminer finds none in some fonts); lines and pictures from pdfplumber.
"""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from core.papers.notice.layout import Glyph, Page, page_lines
from core.papers.notice.refusal import TEXT_LIMIT, UnreadableNotice
from core.rules.notice.shadow import Line

PAGES = 300
"""Pages of a file; a district's notice has thirty."""

SIGNS = 60_000
STROKES = 60_000
"""Signs and drawn things on one page; a close-set page of a table has some five thousand."""

_WRITTEN = 20
"""Signs that a page of text has at least; below that, a picture that fills it is a scan."""


def pdf_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row. Raises UnreadableNotice: encrypted, scanned, pdf_fonts, too_many_pages, broken."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[Page] = []
    scanned: list[int] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = pypdfium2.PdfDocument(data)
            if len(shown) > PAGES:
                raise UnreadableNotice("too_many_pages", limit=PAGES)
            _check_size(shown)
            with pdfplumber.open(BytesIO(data)) as paper:
                for page in paper.pages:
                    pages.append(_page(page, shown))
                    if _is_scan(page, pages[-1]):
                        scanned.append(page.page_number)
                    page.close()
    except (UnreadableNotice, MemoryError, RecursionError):
        raise
    except Exception as error:  # what a damaged file makes the parser raise has no common class
        if "password" in repr(error).lower() or "encrypt" in repr(error).lower():
            raise UnreadableNotice("encrypted") from error
        raise UnreadableNotice("broken", suffix=".pdf") from error
    check_pages(pages, scanned)
    try:
        return page_lines(pages)
    except (KeyError, ValueError, IndexError, TypeError) as error:  # lines that no table can be made of
        raise UnreadableNotice("broken", suffix=".pdf") from error


def _check_size(shown: Any) -> None:
    """Refuses pages with far more signs or strokes than paper holds, before the slower parser sees them."""
    for page in shown:
        if pdfium.FPDFPage_CountObjects(page) > STROKES:
            raise UnreadableNotice("unsafe", what="PDF")
        text = page.get_textpage()
        signs = text.count_chars()
        text.close()
        page.close()
        if signs > SIGNS:
            raise UnreadableNotice("too_much_text", limit=TEXT_LIMIT // 10_000)


def check_pages(pages: list[Page], scanned: list[int]) -> None:
    """Refuses pages that hold pictures instead of text, and text whose font doesn't say which signs it shows."""
    signs = [glyph.text for page in pages for glyph in page.glyphs if glyph.text.strip()]
    if scanned and len(scanned) == len(pages) or not signs:
        raise UnreadableNotice("scanned")
    if scanned:
        shown = "、".join(str(number) for number in scanned[:10]) + ("…" if len(scanned) > 10 else "")
        raise UnreadableNotice("scanned_pages", pages=shown)
    if sum(sign == "\ufffd" for sign in signs) * 20 > len(signs):
        raise UnreadableNotice("pdf_fonts")


def _page(page: Any, shown: Any) -> Page:
    seen: set[tuple[str, int, int]] = set()
    glyphs = []
    for glyph in _glyphs(shown[page.page_number - 1], page.rotation or 0, page.mediabox):
        drawn = (glyph.text, round(glyph.x0), round(glyph.top))
        if drawn not in seen or not glyph.text.strip():  # boldness is drawn by saying a sign twice
            glyphs.append(glyph)
        seen.add(drawn)
    return Page(page.page_number, float(page.height), glyphs, page.edges)


def _glyphs(page: Any, rotation: int, box: Any) -> Iterator[Glyph]:
    """The signs in the page's own order, upright as a person sees them; measured as pdfplumber measures its lines."""
    text = page.get_textpage()
    sideways = rotation % 180 == 90
    height = box[2] - box[0] if sideways else box[3] - box[1]
    for number in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        if pdfium.FPDFText_IsGenerated(text, number) == 1 or sign in "\r\n\0\ufffe\u200b\xad":
            continue
        if (abs(math.sin(pdfium.FPDFText_GetCharAngle(text, number))) > 0.5) != sideways:
            continue  # a watermark or a seal
        if pdfium.FPDFText_HasUnicodeMapError(text, number) == 1 or "\ue000" <= sign <= "\uf8ff":
            sign = "\ufffd"
        left, bottom, right, top = text.get_charbox(number, loose=True)
        (x0, y0), (x1, y1) = _turned(left, bottom, rotation, box), _turned(right, top, rotation, box)
        if abs(y1 - y0) > 0.1:
            yield Glyph(sign, min(x0, x1), max(x0, x1), height - max(y0, y1), height - min(y0, y1))


def _turned(x: float, y: float, rotation: int, box: Any) -> tuple[float, float]:
    """A point of the unturned paper on the page as it is shown (pdfminer's own matrices)."""
    return {
        0: (x - box[0], y - box[1]),
        90: (y - box[1], box[2] - x),
        180: (box[2] - x, box[3] - y),
        270: (box[3] - y, x - box[0]),
    }[rotation % 360]


def _is_scan(page: Any, read: Page) -> bool:
    whole = float(page.width) * float(page.height)
    drawn = sum(max(0.0, i["x1"] - i["x0"]) * max(0.0, i["bottom"] - i["top"]) for i in page.images)
    return drawn > whole / 2 and len([g for g in read.glyphs if g.text.strip()]) < _WRITTEN
