"""Dates that stand in a task's own words or beside its units, and which of them is its deadline."""

from __future__ import annotations

from datetime import date

import pytest

from core.rules.notice.answers import answer
from tests.notice.test_ways_of_saying import notice_of


@pytest.mark.parametrize(
    ("words", "due", "asked"),
    [
        ("修建环湖公路，6月底前全部完成", date(2024, 6, 30), []),
        ("修订三项制度，二季度完成", date(2024, 6, 30), []),
        ("改造旧桥，2024年9月完工", date(2024, 9, 30), []),
        ("修建环湖公路，10月底前建成通车", date(2024, 10, 31), ["date_taken"]),
        ("6月底前建成环湖公路，长度不少于3公里", date(2024, 6, 30), ["date_taken"]),
        ("更新机组，11月15日供暖前全部投运", date(2024, 11, 15), ["date_taken"]),
        ("改造敬老院，第三季度投入使用", date(2024, 9, 30), ["date_taken"]),
        ("修建公路，力争6月底前建成", None, ["date_in_text"]),
        ("到2024年底，覆盖率达到60%以上", None, ["date_in_text"]),
        ("完善方案，6月底前完成选址，抓好后续建设", None, ["date_in_text"]),
        ("6月底前完成选址，年底前开工", None, ["dates_in_text"]),
        ("（1）修路；（2）架桥，6月底前建成", None, ["date_in_text"]),
        ("（1）修路；（2）架桥。以上各项6月底前完成", date(2024, 6, 30), []),
        ("开展检查，国庆节前全部完成", None, ["date_in_text"]),
        ("每月底前完成一次排查", None, []),
        ("修建环湖公路，明年3月底前完成", date(2025, 3, 31), []),
        ("确保新院6月底前投入使用", date(2024, 6, 30), ["date_taken"]),
        ("修建环湖公路，其余路段6月底前完成", None, ["date_in_text"]),
    ],
)
def test_the_only_date_by_which_a_task_is_done_is_its_deadline(words: str, due: date | None, asked: list[str]) -> None:
    (task,) = notice_of(f"1.{words}。（区交通局牵头）").tasks
    assert task.due == due
    assert [question.kind for question in task.questions if "date" in question.kind] == asked


def test_a_date_taken_from_the_words_can_be_taken_back() -> None:
    notice = notice_of("1.修建环湖公路，10月底前建成通车。（区交通局牵头）")
    (question,) = notice.tasks[0].questions
    assert question.options == ("2024-10-31",)
    assert answer(notice, question.key, "对").tasks[0].due == date(2024, 10, 31)
    assert answer(notice, question.key, "不是").tasks[0].due is None
    assert answer(notice, question.key, "11月15日").tasks[0].due == date(2024, 11, 15)


def test_a_deadline_above_the_date_of_the_paper_is_kept() -> None:
    notice = notice_of("1.修路。\n牵头单位：区交通局\n完成时限：2024年6月底\n2024年2月3日")
    assert notice.tasks[0].due == date(2024, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "修路。（6月底前完成，责任单位：区交通局）",
        "修路。（责任单位：区交通局，6月底）",
        "修路。责任单位：区交通局（6月底前）",
        "修路。责任单位：区交通局  6月底前",
        "修路。（6月底前，区交通局）",
        "修路。（区交通局负责，6月完成）",
        "修路。由区交通局负责，6月底前办结。",
        "修路。责任单位：区交通局；时限：6月底前",
    ],
)
def test_a_time_beside_the_units_is_the_deadline(text: str) -> None:
    (task,) = notice_of(f"1.{text}").tasks
    assert (task.content, task.responsible, task.due) == ("修路。", ("区交通局",), date(2024, 6, 30))


@pytest.mark.parametrize("wording", ["2024年年中", "2025年初"])
def test_the_middle_of_a_year_is_asked_about(wording: str) -> None:
    (task,) = notice_of(f"1.修路。\n牵头单位：区交通局\n完成时限：{wording}").tasks
    assert task.due is None
    assert [question.kind for question in task.questions] == ["due"]


def test_an_hour_before_which_it_is_done_is_asked_about() -> None:
    (task,) = notice_of("1.水库6月17日18时前降至汛限水位以下。（区水利局牵头）").tasks
    assert [question.kind for question in task.questions] == ["date_in_text"]


def test_a_day_before_something_in_a_month_is_asked_about() -> None:
    (task,) = notice_of("1.修路。\n牵头单位：区交通局\n完成时限：8月会议前").tasks
    assert [question.kind for question in task.questions] == ["due_edge"]


def test_of_several_dates_in_the_words_one_question_asks_which_is_the_deadline() -> None:
    notice = notice_of("1.新建公园6个，6月底前完成选址，年底前建成开放。（区城管局牵头）")
    (question,) = notice.tasks[0].questions
    assert question.options == ("2024-06-30", "2024-12-31") and "6月底前 / 年底前" in question.text
    assert answer(notice, question.key, "2024-12-31").tasks[0].due == date(2024, 12, 31)
    assert answer(notice, question.key, "否").tasks[0].due is None
