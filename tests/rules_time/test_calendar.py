from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import WorkCalendar, week_of

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))


def test_a_public_holiday_is_off_and_its_exchanged_weekend_is_worked():
    assert not CALENDAR.is_working(date(2023, 10, 2))
    assert CALENDAR.is_working(date(2023, 10, 7))  # a Saturday, worked for the National Day week
    assert CALENDAR.is_working(date(2023, 6, 25))  # a Sunday, worked for the Dragon Boat holiday


def test_it_agrees_with_the_published_calendar_on_every_day_it_covers():
    import chinese_calendar

    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_a_year_not_yet_published_falls_back_to_weekends_and_is_not_known():
    assert not CALENDAR.knows(2030)
    assert not CALENDAR.is_working(date(2030, 10, 5))  # a Saturday
    assert CALENDAR.is_working(date(2030, 10, 1))
    assert CALENDAR.knows(2026)
    assert not CALENDAR.knows(2003)


def test_an_operators_table_adds_a_year():
    calendar = WorkCalendar.from_table({"2030": {"off": ["2030-10-01", "2031-01-01"], "work": ["2030-09-28"]}})
    assert calendar.knows(2030)
    assert not calendar.knows(2031), "a day that crosses over does not complete the next year"
    assert not calendar.is_working(date(2030, 10, 1))
    assert not calendar.is_working(date(2031, 1, 1))
    assert calendar.is_working(date(2030, 9, 28))


def test_an_operators_day_wins_over_the_published_one():
    calendar = WorkCalendar({date(2023, 10, 2): True, date(2023, 8, 1): False})
    assert calendar.is_working(date(2023, 10, 2))
    assert not calendar.is_working(date(2023, 8, 1))


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"27": {}}, "not a year"),
        ({"2027": ["2027-01-01"]}, "expected"),
        ({"2027": {"free": []}}, "expected"),
        ({"2027": {"off": ["1 January"]}}, "'1 January' is not a day"),
        ({"2027": {"off": [20270101]}}, "is not a day"),
        ({"2027": {"off": ["2072-01-01"]}}, "belongs to another year"),
        ({"2027": {"off": ["2027-01-02"], "work": ["2027-01-02"]}}, "both off and worked"),
    ],
)
def test_a_faulty_table_is_refused_by_name(table, fault):
    with pytest.raises(ValueError, match=fault):
        WorkCalendar.from_table(table)


def test_working_days_are_counted_across_the_new_year_holiday():
    # 2022-12-31 to 2023-01-02 are off
    assert CALENDAR.add_working_days(date(2022, 12, 30), 1) == date(2023, 1, 3)
    assert CALENDAR.add_working_days(date(2023, 1, 3), -1) == date(2022, 12, 30)
    assert CALENDAR.working_days_between(date(2022, 12, 30), date(2023, 1, 3)) == 1


def test_the_neighbouring_working_day_of_a_day_off():
    assert CALENDAR.working_day_on_or_before(date(2023, 10, 3)) == date(2023, 9, 28)
    assert CALENDAR.working_day_on_or_after(date(2023, 10, 3)) == date(2023, 10, 7)
    assert CALENDAR.working_day_on_or_before(date(2023, 10, 7)) == date(2023, 10, 7)


def test_a_week_runs_from_monday_to_sunday():
    assert week_of(date(2023, 3, 16)) == (date(2023, 3, 13), date(2023, 3, 19))


@given(DAYS)
def test_adding_nothing_leaves_the_day_as_it_is(day):
    assert CALENDAR.add_working_days(day, 0) == day


@given(DAYS, st.integers(-400, 400))
def test_counting_is_the_inverse_of_adding(day, count):
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, count)) == count


@given(DAYS, st.integers(-30, 30).filter(bool))
def test_adding_lands_on_a_working_day_the_slow_way_agrees(day, count):
    step, left, slow = (1 if count > 0 else -1), abs(count), day
    while left:
        slow += timedelta(days=step)
        left -= CALENDAR.is_working(slow)
    assert CALENDAR.add_working_days(day, count) == slow
    assert CALENDAR.is_working(slow)


@given(DAYS, DAYS)
def test_the_days_between_two_working_days_are_the_same_both_ways(start, end):
    start, end = CALENDAR.working_day_on_or_after(start), CALENDAR.working_day_on_or_after(end)
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)
