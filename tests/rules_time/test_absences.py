"""Leave as people say it, and who acts for whom."""

from datetime import date

import pytest

from core.rules.absences import OPENING, Absence, LeaveUnclear, acting, read_leave
from core.rules.calendar import WorkCalendar
from core.rules.people import Role

TODAY = date(2023, 5, 8)  # a Monday
CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("said", "first", "last", "deputy"),
    [
        ("until 5月20日, deputy 王五", "05-08", "05-20", "王五"),
        ("5月10日到5月20日，由李四光代理", "05-10", "05-20", "李四光"),
        ("到5月20日 代理人：李四光", "05-08", "05-20", "李四光"),
        ("5.10-5.20 王五代理", "05-10", "05-20", "王五"),
        ("3天 王五", "05-08", "05-10", "王五"),
        ("from May 10 to May 20 deputy John Smith", "05-10", "05-20", "John Smith"),
        ("2023-05-10 至 2023-05-20 不设代理", "05-10", "05-20", ""),
        ("5月10-12日", "05-10", "05-12", None),
        ("5月10日至20日", "05-10", "05-20", None),
        ("三天", "05-08", "05-10", None),
        ("明天起一周，请王五代办", "05-09", "05-15", "王五"),
        ("5月10日起3个工作日", "05-10", "05-12", None),
        ("5月12日起3个工作日", "05-12", "05-16", None),
        ("明天", "05-09", "05-09", None),
        ("周五", "05-12", "05-12", None),
        ("到周五", "05-08", "05-12", None),
        ("下周一到下周五 代理 王五", "05-15", "05-19", "王五"),
        ("即日起至5月20日", "05-08", "05-20", None),
        ("5月1日到5月20日", "05-08", "05-20", None),
        ("至5月底", "05-08", "05-31", None),
    ],
)
def test_leave_is_read(said: str, first: str, last: str, deputy: str | None) -> None:
    leave = read_leave(said, TODAY, CALENDAR, ["王五"])
    assert (f"{leave.first:%m-%d}", f"{leave.last:%m-%d}", leave.deputy) == (first, last, deputy)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("考察", "no_day"),
        ("从5月10日起", "no_end"),
        ("5月1日", "past"),
        ("5月20日到5月10日", "order"),
        ("到2030-01-01", "too_long"),
    ],
)
def test_what_names_no_leave_says_why(said: str, reason: str) -> None:
    with pytest.raises(LeaveUnclear) as unclear:
        read_leave(said, TODAY, CALENDAR)
    assert unclear.value.reason == reason


def test_over_new_year() -> None:
    leave = read_leave("12月28日到1月5日", date(2023, 11, 20), CALENDAR)
    assert (leave.first, leave.last) == (date(2023, 12, 28), date(2024, 1, 5))


@pytest.mark.parametrize(
    ("text", "opens"),
    [("请假3天", 1), ("外出 到周五", 1), ("我请假", 1), ("外出考察3次", 0), ("请假条已报", 0), ("休假", 1)],
)
def test_only_what_goes_on_like_a_leave_is_one(text: str, opens: int) -> None:
    assert bool(OPENING.match(text)) is bool(opens)


def leave(person: int, deputy: int | None, state: str = "running") -> Absence:
    return Absence(person, person, "", TODAY, TODAY, deputy, "", state)


def test_a_deputy_acts_where_they_have_no_post_and_passes_it_on() -> None:
    contact, head = Role.CONTACT, Role.HEAD
    posts = {1: [(contact, 10), (contact, 20)], 2: [(head, 10)], 3: [(contact, 10)]}
    assert acting(posts, [leave(1, 2)]) == {(2, contact, 10, 1), (2, contact, 20, 1)}
    assert acting(posts, [leave(1, 2, "planned")]) == set()
    # The deputy goes on leave too: what they acted in goes on to theirs, who has one of the posts anyway.
    passed = acting(posts, [leave(1, 2), leave(2, 3)])
    assert passed == {(2, contact, 10, 1), (2, contact, 20, 1), (3, head, 10, 2), (3, contact, 20, 2)}
    # In a circle nobody gets more than there is, and it ends.
    assert acting(posts, [leave(1, 3), leave(3, 1)]) == {(3, contact, 20, 1)}
    assert acting({1: [(contact, 10)]}, [leave(1, 9)]) == set()
