"""The rule for closed notices' data: read as it is typed, days five working days apart, names and numbers taken out."""

from __future__ import annotations

from datetime import date

import pytest

from core.rules.calendar import WorkCalendar
from core.rules.retention import days_of, months_after
from core.rules.retention_text import Nameless, read_rule


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("删除 12个月", ("delete", 12)),
        ("满十八个月删除", ("delete", 18)),
        ("删除 ３６", ("delete", 36)),
        ("匿名 两年", ("anonymise", 24)),
        ("anonymise after 2 years", ("anonymise", 24)),
        ("delete", ("delete", None)),
        ("一直保留", ("keep", 0)),
        ("keep", ("keep", 0)),
        ("保留还是删除", None),
        ("", None),
        ("删除 0个月", ("delete", 0)),
    ],
)
def test_a_rule_is_read_as_it_is_typed(typed: str, meant: object) -> None:
    assert read_rule(typed) == meant


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2023, 4, 3), 12, date(2024, 4, 3)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_the_warning_comes_five_working_days_before_whenever_the_rule_was_made() -> None:
    calendar = WorkCalendar()
    for base in (date(2023, 10, 2), date(2023, 4, 8), date(2023, 6, 14)):
        for today in (date(2023, 1, 3), base, date(2023, 12, 30)):
            warn, on = days_of(base, today, calendar)
            assert calendar.is_working(warn) and calendar.is_working(on)
            assert calendar.working_days_between(warn, on) >= 5 and warn >= today and on >= base
    assert days_of(date(2023, 10, 2), date(2023, 1, 3), calendar) == (date(2023, 9, 22), date(2023, 10, 7))


def test_names_and_numbers_go_leaders_and_figures_stay() -> None:
    hide = Nameless(["马春芳", "Li Lei", "周砚秋", "李", "区水利局"], ["周砚秋", "区水利局"])
    said = "马春芳（13900001234、0512-55501234，电话：5550 1234）说完成420亩，2023-04-03，文号〔2023〕15号；周砚秋同意，李庄，Li Lei"
    assert hide({"a": [said, 3]}) == {
        "a": ["***（***、***，电话：***）说完成420亩，2023-04-03，文号〔2023〕15号；周砚秋同意，李庄，***", 3]
    }
