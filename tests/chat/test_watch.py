"""The auditor and the morning's note: what was broken on purpose is found, repaired, counted and told once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.start import HEARD_SECONDS
from bot.watch import Auditor, Hands
from core.words.html import html
from core.words.message import Message
from core.words.voice import voice
from core.words.watch import note_message
from storage import inbox, outbox, pulse, watch
from storage.agenda import AgendaRow
from storage.inbox import InboxEntry
from storage.leases import me
from storage.outbox import OutboxEntry
from storage.tables.obligations import ObligationRow
from tests.chat.world import BOTH, Actor, World, defect

DATABASES = BOTH

NUDGED = "2023-03-09T10:00"


def reminders(actor: Actor) -> list[dict[str, Any]]:
    return [m for m in actor.messages if m["from"]["is_bot"] and "【提醒】" in (m["text"] or "")]


async def audit(world: World) -> dict[str, int]:
    assert world.demo.bot is not None
    found = await world.demo.bot.auditor.run()
    await world.demo.settle()
    return found


async def do(world: World, statement: Any) -> None:
    assert world.demo.bot is not None
    await world.demo.bot.desk.run(lambda session: session.execute(statement) and None)


@asynccontextmanager
async def listened_to(world: World) -> AsyncIterator[tuple[Auditor, list[str]]]:
    """The bot's auditor with somebody outside who hears its heartbeats."""
    beats: list[str] = []

    async def beat(request: web.Request) -> web.Response:
        beats.append(request.path)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/secret", beat)
    async with TestServer(app) as server:
        bot = world.demo.bot
        assert bot is not None
        hands = Hands(bot.tick, bot.wake, bot._well, bot.agenda.look_at, bot.receiver.release)
        yield Auditor(bot.desk, bot.storage, world.demo.clock, hands, str(server.make_url("/secret"))), beats


async def tick_missed(world: World) -> None:
    assert world.demo.bot is not None
    await world.demo.bot.tick()
    world.demo.clock.set(world.demo.clock.now() + timedelta(hours=1))


async def reminder_in_no_outbox(world: World) -> None:
    await do(world, delete(OutboxEntry).where(OutboxEntry.kind == "nudge"))


async def rung_lost(world: World) -> None:
    await do(world, update(ObligationRow).values(next_nudge_on=None))


async def overlooked(world: World) -> None:
    first = select(func.min(ObligationRow.id)).scalar_subquery()
    await do(world, update(ObligationRow).where(ObligationRow.id == first).values(next_nudge_on=date(2023, 3, 8)))
    await do(world, delete(AgendaRow))


async def update_unhandled(world: World) -> None:
    """Another process, which may be alive, took it an hour ago and did nothing."""
    now = world.demo.clock.now()
    row = InboxEntry(update_id=77, chat_id=1, payload='{"update_id":77}', received_at=now - timedelta(hours=2), tries=1)
    row.state, row.claimed_by, row.lease_until = "claimed", "elsewhere:1:x", now + timedelta(seconds=50)
    assert world.demo.bot is not None
    await world.demo.bot.desk.run(lambda session: session.add(row))


async def message_unsent(world: World) -> None:
    now, chat = world.demo.clock.now(), world.of("区民政局").last["chat_id"]

    def put(session: Session) -> None:
        text, long_ago = Message(html("早该发了")), now - timedelta(hours=2)
        outbox.put(session, "late", chat, text, kind="reply", now=long_ago, office_id=1)
        row = outbox.find_key(session, "late")
        assert row is not None
        row.state, row.claimed_by, row.claimed_at = "claimed", "elsewhere:1:x", long_ago
        row.lease_until = now + timedelta(seconds=50)

    assert world.demo.bot is not None
    await world.demo.bot.desk.run(put)


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (tick_missed, "tick"),
        (reminder_in_no_outbox, "nudge"),
        (rung_lost, "nudge"),
        (overlooked, "rung"),
        (update_unhandled, "unhandled"),
        (message_unsent, "unsent"),
    ],
)
async def test_what_should_have_happened_is_found_counted_and_mended_and_the_heartbeat_is_silent_meanwhile(
    world: World, broken: Callable[[World], Awaitable[None]], named: str
) -> None:
    bot = world.demo.bot
    assert bot is not None
    await world.pass_to(NUDGED)
    async with listened_to(world) as (auditor, beats):
        assert await auditor.run() == {} and len(beats) == 1
        await broken(world)
        assert named in await auditor.run()
        assert len(beats) == 1, "silence is the alarm"
        world.demo.clock.set(world.demo.clock.now() + timedelta(minutes=6))
        await auditor.run()
        await world.demo.settle()
        world.demo.clock.set(world.demo.clock.now() + timedelta(minutes=3))
        await world.demo.settle()
        await bot.tick()
        assert await auditor.run() == {}
        assert len(beats) >= 2, "and it beats again"
        assert (await bot.desk.run(pulse.repairs))[named]
        counts = await bot.desk.run(lambda session: watch.stuck(session, world.demo.clock.now(), timedelta(minutes=10)))
        assert counts == {"inbox": 0, "outbox": 0}


async def test_what_the_bot_made_up_for_is_in_the_morning_note_once(world: World) -> None:
    await world.pass_to(NUDGED)
    await reminder_in_no_outbox(world)
    assert (await audit(world))["nudge"] == 5
    await world.pass_to("2023-03-10T09:30")
    notes = [m["text"] for m in world.supervisor.messages if "运行提示" in (m["text"] or "")]
    assert len(notes) == 1 and "漏掉的提醒 5 条" in notes[0]
    await world.pass_to("2023-03-13T10:00")
    assert len([m for m in world.supervisor.messages if "运行提示" in (m["text"] or "")]) == 1


async def test_what_waits_for_an_hour_is_in_the_note(world: World) -> None:
    """Only what could have moved: a queue that moves on is not stuck, however long it is."""
    bot, now = world.demo.bot, world.demo.clock.now()
    assert bot is not None
    await world.demo.work(lambda work: work.watch.trouble(now, now))
    await message_unsent(world)
    seen = await world.demo.work(lambda work: work.watch.trouble(now, now))
    assert seen.stuck == 1 and seen.worth
    assert "1 条消息一个多小时" in str(note_message(voice("zh"), seen, await world.demo.work(lambda w: w.office)).text)
    bulk = update(OutboxEntry).where(OutboxEntry.key == "late").values(state="waiting", priority=2, claimed_by=None)
    await do(world, bulk)
    sent = update(OutboxEntry).where(OutboxEntry.state == "sent").values(ended_at=now)
    await do(world, sent)
    assert not (await world.demo.work(lambda work: work.watch.trouble(now, now))).stuck


async def test_when_all_is_well_nothing_is_repaired_and_nobody_is_told(world: World) -> None:
    await world.pass_to(NUDGED)
    before = len(world.supervisor.messages)
    assert await audit(world) == {}
    await world.pass_to("2023-03-10T10:00")
    assert not any("运行提示" in (m["text"] or "") for m in world.supervisor.messages[before:])


async def test_a_reminder_that_is_in_no_outbox_is_made_up_for_once(world: World) -> None:
    contact = world.of("区民政局")
    await world.pass_to(NUDGED)
    assert len(reminders(contact)) == 1
    await do(
        world, delete(OutboxEntry).where(OutboxEntry.kind == "nudge", OutboxEntry.chat_id == contact.last["chat_id"])
    )
    assert (await audit(world))["nudge"] == 1
    assert len(reminders(contact)) == 2
    assert await audit(world) == {}
    assert "漏发" in await world.supervisor.send("/task 2-2")


async def test_an_obligation_whose_next_rung_was_lost_gets_it_back(world: World) -> None:
    await do(world, update(ObligationRow).values(next_nudge_on=None))
    assert (await audit(world))["nudge"] == 5
    await world.pass_to(NUDGED)
    assert len(reminders(world.of("区民政局"))) == 1


async def test_a_tick_that_did_not_run_is_run(world: World) -> None:
    assert world.demo.bot is not None
    await world.demo.bot.tick()
    world.demo.clock.set(world.demo.clock.now() + timedelta(days=6, hours=1))
    found = await audit(world)
    assert found["tick"] == 1
    assert len(reminders(world.of("区民政局"))) == 1
    counted = await world.demo.bot.desk.run(pulse.repairs)
    assert counted["tick"] == 1


async def test_what_a_dead_process_had_in_hand_is_taken_over(world: World) -> None:
    assert world.demo.bot is not None
    contact, now = world.of("区民政局"), world.demo.clock.now()
    await do(
        world,
        update(OutboxEntry)
        .where(OutboxEntry.message_id == contact.last["message_id"], OutboxEntry.chat_id == contact.last["chat_id"])
        .values(state="claimed", claimed_by="elsewhere:1:x", lease_until=now - timedelta(seconds=1), ended_at=None),
    )
    before = len(contact.messages)
    found = await audit(world)
    assert found == {"outbox": 1}
    world.demo.clock.set(now + timedelta(minutes=6))
    await world.demo.settle()
    assert "可能重复" in contact.messages[-1]["text"] and len(contact.messages) == before + 1


async def test_an_update_over_which_processes_died_is_set_aside_by_the_auditor_and_its_sender_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.demo.bot is not None
    contact, now = world.of("区民政局"), world.demo.clock.now()
    chat = contact.last["chat_id"]
    monkeypatch.setattr(inbox, "DEATHS", 1)
    monkeypatch.setattr(world.demo.bot.receiver, "_looked_at", float("inf"))  # it would see it sooner or later itself
    user = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": 9, "date": 0, "chat": {"id": chat, "type": "private"}, "from": user, "text": "要命的话"}
    update = {"update_id": 77, "message": message}
    row = InboxEntry(update_id=77, chat_id=chat, payload=json.dumps(update), received_at=now, tries=1)
    earlier_life = f"{me().rpartition(':')[0]}:earlier"
    row.state, row.claimed_by, row.lease_until = "claimed", earlier_life, now + timedelta(seconds=50)
    await world.demo.bot.desk.run(lambda session: session.add(row))
    assert (await audit(world))["inbox"] == 1
    assert "已保存" in contact.text


async def test_an_update_set_aside_is_in_the_morning_note_and_its_sender_is_told_it_is_kept(world: World) -> None:
    contact, group = world.of("区民政局"), world.group
    with defect():
        await contact.send("这条会出错")
        await group.send("/overdue")
    assert "已保存" in contact.text and "已保存" in group.text
    await world.pass_to("2023-03-06T09:30")
    note = next(m["text"] for m in world.supervisor.messages if "运行提示" in (m["text"] or ""))
    assert "2 条来信处理失败" in note


async def test_people_who_blocked_the_bot_and_failures_are_told_once_with_what_to_do(world: World) -> None:
    contact = world.of("区民政局")
    await world.demo.sandbox.block(contact.person, wait=True)
    await world.pass_to("2023-03-06T09:30")
    notes = [m for m in world.supervisor.messages if "运行提示" in (m["text"] or "")]
    assert len(notes) == 1 and "新增联系不上 1 人：李涛" in notes[0]["text"]
    await world.supervisor.click("联络情况", notes[0])
    assert "已停用 1" in world.supervisor.text
    await world.pass_to("2023-03-08T18:00")
    assert len([m for m in world.supervisor.messages if "运行提示" in (m["text"] or "")]) == 1


async def test_a_downtime_is_told_the_next_working_morning(world: World) -> None:
    assert world.demo.bot is not None
    await world.demo.bot.tick()
    await world.demo.bot.stop()
    world.demo.clock.set(world.demo.clock.now() + timedelta(hours=5))
    await world.demo.start_bot(clockwork=False)
    await world.pass_to("2023-03-06T09:30")
    note = next(m["text"] for m in world.supervisor.messages if "运行提示" in (m["text"] or ""))
    assert "停运：3月3日 09:00 至 3月3日 14:00" in note


@pytest.mark.parametrize(("button", "copies"), [("重发", 2), ("已收到", 1)])
async def test_a_broadcast_that_may_not_have_arrived_is_shown_to_the_supervisor_to_decide(
    world: World, button: str, copies: int
) -> None:
    assert world.demo.bot is not None
    before = len(world.group.messages)
    await world.supervisor.send("/summary")
    world.demo.sandbox.fault("answer_lost", methods=["sendPhoto"], count=1)
    await world.supervisor.click("发送到")
    await world.demo.settle()
    assert await world.demo.bot.auditor.notes() >= 1
    await world.demo.settle()
    asked = next(m for m in world.supervisor.messages if "可能没有送达" in (m["text"] or ""))
    assert "通报：" in asked["text"]
    await world.supervisor.click(button, asked)
    assert len(world.group.messages) == before + copies
    assert await world.demo.bot.auditor.notes() == 0
    world.plant(world.supervisor, "旧", world_action := f"doubt:{await newest_doubt(world)}:again")
    answer = await world.supervisor.click("旧")
    assert "已经处理过" in (answer["answer"] or ""), world_action


async def newest_doubt(world: World) -> int:
    assert world.demo.bot is not None
    query = select(OutboxEntry.id).where(OutboxEntry.kind == "broadcast").order_by(OutboxEntry.id.desc())
    number: int = await world.demo.bot.desk.run(lambda session: session.scalar(query))
    return number


async def test_the_heartbeat_is_called_only_while_all_is_well(world: World) -> None:
    assert world.demo.bot is not None
    bot = world.demo.bot
    async with listened_to(world) as (auditor, beats):
        await auditor.run()
        assert beats == ["/secret"]
        old = world.demo.clock.now() - timedelta(hours=1)
        stuck = InboxEntry(
            update_id=77, chat_id=1, payload="{}", received_at=old, state="claimed", claimed_by="x", lease_until=old
        )
        stuck.lease_until = world.demo.clock.now() + timedelta(hours=1)
        await bot.desk.run(lambda session: session.add(stuck))
        counts = await bot.desk.run(lambda s: watch.stuck(s, world.demo.clock.now(), timedelta(minutes=10)))
        assert counts["inbox"] == 1
        await auditor.run()
        assert beats == ["/secret"], "silence is the alarm"
        await do(world, delete(InboxEntry).where(InboxEntry.update_id == 77))
        await auditor.run()
        assert beats == ["/secret", "/secret"]
        bot._heard_at -= HEARD_SECONDS
        await auditor.run()
        assert len(beats) == 2, "who doesn't hear Telegram is not well"
