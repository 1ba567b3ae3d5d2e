"""Knows inspections (督查): a round, its stops, what was found at them, and which tasks are proposed for a round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from core.rules.calendar import WorkCalendar
from core.rules.obligations import Obligation, State
from core.rules.tasks import Leader, Task, Unit, ref_order

TEXT_MOST = 1_000
"""Characters of a finding or of what to have ready: what is longer belongs in a document, which can be added."""

FILES_MOST = 20
MEND_DAYS = 10
"""Working days proposed for mending what an inspection found."""

FURTHEST = 366
"""Days from today beyond which a date is taken for a slip of the pen."""

LONG = {"monthly": 45, "quarterly": 135, "half_yearly": 270, None: 135}
"""Days without inspection after which a task is proposed: one period of its frequency and a half."""

FINE, MEND, NOTE = "fine", "mend", "note"
MARKS = (FINE, MEND, NOTE)
"""In order; to be mended by a date; noted only."""


@dataclass(frozen=True, slots=True)
class Round:
    """state: open | closed | cancelled. `number` counts the rounds of a year."""

    id: int
    year: int
    number: int
    day: date
    ready: str
    state: str
    opened_by: int
    opener: str
    opened_at: datetime
    scope: str = ""
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class Stop:
    """One task of one unit in a round: what the supervisor looks at, one card at a time."""

    id: int
    round_id: int
    task_id: int
    unit_id: int
    position: int
    ref: str
    content: str
    unit: str
    leader: Leader | None = None
    frequency: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at a stop. A finding that is to be mended is owed as the obligation with the period `key`."""

    id: int
    round_id: int
    stop_id: int
    number: int
    mark: str
    text: str
    mend_by: date | None
    person_id: int
    person: str
    at: datetime
    key: str = ""
    files: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    withdrawn_at: datetime | None = None


_KEY = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d+)-(\d+)", re.ASCII)


def mending_key(day: date, finding_id: int, number: int) -> str:
    """The period of the obligation that follows from a finding: the day it was found, its id, its number at the stop."""
    return f"{day:%Y%m%d}-{finding_id}-{number}"


def read_key(key: str) -> tuple[date, int, int] | None:
    """(day, finding's id, number) of such a period; None for any other."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    year, month, day, finding, number = (int(part) for part in found.groups())
    return date(year, month, day), finding, number


def mending(owed: Obligation | None, today: date) -> str:
    """open | overdue | returned | handed_in | mended | dropped: how it stands with what is to be mended."""
    if owed is None or owed.state is State.DROPPED:
        return "dropped"
    if owed.open:
        return "overdue" if owed.overdue(today) else "returned" if owed.returned else "open"
    return "mended" if owed.reviewed == "accepted" else "handed_in"


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a round. `mended`: accepted by the office; `handed_in`: waits for its word."""

    stops: int = 0
    seen: int = 0
    fine: int = 0
    notes: int = 0
    to_mend: int = 0
    open: int = 0
    overdue: int = 0
    handed_in: int = 0
    mended: int = 0

    @property
    def unseen(self) -> int:
        return self.stops - self.seen


def tally(
    stops: Sequence[Stop],
    findings: Mapping[int, Sequence[Finding]],
    owed: Mapping[str, Obligation],
    today: date,
) -> Tally:
    """The figures of these stops; `findings` by stop (without withdrawn ones), `owed` by key."""
    here = [finding for stop in stops for finding in findings.get(stop.id, ())]
    marks = Counter(finding.mark for finding in here)
    states = Counter(mending(owed.get(f.key), today) for f in here if f.mark == MEND)
    return Tally(
        stops=len(stops),
        seen=sum(bool(findings.get(stop.id)) for stop in stops),
        fine=marks[FINE],
        notes=marks[NOTE],
        to_mend=marks[MEND],
        open=states["open"] + states["returned"],
        overdue=states["overdue"],
        handed_in=states["handed_in"],
        mended=states["mended"],
    )


def in_units(stops: Iterable[Stop]) -> list[tuple[int, str, list[Stop]]]:
    """(unit, name, its stops) in the order of the round."""
    out: dict[int, tuple[str, list[Stop]]] = {}
    for stop in stops:
        out.setdefault(stop.unit_id, (stop.unit, []))[1].append(stop)
    return [(unit_id, name, found) for unit_id, (name, found) in out.items()]


# -- before a round is opened ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that may go into a round: why it is proposed (late, behind, long), and the open round it is in already."""

    task: Task
    units: tuple[Unit, ...]
    reasons: tuple[str, ...] = ()
    last: date | None = None
    elsewhere: int | None = None

    @property
    def proposed(self) -> bool:
        return bool(self.reasons) and self.elsewhere is None


def inspected_units(task: Task) -> tuple[Unit, ...]:
    """Who is visited for a task: its lead units; where none is named, those responsible. Group terms are nobody."""
    named = task.leads or tuple(a.unit for a in task.assignments if a.part == "responsible")
    return tuple(unit for unit in named if not unit.group)


def reasons(task: Task, late: bool, behind: bool, since: date | None, last: date | None, today: date) -> list[str]:
    """Why the task is proposed. `since`: when it was assigned, which counts where it was never inspected."""
    out = [name for name, true in (("late", late), ("behind", behind and not late)) if true]
    known = last or since
    if known and (today - known).days > LONG.get(task.frequency, LONG[None]):
        out.append("long")
    return out


@dataclass(frozen=True, slots=True)
class Draft:
    """A round that is being put together by one supervisor; `mark` ties buttons to it."""

    mark: str
    scope: str
    letter: str = ""
    chosen: tuple[int, ...] = ()
    day: date | None = None
    ready: str | None = None

    def to_data(self) -> dict[str, Any]:
        return {
            "mark": self.mark,
            "scope": self.scope,
            "letter": self.letter,
            "chosen": list(self.chosen),
            "day": self.day.isoformat() if self.day else None,
            "ready": self.ready,
        }

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Draft:
        day = data.get("day")
        return Draft(
            data["mark"],
            data["scope"],
            data.get("letter", ""),
            tuple(data["chosen"]),
            date.fromisoformat(day) if day else None,
            data.get("ready"),
        )

    def picking(self, ids: Iterable[int], on: bool) -> Draft:
        """With these tasks ticked or not; ticking twice is ticking once."""
        wanted = set(ids)
        kept = [task_id for task_id in self.chosen if task_id not in wanted]
        return replace(self, chosen=tuple([*kept, *wanted] if on else kept))


def visiting_order(candidates: Iterable[Candidate]) -> list[tuple[Unit, Task]]:
    """The stops of a round: unit by unit as the notice lists them, so that one visit is one walk."""
    ordered = sorted(candidates, key=lambda c: (c.task.notice_id, ref_order(c.task.ref)))
    units: dict[int, list[tuple[Unit, Task]]] = {}
    for candidate in ordered:
        for unit in candidate.units:
            units.setdefault(unit.id, []).append((unit, candidate.task))
    return [pair for pairs in units.values() for pair in pairs]


def digest(*facts: object) -> str:
    """Eight characters that change when what a preview shows changes."""
    return blake2b(repr(facts).encode(), digest_size=4).hexdigest()


def days_around(day: date, calendar: WorkCalendar) -> tuple[date, date]:
    """The working days before and after a day off."""
    return calendar.working_day_on_or_before(day), calendar.working_day_on_or_after(day)
