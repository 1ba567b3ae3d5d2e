"""What a person takes off the list of tasks is remembered: put into another, taken in again, kept out of a new edition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.rules.notice.carried import carried
from core.rules.notice.corrections import drop, merge, rename, set_co, set_due, set_plan_due, take_in
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.revision import compare
from core.rules.notice.shadow import Line

TEXT = """云屿区人民政府办公室关于印发民生实事任务分解的通知
云屿政办〔2023〕9号
请于3月16日前报送推进计划。
2023年3月2日
1.建成滨河步道。
牵头单位：区住建局
配合单位：区水利局
2.新建口袋公园6个。
责任单位：区城管局、区园林局
完成时限：9月底前
3.培训护理员300名。
牵头单位：区民政局
配合单位：区人社局、区住建局
完成时限：6月底前
"""


def notice_of(text: str = TEXT) -> Notice:
    return read([Line(number, line) for number, line in enumerate(text.split("\n"), start=1)])


def left(notice: Notice) -> list[tuple[str, str | None]]:
    return [(each.task.ref, each.into) for each in notice.left_out]


def test_units_date_and_words_of_both_make_the_one() -> None:
    made = merge(notice_of(), "3", "1").task("1")
    assert made.content == "建成滨河步道；培训护理员300名。"
    assert made.lead == ("区住建局",) and made.co == ("区水利局", "区民政局", "区人社局")
    assert made.due and made.due.isoformat() == "2023-06-30" and {t.value for t in made.targets} >= {300}


def test_where_the_target_names_no_lead_the_others_leads_and_the_earlier_date_stands() -> None:
    made = merge(notice_of(), "3", "2").task("2")
    assert made.lead == ("区民政局",) and made.responsible == ()
    assert made.co == ("区城管局", "区园林局", "区人社局", "区住建局")
    assert made.due and made.due.isoformat() == "2023-06-30"
    assert merge(notice_of(), "2", "3").task("3").due == made.due


def test_two_without_a_lead_stay_without() -> None:
    two = notice_of(TEXT.replace("牵头单位：区民政局\n配合单位：区人社局、区住建局", "责任单位：区人社局、区城管局"))
    made = merge(two, "3", "2").task("2")
    assert made.lead == () and made.responsible == ("区城管局", "区园林局", "区人社局")


def test_a_task_goes_into_no_other_than_one_that_is_there() -> None:
    with pytest.raises(ValueError, match="1"):
        merge(notice_of(), "1", "1")
    with pytest.raises(KeyError):
        merge(notice_of(), "1", "9")
    long = notice_of(
        TEXT.replace("建成滨河步道", "建成滨河步道" * 200).replace("培训护理员300名", "培训护理员300名" * 150)
    )
    with pytest.raises(ValueError):
        merge(long, "3", "1")


def test_taking_back_leaves_no_trace() -> None:
    before = notice_of()
    merged = merge(before, "3", "1")
    assert left(merged) == [("3", "1")]
    assert take_in(merged, "3", before.task("3").content) == before
    dropped = drop(before, "2")
    assert [task.ref for task in dropped.tasks] == ["1", "3"]
    assert take_in(dropped, "2", before.task("2").content) == before
    with pytest.raises(KeyError):
        take_in(before, "2", before.task("2").content)


def test_a_name_that_was_corrected_meanwhile_is_right_when_it_is_taken_back() -> None:
    before = notice_of()
    changed = rename(merge(before, "3", "1"), "区民政局", "区社会工作部")
    back = take_in(changed, "3", before.task("3").content)
    assert back.task("3").lead == ("区社会工作部",) and back.task("1") == before.task("1")


def test_what_was_merged_and_corrected_since_is_left_alone() -> None:
    before = notice_of()
    changed = set_co(merge(before, "3", "1"), "1", "区财政局")
    back = take_in(changed, "3", before.task("3").content)
    assert back.task("1").co == ("区财政局",) and "护理员" in back.task("1").content
    assert back.task("3") == before.task("3") and left(back) == []


def test_several_go_into_one_and_come_back_one_after_the_other() -> None:
    before = notice_of()
    merged = merge(merge(before, "3", "1"), "2", "1")
    assert [task.ref for task in merged.tasks] == ["1"]
    assert take_in(take_in(merged, "2", before.task("2").content), "3", before.task("3").content) == before


def test_a_new_edition_keeps_out_what_stands_in_it_unchanged() -> None:
    before = drop(merge(notice_of(), "3", "1"), "2")
    same = carried(before, notice_of(), "zh")
    assert (
        compare(before.to_json(), same.to_json()).empty
        and left(same) == [("2", None), ("3", "1")]
        or left(same) == [("3", "1"), ("2", None)]
    )
    inserted = TEXT.replace("2.新建", "2.新建书屋3家。\n责任单位：区文旅局、区城管局\n3.新建").replace(
        "3.培训", "4.培训"
    )
    after = carried(before, notice_of(inserted), "zh")
    assert [task.ref for task in after.tasks] == ["1", "2"] and sorted(left(after)) == [("3", None), ("4", "1")]
    assert take_in(after, "4", "培训护理员300名。").task("1").content == "建成滨河步道。"


def test_a_clause_that_changed_comes_back_as_new_and_ends_the_merging() -> None:
    before = drop(merge(notice_of(), "3", "1"), "2")
    after = carried(before, notice_of(TEXT.replace("公园6个", "公园8个").replace("300名", "400名")), "zh")
    found = compare(before.to_json(), after.to_json())
    assert [(clause.kind, clause.new_ref) for clause in found.clauses] == [("changed", "1"), ("new", "2"), ("new", "3")]
    assert left(after) == []


def test_the_words_of_the_task_it_went_into_may_change() -> None:
    before = merge(notice_of(), "3", "1")
    after = carried(before, notice_of(TEXT.replace("建成滨河步道", "建成滨河步道二期")), "zh")
    assert after.task("1").content == "建成滨河步道二期；培训护理员300名。" and left(after) == [("3", "1")]


def test_a_date_set_by_hand_stays_while_the_papers_own_does() -> None:
    before = set_plan_due(set_due(notice_of(), "2", "10月底", 2023), "3月20日", 2023, "计划")
    reworded = TEXT.replace("公园6个", "公园8个")
    after = carried(before, notice_of(reworded), "zh")
    assert after.task("2").due == before.task("2").due and after.submissions[0].due == before.submissions[0].due
    moved = reworded.replace("9月底前", "11月底前").replace("3月16日", "3月24日")
    fresh = carried(after, notice_of(moved), "zh")
    assert str(fresh.task("2").due) == "2023-11-30" and str(fresh.submissions[0].due) == "2023-03-24"


def test_a_date_where_the_paper_has_none_stays_too() -> None:
    free = TEXT.replace("请于3月16日前报送推进计划。\n", "")
    before = set_plan_due(set_due(notice_of(free), "1", "5月底", 2023), "3月20日", 2023, "推进计划")
    after = carried(before, notice_of(free.replace("滨河步道", "滨河步道二期")), "zh")
    assert str(after.task("1").due) == "2023-05-31" and str(after.submissions[0].due) == "2023-03-20"
    none = set_due(notice_of(), "2", "无", 2023)
    assert carried(none, notice_of(TEXT.replace("公园6个", "公园8个")), "zh").task("2").due is None


def test_the_json_holds_all_of_it() -> None:
    notice = set_plan_due(drop(merge(notice_of(), "3", "1"), "2"), "3月20日", 2023, "计划")
    assert Notice.from_json(notice.to_json()) == notice
    assert replace(notice, left_out=()) != notice
