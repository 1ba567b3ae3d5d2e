"""Ways of filling in a table that offices have: numbers under 項目, headings in English, numbered units, a table that only points at tasks."""

from core.papers.notice import read_notice
from tests.notice.unseen.files import LEFT, UP, bars, book, word

TITLE = "松湾区2025年任务清单\n2025年2月1日"


def test_an_item_of_nothing_but_numbers_counts_the_rows() -> None:
    rows = (("項目", "措施", "負責部門"), ("1", "加裝街燈12盞", "路政署"), ("2", "修補行人道", "路政署"))
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [(t.number, t.content) for t in notice.tasks] == [(1, "加裝街燈12盞"), (2, "修補行人道")]


def test_an_english_heading_between_rows_is_no_task() -> None:
    rows = (
        ("Action", "Lead", "Partners", "Timescale"),
        ("Theme 1: Clean water", LEFT, LEFT, LEFT),
        ("Replace 3 miles of lead pipes", "Water Bureau", "Health Board", "June 2025"),
        ("Theme 2: Safe roads", LEFT, LEFT, LEFT),
        ("Build 2 crossings", "Highways Agency", "Police Service", "May 2025"),
    )
    notice = read_notice(word("Linden Council Delivery Plan\n4 February 2025", rows), "a.docx")
    assert [(t.content, t.lead, t.section) for t in notice.tasks] == [
        ("Replace 3 miles of lead pipes", ("Water Bureau",), "Theme 1: Clean water"),
        ("Build 2 crossings", ("Highways Agency",), "Theme 2: Safe roads"),
    ]


def test_units_that_are_numbered_in_a_cell_lose_their_numbers() -> None:
    cells = ("主办：区住建局\n协办：1.区城管局\n2.区财政局", "主办：区住建局\n协办：①区城管局、②区财政局")
    rows = (("序号", "任务", "责任单位"), *((str(n), f"打通断头路{n}条", cell) for n, cell in enumerate(cells, 1)))
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert {(t.lead, t.co) for t in notice.tasks} == {(("区住建局",), ("区城管局", "区财政局"))}


def test_units_numbered_in_one_line_come_apart() -> None:
    notice = read_notice(
        word(TITLE, (("序号", "任务", "责任单位"), ("1", "打通断头路7条", "1.区城管局 2.区财政局"))), "a.docx"
    )
    assert notice.tasks[0].responsible == ("区城管局", "区财政局")


def test_the_end_of_a_time_is_the_deadline() -> None:
    heads = (("序号", "任务", "责任单位", "时间节点", LEFT), (UP, UP, UP, "开始", "结束"))
    notice = read_notice(
        book(表=(*heads, ("1", "清理背街小巷", "区城管局", "2025年3月10日", "2025年4月20日"))), "a.xlsx"
    )
    assert [str(t.due) for t in notice.tasks] == ["2025-04-20"]
    assert [q.kind for q in notice.questions if q.kind == "column"] == []


def test_a_table_that_only_points_at_tasks_makes_none() -> None:
    notice = read_notice(
        bars(("单位", "牵头任务", "配合任务"), (("区城管局", "1", "2、3"), ("区财政局", "2-3", "")), TITLE), "a.md"
    )
    assert not notice.tasks
    assert "no_tasks" in [q.kind for q in notice.questions]


def test_a_column_of_days_under_a_head_of_progress_is_asked_about() -> None:
    rows = (
        ("序号", "任务", "责任单位", "形象进度"),
        ("1", "清理背街小巷", "区城管局", "6月底前"),
        ("2", "改造泵站", "区水利局", "三季度完成"),
    )
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [q.values["what"] for q in notice.questions if q.kind == "column"] == ["形象进度"]


def test_steps_with_units_of_their_own_are_tasks() -> None:
    rows = (
        ("序号", "重点任务", "工作步骤", "责任单位", "完成时限"),
        ("1", "治理河道", "完成方案编制", "区水利局", "2025年4月30日"),
        (UP, UP, "完成清淤8公里", "区城投公司", "2025年8月31日"),
    )
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [(t.content, t.responsible, str(t.due)) for t in notice.tasks] == [
        ("完成方案编制", ("区水利局",), "2025-04-30"),
        ("完成清淤8公里", ("区城投公司",), "2025-08-31"),
    ]


def test_a_colon_behind_a_head_and_blanks_in_it_are_no_part_of_it() -> None:
    rows = (
        ("序 号", "工 作 任 务：", "牵 头 单 位：", "协 办 单 位：", "化 解 时 限"),
        ("1", "加固水库8座", "区水利局", "区财政局", "6月底"),
    )
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [(t.lead, t.co, str(t.due)) for t in notice.tasks] == [(("区水利局",), ("区财政局",), "2025-06-30")]


def test_the_rule_of_the_first_listed_may_stand_in_the_head() -> None:
    rows = (("序号", "任务", "责任单位\n（第一家为牵头）"), ("1", "加固水库8座", "区水利局\n区财政局"))
    notice = read_notice(word(TITLE, rows), "a.docx")
    assert [(t.lead, t.co) for t in notice.tasks] == [(("区水利局",), ("区财政局",))]


def test_english_measures_below_one_objective_are_what_is_to_be_done() -> None:
    heads = (("Objective", "Measure", "Responsible body", LEFT), (UP, UP, "Lead", "Support"))
    rows = (
        ("Cleaner air", "Fit 12 air monitors", "Roads Department", "Health Board"),
        (UP, "Close 3 streets to lorries", "Police Service", "Roads Department"),
    )
    notice = read_notice(word("Linden Council Air Plan\n4 February 2025", (*heads, *rows)), "a.docx")
    assert [(t.content, t.lead, t.co) for t in notice.tasks] == [
        ("Fit 12 air monitors", ("Roads Department",), ("Health Board",)),
        ("Close 3 streets to lorries", ("Police Service",), ("Roads Department",)),
    ]
    assert [q.values["what"] for q in notice.questions if q.kind == "column_text"] == ["Measure"]
