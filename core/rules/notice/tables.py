"""Knows tasks in tables: header cells name the columns; cells may be merged, or stand one under the other as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.rules.notice.duty import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.items import Item
from core.rules.notice.leaders import people
from core.rules.notice.marks import is_furniture
from core.rules.notice.names import looks_like_unit
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, join, shadow, squeeze

NUMBER, CONTENT, SECTION = "number", "content", "section"
_COLUMNS = (
    (NUMBER, re.compile(r"^(?:序号|编号|项目编号|No\.?|#)$", re.I)),
    (LEADER, re.compile(r"^(?:牵头|责任|分管|包联|督办|联系|负责)+(?:区|县|市)?领导(?:同志)?$|^(?:区|县|市)领导$")),
    (
        LEAD,
        re.compile(
            r"^(?:牵头(?:责任|负责)?|主办|主责)(?:单位|部门)$|^牵头$|^lead(?: agency| party| organi[sz]ation)?$", re.I
        ),
    ),
    (
        CO,
        re.compile(
            r"^(?:配合|协办|协同|参与|参加|协助)(?:责任)?(?:单位|部门)$|^support(?:ing)?(?: agenc\w+| part\w+)?$|^partners?$",
            re.I,
        ),
    ),
    (
        RESPONSIBLE,
        re.compile(
            r"^(?:责任|承办|落实|实施|负责)(?:单位|部门|主体)$|^单位$|^responsible(?: part\w+| agenc\w+)?$|^owner$",
            re.I,
        ),
    ),
    (
        DUE,
        re.compile(
            r"^(?:计划)?(?:完成|办结|时间)?(?:时限|时间|期限|节点|要求|时间节点)$|^(?:target|due|completion) date$|^due$|^deadline$|^timeline$",
            re.I,
        ),
    ),
    (
        CONTENT,
        re.compile(
            r"^(?:(?:重点|主要|具体|目标|年度|工作|督办)*(?:工作|任务|事项|项目|内容|措施|举措|目标)+(?:名称|内容|要求)?|民生实事(?:项目|内容)?|建设内容(?:及规模)?|内容)$"
            r"|^(?:milestone|action|task|activity|deliverable)s?$",
            re.I,
        ),
    ),
)
_DUE_LIKE = re.compile(r"^[^。,;]{0,20}?(?:\d{1,2}月|\d{4}年|年底|季度|月底|全年|长期|持续推进|每月|半年)[^。]{0,12}$")
_MD_RULE = re.compile(r"^[\s|:\-]+$")
_NUMBERED = re.compile(r"^\**(?P<n>\d{1,3}(?:\.\d{1,3})*)\**[.、\s]+(?=\S)")


@dataclass
class _Row:
    line: int
    cells: dict[str, str] = field(default_factory=dict)


def column_of(header: str) -> str | None:
    """Which column a header cell names; None for any other text."""
    flat = re.sub(r"[*\s]", "", shadow(header)) if not header.isascii() else re.sub(r"\*", "", header).strip()
    flat = re.sub(r"\([^()]*\)$", "", flat)
    return next((kind for kind, pattern in _COLUMNS if pattern.match(flat)), None)


def items_of_tables(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """The tasks that stand in tables, and the numbers of the lines they were read from."""
    items: list[Item] = []
    used: set[int] = set()
    columns: list[str | None] = []
    section = ""
    rows: list[_Row] = []
    for line in lines:
        cells = _cells(line)
        if cells is None:
            items += _from_rows(rows, section)
            rows, columns = [], []
            section = _section(line) or section
            continue
        named = [column_of(cell) for cell in cells]
        if _is_header(named):
            items += _from_rows(rows, section)
            rows, columns = [], named
            used.add(line.number)
        elif columns:
            used.add(line.number)
            if not _MD_RULE.match(line.text):
                rows.append(_row(line, cells, columns))
    items += _from_rows(rows, section)
    return (items, used) if items else _flattened(lines)


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells are the heads of columns of a table of tasks."""
    return _is_header([column_of(cell) for cell in cells])


def _is_header(named: list[str | None]) -> bool:
    return CONTENT in named and any(kind in named for kind in (LEAD, RESPONSIBLE))


def _cells(line: Line) -> list[str] | None:
    if line.cells is not None:
        return list(line.cells)
    text = line.text.strip()
    if text.count("|") >= 2:
        return [cell.strip() for cell in text.strip("|").split("|")]
    return [cell.strip() for cell in line.text.split("\t")] if line.text.count("\t") >= 2 else None


def _section(line: Line) -> str:
    found = re.match(r"^#{2,}\s*(.+)$|^[((]?[一二三四五六七八九十]+[)、)]\s*(.+)$", line.text.strip())
    return (found[1] or found[2]).strip() if found else ""


def _row(line: Line, cells: list[str], columns: list[str | None]) -> _Row:
    row = _Row(line.number)
    content: list[str] = []
    for place, cell in enumerate(cells[: len(columns)]):
        kind = columns[place]
        if kind == CONTENT:
            if cell.strip() and (not content or squeeze(cell) != squeeze(content[-1])):
                content.append(cell)
        elif kind:
            row.cells[kind] = cell
    if len(content) > 1:
        row.cells[SECTION] = content[0]
    row.cells[CONTENT] = content[-1] if content else ""
    return row


def _from_rows(rows: list[_Row], section: str) -> list[Item]:
    out: list[Item] = []
    before: dict[str, str] = {}
    for row in rows:
        cells = row.cells
        content = cells.get(CONTENT, "").strip()
        if not content or len({squeeze(c) for c in cells.values() if c.strip()}) < 2:
            section = content or section
            continue
        found = _NUMBERED.match(content)
        own = cells.get(NUMBER, "").strip() or (found["n"] if found else "")
        content = content[found.end() :] if found else content
        item = Item(_number(own), join(content.split("\n")), row.line, row.line)
        for kind in (NUMBER, LEADER, LEAD, CO, RESPONSIBLE, DUE):
            if kind in cells and not cells[kind].strip() and before.get(kind) and kind != CO:
                cells[kind] = before[kind]
                if kind not in (NUMBER, LEADER):
                    item.doubts.append(("merged_cell", row.line, before[kind].strip()))
        item.number = item.number or _number(cells.get(NUMBER, "")) or len(out) + 1
        _fill(item, cells, cells.get(SECTION) or section)
        before = cells
        out.append(item)
    return out


def _fill(item: Item, cells: dict[str, str], section: str) -> None:
    for kind in (LEAD, RESPONSIBLE, CO):
        text = "、".join(part.strip() for part in cells.get(kind, "").split("\n") if part.strip())
        if text:
            item.statements.append((kind, text))
    item.due_text = cells.get(DUE, "").strip().rstrip("。")
    item.section = section
    named = cells.get(LEADER, "").strip()
    item.leaders = people(named) if named else []
    if named and not item.leaders:
        item.doubts.append(("leader", item.first, squeeze(named)))


def _number(text: str) -> int | str:
    value = numeral(text.strip().rstrip(".、"))
    return value if value is not None else text.strip("* ")


def _flattened(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """A table that lost its lines: header cells one under the other, then number, content, units, date of each row."""
    shown = [line for line in lines if line.text.strip()]
    for place in range(len(shown) - 3):
        named: list[str | None] = []
        while place + len(named) < len(shown) and column_of(shown[place + len(named)].text):
            named.append(column_of(shown[place + len(named)].text))
        if len(named) >= 3 and NUMBER in named and _is_header(named):
            body = shown[place + len(named) :]
            items, used = _stream(body, DUE in named, LEAD if LEAD in named else RESPONSIBLE)
            if items:
                return items, used | {line.number for line in shown[place : place + len(named)]}
    return [], set()


def _stream(body: list[Line], dated: bool, kind: str) -> tuple[list[Item], set[int]]:
    items: list[Item] = []
    used: set[int] = set()
    units: list[str] = []
    done = True
    for line in body:
        text = line.text.strip()
        flat = line.flat.strip()
        if flat.isdigit() and int(flat) == (int(items[-1].number) + 1 if items else 1):
            items.append(Item(int(flat), "", line.number, line.number))
            units, done = [], False
        elif not items or is_furniture(line):
            break
        elif not items[-1].content:
            items[-1].content = text
        elif dated and _DUE_LIKE.match(flat) and not items[-1].due_text:
            items[-1].due_text, done = text, True
        elif looks_like_unit(flat) and len(flat) <= 30 and not flat.endswith("。") and not items[-1].due_text:
            units.append(text)
            items[-1].statements = [(kind, "、".join(units))]
        elif not done and not units:
            items[-1].content = join([items[-1].content, text])
        else:
            items.append(Item(items[-1].number, text, line.number, line.number, list(items[-1].statements)))
            items[-1].doubts.append(("merged_cell", line.number, "、".join(units)))
        items[-1].last = line.number
        used.add(line.number)
    return items, used
