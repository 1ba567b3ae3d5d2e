"""One's own hours: how people say them, how they fit into the office's, when something arrives."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.rules.office import Office
from core.rules.own_hours import OPENING, HoursUnclear, OwnHours, arrival, open_between, quiet_between, read_range

OFFICE = Office(1, "x")
ZONE = ZoneInfo("Asia/Shanghai")
REST = (time(12), time(14))


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("8:30-17:00", "08:30-17:00"),
        ("9：30～16：00", "09:30-16:00"),
        ("9点到17点半", "09:00-17:30"),
        ("上午9点至下午5点", "09:00-17:00"),
        ("下午2点到5点", "14:00-17:00"),
        ("中午12点至1点半", "12:00-13:30"),
        ("12点到2点", "12:00-14:00"),
        ("12:00-13:30", "12:00-13:30"),
        ("九点到十二点", "09:00-12:00"),
        ("9am-5pm", "09:00-17:00"),
        ("0930-1700", "09:30-17:00"),
        ("9-17", "09:00-17:00"),
    ],
)
def test_hours_are_read(said: str, hours: str) -> None:
    first, last = read_range(said)
    assert f"{first:%H:%M}-{last:%H:%M}" == hours


@pytest.mark.parametrize("said", ["", "随便", "9:00", "25:00-26:00", "9:70-10:00"])
def test_what_are_no_hours_is_said(said: str) -> None:
    with pytest.raises(HoursUnclear):
        read_range(said)


def test_hours_are_cut_to_the_offices_and_keep_a_rest_that_fits() -> None:
    assert open_between(OFFICE, time(8), time(19), None) == OwnHours(time(9), time(17, 30))
    before = OwnHours(time(9), time(17, 30), REST)
    assert open_between(OFFICE, time(10), time(17), before).rest == REST
    assert open_between(OFFICE, time(13), time(17), before).rest is None


def test_quiet_hours_lie_over_night_at_an_end_or_in_the_day() -> None:
    assert quiet_between(OFFICE, time(12), time(14), None) == OwnHours(time(9), time(17, 30), REST)
    assert quiet_between(OFFICE, time(17), time(9, 30), None) == OwnHours(time(9, 30), time(17))
    assert quiet_between(OFFICE, time(7), time(10), None) == OwnHours(time(10), time(17, 30))
    assert quiet_between(OFFICE, time(16), time(20), OwnHours(time(9), time(17), REST)) == OwnHours(
        time(9), time(16), REST
    )


@pytest.mark.parametrize(
    ("how", "first", "last", "reason"),
    [
        (open_between, "17:00", "09:00", "order"),
        (open_between, "18:00", "20:00", "outside"),
        (open_between, "09:00", "10:59", "too_short"),
        (quiet_between, "00:00", "23:59", "too_short"),
        (quiet_between, "10:00", "17:00", "too_short"),
        (quiet_between, "20:00", "23:00", "outside"),
        (quiet_between, "10:00", "10:00", "order"),
    ],
)
def test_something_always_stays_open(how, first: str, last: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(HoursUnclear) as unclear:
        how(OFFICE, time.fromisoformat(first), time.fromisoformat(last), None)
    assert unclear.value.reason == reason


@pytest.mark.parametrize(
    ("at", "comes"),
    [
        ("2023-03-10T08:00", "03-10 09:30"),
        ("2023-03-10T12:30", "03-10 14:00"),
        ("2023-03-10T16:59", "03-10 16:59"),
        ("2023-03-10T17:00", "03-13 09:30"),  # over the weekend
        ("2023-04-28T20:00", "05-04 09:30"),  # over the holidays
    ],
)
def test_when_something_arrives(at: str, comes: str) -> None:
    own = OwnHours(time(9, 30), time(17), REST)
    moment = arrival(own, OFFICE, datetime.fromisoformat(at).replace(tzinfo=ZONE))
    assert f"{moment.astimezone(ZONE):%m-%d %H:%M}" == comes


def test_hours_that_no_longer_fit_the_office_hold_nothing_up() -> None:
    own = OwnHours(time(9), time(12))
    later = Office(1, "x", opens=time(13), closes=time(18))
    moment = datetime(2023, 3, 10, 10, tzinfo=ZONE)
    assert arrival(own, later, moment).astimezone(ZONE).hour == 13
    assert OwnHours.from_data(OwnHours(time(9), time(12), None).to_data()) == own


def test_only_what_goes_on_like_hours_sets_them() -> None:
    assert OPENING.match("静音12:00-14:00") and OPENING.match("时段 全天") and not OPENING.match("时段性工作已完成")
