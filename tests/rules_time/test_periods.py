from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import WorkCalendar
from core.rules.periods import Frequency, Period, due_date, due_row, periods_of_year

CALENDAR = WorkCalendar()
PERIODS = st.builds(
    lambda frequency, year, index: Period(frequency, year, index % (12 // frequency.months) + 1),
    st.sampled_from(Frequency),
    st.integers(2004, 2040),
    st.integers(0, 11),
)


def test_keys_name_month_quarter_and_half_year():
    assert Period(Frequency.MONTHLY, 2023, 4).key == "2023-04"
    assert Period(Frequency.QUARTERLY, 2023, 2).key == "2023-Q2"
    assert Period(Frequency.HALF_YEARLY, 2023, 1).key == "2023-H1"


@given(PERIODS)
def test_a_key_reads_back(period):
    assert Period.parse(period.key) == period


@pytest.mark.parametrize(
    "key", ["", "2023", "2023-13", "2023-00", "2023-Q5", "2023-H3", "2023-4", "2023-04 ", "２０２３-04"]
)
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(key)


def test_a_fifth_quarter_does_not_exist():
    with pytest.raises(ValueError, match="no quarterly period 5"):
        Period(Frequency.QUARTERLY, 2023, 5)


def test_a_half_year_spans_its_six_months():
    half = Period(Frequency.HALF_YEARLY, 2024, 1)
    assert (half.first_day, half.last_day) == (date(2024, 1, 1), date(2024, 6, 30))
    assert half.following().key == "2024-H2"
    assert half.following().following().key == "2025-H1"


@given(PERIODS)
def test_periods_follow_each_other_without_gap(period):
    assert (period.following().first_day - period.last_day).days == 1
    assert Period.holding(period.frequency, period.first_day) == period
    assert Period.holding(period.frequency, period.last_day) == period


def test_a_due_date_on_a_saturday_moves_to_the_friday_before():
    row = due_row(Period(Frequency.MONTHLY, 2023, 3), CALENDAR)
    assert (row.due, row.moved_from) == (date(2023, 3, 24), date(2023, 3, 25))


def test_a_due_date_on_a_worked_sunday_stays():
    row = due_row(Period(Frequency.HALF_YEARLY, 2023, 1), CALENDAR)
    assert (row.due, row.moved_from) == (date(2023, 6, 25), None)


def test_a_due_date_in_the_national_week_moves_before_it():
    assert due_date(Period(Frequency.MONTHLY, 2023, 10), CALENDAR, due_day=5) == date(2023, 9, 28)


def test_due_day_thirty_one_means_the_months_last():
    assert due_date(Period(Frequency.MONTHLY, 2024, 2), CALENDAR, due_day=31) == date(2024, 2, 29)


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_due_day_outside_a_month_is_refused(day):
    with pytest.raises(ValueError, match="due day"):
        due_date(Period(Frequency.MONTHLY, 2024, 2), CALENDAR, due_day=day)


def test_what_was_due_before_the_classification_is_not_owed():
    rows = periods_of_year(Frequency.MONTHLY, 2023, date(2023, 3, 27), CALENDAR)
    assert [row.period.key for row in rows] == [f"2023-{month:02d}" for month in range(4, 13)]


def test_what_is_due_on_the_day_of_the_classification_is_owed():
    rows = periods_of_year(Frequency.QUARTERLY, 2023, date(2023, 3, 24), CALENDAR)
    assert [row.period.key for row in rows] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]


def test_nothing_is_owed_beyond_the_end_of_the_notice():
    rows = periods_of_year(Frequency.MONTHLY, 2023, date(2023, 1, 1), CALENDAR, until=date(2023, 11, 23))
    assert rows[-1].period.key == "2023-10"


@given(PERIODS, st.integers(1, 31))
def test_a_due_date_is_always_worked_and_never_later_than_nominal(period, due_day):
    row = due_row(period, CALENDAR, due_day)
    assert CALENDAR.is_working(row.due)
    assert row.moved_from is None or row.due < row.moved_from
