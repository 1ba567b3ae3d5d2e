"""Inspection: why a task is proposed, the order of a walk, keys, and how mending stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.rules.calendar import WorkCalendar
from core.rules.dates_in_text import in_working_days
from core.rules.inspection import (
    FINE,
    MEND,
    Candidate,
    Draft,
    Finding,
    Stop,
    in_units,
    inspected_units,
    mending,
    mending_key,
    read_key,
    reasons,
    tally,
    visiting_order,
)
from core.rules.obligations import Kind, Obligation, State
from core.rules.summary import by_stage, whole_stages
from core.rules.tasks import Assignment, Part, Task, Unit

TODAY = date(2023, 4, 18)
NOW = datetime(2023, 4, 6, 2, tzinfo=UTC)
WATER, ROADS, TOWNS = Unit(1, "水务"), Unit(2, "道路"), Unit(3, "各镇街", group=True)


def task(number: int, *parts: tuple[Unit, Part], frequency: str | None = "monthly") -> Task:
    assigned = tuple(Assignment(unit, part) for unit, part in parts)
    return Task(number, 1, f"1-{number}", str(number), "内容", None, assigned, frequency)


def owed(**more: object) -> Obligation:
    base = Obligation(
        1, 1, 1, Kind.FINDING, mending_key(date(2023, 4, 6), 7, 2), date(2023, 4, 14), State.OPEN, NOW, None, "1-1",
        "内容", "水务", None, asks="公示牌缺失",
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("late", "behind", "last", "frequency", "said"),
    [
        (True, True, date(2023, 4, 10), "monthly", ["late"]),
        (False, True, date(2023, 4, 10), "monthly", ["behind"]),
        (False, False, date(2023, 3, 4), "monthly", []),
        (False, False, date(2023, 3, 3), "monthly", ["long"]),
        (False, False, date(2023, 3, 3), "quarterly", []),
        (True, False, None, "half_yearly", ["late"]),
        (False, False, None, None, []),
    ],
)
def test_a_task_is_proposed_for_what_it_is(
    late: bool, behind: bool, last: date | None, frequency: str | None, said: list[str]
) -> None:
    known = reasons(task(1, frequency=frequency), late, behind, date(2023, 3, 3), last, TODAY)
    assert known == said


def test_who_is_inspected_and_in_which_order() -> None:
    led, shared = (
        task(1, (ROADS, Part.LEAD), (WATER, Part.CO)),
        task(2, (WATER, Part.RESPONSIBLE), (TOWNS, Part.RESPONSIBLE)),
    )
    again, nobody = task(10, (ROADS, Part.LEAD)), task(3, (TOWNS, Part.LEAD))
    assert inspected_units(led) == (ROADS,) and inspected_units(shared) == (WATER,) and inspected_units(nobody) == ()
    walk = visiting_order(Candidate(t, inspected_units(t)) for t in (again, shared, nobody, led))
    assert [(unit.name, t.ref) for unit, t in walk] == [("道路", "1-1"), ("道路", "1-10"), ("水务", "1-2")]


def test_a_candidate_in_another_round_is_not_proposed_twice() -> None:
    assert Candidate(task(1), (WATER,), ("late",)).proposed
    assert not Candidate(task(1), (WATER,), ("late",), elsewhere=2).proposed
    assert not Candidate(task(1), (WATER,)).proposed


def test_ticking_twice_is_ticking_once_and_a_draft_survives_being_kept() -> None:
    draft = Draft("9", "a", "m", (1, 2), TODAY, "台账")
    assert set(draft.picking([3], True).picking([3], True).chosen) == {1, 2, 3}
    assert draft.picking([2, 9], False).chosen == (1,)
    assert Draft.from_data(draft.to_data()) == draft


def test_a_key_is_read_back_and_nothing_else_is_one() -> None:
    assert read_key(mending_key(date(2023, 4, 6), 12, 3)) == (date(2023, 4, 6), 12, 3)
    for other in ("2023", "2023-04", "2023-Q2", "done", ""):
        assert read_key(other) is None


def test_how_mending_stands() -> None:
    assert mending(None, TODAY) == "dropped"
    assert mending(owed(state=State.DROPPED), TODAY) == "dropped"
    assert mending(owed(), date(2023, 4, 14)) == "open" and mending(owed(), TODAY) == "overdue"
    assert mending(owed(agreed=date(2023, 4, 28)), TODAY) == "open"
    assert mending(owed(reviewed="returned", agreed=date(2023, 4, 28)), TODAY) == "returned"
    assert mending(owed(state=State.HANDED_IN), TODAY) == "handed_in"
    assert mending(owed(state=State.HANDED_IN, reviewed="accepted"), TODAY) == "mended"


def test_a_round_counts_stops_and_findings_apart() -> None:
    stops = [
        Stop(1, 1, 1, 1, 0, "1-1", "", "水务"),
        Stop(2, 1, 2, 2, 1, "1-2", "", "道路"),
        Stop(3, 1, 3, 1, 2, "1-3", "", "水务"),
    ]
    mend = Finding(7, 1, 1, 2, MEND, "公示牌缺失", date(2023, 4, 14), 1, "", NOW, owed().period)
    other = replace(mend, id=8, number=1, key="20230406-8-1")
    fine = Finding(9, 1, 2, 1, FINE, "", None, 1, "", NOW)
    f = tally(stops, {1: [mend, other], 2: [fine]}, {mend.key: owed()}, TODAY)
    assert (f.stops, f.seen, f.unseen, f.fine, f.to_mend, f.overdue, f.open) == (3, 2, 1, 1, 2, 1, 0)
    assert [(name, len(found)) for _, name, found in in_units(stops)] == [("水务", 2), ("道路", 1)]


def test_all_findings_are_one_stage_behind_plans_and_reports() -> None:
    plan = owed(kind=Kind.PLAN, period="2023", asks="")
    report = owed(kind=Kind.REPORT, period="2023-04", asks="", due=date(2023, 4, 25))
    other = owed(id=2, period="20230406-8-1")
    stages = by_stage([owed(), other, report, plan], TODAY)
    assert [(o.kind, f.all) for o, f in stages] == [(Kind.PLAN, 1), (Kind.REPORT, 1), (Kind.FINDING, 2)]
    assert len(whole_stages([owed()], [owed(), other, plan])) == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5个工作日", date(2023, 4, 24)),  # the 23rd is worked for the May holidays
        ("十个工作日内", date(2023, 5, 4)),
        ("within 3 working days", date(2023, 4, 21)),
        ("4月28日", None),
    ],
)
def test_a_date_may_be_counted_in_working_days(text: str, day: date | None) -> None:
    assert in_working_days(text, TODAY, WorkCalendar()) == day
