"""Knows the rows of a table of tasks: cells under their heads, merged cells, a name with its content, units of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.brackets import brackets_out
from core.rules.notice.cell_texts import (
    HEADED,
    NUMBERED,
    counts_on,
    listed,
    measured,
    number_of,
    ordinal_of,
    titled,
    unheaded,
    without_submark,
)
from core.rules.notice.clauses import is_bare_list
from core.rules.notice.heads import BESIDE, CONTENT, NUMBER, PAIR, SECTION
from core.rules.notice.items import Item
from core.rules.notice.labels import CO, DUE, LABEL, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.shadow import Line, join, shadow, squeeze
from core.rules.notice.unit_sections import duty_of, is_labelled, leaders_of, value_of

_NOTE = re.compile(r"^(?:注|备注|附注|说明|填表说明|Notes?)\s*:", re.IGNORECASE)
_SUM = re.compile(r"^(?:合计|总计|小计|共计|总数|Total)(?:$|[:\d(共])")
_WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2}")
_THEME = re.compile(
    r"\s*(?:Theme|Priority|Objective|Goal|Aim|Outcome|Strand|Pillar|Part|Section|Chapter|Workstream|Area)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b",
    re.IGNORECASE,
)
"""The mark of an English heading between the rows."""

_DAY = re.compile(
    r"^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前)?$|^\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?$"
)
_NOTHING = re.compile(r"^[—–/\\-]+$")
UNITS = (LEAD, RESPONSIBLE, CO)
_SECTION_LENGTH = 50


@dataclass
class Row:
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    odd: bool = False


def _fitted(cells: list[str], columns: list[str | None]) -> tuple[list[str], bool]:
    """The cells under their heads; a row that lacks the category merged from above is moved. True where it doesn't fit."""
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    short = len(columns) - len(cells)
    if short > 0 and columns[0] == SECTION and _suits(["", *cells], columns):
        cells = ["", *cells]
        short -= 1
    elif columns[0] == SECTION and cells and not cells[-1].strip() and _suits(["", *cells[:-1]], columns):
        cells, short = ["", *cells[:-1]], 0
    filled = sum(bool(cell.strip()) for cell in cells)
    return cells + [""] * max(0, short), filled > 1 and len(cells) != len(columns)


def _suits(cells: list[str], columns: list[str | None]) -> bool:
    """True where units stand under the heads of units."""
    held = [cell for cell, kind in zip(cells, columns, strict=False) if kind in UNITS and cell.strip()]
    return bool(held) and all(looks_like_units(cell) for cell in held)


def row_of(line: Line, cells: list[str], columns: list[str | None]) -> Row:
    fitted, odd = _fitted(cells, columns)
    row = Row(line.number, odd=odd and line.cells is None)
    content: list[str] = []
    for cell, kind in zip(fitted, columns, strict=False):
        if kind == CONTENT:
            if _NOTHING.match(cell.strip()) and content:
                row.cells["alone"] = "1"
            elif cell.strip() and (not content or squeeze(cell) != squeeze(content[-1])):
                content.append(cell)
        elif kind == PAIR:
            lead, _, co = re.sub(r"[/\n;；]", "\n", cell, count=1).partition("\n")
            row.cells[LEAD if co else RESPONSIBLE], row.cells[CO] = lead, co.replace("/", "、")
        elif kind in UNITS and row.cells.get(kind, "").strip() and squeeze(cell) != squeeze(row.cells[kind]):
            row.cells[kind] += "；" + cell
        elif kind and kind != BESIDE and (kind not in row.cells or cell.strip()):
            row.cells[kind] = cell
    row.cells["first"] = content[0] if len(content) > 1 else ""
    if _is_own(fitted, columns):
        row.cells["own"] = "1"
    row.cells[CONTENT] = titled(content[1:]) if len(content) > 1 else "".join(content)
    if not content and sum(bool(cell.strip()) for cell in fitted) == 1 and not _suits(fitted, columns):
        row.cells[CONTENT] = next(cell for cell in fitted if cell.strip())
        row.cells = {CONTENT: row.cells[CONTENT], "first": ""}
    return row


def _is_own(cells: list[str], columns: list[str | None]) -> bool:
    """A row that holds only what is to be done, in its own column: a heading stands in the first one, or has a mark."""
    held = [place for place, cell in enumerate(cells) if cell.strip()]
    if (
        len(held) != 1
        or columns[held[0]] != CONTENT
        or HEADED.match(cells[held[0]].strip())
        or _THEME.match(cells[held[0]])
    ):
        return False
    return held[0] > 0 or bool(re.search(r"\d", cells[held[0]]))


def items_of(
    rows: list[Row], section: str, last: Item | None = None, titles: bool = False, count: int = 0
) -> list[Item]:
    """The tasks of the rows of a piece of a table.

    `titles`: the first of two columns of content names each task; `count`: how many tasks without a number stand before.
    """
    out: list[Item] = []
    before: dict[str, str] = {}
    spread = not titles and _spread(rows)
    for row in rows:
        cells = row.cells
        content = cells.get(CONTENT, "").strip()
        if not content and out and not cells.get(NUMBER, "").strip() and any(cells.get(k, "").strip() for k in UNITS):
            _more_units(out[-1], row)
            continue
        opening = squeeze(shadow(cells.get(NUMBER, "") or cells.get(SECTION, "") or cells["first"] or content))
        if _SUM.match(opening) or _NOTE.match(opening):
            continue
        if _only_duty(cells, content):
            if not out or is_labelled(section):
                section = content
            else:
                _said_below(out[-1], content, row.line)
            continue
        if _is_section(cells, content):
            section = content or section
            continue
        out.append(_item(row, content, before, spread, titles))
        item = out[-1]
        item.number = item.number or number_of(cells.get(NUMBER, "")) or count + len(out)
        _fill(item, cells, cells.get(SECTION, "").strip() or (cells["first"] if spread else ""), section)
        before = cells
    return out


def trailing_section(rows: list[Row]) -> str:
    """The heading in the last row of a piece of a table: it is about the next piece."""
    last = rows[-1].cells if rows else {}
    content = last.get(CONTENT, "").strip()
    return content if content and _is_section(last, content) else ""


def _only_duty(cells: dict[str, str], content: str) -> bool:
    """牵头单位：某局；配合单位：某局 in a row of its own below the task."""
    if any(cell.strip() for kind, cell in cells.items() if kind not in (CONTENT, "first", "own", "alone")):
        return False
    found = LABEL.match(shadow(content))
    return found is not None and not found["english"]


def _spread(rows: list[Row]) -> bool:
    """True where the first of two columns of content is a heading that reaches over several rows."""
    rows = [row for row in rows if not _is_section(row.cells, row.cells.get(CONTENT, "").strip())]
    firsts = [squeeze(row.cells["first"]) for row in rows if row.cells["first"].strip()]
    return len(set(firsts)) < len(firsts) or any(
        row.cells[CONTENT].strip() and not row.cells["first"].strip() and not row.cells.get("alone")
        for row in rows
        if firsts
    )


def _is_section(cells: dict[str, str], content: str) -> bool:
    if len({squeeze(cell) for cell in cells.values() if cell.strip()}) > 1 or cells.get("own"):
        return False
    return bool(HEADED.match(content)) or (len(content) <= _SECTION_LENGTH and not content.endswith("。"))


def _item(row: Row, content: str, before: dict[str, str], spread: bool, titles: bool) -> Item:
    cells = row.cells
    if titles and not cells["first"].strip() and len(before.get("first", "")) > 0 and not cells.get(NUMBER, "").strip():
        cells["first"] = before["first"]
    first = "" if spread else cells["first"].strip()
    found = NUMBERED.match(first) or NUMBERED.match(content)
    listed = bool(found) and counts_on(found)  # type: ignore[arg-type]
    own = cells.get(NUMBER, "").strip() or (found["n"] if found and not listed and not measured(found) else "")
    if found and not measured(found) and number_of(own) == number_of(found["n"]) and not listed:
        first = first[found.end() :] if first and found.string == first else first
        content = content[found.end() :] if found.string == content else content
    if spread:
        content = without_submark(content, bool(own))
    if first:
        content = titled([first, content])
    headed = HEADED.match(content) if NUMBER not in cells and not own else None
    if headed and ordinal_of(headed[0]):
        own, content = str(ordinal_of(headed[0])), content[headed.end() :]
    item = Item(number_of(own), join(content.split("\n")), row.line, row.line)
    if row.odd:
        item.doubts.append(("row_shape", row.line, squeeze(content)[:20]))
    if not cells.get(LEADER, "x").strip() and before.get(LEADER):
        item.doubts.append(("leader_above", row.line, squeeze(before[LEADER])))
    for kind in (SECTION, NUMBER, LEADER, LEAD, RESPONSIBLE, DUE):
        if kind in cells and not cells[kind].strip() and before.get(kind):
            if kind == NUMBER and not measured(found) and found:
                continue
            cells[kind] = before[kind]
            if kind not in (SECTION, NUMBER, LEADER):
                item.doubts.append(("merged_cell", row.line, before[kind].strip()))
    return item


def _more_units(item: Item, row: Row) -> None:
    """A row that holds only more units of the task above it."""
    for kind in UNITS:
        text = listed(row.cells.get(kind, ""), item.doubts, row.line)
        if text:
            item.statements.append((kind, text))
    item.doubts.append(("row_shape", row.line, squeeze("".join(row.cells.values()))[:20]))
    item.last = row.line


def _said_below(item: Item, text: str, line: int) -> None:
    """牵头单位：…, 责任领导：…, 完成时限：… in a row of its own below its task."""
    item.statements.append((RESPONSIBLE, text))
    item.leaders = item.leaders or leaders_of(text)
    item.due_text = item.due_text or value_of(text, DUE).rstrip("。")
    item.last = line


def _from_above(item: Item, cells: dict[str, str], above: str) -> None:
    """Who does it and who heads it, where the heading above the rows says so and they don't."""
    item.leaders = item.leaders or heading_leaders(unheaded(above)) or leaders_of(above)
    who = duty_of(above)
    if not item.statements and who and not any(kind in cells for kind in UNITS):
        item.statements.append((RESPONSIBLE, who))
    elif who and is_labelled(above):
        item.doubts.append(("heading_units", item.first, squeeze(who)[:40]))


def _fill(item: Item, cells: dict[str, str], own: str, above: str) -> None:
    for kind in UNITS:
        text = listed(cells.get(kind, ""), item.doubts, item.first)
        if text:
            item.statements.append((kind, text))
    if not item.statements:
        item.content, inside = brackets_out(item.content)
        item.statements += [(RESPONSIBLE, text) for text in inside]
    if item.content and (
        is_bare_list(item.content) or not _WORD.search(item.content) or _DAY.match(shadow(item.content))
    ):
        item.doubts.append(("row_shape", item.first, squeeze(item.content)[:20]))
    item.due_text = cells.get(DUE, "").strip().rstrip("。")
    item.section = own or above
    named = cells.get(LEADER, "").strip()
    item.leaders = people(named) if named else heading_leaders(unheaded(own))
    if above:
        _from_above(item, cells, above)
    if named and not item.leaders:
        item.doubts.append(("leader", item.first, squeeze(named)))
