"""How papers of other cities say who does what by when; each way that was once read wrong, in a few lines of our own."""

from datetime import date

import pytest

from core.rules.notice.answers import answer
from core.rules.notice.model import Notice
from tests.notice.test_ways_of_saying import notice_of, said


def kinds(notice: Notice) -> list[str]:
    return [question.kind for question in notice.all_questions()]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "1.修路。（责任单位：区交通局，责任人：丁一；协办单位：区财政局）\n2.架桥。（责任单位：区住建局 责任人：丁二 配合单位：各镇街）",
            ["1 区交通局|区财政局", "2 区住建局|各镇街"],
            id="a person between the units",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局，各镇街按职责配合\n2.架桥。（区住建局、区水利局，区财政局协助）",
            ["1 区交通局|各镇街", "2 |区财政局|区住建局、区水利局"],
            id="who does it without a verb, before those who help",
        ),
        pytest.param(
            "1.修路。（各镇街负责，区交通局指导）\n2.架桥。（区住建局指导）",
            ["1 |区交通局|各镇街", "2 ||区住建局"],
            id="who only guides",
        ),
        pytest.param(
            "1.修路。（区交通局主责，区财政局配合）\n2.架桥。（区住建局统筹，各镇街落实）\n3.种树。（以区林业局为主，各镇街参与）\n"
            "4.清淤。（区水利局总牵头，区农业局各负其责）",
            ["1 区交通局|区财政局", "2 区住建局|各镇街", "3 区林业局|各镇街", "4 区水利局|区农业局"],
            id="other verbs",
        ),
        pytest.param(
            "1.修路。区交通局主办，区财政局、区住建局协办，9月底前全面通车。\n2.架桥。由区住建局牵头、区财政局配合，确保10月底前落实到位。",
            ["1 区交通局|区财政局、区住建局", "2 区住建局|区财政局"],
            id="a last sentence that ends in a time",
        ),
        pytest.param(
            "1.修路。（区交通局牵头，区财政局等参与；各镇街负责落实。以下均需各镇街落实，不再列出）",
            ["1 区交通局|区财政局、各镇街"],
            id="a sentence behind the units of a bracket",
        ),
        pytest.param(
            "1.修路。\n推进单位：区交通局\n协同推进单位：区财政局\n2.架桥。\n整改责任部门：区住建局\n支持配合部门：区财政局",
            ["1 区交通局|区财政局", "2 区住建局|区财政局"],
            id="labels put together otherwise",
        ),
        pytest.param(
            "1.修路。\n牵头单位：交通局 财政局\n配合单位：区政府 办公室\n2.架桥。\n牵头单位：住建局",
            ["1 交通局、财政局|区政府办公室", "2 住建局"],
            id="names without a level apart by spaces",
        ),
        pytest.param(
            "牵头单位：区交通局；配合单位：区财政局\n1.修路。\n2.架桥。\n牵头单位：区林业局；配合单位：各镇街\n3.种树。",
            ["1 区交通局|区财政局", "2 区交通局|区财政局", "3 区林业局|各镇街"],
            id="who leads and who helps above a list",
        ),
        pytest.param(
            "（一）修路。1.修国道。2.修省道。责任单位：区交通局\n（二）架桥。1.架大桥。2.架小桥。责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="units behind all points in one line",
        ),
        pytest.param(
            "1.修路。（李红牵头，区交通局负责）\n2.架桥。（牵头领导 李红，责任单位 区住建局）\n3.种树。（区林业局牵头）（11月底前完成）",
            ["1-1 ||区交通局", "1-2 ||区住建局", "3 区林业局"],
            id="leader and time in the brackets",
        ),
        pytest.param(
            "1.修路。责任单位：区交通局·区住建局\n2.架桥。第一责任单位：区住建局；第二责任单位：区财政局\n3.种树。主体责任单位：各镇街；监管责任单位：区林业局",
            ["1 ||区交通局、区住建局", "2 区住建局|区财政局", "3 ||各镇街、区林业局"],
            id="ranks of responsibility",
        ),
        pytest.param(
            "注：排名最前的为牵头单位。\n1.修路。责任单位：区交通局、区财政局",
            ["1 区交通局|区财政局"],
            id="the first by rank",
        ),
        pytest.param(
            "一、改造（以下任务均由区住建局牵头，各镇街配合）\n1.修路。\n2.架桥。\n二、绿化\n3.种树。（区林业局牵头）",
            ["1 区住建局|各镇街", "2 区住建局|各镇街", "3 区林业局"],
            id="a heading that speaks of all below it",
        ),
        pytest.param(
            "问题一：道路破损。\n整改措施：重修道路。\n责任单位：区交通局\n问题二：桥梁老化。\n整改措施：加固桥梁。\n责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            id="problems that are counted",
        ),
        pytest.param(
            "1.责任单位：区交通局\n任务内容：修路。\n2.责任单位：区住建局\n任务内容：架桥。",
            ["1 ||区交通局", "2 ||区住建局"],
            id="units above the words of the task",
        ),
        pytest.param(
            "1.修路。区交通局、区财政局，6月20日前。\n2.架桥。区住建局，10月底前。",
            ["1 ||区交通局、区财政局", "2 ||区住建局"],
            id="a last sentence of units and a time",
        ),
        pytest.param(
            "1.区交通局：修建道路三条。\n2.【区住建局、区财政局】架设桥梁两座。",
            ["1 ||区交通局", "2 ||区住建局、区财政局"],
            id="units before the task",
        ),
        pytest.param(
            "1.修路。责任单位为区交通局，配合单位为各镇街。\n2.架桥。责任单位为区住建局。",
            ["1 区交通局|各镇街", "2 ||区住建局"],
            id="a word for the colon",
        ),
        pytest.param(
            "1-1 修路。责任单位：区交通局\n1-2 架桥。责任单位：区住建局\n2-1 种树。责任单位：区林业局",
            ["1-1 ||区交通局", "1-2 ||区住建局", "2-1 ||区林业局"],
            id="numbers with a dash",
        ),
        pytest.param(
            "1.修路。\n牵头单位：区交通局\n配合单位：区财政局\n2.架桥。\n牵头单位：区住建局\n配合单位：同上",
            ["1 区交通局|区财政局", "2 区住建局|区财政局"],
            id="the same as above",
        ),
        pytest.param(
            "修建道路三条。责任单位：区交通局，完成时限：6月底。\n架设桥梁两座，改造旧桥。（区住建局牵头，区财政局配合）\n种树一千亩。（区林业局负责）",
            ["1 ||区交通局", "2 区住建局|区财政局", "3 ||区林业局"],
            id="paragraphs without numbers",
        ),
        pytest.param(
            "1.修路。责任单位：区交通局、以及各镇街\n2.架桥。责任单位：区住建局、……",
            ["1 ||区交通局、各镇街", "2 ||区住建局"],
            id="words and dots in a list",
        ),
        pytest.param(
            "1.修路。（区交通局，各镇〔街道〕）\n2.架桥。（责任单位：区住建局，各镇〔街道〕办事处）\n云屿区人民政府\n2024年2月1日",
            ["1 ||区交通局、各镇〔街道〕", "2 ||区住建局、各镇〔街道〕办事处"],
            id="a bracket within the bracket above the signature",
        ),
    ],
)
def test_who_does_what_is_read_as_it_is_said_elsewhere(text: str, tasks: list[str]) -> None:
    assert said(notice_of(text)) == tasks


@pytest.mark.parametrize(
    ("text", "leader", "due"),
    [
        ("挂钩县级领导：李红\n责任单位：区交通局\n推进时间节点：2024年9月底前", "李红", date(2024, 9, 30)),
        ("主管市领导：李红\n责任单位：区交通局\n办理期程：113年8月底前", "李红", date(2024, 8, 31)),
        ("责任单位：区交通局\n包保领导：李红\n时间进度：25年3月底", "李红", date(2025, 3, 31)),
    ],
)
def test_leaders_and_times_are_known_by_what_their_labels_are_made_of(text: str, leader: str, due: date) -> None:
    notice = notice_of(f"1.修路。\n{text}\n2.架桥。\n责任单位：区住建局")
    assert [each.name for each in notice.leaders] == [leader]
    assert notice.tasks[0].due == due
    assert notice.tasks[0].content == "修路。"


@pytest.mark.parametrize("wording", ["月底前", "下月底前", "汛期前"])
def test_a_time_that_names_no_month_is_asked_for(wording: str) -> None:
    (task,) = notice_of(f"1.修路。\n责任单位：区交通局\n完成时限：{wording}").tasks
    assert task.due is None
    assert [question.kind for question in task.questions] == ["due"]


@pytest.mark.parametrize(
    ("wording", "taken", "before"),
    [
        ("6月前", date(2024, 6, 30), date(2024, 5, 31)),
        ("三季度前", date(2024, 9, 30), date(2024, 6, 30)),
        ("2025年前", date(2025, 12, 31), date(2024, 12, 31)),
        ("1月前", date(2024, 1, 31), date(2023, 12, 31)),
    ],
)
def test_a_time_that_may_or_may_not_count_itself_is_asked_about(wording: str, taken: date, before: date) -> None:
    notice = notice_of(f"1.修路。\n责任单位：区交通局\n完成时限：{wording}")
    if wording == "1月前":
        assert "due_before_issue" in kinds(notice)
        return
    (question,) = notice.tasks[0].questions
    assert (question.kind, question.options) == ("due_edge", (taken.isoformat(), before.isoformat()))
    assert answer(notice, question.key, before.isoformat()).tasks[0].due == before


def test_a_sentence_with_a_time_that_says_what_to_do_stays_in_the_task() -> None:
    (task,) = notice_of("1.关于修路问题。请区交通局负责，于5月20日前提出方案。").tasks
    assert task.responsible == ("区交通局",)
    assert task.content.endswith("提出方案。")
    assert [question.kind for question in task.questions] == ["date_in_text"]


def test_a_person_behind_a_unit_is_no_part_of_its_name() -> None:
    (task,) = notice_of("1.修路。\n责任单位：区交通局（丁一）、区住建局（区房管局）").tasks
    assert task.responsible == ("区交通局", "区住建局（区房管局）")
    assert [question.kind for question in task.questions] == ["duty_note"]


def test_a_label_that_nobody_knows_is_asked_about_once() -> None:
    notice = notice_of(
        "1.修路。\n责任单位：区交通局\n督导组别：区政府督查室\n2.架桥。\n责任单位：区住建局\n督导组别：区政府办公室"
    )
    (question,) = [each for each in notice.all_questions() if each.kind == "unread_label"]
    assert (question.values["what"], question.values["n"]) == ("督导组别", 2)
    assert [task.content for task in notice.tasks] == ["修路。", "架桥。"]


def test_a_field_below_the_units_belongs_to_the_task() -> None:
    notice = notice_of("1.修路。\n责任单位：区交通局\n建设规模：三条\n2.架桥。\n责任单位：区住建局\n建设规模：两座")
    assert [task.content for task in notice.tasks] == ["修路。建设规模：三条", "架桥。建设规模：两座"]


@pytest.mark.parametrize(
    "text",
    [
        "1.修路。\n2.架桥。（区住建局跟进）\n3.种树。（责任单位：区林业局）",
        "1.修路。督促单位：区交通局\n2.架桥。（责任单位：区住建局）",
    ],
)
def test_words_of_duty_that_were_not_read_are_asked_about(text: str) -> None:
    assert "leftover" in kinds(notice_of(text))


def test_a_leader_and_a_time_of_a_bracket_are_taken_out_of_the_task() -> None:
    notice = notice_of("1.修路。（李红牵头，区交通局负责）\n2.种树。（区林业局牵头）（11月底前完成）")
    assert [each.name for each in notice.leaders] == ["李红"]
    assert [task.content for task in notice.tasks] == ["修路。", "种树。"]
    assert notice.tasks[1].due == date(2024, 11, 30)


def test_a_time_at_once_behind_who_does_it_is_the_deadline() -> None:
    (task,) = notice_of("1.由区交通局牵头，区财政局配合，于4月20日前完成修路。").tasks
    assert (task.lead, task.due, kinds(notice_of("1.由区交通局牵头，于4月20日前完成修路。"))) == (
        ("区交通局",),
        date(2024, 4, 20),
        [],
    )


def test_only_helpers_are_asked_about() -> None:
    notice = notice_of("1.修路。（区财政局配合）")
    (question,) = notice.tasks[0].questions
    assert question.kind == "only_co"
    assert answer(notice, question.key, "区交通局").tasks[0].lead == ("区交通局",)


def test_a_task_that_its_list_hides_is_asked_about() -> None:
    notice = notice_of(
        "一、修路\n（一）修国道。（区交通局牵头）\n二、架桥\n（一）同意架桥，区住建局负责，区财政局保障资金。"
    )
    assert "unread_duty" in kinds(notice)


def test_two_tasks_in_one_are_asked_about() -> None:
    notice = notice_of("1.修路。整改措施：重修。架桥。整改措施：加固。（责任单位：区交通局）")
    assert "leftover" in kinds(notice)


def test_a_name_with_the_rest_of_a_sentence_is_asked_about() -> None:
    notice = notice_of("1.修路。责任单位：工程由区交通局、区财政局")
    assert "unit" in kinds(notice)


def test_a_list_below_a_numbered_heading_counts_on() -> None:
    notice = notice_of(
        "1. Introduction\nThis plan says what will be done.\n2. Actions\n2.1 Build roads.\nLead: Roads Department\n2.2 Build bridges.\nLead: Bridges Office"
    )
    assert said(notice) == ["2.1 Roads Department", "2.2 Bridges Office"]


def test_the_words_above_sub_items_of_their_own_are_no_part_of_the_task() -> None:
    notice = notice_of(
        "（一）修好道路。（区交通局负责）具体措施：\n1.修国道。（区交通局负责）\n2.修省道。（区财政局负责）"
    )
    assert [task.content for task in notice.tasks] == ["修好道路。", "修国道。", "修省道。"]


def test_programs_of_english_papers_are_tasks() -> None:
    notice = notice_of(
        "Program 1. Build roads.\nResponsible Agency: Roads Department\nTime Frame: December 31, 2024\n"
        "Program 2. Build bridges. [Lead: Bridges Office; Support: Roads Department; Target: Q4 2024]"
    )
    assert said(notice) == ["1 ||Roads Department", "2 Bridges Office|Roads Department"]
    assert [task.due for task in notice.tasks] == [date(2024, 12, 31), date(2024, 12, 31)]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "1.修路。\n区交通局牵头；区财政局、各镇街配合\n2.架桥。\n区住建局牵头；区财政局配合",
            ["1 区交通局|区财政局、各镇街", "2 区住建局|区财政局"],
            id="a line without a label and with a semicolon",
        ),
        pytest.param(
            "1.修路。\n部门分工：区交通局牵头，各镇街配合。\n2.架桥。\n部门分工：区住建局负责。",
            ["1 区交通局|各镇街", "2 ||区住建局"],
            id="who has which part",
        ),
        pytest.param(
            "1.修路。\n责任单位：区交通局（区财政局、区住建局配合）\n2.架桥。\n责任单位：区住建局（配合单位：各镇街）",
            ["1 区交通局|区财政局、区住建局", "2 区住建局|各镇街"],
            id="helpers in a bracket behind a unit",
        ),
        pytest.param(
            "1.修路。\n牵头/责任单位：区交通局\n2.架桥。\n责任单位：\n区住建局\n区财政局",
            ["1 ||区交通局", "2 ||区住建局、区财政局"],
            id="two labels in one, a unit on each line",
        ),
        pytest.param(
            "（一）修路。\n1.牵头单位：区交通局\n2.配合单位：区财政局\n3.完成时限：9月底\n（二）架桥。\n1.牵头单位：区住建局\n2.完成时限：10月底",
            ["1 区交通局|区财政局", "2 区住建局"],
            id="labels with numbers",
        ),
        pytest.param(
            "1.交通。\n——修建国道。牵头单位：区交通局\n——修建省道。牵头单位：区财政局\n2.绿化。\n——种树一千亩。牵头单位：区林业局",
            ["1-1 区交通局", "1-2 区财政局", "2-1 区林业局"],
            id="dashes before sub-items",
        ),
        pytest.param(
            "三、（十一）修路。（区交通局负责）\n（十二）架桥。（区住建局负责）",
            ["11 ||区交通局", "12 ||区住建局"],
            id="two marks in one line",
        ),
        pytest.param(
            "1.修路。（区交通局）\n2.架桥。（区住建局）\n请各责任单位每月25日前将进展情况报区政府督查室。",
            ["1 ||区交通局", "2 ||区住建局"],
            id="a paragraph behind the last bracket",
        ),
    ],
)
def test_layouts_of_units_are_read_as_they_stand_elsewhere(text: str, tasks: list[str]) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert all("区交通局" not in task.content and "督查室" not in task.content for task in notice.tasks)


def test_years_that_are_counted_are_no_end_of_the_year() -> None:
    (task,) = notice_of("1.修路。\n责任单位：区交通局\n完成时限：三年内").tasks
    assert task.due is None
    assert [question.kind for question in task.questions] == ["due"]


def test_labels_of_english_papers_that_nobody_knows_are_asked_about() -> None:
    notice = notice_of(
        "1. Build roads. Champion: Ann Lee\nResponsible unit: Roads Department. Synergistic unit: Finance Office"
    )
    assert {"leftover", "unit"} <= set(kinds(notice))


def test_the_trimmings_of_a_web_page_are_no_part_of_the_notice() -> None:
    notice = notice_of(
        "1.修路。（区交通局）\n2.架桥。（区住建局）\n上一篇：关于清明防火的通知\n【打印本页】 【关闭窗口】\n"
        "主办单位：云屿区人民政府办公室 承办单位：云屿区大数据中心\n网站标识码：0000000000"
    )
    assert said(notice) == ["1 ||区交通局", "2 ||区住建局"]
    assert [task.content for task in notice.tasks] == ["修路。", "架桥。"]


def test_a_lead_that_is_named_last_is_no_trimming() -> None:
    notice = notice_of("1.修路。\n主办单位：区交通局\n2.架桥。\n主办单位：区住建局")
    assert said(notice) == ["1 区交通局", "2 区住建局"]


def test_a_heading_with_leader_and_unit_speaks_of_all_below_it() -> None:
    notice = notice_of(
        "一、交通（责任领导：李红，责任站办：经发办）\n1.修路。\n2.架桥。\n二、绿化（责任领导：王明，责任站办：林业站）\n3.种树。"
    )
    assert said(notice) == ["1-1 ||经发办", "1-2 ||经发办", "2-3 ||林业站"]
    assert [each.name for each in notice.leaders] == ["李红", "王明"]


def test_a_heading_with_units_over_one_item_is_asked_about() -> None:
    assert "sub_items" in kinds(
        notice_of("一、交通（责任单位：区交通局）\n1.修路。\n二、绿化（责任单位：区林业局）\n2.种树。")
    )


def test_units_at_the_beginning_of_paragraphs_below_a_heading_say_who_does_them() -> None:
    notice = notice_of(
        "一、任务分工\n区交通局：负责修建道路。\n各镇街：负责日常养护。\n二、时间安排\n（一）动员。\n（二）实施。"
    )
    assert said(notice) == ["1 ||区交通局", "2 ||各镇街"]


def test_boxed_numbers_and_labels_are_read() -> None:
    notice = notice_of("【1】修路。【牵头】区交通局【配合】区财政局\n【2】架桥。【牵头】区住建局")
    assert said(notice) == ["1 区交通局|区财政局", "2 区住建局"]


def test_one_dash_above_the_units_is_a_part_of_the_item() -> None:
    notice = notice_of("1.交通。\n——修建国道。\n责任单位：区交通局\n2.绿化。\n——种树。\n——种草。\n责任单位：区林业局")
    assert [(task.content, task.responsible) for task in notice.tasks] == [
        ("交通。——修建国道。", ("区交通局",)),
        ("绿化。——种树。——种草。", ("区林业局",)),
    ]


def test_principles_are_no_tasks_whoever_they_name() -> None:
    notice = notice_of(
        "一、基本原则\n——坚持统筹。由政府牵头，部门配合。\n（一）坚持创新。由区科技局牵头。\n二、重点任务\n（一）修路。（区交通局负责）\n（二）架桥。（区住建局负责）"
    )
    assert said(notice) == ["1 ||区交通局", "2 ||区住建局"]


def test_a_footnote_is_no_part_of_the_units() -> None:
    notice = notice_of("1.修路[1]。（区交通局）\n2.架桥。（区住建局）\n[1] 指东西两条道路。")
    assert said(notice) == ["1 ||区交通局", "2 ||区住建局"]
    assert notice.tasks[1].content == "架桥。"


def test_two_names_that_a_space_left_in_one_are_asked_about() -> None:
    notice = notice_of("1.修路。\n责任单位：区直机关工委 区委 组织部")
    assert "unit" in kinds(notice)


def test_fields_of_a_task_with_numbers_and_stops_are_said_of_the_task() -> None:
    notice = notice_of(
        "一、修路\n（一）目标任务。修建三条。\n（二）责任单位。区交通局牵头，各镇街落实。\n二、架桥\n（一）目标任务。架设两座。\n（二）责任单位。区住建局牵头。"
    )
    assert said(notice) == ["1 区交通局|各镇街", "2 区住建局"]
    assert notice.tasks[0].content == "修路（一）目标任务。修建三条。"


def test_members_of_a_team_help_its_lead() -> None:
    assert said(notice_of("1.修路。牵头单位：区交通局；成员单位：区财政局、各镇街")) == ["1 区交通局|区财政局、各镇街"]


@pytest.mark.parametrize(
    ("wording", "due"), [("2024年第二季", date(2024, 6, 30)), ("2024年第三季度", date(2024, 9, 30))]
)
def test_a_quarter_is_one_in_either_wording(wording: str, due: date) -> None:
    assert notice_of(f"1.修路。\n责任单位：区交通局\n完成时限：{wording}").tasks[0].due == due


def test_short_labels_in_one_bracket_are_told_apart() -> None:
    notice = notice_of("1.修路（承办：区交通局 协办：区财政局 时限：5月28日）\n2.架桥。（区住建局负责，贯穿全年）")
    assert said(notice) == ["1 区交通局|区财政局", "2 ||区住建局"]
    assert (notice.tasks[0].due, notice.tasks[1].due_text) == (date(2024, 5, 28), "贯穿全年")


def test_leaders_with_several_titles_each_are_several() -> None:
    notice = notice_of("1.修路。\n分包领导：区委常委、常务副区长李红，副区长王明\n责任单位：区交通局")
    assert [each.name for each in notice.leaders] == ["李红", "王明"]
