"""Knows tables that lost their lines: every cell stands on a line of its own, heads first, then row after row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from core.rules.notice.columns import CONTENT, NUMBER, SECTION, column_of, is_heads
from core.rules.notice.items import Item
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.marks import is_furniture
from core.rules.notice.names import looks_like_unit
from core.rules.notice.shadow import Line, join, shadow, squeeze

_DUE_LIKE = re.compile(
    r"^[^。,;]{0,20}?(?:\d{1,2}月|\d{4}年|年底|季度|月底|全年|长期|常年|持续推进|每月|半年)[^。]{0,12}$"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章部])"
)
_NUMBER = re.compile(r"^\d{1,4}\*?$")
_HEAD_LENGTH = 16
_HEADS = 12
_NEVER = -1000
_MOST_LINES = 16
"""Lines of one row; a longer one is not divided but asked about."""

_UNITS = (LEAD, RESPONSIBLE, CO)
_END = re.compile(r"^(?:附件|附表|备注|注|说明|抄送|分享到|扫一扫|打印|上一篇|下一篇|【|来源)")


@dataclass
class _Record:
    """The lines of one row; a line whose cell was closed by a bar ends its cell."""

    number: int
    line: int
    lines: list[Line] = field(default_factory=list)


def flat_items(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """The tasks of such tables, and the numbers of the lines they were read from; nothing where there is none."""
    shown = [line for line in lines if _bare(line)]
    items: list[Item] = []
    used: set[int] = set()
    place = 0
    while place < len(shown):
        columns = _heads(shown, place)
        if not columns:
            place += 1
            continue
        begin = place
        place += len(columns)
        records, place = _records(shown, place, columns)
        for record, section in records:
            items += _items(record, columns[1:], section, items)
        if records:
            used |= {line.number for line in shown[begin:place]}
    return items, used


def _bare(line: Line) -> str:
    return line.flat.strip().strip("|").strip()


def _heads(shown: list[Line], place: int) -> list[str | None]:
    """The columns that the lines from here on name; empty where they are no heads of a table of tasks."""
    if column_of(_bare(shown[place])) != NUMBER:
        return []
    named: list[str | None] = []
    for line in shown[place : place + _HEADS]:
        text = _bare(line)
        bare = re.sub(r"\([^()]*\)$", "", squeeze(text))
        if text.isdigit() or _SECTION.match(text) or len(bare) > _HEAD_LENGTH or line.cells is not None:
            break
        named.append(column_of(text))
    return named if is_heads(named) else []


def _records(shown: list[Line], place: int, columns: list[str | None]) -> tuple[list[tuple[_Record, str]], int]:
    """The rows with the section each stands in, and where the table ends."""
    out: list[tuple[_Record, str]] = []
    section = ""
    last = 0
    while place < len(shown):
        line = shown[place]
        text = _bare(line)
        number = int(text.rstrip("*")) if _NUMBER.match(text) else 0
        if number and (last < number <= last + 300 or number == 1):
            last = number
            out.append((_Record(last, line.number), section))
        elif (
            _SECTION.match(text) and len(text) < 60 and (not out or len(out[-1][0].lines) >= 2 or not out[-1][0].lines)
        ):
            section = text
        elif not out or is_furniture(line) or _END.match(text) or _heads(shown, place) or len(out[-1][0].lines) > 30:
            break
        else:
            out[-1][0].lines.append(line)
        place += 1
    return out, place


def _items(record: _Record, columns: list[str | None], section: str, before: list[Item]) -> list[Item]:
    """One row; a second content after the row's date is a task of its own that shares number and units."""
    texts = [_bare(line) for line in record.lines]
    split, sure = _divided(texts, columns) if len(texts) <= _MOST_LINES else (None, False)
    if split is None:
        text = join([line.text.strip().strip("|") for line in record.lines])
        item = Item(record.number, text, record.line, record.lines[-1].number if record.lines else record.line)
        item.doubts.append(("row_shape", record.line, squeeze(text)[:20]))
        item.section = section
        return [item] if record.lines else []
    item = Item(record.number, "", record.line, record.line)
    item.section = section
    end = sum(split)
    _fill(item, record.lines[:end], columns, split)
    heads = sum(kind in _UNITS for kind in columns)
    lines = sum(size for kind, size in zip(columns, split, strict=True) if kind in _UNITS)
    if not sure or lines > heads > 1:
        item.doubts.append(("row_shape", record.line, squeeze(item.content)[:20]))
    return [item, *_shared(item, record.lines[end:], columns)]


def _shared(item: Item, lines: list[Line], columns: list[str | None]) -> list[Item]:
    out: list[Item] = []
    place = 0
    while place < len(lines):
        text = _bare(lines[place])
        extra = Item(
            item.number, lines[place].text.strip().strip("|").strip(), lines[place].number, lines[place].number
        )
        extra.statements, extra.leaders, extra.section = list(item.statements), list(item.leaders), item.section
        extra.doubts.append(("merged_cell", lines[place].number, "、".join(text for _, text in item.statements)))
        place += 1
        while place < len(lines) and (looks_like_units(_bare(lines[place])) or _DUE_LIKE.match(_bare(lines[place]))):
            text = _bare(lines[place])
            if _DUE_LIKE.match(text) and DUE in columns:
                extra.due_text = text
            elif looks_like_unit(text):
                extra.statements = [(item.statements[0][0] if item.statements else RESPONSIBLE, text)]
            extra.last = lines[place].number
            place += 1
        out.append(extra)
    return out


def _fill(item: Item, lines: list[Line], columns: list[str | None], split: list[int]) -> None:
    place = 0
    content: list[str] = []
    for kind, size in zip(columns, split, strict=True):
        cell = [line.text.strip().strip("|").strip() for line in lines[place : place + size]]
        if size:
            item.last = max(item.last, lines[place + size - 1].number)
        place += size
        if kind == CONTENT and cell:
            content.append(join(cell))
        elif kind in _UNITS and cell:
            item.statements.append((str(kind), "、".join(cell)))
        elif kind == LEADER and cell:
            item.leaders = people("\n".join(cell))
        elif kind == DUE and cell:
            item.due_text = join(cell).rstrip("。")
        elif kind == SECTION and cell:
            item.section = join(cell)
    if not item.leaders:
        item.leaders = heading_leaders(_SECTION.sub("", shadow(item.section)))
    item.content = "：".join(content) if len(content) > 1 else "".join(content)


def _divided(texts: list[str], columns: list[str | None]) -> tuple[list[int] | None, bool]:
    """How many lines each column takes, and whether that is the only good way; None where nothing fits.

    Lines that are left over after the last column are allowed where it is a date: they are a row whose cells are merged.
    """
    kinds = tuple(columns)
    ends = [len(texts)]
    if kinds and kinds[-1] == DUE:
        ends += [n + 1 for n, text in enumerate(texts[:-1]) if _DUE_LIKE.match(text)]
    found = [(end, *_best(tuple(texts[:end]), kinds)) for end in ends]
    scored = sorted(
        (
            (score - 3 * (len(texts) - end), ways, list(sizes))
            for end, score, sizes, ways in found
            if score > _NEVER // 2
        ),
        key=lambda each: -each[0],
    )
    if not scored:
        return None, False
    top, ways, sizes = scored[0]
    return sizes, ways == 1 and top > 0 and (len(scored) == 1 or top > scored[1][0])


def _best(texts: tuple[str, ...], kinds: tuple[str | None, ...]) -> tuple[int, tuple[int, ...], int]:
    """(score, sizes, how many ways have this score) of the best way to share the lines among the columns."""

    @cache
    def way(place: int, column: int) -> tuple[int, tuple[int, ...], int]:
        if column == len(kinds):
            return (0, (), 1) if place == len(texts) else (_NEVER, (), 0)
        top: tuple[int, tuple[int, ...], int] = (_NEVER, (), 0)
        for size in range(len(texts) - place + 1):
            own = _worth(kinds[column], texts[place : place + size])
            if own <= _NEVER:
                continue
            score, sizes, ways = way(place + size, column + 1)
            if score <= _NEVER:
                continue
            if own + score > top[0]:
                top = (own + score, (size, *sizes), ways)
            elif own + score == top[0]:
                top = (top[0], top[1], top[2] + ways)
        return top

    return way(0, 0)


def _worth(kind: str | None, texts: tuple[str, ...]) -> int:
    """How well these lines suit a column."""
    if not texts:
        return {CONTENT: _NEVER, LEAD: -4, RESPONSIBLE: -4, CO: -1, DUE: -1, LEADER: -2}.get(kind or "", -1)
    if kind == CONTENT:
        bad = sum(_unit_line(text) or bool(_DUE_LIKE.match(text) and len(text) < 14) for text in texts)
        return 3 - 3 * bad - (len(texts) - 1)
    if kind == LEADER:
        return 4 - (len(texts) - 1) if all(people(text) for text in texts) else -6
    if kind == DUE:
        return 3 - 4 * (len(texts) - 1) if all(_DUE_LIKE.match(text) for text in texts) else -5 - len(texts)
    if kind in _UNITS:
        fit = sum(-12 if _DUE_LIKE.match(text) else 3 if _unit_line(text) else -5 for text in texts)
        return fit - 2 * (len(texts) - 1) - (2 * (len(texts) - 1) if kind == LEAD else 0)
    return -len(texts)


def _unit_line(text: str) -> bool:
    bare = text.rstrip("。;,、")
    return looks_like_units(bare) and not (shadow(text).endswith("。") and len(text) > 40 and "、" not in text)
