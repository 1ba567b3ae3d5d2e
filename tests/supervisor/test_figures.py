"""The one count behind /overdue, /progress and the summaries, on arbitrary obligations."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.obligations import Kind, Obligation, State
from core.rules.overdue import PAGE_LINES, Filters, grouped
from core.rules.summary import by_leader, by_stage, by_unit, figures, in_view, overdue_only
from core.rules.summary_times import next_slot, past_slots, period_slot, weekly_slot
from core.rules.tally import pages, sections, tallied
from core.rules.tasks import Leader

FIRST = date(2023, 1, 1)
DAYS = st.integers(0, 364).map(lambda n: FIRST + timedelta(days=n))
CALENDAR, HOURS = WorkCalendar(), OfficeHours()


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    task, unit = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    begins, leader = draw(DAYS), draw(st.integers(0, 2))
    plan = draw(st.booleans())
    return Obligation(
        id=draw(st.integers(1, 10**9)),
        task_id=task,
        unit_id=unit,
        kind=Kind.PLAN if plan else Kind.REPORT,
        period="2023" if plan else f"2023-{begins.month:02d}",
        due=begins + timedelta(days=draw(st.integers(0, 40))),
        state=draw(st.sampled_from([State.OPEN, State.HANDED_IN])),
        arose_at=datetime(2023, 1, 1, tzinfo=UTC),
        done_at=None,
        ref=f"{leader}-{task}",
        content="重点工作",
        unit=f"单位{unit}",
        leader=Leader(leader, f"领导{leader}", "副区长") if leader else None,
        period_from=None if plan else begins,
    )


@given(st.lists(obligations(), max_size=40), DAYS)
def test_every_way_of_grouping_adds_up_to_the_same_figures(owed: list[Obligation], today: date) -> None:
    view = in_view(owed, today)
    total = figures(view, today)
    for rows in (
        [f for _, f in by_leader(view, today)],
        [f for _, _, f in by_unit(view, today)],
        [f for _, f in by_stage(view, today)],
    ):
        assert sum(f.done for f in rows) == total.done
        assert sum(f.waiting for f in rows) == total.waiting
        assert sum(f.overdue for f in rows) == total.overdue
    assert len(view) == total.all


@given(st.lists(obligations(), max_size=40), DAYS, DAYS)
def test_what_is_overdue_never_leaves_the_view(owed: list[Obligation], today: date, stage: date) -> None:
    late = [o for o in owed if o.open and o.due < today]
    assert overdue_only(in_view(owed, today), today) == late
    assert overdue_only(in_view(owed, today, stage), today) == late


@given(st.lists(obligations(), max_size=60), DAYS)
def test_pages_lose_nothing_keep_the_order_and_fit_the_screen(owed: list[Obligation], today: date) -> None:
    ordered = grouped(overdue_only(in_view(owed, today), today))
    cut = pages(sections(tallied(owed, today)))
    shown = [part.section.key for page in cut for part in page for _ in range(part.n)]
    assert shown == [(o.leader.name if o.leader else "", o.unit_id) for o in ordered]
    for page in cut:
        headings = sum(n == 0 or page[n - 1].section.leader != part.section.leader for n, part in enumerate(page))
        assert sum(part.n + 1 for part in page) + headings <= PAGE_LINES
    for page, following in zip(cut, cut[1:], strict=False):
        used = sum(part.n + 1 for part in page) + len({part.section.leader for part in page})
        last, first = page[-1].section, following[0].section
        assert used + 1 + (last is not first) + (last.leader != first.leader) > PAGE_LINES, "no page is left half empty"


@given(st.lists(obligations(), max_size=30), DAYS)
def test_the_order_does_not_depend_on_how_late_somebody_is(owed: list[Obligation], today: date) -> None:
    assert [(o.leader, o.unit) for o in grouped(owed)] == [(o.leader, o.unit) for o in grouped(owed[::-1])]


@given(
    st.sampled_from(["", "0a1b2c3d"]),
    st.integers(0, 10**9),
    st.sampled_from([None, *Kind]),
    st.integers(0, 999),
)
def test_filters_survive_a_button(leader: str, unit: int, kind: Kind | None, page: int) -> None:
    filters = Filters(leader, unit, kind, page)
    assert Filters.unpack(filters.pack().split(":")) == filters
    assert len(f"ug:units:{filters.pack()}@202304101500".encode()) <= 64


@given(DAYS)
def test_a_weekly_summary_stands_on_a_working_day_up_to_friday(day: date) -> None:
    slot = weekly_slot(day, CALENDAR, HOURS)
    if slot:
        local = HOURS.local(slot.at)
        assert CALENDAR.is_working(local.date()) and local.weekday() <= 4 and local.hour == 16
        assert weekly_slot(local.date(), CALENDAR, HOURS) == slot


@given(DAYS, st.lists(DAYS, max_size=5))
def test_the_next_slot_is_the_past_one_once_its_hour_has_come(day: date, dues: list[date]) -> None:
    now = HOURS.at(day, HOURS.opens)
    slot = next_slot(now, dues, CALENDAR, HOURS)
    assert slot is not None and slot.at > now
    assert slot.at in [past.at for past in past_slots(slot.at, dues, CALENDAR, HOURS)]


@given(DAYS)
def test_a_period_is_summed_up_on_the_working_day_after_it(due: date) -> None:
    local = HOURS.local(period_slot(due, CALENDAR, HOURS).at)
    assert CALENDAR.is_working(local.date()) and CALENDAR.working_days_between(due, local.date()) == 1
