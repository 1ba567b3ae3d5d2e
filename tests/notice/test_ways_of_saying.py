"""The ways in which offices say who does what by when, each in a few lines of our own; nothing asked is nothing doubtful."""

from datetime import date

import pytest

from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

HEAD = (
    "云屿区人民政府办公室关于印发2024年重点工作责任分解的通知\n云屿政办发〔2024〕3号\n"
    "各镇人民政府、街道办事处，区属各单位：\n请认真落实。\n云屿区人民政府办公室\n2024年2月1日\n"
)
ROAD, BRIDGE, TREES = "区交通局", "区住建局", "区林业局"


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate((HEAD + text).split("\n"), start=1)])


def said(notice: Notice) -> list[str]:
    """ref lead|co|responsible of every task, without what is empty at the end."""
    return [
        f"{t.ref} {'、'.join(t.lead)}|{'、'.join(t.co)}|{'、'.join(t.responsible)}".rstrip("|") for t in notice.tasks
    ]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "1.推进修路。（区交通局、区财政局）\n2.架桥。（区住建局）",
            ["1 ||区交通局、区财政局", "2 ||区住建局"],
            id="a bracket of offices and nothing else",
        ),
        pytest.param(
            "1.建成活动场所（云屿市民中心）。\n责任单位：区文旅局\n2.新建公园2个（东湾街道、西湾街道）。\n责任单位：区城管局",
            ["1 ||区文旅局", "2 ||区城管局"],
            id="a bracket that says where is no unit",
        ),
        pytest.param(
            "1.修路。〔责任单位：区交通局〕\n2.架桥。[牵头单位：区住建局；责任单位：区财政局、各街办（新区）]\n3.种树。【区林业局牵头，区财政局配合】",
            ["1 ||区交通局", "2 区住建局|区财政局、各街办（新区）", "3 区林业局|区财政局"],
            id="brackets of every shape",
        ),
        pytest.param(
            "（一）交通\n1.修路。\n（1）修国道。\n（2）修省道。（责任单位：区交通局）\n2.架桥。\n（1）架大桥。\n（2）架小桥。（责任单位：区住建局）",
            ["1 ||区交通局", "2 ||区住建局"],
            id="units behind the last sub-item",
        ),
        pytest.param(
            "1.修路。\n（1）修国道。（区交通局牵头，区财政局配合）\n（2）修省道。（区交通局牵头）",
            ["1 区交通局|区财政局", "2 区交通局"],
            id="units behind each sub-item",
        ),
        pytest.param(
            "1.修路。区交通局牵头，各镇街按职责分工负责。\n2.架桥。\n由区住建局牵头，会同区财政局组织实施。",
            ["1 区交通局|各镇街", "2 区住建局|区财政局"],
            id="a last sentence that says who",
        ),
        pytest.param(
            "1.修路。\n责任单位：由区交通局牵头，会同区财政局、区住建局组织实施\n2.架桥。\n责任单位：区住建局会同区财政局",
            ["1 区交通局|区财政局、区住建局", "2 区住建局|区财政局"],
            id="a sentence behind a label",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局（牵头部门）、区财政局（配合单位）",
            ["1 区交通局|区财政局"],
            id="a bracket behind each name",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局和区财政局\n2.架桥。\n责任单位：区住建局及各镇街\n3.规划。\n责任单位：区发展和改革局、区文化和旅游局",
            ["1 ||区交通局、区财政局", "2 ||区住建局、各镇街", "3 ||区发展和改革局、区文化和旅游局"],
            id="names joined by and",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局  区财政局  东湾街道\n2.架桥。\n责任单位：区住建局；区财政局",
            ["1 ||区交通局、区财政局、东湾街道", "2 ||区住建局、区财政局"],
            id="names apart by spaces or semicolons",
        ),
        pytest.param(
            "1.修路。\n责任单位 区交通局、区财政局\n2.架桥。\n——责任单位∶区住建局\n3.种树。\n**牵头单位：** 区林业局",
            ["1 ||区交通局、区财政局", "2 ||区住建局", "3 区林业局"],
            id="labels without a proper colon",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局、区自然资源和规\n划局、区财政局",
            ["1 ||区交通局、区自然资源和规划局、区财政局"],
            id="a name broken across lines",
        ),
        pytest.param(
            "1.修路。\n协同责任单位：区财政局等，各乡、镇、街道办事处\n牵头责任单位：区交通局",
            ["1 区交通局|区财政局、各乡、镇、街道办事处"],
            id="one term of several levels after an open list",
        ),
        pytest.param(
            "一、修路20公里\n责任单位：区交通局\n二、架桥2座\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="chapter numbers as tasks",
        ),
        pytest.param(
            "一、城建\n（一）修路。责任单位：区交通局\n（二）架桥。责任单位：区住建局\n二、农业\n（一）种树。责任单位：区林业局",
            ["1-1 ||区交通局", "1-2 ||区住建局", "2-1 ||区林业局"],
            id="numbers in brackets that restart",
        ),
        pytest.param(
            "一、城建\n①修路。责任单位：区交通局\n②架桥。责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="circled numbers",
        ),
        pytest.param(
            "一、城建\n1、修路。\n责任单位：区交通局\n二、农业\n2、种树。\n责任单位：区林业局",
            ["1 ||区交通局", "2 ||区林业局"],
            id="numbers that run on",
        ),
        pytest.param(
            "任务1：修路。\n责任单位：区交通局\n任务2：架桥。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="numbers behind a word",
        ),
        pytest.param(
            "● 修路20公里。\n责任单位：区交通局\n● 架桥2座。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="bullets",
        ),
        pytest.param(
            "修路20公里。\n责任单位：区交通局\n架桥2座。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="no numbers at all",
        ),
        pytest.param(
            "一、城建类（牵头领导：李红）\n1.修路。\n责任单位：区交通局\n二、农业类\n牵头领导：副区长 王明\n1.种树。\n责任单位：区林业局",
            ["1-1 ||区交通局", "2-1 ||区林业局"],
            id="a leader behind or below a heading",
        ),
        pytest.param(
            "一、李红区长主抓重点工作\n1.修路。\n责任单位：区交通局\n二、区委常委、副区长王明牵头负责的工作任务\n1.种树。\n责任单位：区林业局",
            ["1-1 ||区交通局", "2-1 ||区林业局"],
            id="leaders of several ranks in headings",
        ),
        pytest.param(
            "区长李红在会上强调要抓好落实。\n1.修路。\n责任单位：区交通局\n附件：1.任务表\n2.联系人表",
            ["1 ||区交通局"],
            id="a speaker is no leader, a list of annexes no task",
        ),
        pytest.param(
            "一、提高认识。各责任单位要高度重视。\n二、报送进度。请各牵头单位于每月25日前报送进展。\n附件\n任务分解\n1.修路。（责任单位：区交通局）\n二、保障措施\n1.加强领导。成立工作专班。",
            ["1 ||区交通局"],
            id="rules before and after are no tasks",
        ),
        pytest.param(
            "责任单位中，列第一位者为工作牵头单位或汇总单位，下同。\n1.修路。\n责任单位：区交通局、区财政局",
            ["1 区交通局|区财政局"],
            id="the rule of the first listed in other words",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局、区财政局牵头，区水利局（除标注为“牵头”单位外，列第一位的为牵头或汇总单位，下同）\n2.架桥。\n责任单位：区住建局、区财政局",
            ["1 区交通局、区财政局|区水利局", "2 区住建局|区财政局"],
            id="the rule of the first listed with an exception",
        ),
    ],
)
def test_who_does_what_is_read_as_a_clerk_reads_it(text: str, tasks: list[str]) -> None:
    assert said(notice_of(text)) == tasks


@pytest.mark.parametrize(
    ("wording", "due"),
    [
        ("二〇二四年九月底前", date(2024, 9, 30)),
        ("十月三十一日前", date(2024, 10, 31)),
        ("2024.12", date(2024, 12, 31)),
        ("2024年Q4", date(2024, 12, 31)),
        ("3—9月", date(2024, 9, 30)),
        ("2024年3月至2025年6月", date(2025, 6, 30)),
        ("明年6月底前", date(2025, 6, 30)),
        ("年内", date(2024, 12, 31)),
        ("2024—2026年", date(2026, 12, 31)),
        ("2月30日前", None),
        ("长期坚持", None),
    ],
)
def test_a_deadline_is_read_in_every_wording(wording: str, due: date | None) -> None:
    (task,) = notice_of(f"1.修路。\n责任单位：区交通局\n完成时限：{wording}").tasks
    assert (task.due, task.due_text) == (due, wording)


def test_of_two_steps_the_last_is_the_deadline_and_it_is_asked() -> None:
    (task,) = notice_of("1.修路。\n责任单位：区交通局\n完成时限：6月底前开工，12月底前建成").tasks
    assert task.due == date(2024, 12, 31)
    assert "due_steps" in [question.kind for question in task.questions]


def test_an_open_list_with_all_the_others_names_only_what_it_names() -> None:
    (task,) = notice_of("1.修路。（区交通局、区财政局等国务院相关部门及各地区按职责分工负责）").tasks
    assert task.responsible == ("区交通局", "区财政局", "各地区")
    assert task.open_list
    assert task.groups == ("各地区",)


def test_a_period_of_support_is_no_deadline() -> None:
    (task,) = notice_of("1.2024年1月1日至2026年12月31日给予落户企业补贴。\n责任单位：区财政局").tasks
    assert task.due is None


def test_a_sentence_behind_the_units_is_asked_about() -> None:
    (task,) = notice_of("1.修路。（责任单位：区交通局、区财政局。具体任务均涉及各镇街，不再列出，下同。）").tasks
    assert task.responsible == ("区交通局", "区财政局")
    assert [question.kind for question in task.questions] == ["duty_note"]


def test_units_that_belong_to_no_task_are_asked_about() -> None:
    notice = notice_of("1.修路。\n责任单位：区交通局\n附件\n牵头单位：区住建局\n")
    assert "unread_duty" in [question.kind for question in notice.questions]


def test_a_list_that_stands_there_twice_is_asked_about() -> None:
    notice = notice_of("1.修路。\n责任单位：区交通局\n1.修路。\n责任单位：区交通局\n")
    assert "twin" in [question.kind for question in notice.all_questions()]


def test_a_paper_of_which_only_one_line_is_left_comes_apart() -> None:
    text = (
        "云屿区人民政府办公室关于分解重点工作的通知 (云屿政办〔2024〕6号) 各镇人民政府: 现将任务分解如下: 一、城建"
        "（一）修路。完成三条道路建设。（区交通局牵头，区财政局配合）（二）架桥。（区住建局负责）二、农业（三）种树。"
        "（区林业局、区财政局等负责）云屿区人民政府办公室2024年2月1日（此件公开发布）"
    )
    notice = read([Line(1, text)])
    assert notice.title == "云屿区人民政府办公室关于分解重点工作的通知"
    assert notice.issued_on == date(2024, 2, 1)
    assert said(notice) == ["1 区交通局|区财政局", "2 ||区住建局", "3 ||区林业局、区财政局"]
    assert notice.tasks[2].content == "种树。"


def test_numbers_beyond_a_thousand_are_numbers() -> None:
    notice = notice_of("".join(f"{n}.修第{n}条路。\n责任单位：区交通局\n" for n in range(1, 1203)))
    assert len(notice.tasks) == 1202
    assert notice.tasks[-1].number == 1202


def test_items_below_an_item_with_units_of_its_own_are_told_apart_by_their_place() -> None:
    notice = notice_of(
        "一、交通\n（一）修路。（区交通局牵头）\n1.修国道。（区交通局牵头）\n2.修省道。（区财政局牵头）\n（二）架桥。（区住建局牵头）\n"
    )
    assert len({task.ref for task in notice.tasks}) == 4
    assert notice.task("1-1-1").content == "修国道。"


def test_a_range_of_figures_is_no_single_target() -> None:
    (task,) = notice_of("1.新建口袋公园3—5个，改造老旧小区12个以上。\n责任单位：区住建局").tasks
    assert [(target.value, target.comparator) for target in task.targets] == [(12, "以上")]


def test_sub_items_in_one_line_each_with_its_units_are_tasks() -> None:
    notice = notice_of(
        "一、审批\n1.改革登记。（1）推行网办。（区政务办牵头）（2）开放名称库。（区市场监管局牵头，区政务办配合）\n"
    )
    assert [(t.content, t.lead) for t in notice.tasks] == [
        ("推行网办。", ("区政务办",)),
        ("开放名称库。", ("区市场监管局",)),
    ]
