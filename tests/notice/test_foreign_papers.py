"""What papers of writers who did not know the reader taught it, each in a few lines of our own."""

from __future__ import annotations

from datetime import date

import pytest

from core.rules.notice.answers import answer
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line
from tests.notice.test_ways_of_saying import notice_of, said


def table_of(*rows: str, above: str = "云屿区2025年重点工作分解表\n2025年2月1日") -> Notice:
    """Lines, then a table whose cells stand between strokes."""
    lines = [Line(number, text) for number, text in enumerate(above.split("\n"), start=1)]
    for number, row in enumerate(rows, start=len(lines) + 1):
        cells = tuple(cell.strip() for cell in row.split("|"))
        lines.append(Line(number, "\t".join(cells), cells=cells, table=1))
    return read(lines)


def english(text: str) -> Notice:
    return read([Line(n, line) for n, line in enumerate(f"2025 Action Plan\n12 May 2025\n{text}".split("\n"), start=1)])


def kinds(notice: Notice) -> list[str]:
    return [question.kind for question in notice.all_questions()]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "1. Widen the quay. (Harbour Office, Finance Bureau)\n2. Mend the pier (Works Department; by June 2025)",
            ["1 ||Harbour Office、Finance Bureau", "2 ||Works Department"],
            id="a bracket of offices",
        ),
        pytest.param(
            "1. Refit the hall (Central Library).\nLead: Works Department",
            ["1 Works Department"],
            id="a place is no unit",
        ),
        pytest.param(
            "1. The Works Department, with support from the Finance Bureau, will mend the pier.\n"
            "2. Print the budget. The Finance Bureau will lead, supported by the Audit Office.\n"
            "3. Sow the verges. Led by the Parks Department, with the Works Department.",
            [
                "1 Works Department|Finance Bureau",
                "2 Finance Bureau|Audit Office",
                "3 Parks Department|Works Department",
            ],
            id="a sentence that says who",
        ),
        pytest.param(
            "1. Purpose\n2. Theme One: Streets\nAction 1.1  Sweep the lanes.\nLead: Street Care\n"
            "Action 1.2  Mend the lamps.\nLead: Lighting Team\nPortfolio holder: Cllr Ada Brook",
            ["1.1 Street Care", "1-1.2 Lighting Team"],
            id="a word before a number with a point, below a numbered heading",
        ),
    ],
)
def test_english_papers_say_who_in_brackets_and_sentences(text: str, tasks: list[str]) -> None:
    assert said(english(text)) == tasks


def test_who_does_it_in_an_english_sentence_is_asked_about_and_so_is_a_day_in_it() -> None:
    notice = english("1. The Works Department will mend the pier by 30 June 2025.")
    assert kinds(notice).count("inner_duty") == 1
    assert [(q.kind, q.options) for q in notice.tasks[0].questions if q.kind == "date_in_text"] == [
        ("date_in_text", ("2025-06-30",))
    ]


def test_an_english_leader_is_called_by_name() -> None:
    notice = english("1. Mend the pier.\nLead: Works Department\nPortfolio holder: Cllr Ada Brook")
    assert [(leader.name, leader.title) for leader in notice.leaders] == [("Ada Brook", "Cllr")]


@pytest.mark.parametrize(
    ("text", "tasks", "contents"),
    [
        (
            "A. 修路。责任单位：区交通局\nB. 架桥。责任单位：区住建局",
            ["1 ||区交通局", "2 ||区住建局"],
            ["修路。", "架桥。"],
        ),
        (
            "（a）修路。（区交通局牵头）\n（b）架桥。（区住建局牵头）",
            ["1 区交通局", "2 区住建局"],
            ["修路。", "架桥。"],
        ),
        (
            "1.修渠，包括：\nA.东渠；\nB.西渠。\n责任单位：区水利局",
            ["1 ||区水利局"],
            ["修渠，包括：A.东渠；B.西渠。"],
        ),
        ("1.改造A区。责任单位：区住建局", ["1 ||区住建局"], ["改造A区。"]),
    ],
)
def test_letters_count_items(text: str, tasks: list[str], contents: list[str]) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert [task.content for task in notice.tasks] == contents


@pytest.mark.parametrize("wording", ["贯穿全年", "全年推进", "2024年全年持续推进", "全年坚持"])
def test_work_that_goes_on_through_the_year_has_no_deadline(wording: str) -> None:
    notice = notice_of(f"1.修路。\n牵头单位：区交通局\n完成时限：{wording}")
    assert (notice.tasks[0].due, notice.tasks[0].due_text) == (None, wording)
    assert kinds(notice) == []


def test_the_whole_year_as_a_deadline_is_asked_about_once() -> None:
    notice = notice_of(
        "1.修路。\n牵头单位：区交通局\n完成时限：全年\n2.架桥。\n牵头单位：区住建局\n完成时限：全年\n3.种树。\n牵头单位：区林业局\n完成时限：5月底"
    )
    asked = [q for q in notice.questions if q.kind == "whole_year"]
    assert [q.values for q in asked] == [{"n": 2, "refs": "1、2"}]
    assert {task.due for task in notice.tasks[:2]} == {date(2024, 12, 31)}
    assert [task.due for task in answer(notice, asked[0].key, "对").tasks[:2]] == [date(2024, 12, 31)] * 2
    settled = answer(notice, asked[0].key, "不是")
    assert [(task.due, task.due_text) for task in settled.tasks] == [
        (None, "全年"),
        (None, "全年"),
        (date(2024, 5, 31), "5月底"),
    ]


def test_within_the_year_in_the_words_of_a_task_is_asked_about_once() -> None:
    notice = notice_of("1.年内建成大桥。\n牵头单位：区交通局\n2.年内完成种树。\n牵头单位：区林业局\n完成时限：5月底")
    asked = [q for q in notice.questions if q.kind == "within_year"]
    assert [q.values["refs"] for q in asked] == ["1"]
    assert notice.tasks[0].due is None
    assert answer(notice, asked[0].key, "对").tasks[0].due == date(2024, 12, 31)
    assert answer(notice, asked[0].key, "不是").tasks[0].due is None


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("1.修路。\n责任单位：区交通局（主导）、区财政局", ["1 区交通局|区财政局"]),
        ("1.修路。\n责任单位：区交通局、东县、西县人民政府", ["1 ||区交通局、东县人民政府、西县人民政府"]),
        ("1.修路。\n责任单位：市商务局、经济开发区管委会", ["1 ||市商务局、经济开发区管委会"]),
        ("1.修路。此项工作由区交通局牵头，区财政局配合。", ["1 区交通局|区财政局"]),
        ("1.修路，由区交通局会同区财政局组织实施，限期收尾。", ["1 区交通局|区财政局"]),
        ("1.修路。由区交通局牵头，区财政局、区住建局等执法单位抓好落实。", ["1 区交通局|区财政局、区住建局"]),
        (
            "1.修路；\n2.架桥。\n以上2项，由区交通局牵头，区财政局配合，5月底前完成。",
            ["1 区交通局|区财政局", "2 区交通局|区财政局"],
        ),
        (
            "1.修路；\n2.架桥；\n3.挖渠。\n（第2—3项牵头单位：区水利局；配合单位：区财政局）\n4.种树。\n牵头单位：区林业局",
            ["1 ", "2 区水利局|区财政局", "3 区水利局|区财政局", "4 区林业局"],
        ),
    ],
)
def test_units_are_said_in_further_ways(text: str, tasks: list[str]) -> None:
    assert [row.strip() for row in said(notice_of(text))] == [row.strip() for row in tasks]


def test_what_the_paper_says_behind_the_last_sentence_of_duty_belongs_to_no_task() -> None:
    notice = notice_of(
        "1.修路。由区交通局牵头，区财政局配合。\n以上任务，请各单位按月向区政府督查室报告。\n云屿区人民政府办公室"
    )
    assert [(task.content, task.lead, task.co) for task in notice.tasks] == [("修路。", ("区交通局",), ("区财政局",))]


def test_a_clause_says_which_leader_heads_it() -> None:
    notice = notice_of("1.修路。由区交通局牵头，区财政局协助办理，丁大山副区长分管。")
    assert [leader.name for leader in notice.leaders] == ["丁大山"]
    assert said(notice) == ["1-1 区交通局|区财政局"]


def test_a_leader_left_in_the_words_of_a_task_is_asked_about() -> None:
    notice = notice_of("1.修路（丁大山副区长主抓此事，每周调度）。\n牵头单位：区交通局")
    assert kinds(notice) == ["leader"]


def test_a_bracket_that_is_no_other_name_is_asked_about() -> None:
    notice = notice_of("1.修路。\n牵头单位：区交通局（承接）\n2.架桥。\n牵头单位：区文旅局（体育局）")
    assert [(q.kind, q.values["what"]) for q in notice.all_questions()] == [("unit", "区交通局（承接）")]


def test_spaces_in_a_heading_do_not_make_three_leaders_of_one() -> None:
    notice = notice_of("一、常务副区长　丁大山　包抓任务\n1.修路。\n牵头单位：区交通局")
    assert [(leader.name, leader.title) for leader in notice.leaders] == [("丁大山", "常务副区长")]


def test_a_paper_without_a_date_takes_the_year_of_its_number_and_asks_once() -> None:
    text = "关于印发重点工作分工的通知\n云屿政办发〔2024〕3号\n1.修路。\n牵头单位：区交通局\n完成时限：5月底"
    notice = read([Line(n, line) for n, line in enumerate(text.split("\n"), start=1)])
    assert notice.tasks[0].due == date(2024, 5, 31)
    assert kinds(notice) == ["no_date"]
    settled = answer(notice, notice.questions[0].key, "2025年1月5日")
    assert settled.tasks[0].due == date(2025, 5, 31)


def test_items_that_run_together_under_01_come_apart() -> None:
    notice = notice_of(
        "01修好南路。新修12公里。牵头单位：区交通局配合单位：区财政局完成时限：8月底前02架好东桥。牵头单位：区住建局完成时限：年底前"
    )
    assert said(notice) == ["1 区交通局|区财政局", "2 区住建局"]
    assert [task.content for task in notice.tasks] == ["修好南路。新修12公里。", "架好东桥。"]


def test_the_steps_of_a_task_on_rows_of_their_own_are_one_task() -> None:
    notice = table_of(
        "序号|任务|推进步骤|牵头单位|完成时限",
        "1|修建环湖公路|勘察设计|区交通局|10月底",
        "1|修建环湖公路|铺设路面|区交通局|10月底",
        "2|架设东河大桥|打桩|区住建局|11月底",
    )
    assert said(notice) == ["1 区交通局", "2 区住建局"]


def test_a_column_of_parts_tells_who_leads() -> None:
    notice = table_of(
        "序号|任务事项|责任单位|角色|完成时限",
        "1|修建环湖公路|区交通局|牵头|10月底",
        "1|修建环湖公路|区财政局|配合|10月底",
        "2|架设东河大桥|区住建局|牵头|11月底",
    )
    assert said(notice) == ["1 区交通局|区财政局", "2 区住建局"]
    assert "column" not in kinds(notice)


def test_the_same_task_with_other_units_in_the_next_row_is_asked_about() -> None:
    notice = table_of(
        "序号|任务事项|责任单位",
        "1|修建环湖公路|区交通局",
        "1|修建环湖公路|区财政局",
    )
    assert "twin" in kinds(notice)


def test_a_table_on_its_side_is_turned() -> None:
    notice = table_of(
        "编号|1|2|3",
        "任务内容|修建环湖公路|架设东河大桥|补种行道树",
        "主抓领导|丁大山|丁大山|何小溪",
        "牵头单位|区交通局|区住建局|区林业局",
        "配合单位|区财政局||区财政局",
        "完成时限|5月底|6月底|7月底",
    )
    assert said(notice) == ["1-1 区交通局|区财政局", "1-2 区住建局", "2-3 区林业局|区财政局"]
    assert [task.due for task in notice.tasks] == [date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)]


def test_a_table_without_heads_has_tasks_and_sentences_of_duty() -> None:
    notice = table_of(
        "修建环湖公路，通车20公里。|区交通局牵头，区财政局、各镇配合", "架设东河大桥。|区住建局、区财政局分别牵头"
    )
    assert said(notice) == ["1 区交通局|区财政局、各镇", "2 区住建局、区财政局"]
    assert "column_units" in kinds(notice)


def test_a_heading_between_rows_leaves_the_names_of_tasks_beside_their_measures() -> None:
    notice = table_of(
        "序号|工作目标|工作措施|承办单位",
        "第一部分 交通|第一部分 交通|第一部分 交通|第一部分 交通",
        "1|通车20公里|修建环湖公路|区交通局",
        "2|开展应急演练|—|区应急局",
    )
    assert [task.content for task in notice.tasks] == ["通车20公里：修建环湖公路", "开展应急演练"]


def test_a_column_of_who_guides_is_asked_about() -> None:
    notice = table_of("序号|任务|责任单位|督导单位", "1|修建环湖公路|区交通局|区住建局", "2|种树|区林业局|区财政局")
    assert [q.values["what"] for q in notice.all_questions() if q.kind == "column"] == ["督导单位"]
