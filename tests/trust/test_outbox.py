"""What the outbox promises: nothing twice, replies first, offices fair, chats in order, a consequence per outcome."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.ports import (
    BadMarkup,
    Moved,
    Outcome,
    Outgoing,
    Refused,
    SendError,
    TryAgain,
    Uncertain,
    Unreachable,
    Vanished,
)
from core.words.html import Html
from core.words.message import Button, Message
from storage import claims, delivery, outbox
from storage.delivery import DeskOutbox
from storage.engine import Desk

from .conftest import NINE


def put(desk: Desk, key: str, chat: int = 7, kind: str = "reply", text: str = "", **more: Any) -> int | None:
    said = Message(Html(text or key))
    return desk.run_sync(lambda s: outbox.put(s, key, chat, said, kind=kind, now=NINE, **more))


def claim(desk: Desk, limit: int = 100, now: datetime = NINE, **more: Any) -> list[Outgoing]:
    def work(session: Session) -> list[Outgoing]:
        claims.ripen(session, now)
        return claims.claim(session, now, "a", limit, **more)

    return desk.run_sync(work)


def texts(rows: list[Outgoing]) -> list[str]:
    return [str(row.message.text) for row in rows]


def sent(desk: Desk, row: Outgoing, message_id: int = 1) -> None:
    desk.run_sync(lambda s: claims.confirm(s, [(row.id, message_id)], "a", NINE))


def goes_wrong(desk: Desk, row: Outgoing, error: SendError, **more: Any) -> outbox.OutboxEntry:
    courier = DeskOutbox(desk, "a", **more)
    desk.run_sync(lambda s: courier.settle(s, [Outcome(row, error=error)], NINE))
    entry = desk.run_sync(lambda s: s.get(outbox.OutboxEntry, row.id))
    assert entry is not None
    return entry


def test_a_key_is_used_once(desk: Desk) -> None:
    assert put(desk, "reply:1") is not None
    assert put(desk, "reply:1") is None
    assert texts(claim(desk)) == ["reply:1"]


def test_a_chat_hears_one_thing_at_a_time_and_in_order(desk: Desk) -> None:
    for key in ("one", "two"):
        put(desk, key, chat=7)
    put(desk, "other", chat=8)
    rows = claim(desk)
    assert texts(rows) == ["one", "other"]
    assert claim(desk) == []
    sent(desk, rows[0])
    assert texts(claim(desk)) == ["two"]


def test_replies_go_before_bulk_even_in_one_chat(desk: Desk) -> None:
    put(desk, "nudge", kind="nudge")
    put(desk, "note", chat=9, kind="notice")
    put(desk, "reply")
    assert texts(claim(desk)) == ["reply", "note"]


def test_offices_take_turns_in_bulk(desk: Desk) -> None:
    for number in range(6):
        put(desk, f"a{number}", chat=100 + number, kind="broadcast", office_id=1)
    assert texts(claim(desk, 2)) == ["a0", "a1"]
    for number in range(3):
        put(desk, f"b{number}", chat=200 + number, kind="nudge", office_id=2)
    assert texts(claim(desk, 4)) == ["a2", "b0", "a3", "b1"]


def test_what_is_held_waits_for_its_hour_and_holds_up_nobody(desk: Desk) -> None:
    put(desk, "tomorrow", kind="nudge", not_before=NINE + timedelta(days=1), office_id=1)
    put(desk, "now", kind="nudge")
    rows = claim(desk)
    assert texts(rows) == ["now"]
    sent(desk, rows[0])
    assert desk.run_sync(claims.next_due) == NINE + timedelta(days=1)
    assert texts(claim(desk, now=NINE + timedelta(days=1))) == ["tomorrow"]


def test_held_messages_of_several_offices_ripen_side_by_side(desk: Desk) -> None:
    noon = NINE + timedelta(hours=3)
    for office in (1, 2):
        for number in range(3):
            put(desk, f"{office}{number}", chat=office * 10 + number, kind="nudge", office_id=office, not_before=noon)
    assert texts(claim(desk, now=noon)) == ["10", "20", "11", "21", "12", "22"]


def test_a_reply_to_a_reminder_finds_what_it_was_about_weeks_later(desk: Desk) -> None:
    put(desk, "nudge:1", kind="nudge", about=[11, 12], person_id=3)
    (row,) = claim(desk)
    sent(desk, row, 555)
    found = desk.run_sync(lambda s: outbox.find_sent(s, 7, 555))
    assert found is not None
    assert (found.about, found.person_id) == ([11, 12], 3)
    assert desk.run_sync(lambda s: outbox.find_sent(s, 8, 555)) is None


def test_a_long_text_becomes_several_messages_with_the_buttons_on_the_last(desk: Desk) -> None:
    long = Message(Html("\n".join(f"<b>{n}</b> " + "督" * 90 for n in range(60))), ((Button("签收", "ok"),),))
    last = desk.run_sync(lambda s: outbox.put(s, "long", 7, long, kind="assignment", now=NINE))
    heard: list[Outgoing] = []
    while rows := claim(desk):
        heard += rows
        sent(desk, rows[0])
    assert len(heard) == 2
    assert [bool(row.message.buttons) for row in heard] == [False, True]
    assert heard[-1].id == last


def test_an_edit_waits_for_its_message_and_becomes_a_new_one_if_that_was_never_said(desk: Desk) -> None:
    first = put(desk, "summary", kind="broadcast")
    put(desk, "better", edits_id=first)
    (row,) = claim(desk)
    assert str(row.message.text) == "summary"
    sent(desk, row, 42)
    (edit,) = claim(desk)
    assert edit.edit_message_id == 42
    sent(desk, edit, 42)
    lost = put(desk, "lost", chat=8)
    goes_wrong(desk, claim(desk)[0], Refused("no"))
    put(desk, "correction", chat=8, edits_id=lost)
    assert claim(desk)[0].edit_message_id is None


def test_a_correction_of_a_held_message_is_said_in_its_stead(desk: Desk) -> None:
    noon = NINE + timedelta(hours=3)
    first = put(desk, "summary", kind="broadcast", not_before=noon)
    put(desk, "better", edits_id=first)
    assert claim(desk) == []
    assert texts(claim(desk, now=noon)) == ["better"]


def test_trouble_on_the_way_is_tried_again_after_a_while_and_in_order(desk: Desk) -> None:
    put(desk, "one")
    put(desk, "two")
    entry = goes_wrong(desk, claim(desk)[0], TryAgain("502"))
    assert (entry.state, entry.tries) == ("waiting", 1)
    assert claim(desk) == [], "the second must not overtake the first"
    assert texts(claim(desk, now=NINE + timedelta(seconds=5))) == ["one"]


def test_a_429_costs_the_message_no_try(desk: Desk) -> None:
    put(desk, "one")
    entry = goes_wrong(desk, claim(desk)[0], TryAgain("429", after=7, everybody=True))
    assert (entry.tries, entry.not_before) == (0, NINE + timedelta(seconds=7))


@pytest.mark.parametrize(
    ("kind", "state"), [("nudge", "uncertain"), ("broadcast", "uncertain"), ("digest", "uncertain")]
)
def test_what_may_have_arrived_is_not_repeated(desk: Desk, kind: str, state: str) -> None:
    put(desk, "one", kind=kind)
    assert goes_wrong(desk, claim(desk)[0], Uncertain("cut")).state == state
    assert claim(desk, now=NINE + timedelta(days=1)) == []


def test_a_reply_in_doubt_is_said_again_once_and_marked(desk: Desk) -> None:
    put(desk, "one")
    goes_wrong(desk, claim(desk)[0], Uncertain("cut"))
    (row,) = claim(desk, now=NINE + timedelta(minutes=1))
    assert row.repeated
    assert goes_wrong(desk, row, Uncertain("cut")).state == "uncertain"


def test_an_edit_in_doubt_is_simply_done_again(desk: Desk) -> None:
    put(desk, "one", kind="broadcast", edit_message_id=5)
    goes_wrong(desk, claim(desk)[0], Uncertain("cut"))
    (row,) = claim(desk, now=NINE + timedelta(minutes=1))
    assert not row.repeated


def test_a_person_decides_about_a_broadcast_in_doubt(desk: Desk) -> None:
    number = put(desk, "one", kind="broadcast")
    assert number is not None
    goes_wrong(desk, claim(desk)[0], Uncertain("cut"))
    assert desk.run_sync(lambda s: outbox.decide(s, number, True, NINE))
    assert claim(desk)[0].repeated


def test_a_closed_chat_is_left_alone_until_it_opens(desk: Desk) -> None:
    told: list[tuple[int, str]] = []
    put(desk, "one")
    put(desk, "two")
    entry = goes_wrong(desk, claim(desk)[0], Unreachable("blocked"), on_unreachable=lambda s, *what: told.append(what))
    assert (entry.state, told) == ("failed", [(7, "blocked")])
    assert claim(desk, now=NINE + timedelta(days=1)) == []
    assert desk.run_sync(lambda s: outbox.open_chat(s, 7, NINE)) == 1
    assert texts(claim(desk)) == ["two"]


def test_a_group_that_moved_gets_everything_at_its_new_place(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    put(desk, "one", chat=-5, kind="broadcast")
    put(desk, "two", chat=-5, kind="broadcast")
    goes_wrong(desk, claim(desk)[0], Moved(-1005), on_moved=lambda s, *what: told.append(what))
    assert told == [(-5, -1005)]
    (row,) = claim(desk)
    assert (str(row.message.text), row.chat_id) == ("one", -1005)
    sent(desk, row)
    assert claim(desk)[0].chat_id == -1005


def test_an_edit_of_what_was_said_in_a_group_that_moved_is_sent_new(desk: Desk) -> None:
    summary = put(desk, "summary", chat=-5, kind="broadcast")
    sent(desk, claim(desk)[0], 42)
    put(desk, "better", chat=-5, kind="broadcast", edits_id=summary)
    (edit,) = claim(desk)
    assert edit.edit_message_id == 42
    goes_wrong(desk, edit, Moved(-1005))
    (row,) = claim(desk)
    assert (row.chat_id, row.edit_message_id) == (-1005, None), "42 could be another message there"


def test_refused_markup_goes_as_plain_text_once(desk: Desk) -> None:
    put(desk, "one", text="<b>a &lt; b</b>")
    goes_wrong(desk, claim(desk)[0], BadMarkup("can't parse"))
    (row,) = claim(desk)
    assert str(row.message.text) == "a &lt; b"
    assert goes_wrong(desk, row, BadMarkup("can't parse")).state == "failed"


def test_an_edit_of_a_vanished_message_is_sent_new(desk: Desk) -> None:
    put(desk, "one", edit_message_id=5)
    goes_wrong(desk, claim(desk)[0], Vanished("gone"))
    assert claim(desk)[0].edit_message_id is None


def test_what_is_overtaken_is_dropped_with_the_reason_but_not_what_is_on_its_way(desk: Desk) -> None:
    put(desk, "nudge:1:a", chat=7, kind="nudge")
    claim(desk)
    put(desk, "nudge:1:b", chat=8, kind="nudge")
    put(desk, "nudge:10:c", chat=9, kind="nudge")
    assert desk.run_sync(lambda s: outbox.drop(s, "handed in", NINE, key_prefix="nudge:1:")) == 1
    assert desk.run_sync(outbox.counts) | {} == {
        "waiting": 1, "claimed": 1, "drawing": 0, "sent": 0, "failed": 0, "uncertain": 0, "held": 0, "dropped": 1,
    }  # fmt: skip
    with pytest.raises(ValueError, match="what is to be dropped"):
        desk.run_sync(lambda s: outbox.drop(s, "all", NINE))


def test_what_a_dead_process_had_in_flight_is_in_doubt_after_the_lease(desk: Desk) -> None:
    put(desk, "nudge", chat=7, kind="nudge")
    put(desk, "reply", chat=8)
    put(desk, "later", chat=8)
    rows = claim(desk)
    assert desk.run_sync(lambda s: delivery.release_expired(s, NINE)) == 0
    late = NINE + claims.LEASE
    assert desk.run_sync(lambda s: delivery.release_expired(s, late)) == 2
    (again,) = claim(desk, now=late + timedelta(minutes=1))
    assert (str(again.message.text), again.repeated) == ("reply", True)
    sent(desk, rows[1], 9)  # the one thought dead was only slow: Telegram's word counts
    assert desk.run_sync(lambda s: s.get(outbox.OutboxEntry, rows[1].id)).state == "sent"


def test_what_was_in_flight_before_the_clock_was_set_back_does_not_wait_for_it(desk: Desk) -> None:
    put(desk, "reply", chat=8)
    claim(desk, now=NINE + timedelta(hours=1))
    assert desk.run_sync(lambda s: delivery.release_expired(s, NINE)) == 1


def test_chats_at_their_limit_are_passed_over(desk: Desk) -> None:
    put(desk, "one", chat=7)
    put(desk, "two", chat=8)
    assert texts(claim(desk, exclude={7})) == ["two"]
