"""Where else offices write who does it: brackets for each part, headings, lines without a label, sentences for several items."""

from datetime import date

import pytest

from tests.notice.test_ways_of_saying import notice_of, said


@pytest.mark.parametrize(
    ("text", "tasks", "asked"),
    [
        pytest.param(
            "1.修路。（牵头单位：区交通局）（配合单位：区财政局）（完成时限：10月底前）\n2.架桥。（牵头单位：区住建局）",
            ["1 区交通局|区财政局", "2 区住建局"],
            [],
            id="a bracket for each part",
        ),
        pytest.param(
            "1.修路。（市交通运输局、财政局，青湾区政府；2024年6月底前）\n2.架桥。（市住建局）",
            ["1 ||市交通运输局、市财政局、青湾区政府", "2 ||市住建局"],
            [],
            id="a bracket of offices and a time",
        ),
        pytest.param(
            "1.修路。\n牵头单位：区交通局（负责国道部分）、区住建局（区人防办）\n2.架桥。\n牵头单位：区住建局",
            ["1 区交通局、区住建局（区人防办）", "2 区住建局"],
            ["duty_note"],
            id="a bracket behind a name that says for what",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局负总责，区财政局具体落实  责任人：赵一  联系电话：0000\n2.架桥。\n责任人：钱二\n责任单位：区住建局",
            ["1 ||区交通局、区财政局", "2 ||区住建局"],
            [],
            id="somebody to call is no unit",
        ),
        pytest.param(
            "1.修路。（牵头单位：区交\n通局；配合单位：区财政\n局）\n2.架桥。（牵头单\n位：区住建局）",
            ["1 区交通局|区财政局", "2 区住建局"],
            [],
            id="a bracket broken across lines",
        ),
        pytest.param(
            "1.修路。\n牵头：区交通局\n配合：区财政局\n2.架桥。\n（主责：区住建局；协同：区水利局）",
            ["1 区交通局|区财政局", "2 区住建局|区水利局"],
            [],
            id="labels of two signs",
        ),
        pytest.param(
            "1.修路。\n责任单位：省委宣传部、组织部，省教育厅、文化和旅游厅",
            ["1 ||省委宣传部、省委组织部、省教育厅、省文化和旅游厅"],
            [],
            id="a prefix carried to the party's departments alone",
        ),
        pytest.param(
            "一、城建\n1.修东路。\n2.修西路。\n以上工作由区交通局牵头，区财政局配合。\n3.架桥。\n责任单位：区住建局",
            ["1 区交通局|区财政局", "2 区交通局|区财政局", "3 ||区住建局"],
            ["heading_units", "heading_units"],
            id="a sentence for all items above",
        ),
        pytest.param(
            "一、城建（牵头单位：区住建局；配合单位：区财政局）\n1.修东路。\n2.修西路。\n二、种树（牵头单位：区林业局）",
            ["1 区住建局|区财政局", "2 区林业局"],
            ["sub_items"],
            id="units in a heading over items without any",
        ),
        pytest.param(
            "（一）城建（牵头单位：区住建局）\n1.修东路。（责任单位：区交通局）\n2.修西路。（责任单位：区财政局）",
            ["1 区住建局|区交通局", "2 区住建局|区财政局"],
            ["heading_units", "heading_units"],
            id="a lead in a heading over items with units",
        ),
        pytest.param(
            "1.修路。——区交通局、区财政局\n2.架桥。——区住建局",
            ["1 ||区交通局、区财政局", "2 ||区住建局"],
            [],
            id="units behind a dash",
        ),
        pytest.param(
            "1.修路。\n区交通局\n2.架桥。\n区住建局、区财政局\n",
            ["1 ||区交通局", "2 ||区住建局、区财政局"],
            [],
            id="units alone on the line below",
        ),
        pytest.param(
            "区交通局\n1.修路。\n2.修站。\n区住建局\n1.架桥。\n2.改房。",
            ["1-1 ||区交通局", "1-2 ||区交通局", "2-1 ||区住建局", "2-2 ||区住建局"],
            ["heading_units", "heading_units"],
            id="units alone on the line above",
        ),
        pytest.param(
            "一、区交通局（2项）\n1.修路。\n2.修站。\n二、区住建局（1项）\n3.架桥。",
            ["1 ||区交通局", "2 ||区交通局", "3 ||区住建局"],
            ["heading_units", "heading_units"],
            id="headings that are units",
        ),
        pytest.param(
            "1.区交通局牵头，区财政局配合，完成东路改造。\n2.架桥。（区住建局负责）",
            ["1 区交通局|区财政局", "2 ||区住建局"],
            [],
            id="first in the sentence",
        ),
        pytest.param(
            "1.修路。（区交通局牵头）\n2.架桥。（区住建局会同有关部门负责）\n各镇街、各部门要加强领导，健全机制，抓好落实。",
            ["1 区交通局", "2 区住建局|有关部门"],
            ["stray_text"],
            id="a closing paragraph is no part of the last item",
        ),
        pytest.param(
            "1.1修路，投资1.5亿元。\n责任单位：区交通局\n1.2架桥。\n责任单位：区住建局\n2.1种树。\n责任单位：区林业局",
            ["1.1 ||区交通局", "1.2 ||区住建局", "2.1 ||区林业局"],
            [],
            id="numbers with dots",
        ),
        pytest.param(
            "1.修路。\n——牵头单位：区交通局\n——配合单位：区财政局\n2.架桥。\n牵头（责任）单位：区住建局\n配合（协办）单位：区水利局",
            ["1 区交通局|区财政局", "2 区住建局|区水利局"],
            [],
            id="dashes before labels and brackets within them",
        ),
        pytest.param(
            "1.修路。\n牵头单位：\n责任单位：区交通局\n2.架桥。\n牵头单位：无\n责任单位：区住建局（主要领导负总责）、区水利局",
            ["1 ||区交通局", "2 ||区住建局、区水利局"],
            ["lead_empty", "duty_note", "lead_empty"],
            id="a label for the lead with nobody behind it",
        ),
        pytest.param(
            "（一）道路\n1.修东路。\n2.修西路。\n责任单位：区交通局\n（二）桥梁\n1.架桥。\n责任单位：区住建局",
            ["1-1 ", "1-2 ||区交通局", "2-1 ||区住建局"],
            ["no_units", "last_units"],
            id="units behind the last item alone",
        ),
        pytest.param(
            "目录\n1.修路工程\n2.架桥工程\n正文\n1.修路工程。\n责任单位：区交通局\n2.架桥工程。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            [],
            id="a table of contents doesn't swallow the list",
        ),
        pytest.param(
            "1.修路20\n3\n公里。\n责任单位：区交通局",
            ["1 ||区交通局"],
            ["page_number"],
            id="a figure alone on its line",
        ),
    ],
)
def test_units_are_found_wherever_they_stand(text: str, tasks: list[str], asked: list[str]) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert [question.kind for task in notice.tasks for question in task.questions] == asked


def test_a_bracket_may_name_the_leader_and_the_date_too() -> None:
    notice = notice_of(
        "1.修路。（牵头领导：李红；牵头单位：区交通局；完成时限：2024年6月底）\n2.架桥。（责任领导：欧阳海燕 责任单位：区住建局）"
    )
    first, second = notice.tasks
    assert [leader.name for leader in notice.leaders] == ["李红", "欧阳海燕"]
    assert (first.leader, first.lead, first.due, first.due_text) == (1, ("区交通局",), date(2024, 6, 30), "2024年6月底")
    assert (second.leader, second.responsible, second.due) == (2, ("区住建局",), None)


def test_a_leader_in_a_bracket_above_the_items_heads_those_below() -> None:
    notice = notice_of(
        "（责任领导：李红）\n1.修路。\n责任单位：区交通局\n2.架桥。\n责任单位：区住建局\n（责任领导：王明）\n3.种树。\n责任单位：区林业局"
    )
    assert [task.ref for task in notice.tasks] == ["1-1", "1-2", "2-3"]


def test_a_date_ends_where_somebody_to_call_begins() -> None:
    (task,) = notice_of("1.修路。责任单位：区交通局。完成时限：2024年6月。责任人：赵一。").tasks
    assert (task.due, task.due_text) == (date(2024, 6, 30), "2024年6月")


def test_a_date_goes_on_where_the_line_cut_it() -> None:
    first, second = notice_of(
        "1.修路。\n责任单位：区交通局\n完成时限：2024年6月底前完成设计，\n12月底前开工\n2.架桥。\n责任单位：区住建局\n完成时限：2024年\n9月底"
    ).tasks
    assert (first.due, first.due_text) == (date(2024, 12, 31), "2024年6月底前完成设计，12月底前开工")
    assert (second.due, second.due_text) == (date(2024, 9, 30), "2024年9月底")


def test_a_leaders_title_may_stand_in_a_bracket_and_a_name_have_a_dot() -> None:
    notice = notice_of(
        "1.修路。\n牵头领导：李红（区长）\n牵头单位：区交通局\n2.架桥。\n牵头领导：阿卜杜拉·艾山江\n牵头单位：区住建局"
    )
    assert [(leader.name, leader.title) for leader in notice.leaders] == [("李红", "区长"), ("阿卜杜拉·艾山江", "")]


def test_a_weekday_that_the_date_is_not_is_asked_about() -> None:
    right, wrong = notice_of(
        "1.修路。\n责任单位：区交通局\n完成时限：2024年10月31日（星期四）\n2.架桥。\n责任单位：区住建局\n完成时限：2024年10月31日（星期五）"
    ).tasks
    assert not right.questions
    assert [question.kind for question in wrong.questions] == ["weekday"]


def test_an_action_plan_in_english_says_it_in_brackets_or_lines() -> None:
    notice = notice_of(
        "1.1 Repair the ring road (Lead: Transport Department; Support: Finance Office; Due: June 2024)\n"
        "1.2 Build the bridge (Lead: Housing Authority; Due: December 2024)\n"
        "Action 3: Plant trees.\nLead: Parks Department\nSupport: Water Bureau and Department of Trade and Industry\n"
    )
    assert said(notice) == [
        "1.1 Transport Department|Finance Office",
        "1.2 Housing Authority",
        "3 Parks Department|Water Bureau、Department of Trade and Industry",
    ]
    assert notice.tasks[0].due == date(2024, 6, 30)
