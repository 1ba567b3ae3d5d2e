"""Knows the rows of a table of tasks: cells under their heads, merged cells, a name with its content, units of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.columns import CONTENT, NUMBER, PAIR, SECTION
from core.rules.notice.items import Item
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import heading_leaders, people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.names import looks_like_unit
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, join, shadow, squeeze

_NUMBERED = re.compile(r"^\**(?P<n>\d{1,3}(?:\.\d{1,3})*)\**(?:[.、\s]+|(?=[\u4e00-\u9fff]{2}))(?=\S)")
_HEADED = re.compile(
    r"^(?:[(（][一二三四五六七八九十]+[)）]、?|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+)\s*"
)
_SUBMARK = re.compile(r"^\s*(?:\((?P<n>\d{1,2})\)|(?P<ring>[①-⑳]))\s*(?=\S)")
_NOTE = re.compile(r"^(?:注|备注|附注|说明|填表说明|Notes?)\s*:", re.IGNORECASE)
_SUM = re.compile(r"^(?:合计|总计|小计|共计|总数)(?:$|[:\d])")
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
            if cell.strip() and (not content or squeeze(cell) != squeeze(content[-1])):
                content.append(cell)
        elif kind == PAIR:
            lead, _, co = re.sub(r"[/\n;；]", "\n", cell, count=1).partition("\n")
            row.cells[LEAD if co else RESPONSIBLE], row.cells[CO] = lead, co.replace("/", "、")
        elif kind in UNITS and row.cells.get(kind, "").strip() and squeeze(cell) != squeeze(row.cells[kind]):
            row.cells[kind] += "\n" + cell
        elif kind and (kind not in row.cells or cell.strip()):
            row.cells[kind] = cell
    row.cells["first"] = content[0] if len(content) > 1 else ""
    row.cells[CONTENT] = titled(content[1:]) if len(content) > 1 else "".join(content)
    if not content and sum(bool(cell.strip()) for cell in fitted) == 1 and not _suits(fitted, columns):
        row.cells[CONTENT] = next(cell for cell in fitted if cell.strip())
        row.cells = {CONTENT: row.cells[CONTENT], "first": ""}
    return row


def items_of(rows: list[Row], section: str, last: Item | None = None) -> list[Item]:
    out: list[Item] = []
    before: dict[str, str] = {}
    spread = _spread(rows)
    for row in rows:
        cells = row.cells
        content = cells.get(CONTENT, "").strip()
        if not content and out and not cells.get(NUMBER, "").strip() and any(cells.get(k, "").strip() for k in UNITS):
            _more_units(out[-1], row)
            continue
        opening = squeeze(shadow(cells.get(NUMBER, "") or cells.get(SECTION, "") or cells["first"] or content))
        if _SUM.match(opening) or _NOTE.match(opening):
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


def trailing_section(rows: list[Row]) -> str:
    """The heading in the last row of a piece of a table: it is about the next piece."""
    last = rows[-1].cells if rows else {}
    content = last.get(CONTENT, "").strip()
    return content if content and _is_section(last, content) else ""


def unheaded(text: str) -> str:
    """A heading without its mark."""
    return _HEADED.sub("", text)


def _spread(rows: list[Row]) -> bool:
    """True where the first of two columns of content is a heading that reaches over several rows."""
    firsts = [squeeze(row.cells["first"]) for row in rows if row.cells["first"].strip()]
    return len(set(firsts)) < len(firsts) or any(
        row.cells[CONTENT].strip() and not row.cells["first"].strip() for row in rows if firsts
    )


def _is_section(cells: dict[str, str], content: str) -> bool:
    if len({squeeze(cell) for cell in cells.values() if cell.strip()}) > 1:
        return False
    return bool(_HEADED.match(content)) or (len(content) <= _SECTION_LENGTH and not content.endswith("。"))


def _item(row: Row, content: str, before: dict[str, str], spread: bool) -> Item:
    cells = row.cells
    first = "" if spread else cells["first"].strip()
    found = _NUMBERED.match(first) or _NUMBERED.match(content)
    own = cells.get(NUMBER, "").strip() or (found["n"] if found and not _measured(found) else "")
    if found and not _measured(found) and _number(own) == _number(found["n"]) and not _counts_on(found):
        first = first[found.end() :] if first and found.string == first else first
        content = content[found.end() :] if found.string == content else content
    if spread:
        content = _without_submark(content)
    if first:
        content = titled([first, content])
    headed = _HEADED.match(content) if NUMBER not in cells and not own else None
    if headed and _ordinal(headed[0]):
        own, content = str(_ordinal(headed[0])), content[headed.end() :]
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


def _ordinal(mark: str) -> int | None:
    """The number of a mark such as （一） or 二、; None for a chapter's."""
    return numeral(mark.strip().strip("()（）、"))


def _between(first: str) -> str:
    """What stands between the name of a task and what is to be done."""
    if shadow(first)[-1:] in "。;:!?,、":
        return ""
    return " " if first[-1:] in ".!?" else ": " if first.isascii() else "："


def titled(parts: list[str]) -> str:
    """A name and what is to be done about it as one text."""
    out = parts[0].strip()
    for part in parts[1:]:
        out += _between(out) + part.strip()
    return out


def _without_submark(content: str) -> str:
    """（1）新建…: a cell of its own below a heading needs no mark, unless it goes on with （2）."""
    flat = shadow(content)
    found = _SUBMARK.match(flat)
    if not found:
        return content
    following = f"({int(found['n']) + 1})" if found["n"] else chr(ord(found["ring"]) + 1)
    return content if following in flat else content[found.end() :]


def _counts_on(found: re.Match[str]) -> bool:
    """1.甲；2.乙: the number begins a list within the text."""
    number = _number(found["n"])
    return isinstance(number, int) and bool(re.search(rf"[。；;\n]\s*{number + 1}[.、]", shadow(found.string)))


def _measured(found: re.Match[str] | None) -> bool:
    """12个口袋公园: the figure belongs to the text and is no number of the row."""
    return bool(found) and not re.search(r"[.、\s]$", found[0].rstrip("*") or found[0])  # type: ignore[index]


def _more_units(item: Item, row: Row) -> None:
    """A row that holds only more units of the task above it."""
    for kind in UNITS:
        text = _listed(row.cells.get(kind, ""))
        if text:
            item.statements.append((kind, text))
    item.doubts.append(("row_shape", row.line, squeeze("".join(row.cells.values()))[:20]))
    item.last = row.line


def _fill(item: Item, cells: dict[str, str], section: str) -> None:
    for kind in UNITS:
        text = _listed(cells.get(kind, ""))
        if text:
            item.statements.append((kind, text))
    item.due_text = cells.get(DUE, "").strip().rstrip("。")
    item.section = section
    named = cells.get(LEADER, "").strip()
    item.leaders = people(named) if named else heading_leaders(unheaded(section))
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
    value = numeral(text.strip().strip("()（）").rstrip(".、"))
    return value if value is not None else text.strip("* ")
