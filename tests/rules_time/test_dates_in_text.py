"""The day that a sentence names, and what is left as the reason."""

from datetime import date

import pytest

from core.rules.calendar import WorkCalendar
from core.rules.dates_in_text import find_date, longer_by

MONDAY = date(2023, 3, 20)


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("4月10日，因招标推迟", date(2023, 4, 10), "因招标推迟"),
        ("因招标推迟，希望延到4月10日", date(2023, 4, 10), "因招标推迟"),
        ("延期至4月10日 理由：设计变更", date(2023, 4, 10), "设计变更"),
        ("下周五 材料未齐", date(2023, 3, 31), "材料未齐"),
        ("4.10 招标流标", date(2023, 4, 10), "招标流标"),
        ("因为完成3.5公里后暴雨，希望延到4月10日", date(2023, 4, 10), "因为完成3.5公里后暴雨"),
        ("因3月15日暴雨，申请延至4月1日", date(2023, 4, 1), "因3月15日暴雨"),
        ("25日前报送，人员变动", date(2023, 3, 25), "人员变动"),
        ("申请延期到四月十号，领导出差", date(2023, 4, 10), "领导出差"),
        ("月底，等数据", date(2023, 3, 31), "等数据"),
        ("明天", date(2023, 3, 21), ""),
        ("April 10 because of rain", date(2023, 4, 10), "because of rain"),
    ],
)
def test_a_sentence_names_a_day_and_a_reason(text: str, day: date, reason: str) -> None:
    assert find_date(text, MONDAY) == (day, reason)


@pytest.mark.parametrize("text", ["招标流标", "尽快", "已完成3.5公里", "第24号文件", "等24号文", ""])
def test_a_sentence_without_a_day_names_none(text: str) -> None:
    assert find_date(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("延期一周，等审批", date(2023, 3, 31)),
        ("延长5个工作日：数据未齐", date(2023, 3, 31)),
        ("再给3天", date(2023, 3, 27)),
        ("推迟一个月，等验收", date(2023, 4, 24)),
        ("another 2 weeks, please", date(2023, 4, 7)),
    ],
)
def test_so_much_longer_counts_from_the_date_in_force(text: str, day: date) -> None:
    found = longer_by(text, date(2023, 3, 24), WorkCalendar())
    assert found is not None and found[0] == day
