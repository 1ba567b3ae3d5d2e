from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import WorkCalendar
from core.rules.ladder import (
    PLAN_LADDER,
    REPORT_LADDER,
    audience,
    covered_at_birth,
    current_rung,
    load_ladder,
    next_rung_date,
    rung_date,
    to_data,
)

CALENDAR = WorkCalendar()
DUE = date(2023, 3, 16)  # a Thursday


def names(ladder, step):
    return None if step is None else (ladder[step.index].name, [ladder[i].name for i in step.folded])


def test_the_plans_ladder_stands_on_working_days_around_the_deadline():
    assert [rung_date(DUE, rung, CALENDAR) for rung in PLAN_LADDER] == [
        date(2023, 3, 9),
        date(2023, 3, 13),
        date(2023, 3, 15),
        date(2023, 3, 16),
        date(2023, 3, 17),
        date(2023, 3, 21),
        date(2023, 3, 23),
    ]


def test_the_reports_ladder_begins_three_days_before():
    assert [rung.offset for rung in REPORT_LADDER] == [-3, -1, 0, 1, 3, 5]


def test_the_head_is_added_from_the_third_working_day_after():
    who = {rung.offset: audience(PLAN_LADDER, index) for index, rung in enumerate(PLAN_LADDER)}
    assert who[-5] == who[1] == {"contact"}
    assert who[3] == {"contact", "head"}


def test_after_five_working_days_the_supervisor_is_added_and_may_tell_the_leader():
    assert audience(PLAN_LADDER, len(PLAN_LADDER) - 1) == {"contact", "head", "supervisor", "leader"}


def test_before_the_first_rung_there_is_nothing_to_do():
    assert current_rung(PLAN_LADDER, DUE, date(2023, 3, 8), CALENDAR, None) is None
    assert next_rung_date(PLAN_LADDER, DUE, None, CALENDAR) == date(2023, 3, 9)


def test_a_rung_that_was_done_is_not_done_again():
    assert names(PLAN_LADDER, current_rung(PLAN_LADDER, DUE, date(2023, 3, 9), CALENDAR, None)) == ("before_5", [])
    assert current_rung(PLAN_LADDER, DUE, date(2023, 3, 10), CALENDAR, 0) is None


def test_a_notice_two_days_before_its_deadline_folds_into_one_reminder():
    step = current_rung(PLAN_LADDER, DUE, date(2023, 3, 14), CALENDAR, None)
    assert names(PLAN_LADDER, step) == ("before_3", ["before_5"])


def test_who_was_told_today_is_not_reminded_today():
    told = covered_at_birth(PLAN_LADDER, DUE, date(2023, 3, 14), CALENDAR)
    assert current_rung(PLAN_LADDER, DUE, date(2023, 3, 14), CALENDAR, told) is None
    assert names(PLAN_LADDER, current_rung(PLAN_LADDER, DUE, date(2023, 3, 15), CALENDAR, told)) == ("before_1", [])
    assert covered_at_birth(PLAN_LADDER, DUE, date(2023, 3, 3), CALENDAR) is None


def test_after_a_weeks_downtime_only_the_latest_rung_is_sent():
    step = current_rung(PLAN_LADDER, DUE, date(2023, 3, 20), CALENDAR, 0)
    assert names(PLAN_LADDER, step) == ("after_1", ["before_3", "before_1", "day_of"])


def test_after_the_last_rung_nothing_more_goes_out():
    last = len(PLAN_LADDER) - 1
    assert current_rung(PLAN_LADDER, DUE, date(2023, 12, 1), CALENDAR, last) is None
    assert next_rung_date(PLAN_LADDER, DUE, last, CALENDAR) is None


def test_a_deadline_on_a_saturday_folds_the_day_into_the_friday():
    saturday = date(2023, 3, 18)
    days = {rung.name: rung_date(saturday, rung, CALENDAR) for rung in PLAN_LADDER}
    assert days["before_1"] == days["day_of"] == date(2023, 3, 17)
    assert days["after_1"] == date(2023, 3, 20)
    step = current_rung(PLAN_LADDER, saturday, date(2023, 3, 17), CALENDAR, 1)
    assert names(PLAN_LADDER, step) == ("day_of", ["before_1"])


def test_a_ladder_survives_the_way_through_data():
    assert load_ladder(to_data(PLAN_LADDER)) == PLAN_LADDER
    assert load_ladder(to_data(REPORT_LADDER)) == REPORT_LADDER


ONE = {"offset": 0, "name": "day_of", "adds": ["contact"]}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ([], "at least one rung"),
        ("day_of", "expected a list"),
        (ONE, "expected a list"),
        (["day_of"], "rung 1: expected"),
        ([{"offset": 0}], "rung 1: expected"),
        ([{**ONE, "color": "red"}], "rung 1: expected"),
        ([{**ONE, "offset": "0"}], "whole working days"),
        ([{**ONE, "offset": True}], "whole working days"),
        ([{**ONE, "offset": 400}], "within 60"),
        ([{**ONE, "name": "on the day"}], "short word"),
        ([{**ONE, "adds": "contact"}], "list of words"),
        ([{**ONE, "adds": ["mayor"]}], "'mayor' is nobody"),
        ([{**ONE, "adds": ["head"]}], "must add the contact"),
        ([ONE, {**ONE, "name": "again"}], "rung 2: offset 0 must be later than 0"),
        ([ONE, {**ONE, "offset": 2}], "same name"),
    ],
)
def test_a_faulty_ladder_is_refused_on_load_and_the_fault_named(data, fault):
    with pytest.raises(ValueError, match=fault):
        load_ladder(data)


DUES = st.dates(date(2022, 1, 1), date(2028, 12, 1))


@given(DUES, st.integers(-20, 40), st.sampled_from([PLAN_LADDER, REPORT_LADDER]))
def test_living_through_the_days_does_each_rung_at_most_once_and_never_two_a_day(due, away, ladder):
    """A tick each day but for a downtime: every rung is done or folded exactly once, in order."""
    done, seen = None, []
    for day in (due + timedelta(days=n) for n in range(-30, 60)):
        if 0 <= (day - due).days - away < 9:
            continue
        step = current_rung(ladder, due, day, CALENDAR, done)
        if step:
            seen += [*step.folded, step.index]
            done = step.index
            assert current_rung(ladder, due, day, CALENDAR, done) is None
    assert seen == list(range(len(ladder)))


@given(DUES, st.integers(0, 5))
def test_the_next_rung_is_never_earlier_than_the_one_before(due, index):
    following = next_rung_date(PLAN_LADDER, due, index, CALENDAR)
    assert rung_date(due, PLAN_LADDER[index], CALENDAR) <= following
