"""Layouts that other offices use, each in a few lines of our own."""

from datetime import date

import pytest

from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

HEAD = "某县人民政府办公室关于印发重点工作分解的通知\n某政办〔2024〕3号\n各乡镇人民政府：\n2024年2月1日\n"


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate((HEAD + text).split("\n"), start=1)])


def test_a_leader_labelled_in_each_item_heads_that_item() -> None:
    item = "{n}.修路。\n牵头领导：{leader}\n牵头单位：县交通局\n责任单位：县财政局、各乡镇\n"
    notice = notice_of(item.format(n=1, leader="王小明副县长") + item.format(n=2, leader="李红县长"))
    assert [(task.ref, task.leader) for task in notice.tasks] == [("1-1", 1), ("2-2", 2)]
    assert notice.tasks[0].lead == ("县交通局",)
    assert notice.tasks[0].co == ("县财政局", "各乡镇")


def test_a_leader_labelled_above_a_list_heads_the_list() -> None:
    notice = notice_of(
        "牵头领导：县委常委、常务副县长 李红\n1.修路。\n责任单位：县交通局\n2.架桥。\n责任单位：县住建局\n"
        "牵头领导：副县长 王明\n1.种树。\n责任单位：县林业局\n"
    )
    assert [task.ref for task in notice.tasks] == ["1-1", "1-2", "2-1"]
    assert notice.leaders[0].title == "县委常委、常务副县长"


def test_a_bracket_with_verbs_and_a_time_gives_units_and_date() -> None:
    notice = notice_of(
        "一、总体要求\n（一）指导思想。深入学习。\n二、重点任务\n"
        "（二）修路。推进公路。（县交通局牵头，县财政局、县住建局配合，2024年6月底前完成）\n"
        "（三）架桥。（县住建局负责，长期坚持）\n三、保障措施\n（四）加强领导。各部门要重视。\n"
    )
    assert [task.number for task in notice.tasks] == [2, 3]
    first, second = notice.tasks
    assert (first.lead, first.co, first.due) == (("县交通局",), ("县财政局", "县住建局"), date(2024, 6, 30))
    assert (second.responsible, second.due, second.due_text) == (("县住建局",), None, "长期坚持")


def test_labels_one_after_the_other_on_one_line_are_told_apart() -> None:
    notice = notice_of("1、修路。牵头领导：李红；牵头单位：县交通局；配合单位：县财政局；完成时限：9月30日前。\n")
    (task,) = notice.tasks
    assert (task.content, task.lead, task.co, task.due) == ("修路。", ("县交通局",), ("县财政局",), date(2024, 9, 30))
    assert notice.leaders[0].name == "李红"


def test_boxed_labels_are_labels() -> None:
    (task,) = notice_of(
        "1.架桥。\n【牵头单位】县住建局 【配合单位】县财政局、县水利局\n【完成时限】2024年10月31日\n"
    ).tasks
    assert (task.lead, task.co, task.due) == (("县住建局",), ("县财政局", "县水利局"), date(2024, 10, 31))


@pytest.mark.parametrize("units", ["县财政局、县交通局（牵头）", "县财政局、*县交通局", "县财政局、县交通局★"])
def test_a_mark_on_a_name_says_who_leads(units: str) -> None:
    (task,) = notice_of(f"责任单位中标★或带*的为牵头单位。\n1.修路。\n责任单位：{units}\n").tasks
    assert (task.lead, task.co) == (("县交通局",), ("县财政局",))


def test_a_mark_that_nobody_explains_is_asked_about() -> None:
    notice = notice_of("1.修路。\n责任单位：县财政局、*县交通局\n")
    assert notice.tasks[0].lead == ()
    assert "star" in [question.kind for question in notice.all_questions()]


def test_headings_may_state_their_counts() -> None:
    notice = notice_of(
        "一、李红县长负责的重点工作（2项）\n1.修路。\n牵头单位：县交通局\n二、王明副县长牵头（共1项）\n1.种树。\n牵头单位：县林业局\n"
    )
    assert [task.ref for task in notice.tasks] == ["1-1", "2-1"]


def test_one_line_of_units_after_sub_items_belongs_to_the_item_above() -> None:
    notice = notice_of(
        "1.修路\n(1)修国道。\n(2)修省道。\n(责任单位：县交通局)\n2.架桥\n(1)架大桥。\n(2)架小桥。\n(责任单位：县住建局)\n"
    )
    assert [(task.ref, task.responsible) for task in notice.tasks] == [("1", ("县交通局",)), ("2", ("县住建局",))]
    assert "修省道" in notice.tasks[0].content


def test_tabs_and_markdown_make_tables_too() -> None:
    tabs = "序号\t重点任务\t牵头领导\t牵头单位\t配合单位\t完成时限\n1\t修路20公里\t李红\t县交通局\t县财政局、县住建局\t2024年6月\n"
    (task,) = notice_of(tabs).tasks
    assert (task.lead, task.co, task.due) == (("县交通局",), ("县财政局", "县住建局"), date(2024, 6, 30))
    mark = "| No. | Action | Lead | Support | Due |\n|---|---|---|---|---|\n| 1 | Train staff | HR Department | Data Office | Q3 2024 |\n"
    (task,) = notice_of(mark).tasks
    assert (task.lead, task.co, task.due) == (("HR Department",), ("Data Office",), date(2024, 9, 30))


def test_an_english_plan_in_lines_is_read() -> None:
    notice = notice_of("1. Train staff.\nLead: HR Department\nSupport: Data Office; Legal Office\nDue: June 30, 2024\n")
    (task,) = notice.tasks
    assert (task.lead, task.co) == (("HR Department",), ("Data Office", "Legal Office"))
    assert task.due == date(2024, 6, 30)


def test_one_sentence_may_hold_a_day_and_a_rhythm() -> None:
    notice = notice_of(
        "请各牵头单位于3月15日（星期五）17:00前将《计划表》报送至督查室，并于每月25日前报送工作进展。\n1.修路。\n牵头单位：县交通局\n"
    )
    assert [(s.due, s.frequency) for s in notice.submissions] == [(date(2024, 3, 15), None), (None, "monthly")]
    assert notice.frequencies == ("monthly",)


def test_two_names_with_the_same_characters_are_asked_about() -> None:
    notice = notice_of("1.修路。\n牵头单位：县交通局\n2.架桥。\n牵头单位：县通交局\n")
    assert "look_alike" in [question.kind for question in notice.questions]
