"""Tables of tasks as they really come: cells under each other, bars, merged categories, rows that go on after a break."""

from datetime import date

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

HEAD = "云屿区2024年重点工作任务分解表\n发文日期：2024-02-01\n"


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate((HEAD + text).split("\n"), start=1)])


def kinds(notice: Notice) -> set[str]:
    return {question.kind for question in notice.all_questions()}


def test_cells_under_each_other_with_bars_are_a_table_with_leaders() -> None:
    notice = notice_of(
        "序号 |\n重点工作 |\n分 管 区领导 |\n责任单位 |\n完成时限 |\n1 |\n修建环湖路。 |\n李 红 |\n区交通局、区财政局 |\n9月底 |\n"
        "2 |\n新建公园3个。 |\n王 明李 红 |\n区城管局 |\n全年 |\n"
    )
    assert [(t.number, t.content, t.responsible) for t in notice.tasks] == [
        (1, "修建环湖路。", ("区交通局", "区财政局")),
        (2, "新建公园3个。", ("区城管局",)),
    ]
    assert [leader.name for leader in notice.leaders] == ["李红", "王明"]
    assert notice.tasks[1].leaders == (2, 1)
    assert notice.tasks[0].due == date(2024, 9, 30)


def test_cells_under_each_other_may_have_sections_holes_and_two_columns_of_units() -> None:
    notice = notice_of(
        "序号\n工作任务\n主要责任单位\n协同配合单位\n一、城市建设\n3\n修建环湖路。\n区交通局\n区财政局、区住建局，各乡镇人民政府、街道办事处。\n"
        "二、民生\n17\n新增托位200个。\n区卫健局\n区教育局\n"
    )
    assert [(t.number, t.lead, t.section) for t in notice.tasks] == [
        (3, ("区交通局",), "一、城市建设"),
        (17, ("区卫健局",), "二、民生"),
    ]
    assert notice.tasks[0].co == ("区财政局", "区住建局", "各乡镇人民政府、街道办事处")
    assert "first_number" in kinds(notice)


def test_one_unit_a_line_under_two_columns_of_units_is_asked_about() -> None:
    notice = notice_of("序号\n工作任务\n牵头单位\n配合单位\n1\n修建环湖路。\n区交通局\n区财政局\n区住建局\n")
    (task,) = notice.tasks
    assert {*task.lead, *task.co} == {"区交通局", "区财政局", "区住建局"}
    assert "row_shape" in kinds(notice)


def test_a_category_merged_over_rows_is_a_section_and_a_name_with_a_goal_one_content() -> None:
    notice = notice_of(
        "类别 | 项目名称 | 2024年度任务目标 | 责任单位 | 分管区领导 | 备注 |\n"
        "教育 | 14.新建湖滨小学 | 完成主体工程。 | 区教育局 | 李红 | 无 |\n"
        "15.改造操场 | 改造操场12处。 | 区体育局 | 李红 | 无 | |\n"
    )
    assert [(t.number, t.content, t.responsible, t.section) for t in notice.tasks] == [
        (14, "新建湖滨小学：完成主体工程。", ("区教育局",), "教育"),
        (15, "改造操场：改造操场12处。", ("区体育局",), "教育"),
    ]


def test_rows_that_go_on_after_a_break_belong_to_the_table() -> None:
    notice = notice_of(
        "| 序号 | 工作任务 | 牵头单位 |\n|---|---|---|\n| 1 | 修路。 | 区交通局 |\n第2页\n| 2 | 架桥。 | 区住建局 |\n联系人表\n| 姓名 | 单位 | 电话 |\n| 李红 | 区财政局 | 无 |\n"
    )
    assert [(t.number, t.lead) for t in notice.tasks] == [(1, ("区交通局",)), (2, ("区住建局",))]


def test_a_row_with_cells_too_many_or_too_few_is_asked_about() -> None:
    notice = notice_of(
        "| 序号 | 工作任务 | 牵头单位 | 完成时限 |\n| 1 | 修路 | 区交通局 |\n| 2 | 架桥 | 区住建局 | 6月底 | 多出一格 |\n"
    )
    assert [question.ref for question in notice.all_questions() if question.kind == "row_shape"] == ["1", "2"]


def test_a_row_that_holds_only_units_adds_them_to_the_task_above() -> None:
    notice = notice_of("| 序号 | 工作任务 | 责任单位 |\n| 1 | 修路。 | 区交通局 |\n| | | 区财政局 |\n")
    (task,) = notice.tasks
    assert task.responsible == ("区交通局", "区财政局")
    assert "row_shape" in kinds(notice)


def test_an_english_table_with_months_and_several_parties() -> None:
    text = (
        "| Ref | Action | Lead agency | Supporting agencies | Timeframe |\n|---|---|---|---|---|\n"
        "| 1.1 | Publish the register | Data Office | Legal Office; Press Office | Sept 2024 |\n"
        "| 1.2 | Train the staff | HR Department | | Ongoing |\n"
    )
    notice = read_notice(text.encode(), "plan.md", "en")
    first, second = notice.tasks
    assert (first.lead, first.co, first.due) == (("Data Office",), ("Legal Office", "Press Office"), date(2024, 9, 30))
    assert (second.number, second.lead, second.due) == ("1.2", ("HR Department",), None)


def test_a_table_drawn_with_box_signs_is_read_cell_by_cell() -> None:
    notice = notice_of(
        "┌────────┬───┬────┬────┐\n│ 工 作 任 务 │分管领│牵头组织│完成时限│\n│ │ 导 │实施单位│ │\n"
        "├────────┼───┼────┼────┤\n│修建环湖路，年内 │李红 │区交通局、│9月底 │\n│完成路基。 │ │区财政局 │ │\n"
        "├────────┤ ├────┤ │\n│种树100亩。 │ │区林业局 │ │\n└────────┴───┴────┴────┘\n"
    )
    assert [(t.content, t.lead, t.due) for t in notice.tasks] == [
        ("修建环湖路，年内完成路基。", ("区交通局", "区财政局"), date(2024, 9, 30)),
        ("种树100亩。", ("区林业局",), date(2024, 9, 30)),
    ]
    assert {task.leader for task in notice.tasks} == {1}


def test_lines_in_an_english_cell_are_one_name_unless_each_is_a_unit() -> None:
    head = ("Ref", "Action", "Lead", "Due")
    rows = (
        ("1", "Publish", "Required for\nall agencies", "2024"),
        ("2", "Train", "HR Department\nData Office", "May 2024"),
    )
    lines = [Line(n, "\t".join(row), row, 1) for n, row in enumerate((head, *rows), 1)]
    first, second = read(lines, "en").tasks
    assert first.lead == ("Required for all agencies",)
    assert second.lead == ("HR Department", "Data Office")


def test_a_section_of_such_a_table_may_name_the_leader() -> None:
    notice = notice_of(
        "序号\n重点工作任务（含2项配合工作）\n责任单位\n（一）李红副区长牵头重点工作\n1\n修建环湖路。\n区交通局、区财政局\n"
        "（二）王明副区长牵头重点工作\n2*\n种树100亩。\n区林业局\n"
    )
    assert [(t.ref, t.responsible) for t in notice.tasks] == [("1-1", ("区交通局", "区财政局")), ("2-2", ("区林业局",))]
    assert [leader.name for leader in notice.leaders] == ["李红", "王明"]


def test_a_column_that_reads_like_units_or_dates_under_an_unknown_head_is_asked_about() -> None:
    notice = notice_of(
        "| 序号 | 工作任务 | 牵头单位 | 挂点科所 | 里程碑 |\n|---|---|---|---|---|\n"
        "| 1 | 修路。 | 区交通局 | 区财政局 | 9月底 |\n| 2 | 架桥。 | 区住建局 | 区水利局 | 12月底 |\n"
    )
    assert [q.values["what"] for q in notice.all_questions() if q.kind == "column"] == ["挂点科所", "里程碑"]


def test_columns_of_an_english_plan_are_read_or_asked_about() -> None:
    notice = notice_of(
        "| Ref | Action | Lead | Involved | Timescale | Window |\n|---|---|---|---|---|---|\n"
        "| 1.1 | Repair the ring road. | Transport Department | Finance Office | Q3 2024 | June 2024 |\n"
    )
    (task,) = notice.tasks
    assert (task.lead, task.due) == (("Transport Department",), date(2024, 9, 30))
    assert [q.values["what"] for q in notice.questions if q.kind == "column"] == ["Involved", "Window"]


def test_a_number_that_begins_a_list_within_the_text_stays() -> None:
    notice = notice_of(
        "| 序号 | 任务 | 具体措施 | 责任单位 |\n|---|---|---|---|\n| 1 | 修路 | 1.设计；2.开工。 | 区交通局 |\n"
    )
    assert notice.tasks[0].content == "修路：1.设计；2.开工。"
