"""Duties and marks that stand in the sentences of minutes, town plans, notes of instruction, school plans and lists of proposals."""

from __future__ import annotations

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
            "1.开展监督。【责任室：党风室；配合室：第一、二检查室】\n2.查办案件。【责任室：第四、五审查室】",
            ["1 党风室|第一、二检查室", "2 ||第四、五审查室"],
            id="rooms with a number each",
        ),
        pytest.param(
            "措施一：增設車位\n負責：運輸署　協助：路政署　目標：2024年第四季\n措施二：擴展系統\n負責：運輸署　協助：警務處",
            ["1 運輸署|路政署", "2 運輸署|警務處"],
            id="short labels in one line",
        ),
        pytest.param(
            "【事项一】谋划项目。区发改局、区财政局共同推进，6月15日前完成选址并签约。\n【事项二】架桥。区住建局牵头，抓紧检测。",
            ["1 ||区发改局、区财政局", "2 区住建局"],
            id="who does it together",
        ),
        pytest.param(
            "A01 修建環湖公路\n主辦機關：交通局\nA02 改造舊橋\n主辦機關：工務局",
            ["01 交通局", "02 工務局"],
            id="codes before the words",
        ),
        pytest.param(
            "編號：114-A-03\n案由：修建環湖公路\n主辦：交通局\n編號：114-A-04\n案由：改造舊橋\n主辦：工務局",
            ["1 交通局", "2 工務局"],
            id="codes on a line of their own",
        ),
        pytest.param(
            "（一）修建環湖公路（運輸署主導，路政署協助）\n（二）改造舊橋（路政署（主導）、運輸署）",
            ["1 運輸署|路政署", "2 路政署|運輸署"],
            id="who is in charge",
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
