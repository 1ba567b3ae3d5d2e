"""Knows how to take a whole notice apart that copying left in one line: its own marks say where items begin."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice.labels import LABEL
from core.rules.notice.numerals import NUMERAL, numeral
from core.rules.notice.shadow import Line

_BRACKET = re.compile(r"[(\[][^()\[\]]{2,200}(?:牵头|负责|配合|落实|参与)[)\]]")
_SENTENCE = re.compile(r"(?<=[。;.、,])(?:请|由)[^,。;:]{2,40}(?:牵头|负责)")
_LEAST = 2
_MARKS = (
    ("cn", 1, re.compile(rf"(?<![^。;:!?)\]”\s])(?P<n>[{NUMERAL}]{{1,3}})、")),
    ("cnp", 2, re.compile(rf"(?<![第条款项见的])\((?P<n>[{NUMERAL}]{{1,3}})\)")),
    ("num", 3, re.compile(r"(?<![^。;:!?)\]”\s\u4e00-\u9fff])(?P<n>\d{1,3})\s*[.、](?!\d(?!\d{3}年))")),
    (
        "padded",
        3,
        re.compile(r"(?<![\d.])(?P<n>0[1-9]|[12]\d)(?=[“\"《\u4e00-\u9fff])(?![年月日时点个项家万亿条座处所名])"),
    ),
    ("pnum", 4, re.compile(r"(?<![^。;:!?)\]”\s])\((?P<n>\d{1,2})\)")),
)
_TITLE = re.compile(
    r"^[\s|]*(?P<title>[^。:]{0,60}?关于[^。:]{4,90}?(?:通知|意见|方案))(?=\s*\(?[\u4e00-\u9fff]{1,12}\(\d{4}\)|\s+\(?各|各)"
)
_SIGNED = re.compile(
    r"(?<=[。)\]])\s*(?P<who>[\u4e00-\u9fff]{2,24}?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*(?P<rest>(?:\(此件[^()]*\)|抄送|附件|$).*)$"
)
_SALUTATION = re.compile(r"各[^。:]{2,80}:(?!\s*\d)")


def apart(line: Line) -> list[Line]:
    """The pieces of a line that holds several duties, cut before its marks in sequence; the line itself otherwise."""
    flat = line.flat
    if line.cells is not None or len(flat) < 24 or _duties(flat) < _LEAST:
        return [line]
    cuts = _cuts(flat)
    if len(cuts) < 2:
        return [line]
    edges = sorted({0, *_head_cuts(flat[: cuts[0]]), *cuts, *_tail_cuts(flat, cuts[-1]), len(flat)})
    pieces = [replace(line, text=line.text[a:b]) for a, b in zip(edges, edges[1:], strict=False)]
    return [piece for piece in pieces if piece.text.strip()]


def _duties(flat: str) -> int:
    said = len(LABEL.findall(flat)) + len(_BRACKET.findall(flat))
    return said + (
        len(_SENTENCE.findall(flat)) if said < _LEAST and flat.count("由") + flat.count("请") >= _LEAST else 0
    )


def _cuts(flat: str) -> list[int]:
    """Where marks stand that count on from the one before of their kind, or begin again with 1 below a new heading."""
    found = sorted(
        (match.start(), rank, style, numeral(match["n"]) or 0)
        for style, rank, pattern in _MARKS
        for match in pattern.finditer(flat)
    )
    last: dict[str, int] = {}
    since: dict[str, int] = {}
    cuts: list[int] = []
    for place, rank, style, number in found:
        on = number == last.get(style, 0) + 1
        if style == "padded" and not (on and (number > 1 or flat[place] == "0")):
            continue
        again = number == 1 and (style not in last or since.get(style, 9) < rank)
        if not on and not again:
            continue
        if rank in (2, 3) and place and "\u4e00" <= flat[place - 1] <= "\u9fff":
            piece = flat[cuts[-1] if cuts else 0 : place]
            if not _said(piece) and (not cuts or len(piece) > 60 or "。" in piece):
                continue
        last[style] = number
        since = {each: min(rank, since.get(each, 9)) for each in last}
        since[style] = 9
        cuts.append(place)
    return cuts


def _said(piece: str) -> bool:
    """True where who does the item has been said, so that a new one may follow without a full stop."""
    return bool(LABEL.search(piece) or _BRACKET.search(piece))


def _head_cuts(head: str) -> list[int]:
    title = _TITLE.match(head)
    out = [title.end("title")] if title else []
    greeting = _SALUTATION.search(head, out[0] if out else 0)
    return out + ([greeting.start(), greeting.end()] if greeting and greeting.start() < 160 else [])


def _tail_cuts(flat: str, begin: int) -> list[int]:
    """The signature and date after the last item."""
    found = _SIGNED.search(flat, begin)
    return [found.start("who"), found.start("day"), found.start("rest")] if found else []
