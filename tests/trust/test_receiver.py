"""What the receiver promises: no claim is forgotten, and trouble from outside is not the update's fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.orm import Session

from bot.clock import SystemClock
from bot.telegram import receiver as receiving
from bot.telegram.receiver import Receiver
from core.ports import Aside, StorageTrouble, TelegramTrouble
from storage import inbox
from storage.engine import Desk
from storage.inbox import InboxRow
from storage.leases import me

CLOCK = SystemClock()


class Counter:
    """A runner that notes what it handled; `trouble` holds errors for the next tries."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.handled: list[int] = []
        self.sorry: list[int] = []
        self.trouble: list[Exception] = []
        self.speechless = False
        self.woken = 0
        self.slow: set[int] = set()
        self.read = asyncio.Event()

    async def handle(self, row: InboxRow, aside: Aside) -> None:
        if row.update_id in self.slow:
            await aside()
            await self.read.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        await self.desk.run(lambda session: inbox.done(session, row.update_id, CLOCK.now()))
        self.handled.append(row.update_id)

    def apologise(self, session: Session, row: InboxRow) -> None:
        if self.speechless:
            raise KeyError("message")
        self.sorry.append(row.update_id)

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_LOOK_AGAIN", "_LOOK_AFTER", "_STORAGE_BACK_OFF", "_TELEGRAM_BACK_OFF"):
        monkeypatch.setattr(receiving, name, 0.02)
    monkeypatch.setattr(inbox, "_BACK_OFF", (0, 0, 0))


@pytest.fixture
async def runner(desk: Desk) -> AsyncIterator[Counter]:
    runner = Counter(desk)
    receiver = Receiver(desk, CLOCK, runner)
    task = asyncio.create_task(receiver.run())
    yield runner
    await receiver.stop()
    await task


async def test_what_arrives_while_a_commit_is_under_way_becomes_one_transaction(desk: Desk) -> None:
    """So a webhook that gets forty updates at once waits for the disk a few times, not forty."""
    written: list[str] = []
    runner = Counter(desk)
    receiver = Receiver(desk, CLOCK, runner, lambda step: written.append(step))
    twice = [{"update_id": n, "message": {"chat": {"id": n}}} for n in (*range(40), 7)]
    await asyncio.gather(*(receiver.keep([update]) for update in twice))
    assert written.count("receive.written") <= 2
    await handled(runner, 16)  # as many as are handled side by side; the others wait for a turn
    await receiver.stop()
    await receiver.run()
    assert len(set(runner.handled)) == 16
    assert await desk.run(inbox.counts) == {"waiting": 24, "claimed": 0, "reading": 0, "aside": 0}


async def test_who_waited_for_a_commit_that_failed_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> int:
        raise StorageTrouble("disk full")

    runner = Counter(desk)
    receiver = Receiver(desk, CLOCK, runner)
    with monkeypatch.context() as broken:
        broken.setattr(inbox, "keep", fails)
        updates = [[{"update_id": n, "message": {"chat": {"id": n}}}] for n in range(3)]
        found = await asyncio.gather(*(receiver.keep(one) for one in updates), return_exceptions=True)
    assert [type(one) for one in found] == [StorageTrouble] * 3
    await asyncio.gather(*(receiver.keep(one) for one in updates))
    assert sorted(await handled(runner, 3)) == [0, 1, 2]
    await receiver.stop()
    await receiver.run()


async def test_what_takes_long_to_read_holds_up_neither_its_chat_nor_anybodys_place(
    desk: Desk, runner: Counter
) -> None:
    runner.slow = set(range(1, 41))
    keep(desk, *((n, n) for n in range(1, 41)), (41, 1), (42, 2), (43, 3))
    assert sorted(await handled(runner, 3)) == [41, 42, 43]
    assert await desk.run(inbox.counts) == {"waiting": 0, "claimed": 0, "reading": 40, "aside": 0}
    runner.read.set()
    await handled(runner, 43)
    assert await desk.run(inbox.counts) == {"waiting": 0, "claimed": 0, "reading": 0, "aside": 0}


async def test_what_fails_after_it_was_read_aside_is_tried_again_in_its_turn(desk: Desk, runner: Counter) -> None:
    runner.slow = {1}
    keep(desk, (1, 5))
    await until_reading(desk, 1)
    runner.trouble = [TelegramTrouble("cut"), ValueError("defect")]
    runner.read.set()
    assert await handled(runner, 1) == [1]


async def test_a_stop_leaves_what_is_being_read_to_the_next_start(desk: Desk) -> None:
    runner = Counter(desk)
    runner.slow = {1}
    receiver = Receiver(desk, CLOCK, runner)
    running = asyncio.create_task(receiver.run())
    keep(desk, (1, 5), (2, 5))
    await handled(runner, 1)
    await receiver.stop()
    async with asyncio.timeout(5):
        await running
    assert runner.handled == [2]
    assert await desk.run(inbox.counts) == {"waiting": 0, "claimed": 0, "reading": 1, "aside": 0}
    await desk.run(lambda session: inbox.release_expired(session, CLOCK.now(), "another:1:1"))
    late = CLOCK.now() + 2 * inbox.LEASE
    assert await desk.run(lambda session: inbox.release_expired(session, late, "another:1:1")) == 1
    [row] = await desk.run(lambda session: inbox.claim(session, late, me(), 5))
    assert (row.update_id, row.tries, row.deaths) == (1, 1, 1)


async def until_reading(desk: Desk, count: int) -> None:
    async with asyncio.timeout(10):
        while (await desk.run(inbox.counts))["reading"] < count:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "edited_message": {"chat": {"id": 8}, "from": {"id": 8}}}, 8),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": -6}}}}, -6),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 7}}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 9}, "from": {"id": 9}}}, 9),
        ({"update_id": 1, "poll": {"id": "x"}}, 0),
        ({"update_id": 1, "message": {"chat": "?", "from": {"id": 3}}}, 3),
    ],
)
def test_an_update_is_handled_in_the_lane_of_its_chat(update: dict[str, object], lane: int) -> None:
    assert receiving.lane(update) == lane


def keep(desk: Desk, *rows: tuple[int, int]) -> None:
    desk.run_sync(lambda s: inbox.keep(s, [(n, chat, f'{{"update_id":{n}}}') for n, chat in rows], CLOCK.now()))


async def handled(runner: Counter, count: int) -> list[int]:
    async with asyncio.timeout(10):
        while len(runner.handled) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return runner.handled


async def test_what_a_dead_process_had_claimed_is_handled_by_the_next_one(desk: Desk, runner: Counter) -> None:
    dead = me().rpartition(":")[0].rpartition(":")[0] + ":999999999:life"
    await desk.run(lambda s: inbox.keep(s, [(1, 7, '{"update_id":1}'), (2, 7, '{"update_id":2}')], CLOCK.now()))
    await desk.run(lambda s: inbox.claim(s, CLOCK.now(), dead, 1))
    assert await handled(runner, 2) == [1, 2]


async def test_a_claim_whose_commit_was_not_answered_is_not_forgotten(desk: Desk, runner: Counter) -> None:
    keep(desk, (1, 7))
    await desk.run(lambda s: inbox.claim(s, CLOCK.now(), me(), 1))
    assert await handled(runner, 1) == [1]


@pytest.mark.parametrize("trouble", [StorageTrouble("disk full"), TelegramTrouble("Bad Gateway")])
async def test_trouble_from_outside_never_sets_an_update_aside(desk: Desk, runner: Counter, trouble: Exception) -> None:
    runner.trouble = [trouble] * (3 * inbox.TRIES)
    keep(desk, (1, 7), (2, 7))
    assert await handled(runner, 2) == [1, 2]
    assert runner.sorry == []


async def test_an_update_that_can_not_be_handled_is_set_aside_and_the_chat_goes_on(desk: Desk, runner: Counter) -> None:
    runner.trouble = [KeyError("x")] * inbox.TRIES
    keep(desk, (1, 7), (2, 7))
    assert await handled(runner, 1) == [2]
    assert runner.sorry == [1] and runner.woken, "what is said to the person leaves at once"
    assert [entry.error for entry in await desk.run(inbox.set_aside)] == ["KeyError: 'x'"]


async def test_who_can_not_be_told_is_set_aside_all_the_same(desk: Desk, runner: Counter) -> None:
    runner.trouble, runner.speechless = [KeyError("x")] * inbox.TRIES, True
    keep(desk, (1, 7), (2, 7))
    assert await handled(runner, 1) == [2]
    assert await desk.run(inbox.counts) == {"waiting": 0, "claimed": 0, "reading": 0, "aside": 1}


async def test_who_killed_too_many_processes_is_set_aside_and_the_person_told(
    desk: Desk, runner: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "DEATHS", 1)
    dead = me().rpartition(":")[0].rpartition(":")[0] + ":999999999:life"

    def taken(session: Session) -> None:
        inbox.keep(session, [(1, 7, '{"update_id":1}'), (2, 7, '{"update_id":2}')], CLOCK.now())
        inbox.claim(session, CLOCK.now(), dead, 1)

    await desk.run(taken)
    assert await handled(runner, 1) == [2]
    assert runner.sorry == [1]


async def test_half_a_character_holds_up_nobody(desk: Desk, runner: Counter) -> None:
    receiver = Receiver(desk, CLOCK, runner)
    broken = {"update_id": 1, "message": {"chat": {"id": 7}, "text": "\ud83d"}}
    await receiver.keep([broken, {"update_id": 2, "message": {"chat": {"id": 8}, "text": "好"}}])
    assert sorted(await handled(runner, 2)) == [1, 2]


async def test_an_error_that_nobody_foresaw_ends_neither_receiving_nor_handling(
    desk: Desk, runner: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, failures = inbox.claim, [ZeroDivisionError(), ZeroDivisionError()]

    def failing(*given):  # type: ignore[no-untyped-def]
        if failures:
            raise failures.pop()
        return claim(*given)

    monkeypatch.setattr(inbox, "claim", failing)
    keep(desk, (1, 7))
    assert await handled(runner, 1) == [1]
