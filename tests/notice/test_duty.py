"""Who does it: every way a notice has of saying so."""

import pytest

from core.rules.notice.continuing import continues_units
from core.rules.notice.duty import read_duty
from core.rules.notice.lead_rules import lead_rule
from core.rules.notice.lists import fill_prefixes, names_in
from core.rules.notice.names import is_group


@pytest.mark.parametrize(
    ("text", "rule", "lead", "co", "responsible"),
    [
        ("区甲局、区乙局（列首位为牵头单位，下同）", True, "区甲局", "区乙局", ""),
        ("区甲局、区乙局", False, "", "", "区甲局、区乙局"),
        ("区甲局牵头，区乙局、区丙局配合", False, "区甲局", "区乙局、区丙局", ""),
        ("区甲局、区乙局牵头负责", True, "区甲局、区乙局", "", ""),
        ("由区甲局牵头，区乙局参与", False, "区甲局", "区乙局", ""),
        ("区甲局会同区乙局负责", False, "区甲局", "区乙局", ""),
        ("省科技厅、工业和信息化厅按职责分工负责", False, "", "", "省科技厅、省工业和信息化厅"),
        ("省甲厅牵头，省委宣传部、体育局按职责分工负责", False, "省甲厅", "省委宣传部、省体育局", ""),
        ("牵头单位：市甲局，配合单位：市乙局，各区、县级市", False, "市甲局", "市乙局|各区、县级市", ""),
        ("各省级人民政府负责", True, "", "", "各省级人民政府"),
        ("市建设委（市房管局）、市园林局", False, "", "", "市建设委（市房管局）、市园林局"),
    ],
)
def test_a_statement_gives_lead_co_and_responsible(text: str, rule: bool, lead: str, co: str, responsible: str) -> None:
    duty = read_duty([("responsible", text)], rule)
    assert duty.lead == listed(lead)
    assert duty.co == listed(co)
    assert duty.responsible == listed(responsible)


def listed(text: str) -> list[str]:
    if "|" in text:
        return text.split("|")
    return [each for each in text.split("、") if each]


def test_an_open_list_is_marked_open() -> None:
    assert read_duty([("responsible", "甲部、乙委等负责")], rule=True).open_list
    assert read_duty([("responsible", "区甲局、区乙局等有关部门")], rule=True).open_list
    assert not read_duty([("responsible", "区甲局、区乙局")], rule=True).open_list


def test_a_unit_named_twice_counts_once_and_is_asked_about() -> None:
    duty = read_duty([("lead", "区甲局"), ("co", "区乙局、区甲局")], rule=False)
    assert (duty.lead, duty.co) == (["区甲局"], ["区乙局"])
    assert duty.unsure == [("repeated_unit", "区甲局")]


@pytest.mark.parametrize(
    "text",
    ["列首位为牵头单位，下同", "列第一位者为牵头单位，下同", "排在首位的为牵头单位", "列首位的责任单位为牵头单位"],
)
def test_the_rule_of_the_first_listed_is_known_in_its_wordings(text: str) -> None:
    assert lead_rule(f"责任单位：区甲局（{text}）") == text


def test_names_keep_their_brackets_quotes_and_inner_lists() -> None:
    assert names_in("“新村”建设指挥部、各县（市、区）人民政府、市甲局") == [
        "“新村”建设指挥部",
        "各县（市、区）人民政府",
        "市甲局",
    ]


def test_only_a_level_is_carried_and_never_a_party_committee() -> None:
    assert fill_prefixes(["省委金融办", "财政厅", "人民银行某省分行", "教育局"])[1:] == [
        "省财政厅",
        "人民银行某省分行",
        "教育局",
    ]
    assert fill_prefixes(["市场监管总局", "财政部"]) == ["市场监管总局", "财政部"]
    assert fill_prefixes(["市工商局", "团市委"]) == ["市工商局", "团市委"]


@pytest.mark.parametrize("name", ["各镇街", "区属各国有企业", "有关部门", "市直各有关单位", "各区政府", "市政府各部门"])
def test_a_term_for_several_units_is_a_group(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize(
    ("units", "line", "verdict"),
    [
        ("区甲局、区旅游", "集团", "yes"),
        ("区甲局、", "区乙局", "yes"),
        ("区甲局、区农业农村", "局、区丙局", "yes"),
        ("省甲厅牵头", "深化要素改革", "no"),
        ("区甲局", "加快产业升级", "no"),
        ("市市场监管局", "某某分局", "perhaps"),
    ],
)
def test_a_line_after_units_continues_them_only_where_names_say_so(units: str, line: str, verdict: str) -> None:
    assert continues_units(units, line, set()) == verdict
