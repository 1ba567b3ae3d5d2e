"""Knows tasks in running text that begin with a label and no number of their own: 项目名称：…, 任务编号：114-03-01, 序号1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.rules.notice.labels import LABEL, LEAD, RESPONSIBLE, WORDS, label_kind
from core.rules.notice.marks import Mark, mark_of
from core.rules.notice.numerals import NUMERAL, numeral
from core.rules.notice.shadow import Line, shadow

_NAME = re.compile(
    r"^\s*[(\[]?(?:重点|实事|任务|督办|交办)?(?:项目|任务|事项|工程|实事|工作|行动|活动|课题|问题|议题|建议|提案)(?:名称|标题|题目)[)\]]?\s*:\s*(?=\S)"
)
_CODE = re.compile(
    r"^\s*[(\[]?(?:(?:任务|事项|项目|督办|交办|列管|管制|管考|指标|案件|问题)?(?:编号|案号|序号|代码)[)\]]?\s*:?\s*"
    r"(?=[^:]{0,20}\d)[A-Za-z0-9\u4e00-\u9fff.\-–—]{1,24}|(?:任务|事项|项目|问题)\s*\d{1,3})[)\]]?\s*$"
)
_FIELD = re.compile(r"^\s*[(\[]?(?P<word>[\u4e00-\u9fff]{2,8})[)\]]?\s*:\s*\S")
_WORDED = re.compile(
    rf"^\s*[(\[]?(?P<word>[\u4e00-\u9fff]{{2,6}}?)\s*(?P<n>[{NUMERAL}]{{1,3}}|\d{{1,3}})[)\]]?\s*(?::\s*|$)"
)
"""案件一：…"""

_CODED = re.compile(r"^\s*(?P<code>[A-Z]{1,3}[-–]?\d{1,4}|\d{5,10})[ \u3000\t、.:]+(?=[“《\u4e00-\u9fff])")
"""A01 修路, 1130501 修路"""

_BY_CODE = "#"
"""Stands among the words of a paper that counts by codes."""

_NAMES_UNITS = re.compile(r"(?:单位|部门|处室|科室|局室|主体|机关|[主协承]办)[^:]{0,4}:|牵头|负责|主办|承办")

_LEAST = 2
_ALONE = 12
"""Signs of a line that is nothing but such a mark."""

_UPTO = 16
"""Signs in which such a label ends."""


def titled(lines: list[Line]) -> list[Line]:
    """The lines with a number where such a label begins a task; two at least do, and no other marks stand between them."""
    shown = [(place, line.flat) for place, line in enumerate(lines) if line.cells is None]
    fields, duties = _labelled(shown)
    if len(duties) < _LEAST:
        return lines
    for pattern in (_CODE, _NAME):
        found = [(place, match.end()) for place, flat in shown if (match := pattern.match(flat))]
        within = [n for n, _ in found]
        if len(found) >= _LEAST and not _marked(lines, found) and _each_has_one(within, duties, least=True):
            return _numbered(lines, found)
    found = _fields(lines, fields, duties)
    return _numbered(lines, found) if found else lines


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """The words with which a paper counts tasks (案件一：… 案件二：…) beside those that always count: units are named below the first."""
    seen: dict[tuple[str, int], int] = {}
    for place, line in enumerate(lines):
        flat = line.flat if line.cells is None else ""
        if (":" in flat[:_UPTO] or len(flat) < _ALONE) and (found := _WORDED.match(flat)):
            seen.setdefault((found["word"], numeral(found["n"]) or 0), place)
    codes = [found["code"] for line in lines if line.cells is None and (found := _CODED.match(line.flat))]
    counts = len(codes) >= _LEAST and codes == sorted(set(codes)) and len({len(code) for code in codes}) == 1
    out = {_BY_CODE} if counts else set()
    for (word, number), place in seen.items():
        following = seen.get((word, _LEAST), 0)
        if number == 1 and any(_NAMES_UNITS.search(line.flat) for line in lines[place:following]):
            out.add(word)
    return frozenset(out)


def worded_mark(flat: str, words: frozenset[str]) -> Mark | None:
    """The mark of 案件一： in a paper that counts so."""
    coded = _CODED.match(flat) if _BY_CODE in words else None
    if coded:
        return Mark("code", int(re.sub(r"\D", "", coded["code"])), coded.end(), False)
    found = _WORDED.match(flat) if words else None
    number = numeral(found["n"]) if found and found["word"] in words else None
    return Mark("task", number, found.end(), False) if found and number else None


def _numbered(lines: list[Line], found: Sequence[tuple[int, int]]) -> list[Line]:
    out = list(lines)
    for number, (place, end) in enumerate(found, 1):
        out[place] = replace(lines[place], text=f"事项{number}：{lines[place].text[end:]}")
    return out


def _marked(lines: Sequence[Line], found: Sequence[tuple[int, int]]) -> bool:
    """True where a number of its own stands above each label: the label is a field of that item."""
    above = [mark_of(lines[place - 1].flat) for place, _ in found if place]
    return bool(above) and all(mark is not None and mark.style not in ("cn", "chapter") for mark in above)


def _labelled(shown: Sequence[tuple[int, str]]) -> tuple[dict[str, list[int]], list[int]]:
    """Where each word stands that labels a line, and where units are labelled."""
    fields: dict[str, list[int]] = {}
    duties: list[int] = []
    for place, flat in shown:
        found = _FIELD.match(flat) if ":" in flat[:_UPTO] else None
        label = LABEL.match(flat.strip()) if found else None
        if label:
            duties += [place] if label_kind(label) in (LEAD, RESPONSIBLE) else []
        elif found:
            fields.setdefault(found["word"], []).append(place)
    return fields, duties


def _fields(lines: Sequence[Line], fields: dict[str, list[int]], duties: Sequence[int]) -> list[tuple[int, int]]:
    """Where the field stands that begins each card (问题描述：… 责任单位：… 问题描述：…): (place, end of its label)."""
    for places in fields.values():
        if len(places) >= _LEAST and places[0] < duties[0] and _each_has_one(places, duties):
            if any(mark_of(lines[place].flat) for place in range(places[0], duties[-1] + 1)):
                return []
            if all(n and _WORDED.match(lines[n - 1].flat) for n in places):
                return []
            return [(n, found.end() if (found := WORDS.match(lines[n].flat.lstrip())) else 0) for n in places]
    return []


def _each_has_one(places: Sequence[int], duties: Sequence[int], least: bool = False) -> bool:
    """Whether one line of units (`least`: one at least) stands between each place and the next."""
    edges = [*places[1:], max(duties[-1], places[-1]) + 1]
    counts = [sum(begin < duty < end for duty in duties) for begin, end in zip(places, edges, strict=True)]
    return all(count == 1 or (least and count) for count in counts)


def without_name_label(text: str) -> str:
    """1.项目名称：修路 is 修路."""
    found = _NAME.match(shadow(text)) if "名" in text[:_UPTO] else None
    return text[found.end() :] if found else text
