"""Duties and marks that stand in the sentences of minutes, town plans, notes of instruction, school plans and lists of proposals."""

from __future__ import annotations

from datetime import date

import pytest

from tests.notice.test_foreign_papers import kinds
from tests.notice.test_ways_of_saying import notice_of, said


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "一、道路\n一是修建环湖公路。由区交通局牵头，区财政局配合。\n二是改造旧桥。由区住建局负责。\n"
            "二、绿化\n一是补种行道树。由区林业局负责。\n二是清淤河道。（区水利局牵头）",
            ["1-1 区交通局|区财政局", "1-2 ||区住建局", "2-1 ||区林业局", "2-2 区水利局"],
            id="paragraphs counted in words that begin anew below each heading",
        ),
        pytest.param(
            "1.道路。\n一是修建环湖公路。\n责任单位：区交通局\n二是改造旧桥。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="their units on the next line, below a numbered item",
        ),
        pytest.param(
            "一、道路。一是修建环湖公路，由区交通局负责。二是改造旧桥，由区住建局牵头，区财政局配合。",
            ["1 ||区交通局", "2 区住建局|区财政局"],
            id="in one paragraph",
        ),
        pytest.param(
            "一、道路。①修建环湖公路。（区交通局牵头）②改造旧桥。（区住建局牵头）",
            ["1 区交通局", "2 区住建局"],
            id="with rings in one paragraph",
        ),
        pytest.param(
            "一、道路。一是修建环湖公路；二是改造旧桥。由区交通局牵头，区财政局配合。",
            ["1 区交通局|区财政局"],
            id="said once for all of them",
        ),
        pytest.param(
            "议题一：关于道路的汇报\n议定事项1：修建环湖公路。\n责任单位：区交通局\n议定事项2：改造旧桥。\n责任单位：区住建局\n"
            "议题二：关于绿化的请示\n议定事项3：补种行道树。\n责任单位：区林业局",
            ["1 ||区交通局", "2 ||区住建局", "3 ||区林业局"],
            id="topics with what was decided below them",
        ),
        pytest.param(
            "督办事项（1）：修建环湖公路\n主办单位：区交通局\n督办事项（2）：改造旧桥\n主办单位：区住建局",
            ["1 区交通局", "2 区住建局"],
            id="numbers in brackets behind a word",
        ),
        pytest.param(
            "行动1｜修建环湖公路\n责任局室：区交通局\n行动2｜改造旧桥\n责任局室：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="a bar behind the number",
        ),
        pytest.param(
            "第12号建议：关于修路的建议\n主办：区交通局\n会办：区财政局\n第7号提案：关于架桥的提案\n主办：区住建局",
            ["12 区交通局|区财政局", "7 区住建局"],
            id="proposals with numbers of their own",
        ),
        pytest.param(
            "项目名称：环湖公路\n责任单位：区交通局\n项目名称：东河大桥\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="cards that begin with a name",
        ),
        pytest.param(
            "列管案號：113-01\n裁示事項：修建環湖公路。\n主辦機關：交通局\n列管案號：113-02\n裁示事項：改造舊橋。\n主辦機關：工務局",
            ["1 交通局", "2 工務局"],
            id="cards that begin with a code",
        ),
        pytest.param(
            "1.修建环湖公路，由区交通局牵头，区财政局配合。\n2.改造旧桥，请区住建局负责。\n3.清淤河道，区水利局牵头，各镇街配合，10月底前完成。",
            ["1 区交通局|区财政局", "2 ||区住建局", "3 区水利局|各镇街"],
            id="clauses at the end of the only sentence",
        ),
        pytest.param(
            "1.春运保障工作由区交通局牵头，区公安局配合。\n2.道路除雪由区城管局牵头会同区财政局办理。",
            ["1 区交通局|区公安局", "2 区城管局|区财政局"],
            id="in the middle of the only clause",
        ),
        pytest.param(
            "一、关于道路问题。由区交通局牵头，会同区财政局、区审计局尽快制定方案。\n二、关于旧桥问题。请区住建局负责，抓紧检测。",
            ["1 区交通局|区财政局、区审计局", "2 ||区住建局"],
            id="behind a title, going on",
        ),
        pytest.param(
            "一、关于道路问题\n请区交通局牵头，区财政局配合，抓紧修建。\n二、关于旧桥问题\n由区住建局负责，抓紧检测。",
            ["1 区交通局|区财政局", "2 ||区住建局"],
            id="below a title",
        ),
        pytest.param(
            "1.检查夜市。请区市监局牵头办理，和平街道协办，3月20日前办结。\n2.更换线路。请和平街道办理。",
            ["1 区市监局|和平街道", "2 ||和平街道"],
            id="a note of instruction",
        ),
        pytest.param(
            "1.修建环湖公路。由区交通局牵头，区财政局配合。（责任领导：丁大山）\n2.改造旧桥。由区住建局负责。（责任领导：丁大山；完成时限：6月底）",
            ["1-1 区交通局|区财政局", "1-2 ||区住建局"],
            id="a leader's bracket behind the sentence",
        ),
        pytest.param(
            "1.修好操场。（校办牵头，各年级组配合）\n2.编写校本教材。（语文组、团委）\n3.清理水渠。（东河村、治安队）",
            ["1 校办|各年级组", "2 ||语文组、团委", "3 ||东河村、治安队"],
            id="schools and villages",
        ),
        pytest.param(
            "1.修建环湖公路（牵头领导：丁大山）\n责任单位：区交通局\n2.改造旧桥（牵头领导：丁大山）\n责任单位：区住建局",
            ["1-1 ||区交通局", "1-2 ||区住建局"],
            id="a leader in brackets behind a short item",
        ),
        pytest.param(
            "1.修建环湖公路。\n责任部门：区交通局（牵头）、区审计局（监督）\n2.改造旧桥。\n負責部門：路政署（主導）、運輸署",
            ["1 区交通局|区审计局", "2 路政署|運輸署"],
            id="parts in brackets behind names",
        ),
        pytest.param(
            "问题描述：道路破损。\n整改措施：重修道路。\n责任单位：区交通局\n问题描述：桥梁老化。\n整改措施：加固桥梁。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="cards that begin with a field",
        ),
        pytest.param(
            "序号1\n工作内容：修建环湖公路\n责任单位：区交通局\n序号2\n工作内容：改造旧桥\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="cards that begin with a number",
        ),
        pytest.param(
            "1.修建环湖公路。由区交通局负责组织实施。\n2.清淤。区水利局主抓，区农业农村局协抓。",
            ["1 ||区交通局", "2 区水利局|区农业农村局"],
            id="further verbs",
        ),
        pytest.param(
            "案件一：修路款纠纷\n责任单位：区交通局\n案件二：旧桥鉴定\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="any word that counts",
        ),
        pytest.param(
            "东河村。包村领导：丁大山，责任站所：财政所。任务：清理水渠三条。\n西河村。包村领导：丁大山，责任站所：司法所。任务：拆除危房两处。",
            ["1-1 ||财政所", "1-2 ||司法所"],
            id="words of the task behind its units",
        ),
        pytest.param(
            "区应急局：检查商场。\n区消防大队：为高楼建档。\n区住建局：清理通道。",
            ["1 ||区应急局", "2 ||区消防大队", "3 ||区住建局"],
            id="offices of every kind before the task",
        ),
        pytest.param(
            "1.修建环湖公路。区交通局牵头，区财政局配合。9月底前完成。\n2.规范管理。区住建局负责。长期坚持。",
            ["1 区交通局|区财政局", "2 ||区住建局"],
            id="a time in a sentence of its own behind",
        ),
        pytest.param(
            "意见一：修建环湖公路。（建议承办单位：区交通局；协办单位：区财政局）\n意见二：改造旧桥。（建议承办单位：区住建局；协办单位：区财政局）",
            ["1 区交通局|区财政局", "2 区住建局|区财政局"],
            id="who is proposed",
        ),
        pytest.param(
            "实事一　修建环湖公路\n认领单位：区交通局\n共建单位：区财政局\n实事二　改造旧桥\n跟進部門：區住建局",
            ["1 区交通局|区财政局", "2 ||區住建局"],
            id="who takes it on",
        ),
        pytest.param(
            "1.修建环湖公路\n区交通局牵头，区财政局配合，抓紧修建。\n2.改造旧桥、涵洞\n区住建局牵头，尽快检测。",
            ["1 区交通局|区财政局", "2 区住建局"],
            id="below a title without a stop",
        ),
        pytest.param(
            "一、道路。1.修建环湖公路。（区交通局牵头）2.改造国道。（区交通局负责）\n二、桥梁。3.改造旧桥。（区住建局牵头）",
            ["1 区交通局", "2 ||区交通局", "3 区住建局"],
            id="items that count on in the paragraphs of headings",
        ),
        pytest.param(
            "1.修建环湖公路（党群部，6月）。\n2.改造旧桥（党群部、工程部，全年）。\n3.清淤（工程部牵头，采购部配合，9月底前）。",
            ["1 ||党群部", "2 ||党群部、工程部", "3 工程部|采购部"],
            id="offices of a company with a time",
        ),
        pytest.param(
            "1.修建环湖公路。\n牵头整改单位：区交通局\n配合整改单位：区财政局\n2.改造旧桥。\n牵头整改单位：区住建局",
            ["1 区交通局|区财政局", "2 区住建局"],
            id="labels of what is put right",
        ),
        pytest.param(
            "貳、道路\n一、修建環湖公路。（交通局主辦，財政局協辦）\n參、橋樑\n一、改造舊橋。（工務局主辦）",
            ["2-1 交通局|財政局", "3-1 工務局"],
            id="formal numerals",
        ),
        pytest.param(
            "第一，修建环湖公路。由区交通局牵头。\n第二，改造旧桥。由区住建局负责。",
            ["1 区交通局", "2 ||区住建局"],
            id="the first, the second",
        ),
        pytest.param(
            "（一）修建环湖公路\n由区交通局牵头\n区财政局、各镇街配合\n（二）改造旧桥\n由区住建局负责",
            ["1 区交通局|区财政局、各镇街", "2 ||区住建局"],
            id="a line for each part",
        ),
        pytest.param(
            "一、会议研究了道路工作。会议议定：1.由区交通局牵头，区财政局配合，修建环湖公路。2.由区住建局负责，改造旧桥。",
            ["1 区交通局|区财政局", "2 ||区住建局"],
            id="decisions in one paragraph",
        ),
        pytest.param(
            "1.修建环湖公路。\n牵头市直单位：市交通局\n2.改造旧桥。\n包保单位：区住建局\n3.迎检。\n牵头组室：综合组\n配合组室：宣传组\n4.改厕。\n责任村：东河村",
            ["1 市交通局", "2 ||区住建局", "3 综合组|宣传组", "4 ||东河村"],
            id="labels of other offices",
        ),
        pytest.param(
            "区交通局：\n1.修建环湖公路。\n2.改造国道。\n区住建局：\n1.改造旧桥。",
            ["1-1 ||区交通局", "1-2 ||区交通局", "2-1 ||区住建局"],
            id="offices as headings with a colon",
        ),
    ],
)
def test_who_does_it_is_read_without_a_question(text: str, tasks: list[str]) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert not {"inner_duty", "leftover", "unit", "no_units", "stray_text"} & set(kinds(notice))


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
