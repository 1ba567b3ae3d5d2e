"""What a person says of a column is read as if its head had been known, and what they did before is done again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.papers.notice import UnreadableNotice, notice_lines
from core.rules.notice import corrections
from core.rules.notice.acts import correct_act, done, edited
from core.rules.notice.answers import answer
from core.rules.notice.carried import carried
from core.rules.notice.column_roles import ROLES, ColumnFault, role_of
from core.rules.notice.columns import columns_of, is_heads, is_title
from core.rules.notice.model import Notice, Task
from core.rules.notice.read import read
from core.rules.notice.reread import in_role, under_roles
from core.rules.notice.review import cells_of
from core.rules.notice.shadow import Line
from core.rules.notice.table_columns import MOST
from tests.notice.unseen import SETS
from tests.notice.unseen.paper import Paper

COVER = ("云屿区人民政府办公室关于印发2024年重点工作任务分解表的通知", "2024年2月1日")
KNOWN = {
    "lead": "牵头单位",
    "co": "配合单位",
    "responsible": "责任单位",
    "leader": "牵头领导",
    "due": "完成时限",
    "content": "工作措施",
    "section": "工作类别",
    "beside": "开工时间",
}
CELLS = {
    "lead": ("区财政局", "区住建局\n区水利局", "", "区文旅局、"),
    "co": ("区财政局、区水利局", "各镇街", "", "区文旅局等"),
    "responsible": ("区财政局、区水利局", "区司法局", "", "各街道"),
    "leader": ("李红副区长", "", "王明常委", "李红副区长"),
    "due": ("9月底", "长期坚持", "", "6月前", "2024年3月15日", "尽快"),
    "content": ("在滨河路打造夜间集聚区2处，引入商户80家，延长公交运营时间。", "", "建成泵站3座。"),
    "section": ("城市更新", "城市更新", "产业培育", ""),
    "beside": ("区财政局", "9月底", "李红副区长", ""),
}
Table = Sequence[Sequence[str]]


def paper(*tables: Table) -> list[Line]:
    """The tables below each other, a heading before each."""
    out: list[Line] = []
    for text in COVER:
        out.append(Line(len(out) + 1, text))
    for number, table in enumerate(tables, start=1):
        out.append(Line(len(out) + 1, f"附表{number}"))
        out += [Line(len(out) + 1 + n, "\t".join(row), tuple(row), number) for n, row in enumerate(table)]
    return out


def table(head: str, cells: Sequence[str], units: str = "责任单位", first: int = 1) -> Table:
    rows = [
        (str(n), f"完成第{n}号道路改造工程。", cell, f"区第{n}局、区发改局")
        for n, cell in enumerate(cells, start=first)
    ]
    return [("序号", "工作任务", head, units), *rows]


def key_of(notice: Notice, name: str) -> str:
    return next(q.key for q in notice.questions if q.values.get("what") == name)


def said(notice: Notice) -> object:
    """Everything that a notice says, its questions too."""
    plain = [(q.kind, q.ref, q.line, q.text, q.options) for q in notice.all_questions()]
    return replace(notice, columns=(), source=None, questions=(), tasks=()), _tasks(notice), plain


def _tasks(notice: Notice) -> list[Task]:
    """Without the head's own words, which are no part of any task."""
    return [replace(task, questions=()) for task in notice.tasks]


@pytest.mark.parametrize("role", ROLES)
def test_an_answer_reads_the_table_as_if_the_head_had_been_known(role: str) -> None:
    chance = random.Random(role)
    for _ in range(12):
        units = chance.choice(["责任单位", "牵头单位", "配合单位"])
        if units == KNOWN[role]:
            units = "责任单位" if role != "responsible" else "牵头单位"
        first = [CELLS[role][0], *(chance.choice(CELLS[role]) for _ in range(chance.randint(1, 5)))]
        second = [chance.choice(CELLS[role]) for _ in range(chance.randint(1, 3))]
        unknown, known = (
            read(paper(table(head, first, units), table(head, second, units, len(first) + 1)))
            for head in ("挂点事", KNOWN[role])
        )
        answered = (
            in_role(unknown, "挂点事", role)
            if unknown.columns
            else read(
                paper(table("挂点事", first, units), table("挂点事", second, units, len(first) + 1)),
                "zh",
                {"挂点事": role},
            )
        )
        assert said(answered) == said(known)


def test_a_column_is_asked_once_for_all_tables_with_its_head_and_its_answer_applies_to_all() -> None:
    notice = read(
        paper(table("里程碑", ["9月底"]), table("里程碑", ["10月底"], first=2), table("节拍", ["11月底"], first=3))
    )
    assert [
        (q.kind, q.values["what"], q.values["samples"]) for q in notice.questions if q.options and "column" in q.kind
    ] == [
        ("column", "里程碑", ["9月底", "10月底"]),
        ("column", "节拍", ["11月底"]),
    ]
    found = answer(notice, key_of(notice, "里程碑"), "完成时限")
    assert [task.due for task in found.tasks] == [date(2024, 9, 30), date(2024, 10, 31), None]
    assert [q.values["what"] for q in found.questions if q.kind == "column"] == ["节拍"]


def test_cells_merged_downwards_and_empty_ones_are_read_as_under_a_known_head() -> None:
    rows = ["李红副区长", "李红副区长", "", "王明常委"]
    notice = read(paper(table("挂点人员", rows)))
    found = answer(notice, key_of(notice, "挂点人员"), "区领导")
    assert [task.ref for task in found.tasks] == ["1-1", "1-2", "1-3", "2-4"]
    assert [leader.name for leader in found.leaders] == ["李红", "王明"]
    assert [(q.kind, q.ref) for q in found.all_questions() if q.kind == "leader_above"] == [("leader_above", "1-3")]


def test_a_column_for_two_of_one_head_is_told_apart() -> None:
    heads = ("序号", "任务", "牵头单位", "配合单位", "配合单位")
    notice = read(paper([heads, ("1", "修建环湖路。", "区交通局", "区财政局", "9月底")]))
    found = answer(notice, key_of(notice, "配合单位#2"), "完成时限")
    assert (found.tasks[0].co, found.tasks[0].due) == (("区财政局",), date(2024, 9, 30))


def test_a_head_over_two_columns_with_the_same_cells_is_one_column() -> None:
    heads = ("序号", "任务", "责任单位", "里程碑", "里程碑")
    merged = read(paper([heads, ("1", "修路。", "区交通局", "9月底", "9月底")]))
    apart = read(paper([heads, ("1", "修路。", "区交通局", "9月底", "10月底")]))
    assert [column.name for column in merged.columns] == ["里程碑"]
    assert [column.name for column in apart.columns] == ["里程碑", "里程碑#2"]


def test_a_column_without_a_head_is_called_by_the_one_on_its_left() -> None:
    heads = ("序号", "任务", "责任单位", "")
    notice = read(paper([heads, ("1", "修路。", "区交通局", "区财政局"), ("2", "架桥。", "区住建局", "区水利局")]))
    found = answer(notice, key_of(notice, "责任单位 →"), "co")
    assert [task.co for task in found.tasks] == [("区财政局",), ("区水利局",)]


@pytest.mark.parametrize("typed", ["牵头单位", "Lead unit", "lead", "主办单位", " 牵头 单位 "])
def test_the_role_may_be_typed_in_the_words_of_the_buttons_or_as_any_known_head(typed: str) -> None:
    assert role_of(typed) == "lead"


@pytest.mark.parametrize(
    ("typed", "role"), [("备注", "beside"), ("不用", "beside"), ("序号", "number"), ("领办人", "leader")]
)
def test_other_words_for_what_a_column_holds(typed: str, role: str) -> None:
    assert role_of(typed) == role


def test_what_is_no_role_is_refused() -> None:
    notice = read(paper(table("挂点事", ["区财政局"])))
    with pytest.raises(ValueError, match="随便"):
        answer(notice, key_of(notice, "挂点事"), "随便")
    with pytest.raises(ValueError, match="对"):
        answer(notice, key_of(notice, "挂点事"), "对")


def test_two_columns_cannot_hold_what_only_one_can() -> None:
    heads = ("序号", "任务", "挂点所", "包抓所", "时限要求")
    notice = read(
        paper(
            [
                heads,
                ("1", "修建环湖路。", "区交通局", "区财政局", "9月底"),
                ("2", "架桥。", "区住建局", "区水利局", "长期"),
            ]
        )
    )
    names = [column.name for column in notice.columns]
    assert len(names) == 2
    first = answer(notice, key_of(notice, "包抓所"), "牵头单位")
    with pytest.raises(ColumnFault) as fault:
        in_role(first, "挂点所", "lead")
    assert (fault.value.kind, fault.value.what) == ("taken", "包抓所")
    with pytest.raises(ColumnFault) as fault:
        in_role(notice, "挂点所", "due")
    assert fault.value.kind in ("taken", "unfit")


@pytest.mark.parametrize("role", ["lead", "co", "leader", "due"])
def test_a_column_none_of_whose_cells_can_be_read_so_is_refused(role: str) -> None:
    cells = {"due": ["区财政局", "区水利局"], "leader": ["9月底", "区水利局"]}.get(role, ["9月底", "10月底"])
    notice = read(paper(table("挂点事", cells)))
    with pytest.raises(ColumnFault) as fault:
        in_role(notice, "挂点事", role)
    assert (fault.value.kind, fault.value.what) == ("unfit", cells[0])


def test_single_cells_that_are_no_dates_are_asked_about_with_their_task() -> None:
    notice = read(paper(table("里程碑", ["9月底", "尽快完成", "10月底"])))
    found = answer(notice, key_of(notice, "里程碑"), "完成时限")
    assert [(q.kind, q.ref) for q in found.all_questions() if q.kind == "due"] == [("due", "2")]


def test_what_was_taken_for_text_or_units_can_be_said_to_be_something_else() -> None:
    heads = ("序号", "任务", "经办站所")
    notice = read(paper([heads, ("1", "建设茶园", "镇农业站"), ("2", "整治河道", "镇水务站")]))
    key = key_of(notice, "经办站所")
    assert next(q.kind for q in notice.questions if q.key == key) == "column_units"
    assert [task.lead for task in answer(notice, key, "牵头单位").tasks] == [("镇农业站",), ("镇水务站",)]
    agreed = answer(notice, key, "对")
    assert [task.responsible for task in agreed.tasks] == [task.responsible for task in notice.tasks]
    assert key not in {q.key for q in agreed.questions}


def test_as_written_leaves_the_column_unread_also_when_another_one_is_answered() -> None:
    heads = ("序号", "任务", "挂点所", "里程碑", "责任单位")
    notice = read(paper([heads, ("1", "修路。", "区财政局", "9月底", "区交通局")]))
    found = answer(answer(notice, key_of(notice, "挂点所"), None), key_of(notice, "里程碑"), "完成时限")
    assert not [q for q in found.questions if q.kind == "column"]
    assert (found.tasks[0].co, found.tasks[0].responsible) == ((), ("区交通局",))


def busy() -> Notice:
    """A notice with two columns nobody knows, of which a person has already answered and corrected much."""
    heads = ("序号", "任务", "挂点所", "挂点人员", "责任单位")
    rows = [
        (str(n), f"完成第{n}号道路改造工程。", "区水利局", "李红副区长" if n < 4 else "王明常委", unit)
        for n, unit in enumerate(("区甲局、各镇街", "区乙局、区丙局", "区丁局", "区戊局", "区己局", "区庚局"), start=1)
    ]
    notice = read(paper([heads, *rows]))
    notice = answer(notice, next(q.key for q in notice.questions if q.kind == "group"), "东镇、西镇")
    notice = answer(notice, next(q.key for q in notice.questions if q.kind == "no_lead"), "对")
    for what, about, text in (
        ("split", "2", "改造东段。\n改造西段。"),
        ("lead", "2a", "区丙局"),
        ("due", "3", "9月底"),
        ("drop", "4", ""),
        ("merge", "6", "5"),
        ("unit", "区丁局", "区辛局"),
    ):
        notice = done(notice, correct_act(what, about, text, 2024, "计划"))
    rows_now = [{"row": n, "ref": task.ref, **cells_of(task)} for n, task in enumerate(notice.tasks)]
    rows_now[0]["content"] = "改造一号路。"
    return edited(notice, rows_now, 2024)


def essence(notice: Notice) -> list[tuple[object, ...]]:
    return [(t.number, t.content, t.lead, set(t.co), t.due) for t in notice.tasks]


def test_everything_else_that_a_person_did_stays() -> None:
    before = busy()
    after = in_role(before, "挂点所", "co")
    assert [(t.ref, t.content, t.lead) for t in after.tasks] == [(t.ref, t.content, t.lead) for t in before.tasks]
    assert all("区水利局" in task.co for task in after.tasks)
    assert after.task("3").due == date(2024, 9, 30) and after.task("3").lead == ("区辛局",)
    assert [(e.task.ref, e.into) for e in after.left_out] == [("4", None), ("6", "5")]
    assert next(unit.members for unit in after.units if unit.name == "各镇街") == ("东镇", "西镇")
    assert {q.kind for q in after.all_questions()} == {"column"}


def test_numbers_that_change_with_the_leaders_take_what_was_done_with_them() -> None:
    before = busy()
    after = in_role(before, "挂点人员", "leader")
    assert [task.ref for task in after.tasks] == ["1-1", "1-2", "1-2a", "1-3", "2-5"]
    assert essence(after) == essence(before)
    assert [(e.task.ref, e.into) for e in after.left_out] == [("2-4", None), ("2-6", "2-5")]


@pytest.mark.parametrize("first", ["co", "responsible", "lead", "section", "beside"])
def test_another_answer_gives_what_it_would_have_given_at_first(first: str) -> None:
    before = busy()
    assert in_role(in_role(before, "挂点所", first), "挂点所", "co") == in_role(before, "挂点所", "co")
    there = in_role(in_role(before, "挂点人员", "leader"), "挂点所", first)
    back = in_role(in_role(there, "挂点人员", "beside"), "挂点人员", "leader")
    assert back == there


def test_the_order_of_the_answers_does_not_matter() -> None:
    before = busy()
    one = in_role(in_role(before, "挂点人员", "leader"), "挂点所", "co")
    assert one == in_role(in_role(before, "挂点所", "co"), "挂点人员", "leader")


def test_what_a_person_typed_for_a_task_outlasts_the_column_and_an_answer_about_the_column_itself_does_not() -> None:
    heads = ("序号", "任务", "挂点所", "里程碑", "责任单位")
    notice = read(
        paper([heads, ("1", "修路。", "区财政局", "尽快", ""), ("2", "架桥。", "区水利局", "9月底", "区住建局")])
    )
    notice = answer(notice, next(q.key for q in notice.all_questions() if q.kind == "no_units"), "区交通局")
    assert in_role(notice, "挂点所", "responsible").task("1").lead == ("区交通局",)
    dated = in_role(notice, "里程碑", "due")
    dated = answer(dated, next(q.key for q in dated.all_questions() if q.kind == "due"), "2024-08-01")
    assert dated.task("1").due == date(2024, 8, 1)
    assert in_role(dated, "里程碑", "beside").task("1").due is None
    assert in_role(in_role(dated, "里程碑", "beside"), "里程碑", "due") == dated


def test_a_reading_kept_as_json_is_read_anew_like_the_first_one() -> None:
    before = busy()
    kept = Notice.from_json(before.to_json())
    assert kept == before and in_role(kept, "挂点所", "co") == in_role(before, "挂点所", "co")


def test_a_reading_from_before_this_was_known_is_answered_as_it_was() -> None:
    data = read(paper(table("里程碑", ["9月底"]))).to_json()
    data.pop("columns"), data.pop("source")
    data["questions"] = [{**q, "options": [], "key": "1:column"} for q in data["questions"] if q["kind"] == "column"]
    old = Notice.from_json(data)
    assert answer(old, "1:column", "对").questions == () and answer(old, "1:column", None).tasks == old.tasks


def test_a_paper_too_long_to_be_read_anew_is_asked_about_without_choices() -> None:
    notice = read(paper(table("里程碑", ["9月底" + "。" * 70] * (MOST // 75))))
    question = next(q for q in notice.questions if q.kind.startswith("column"))
    assert (question.kind, question.options, notice.source) == ("column_long", (), None)


def test_a_known_head_can_be_said_to_be_something_else() -> None:
    lines = paper(table("配合单位", ["9月底", "10月底"]))
    assert [task.due for task in read(lines, "zh", {"配合单位": "due"}).tasks] == [
        date(2024, 9, 30),
        date(2024, 10, 31),
    ]


def test_what_was_done_with_a_task_that_is_none_for_a_while_waits_for_it() -> None:
    text = "清淤城区河道5公里，完成两岸绿化并建成步道和驿站各2处。"
    rows = [("1", "修建环湖路。", "", "区交通局"), ("", "", text, "区水利局"), ("3", "架桥。", "", "区住建局")]
    notice = read(paper([("序号", "任务", "路径图", "牵头单位"), *rows]))
    with_text = in_role(notice, "路径图", "content")
    ref = next(task.ref for task in with_text.tasks if task.content == text)
    with_text = done(with_text, correct_act("due", ref, "9月底", 2024, "计划"))
    without = in_role(with_text, "路径图", "beside")
    assert len(without.tasks) == 2 and all(task.due is None for task in without.tasks)
    assert in_role(without, "路径图", "content") == with_text


@pytest.mark.parametrize("case", SETS["tables_held"], ids=lambda case: case.name)
def test_each_head_of_other_tables_may_be_unknown_once_its_role_is_said(case: Paper) -> None:
    try:
        lines = notice_lines(case.data, f"a.{case.kind}")
    except UnreadableNotice:
        pytest.skip("no table is read of it")
    heads = next((line.cells for line in lines if line.cells and is_heads(columns_of(line.cells))), ())
    for head, role in zip(heads, columns_of(heads), strict=True):
        if role in ROLES and head.strip() and heads.count(head) == 1 and not is_title(head):
            found = read([_renamed(line, head) for line in lines], "zh", {"挂点事": role})
            assert [replace(t, clause="") for t in found.tasks] == [replace(t, clause="") for t in read(lines).tasks], (
                head
            )


def _renamed(line: Line, head: str) -> Line:
    if not line.cells or head not in line.cells or not is_heads(columns_of(line.cells)):
        return line
    return replace(line, cells=tuple("挂点事" if cell == head else cell for cell in line.cells))


OLD = paper(table("挂点所", ["区财政局", "区水利局", "区司法局"]))
NEW = [
    replace(
        line,
        text=line.text.replace("第3号", "第9号"),
        cells=tuple(c.replace("第3号", "第9号") for c in line.cells) if line.cells else None,
    )
    for line in OLD
]


def test_a_revised_edition_knows_the_column_and_is_not_asked_again() -> None:
    before = in_role(read(OLD), "挂点所", "co")
    after = carried(before, under_roles(read(NEW), before.roles()), "zh")
    assert [task.co for task in after.tasks] == [task.co for task in before.tasks]
    assert not [q for q in after.questions if q.kind == "column"]


def test_a_revised_edition_read_anew_keeps_what_was_corrected_and_reads_the_rest() -> None:
    before = corrections.set_lead(read(OLD), "1", "区交通局")
    now = in_role(
        read(NEW), "挂点所", "lead", lambda fresh: carried(before, fresh, "zh", under_roles(fresh, before.roles()))
    )
    assert [task.lead for task in now.tasks] == [("区交通局",), ("区水利局",), ("区司法局",)]


def test_a_column_that_cannot_hold_it_in_the_revised_edition_is_asked_anew() -> None:
    before = in_role(read(OLD), "挂点所", "lead")
    fresh = read(
        [
            replace(line, cells=tuple("牵头单位" if cell == "责任单位" else cell for cell in line.cells or ()) or None)
            for line in NEW
        ]
    )
    after = under_roles(fresh, before.roles())
    assert [q.values["what"] for q in after.questions if q.kind == "column"] == ["挂点所"]
