"""Papers are drawn apart from sending: slow or failed drawing leaves nothing in doubt, and whoever waits is told once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from core.ports import Outgoing
from core.words.html import Html
from core.words.message import Message, Paper
from scheduler.courier import Courier
from scheduler.drawing import SIDE_BY_SIDE
from storage import outbox
from storage.claims import LEASE
from storage.delivery import DeskOutbox
from storage.engine import Desk

from .conftest import HandClock, until
from .test_courier import Office

PAPER = Paper("plain.txt", "清单.txt", {"text": "一"})


class Easel:
    """Draws when it is let; `trouble` is raised instead."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.trouble: Exception | None = None
        self.begun = 0

    async def draw(self, outgoing: Outgoing) -> Outgoing:
        self.begun += 1
        await self.ready.wait()
        if self.trouble:
            raise self.trouble
        return replace(outgoing, content=b"drawn")


def office_with(desk: Desk, easel: Easel) -> Office:
    office = Office(desk)
    office.courier = Courier(office.outbox, office.post, office.clock, office.limits, lang="en", draw=easel.draw)
    office.courier.on_duty = True
    return office


def put(office: Office, key: str, kind: str = "reply", text: str = "the list") -> None:
    message = Message(Html(text), paper=PAPER)
    office.desk.run_sync(lambda s: outbox.put(s, key, 7, message, kind=kind, now=office.clock.now()))


async def test_what_takes_too_long_goes_out_as_words_that_say_so_once(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    office.courier.drawing.seconds = 0.05
    put(office, "a")
    put(office, "b", kind="broadcast", text="the summary")
    await office.courier.drain()
    said = dict(enumerate(text for _, text in office.post.said))
    assert said[0].startswith("the list") and "could not be made" in said[0] and "清单.txt" in said[0]
    assert said[1] == "the summary", "a group reads the words alone"
    assert office.states() == {"sent": 2}, "nothing in doubt, nothing again"


async def test_a_defect_in_drawing_is_told_to_who_waits(desk: Desk) -> None:
    easel = Easel()
    easel.ready.set()
    easel.trouble = KeyError("a defect")
    office = office_with(desk, easel)
    put(office, "a")
    await office.courier.drain()
    assert len(office.post.said) == 1 and "could not be made" in office.post.said[0][1]
    assert office.states() == {"sent": 1}


async def test_who_is_told_to_end_while_drawing_ends_at_once_and_the_next_start_draws_it(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    put(office, "a")
    running = asyncio.create_task(office.courier.run())
    await until(lambda: easel.begun == 1)
    await asyncio.wait_for(office.courier.stop(), 10)
    await running
    assert not office.post.said and office.states() == {"waiting": 1}
    easel.ready.set()
    again = office_with(desk, easel)
    again.post = office.post
    again.courier = Courier(again.outbox, office.post, again.clock, again.limits, lang="en", draw=easel.draw)
    again.courier.on_duty = True
    await again.courier.drain()
    assert [text for _, text in office.post.said] == ["the list"] and easel.begun == 2


async def test_a_living_process_keeps_the_claim_of_what_it_draws_and_a_dead_one_loses_it(desk: Desk) -> None:
    office = Office(desk)
    put(office, "a")
    post = DeskOutbox(desk, "here:1:a")
    now = office.clock.now()
    [claimed] = await post.turn([], now, 5)
    for minutes in range(1, 12):
        assert await post.recover(HandClock(now + timedelta(minutes=minutes)), [claimed.id]) == 0
    later = now + timedelta(minutes=11) + LEASE
    assert await post.recover(HandClock(later)) == 1, "nobody draws it any more"
    assert office.states() == {"waiting": 1}


async def aside(office: Office, easel: Easel) -> asyncio.Task[None]:
    """A courier that has set the paper aside."""
    office.courier.drawing.patience = 0.01
    put(office, "a")
    running = asyncio.create_task(office.courier.run())
    await until(lambda: easel.begun == 1 and office.states() == {"drawing": 1})
    return running


async def test_a_chat_is_answered_while_its_paper_is_drawn(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    running = await aside(office, easel)
    office.put("b", text="an answer")
    office.courier.wake()
    await until(lambda: len(office.post.said) == 1)
    assert office.post.said == [(7, "an answer")]
    easel.ready.set()
    await until(lambda: office.states() == {"sent": 2})
    assert [text for _, text in office.post.said] == ["an answer", "the list"] and easel.begun == 1
    await office.courier.stop()
    await running


async def test_what_a_dead_process_was_drawing_is_drawn_again_and_is_in_no_doubt(desk: Desk) -> None:
    office = Office(desk)
    put(office, "a")
    now = office.clock.now()
    post = DeskOutbox(desk, "here:1:a")
    [claimed] = await post.turn([], now, 5)
    assert await post.set_aside(claimed.id, now)
    assert not await DeskOutbox(desk, "here:2:b").back_in_turn(claimed.id), "it is another's"
    for minutes in range(1, 12):
        assert await post.recover(HandClock(now + timedelta(minutes=minutes)), [claimed.id]) == 0, (
            "whoever lives keeps it"
        )
    assert await post.recover(HandClock(now + timedelta(minutes=11) + LEASE)) == 1
    [again] = await DeskOutbox(desk, "here:2:b").turn([], now + timedelta(minutes=20), 5)
    assert again.id == claimed.id and not again.repeated and again.attempt == 2


async def test_what_was_aside_when_the_bot_ends_is_drawn_by_the_next_start(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    running = await aside(office, easel)
    await asyncio.wait_for(office.courier.stop(), 10)
    await running
    assert not office.post.said and office.states() == {"waiting": 1}


async def test_what_is_taken_back_while_it_is_drawn_is_not_sent(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    running = await aside(office, easel)
    assert desk.run_sync(lambda s: outbox.drop(s, "not wanted", office.clock.now(), chat_id=7)) == 1
    easel.ready.set()
    office.put("b")
    await office.courier.drain()
    assert [text for _, text in office.post.said] == ["b"] and office.states() == {"sent": 1, "dropped": 1}
    await office.courier.stop()
    await running


async def test_an_edit_waits_for_what_is_being_drawn(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    running = await aside(office, easel)
    first = desk.run_sync(lambda s: outbox.find_key(s, "a"))
    edit = Message(Html("the list, corrected"))
    desk.run_sync(lambda s: outbox.put(s, "e", 7, edit, kind="reply", now=office.clock.now(), edits_id=first.id))
    office.courier.wake()
    await asyncio.sleep(0.05)
    assert not office.post.said
    easel.ready.set()
    await until(lambda: office.states() == {"sent": 2})
    assert [text for _, text in office.post.said] == ["the list", "the list, corrected"]
    await office.courier.stop()
    await running


async def test_several_papers_of_one_chat_are_drawn_side_by_side_but_not_all_at_once(desk: Desk) -> None:
    easel = Easel()
    office = office_with(desk, easel)
    office.courier.drawing.patience = 0.01
    for number in range(SIDE_BY_SIDE + 2):
        put(office, f"p{number}", text=f"list {number}")
    running = asyncio.create_task(office.courier.run())
    await until(lambda: office.states() == {"drawing": SIDE_BY_SIDE + 2})
    assert easel.begun == SIDE_BY_SIDE
    easel.ready.set()
    await until(lambda: office.states() == {"sent": SIDE_BY_SIDE + 2})
    await office.courier.stop()
    await running
