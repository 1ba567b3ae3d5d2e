"""The courier with a messenger that does as it is told: every error has its consequence, for one and for all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.clock import SystemClock
from core.ports import BadMarkup, Outgoing, Refused, SendError, Sent, StorageTrouble, TryAgain, Uncertain
from core.words.html import Html
from core.words.message import Message
from scheduler.courier import Courier
from scheduler.limits import Limits
from storage import outbox
from storage.delivery import DeskOutbox
from storage.engine import Desk

from .conftest import until


class Post:
    """A messenger that notes what it said; `trouble` holds errors for the next sends."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str]] = []
        self.trouble: list[SendError | Exception] = []
        self.slow: asyncio.Event | None = None
        self.flying = 0
        self.most_flying = 0

    async def send(self, outgoing: Outgoing) -> Sent:
        self.flying += 1
        self.most_flying = max(self.most_flying, self.flying)
        try:
            await (self.slow.wait() if self.slow else asyncio.sleep(0))
            if self.trouble:
                raise self.trouble.pop(0)
        finally:
            self.flying -= 1
        self.said.append((outgoing.chat_id, str(outgoing.message.text)))
        return Sent(len(self.said))

    async def busy(self, chat_id: int) -> None:
        return None

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        raise NotImplementedError


class Office:
    """A desk, a post and a courier between them."""

    def __init__(self, desk: Desk, **limits: Any) -> None:
        self.desk, self.post, self.clock = desk, Post(), SystemClock()
        self.limits = Limits(self.clock.monotonic, **limits) if limits else Limits.none(self.clock.monotonic)
        self.outbox = DeskOutbox(desk, "here:1:a")
        self.courier = Courier(self.outbox, self.post, self.clock, self.limits, lang="en")
        self.courier.on_duty = True

    def put(self, key: str, chat: int = 7, kind: str = "reply", text: str = "") -> None:
        message = Message(Html(text or key))
        self.desk.run_sync(lambda s: outbox.put(s, key, chat, message, kind=kind, now=self.clock.now()))

    def states(self) -> dict[str, int]:
        return {state: number for state, number in self.desk.run_sync(outbox.counts).items() if number}


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    yield Office(desk)


async def test_it_says_everything_once_and_in_order_per_chat(office: Office) -> None:
    for number in range(60):
        office.put(f"{number}", chat=number % 7 + 1)
    await office.courier.drain()
    assert len(office.post.said) == 60
    for chat in range(1, 8):
        heard = [int(text) for where, text in office.post.said if where == chat]
        assert heard == sorted(heard)
    assert office.states() == {"sent": 60}


async def test_chats_are_served_side_by_side(office: Office) -> None:
    for number in range(20):
        office.put(f"{number}", chat=number + 1)
    office.post.slow = asyncio.Event()
    drained = asyncio.create_task(office.courier.drain())
    await until(lambda: office.post.flying == 20)
    office.post.slow.set()
    await drained


async def test_a_429_pauses_everybody(office: Office) -> None:
    office.put("one", chat=1)
    office.post.trouble = [TryAgain("429", after=60, everybody=True)]
    await office.courier.drain()
    assert office.limits.paused
    assert office.states() == {"waiting": 1}


async def test_what_is_claimed_before_its_place_opens_leaves_then_and_not_sooner(desk: Desk) -> None:
    office = Office(desk, overall=1)
    for number in (1, 2):
        office.put(f"{number}", chat=number)
    left: list[float] = []
    send = office.post.send

    async def noted(outgoing: Outgoing) -> Sent:
        left.append(office.clock.monotonic())
        return await send(outgoing)

    office.post.send = noted  # type: ignore[method-assign]
    running = asyncio.create_task(office.courier.run())
    await until(lambda: len(left) == 2)
    assert left[1] - left[0] > 1.0
    await office.courier.stop()
    await running
    assert office.states() == {"sent": 2}


async def test_what_opens_while_a_turn_is_written_is_not_overlooked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.courier._IDLE_SECONDS", 3600.0)  # nothing else wakes it
    office = Office(desk, overall=1)
    turn = office.outbox.turn

    async def slow(*how: Any) -> Any:
        done = await turn(*how)
        await asyncio.sleep(1.05)  # longer than the place was closed
        return done

    office.outbox.turn = slow  # type: ignore[method-assign]
    for number in (1, 2, 3):
        office.put(f"{number}", chat=number)
    running = asyncio.create_task(office.courier.run())
    async with asyncio.timeout(60):
        await until(lambda: len(office.post.said) == 3)
    await office.courier.stop()
    await running
    assert office.states() == {"sent": 3}


async def test_a_pause_that_comes_after_the_claim_holds_the_message_back(desk: Desk) -> None:
    office = Office(desk, overall=30)
    office.put("one", chat=1)
    office.limits.take(1)
    office.limits.land(1)  # the chat opens in a second
    closed, room = office.limits.closed, office.limits.room
    office.limits.closed = lambda ahead=0.0: closed(2.0)  # type: ignore[method-assign]  # claimed long before it opens
    office.limits.room = lambda ahead=0.0: room(2.0)  # type: ignore[method-assign]
    running = asyncio.create_task(office.courier.run())
    await until(lambda: office.states() == {"claimed": 1})
    office.limits.pause_all(60)
    await until(lambda: office.states() == {"waiting": 1})
    await office.courier.stop()
    await running
    assert office.post.said == []


async def test_an_outage_is_probed_with_one_message_instead_of_all(office: Office) -> None:
    for number in range(300):
        office.put(f"{number}", chat=number + 1)
    office.post.trouble = [TryAgain("502") for _ in range(103)]
    running = asyncio.create_task(office.courier.run())
    await until(lambda: len(office.post.trouble) <= 3)
    office.post.most_flying = 0
    await until(lambda: not office.post.trouble)
    assert office.post.most_flying == 1
    await until(lambda: len(office.post.said) >= 197)
    await office.courier.stop()
    await running


async def test_uncertain_nudges_stay_uncertain_and_replies_come_again_with_a_mark(office: Office) -> None:
    office.put("nudge", chat=1, kind="nudge")
    office.post.trouble = [Uncertain("cut")]
    await office.courier.drain()
    assert office.states() == {"uncertain": 1}
    office.put("reply", chat=2)
    office.post.trouble = [Uncertain("cut")]
    running = asyncio.create_task(office.courier.run())
    await until(lambda: bool(office.post.said))
    await office.courier.stop()
    await running
    assert office.post.said == [(2, "(The network broke off; you may have this message already.)\nreply")]


async def test_refused_markup_is_a_defect_in_the_log_and_plain_text_in_the_chat(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.put("one", text="<b>bold &amp; plain</b>")
    office.post.trouble = [BadMarkup("can't parse entities")]
    with caplog.at_level(logging.ERROR):
        await office.courier.drain()
    assert office.post.said == [(7, "bold &amp; plain")]
    assert "defect" in caplog.text


async def test_a_message_that_can_not_be_made_fails_alone(office: Office) -> None:
    office.put("one")
    office.put("two")
    office.post.trouble = [ZeroDivisionError("drawing")]
    await office.courier.drain()
    assert office.post.said == [(7, "two")]
    assert office.states() == {"failed": 1, "sent": 1}


async def test_a_refusal_keeps_telegrams_reason(office: Office) -> None:
    office.put("one")
    office.post.trouble = [Refused("Bad Request: TOPIC_CLOSED")]
    await office.courier.drain()
    entry = office.desk.run_sync(lambda s: outbox.find_key(s, "one"))
    assert entry is not None
    assert (entry.state, entry.why) == ("failed", "Bad Request: TOPIC_CLOSED")


async def test_stopping_finishes_what_is_in_flight_and_begins_nothing(office: Office) -> None:
    office.put("one", chat=1)
    office.put("two", chat=1)
    office.post.slow = asyncio.Event()
    running = asyncio.create_task(office.courier.run())
    await until(lambda: bool(office.post.flying))
    stopping = asyncio.create_task(office.courier.stop())
    await asyncio.sleep(0.01)
    office.post.slow.set()
    await stopping
    await running
    assert office.states() == {"sent": 1, "waiting": 1}


async def test_limits_hold_across_a_restart(desk: Desk) -> None:
    first = Office(desk, overall=30)
    first.put("one", chat=1)
    await first.courier.drain()
    second = Office(desk, overall=30)
    running = asyncio.create_task(second.courier.run())
    await second.courier.go_on_duty()
    await until(lambda: bool(second.limits.closed()))
    assert second.limits.closed() == {1}
    await second.courier.stop()
    await running


async def test_storage_trouble_loses_no_outcome_and_sends_nothing_twice(office: Office) -> None:
    real = office.outbox.turn
    fail = iter([False, True, True, False, True])

    async def sometimes(outcomes: Any, *rest: Any) -> Any:
        if next(fail, False):
            if not outcomes:
                await real(outcomes, *rest)  # committed, but the answer is lost
            raise StorageTrouble("disk full")
        return await real(outcomes, *rest)

    office.outbox.turn = sometimes  # type: ignore[method-assign]
    for number in range(5):
        office.put(f"{number}", chat=number + 1)
    await office.courier.drain()
    office.put("late", chat=9)
    await office.courier.drain()
    assert sorted(office.post.said) == [*[(n + 1, f"{n}") for n in range(5)], (9, "late")]
    assert office.states() == {"sent": 6}
