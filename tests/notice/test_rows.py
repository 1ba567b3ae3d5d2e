"""Rows of tables as they occur: numbers and points in cells, 同上, two halves, duties below a task, rows that may be lost."""

from datetime import date

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line
from tests.notice.unseen.files import LEFT, book, pdf, word

HEAD = "云屿区2024年重点工作任务分解表\n2024年2月1日\n"


def table(*rows: tuple[str, ...], also: str = "") -> Notice:
    lines = [Line(number, line) for number, line in enumerate(HEAD.split("\n"), start=1)]
    lines += [Line(len(lines) + n, "\t".join(row), row, 1) for n, row in enumerate(rows, 1)]
    return read(lines)


def kinds(notice: Notice) -> set[str]:
    return {question.kind for question in notice.all_questions()}


HEADS = ("序号", "任务", "责任单位")


def test_a_dotted_number_before_the_words_of_a_cell_is_the_number_of_the_task() -> None:
    notice = table(("任务", "责任单位"), ("1.1推行承诺制", "区司法局"), ("1.2亿元投资落地", "区发改局"))
    assert [(t.number, t.content) for t in notice.tasks] == [("1.1", "推行承诺制"), (2, "1.2亿元投资落地")]


def test_points_within_the_cells_of_two_rows_are_no_numbers_of_tasks() -> None:
    notice = table(("任务", "责任单位"), ("1.修路。\n2.架桥。", "区交通局"), ("1.种树。\n2.护林。", "区林业局"))
    assert [(t.number, t.content) for t in notice.tasks] == [(1, "1.修路。2.架桥。"), (2, "1.种树。2.护林。")]
    assert "leftover" not in kinds(notice)


def test_numbers_that_go_on_from_cell_to_cell_are_tasks() -> None:
    notice = table(("责任单位", "任务"), ("区交通局", "1.修路。\n2.架桥。"), ("区林业局", "3.种树。"))
    assert [(t.number, t.content, t.responsible) for t in notice.tasks] == [
        (1, "修路。", ("区交通局",)),
        (2, "架桥。", ("区交通局",)),
        (3, "种树。", ("区林业局",)),
    ]


def test_short_labels_on_the_lines_of_a_cell_part_lead_and_co_units() -> None:
    notice = table(HEADS, ("1", "修路", "牵头：区交通局\n配合：区财政局、区住建局"))
    assert (notice.tasks[0].lead, notice.tasks[0].co) == (("区交通局",), ("区财政局", "区住建局"))


def test_points_before_the_units_of_a_cell_are_no_part_of_their_names() -> None:
    notice = table(HEADS, ("1", "修路", "• 区交通局\n• 区财政局"), ("2", "架桥", "1.区住建局\n2.区财政局"))
    assert [t.responsible for t in notice.tasks] == [("区交通局", "区财政局"), ("区住建局", "区财政局")]


def test_two_lines_that_may_be_one_name_are_asked_about() -> None:
    notice = table(HEADS, ("1", "抽检", "区市场\n监督管理局"), ("2", "修路", "区交通局\n区财政局"))
    assert "wrap_units" in {q.kind for q in notice.tasks[0].questions}
    assert notice.tasks[1].responsible == ("区交通局", "区财政局")
    assert not notice.tasks[1].questions


def test_as_above_means_what_stands_above() -> None:
    notice = table(HEADS, ("1", "修路", "区交通局"), ("2", "架桥", "同上"), ("3", "种树", "〃"))
    assert {t.responsible for t in notice.tasks} == {("区交通局",)}


def test_an_empty_cell_of_the_leader_is_asked_about() -> None:
    notice = table(
        ("序号", "任务", "分管领导", "责任单位"), ("1", "修路", "李红", "区交通局"), ("2", "架桥", "", "区住建局")
    )
    assert [t.leader for t in notice.tasks] == [1, 1]
    assert "leader_above" in kinds(notice)


def test_two_tables_side_by_side_are_read_by_their_numbers() -> None:
    notice = table(HEADS * 2, ("1", "修路", "区交通局", "3", "种树", "区林业局"), ("2", "架桥", "区住建局", "", "", ""))
    assert [(t.number, t.content, t.responsible) for t in sorted(notice.tasks, key=lambda t: t.number)] == [
        (1, "修路", ("区交通局",)),
        (2, "架桥", ("区住建局",)),
        (3, "种树", ("区林业局",)),
    ]


def test_who_does_it_may_stand_in_brackets_or_in_a_row_below_where_no_column_says_so() -> None:
    notice = table(
        ("序号", "任务", "时限"),
        ("1", "修路。（牵头单位：区交通局）", "6月底"),
        ("2", "架桥", "9月底"),
        ("牵头单位：区住建局；配合单位：区财政局", "", ""),
    )
    assert [(t.content, t.lead, t.co) for t in notice.tasks] == [
        ("修路。", ("区交通局",), ()),
        ("架桥", ("区住建局",), ("区财政局",)),
    ]


def test_a_numbered_table_that_says_of_nothing_who_does_it_is_none_of_tasks() -> None:
    assert not table(("序号", "任务", "分值"), ("1", "修路", "10"), ("2", "架桥", "20")).tasks


def test_a_number_that_leaves_a_hole_is_asked_about() -> None:
    notice = table(HEADS, ("1", "修路", "区交通局"), ("3", "架桥", "区住建局"))
    assert [q.ref for q in notice.all_questions() if q.kind == "numbering_gap"] == ["3"]


def test_every_row_of_a_table_that_goes_on_without_heads_is_read() -> None:
    rows = (("3", "种树", "区林业局"), ("4", "护林", "区林业局"), ("5", "引水", "区水务局"))
    notice = read_notice(
        word(HEAD, (HEADS, ("1", "修路", "区交通局"), ("2", "架桥", "区住建局")), "（续表）", rows), "a.docx"
    )
    assert [t.number for t in notice.tasks] == [1, 2, 3, 4, 5]


def test_the_last_row_alone_on_the_next_page_is_read() -> None:
    text = "推进重点工程建设，加强调度，落实要素保障，确保年内取得实质进展，形成可推广的经验。"
    rows = [(str(n), text, "区住建局") for n in range(1, 13)]
    for last in range(8, 13):
        notice = read_notice(pdf(HEAD, (HEADS, *rows[:last]), widths=(12, 90, 40), size=14), "a.pdf")
        assert [t.number for t in notice.tasks] == list(range(1, last + 1))


def test_tasks_without_numbers_are_counted_over_pages_that_repeat_the_heads() -> None:
    text = "推进重点工程建设，加强调度，落实要素保障，确保年内取得实质进展，形成可推广的经验。"
    rows = [(f"{n}年{text}", "区住建局") for n in "甲乙丙丁戊己庚辛壬癸子丑"]
    notice = read_notice(pdf(HEAD, (HEADS[1:], *rows), widths=(100, 42), size=14, repeat=True), "a.pdf")
    assert [t.number for t in notice.tasks] == list(range(1, 13))


def test_title_and_date_may_stand_in_the_table_itself() -> None:
    rows = (
        ("云屿区2024年重点任务责任清单", LEFT, LEFT, LEFT),
        ("编制单位：区政府督查室", LEFT, "2024年3月7日", LEFT),
        ("序号", "任务", "责任单位", "时限"),
        ("1", "修路", "区交通局", "6月底"),
    )
    for data, name in ((word("附件1", rows), "a.docx"), (book(任务=rows), "a.xlsx")):
        notice = read_notice(data, name)
        assert (notice.issued_on, notice.tasks[0].due) == (date(2024, 3, 7), date(2024, 6, 30))


def test_heads_of_which_the_lower_row_names_the_parts_are_read_in_a_pdf() -> None:
    rows = (
        ("序号", "任务", "责任分工", LEFT, "时限"),
        ("^", "^", "牵头单位", "配合单位", "^"),
        ("1", "修建环湖路", "区交通局", "区财政局", "6月底"),
    )
    (task,) = read_notice(pdf(HEAD, rows, widths=(12, 50, 34, 34, 20), size=12), "a.pdf").tasks
    assert (task.lead, task.co, task.due) == (("区交通局",), ("区财政局",), date(2024, 6, 30))


def test_a_lower_row_of_heads_that_is_not_whole_goes_with_the_upper_one() -> None:
    notice = table(
        ("序号", "任务", "", "分工", "", "时限"),
        ("", "类别", "任务", "牵头", "参与", ""),
        ("1", "港航", "开通航线", "区港务局", "区口岸办", "6月底"),
    )
    (task,) = notice.tasks
    assert (task.number, task.lead, task.co, task.due) == (1, ("区港务局",), ("区口岸办",), date(2024, 6, 30))


def test_a_name_wrapped_within_a_narrow_cell_is_one_name() -> None:
    rows = (("序号", "任务", "配合单位"), ("1", "推进搬迁入驻", "市政务服务数据管理局、市住房城乡建设局"))
    notice = read_notice(pdf(HEAD, rows, widths=(12, 94, 36), size=10), "a.pdf")
    assert notice.tasks[0].co == ("市政务服务数据管理局", "市住房城乡建设局")


def test_units_a_figure_or_a_day_where_words_of_the_task_should_stand_are_asked_about() -> None:
    shifted = (("1", "修路", "区交通局"), ("", "2", "架桥"), ("3", "区住建局", "区财政局"), ("4", "9月底", "区林业局"))
    notice = table(HEADS, *shifted)
    assert [q.line for q in notice.all_questions() if q.kind == "row_shape"] == [6, 7, 8]
