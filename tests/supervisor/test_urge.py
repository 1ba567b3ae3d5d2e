"""Urging by hand: seen before it is sent, sent once, and only where it does no harm."""

from __future__ import annotations

from storage.outbox import find_key

from .hall import Hall, Heard, at


def choose_all(hall: Hall) -> Heard:
    units = hall.click("wen", hall.say("wen", "/overdue"), "催办")
    return hall.click("wen", units, "全部 4 个单位")


def test_units_can_be_chosen_one_by_one(hall: Hall) -> None:
    units = hall.click("wen", hall.say("wen", "/overdue"), "催办")
    assert units.labels[:4] == ["区财政局（1）", "区发改局（2）", "区经信局（1）", "蓝汀镇（1）"]
    preview = hall.click("wen", units, "区发改局")
    assert "将发 1 条消息，涉及逾期 2 项" in preview.text and "li（区发改局）2 项" in preview.text
    assert "zhao" not in preview.text


def test_nothing_is_sent_before_the_confirmation(hall: Hall) -> None:
    preview = choose_all(hall)
    assert "将发 3 条消息，涉及逾期 4 项" in preview.text
    assert "无人可收的单位 1 个：蓝汀镇(1)" in preview.text
    assert not hall.heard("li") and not hall.heard("wang")
    done = hall.click("wen", preview, "确认催办 3 人")
    assert "已催办 3 人，4 项" in done.text
    assert "请尽快报送以下 2 项" in hall.last("li").text
    assert not hall.heard("zhao")


def test_the_urge_names_its_items_so_that_a_reply_is_the_report(hall: Hall) -> None:
    hall.click("wen", choose_all(hall), "确认催办")
    heard = hall.last("li")
    said = hall.do(lambda work: work.outbox.sent(heard.chat_id, heard.id))
    refs = hall.do(lambda work: [work.obligations.get(i).ref for i in said.about])  # type: ignore[union-attr]
    assert said is not None and said.kind == "urge" and refs == ["2-1", "2-2"]


def test_confirming_twice_sends_once(hall: Hall) -> None:
    preview = choose_all(hall)
    hall.click("wen", preview, "确认催办")
    hall.click("wen", preview, "确认催办")
    assert len(hall.heard("li")) == 1
    assert "已用过" in hall.ears.toasts[-1]


def test_an_older_preview_can_no_longer_be_confirmed(hall: Hall) -> None:
    old = choose_all(hall)
    hall.pass_to("2023-03-20T10:05")
    choose_all(hall)
    hall.click("wen", old, "确认催办")
    assert not hall.heard("li")


def test_what_was_handed_in_since_the_preview_is_left_out(hall: Hall) -> None:
    preview = choose_all(hall)
    hall.hand_in("sun", "2-3")
    hall.hand_in("li", "2-1")
    done = hall.click("wen", preview, "确认催办")
    assert "已催办 2 人，2 项" in done.text and "又有 2 项已报送" in done.text
    assert not hall.heard("sun")
    assert "2-1" not in hall.last("li").text


def test_what_became_overdue_since_the_preview_is_not_slipped_in(hall: Hall) -> None:
    hall.owe_reports("2-3", ("2023-03", "2023-03-01", "2023-03-20"))
    preview = choose_all(hall)
    hall.pass_to("2023-03-21T10:00")
    assert "4 项" in hall.click("wen", preview, "确认催办").text


def test_who_had_two_messages_today_is_held_back(hall: Hall) -> None:
    hall.nudged_already("li", 2)
    preview = choose_all(hall)
    assert "将发 2 条消息，涉及逾期 2 项" in preview.text
    assert preview.text.index("不再打扰") < preview.text.index("li（区发改局）2 项")
    hall.click("wen", preview, "确认催办")
    assert all("催办" not in heard.text for heard in hall.heard("li"))


def test_urging_a_third_time_on_one_day_reaches_nobody(hall: Hall) -> None:
    for minute in (0, 1):
        hall.pass_to(f"2023-03-20T11:0{minute}")
        hall.click("wen", choose_all(hall), "确认催办")
    hall.pass_to("2023-03-20T11:02")
    preview = choose_all(hall)
    assert "没有可发送的人" in preview.text and preview.labels == ["取消"]
    assert len(hall.heard("li")) == 2


def test_after_hours_it_waits_for_the_office_to_open(hall: Hall) -> None:
    hall.pass_to("2023-03-24T19:00")
    hall.nudged_already("li", 2)
    hall.pass_to("2023-03-25T10:00")
    preview = choose_all(hall)
    assert "3月27日 09:00 发出" in preview.text
    done = hall.click("wen", preview, "确认催办")
    assert "将于 3月27日 09:00 发出" in done.text and not hall.heard("wang")
    hall.pass_to("2023-03-27T09:00")
    assert "请尽快报送" in hall.last("wang").text


def test_a_head_is_urged_where_no_contact_can_be_reached(hall: Hall) -> None:
    hall.do(lambda work: work.people.mark_unreachable(12, "blocked", hall.clock.now()))
    preview = choose_all(hall)
    assert "zhao（区发改局）2 项" in preview.text and "li（" not in preview.text


def test_cancelling_leaves_nothing_behind(hall: Hall) -> None:
    preview = choose_all(hall)
    hall.click("wen", preview, "取消")
    assert hall.ears.toasts[-1] == "已取消，没有发送。"
    hall.click("wen", Heard(preview.chat_id, hall.last("wen").id, preview.out), "确认催办")
    assert not hall.heard("li")


def test_a_leader_cannot_urge_by_a_button_of_the_office(hall: Hall) -> None:
    button = hall.say("wen", "/overdue")
    own = hall.say("zhou", "/overdue")
    hall.click("zhou", Heard(own.chat_id, own.id, button.out), "催办")
    assert "没有此项权限" in hall.last("zhou").text


def test_urging_is_written_in_the_history_of_every_task(hall: Hall) -> None:
    hall.click("wen", choose_all(hall), "确认催办")
    events = hall.do(lambda work: work.history.of("task", work.notices.tasks_named("2-1")[0].id))  # type: ignore[union-attr]
    assert [(e.what, e.person, e.data["people"]) for e in events] == [("urged", "wen", ["li"])]


def test_the_key_holds_person_and_preview(hall: Hall) -> None:
    hall.click("wen", choose_all(hall), "确认催办")
    mark = int(at("2023-03-20T10:00").timestamp())
    person = hall.do(lambda work: work.people.by_telegram(12))
    assert hall.desk.run_sync(lambda session: find_key(session, f"urge:{person.id}:{mark}"))


def test_with_nothing_overdue_there_is_nothing_to_urge(hall: Hall) -> None:
    start = hall.say("wen", "/overdue")
    for who, ref in (("wang", "1-1"), ("li", "2-1"), ("li", "2-2"), ("sun", "2-3"), ("sun", "3-1")):
        hall.hand_in(who, ref)
    hall.click("wen", start, "催办")
    assert "无需催办" in hall.ears.toasts[-1]


def test_an_urge_still_held_is_taken_back_once_all_it_asks_for_is_handed_in(hall: Hall) -> None:
    hall.pass_to("2023-03-25T10:00")
    hall.click("wen", choose_all(hall), "确认催办")
    hall.hand_in("sun", "2-3")
    hall.pass_to("2023-03-27T09:00")
    assert not hall.heard("sun") and hall.heard("li")
