"""Knows tasks in tables: header cells name the columns; cells may be merged, rows may go on after a break."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.clauses import is_bare_list
from core.rules.notice.columns import CONTENT, NUMBER, SECTION, column_of, is_heads
from core.rules.notice.flat_tables import flat_items
from core.rules.notice.items import Item
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.names import looks_like_unit
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, join, shadow, squeeze

_MD_RULE = re.compile(r"^[\s|:\-]+$")
_NUMBERED = re.compile(r"^\**(?P<n>\d{1,3}(?:\.\d{1,3})*)\**(?:[.、\s]+|(?=[\u4e00-\u9fff]{2}))(?=\S)")
_HEADED = re.compile(r"^(?:[((][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+)")
_DAY = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月|[一二三四]季度|年)(?:\d{1,2}日|底|末)?(?:之?前|以前)?(?:完成|办结)?$|^\d{4}[-./]\d{1,2}([-./]\d{1,2})?$"
    r"|^(?:by|end|of|mid|Q[1-4]|[A-Z][a-z]{2,8})*\d{0,2},?20\d\d$"
)
_SUM = re.compile(r"^(?:合计|总计|小计|共计|总数)(?:$|[:\d])")
_UNITS = (LEAD, RESPONSIBLE, CO)
_SECTION_LENGTH = 50


@dataclass
class _Row:
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    odd: bool = False


def items_of_tables(lines: list[Line]) -> tuple[list[Item], set[int]]:
    """The tasks that stand in tables, and the numbers of the lines they were read from."""
    reader = _Tables()
    for line in lines:
        reader.take(line)
    reader.end()
    return (reader.items, reader.used) if reader.items else flat_items(lines)


class _Tables:
    """Takes lines one by one; the heads of columns stay in force for a table that goes on after a break."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.used: set[int] = set()
        self.columns: list[str | None] = []
        self.section = ""
        self.rows: list[_Row] = []
        self.fresh = False
        self.heads: list[str] = []
        self.unread: list[int] = []

    def take(self, line: Line) -> None:
        cells = _cells(line)
        if cells is None:
            if line.text.strip():
                self.end()
                self.section = _section(line) or self.section
            return
        named = [column_of(cell) for cell in cells]
        if is_heads(named):
            self.end()
            self.columns, self.fresh, self.heads = named, True, cells
            self.used.add(line.number)
        elif _MD_RULE.match(line.text):
            self.used.add(line.number)
        elif self.columns and (self.fresh or self._goes_on(cells)):
            self.used.add(line.number)
            self.rows.append(_row(line, cells, self.columns))
            self.unread += _unread(cells, self.columns)

    def end(self) -> None:
        """The rows taken so far make a piece of a table."""
        if self.rows:
            before = self.items[-1] if self.items and self.items[-1].section == self.section else None
            found = _from_rows(self.rows, self.section, before)
            for place in sorted(set(self.unread)) if found else ():
                if 2 * self.unread.count(place) >= len(found) and place < len(self.heads):
                    found[0].doubts.append(("column", found[0].first, squeeze(self.heads[place])))
            self.items += found
        self.rows, self.fresh, self.unread = [], False, []

    def _goes_on(self, cells: list[str]) -> bool:
        """A row after a break that has the shape of the table before: its next number, or units where units stand."""
        if len(cells) != len(self.columns) or not self.items:
            return False
        held = dict(zip(self.columns, cells, strict=True))
        if NUMBER in held:
            value, last = numeral(held[NUMBER].strip().rstrip(".、")), self.items[-1].number
            return value is not None and isinstance(last, int) and (value == last + 1 or value == 1)
        return any(looks_like_units(held[kind]) for kind in _UNITS if held.get(kind, "").strip())


def _cells(line: Line) -> list[str] | None:
    if line.cells is not None:
        return list(line.cells)
    text = line.text.strip()
    if text.count("|") >= 2:
        return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    return [cell.strip() for cell in line.text.split("\t")] if line.text.count("\t") >= 2 else None


def _section(line: Line) -> str:
    found = re.match(r"^#{2,}\s*(.+)$|^[((]?[一二三四五六七八九十]+[)、)]\s*(.+)$", line.text.strip())
    return (found[1] or found[2]).strip() if found else ""


def _unread(cells: list[str], columns: list[str | None]) -> list[int]:
    """The columns without a known head whose cell here reads like units or like a date."""
    return [
        place
        for place, (cell, kind) in enumerate(zip(cells, columns, strict=False))
        if kind is None
        and cell.strip()
        and (is_bare_list(cell) or (cell.isascii() and looks_like_units(cell)) or _DAY.match(squeeze(shadow(cell))))
    ]


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
    held = [cell for cell, kind in zip(cells, columns, strict=False) if kind in _UNITS and cell.strip()]
    return bool(held) and all(looks_like_units(cell) for cell in held)


def _row(line: Line, cells: list[str], columns: list[str | None]) -> _Row:
    fitted, odd = _fitted(cells, columns)
    row = _Row(line.number, odd=odd and line.cells is None)
    content: list[str] = []
    for cell, kind in zip(fitted, columns, strict=False):
        if kind == CONTENT:
            if cell.strip() and (not content or squeeze(cell) != squeeze(content[-1])):
                content.append(cell)
        elif kind in _UNITS and row.cells.get(kind, "").strip() and squeeze(cell) != squeeze(row.cells[kind]):
            row.cells[kind] += "\n" + cell
        elif kind and (kind not in row.cells or cell.strip()):
            row.cells[kind] = cell
    row.cells["first"] = content[0] if len(content) > 1 else ""
    row.cells[CONTENT] = content[-1] if content else ""
    if not content and sum(bool(cell.strip()) for cell in fitted) == 1 and not _suits(fitted, columns):
        row.cells[CONTENT] = next(cell for cell in fitted if cell.strip())
        row.cells = {CONTENT: row.cells[CONTENT], "first": ""}
    return row


def _from_rows(rows: list[_Row], section: str, last: Item | None = None) -> list[Item]:
    out: list[Item] = []
    before: dict[str, str] = {}
    spread = _spread(rows)
    for row in rows:
        cells = row.cells
        content = cells.get(CONTENT, "").strip()
        if not content and out and not cells.get(NUMBER, "").strip() and any(cells.get(k, "").strip() for k in _UNITS):
            _more_units(out[-1], row)
            continue
        if _SUM.match(squeeze(cells.get(NUMBER, "")) or squeeze(cells.get(SECTION, "")) or squeeze(content)):
            continue
        if _is_section(cells, content):
            section = content or section
            continue
        out.append(_item(row, content, before, spread))
        item = out[-1]
        item.number = item.number or _number(cells.get(NUMBER, "")) or len(out)
        _fill(item, cells, cells.get(SECTION, "").strip() or (cells["first"] if spread else "") or section)
        before = cells
    return out


def _spread(rows: list[_Row]) -> bool:
    """True where the first of two columns of content is a heading that reaches over several rows."""
    firsts = [squeeze(row.cells["first"]) for row in rows if row.cells["first"].strip()]
    return len(set(firsts)) < len(firsts) or any(
        row.cells[CONTENT].strip() and not row.cells["first"].strip() for row in rows if firsts
    )


def _is_section(cells: dict[str, str], content: str) -> bool:
    if len({squeeze(cell) for cell in cells.values() if cell.strip()}) > 1:
        return False
    return bool(_HEADED.match(content)) or (len(content) <= _SECTION_LENGTH and not content.endswith("。"))


def _item(row: _Row, content: str, before: dict[str, str], spread: bool) -> Item:
    cells = row.cells
    first = "" if spread else cells["first"].strip()
    found = _NUMBERED.match(first) or _NUMBERED.match(content)
    own = cells.get(NUMBER, "").strip() or (found["n"] if found and not _measured(found) else "")
    if found and not _measured(found) and _number(own) == _number(found["n"]) and not _counts_on(found):
        first = first[found.end() :] if first and found.string == first else first
        content = content[found.end() :] if found.string == content else content
    if first:
        content = first + ("" if shadow(first)[-1:] in "。;:!?,、" else "：") + content
    item = Item(_number(own), join(content.split("\n")), row.line, row.line)
    if row.odd:
        item.doubts.append(("row_shape", row.line, squeeze(content)[:20]))
    for kind in (SECTION, NUMBER, LEADER, LEAD, RESPONSIBLE, DUE):
        if kind in cells and not cells[kind].strip() and before.get(kind):
            if kind == NUMBER and not _measured(found) and found:
                continue
            cells[kind] = before[kind]
            if kind not in (SECTION, NUMBER, LEADER):
                item.doubts.append(("merged_cell", row.line, before[kind].strip()))
    return item


def _counts_on(found: re.Match[str]) -> bool:
    """1.甲；2.乙: the number begins a list within the text."""
    number = _number(found["n"])
    return isinstance(number, int) and bool(re.search(rf"[。；;\n]\s*{number + 1}[.、]", shadow(found.string)))


def _measured(found: re.Match[str] | None) -> bool:
    """12个口袋公园: the figure belongs to the text and is no number of the row."""
    return bool(found) and not re.search(r"[.、\s]$", found[0].rstrip("*") or found[0])  # type: ignore[index]


def _more_units(item: Item, row: _Row) -> None:
    """A row that holds only more units of the task above it."""
    for kind in _UNITS:
        text = _listed(row.cells.get(kind, ""))
        if text:
            item.statements.append((kind, text))
    item.doubts.append(("row_shape", row.line, squeeze("".join(row.cells.values()))[:20]))
    item.last = row.line


def _fill(item: Item, cells: dict[str, str], section: str) -> None:
    for kind in _UNITS:
        text = _listed(cells.get(kind, ""))
        if text:
            item.statements.append((kind, text))
    item.due_text = cells.get(DUE, "").strip().rstrip("。")
    item.section = section
    named = cells.get(LEADER, "").strip()
    item.leaders = people(named) if named else []
    if named and not item.leaders:
        item.doubts.append(("leader", item.first, squeeze(named)))


def _listed(cell: str) -> str:
    """The lines of a cell as one list; a name broken in two is put together."""
    if not re.search(r"[\u4e00-\u9fff]", cell):
        parts = [part.strip() for part in cell.split("\n") if part.strip()]
        return ("; " if all(looks_like_unit(part) for part in parts) else " ").join(parts)
    out = ""
    for part in (each.strip() for each in cell.split("\n")):
        last = re.split(r"[、,，;；]", out)[-1]
        if (
            not part
            or not out
            or not last
            or shadow(part)[0] in "、,;()"
            or (not looks_like_unit(last) and looks_like_unit(last + part))
        ):
            out += part
        else:
            out += "、" + part
    return out


def _number(text: str) -> int | str:
    value = numeral(text.strip().rstrip(".、"))
    return value if value is not None else text.strip("* ")
