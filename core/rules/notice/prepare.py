"""Knows how to undo what typing and copying do to lines: labels broken in two, several items glued into one line."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice import glued
from core.rules.notice.labels import LABEL, labels_in
from core.rules.notice.leaders import glued_heading_end, heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.marks import is_furniture, mark_of
from core.rules.notice.points import counted
from core.rules.notice.shadow import Line, shadow
from core.rules.notice.text_cards import titled

_TAIL = 7
"""Signs in which the rest of a label ends that a line break cut in two."""

_LABELS = (
    "时限",
    "整改时限",
    "办结时限",
    "责任领导",
    "分管领导",
    "主办单位",
    "协办单位",
    "责任单位",
    "牵头单位",
    "配合单位",
    "责任部门",
    "牵头责任单位",
    "协同责任单位",
    "完成时限",
    "牵头领导",
)
_HALVES = {(label[:cut], label[cut:] + ":"): label for label in _LABELS for cut in range(1, len(label) + 1)}
_HEADS = sorted({head for head, _ in _HALVES}, key=len, reverse=True)
_NO_COLON = re.compile(
    r"^\s*(?P<label>"
    + "|".join(
        (
            *_LABELS,
            "责任部门",
            "牵头部门",
            "配合部门",
            "主办单位",
            "协办单位",
            "完成时间",
            "办结时限",
            "责任领导",
            "分管领导",
        )
    )
    + r")(?:\s+|\s*[丨|︱｜]\s*)(?=\S)"
)
_IS = re.compile(
    r"(?:(?<=^)|(?<=[。;,\s]))(?P<label>(?:牵头|主办|责任|承办|配合|协办|落实|实施)(?:责任)?(?:单位|部门))为(?P<units>[^,;。:]{3,60})"
)
_BARE_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[。;,(]))(?P<label>(?:牵头|主办|主责|责任|承办|配合|协办|协同)(?:责任)?(?:单位|部门))"
    r"(?P<units>(?:[省市区县州旗镇乡]|各[^,;。:、]{0,5}(?:乡镇|镇街|街道|县区|区县|部门|单位|公司)(?=[,;。、)]|$))[^,;。:()]{0,60})(?=[,;。)]|$)"
)
_BARE_LEADER = re.compile(
    r"(?<=[,;。])(?P<label>(?:分管|责任|牵头|督办|包联|包抓|联系)[省市区县]?领导)(?P<who>[\u4e00-\u9fff·]{2,12}?)(?=[,;。)]|$)"
)
"""牵头部门区财政局，分管领导丁一: nothing stands between the label and whom it names."""

_LABEL_WORD = re.compile(r"单位|部门|领导|时限")
_IN_BRACKET = re.compile(
    r"(?<=[(,;\s\[])(?P<label>(?:牵头|责任|分管|配合|主办|协办)(?:单位|部门|领导)|完成(?:时限|时间)|办结时限)\s(?=[^\s:][^()]*[)\]])"
)
_STOPPED = re.compile(
    r"\s*(?:(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)|完成(?:时限|时间)|办结时限|责任分工|部门分工)。(?=\S)"
)
"""（二）责任单位。某局: the stop stands for the colon."""

_ALONE = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}[.、]?|\d{1,3}[.、]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)$"
)
_DASHED = re.compile(r"^\s*[—–―─-]{1,3}\s*(?=[^:]{2,10}:)(?=" + LABEL.pattern + ")")
_NEXT = re.compile(r"(?<=[。;])\s*(?P<n>\d{1,3})\s*[.、](?!\d)")
_NEXT_TIGHT = re.compile(r"(?<=[\u4e00-\u9fff)])(?P<n>\d{1,3})\s*[.、](?!\d)")
_NEXT_BEHIND = re.compile(r"(?<=\))\s*(?P<n>\d{1,3})\s*[.、](?!\d)")
_SAID = re.compile(r"(?:牵头|负责|配合|落实|参与)\s*[)\]]")
"""The end of a bracket that says who does something."""

_TITLE = 40
"""Signs of a heading before the first of its items on the same line."""

_MARKED_LEADER = re.compile(r"(?<=\S)(?=[一二三四五六七八九十]{1,3}、[^,。;:]{2,24}牵头(?:的)?重点(?:工作|任务))")


def _with_colons(text: str) -> str:
    """责任单位为某局, （责任单位 某局）: the word or the space before units stands for the colon."""
    for found in _IS.finditer(shadow(text)):
        if looks_like_units(found["units"]):
            text = text[: found.end("label")] + "：" + text[found.end("label") + 1 :]
    mark = mark_of(shadow(text))
    stop = _STOPPED.match(shadow(text)[mark.end :]) if mark else None
    if mark and stop:
        text = text[: mark.end + stop.end() - 1] + "：" + text[mark.end + stop.end() :]
    for found in _IN_BRACKET.finditer(shadow(text)):
        text = text[: found.end("label")] + "：" + text[found.end("label") + 1 :]
    return _with_signs(text)


def _with_signs(text: str) -> str:
    """牵头部门区财政局，分管领导丁一 with the colons that are left out."""
    flat = shadow(text)
    units = [found for found in _BARE_LABEL.finditer(flat) if looks_like_units(found["units"])]
    units = units if any(not found["units"].startswith("各") for found in units) else []
    ends = [found.end("label") for found in units]
    ends += [found.end("label") for found in _BARE_LEADER.finditer(flat) if people(found["who"])]
    for end in sorted(ends, reverse=True):
        text = text[:end] + "：" + text[end:]
    return text


def _with_colon(line: Line) -> Line:
    """责任单位 某局 at the beginning of a line: the space stands for the colon. A dash before a label is only a mark."""
    dashed = _DASHED.match(line.flat)
    if dashed and line.cells is None:
        line = replace(line, text=line.text[dashed.end() :])
    if line.cells is None and _LABEL_WORD.search(line.flat):
        line = replace(line, text=_with_colons(line.text))
    found = _NO_COLON.match(line.flat)
    if not found or line.cells is not None:
        return line
    barred = bool(line.flat[found.end("label") : found.end()].strip())
    if not barred and not looks_like_units(line.flat[found.end() :].strip(" 。;")):
        return line
    return replace(line, text=line.text[: found.end("label")] + "：" + line.text[found.end() :])


def prepare(lines: list[Line]) -> list[Line]:
    """The lines with broken labels mended and glued items apart; numbers still count lines of the source."""
    out: list[Line] = []
    number = 0
    shown = counted(titled(_numbered([line for line in lines if line.text.strip() and not is_furniture(line)])))
    for line in _mended([_with_colon(line) for line in shown]):
        for piece in [each for whole in glued.apart(line) for part in _apart(whole) for each in _marks_apart(part)]:
            mark = mark_of(piece.flat)
            if mark and mark.style == "num" and not mark.tight:
                number = mark.number
            elif mark and heading_leaders(piece.text[mark.end :]):
                number = 0
            pieces = _items_apart(piece, number + 1)
            number += len(pieces) - 1
            out += pieces
    return out


def _marks_apart(line: Line) -> list[Line]:
    """三、（十一）修路 is a heading without words and the item below it."""
    mark = mark_of(line.flat) if line.cells is None else None
    below = mark_of(line.flat[mark.end :]) if mark and mark.style == "cn" else None
    if not mark or not below or below.style != "cnp":
        return [line]
    return [replace(line, text=line.text[: mark.end]), replace(line, text=line.text[mark.end :])]


def _numbered(lines: list[Line]) -> list[Line]:
    """A number alone on its line belongs to the text on the next one."""
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out and line.cells is None and out[-1].cells is None else None
        if (
            before
            and _ALONE.match(before.flat.strip())
            and not mark_of(line.flat)
            and not _ALONE.match(line.flat.strip())
        ):
            out[-1] = replace(before, text=f"{before.text.strip()} {line.text.lstrip()}")
        else:
            out.append(line)
    return out


def _mended(lines: list[Line]) -> list[Line]:
    """责任 / 单位：某局 on two lines becomes one label; the text before it stays where it was."""
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out else None
        flat = line.flat.lstrip()
        half = _half(before.flat.rstrip(), flat) if before and line.cells is None and before.cells is None else ""
        if not half or before is None:
            out.append(line)
            continue
        kept = before.text.rstrip()[: -len(half)]
        out[-1] = replace(before, text=kept) if kept.strip() else replace(before, text="")
        if not kept.strip():
            out.pop()
        out.append(replace(line, text=half + line.text.lstrip()))
    return out


def _half(before: str, flat: str) -> str:
    if ":" not in flat[:_TAIL]:
        return ""
    for head in _HEADS:
        if before.endswith(head) and any(h == head and flat.startswith(tail) for h, tail in _HALVES):
            rest = before[: -len(head)].rstrip()
            if not rest or rest[-1] in "。;!?)":
                return head
    return ""


def _apart(line: Line) -> list[Line]:
    """A leader's heading glued to the task after it, or to the units before it."""
    if "牵头" not in line.flat or line.cells is not None:
        return [line]
    out: list[Line] = []
    for place in [*(f.start() for f in _MARKED_LEADER.finditer(line.flat))][::-1]:
        out.insert(0, replace(line, text=line.text[place:]))
        line = replace(line, text=line.text[:place])
    final: list[Line] = []
    for piece in [line, *out]:
        mark = mark_of(piece.flat)
        start = mark.end if mark else 0
        found = glued_heading_end(piece.flat[start:])
        end = start + found if found else 0
        cut = [replace(piece, text=piece.text[:end]), replace(piece, text=piece.text[end:])] if end else [piece]
        final += cut
    return final


def _items_apart(line: Line, expected: int) -> list[Line]:
    """1.甲。责任单位：某局。2.乙。责任单位：某办 becomes two lines of the same number; `expected` is the next item's."""
    flat = line.flat
    labels = [found.start() for found in labels_in(flat)]
    if line.cells is not None or not (labels or _NEXT.search(flat) or _NEXT_BEHIND.search(flat)):
        return [line]
    tight = _NEXT_TIGHT.finditer(flat) if labels else _NEXT_BEHIND.finditer(flat)
    labels = labels or [found.start() for found in _SAID.finditer(flat)]
    mark = mark_of(flat)
    headed = mark is not None and mark.style in ("cn", "cnp", "chapter")
    cuts: list[int] = []
    places = sorted([*_NEXT.finditer(flat), *tight], key=lambda found: found.start())
    for place, found in enumerate(places):
        after = next((f.start() for f in places[place + 1 :] if int(f["n"]) == int(found["n"]) + 1), len(flat))
        if not any(found.start() < label < after for label in labels):
            break
        since = cuts[-1] if cuts else 0
        has_units = any(since <= label < found.start() for label in labels)
        comes = any(label > found.start() for label in labels)
        begins = expected == 1 or (headed and not cuts and found.start() < _TITLE)
        if int(found["n"]) == expected and (has_units or (begins and comes)):
            cuts.append(found.start())
            expected += 1
    edges = [0, *cuts, len(flat)]
    return [
        replace(line, text=line.text[a:b]) for a, b in zip(edges, edges[1:], strict=False) if line.text[a:b].strip()
    ]
