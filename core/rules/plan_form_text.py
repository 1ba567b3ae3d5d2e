"""Knows how a filled plan form is read back out of the lines and table rows of a file, whatever became of its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.rules.filled_form import FilledForm, Row
from core.rules.month_heads import Named
from core.rules.notice.shadow import Line
from core.rules.numerals import narrow
from core.rules.plan_form import FormCode, Means, bare_label, find_code, means
from core.rules.plan_form_columns import BRIEF_HEAD, MONTH_HEAD, Columns, columns_of
from core.rules.plan_form_months import month_cell


def read_forms(lines: Sequence[Line]) -> list[FilledForm]:
    """Every form of the file in its order; an empty list where it holds none."""
    reader = _Reader()
    for line in _from_the_left(lines):
        reader.take(line)
    return [form for form in reader.finished() if form.is_form]


def _from_the_left(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without the columns that are blank in a whole table: somebody put one in before the form."""
    blank: dict[int, int] = {}
    for line in lines:
        filled = [place for place, cell in enumerate(line.cells or ()) if cell.strip()]
        if filled:
            blank[line.table] = min(filled[0], blank.get(line.table, filled[0]))
    for line in lines:
        cut = blank.get(line.table, 0) if line.cells else 0
        yield replace(line, cells=line.cells[cut:]) if cut and line.cells else line


_TITLE = re.compile(r"(?:表|plan|form)(?:[(（][^()（）]*[)）])?$", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|(?<=\s))([^\s:]{1,16}):")
_BLANK = re.compile(r"[\s_＿年月日/—－-]*")
_FURNITURE = re.compile(r"编号.*表单码|form code", re.IGNORECASE)


_SHARED = (Means.UNIT, Means.CONTACT, Means.PHONE)


class _Reader:
    """Takes line after line; a label that the form under way has already begins the next form."""

    def __init__(self) -> None:
        self._done: list[FilledForm] = []
        self._form = FilledForm()
        self._in_months = False
        self._columns: Columns | None = None
        self._above: tuple[str, ...] = ()
        self._table = 0
        self._kept: dict[Means, str] = {}

    def finished(self) -> list[FilledForm]:
        self._close()
        return self._done

    def take(self, line: Line) -> None:
        if line.cells is None or line.table != self._table:
            self._columns, self._above = None, ()
        self._table = line.table if line.cells is not None else 0
        if code := find_code(line.text):
            self._take_code(code)
            return
        cells = line.cells if line.cells is not None else _paragraph_cells(line.text)
        cells = tuple(cell.strip() for cell in cells)
        if not any(cells):
            return
        if not self._form.line:
            self._form.line = line.number
        self._row(cells, line.cells is not None)

    def _row(self, cells: tuple[str, ...], table: bool) -> None:
        if self._columns is not None:
            self._column_row(cells)
        elif table and (columns := columns_of(cells, self._above)):
            self._begin_columns(columns)
        elif not self._month_row(cells) and not self._fields(cells, table):
            self._other(cells, table)
        self._above = cells if table else ()

    def _take_code(self, code: FormCode) -> None:
        """The code stands below its form; above one only where somebody moved it there."""
        self._form.code = code
        if self._form.heads or self._form.values.keys() - {Means.UNIT, Means.CONTACT, Means.PHONE}:
            self._close()

    def _close(self) -> None:
        form = self._form
        if form.heads or form.values or form.code:
            # Whoever names the unit once above several tables means it for all of them.
            for meaning, value in self._kept.items():
                form.values.setdefault(meaning, value)
            self._kept = {one: form.values[one] for one in _SHARED if form.values.get(one)}
            self._done.append(form)
        self._form = FilledForm(title=form.title)
        self._in_months = False

    # -- one task down the page --------------------------------------------------------------------------------------

    def _month_row(self, cells: tuple[str, ...]) -> bool:
        """`3月 | 制定方案`, also two months side by side, a row continued below, or the head of the column."""
        if self._months_to_the_right(cells):
            cells = cells[1:]
        filled = [cell for cell in cells if cell]
        if MONTH_HEAD.fullmatch(bare_label(cells[0])) and all(BRIEF_HEAD.fullmatch(cell) for cell in filled[1:]):
            self._in_months = True
            return True
        named = month_cell(cells[0], self._in_months)
        if named is None:
            if self._in_months and not cells[0] and filled and self._form.rows:
                last = self._form.rows[-1]
                text = "\n".join(part for part in (last.text, "；".join(filled)) if part)
                self._form.rows[-1] = replace(last, text=text)
                return True
            return False
        if not self._in_months and len(cells) == 1:
            return False
        self._in_months = True
        self._add_months(named, cells[1:])
        return True

    def _months_to_the_right(self, cells: tuple[str, ...]) -> bool:
        """`各月安排 | 3月 | 选址`: one label, often merged downwards, stands left of all the months."""
        if len(cells) < 3 or means(cells[0]) is not None or month_cell(cells[0], self._in_months) is not None:
            return False
        head = MONTH_HEAD.fullmatch(bare_label(cells[1])) and not MONTH_HEAD.fullmatch(bare_label(cells[0]))
        return bool(head) or month_cell(cells[1], self._in_months) is not None

    def _add_months(self, named: Named, cells: Sequence[str]) -> None:
        texts: list[str] = []
        for place, cell in enumerate(cells):
            # Right beside a month stands what it says, be it a date; a second month stands further on.
            following = month_cell(cell) if place else None
            if following is not None:
                self._add(named, texts)
                named, texts = following, []
            elif cell:
                texts.append(cell)
        self._add(named, texts)

    def _add(self, named: Named, texts: Sequence[str]) -> None:
        self._form.heads += 1
        self._form.rows.append(Row(named.months, named.year, "；".join(dict.fromkeys(texts))))

    def _fields(self, cells: tuple[str, ...], table: bool) -> bool:
        """`工作内容 | …`, two fields side by side, `联系人：张三`."""
        found = list(_labelled(cells, table))
        if not found:
            return False
        for label, value in found:
            self._field(label, value)
        return True

    def _field(self, label: str, value: str) -> None:
        meaning = means(label)
        if meaning is None:
            if value and not _BLANK.fullmatch(value):
                self._form.others.setdefault(bare_label(label), value)
            return
        if self._form.heads:
            if meaning is Means.UNIT and value in ("", self._form.get(Means.UNIT)):
                return  # the place of the stamp below the table
            if meaning not in (Means.CONTACT, Means.PHONE):
                self._close()
        elif self._form.get(meaning) and value != self._form.get(meaning):
            if meaning is Means.CONTENT:
                self._close()
            else:
                self._form.others.setdefault(bare_label(label), value)
                return
        self._in_months = False
        self._form.values[meaning] = value

    def _other(self, cells: tuple[str, ...], table: bool) -> None:
        """A title, a row that the unit added, or words that belong to nothing."""
        filled = [cell for cell in cells if cell]
        if len(filled) == 1:
            flat = narrow(filled[0])
            if _TITLE.search(flat) and len(flat) < 80:
                if self._form.heads:
                    self._close()
                self._form.title = flat
            return
        if table and cells[0] and len(cells[0]) <= 24 and (self._form.values or self._form.heads):
            self._form.others.setdefault(bare_label(cells[0]), "；".join(filled[1:]))

    # -- one task a row ----------------------------------------------------------------------------------------------

    def _begin_columns(self, columns: Columns) -> None:
        if self._form.heads:
            self._close()
        self._columns = columns

    def _column_row(self, cells: tuple[str, ...]) -> None:
        assert self._columns is not None
        row = self._columns.read(cells)
        if row is None:
            return
        values, months = row
        old = self._form
        key = (Means.REF, Means.CONTENT)
        new = any(values.get(one) and values.get(one) != old.get(one) for one in key)
        if old.heads and new:
            self._close()
        for meaning, value in values.items():
            if value:
                self._form.values[meaning] = value
        for named, text in months:
            self._add(named, [text] if text else [])


def _paragraph_cells(text: str) -> tuple[str, ...]:
    return tuple(text.split("\t")) if "\t" in text else (text,)


def _labelled(cells: tuple[str, ...], table: bool) -> Iterator[tuple[str, str]]:
    """(label, value) pairs of a row. A cell that is a label takes the cells up to the next label."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and (not table or means(filled[0]) is None):
        yield from _pairs(filled[0])
        return
    label: str = ""
    taken: list[str] = []
    for cell in cells:
        inner = _inline(cell)
        if means(cell) is not None:
            if label:
                yield label, "；".join(taken)
            label, taken = cell, []
        elif inner:
            if label:
                yield label, "；".join(taken)
            label, taken = "", []
            yield inner
        elif cell and label:
            taken.append(cell)
        elif cell:
            return
    if label:
        yield label, "；".join(taken)


def _inline(cell: str) -> tuple[str, str] | None:
    """`工作内容：完成…` in a single cell."""
    head, mark, value = narrow(cell).partition(":")
    if mark and len(head) <= 16 and means(head) is not None:
        return head, cell[len(head) + 1 :].strip()
    return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`填报单位（盖章）：区水利局　　联系人：张三` of a paragraph; the first label must be one that a form has."""
    if _FURNITURE.search(text):
        return
    heads = list(_LABEL.finditer(narrow(text)))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        label = text[head.start(1) : head.end(1)]
        value = text[head.end() : following.start() if following else len(text)].strip()
        if means(label) is not None or re.search(r"签字|签名|日期|负责人|审核|备注", label):
            yield label, value
