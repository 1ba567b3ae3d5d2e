"""Knows how the overdue list is narrowed, grouped and cut into pages that fit a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from core.rules.obligations import Kind, Obligation
from core.rules.summary import leader_order
from core.rules.tasks import Leader, ref_order

PAGE_LINES = 18
"""Lines of a list on one screen; headings count."""

_KINDS: dict[str, Kind | None] = {"": None, **{kind.value[0]: kind for kind in Kind}}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list shows, short enough for a button: `leader` is a `leader_mark` of who heads the task, first or not."""

    leader: str = ""
    unit: int = 0
    kind: Kind | None = None
    page: int = 0

    def pack(self) -> str:
        """At most 32 bytes: :leader:unit:kind:page."""
        kind = self.kind.value[0] if self.kind else ""
        return f":{self.leader}:{self.unit or ''}:{kind}:{self.page or ''}"

    @staticmethod
    def unpack(fields: Sequence[str]) -> Filters:
        """The inverse of `pack`. Raises ValueError for anything else."""
        if len(fields) != 5 or fields[0] or fields[3] not in _KINDS:
            raise ValueError(f"not filters: {fields!r}")
        _, leader, unit, kind, page = fields
        return Filters(
            leader,
            int(unit or 0),
            _KINDS[kind],
            int(page or 0),
        )

    @property
    def narrow(self) -> bool:
        return bool(self.leader or self.unit or self.kind)

    def on(self, page: int) -> Filters:
        return replace(self, page=page)

    def holds(self, obligation: Obligation) -> bool:
        if self.unit and obligation.unit_id != self.unit:
            return False
        if self.leader and self.leader not in {leader_mark(each) for each in obligation.leaders or (None,)}:
            return False
        return self.kind is None or obligation.kind is self.kind


def leader_mark(leader: Leader | None) -> str:
    """A leader's name in eight characters, for a button's 64 bytes."""
    return f"{crc32((leader.name if leader else '').encode()):08x}"


def grouped(obligations: Iterable[Obligation]) -> list[Obligation]:
    """By leader and unit as the notice orders them, then by ref and due date; never by how late they are."""
    items = list(obligations)
    first: dict[tuple[str, int], tuple[int, ...]] = {}
    for o in items:
        key = (o.leader.name if o.leader else "", o.unit_id)
        first[key] = min(first.get(key, ref_order(o.ref)), ref_order(o.ref))
    return sorted(
        items,
        key=lambda o: (
            leader_order(o.leader),
            first[o.leader.name if o.leader else "", o.unit_id],
            o.unit,
            ref_order(o.ref),
            o.due,
            o.chase,
            o.id,  # as storage cuts the list into pages: two of one day stand in one order everywhere
        ),
    )
