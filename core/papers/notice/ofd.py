"""Knows OFD files (GB/T 33190, the official Chinese layout format): a zip of XML whose text objects stand on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element

from core.papers.notice.archive import Archive, beside
from core.papers.notice.layout import Glyph, Page, page_lines
from core.papers.notice.pdf import ALL_SIGNS, PAGES, SIGNS, STROKES, check_pages
from core.papers.notice.refusal import TEXT_LIMIT, UnreadableNotice
from core.papers.notice.ruling import edge_of
from core.rules.notice.shadow import Line

_POINTS = 72 / 25.4
"""OFD measures in millimetres."""

_PATH = re.compile(r"([A-Za-z])((?:[\s,]*-?\d*\.?\d+(?:[eE][-+]?\d+)?)*)")


def ofd_lines(data: bytes) -> list[Line]:
    """One line per paragraph or table row. Raises UnreadableNotice: broken, unsafe, encrypted, scanned, too_many_pages."""
    archive = Archive(data, ".ofd")
    if any(name.lower().endswith("encryptions.xml") for name in archive.names) or "OFD.xml" not in archive.names:
        raise UnreadableNotice("encrypted" if "OFD.xml" in archive.names else "broken", suffix=".ofd")
    pages: list[Page] = []
    scanned: list[int] = []
    signs = 0
    for root in _all(archive.xml("OFD.xml"), "DocRoot"):
        for page, pictures in _document(archive, beside("OFD.xml", (root.text or "").strip()), len(pages)):
            pages.append(page)
            if pictures and not any(glyph.text.strip() for glyph in page.glyphs):
                scanned.append(page.number)
            if len(pages) > PAGES:
                raise UnreadableNotice("too_many_pages", limit=PAGES)
            signs += len(pages[-1].glyphs)
            if signs > ALL_SIGNS:
                raise UnreadableNotice("too_much_text", limit=ALL_SIGNS // 10_000)
    check_pages(pages, scanned)
    return page_lines(pages)


def _document(archive: Archive, name: str, before: int) -> Iterator[tuple[Page, bool]]:
    root = archive.xml(name)
    area = next(_all(root, "PageArea"), None)
    templates = {each.get("ID", ""): each.get("BaseLoc", "") for each in _all(root, "TemplatePage")}
    listed = next(_all(root, "Pages"), None)
    for number, entry in enumerate(_all(listed, "Page") if listed is not None else (), before + 1):
        page = archive.xml(beside(name, entry.get("BaseLoc", "")))
        own = next(_all(page, "Area"), area)
        layers = [page]
        for used in dict.fromkeys(each.get("TemplateID", "") for each in _all(page, "Template")):
            location = beside(name, templates.get(used, ""))
            layers += [found] if (found := archive.xml_if(location)) is not None else []
        glyphs = list(islice((glyph for layer in layers for glyph in _glyphs(layer)), SIGNS + 1))
        edges = list(islice((edge for layer in layers for edge in _edges(layer)), STROKES + 1))
        if len(glyphs) > SIGNS:
            raise UnreadableNotice("too_much_text", limit=TEXT_LIMIT // 10_000)
        if len(edges) > STROKES:
            raise UnreadableNotice("unsafe", what="OFD")
        box = _numbers(_child_text(own, "PhysicalBox")) if own is not None else []
        height = box[3] * _POINTS if len(box) == 4 else 842.0
        yield Page(number, height, glyphs, edges), next(_all(page, "ImageObject"), None) is not None


def _glyphs(layer: Element) -> Iterator[Glyph]:
    for thing in _all(layer, "TextObject"):
        box = _box(thing)
        a, b, c, d, e, f = _matrix(thing)
        if abs(b) > abs(a):
            continue  # text that stands upright on its side is a seal's or a watermark's
        size = abs(_number(thing.get("Size"), 3.5) * d)
        for code in _all(thing, "TextCode"):
            x, y = _number(code.get("X"), 0.0), _number(code.get("Y"), 0.0)
            text = code.text or ""
            for sign, dx, dy in zip(text, *_steps(code, text, abs(size / d) if d else size), strict=True):
                left = box[0] + a * x + c * y + e
                base = box[1] + b * x + d * y + f
                wide = abs(a * dx) if 0 < abs(a * dx) <= 1.05 * size else size if ord(sign) > 0x2E7F else size * 0.5
                top = base - 0.85 * size
                yield Glyph(sign, left * _POINTS, (left + wide) * _POINTS, top * _POINTS, (top + size) * _POINTS)
                x, y = x + dx, y + dy


def _steps(code: Element, text: str, size: float) -> tuple[list[float], list[float]]:
    """How far each sign is from the next one; without a word about it, a full width or a half."""
    given, down = _deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", ""))
    across = [size if ord(sign) > 0x2E7F else size * 0.5 for sign in text]
    if given or down:
        across = (given + across[len(given) :])[: len(text)] if given else [0.0] * len(text)
    return across, (down + [0.0] * len(text))[: len(text)]


def _deltas(text: str) -> list[float]:
    """`3 3 g 4 2.5` is 3 3 2.5 2.5 2.5 2.5."""
    out: list[float] = []
    words = text.split()
    place = 0
    while place < len(words):
        if words[place] == "g" and place + 2 < len(words):
            out += [_number(words[place + 2], 0.0)] * min(20_000, int(_number(words[place + 1], 0.0)))
            place += 3
        else:
            out.append(_number(words[place], 0.0))
            place += 1
    return out


def _edges(layer: Element) -> Iterator[dict[str, Any]]:
    """Straight lines across and down out of paths."""
    for thing in _all(layer, "PathObject"):
        box, (a, b, c, d, e, f) = _box(thing), _matrix(thing)
        at = start = (0.0, 0.0)
        for command, values in _PATH.findall(_child_text(thing, "AbbreviatedData")):
            numbers = _numbers(values)
            if command in ("M", "S") and len(numbers) >= 2:
                at = start = (numbers[0], numbers[1])
                continue
            to = start if command == "C" else (numbers[-2], numbers[-1]) if len(numbers) >= 2 else at
            if command in ("L", "C"):
                ends = [
                    ((box[0] + a * x + c * y + e) * _POINTS, (box[1] + b * x + d * y + f) * _POINTS)
                    for x, y in (at, to)
                ]
                if edge := edge_of(*ends):
                    yield edge
            at = to


def _all(parent: Element, name: str) -> Iterator[Element]:
    """Elements of this name anywhere below, whatever the namespace."""
    return (each for each in parent.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name)


def _child_text(parent: Element, name: str) -> str:
    found = next(_all(parent, name), None)
    return (found.text or "") if found is not None else ""


def _box(thing: Element) -> list[float]:
    box = _numbers(thing.get("Boundary", ""))
    return box if len(box) == 4 else [0.0, 0.0, 0.0, 0.0]


def _matrix(thing: Element) -> list[float]:
    matrix = _numbers(thing.get("CTM", ""))
    return matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def _numbers(text: str) -> list[float]:
    return [_number(word, 0.0) for word in text.replace(",", " ").split()]


def _number(text: str | None, otherwise: float) -> float:
    try:
        value = float(text) if text else otherwise
    except ValueError:
        return otherwise
    return value if abs(value) < 1e6 else otherwise
