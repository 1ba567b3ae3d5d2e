"""What further papers of writers who did not know the reader taught it, in a few lines of our own."""

from __future__ import annotations

from tests.notice.test_foreign_papers import kinds, table_of
from tests.notice.test_ways_of_saying import notice_of, said


def test_labels_without_a_sign_name_units_and_leaders() -> None:
    notice = notice_of("1.修路。牵头部门区交通局，配合部门区财政局、各镇，10月底前完成。")
    assert said(notice) == ["1 区交通局|区财政局、各镇"]
    assert notice.tasks[0].due is not None and notice.tasks[0].due.month == 10


def test_points_in_words_that_go_on_over_headings_are_tasks() -> None:
    notice = notice_of(
        "第一部分 道路\n一是修建环湖公路。由区交通局牵头，区财政局配合，分管领导丁大山，6月底前完成。\n"
        "二是架设东河大桥。由区住建局牵头，区财政局配合。\n第二部分 绿化\n三是补种行道树。由区林业局牵头，区财政局配合。"
    )
    assert [task.number for task in notice.tasks] == [1, 2, 3]
    assert [each.name for each in notice.leaders] == ["丁大山"]


def test_lines_below_a_list_of_one_sentence_say_it_for_each_item() -> None:
    notice = notice_of(
        "一、道路\n1.修路；\n2.架桥。\n责任领导：丁大山\n牵头单位：区交通局\n完成时间：第1项6月底前，第2项9月底前"
    )
    assert [task.lead for task in notice.tasks] == [("区交通局",), ("区交通局",)]
    assert [task.due.month for task in notice.tasks if task.due] == [6, 9]
    assert [task.leaders for task in notice.tasks] == [(1,), (1,)]
    assert "heading_units" in kinds(notice)


def test_of_several_leads_the_first_leads_where_the_paper_says_so() -> None:
    notice = table_of(
        "序号|任务|主要责任单位",
        "1|修建环湖公路|区交通局、区财政局",
        above="分解表\n主要责任单位为多家的，排在第一位的负责牵头汇总。\n2025年2月1日",
    )
    assert said(notice) == ["1 区交通局|区财政局"]


def test_steps_of_one_task_below_each_other_are_no_tasks() -> None:
    notice = table_of(
        "序号|整治内容|分步任务|牵头部门|完成时间",
        "1|农贸市场改造提升|登记|区商务局|6月底",
        "1|农贸市场改造提升|施工|区商务局|6月底",
    )
    assert [task.content for task in notice.tasks] == ["农贸市场改造提升：登记；施工"]


def test_the_only_unit_that_does_it_leads_those_that_help() -> None:
    rows = ("1|修路|区交通局|区财政局", "2|架桥|区住建局、区水利局|区财政局")
    notice = table_of("序号|任务|责任单位|配合单位", *rows)
    assert said(notice) == ["1 区交通局|区财政局", "2 |区财政局|区住建局、区水利局"]


def test_a_day_on_which_something_begins_is_asked_about() -> None:
    notice = table_of("序号|任务|牵头单位|完成时间", "1|修建环湖公路|区交通局|7月1日起执行")
    assert notice.tasks[0].due is None
    assert "due" in kinds(notice)


def test_two_stars_are_two_leads() -> None:
    notice = table_of(
        "序号|任务|责任单位",
        "1|修建环湖公路|★区交通局、区财政局、★区住建局",
        above="分解表\n标“★”的为牵头单位。\n2025年2月1日",
    )
    assert notice.tasks[0].lead == ("区交通局", "区住建局")


def test_an_empty_cell_of_a_leader_with_a_hard_space_is_asked_about() -> None:
    rows = ("1|修建环湖公路|丁大山|区交通局", "2|架设东河大桥|\xa0|区住建局")
    assert "leader_above" in kinds(table_of("序号|任务|责任领导|牵头单位", *rows))


def test_a_name_that_begins_with_and_is_whole() -> None:
    notice = notice_of("1.修路。\n牵头单位：区交通局\n配合单位：和平街道、和桥镇、和区财政局、和各村")
    assert said(notice) == ["1 区交通局|和平街道、和桥镇、区财政局、各村"]


def test_numbers_in_brackets_or_behind_a_letter_are_no_words_of_the_task() -> None:
    notice = notice_of("【督办事项一】修路。\n牵头单位：区交通局\n【督办事项二】架桥。\n牵头单位：区住建局")
    assert [(task.number, task.content) for task in notice.tasks] == [(1, "修路。"), (2, "架桥。")]
    notice = notice_of("A1. Plant trees.\nLead: Parks Department\nA2. Mend roads.\nLead: Roads Department")
    assert [(task.number, task.content) for task in notice.tasks] == [(1, "Plant trees."), (2, "Mend roads.")]


def test_offices_of_a_department_lead_by_their_place_too() -> None:
    notice = notice_of("说明：责任单位排第一的为牵头处室。\n1.修路。\n责任单位：规划处、财务处")
    assert said(notice) == ["1 规划处|财务处"]
