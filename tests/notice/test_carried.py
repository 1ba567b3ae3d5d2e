"""What was settled about a notice is settled in its revised edition too, wherever the paper says the same."""

from __future__ import annotations

from core.rules.notice.answers import answer
from core.rules.notice.carried import carried
from core.rules.notice.corrections import drop, set_content, set_due, set_lead, split
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.revision import compare
from core.rules.notice.shadow import Line

TEXT = """云屿区人民政府办公室关于印发民生实事任务分解的通知
云屿政办〔2023〕9号
2023年3月2日
1.建成滨河步道。
责任单位：区住建局、各街道
2.新建口袋公园6个。
责任单位：区城管局、区园林局
3.培训护理员300名，建成养老综合体2家。
责任单位：区民政局、区人社局
"""
REVISED = TEXT.replace("公园6个", "公园8个").replace("3.培训", "3.新建食堂4家。\n责任单位：区民政局\n4.培训")


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate(text.split("\n"), start=1)])


def settled() -> Notice:
    notice = notice_of(TEXT)
    for kind, choice in (("no_lead", "对"), ("group", "东门街道、西门街道")):
        notice = answer(notice, next(q.key for q in notice.questions if q.kind == kind), choice)
    notice = set_due(set_lead(notice, "2", "区园林局"), "1", "9月底", 2023)
    return split(notice, "3", "培训护理员300名。\n建成养老综合体2家。")


def test_only_what_the_paper_changes_differs() -> None:
    before = settled()
    after = carried(before, notice_of(REVISED), "zh")
    found = compare(before.to_json(), after.to_json())
    assert [(clause.kind, clause.old_ref, clause.new_ref, clause.what) for clause in found.clauses] == [
        ("changed", "2", "2", ("content",)),
        ("new", "", "3", ()),
        ("moved", "3", "4", ()),
        ("moved", "3a", "4a", ()),
    ]
    assert [task.ref for task in after.tasks] == ["1", "2", "3", "4", "4a"]
    assert after.task("2").lead == ("区园林局",)
    assert next(unit.members for unit in after.units if unit.name == "各街道") == ("东门街道", "西门街道")


def test_only_what_is_new_is_asked() -> None:
    after = carried(settled(), notice_of(REVISED), "zh")
    assert [(q.kind, q.values.get("refs")) for q in after.questions] == [("no_lead", "3")]


def test_a_file_that_says_the_same_changes_nothing() -> None:
    before = settled()
    assert compare(before.to_json(), carried(before, notice_of(TEXT), "zh").to_json()).empty


def test_two_tasks_made_one_stay_one() -> None:
    text = TEXT.replace(
        "1.建成滨河步道。\n责任单位：区住建局、各街道\n",
        "1.更新。一是修步道（区住建局负责）；二是治排口（区水利局负责）。\n",
    )
    notice = notice_of(text)
    first, second = notice.tasks[:2]
    before = drop(set_content(notice, first.ref, "修步道，治排口"), second.ref)
    after = carried(before, notice_of(text), "zh")
    assert compare(before.to_json(), after.to_json()).empty
