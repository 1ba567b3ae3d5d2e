"""Tables without a column of units: a heading in the table, the line above it or its sheet says who does what stands in it."""

import pytest

from core.papers.notice import read_notice
from core.rules.notice.unit_sections import duty_of
from tests.notice.unseen.files import LEFT, Rows, book, grid, page, word

TITLE = "松湾区2025年任务清单\n2025年2月1日"
HEADS = ("序号", "工作任务", "完成时限")
FIRST = (("1", "新增公办学位1500个", "8月底"), ("2", "更新课桌椅3000套", "9月底"))
SECOND = (("1", "改造危桥9座", "8月底"),)
RIGHT = [("新增公办学位1500个", "区教育局"), ("更新课桌椅3000套", "区教育局"), ("改造危桥9座", "区交通运输局")]


def wide(text: str) -> tuple[str, ...]:
    return (text, LEFT, LEFT)


def read(kind: str, data: bytes) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Tasks with their units, the leaders, the kinds of the tasks' questions."""
    notice = read_notice(data, f"a.{kind}")
    asked = [question.kind for task in notice.tasks for question in task.questions]
    return [(t.content, "、".join(t.responsible)) for t in notice.tasks], [each.name for each in notice.leaders], asked


@pytest.mark.parametrize("form", ["{}", "一、{}", "{}（2项）", "责任单位：{}", "（一）{}（共2项）", "{}任务"])
def test_a_heading_in_the_table_names_who_does_the_rows_below_it(form: str) -> None:
    rows = (
        HEADS,
        wide(form.format("区教育局")),
        *FIRST,
        wide(form.format("区交通运输局").replace("一", "二")),
        *SECOND,
    )
    for kind, data in (("docx", word(TITLE, rows)), ("html", page(f"<p>{TITLE.split()[0]}</p>" + grid(rows)))):
        found, _, asked = read(kind, data)
        assert found == RIGHT, kind
        assert asked == [], kind


def test_a_labelled_line_above_each_table_says_who_does_and_who_heads_it() -> None:
    first, second = ("责任单位：区教育局　责任领导：丁一", "责任单位：区交通运输局　责任领导：方二")
    data = word(TITLE, first, (HEADS, *FIRST), second, (HEADS, *SECOND))
    assert read("docx", data) == (RIGHT, ["丁一", "方二"], [])


def test_a_bare_name_above_a_table_is_taken_and_asked_about() -> None:
    found, _, asked = read("docx", word(TITLE, "区教育局", (HEADS, *FIRST), "区交通运输局", (HEADS, *SECOND)))
    assert found == RIGHT
    assert asked == ["heading_units", "heading_units"]


def test_so_is_the_name_of_a_sheet() -> None:
    sheets: dict[str, Rows] = {"区教育局": (HEADS, *FIRST), "区交通运输局": (HEADS, *SECOND)}
    found, _, asked = read("xlsx", book(**sheets))
    assert found == RIGHT
    assert asked.count("heading_units") == 2


@pytest.mark.parametrize(
    "heading", ["一、城市更新", "（二）乡村振兴示范区", "重点任务", "县教育系统安全", "牵头领导：丁一"]
)
def test_other_headings_name_nobody(heading: str) -> None:
    assert duty_of(heading) == ""


def card(name: str, lead: str, leader: str, goal: str) -> Rows:
    return (
        ("任务名称", name, LEFT, LEFT),
        ("牵头单位", lead, "配合单位", "区财政局"),
        ("责任领导", leader, "完成时限", "2025年8月底"),
        ("工作目标", goal, LEFT, LEFT),
    )


def test_a_card_whose_value_sounds_like_a_head_is_read() -> None:
    one, two = (
        card("城区第二水源工程", "区水利局", "丁一", "铺设管线12公里"),
        card("集市改造", "区商务局", "方二", "改造集市5个"),
    )
    title = ((TITLE.split()[0], LEFT, LEFT, LEFT),)
    for kind, data in (
        ("docx", word(TITLE, (*one, *two))),
        ("html", page(f"<p>{TITLE.split()[0]}</p>" + grid(one) + grid(two))),
        ("xlsx", book(卡片=(*title, *one, *two))),
    ):
        notice = read_notice(data, f"a.{kind}")
        assert [(t.content, t.lead) for t in notice.tasks] == [
            ("城区第二水源工程：铺设管线12公里", ("区水利局",)),
            ("集市改造：改造集市5个", ("区商务局",)),
        ], kind


def test_a_row_of_labels_and_values_is_no_row_of_heads() -> None:
    rows = (("任务编号", "1", "任务名称", "集市改造"), ("牵头单位", "区商务局", "完成时限", "8月底"))
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [(t.number, t.content, t.lead) for t in notice.tasks] == [(1, "集市改造", ("区商务局",))]


def test_a_calendar_of_tasks_is_no_form() -> None:
    rows = (
        ("月份", "序号", "工作内容", "负责部门"),
        ("3月", "1", "组织汇报课12节", "教务处"),
        ("4月", "2", "改造实验室", "总务处"),
    )
    notice = read_notice(book(计划=(("松湾中学2025年工作安排", LEFT, LEFT, LEFT), *rows)), "a.xlsx")
    assert [t.content for t in notice.tasks] == ["组织汇报课12节", "改造实验室"]
    assert notice.form is None


@pytest.mark.parametrize("label", ["牵头领导：{}", "（{}牵头）", "责任领导：{} 副区长"])
def test_a_row_that_names_a_leader_is_about_the_rows_below_it(label: str) -> None:
    rows = (
        ("类别", "序号", "工作任务", "责任单位"),
        (label.format("丁一"), LEFT, LEFT, LEFT),
        ("教育", "1", "新增公办学位1500个", "区教育局"),
        ("教育", "2", "更新课桌椅3000套", "区教育局"),
        (label.format("方二"), LEFT, LEFT, LEFT),
        ("交通", "3", "改造危桥9座", "区交通运输局"),
    )
    for kind, data in (("docx", word(TITLE, rows)), ("html", page("<p>任务表</p>" + grid(rows)))):
        notice = read_notice(data, f"a.{kind}")
        names = {leader.ordinal: leader.name for leader in notice.leaders}
        assert [names[n] for task in notice.tasks for n in task.leaders] == ["丁一", "丁一", "方二"], kind


def test_rows_of_labels_below_a_task_say_who_heads_it_and_by_when() -> None:
    rows = [HEADS[:2], FIRST[0][:2], ("责任单位：区教育局", LEFT), ("责任领导：丁一", LEFT), ("完成时限：8月底", LEFT)]
    rows += [
        ("2", "改造危桥9座"),
        ("责任单位：区交通运输局", LEFT),
        ("责任领导：方二", LEFT),
        ("完成时限：9月底", LEFT),
    ]
    notice = read_notice(word(TITLE, [(*row, "") if row[1] != LEFT else (*row, LEFT) for row in rows]), "a.docx")
    assert [(t.responsible, str(t.due)) for t in notice.tasks] == [
        (("区教育局",), "2025-08-31"),
        (("区交通运输局",), "2025-09-30"),
    ]
    assert [leader.name for leader in notice.leaders] == ["丁一", "方二"]
