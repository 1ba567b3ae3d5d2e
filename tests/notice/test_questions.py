"""What isn't sure is asked, and an answer changes exactly what was asked."""

from datetime import date

import pytest

from core.rules.notice.answers import answer
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

HEAD = "某区人民政府办公室关于分解重点工作的通知\n2024年2月1日\n"


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate((HEAD + text).split("\n"), start=1)])


def asked(notice: Notice, kind: str):  # type: ignore[no-untyped-def]
    return next(question for question in notice.all_questions() if question.kind == kind)


def kinds(notice: Notice) -> list[str]:
    return [question.kind for question in notice.all_questions()]


def test_no_lead_is_invented_and_one_answer_settles_all() -> None:
    notice = notice_of("1.修路。\n责任单位：区甲局、区乙局\n2.架桥。\n责任单位：区丙局\n")
    assert [task.lead for task in notice.tasks] == [(), ()]
    question = asked(notice, "no_lead")
    settled = answer(notice, question.key, question.options[0])
    assert [task.lead for task in settled.tasks] == [("区甲局",), ("区丙局",)]
    assert settled.tasks[0].co == ("区乙局",)
    assert "no_lead" not in kinds(settled)


def test_as_written_changes_nothing_but_closes_the_question() -> None:
    notice = notice_of("1.修路。\n责任单位：区甲局、区乙局\n")
    kept = answer(notice, asked(notice, "no_lead").key, None)
    assert kept.tasks == notice.tasks
    assert kinds(kept) == []


def test_a_group_term_gets_the_members_that_a_person_writes() -> None:
    notice = notice_of("1.修路。\n牵头单位：区甲局\n配合单位：区属各国有企业\n")
    answered = answer(notice, asked(notice, "group").key, "区城投集团、区旅游集团")
    assert next(u for u in answered.units if u.kind == "group").members == ("区城投集团", "区旅游集团")


def test_an_open_list_takes_more_units() -> None:
    notice = notice_of("1.修路。\n责任单位：区甲局牵头，区乙局等单位配合\n")
    answered = answer(notice, asked(notice, "open_list").key, "区丙局")
    assert answered.tasks[0].co == ("区乙局", "区丙局")
    assert not answered.tasks[0].open_list
    assert "区丙局" in {unit.name for unit in answered.units}


def test_a_damaged_deadline_is_asked_about_and_never_guessed() -> None:
    notice = notice_of("1.修路。\n牵头单位：区甲局\n完成时限：6月31日前\n")
    assert notice.tasks[0].due is None
    answered = answer(notice, asked(notice, "due").key, "2024-06-30")
    assert answered.tasks[0].due == date(2024, 6, 30)


def test_a_deadline_before_the_notice_itself_is_asked_about() -> None:
    assert "due_before_issue" in kinds(notice_of("1.修路。\n牵头单位：区甲局\n完成时限：2023年6月\n"))


def test_an_answer_that_does_not_fit_is_refused_and_the_question_stays() -> None:
    notice = notice_of("1.修路。\n牵头单位：区甲局\n完成时限：尽快\n")
    with pytest.raises(ValueError, match="看情况"):
        answer(notice, asked(notice, "due").key, "看情况")
    with pytest.raises(KeyError):
        answer(notice, "no such question", None)


def test_a_hole_in_the_numbers_is_asked_about() -> None:
    notice = notice_of("1.修路。\n牵头单位：区甲局\n3.架桥。\n牵头单位：区乙局\n")
    assert [task.ref for task in notice.tasks] == ["1", "3"]
    assert asked(notice, "numbering_gap").ref == "3"


def test_a_stated_total_is_checked() -> None:
    assert "total" in kinds(notice_of("现将3项任务分解如下，共3项任务。\n1.修路。\n牵头单位：区甲局\n"))


def test_a_leader_without_title_is_asked_about() -> None:
    notice = notice_of("一、李小四同志牵头重点工作\n1.修路。\n牵头单位：区甲局\n")
    assert notice.leaders[0].name == "李小四"
    assert "leader_name" in kinds(notice)


def test_a_heading_among_leaders_that_names_none_is_asked_about() -> None:
    text = "一、张三区长牵头重点工作\n1.修路。\n牵头单位：区甲局\n二、其他工作\n1.架桥。\n牵头单位：区乙局\n"
    notice = notice_of(text)
    assert [task.leader for task in notice.tasks] == [1, None]
    assert "heading" in kinds(notice)


def test_an_item_without_units_under_a_leader_is_a_task_and_is_asked_about() -> None:
    notice = notice_of("一、张三区长牵头重点工作\n1.修路。\n2.架桥。\n责任单位：区乙局\n")
    assert [task.ref for task in notice.tasks] == ["1-1", "1-2"]
    assert asked(notice, "no_units").ref == "1-1"
    assert answer(notice, asked(notice, "no_units").key, "区甲局").task("1-1").lead == ("区甲局",)


def test_rules_of_the_cover_are_no_tasks() -> None:
    text = (
        "一、各单位要高度重视，认真落实。\n二、请于3月1日前报送计划。\n附件\n任务分解表\n1.修路。\n牵头单位：区甲局\n"
    )
    notice = notice_of(text)
    assert [task.content for task in notice.tasks] == ["修路。"]
    assert [each.due for each in notice.submissions] == [date(2024, 3, 1)]


def test_keys_are_the_same_on_every_reading() -> None:
    text = "1.修路。\n责任单位：区甲局等\n2.架桥。\n责任单位：区乙局等\n"
    assert [q.key for q in notice_of(text).all_questions()] == [q.key for q in notice_of(text).all_questions()]
