"""Knows the escalation ladder: which reminder is due when, who is added, and how missed rungs fold into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.rules.calendar import WorkCalendar

AUDIENCES = ("contact", "head", "supervisor", "leader")
"""Who a rung can add. A leader is only ever proposed to the supervisor, whose button decides."""

FURTHEST = 60
"""Working days before or after the due date beyond which a rung is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder: working days from the due date (negative before, 0 the day itself), and whom it adds for good."""

    offset: int
    name: str
    adds: frozenset[str] = frozenset()


Ladder = tuple[Rung, ...]


class LadderFault(ValueError):
    """What is wrong with a ladder: `fault` names a sentence (ladder.fault_…) and `values` what it says."""

    def __init__(self, fault: str, text: str, **values: object) -> None:
        super().__init__(text)
        self.fault = fault
        self.values = {"kind": "", **values}


_CONTACT = frozenset({"contact"})
_HEAD = frozenset({"head"})
_FROM_THE_DAY: Ladder = (
    Rung(0, "day_of", _CONTACT),
    Rung(1, "after_1"),
    Rung(3, "after_3", _HEAD),
    Rung(5, "after_5", frozenset({"supervisor", "leader"})),
)
REPORT_LADDER: Ladder = (Rung(-3, "before_3", _CONTACT), Rung(-1, "before_1"), *_FROM_THE_DAY)
PLAN_LADDER: Ladder = (Rung(-5, "before_5", _CONTACT), *REPORT_LADDER)
"""After the last rung nothing more goes out by itself: the supervisor has the list and the button."""

LADDERS: dict[str, Ladder] = {"plan": PLAN_LADDER, "report": REPORT_LADDER, "finding": REPORT_LADDER}
"""What an office has that sets no ladder of its own, by kind of obligation."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done today: the rung, and the earlier rungs that it stands for."""

    index: int
    folded: tuple[int, ...] = ()


def audience(ladder: Ladder, index: int) -> frozenset[str]:
    """Everybody whom the rung at `index` addresses: those it adds and those added before."""
    return frozenset().union(*(rung.adds for rung in ladder[: index + 1]))


def rung_date(due: date, rung: Rung, calendar: WorkCalendar) -> date:
    """The working day on which a rung stands.

    Rungs before and after count working days from the due date itself. A notice may set a due date on a day off;
    then the rung of the day stands on the working day before it, where it meets the rung "1 before" and the two
    fold into one.
    """
    if rung.offset == 0:
        return calendar.working_day_on_or_before(due)
    return calendar.add_working_days(due, rung.offset)


def current_rung(ladder: Ladder, due: date, today: date, calendar: WorkCalendar, last_done: int | None) -> Step | None:
    """The rung to act on today, or None.

    It is the latest one whose day has come and that lies beyond `last_done`; the ones between are folded into it.
    So little time left or a long downtime means one message, not a burst, and a message about the state of today.
    """
    first = 0 if last_done is None else last_done + 1
    for index in range(len(ladder) - 1, first - 1, -1):
        if rung_date(due, ladder[index], calendar) <= today:
            return Step(index, tuple(range(first, index)))
    return None


def covered_at_birth(ladder: Ladder, due: date, born: date, calendar: WorkCalendar) -> int | None:
    """The last rung that the message telling of the obligation on day `born` stands for; None if it covers none.

    Give it to `current_rung` as `last_done`: who was told today is not reminded today.
    """
    step = current_rung(ladder, due, born, calendar, None)
    return None if step is None else step.index


def next_rung_date(ladder: Ladder, due: date, after_index: int | None, calendar: WorkCalendar) -> date | None:
    """The day of the rung that follows `after_index` (None: of the first rung); None after the last."""
    index = 0 if after_index is None else after_index + 1
    return rung_date(due, ladder[index], calendar) if index < len(ladder) else None


def load_ladder(data: Sequence[Mapping[str, Any]]) -> Ladder:
    """A ladder from data `[{"offset": -3, "name": "before_3", "adds": ["contact"]}, …]`.

    Raises LadderFault naming the rung and the fault: what is wrong must be found on load, not on the day.
    """
    if isinstance(data, str | Mapping) or not isinstance(data, Sequence) or not data:
        raise LadderFault("empty", "ladder: expected a list with at least one rung")
    rungs = tuple(_rung(number, row) for number, row in enumerate(data, start=1))
    for number, (before, after) in enumerate(zip(rungs, rungs[1:], strict=False), start=2):
        if after.offset <= before.offset:
            text = f"ladder, rung {number}: offset {after.offset} must be later than {before.offset}"
            raise LadderFault("order", text, n=number, offset=after.offset, before=before.offset)
    if len({rung.name for rung in rungs}) < len(rungs):
        raise LadderFault("names", "ladder: two rungs have the same name")
    if "contact" not in rungs[0].adds:
        raise LadderFault("first", "ladder, rung 1: the first rung must add the contact")
    return rungs


def load_ladders(data: Any) -> dict[str, Ladder]:
    """An office's ladders from data `{"plan": [rung, …], "report": [rung, …]}`; a kind left out keeps what it has.

    Raises LadderFault naming the kind, the rung and the fault.
    """
    if not isinstance(data, Mapping) or not data:
        raise LadderFault("tables", f"expected the tables {' and '.join(LADDERS)}", known=", ".join(LADDERS))
    for kind in data:
        if kind not in LADDERS:
            text = f"{kind!r} is no kind of obligation; known: {', '.join(LADDERS)}"
            raise LadderFault("table", text, name=kind, known=", ".join(LADDERS))
    out = {}
    for kind, rows in data.items():
        try:
            out[kind] = load_ladder(rows)
        except LadderFault as error:
            raise LadderFault(error.fault, f"{kind}: {error}", **{**error.values, "kind": kind}) from None
    return out


def ladder_of(settings: Mapping[str, Any], kind: str) -> Ladder:
    """The ladder in force for a kind of obligation: the office's own, else the built-in one (REPORT's for the rest)."""
    own = (settings.get("ladders") or {}).get(kind)
    return load_ladder(own) if own else LADDERS.get(kind, REPORT_LADDER)


def to_data(ladder: Ladder) -> list[dict[str, Any]]:
    """The inverse of `load_ladder`, plain JSON, to be frozen with each obligation."""
    return [{"offset": rung.offset, "name": rung.name, "adds": sorted(rung.adds)} for rung in ladder]


def _rung(number: int, row: Any) -> Rung:
    if not isinstance(row, Mapping) or not {"offset", "name"} <= set(row) <= {"offset", "name", "adds"}:
        text = f'ladder, rung {number}: expected {{"offset": …, "name": …, "adds": […]}}'
        raise LadderFault("fields", text, n=number)
    offset, name, adds = row["offset"], row["name"], row.get("adds", [])
    if type(offset) is not int or abs(offset) > FURTHEST:
        text = f"ladder, rung {number}: offset must be whole working days within {FURTHEST}, not {offset!r}"
        raise LadderFault("offset", text, n=number, most=FURTHEST, offset=offset)
    if not isinstance(name, str) or not name.isidentifier() or len(name) > 32:
        text = f"ladder, rung {number}: name must be a short word like before_3, not {name!r}"
        raise LadderFault("name", text, n=number, name=name)
    if not isinstance(adds, list | tuple) or not all(isinstance(who, str) for who in adds):
        raise LadderFault("adds", f"ladder, rung {number}: adds must be a list of words", n=number)
    for who in adds:
        if who not in AUDIENCES:
            text = f"ladder, rung {number}: {who!r} is nobody a rung can add; known: {', '.join(AUDIENCES)}"
            raise LadderFault("who", text, n=number, who=who, known=", ".join(AUDIENCES))
    return Rung(offset, name, frozenset(adds))
