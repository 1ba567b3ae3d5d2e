"""Knows the columns that a person is asked about, or said something of: once for all tables that have the same head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.rules.notice.column_roles import ROLES
from core.rules.notice.columns import name_of, same_role
from core.rules.notice.dates import deadline
from core.rules.notice.doubts import Questions
from core.rules.notice.heads import BESIDE, CONTENT, PAIR
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.lists import names_in
from core.rules.notice.model import Column, Question, Source
from core.rules.notice.names import looks_like_unit
from core.rules.notice.shadow import Line, squeeze
from core.rules.notice.task import is_settled

_ANY_YEAR = 2000
"""A day without a year counts as a day."""

_SAMPLES = 2
_SAMPLE = 60
"""Characters of a cell that are shown."""

MOST = 30_000
"""Characters of a paper that is read anew when a column's role is said: half a second a reading. Longer ones are asked as before."""

_TAKEN = {"column_text": CONTENT, "column_units": RESPONSIBLE}


class Columns:
    """`said`: what a person said that columns hold, by their names; `found`: those, and those that have to be asked about."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self.said = said
        self.found: dict[str, Column] = {}

    def keep(self, heads: list[str], rows: Sequence[list[str]], doubts: Sequence[tuple[str, int]], line: int) -> None:
        """The columns of a piece of a table: `doubts` are (kind of the question, place)."""
        for kind, place in doubts:
            name = name_of(heads, place)
            if name not in self.said and not _again(heads, rows, place):
                self._keep(Column(name, kind, _TAKEN.get(kind), None, _samples(rows, place), line))
        for place in range(len(heads)) if self.said else ():
            if (name := name_of(heads, place)) in self.said:
                role, other = self.said[name], same_role(heads, self.said, place)
                cells = [row[place] for row in rows if place < len(row)]
                self._keep(Column(name, "column", None, role, _samples(rows, place), line, other, fits(role, cells)))

    def _keep(self, column: Column) -> None:
        known = self.found.setdefault(column.name, column)
        self.found[column.name] = replace(
            known,
            samples=(known.samples + tuple(each for each in column.samples if each not in known.samples))[:_SAMPLES],
            other=known.other or column.other,
            fits=known.fits or column.fits,
        )


def _again(heads: list[str], rows: Sequence[list[str]], place: int) -> bool:
    """A head that reaches over several columns with the same cells is one column."""
    bare = [squeeze(head) for head in heads]
    first = bare.index(bare[place]) if bare[place] else place
    return first < place and all(row[first] == row[place] for row in rows if place < len(row))


def _samples(rows: Sequence[list[str]], place: int) -> tuple[str, ...]:
    cells = (" ".join(row[place].split()) for row in rows if place < len(row))
    shown = [cell if len(cell) <= _SAMPLE else cell[: _SAMPLE - 1] + "…" for cell in cells if cell]
    return tuple(dict.fromkeys(shown))[:_SAMPLES]


def source_of(lines: list[Line], lang: str, columns: Columns) -> Source | None:
    """What is needed to read the paper anew; None where no column is asked about, or the paper is too long for that."""
    whole = sum(len(line.text) for line in lines) <= MOST
    return Source.of(lines, lang) if columns.found and whole else None


def column_questions(columns: Columns, source: Source | None, questions: Questions) -> list[Question]:
    """The questions that are open, first what changes most. Where the paper can't be read anew, there is no choice."""
    said = questions.voice
    offered = tuple(said.plain(f"notice.role_{role}") for role in ROLES) if source else ()
    return [
        questions.ask(
            "column_long" if column.kind == "column" and source is None else column.kind,
            column.line,
            None,
            offered,
            what=column.name,
            samples=list(column.samples),
        )
        for column in columns.found.values()
        if column.role is None
    ]


def fits(role: str, cells: Sequence[str]) -> bool:
    """Whether at least one cell can be read as what the column is said to hold."""
    filled = [cell for cell in cells if cell.strip()]
    if role in (LEAD, CO, RESPONSIBLE, PAIR):
        return any(looks_like_unit(name) for cell in filled for name in _names(cell))
    if role == LEADER:
        return any(people(cell) for cell in filled)
    if role == DUE:
        return any(deadline(cell, _ANY_YEAR) or is_settled(cell) for cell in filled)
    return bool(filled) or role == BESIDE


def _names(cell: str) -> Iterable[str]:
    return (name for line in cell.replace("/", "\n").split("\n") for name in names_in(line))
