from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours

CALENDAR = WorkCalendar()
HOURS = OfficeHours()
ZONES = st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2023-03-16T08:59:59", False),
        ("2023-03-16T09:00:00", True),
        ("2023-03-16T17:29:59", True),
        ("2023-03-16T17:30:00", False),
        ("2023-03-18T10:00:00", False),  # a Saturday
        ("2023-06-25T10:00:00", True),  # a Sunday that is worked
        ("2023-10-02T10:00:00", False),  # a holiday on a Monday
    ],
)
def test_the_office_is_open_in_its_hours_on_working_days(moment, open_):
    assert HOURS.is_open(shanghai(moment), CALENDAR) is open_


def test_what_comes_at_night_waits_for_the_next_working_morning():
    assert HOURS.next_open(shanghai("2023-03-17T18:00:00"), CALENDAR) == shanghai("2023-03-20T09:00:00")
    assert HOURS.next_open(shanghai("2023-03-17T06:00:00"), CALENDAR) == shanghai("2023-03-17T09:00:00")
    assert HOURS.next_open(shanghai("2023-03-17T10:00:00"), CALENDAR) == shanghai("2023-03-17T10:00:00")


def test_the_local_day_is_not_the_day_in_greenwich():
    assert HOURS.local_date(datetime(2023, 3, 15, 16, 0, tzinfo=UTC)) == date(2023, 3, 16)
    assert HOURS.opening(date(2023, 3, 16)) == datetime(2023, 3, 16, 1, 0, tzinfo=UTC)
    assert HOURS.closing(date(2023, 3, 16)) == datetime(2023, 3, 16, 9, 30, tzinfo=UTC)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        HOURS.is_open(datetime(2023, 3, 16, 9, 0), CALENDAR)  # noqa: DTZ001


def test_an_office_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="must be before"):
        OfficeHours(time(18), time(9))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)), ZONES)  # noqa: DTZ001
def test_the_next_opening_is_open_and_nothing_earlier_is(now, zone):
    hours = OfficeHours(zone=ZoneInfo(zone))
    opening = hours.next_open(now, CALENDAR)
    assert opening >= now
    assert opening.tzinfo is UTC
    assert hours.is_open(opening, CALENDAR)
    assert opening == now or not hours.is_open(opening - timedelta(seconds=1), CALENDAR)
