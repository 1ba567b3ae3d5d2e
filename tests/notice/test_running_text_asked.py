"""What of running text is asked about, shown or left alone: sentences that go on, labels nobody knows, how the work is run."""

from __future__ import annotations

from datetime import date

import pytest

from tests.notice.test_foreign_papers import kinds
from tests.notice.test_ways_of_saying import notice_of, said


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "1.同意修路方案，由区交通局会同区财政局修改完善后印发。\n2.同意架桥，责成区住建局根据会议意见组织实施。\n3.区水利局要加快清淤。",
            ["1 区交通局|区财政局", "2 ||区住建局", "3 ||区水利局"],
            id="decisions of a meeting",
        ),
        pytest.param(
            "会议要求：\n1.区交通局要抓紧修路，区财政局予以支持。\n2.区住建局要加快架桥。\n3.各镇街要做好征地。",
            ["1 区交通局|区财政局", "2 ||区住建局", "3 ||各镇街"],
            id="what offices are asked to do",
        ),
        pytest.param(
            "1.修路。（区交通局牵头）\n2.宣传引导。区委宣传部要会同区气象局、区融媒体中心，及时发布消息。",
            ["1 区交通局", "2 区委宣传部|区气象局、区融媒体中心"],
            id="one beside items that say it plainly",
        ),
        pytest.param(
            "1.扩建学校，进度滞后。请区教育局倒排工期。\n2.改造公厕。请北湖街道复工，区城管局做好技术指导。",
            ["1 ||区教育局", "2 北湖街道|区城管局"],
            id="offices that are urged",
        ),
        pytest.param(
            "一、研究修路\n会议议定：\n1.修建环湖公路，由区交通局负责；\n2.改造旧桥，由区住建局负责。\n"
            "二、研究配租办法\n会议原则同意，由区人事局按会议意见修改后印发。",
            ["1-1 ||区交通局", "1-2 ||区住建局", "2 ||区人事局"],
            id="a heading that says itself what others have below them",
        ),
        pytest.param(
            "1.同意采购设备，资金由区财政局安排，区卫健局负责履行程序。\n2.同意修路，由区交通局组织实施方案论证。",
            ["1 ||区财政局、区卫健局", "2 ||区交通局"],
            id="two offices with a part each",
        ),
    ],
)
def test_who_does_it_by_a_sentence_that_goes_on_is_asked_about(text: str, tasks: list[str]) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert "inner_duty" in kinds(notice)


@pytest.mark.parametrize(
    "text",
    [
        "一、提高认识。各镇街要高度重视。\n二、压实责任。区政府督查室要加强督查。\n三、按时报送。请各单位每月报区政府督查室。",
        "工作要求\n一、加强领导。区政府办公室要定期会商。\n二、强化督查。由区政府督查室定期通报。",
    ],
)
def test_how_the_work_is_run_is_no_task(text: str) -> None:
    assert not notice_of(text).tasks


def test_what_another_sentence_says_of_a_part_is_asked_about() -> None:
    notice = notice_of("1.新建道路三条，拆迁由属地负责，由区交通局负责建设。\n2.架桥。（区住建局牵头）")
    assert {"inner_duty", "no_units"} & set(kinds(notice))


def test_a_closing_word_to_everybody_is_no_question() -> None:
    text = "1.修路。（区交通局牵头）\n2.架桥。（区住建局牵头）\n"
    assert "stray_text" not in kinds(notice_of(text + "各牵头单位要切实负起责任，其他单位要密切配合。"))
    assert "stray_text" in kinds(notice_of(text + "请区财政局牵头做好资金保障，区审计局配合。"))


def test_a_label_of_none_of_our_kinds_behind_units_is_asked_about_once() -> None:
    notice = notice_of(
        "隐患1：阀门老化。\n整改责任单位：区交通局；督办单位：区应急局；整改期限：6月底\n"
        "隐患2：门已失效。\n整改责任单位：区住建局；督办单位：区应急局；整改期限：6月底"
    )
    assert said(notice) == ["1 ||区交通局", "2 ||区住建局"]
    assert kinds(notice).count("unread_label") == 1
    assert [task.due for task in notice.tasks] == [date(2024, 6, 30)] * 2


def test_a_line_between_tasks_that_asks_an_office_is_shown() -> None:
    notice = notice_of("1.修路。（区交通局牵头）\n配租办法由区人事局修改后印发。\n2.架桥。（区住建局牵头）")
    assert {"unread_duty", "stray_text"} & set(kinds(notice))


def test_what_stands_on_the_line_above_is_no_part_of_a_name() -> None:
    notice = notice_of(
        "1.修建环湖公路和沿线设施以及全部配套的管网工程区交通局牵头，抓紧修建。\n2.架桥。（区住建局牵头）"
    )
    assert {"unit", "no_units"} & set(kinds(notice))


def test_a_card_whose_mark_was_not_read_is_a_task_of_its_own() -> None:
    notice = notice_of(
        "重点工作1：修路\n（责任领导：丁大山；责任单位：区交通局）\n目标：建成路基。\n"
        "重大隐患1：塌方\n（责任领导：李红；责任单位：区住建局）\n目标：恢复通行。"
    )
    assert [task.responsible for task in notice.tasks] == [("区交通局",), ("区住建局",)]
    assert "no_number" in kinds(notice)


def test_labelled_units_above_parts_of_one_list_do_what_stands_below() -> None:
    notice = notice_of("责任单位：区交通局\n一、修路。\n二、改造国道。\n责任单位：区住建局\n三、架桥。")
    assert said(notice) == ["1 ||区交通局", "2 ||区交通局", "3 ||区住建局"]
    assert "heading_units" in kinds(notice)


def test_what_is_to_be_done_behind_the_duty_stays_in_the_words() -> None:
    (task, last) = notice_of(
        "1.由区水利局牵头，区公安局配合，组建3个暗访组，立即开展检查。\n2.由区财政局负责，及时拨付资金。\n参会：区水利局、区财政局"
    ).tasks
    assert (task.content, task.co) == ("组建3个暗访组，立即开展检查。", ("区公安局",))
    assert last.content == "及时拨付资金。"


def test_who_stands_behind_a_short_label_of_a_leader_heads_the_task() -> None:
    notice = notice_of("1.修路。\n牵头：区交通局\n包保：武装部长 丁大山\n2.架桥。\n牵头：区住建局\n包保：某人等")
    assert [each.name for each in notice.leaders] == ["丁大山"]
    assert "leader" in kinds(notice)


def test_a_dash_behind_a_short_label_is_asked_about() -> None:
    notice = notice_of("1.清淤。责任单位：牵头—区水利局，配合—区财政局。")
    assert kinds(notice).count("unit") == 2


def test_who_runs_the_work_below_a_heading_on_that_is_asked_about() -> None:
    text = "一、任务\n（一）修路。（区交通局牵头）\n二、保障\n（一）加强领导。由区政府办公室牵头，成立专班。"
    assert "inner_duty" in kinds(notice_of(text))


def test_two_tasks_that_ran_together_are_asked_about() -> None:
    notice = notice_of("1.修建环湖公路。由区交通局牵头。改造旧桥。由区住建局牵头。\n2.种树。（区林业局牵头）")
    assert "leftover" in kinds(notice)


def test_a_head_of_troops_is_a_leader() -> None:
    notice = notice_of("1.修路。\n牵头领导：党组成员、支队长 向大山\n责任单位：区交通局")
    assert [each.name for each in notice.leaders] == ["向大山"]
