"""Knows tables in which each task has a card of its own: labels and values beside each other, row after row."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.rules.notice.columns import CONTENT, NUMBER, column_of
from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.shadow import Line

_LEAST = 3
"""Labels of a card; with fewer, a table with words beside each other is no card."""


@dataclass
class Card:
    """What stands beside the labels, by kind of column, and the lines it was read from."""

    first: int
    last: int
    held: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, value: str, line: int) -> None:
        self.held.setdefault(kind, []).append(value)
        self.last = line

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
        for kind, value in pairs:
            card = out[-1] if out else None
            again = card is not None and (kind == NUMBER or (kind == CONTENT and card.whole)) and kind in card.held
            if card is None or line.table != table or again:
                out.append(Card(line.number, line.number))
                table = line.table
            out[-1].add(kind, value, line.number)
    return [card for card in out if card.whole and len(card.held) >= _LEAST]


def _pairs(cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """(kind, value) of each known label in a row that begins with a label; empty for any other row."""
    shown = [cell.strip() for cell in cells if cell.strip()]
    out: list[tuple[str, str]] = []
    place = 0
    while place + 1 < len(shown):
        kind = column_of(shown[place].rstrip("：:"))
        if kind is None or column_of(shown[place + 1]) is not None:
            if not out:
                return []
            place += 2
            continue
        out.append((kind, shown[place + 1]))
        place += 2
    return out
