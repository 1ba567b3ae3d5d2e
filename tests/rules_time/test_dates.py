from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.dates import DateUnclear, read_date

THURSDAY = date(2023, 3, 16)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2023-04-10", date(2023, 4, 10)),
        ("2023/4/10", date(2023, 4, 10)),
        ("2023.4.10", date(2023, 4, 10)),
        ("20230410", date(2023, 4, 10)),
        ("２０２３－０４－１０", date(2023, 4, 10)),
        ("2023年4月10日", date(2023, 4, 10)),
        ("2024 年 4 月 10 日前", date(2024, 4, 10)),
        ("4月10日", date(2023, 4, 10)),
        ("4月10号之前", date(2023, 4, 10)),
        ("四月十日", date(2023, 4, 10)),
        ("十一月二十五日", date(2023, 11, 25)),
        ("4月10日（周一）", date(2023, 4, 10)),
        ("4.10", date(2023, 4, 10)),
        ("4-10", date(2023, 4, 10)),
        ("4/10", date(2023, 4, 10)),
        ("25/4", date(2023, 4, 25)),
        ("25/4/2023", date(2023, 4, 25)),
        ("25日", date(2023, 3, 25)),
        ("本月25号", date(2023, 3, 25)),
        ("下个月10号", date(2023, 4, 10)),
        ("今天", THURSDAY),
        ("明天", date(2023, 3, 17)),
        ("后天", date(2023, 3, 18)),
        ("大后天", date(2023, 3, 19)),
        ("昨天", date(2023, 3, 15)),
        ("3天后", date(2023, 3, 19)),
        ("两周后", date(2023, 3, 30)),
        ("周五", date(2023, 3, 17)),
        ("周四", THURSDAY),
        ("周三", date(2023, 3, 22)),
        ("本周三", date(2023, 3, 15)),
        ("下周五", date(2023, 3, 24)),
        ("下周日", date(2023, 3, 26)),
        ("下星期天", date(2023, 3, 26)),
        ("下下周一", date(2023, 3, 27)),
        ("上周五", date(2023, 3, 10)),
        ("月底", date(2023, 3, 31)),
        ("下月底", date(2023, 4, 30)),
        ("5月底", date(2023, 5, 31)),
        ("5月底前", date(2023, 5, 31)),
        ("2024年2月末", date(2024, 2, 29)),
        ("年底", date(2023, 12, 31)),
        ("April 10", date(2023, 4, 10)),
        ("10 April", date(2023, 4, 10)),
        ("10th of April 2024", date(2024, 4, 10)),
        ("by Apr. 10, 2023", date(2023, 4, 10)),
        ("tomorrow", date(2023, 3, 17)),
        ("Friday", date(2023, 3, 17)),
        ("this Friday", date(2023, 3, 17)),
        ("next Monday", date(2023, 3, 20)),
        ("in 2 weeks", date(2023, 3, 30)),
        ("end of May", date(2023, 5, 31)),
    ],
)
def test_a_day_is_read_as_people_write_it(said, day):
    assert read_date(said, THURSDAY) == day


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "empty"),
        ("  。", "empty"),
        ("2月30日", "impossible"),
        ("2023-13-01", "impossible"),
        ("4月31日", "impossible"),
        ("13.32", "impossible"),
        ("0月0日", "impossible"),
        ("3/4/2023", "ambiguous"),
        ("next Friday", "ambiguous"),
        ("4月10日（周五）", "ambiguous"),
        ("4月初", "vague"),
        ("5月中旬", "vague"),
        ("5月", "vague"),
        ("近期", "vague"),
        ("二季度", "vague"),
        ("soon", "vague"),
        ("区经信局", "unreadable"),
        ("100000", "unreadable"),
        ("2-15：已完成", "unreadable"),
    ],
)
def test_what_names_no_single_day_is_refused_with_its_reason(said, reason):
    with pytest.raises(DateUnclear) as refusal:
        read_date(said, THURSDAY)
    assert refusal.value.reason == reason


def test_a_day_without_year_goes_to_next_year_only_when_half_a_year_gone():
    assert read_date("1月10日", date(2023, 11, 20)) == date(2024, 1, 10)
    assert read_date("4月10日", date(2023, 4, 12)) == date(2023, 4, 10)
    assert read_date("12月20日", date(2023, 1, 5)) == date(2023, 12, 20)
    assert read_date("1月底", date(2023, 12, 1)) == date(2024, 1, 31)
    assert read_date("2月29日", date(2023, 3, 1)) == date(2024, 2, 29)
    assert read_date("下月底", date(2023, 12, 1)) == date(2024, 1, 31)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_full_date_never_depends_on_today(day, today):
    for said in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%B} {day.day} {day.year}",
    ):
        assert read_date(said, today) == day


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(-180, 180))
def test_a_day_within_half_a_year_ahead_or_this_year_reads_back(today, away):
    day = today + timedelta(days=away)
    if (day.year == today.year or day.year == today.year + 1) and (day.month, day.day) != (2, 29):
        assert read_date(f"{day.month}月{day.day}日", today) == day


@given(st.text(max_size=20), st.dates(date(1999, 1, 1), date(2100, 1, 1)))
def test_no_text_raises_anything_else(text, today):
    try:
        read_date(text, today)
    except DateUnclear as refusal:
        assert refusal.reason in {"empty", "unreadable", "impossible", "vague", "ambiguous"}
