"""Knows tables in which each task has a card of its own: labels and values beside each other, row after row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.rules.notice.columns import CONTENT, NUMBER, column_of
from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.shadow import Line

_PAIR = 2
_ROW = 4
"""Cells of a row with two labels and their values."""

_LEAST = 3
"""Labels of a card; with fewer, a table with words beside each other is no card."""


@dataclass
class Card:
    """What stands beside the labels, by kind of column, and the lines it was read from."""

    first: int
    last: int
    held: dict[str, list[str]] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)

    def add(self, kind: str, value: str, line: int) -> None:
        self.held.setdefault(kind, []).append(value)
        self.last = line

    def has(self, kind: str, label: str) -> bool:
        """Whether a number, or the very label of what is to be done, comes again: the next card begins."""
        return kind in self.held and (kind == NUMBER or (kind == CONTENT and self.whole and label in self.labels))

    @property
    def whole(self) -> bool:
        return CONTENT in self.held and any(kind in self.held for kind in (LEAD, RESPONSIBLE, CO))


def cards_in(lines: list[Line]) -> list[Card]:
    """The cards of all tables that have no heads of columns; a label that comes again begins the next card."""
    out: list[Card] = []
    table = 0
    for line in lines:
        pairs = _pairs(line.cells or ())
        if not pairs:
            continue
        for kind, label, value in pairs:
            card = out[-1] if out else None
            if card is None or line.table != table or card.has(kind, label):
                out.append(Card(line.number, line.number))
                table = line.table
            out[-1].add(kind, value, line.number)
            out[-1].labels.add(label)
    return [card for card in out if card.whole and len(card.held) >= _LEAST]


def is_card_row(cells: Sequence[str]) -> bool:
    """Labels with their values beside them, and no heads of columns: every second cell is a label, one behind them a unit, a person or a figure."""
    shown = [cell.strip() for cell in cells if cell.strip()]
    labels, values = shown[::2], shown[1::2]
    if len(shown) < _ROW or len(labels) != len(values) or any(column_of(cell) for cell in values):
        return False
    said = any(cell.isdigit() or looks_like_units(cell) or people(cell) for cell in values)
    return said and all(column_of(cell.rstrip("：:")) for cell in labels)


def _pairs(cells: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(kind, label, value) of each known label in a row that begins with a label; empty for any other row."""
    shown = [cell.strip() for cell in cells if cell.strip()]
    kinds = [column_of(cell.rstrip("：:")) for cell in shown]
    paired = len(shown) > 1 and not len(shown) % 2 and all(kinds[::2]) and (len(shown) == _PAIR or not all(kinds[1::2]))
    out: list[tuple[str, str, str]] = []
    for place in range(0, len(shown) - 1, _PAIR):
        kind = kinds[place]
        if kind is not None and (paired or kinds[place + 1] is None):
            out.append((kind, shown[place], shown[place + 1]))
        elif not out:
            return []
    return out


def first_card_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Where the first card of a table begins; None for a table without cards."""
    first = next((place for place, cells in enumerate(rows) if is_card_row(cells)), None)
    while first and _pairs(tuple(rows[first - 1])):
        first -= 1
    return first
