"""Knows PDF files that hold text: signs and ruled lines of each page; a scan is refused with what to do.

Signs, lines and pictures come from pdfium, which is what browsers show: pdfminer finds no signs in some fonts and is slow at lines
(8 s for ten thousand in nested forms, pdfium 0.1 s). It only tells beforehand how often forms are drawn.
"""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from core.papers.notice.drawn import check_drawn
from core.papers.notice.layout import Glyph, Page, page_lines
from core.papers.notice.refusal import TEXT_LIMIT, UnreadableNotice
from core.papers.notice.strokes import lines_of, pictures_of, things_on
from core.papers.steps import step
from core.rules.notice.shadow import Line

PAGES = 300
"""Pages of a file; a district's notice has thirty."""

SIGNS = 60_000
STROKES = 60_000
"""Signs and drawn things on one page; a close-set page of a table has some five thousand."""

ALL_SIGNS = 600_000
"""Signs of a whole file: 300 pages of two thousand each."""

_WRITTEN = 20
"""Signs that a page of text has at least; below that, a picture that fills it is a scan."""


def pdf_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row. Raises UnreadableNotice: encrypted, scanned, pdf_fonts, too_many_pages, broken."""
    pages: list[Page] = []
    scanned: list[int] = []
    signs = 0
    try:
        _check_forms(data)
        with pypdfium2.PdfDocument(data) as paper:
            if len(paper) > PAGES:
                raise UnreadableNotice("too_many_pages", limit=PAGES)
            for number, page in enumerate(paper, 1):
                step("page", number, len(paper))
                read, scan = _page(number, page)
                pages.append(read)
                scanned += [number] if scan else []
                signs += len(read.glyphs)
                if signs > ALL_SIGNS:
                    raise UnreadableNotice("too_much_text", limit=ALL_SIGNS // 10_000)
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


def _check_forms(data: bytes) -> None:
    """Refuses forms within forms that would keep every reader busy. What pdfminer can't parse is left to pdfium."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check_drawn(islice(PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(data)))), PAGES + 1))
    except (UnreadableNotice, MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - what a damaged file makes the parser raise has no common class
        return


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


def _page(number: int, page: Any) -> tuple[Page, bool]:
    """A page and whether it is a scan. Raises UnreadableNotice for far more signs or strokes than paper holds."""
    things = things_on(page, STROKES)
    if len(things) > STROKES:
        raise UnreadableNotice("unsafe", what="PDF")
    rotation, box = page.get_rotation() or 0, page.get_mediabox()
    sideways = rotation % 180 == 90
    width, height = box[2] - box[0], box[3] - box[1]
    shown_height = width if sideways else height

    def shown(x: float, y: float) -> tuple[float, float]:
        across, up = _turned(x, y, rotation, box)
        return across, shown_height - up

    seen: set[tuple[str, int, int]] = set()
    glyphs = []
    for glyph in _glyphs(page, sideways, shown):
        drawn = (glyph.text, round(glyph.x0), round(glyph.top))
        if drawn not in seen or not glyph.text.strip():  # boldness is drawn by saying a sign twice
            glyphs.append(glyph)
        seen.add(drawn)
    edges = list(islice(lines_of(things, shown), 4 * STROKES))
    scan = pictures_of(things) > width * height / 2 and len([g for g in glyphs if g.text.strip()]) < _WRITTEN
    return Page(number, float(shown_height), glyphs, edges), scan


def _glyphs(page: Any, sideways: bool, shown: Callable[[float, float], tuple[float, float]]) -> Iterator[Glyph]:
    """The signs in the page's own order, upright as a person sees them."""
    text = page.get_textpage()
    if text.count_chars() > SIGNS:
        raise UnreadableNotice("too_much_text", limit=TEXT_LIMIT // 10_000)
    for number in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        if pdfium.FPDFText_IsGenerated(text, number) == 1 or sign in "\r\n\0\ufffe\u200b\xad":
            continue
        if (abs(math.sin(pdfium.FPDFText_GetCharAngle(text, number))) > 0.5) != sideways:
            continue  # a watermark or a seal
        if pdfium.FPDFText_HasUnicodeMapError(text, number) == 1 or "\ue000" <= sign <= "\uf8ff":
            sign = "\ufffd"
        left, bottom, right, top = text.get_charbox(number, loose=True)
        (x0, y0), (x1, y1) = shown(left, bottom), shown(right, top)
        if abs(y1 - y0) > 0.1:
            yield Glyph(sign, min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))


def _turned(x: float, y: float, rotation: int, box: Any) -> tuple[float, float]:
    """A point of the unturned paper on the page as it is shown (pdfminer's own matrices)."""
    return {
        0: (x - box[0], y - box[1]),
        90: (y - box[1], box[2] - x),
        180: (box[2] - x, box[3] - y),
        270: (box[3] - y, x - box[0]),
    }[rotation % 360]
