"""Groups and what they read: linked once, previewed, sent once, by itself on its days, corrected in place."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.cases.summary import due_summaries, next_summary
from core.words.html import CAPTION_LIMIT, visible_length

from .hall import GROUP, Hall, at

OTHER = -1002


def tick(hall: Hall, moment: str) -> int:
    hall.pass_to(moment)
    return hall.do(lambda work: due_summaries(work, hall.clock.now()))


def upcoming(hall: Hall) -> datetime | None:
    return hall.do(lambda work: next_summary(work, hall.clock.now()))


def outcomes(hall: Hall, kind: str) -> str:
    event = hall.do(lambda work: work.history.last(f"summary_{kind}"))
    return str(event.data["outcome"]) if event else ""


@pytest.fixture
def group(hall: Hall) -> int:
    hall.pass_to("2023-03-13T10:00")
    hall.say("wen", "/link", chat=GROUP)
    return GROUP


# -- linking -----------------------------------------------------------------------------------------------------------


def test_linking_says_what_will_come_and_when(hall: Hall) -> None:
    hall.pass_to("2023-03-13T10:00")
    text = hall.say("wen", "/link", chat=GROUP).text
    assert text.startswith("本群已绑定")
    assert "每周五 16:00" in text and "次个工作日 10:00" in text and "下一次：3月17日 10:00" in text


def test_linking_again_changes_nothing_and_from_a_topic_moves_it(hall: Hall, group: int) -> None:
    assert "无需重复" in hall.say("wen", "/link", chat=group).text
    assert hall.say("wen", "/link", chat=group, topic=77).text.startswith("已改到本话题")
    assert [g.topic_id for g in hall.do(lambda work: work.groups.all())] == [77]
    tick(hall, "2023-03-17T10:00")
    assert hall.last(group).out.topic_id == 77


def test_only_the_office_links_and_only_in_a_group(hall: Hall) -> None:
    hall.say("li", "/link", chat=GROUP)
    hall.say("wen", "/link")
    assert hall.do(lambda work: work.groups.all()) == []
    assert "请在工作群里使用" in hall.last("wen").text


def test_unlinking_ends_it(hall: Hall, group: int) -> None:
    assert "已解除绑定" in hall.say("wen", "/unlink", chat=group).text
    assert "没有绑定" in hall.say("wen", "/unlink", chat=group).text
    assert tick(hall, "2023-03-17T10:00") == 0


# -- by hand -----------------------------------------------------------------------------------------------------------


def test_the_preview_is_what_the_groups_get(hall: Hall, group: int) -> None:
    hall.pass_to("2023-03-20T10:00")
    choice = hall.say("wen", "/summary")
    shown = hall.heard("wen")[-2]
    assert "应报 5：已报 0，待报 0，逾期 5" in shown.text and "逾期涉及 4 个单位" in shown.text
    assert choice.labels == ["发送到 1 个群", "取消"] and "重点工作群" in choice.text
    before = len(hall.heard(group))
    hall.click("wen", choice, "发送到")
    assert len(hall.heard(group)) == before + 1
    assert hall.last(group).out.message == shown.out.message
    assert "已发送到 1 个群" in hall.last("wen").text


def test_a_broadcast_is_a_picture_with_a_short_caption_that_names_no_unit(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    message = hall.last(group).out.message
    assert visible_length(message.text) <= CAPTION_LIMIT
    assert "区发改局" not in message.text
    assert message.paper is not None and message.paper.kind == "summary.png" and message.paper.picture
    assert [row["name"] for row in message.paper.data["rows"]] == ["林知远区长", "周砚秋常务副区长", "夏泉副区长"]
    assert message.paper.data["totals"] == {"done": 0, "waiting": 0, "overdue": 5}


def test_pressing_send_twice_sends_once(hall: Hall, group: int) -> None:
    choice = hall.say("wen", "/summary")
    before = len(hall.heard(group))
    hall.click("wen", choice, "发送到")
    hall.click("wen", choice, "发送到")
    assert len(hall.heard(group)) == before + 1
    assert "已经发送过" in hall.ears.toasts[-1]


def test_figures_that_changed_since_the_preview_are_shown_before_they_are_sent(hall: Hall, group: int) -> None:
    choice = hall.say("wen", "/summary")
    before = len(hall.heard(group))
    hall.hand_in("sun", "2-3")
    again = hall.click("wen", choice, "发送到")
    assert "数据刚有变化" in again.text and len(hall.heard(group)) == before
    hall.click("wen", again, "发送到")
    assert "已报 1" in hall.last(group).text


def test_after_hours_the_summary_waits_and_says_so(hall: Hall, group: int) -> None:
    hall.pass_to("2023-03-17T19:00")
    choice = hall.say("wen", "/summary")
    assert "将于 3月20日 09:00 发出" in choice.text
    before = len(hall.heard(group))
    assert "将于 3月20日 09:00 发送" in hall.click("wen", choice, "发送到").text
    assert len(hall.heard(group)) == before
    hall.pass_to("2023-03-20T09:00")
    assert len(hall.heard(group)) == before + 1


def test_without_a_group_the_preview_says_how_to_link_one(hall: Hall) -> None:
    choice = hall.say("wen", "/summary")
    assert "/link" in choice.text and not choice.labels


def test_without_a_notice_there_is_nothing_to_summarise(hall: Hall) -> None:
    hall.do(lambda work: work.notices.set_state(1, "closed", hall.clock.now()))
    assert "还没有交办的通知" in hall.say("wen", "/summary").text


def test_in_a_group_the_office_gets_the_summary_itself(hall: Hall, group: int) -> None:
    assert "督办通报" in hall.say("wen", "/summary", chat=group).text
    before = len(hall.heard(group))
    hall.say("li", "/summary", chat=group)
    assert all("督办通报" not in heard.text for heard in hall.heard(group)[before:])


# -- by itself ---------------------------------------------------------------------------------------------------------


def test_it_goes_out_the_working_day_after_a_due_date_and_on_friday(hall: Hall, group: int) -> None:
    assert upcoming(hall) == at("2023-03-17T10:00")
    assert tick(hall, "2023-03-17T09:59") == 0
    assert tick(hall, "2023-03-17T10:00") == 1
    assert tick(hall, "2023-03-17T10:01") == 0
    hall.hand_in("sun", "2-3")
    assert upcoming(hall) == at("2023-03-17T16:00")
    assert tick(hall, "2023-03-17T16:00") == 1
    assert "已报 1，待报 0，逾期 4" in hall.last(group).text
    assert upcoming(hall) == at("2023-03-24T16:00")


def test_what_was_said_the_same_day_and_still_holds_is_not_said_again(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    assert tick(hall, "2023-03-17T16:00") == 0
    assert outcomes(hall, "weekly") == "nothing_new"


def test_the_summary_of_a_period_looks_at_the_period_that_ended(hall: Hall, group: int) -> None:
    for who, ref in (("wang", "1-1"), ("li", "2-1"), ("li", "2-2"), ("sun", "2-3"), ("sun", "3-1")):
        hall.hand_in(who, ref)
    hall.owe_reports("2-1", ("2023-03", "2023-03-13", "2023-03-31"), ("2023-04", "2023-04-01", "2023-04-25"))
    tick(hall, "2023-03-24T16:00")
    assert tick(hall, "2023-04-03T10:00") == 1
    text = hall.last(group).text
    assert "3月进展：应报 1，已报 0 · 待报 0 · 逾期 1" in text and "4月进展" not in text


def test_before_days_off_the_weekly_one_comes_earlier(hall: Hall, group: int) -> None:
    hall.pass_to("2023-04-24T10:00")
    assert upcoming(hall) == at("2023-04-28T16:00")
    hall.pass_to("2023-06-19T10:00")  # the Dragon Boat festival takes Thursday and Friday
    assert upcoming(hall) == at("2023-06-21T16:00")
    hall.pass_to("2023-10-02T10:00")  # a week off altogether
    assert upcoming(hall) == at("2023-10-13T16:00")


def test_every_linked_group_gets_it_once(hall: Hall, group: int) -> None:
    hall.say("wen", "/link", chat=OTHER)
    assert tick(hall, "2023-03-17T10:00") == 2
    assert "督办通报" in hall.last(OTHER).text


def test_a_group_linked_after_the_hour_does_not_get_the_summary_of_before(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    hall.say("wen", "/link", chat=OTHER)
    assert tick(hall, "2023-03-17T10:05") == 0


def test_after_a_long_downtime_the_missed_one_is_skipped_and_logged(hall: Hall, group: int) -> None:
    assert tick(hall, "2023-03-20T11:00") == 0
    assert outcomes(hall, "weekly") == outcomes(hall, "period") == "too_late"
    assert tick(hall, "2023-03-24T16:00") == 1


def test_after_a_short_downtime_it_is_made_up_for_in_office_hours(hall: Hall, group: int) -> None:
    before = len(hall.heard(group))
    assert tick(hall, "2023-03-17T18:00") >= 1
    assert len(hall.heard(group)) == before
    hall.pass_to("2023-03-20T09:00")
    assert len(hall.heard(group)) == before + 1


def test_a_notice_confirmed_after_the_hour_causes_no_summary_of_before(hall: Hall, group: int) -> None:
    hall.pass_to("2023-03-17T11:00")
    hall.do(lambda work: work.history.add("notice_confirmed", "notice", 1, hall.clock.now()))
    assert tick(hall, "2023-03-17T11:01") == 0


def test_with_everything_done_and_nothing_new_the_groups_are_left_in_peace(hall: Hall, group: int) -> None:
    for who, ref in (("wang", "1-1"), ("li", "2-1"), ("li", "2-2"), ("sun", "2-3"), ("sun", "3-1")):
        hall.hand_in(who, ref)
    assert tick(hall, "2023-03-17T10:00") == 1
    assert tick(hall, "2023-03-24T16:00") == 0 and outcomes(hall, "weekly") == "nothing_new"


def test_without_an_active_notice_nothing_goes_out(hall: Hall, group: int) -> None:
    hall.do(lambda work: work.notices.set_state(1, "closed", hall.clock.now()))
    assert tick(hall, "2023-03-17T16:00") == 0 and upcoming(hall) is None


# -- corrections -------------------------------------------------------------------------------------------------------


def test_a_correction_edits_what_was_sent(hall: Hall, group: int) -> None:
    report = hall.hand_in("sun", "2-3")
    tick(hall, "2023-03-17T10:00")
    sent, count = hall.last(group), len(hall.heard(group))
    hall.pass_to("2023-03-17T11:00")
    hall.take_back("sun", report)
    choice = hall.say("wen", "/summary")
    assert "更正已发通报" in choice.labels
    done = hall.click("wen", choice, "更正已发通报")
    assert "已更正 1 个群" in done.text
    assert len(hall.heard(group)) == count and hall.last(group).id == sent.id
    text = hall.last(group).text
    assert "更正（3月17日 11:00，以此为准）" in text and "逾期 5" in text
    assert "更正已发通报" not in hall.say("wen", "/summary").labels


def test_a_second_correction_edits_the_same_message(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    count = len(hall.heard(group))
    for minute, ref in ((5, "2-3"), (6, "3-1")):
        hall.pass_to(f"2023-03-17T11:0{minute}")
        hall.hand_in("sun", ref)
        hall.click("wen", hall.say("wen", "/summary"), "更正已发通报")
    assert len(hall.heard(group)) == count and "已报 2，待报 0，逾期 3" in hall.last(group).text


def test_unchanged_figures_need_no_correction(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    assert "更正已发通报" not in hall.say("wen", "/summary").labels


def test_a_day_later_a_new_summary_is_the_way_not_a_correction(hall: Hall, group: int) -> None:
    tick(hall, "2023-03-17T10:00")
    hall.pass_to("2023-03-20T10:00")
    hall.hand_in("sun", "2-3")
    assert "更正已发通报" not in hall.say("wen", "/summary").labels


def test_a_summary_still_held_is_reworded_before_anybody_saw_it(hall: Hall, group: int) -> None:
    hall.pass_to("2023-03-17T19:00")
    hall.click("wen", hall.say("wen", "/summary"), "发送到")
    hall.hand_in("sun", "2-3")
    before = len(hall.heard(group))
    hall.click("wen", hall.say("wen", "/summary"), "更正已发通报")
    hall.pass_to("2023-03-20T09:00")
    assert len(hall.heard(group)) == before + 1
    assert "已报 1" in hall.last(group).text and "更正" not in hall.last(group).text
