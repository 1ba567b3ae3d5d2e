"""One office's broadcast to ten thousand delays neither another office's replies nor its bulk, at Telegram's own pace."""

from __future__ import annotations

import asyncio

from bot.clock import SystemClock
from core.ports import Outgoing, Sent
from core.words.html import Html
from core.words.message import Message
from scheduler.courier import Courier
from scheduler.limits import Limits
from storage import outbox
from storage.delivery import DeskOutbox
from storage.engine import Desk
from tests.bench.swift import SwiftClock, run

BIG, SMALL = 1, 2


class Post:
    """A messenger that notes who was told what, and when."""

    def __init__(self, clock: SwiftClock) -> None:
        self.clock = clock
        self.said: list[tuple[float, Outgoing]] = []

    async def send(self, outgoing: Outgoing) -> Sent:
        await asyncio.sleep(0)
        self.said.append((self.clock.monotonic(), outgoing))
        return Sent(len(self.said))

    async def busy(self, chat_id: int) -> None:
        return None

    async def answer(self, callback_id: str, toast: str = "", alert: bool = False) -> None:
        raise NotImplementedError


def put(desk: Desk, office: int, kind: str, first_chat: int, count: int) -> None:
    now = SystemClock().now()

    def work(session: object) -> None:
        for number in range(count):
            key = f"{kind}:{office}:{first_chat + number}"
            message = Message(Html(kind))
            outbox.put(session, key, first_chat + number, message, kind=kind, now=now, office_id=office)  # type: ignore[arg-type]

    desk.run_sync(work)


def test_a_broadcast_of_ten_thousand_holds_up_no_other_office(desk: Desk) -> None:
    put(desk, BIG, "broadcast", 10_000, 10_000)
    clock = SwiftClock(4.0)
    post = Post(clock)

    async def play() -> float:
        courier = Courier(DeskOutbox(desk, "here:1:a"), post, clock, Limits(clock.monotonic), lang="en")
        await courier.go_on_duty()
        running = asyncio.create_task(courier.run())
        while len(post.said) < 40:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await asyncio.to_thread(put, desk, SMALL, "broadcast", 50_000, 20)
        await asyncio.to_thread(put, desk, SMALL, "reply", 60_000, 3)
        asked = len(post.said)
        courier.wake()
        while sum(o.office_id == SMALL for _, o in post.said) < 23:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await courier.stop()
        await running
        return asked

    asked = run(play(), clock)
    after = [o for _, o in post.said[int(asked) :]]
    replies = [place for place, o in enumerate(after) if o.kind == "reply"]
    bulk = [place for place, o in enumerate(after) if o.office_id == SMALL and o.kind == "broadcast"]
    # Counted in messages, not in seconds: what was under way when they were put, then the replies before all bulk, then turns.
    under_way = 15
    assert max(replies) <= under_way + 3
    assert max(bulk) <= under_way + 3 + 2 * 20
    others = [o for o in after[bulk[0] : bulk[-1]] if o.office_id == BIG]
    assert len(others) >= 10, "the big office goes on beside it"


def test_the_most_in_any_second_is_kept_meanwhile(desk: Desk) -> None:
    put(desk, BIG, "broadcast", 10_000, 200)
    put(desk, SMALL, "reply", 60_000, 100)
    clock = SwiftClock(4.0)
    post = Post(clock)

    async def play() -> None:
        courier = Courier(DeskOutbox(desk, "here:1:a"), post, clock, Limits(clock.monotonic), lang="en")
        await courier.go_on_duty()
        running = asyncio.create_task(courier.run())
        while len(post.said) < 130:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await courier.stop()
        await running

    run(play(), clock)
    times = [at for at, _ in post.said]
    assert max(sum(1 for other in times if at - 1 < other <= at) for at in times) <= 30
    kinds = [o.kind for _, o in post.said[:100]]
    assert kinds == ["reply"] * 100
