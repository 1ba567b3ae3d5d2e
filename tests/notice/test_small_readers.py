"""Leaders, dates and figures in their wordings."""

from datetime import date

import pytest

from core.rules.notice.dates import deadline, weekday_differs
from core.rules.notice.leaders import heading_leaders
from core.rules.notice.numerals import numeral, written
from core.rules.notice.targets import targets_in


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("方小泉常务副区长牵头重点工作", [("方小泉", "常务副区长")]),
        ("区长王小五牵头的重点工作", [("王小五", "区长")]),
        ("欧阳小明区委常委、副区长牵头重点工作", [("欧阳小明", "区委常委、副区长")]),
        ("区政府党组成员、副区长赵小六负责的工作", [("赵小六", "区政府党组成员、副区长")]),
        ("李小四同志牵头重点工作", [("李小四", "")]),
        ("张小三市长、李小四副市长牵头重点工作", [("张小三", "市长"), ("李小四", "副市长")]),
        ("牵头负责领导:宁波。", [("宁波", "")]),
        ("區長陳小明牽頭重點工作", [("陈小明", "区长")]),
        ("区发改局牵头重点工作", []),
        ("领导小组牵头工作", []),
        ("加快推动产业高质量发展", []),
    ],
)
def test_a_heading_names_its_leaders(heading: str, found: list[tuple[str, str]]) -> None:
    assert heading_leaders(heading) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月16日前", date(2023, 3, 16)),
        ("三月十六日前", date(2023, 3, 16)),
        ("二○二四年四月十三日", date(2024, 4, 13)),
        ("12月底前", date(2023, 12, 31)),
        ("2月底前", date(2023, 2, 28)),
        ("6月中旬", date(2023, 6, 20)),
        ("第三季度末", date(2023, 9, 30)),
        ("上半年", date(2023, 6, 30)),
        ("2024年底前", date(2024, 12, 31)),
        ("年底前", date(2023, 12, 31)),
        ("December 31, 2021", date(2021, 12, 31)),
        ("2月30日前", None),
        ("13月1日前", None),
        ("尽快", None),
        ("Within 60 days of the completion", None),
    ],
)
def test_a_deadline_is_the_last_day_that_its_wording_allows(text: str, day: date | None) -> None:
    assert deadline(text, 2023) == day


def test_a_date_without_a_year_stays_open_where_the_year_is_unknown() -> None:
    assert deadline("3月16日前", None) is None


def test_a_weekday_that_does_not_fit_is_noticed() -> None:
    assert not weekday_differs("4月20日(星期五)前", date(2007, 4, 20))
    assert weekday_differs("4月20日（星期四）前", date(2007, 4, 20))


def test_numerals_go_both_ways() -> None:
    assert [numeral(written(value)) for value in range(1, 100)] == list(range(1, 100))
    assert (numeral("百"), numeral("二〇二三"), numeral("③"), numeral("甲")) == (100, 2023, 3, None)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("力争建成公园12个以上。", [("公园", 12, "个", "以上", "力争")]),
        ("新增绿地3.5公顷，修缮6208厂房。", [("新增绿地", 3.5, "公顷", None, None)]),
        ("加快建设某公司20万吨加工项目。", []),
        ("培育甲、乙、丙等企业9家。", [("培育企业", 9, "家", None, None)]),
        ("争取3家企业上市。", [("企业上市", 3, "家", None, "争取")]),
        ("空气优良率达到95%以上。", [("空气优良率", 95, "%", "以上", None)]),
        ("服务半径15分钟，惠及2023年度。", []),
        (
            "实施项目40个、完成投资25亿元以上。",
            [("实施项目", 40, "个", None, None), ("项目完成投资", 25, "亿元", "以上", None)],
        ),
    ],
)
def test_figures_to_be_reached_are_told_from_figures_in_names(content: str, found: list[tuple[object, ...]]) -> None:
    assert [(t.label, t.value, t.unit, t.comparator, t.aspiration) for t in targets_in(content)] == found
