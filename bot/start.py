"""Knows how the house is put together: storage, runner, courier, clockwork and Telegram become one running bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from secrets import token_urlsafe
from typing import Any

from sqlalchemy.orm import Session

from bot.agenda import Agenda
from bot.database import desk_of
from bot.files import Files
from bot.gathering import gathering
from bot.progress import Progress
from bot.settings import Settings
from bot.telegram.application import download, reach, reaches_us
from bot.telegram.keeping import build
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.receiver import Receiver
from bot.telegram.webhook import Webhook
from bot.turns import Watch
from bot.watch import Auditor, Hands
from core.cases.absence import keep_absences
from core.cases.briefing_due import due_briefings
from core.cases.collect_due import due_calls
from core.cases.handover import lapse_handovers
from core.cases.held_over import hold_over
from core.cases.instruction import remind_instructions
from core.cases.leader_digest import due_digests
from core.cases.nudge import nudge
from core.cases.receipts import remind_receipts
from core.cases.retention import due_retention
from core.cases.summary import due_summaries
from core.checkpoints import Checkpoint, pass_by
from core.papers.render import render
from core.ports import Clock
from core.work import Work
from handlers.runner import Runner
from scheduler.clockwork import Clockwork
from scheduler.courier import Courier
from scheduler.limits import Limits
from storage import pulse
from storage.delivery import DeskOutbox
from storage.duty import duty
from storage.hours import Hours
from storage.leases import me
from storage.migrating import migrate
from storage.work import OfficeStorage

log = logging.getLogger(__name__)

TICK_SECONDS = 30.0
AUDIT_SECONDS = 180.0
PRUNE_SECONDS = 3600.0

HEARD_SECONDS = 120.0
"""A poll ends after twenty seconds at most; without an answer for so long the bot hears nothing."""

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Duban:
    """One bot process. `start` returns once it polls; `stop` finishes what is under way."""

    def __init__(
        self, settings: Settings, clock: Clock, limits: Limits | None = None, checkpoint: Checkpoint = pass_by
    ) -> None:
        """`checkpoint` is for crash tests: it is called with each step of core.checkpoints.STEPS."""
        self.settings = settings
        self.clock = clock
        self.desk = desk_of(settings)
        self.storage = OfficeStorage(settings.office_defaults())
        self._heard_at = float("-inf")
        self.application = build(settings.token, settings.telegram_api_base_url, self._keep, self._heard)
        self.bot = self.application.bot
        self.files = Files(partial(download, self.bot))
        messenger = TelegramMessenger(self.bot, render, paid=settings.allow_paid_broadcast)
        self.progress = Progress(self.desk, clock, self._said, settings.language)
        chosen = limits or Limits(clock.monotonic, overall=1000 if settings.allow_paid_broadcast else 30)
        draw = self.progress.drawing(gathering(self.desk, self.storage, clock, messenger.drawn))
        hours = Hours(lambda session, number: self.storage.office(session, number).office, self._held_over)
        self.post = DeskOutbox(self.desk, me(), self._unreachable, self.storage.moved, checkpoint, hours)
        self.courier = Courier(
            self.post,
            messenger,
            clock,
            chosen,
            lang=settings.language,
            draw=draw,
            checkpoint=checkpoint,
        )
        self.runner = Runner(
            self.desk,
            self.storage,
            clock,
            messenger,
            self.files.prepare,
            wake=self._said,
            checkpoint=checkpoint,
            shown=self.progress.reading,
        )
        self.watch = Watch(duty(self.desk, clock), self._on_duty, self._off_duty, self.courier.wake)
        self.receiver = Receiver(self.desk, clock, self.runner, checkpoint)
        self.checkpoint = checkpoint
        self.agenda = Agenda(self.desk, self.storage, settings.office_defaults(), self._office_tick)
        hands = Hands(self.tick, self.wake, self._well, self.agenda.look_at, self.receiver.release)
        self.auditor = Auditor(self.desk, self.storage, clock, hands, settings.heartbeat_url or "")
        self.clockwork = Clockwork(
            [
                ("tick", TICK_SECONDS, self._if_on_duty(self.tick)),
                ("audit", AUDIT_SECONDS, self._if_on_duty(self.auditor.run)),
                ("prune", PRUNE_SECONDS, self._if_on_duty(self.auditor.prune)),
            ]
        )
        self._ticks = False
        self.webhook: Webhook | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, clockwork: bool = True) -> None:
        """Handles from here on; polls and sends as soon as no other process does. Waits while Telegram can't be reached.

        Raises telegram.error.InvalidToken where the token is refused, core.ports.StorageTrouble, and what migrate does.
        """
        await asyncio.to_thread(migrate, self.desk)
        if down := await self.desk.run(lambda session: pulse.started(session, self.clock.now())):
            log.warning("the bot was down for %s", down)
        await self.agenda.open()
        await reach(self.bot)
        await self.application.initialize()
        self.runner.bot = self.bot.username
        self._tasks = [asyncio.create_task(self.courier.run()), asyncio.create_task(self.receiver.run())]
        self._ticks = clockwork
        if self.settings.mode == "webhook":
            await self._serve_webhook()
        await self.watch.start()
        if clockwork:
            self.clockwork.start()

    async def _on_duty(self) -> None:
        """This process polls, sends and ticks from here on."""
        await self.courier.go_on_duty()
        if self.webhook is None:
            await self._poll()
        if self._ticks:
            # The first turn of the clockwork is half a minute away: too late for a process that dies more often.
            self._tasks.append(asyncio.create_task(self._first_tick()))

    async def _off_duty(self) -> None:
        """Another process may be on duty: nothing leaves any more, and nobody polls."""
        self.courier.on_duty = False
        await self._stop_polling()

    async def _stop_polling(self) -> None:
        updater = self.application.updater
        if updater is not None and updater.running:
            await updater.stop()

    def _if_on_duty(self, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        async def run() -> None:
            if self.watch.on_duty:
                await work()

        return run

    def _said(self) -> None:
        """Something new is to be said: by us, or by the process on duty."""
        if self.watch.on_duty:
            self.courier.wake()
        else:
            self.watch.tell()

    async def _first_tick(self) -> None:
        try:
            await self.tick()
        except Exception:
            log.exception("the first tick failed; the next one comes in %s s", TICK_SECONDS)

    async def stop(self) -> None:
        """No new update is taken, no new message leaves; what is under way is finished and written down."""
        await self.watch.settle()
        await self._stop_polling()
        if self.webhook is not None:
            await self.webhook.stop()
        with suppress(Exception):
            self.clockwork.stop()
        await self.receiver.stop()
        await self.courier.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.watch.stop()
        await self.application.shutdown()
        self.desk.close()

    async def _serve_webhook(self) -> None:
        settings = self.settings
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else token_urlsafe(32)
        self.webhook = Webhook(self._keep, secret)
        await self.webhook.start(*settings.listen)
        await self.bot.set_webhook(
            settings.webhook_url or "", allowed_updates=ALLOWED_UPDATES, secret_token=secret, max_connections=40
        )

    async def _poll(self) -> None:
        updater = self.application.updater
        assert updater is not None
        await updater.start_polling(
            poll_interval=0.0,
            timeout=20,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        self._heard()  # it has just answered that there is no webhook

    async def tick(self) -> int:
        """Everything that is due now, office by office, each in its own transaction. Returns messages put."""
        now = self.clock.now()
        said = await self.agenda.tick(now)
        await self.desk.run(lambda session: pulse.beat(session, "tick", now))
        if said:
            self.checkpoint("tick.done")
            self.courier.wake()
        return said

    async def next_due(self) -> datetime | None:
        """The next moment at which a tick or the courier has something to do."""
        now = self.clock.now()
        due = await self.agenda.next_due(now)
        moments = [due] if due is not None else []
        note = await self.auditor.next_due()
        if note is not None and note > now:
            moments.append(note)
        held = await self.post.next_due()
        if held is not None and held > now:
            moments.append(held)
        return min(moments, default=None)

    def wake(self) -> None:
        """Receiver and courier look at their queues now."""
        self.receiver.wake()
        self.courier.wake()

    def _heard(self) -> None:
        """Telegram answered a poll, and what it brought is kept."""
        self._heard_at = self.clock.monotonic()

    async def _well(self) -> bool:
        """Whether updates come in and the last tick failed for nobody."""
        if self.agenda.ill:
            return False
        if self.webhook is None:
            # A polling task can be dead or refused (409, no network) while its updater still says that it runs.
            return self.clock.monotonic() - self._heard_at < HEARD_SECONDS
        return await reaches_us(self.bot, self.settings.webhook_url or "", self.clock.now())

    async def settle(self) -> None:
        """Returns when every kept update is handled and everything that may be said now is said."""
        while True:
            await self.receiver.settled()
            await self.courier.drain()
            if await self.receiver.idle():
                return

    def _office_tick(self, office: Work, now: datetime) -> int:
        """All that a tick does for an office. Whatever is added here has its next moment in core.cases.agenda."""
        # First of all: who is away from today on gets nothing more, and their deputy does.
        said = keep_absences(office, now) + lapse_handovers(office, now)
        said += due_summaries(office, now) + due_briefings(office, now) + due_digests(office, now)
        more = True
        while more:
            done = nudge(office, now)
            said, more = said + done.said, done.more
        said += remind_receipts(office, now) + remind_instructions(office, now) + due_calls(office, now)
        said += due_retention(office, now)
        if said:
            self.checkpoint("tick.written")
        return said

    async def _keep(self, updates: Any) -> None:
        await self.receiver.keep(updates)

    def _unreachable(self, session: Session, chat_id: int, why: str) -> None:
        self.storage.unreachable(session, chat_id, why, self.clock.now())

    def _held_over(self, session: Session, office_id: int, ids: Sequence[int], now: datetime) -> None:
        hold_over(self.storage.office(session, office_id), ids, now)
