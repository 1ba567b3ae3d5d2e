"""Knows how what waits in the outbox gets to people: claimed, sent side by side, and its outcome written down.

A crash leaves at most what was in flight in doubt: a message is claimed only when it can leave at once, or within a moment.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from core.checkpoints import Checkpoint, pass_by
from core.ports import (
    BadMarkup,
    Clock,
    Messenger,
    OutboxDesk,
    Outcome,
    Outgoing,
    Refused,
    SendError,
    StorageTrouble,
    TryAgain,
    Uncertain,
)
from core.words.voice import voice
from scheduler.drawing import Draw, Drawing, as_it_is
from scheduler.limits import Limits, Place

log = logging.getLogger(__name__)

MOST_FLYING = 100
"""Messages in flight at once; more gains nothing and would leave more in doubt after a crash."""

SEND_SECONDS = 75.0
"""No send takes longer; shorter than the lease of a claim. Drawing a paper before it has a limit of its own."""

AHEAD_SECONDS = 0.02
"""So long before a place opens its message is claimed: writing that down takes none of the place's time."""

RECOVER_SECONDS = 15.0
_IDLE_SECONDS = 10.0
_LAST_TRIES = 5
"""At the end storage gets so many chances; what it can't take then is in doubt, as after a crash."""
_OUTAGE_PAUSE_MOST = 30.0


class Courier:
    """One per deployment at a time (`on_duty`); its limits hold for everybody then."""

    def __init__(
        self,
        outbox: OutboxDesk,
        messenger: Messenger,
        clock: Clock,
        limits: Limits,
        *,
        lang: str = "zh",
        draw: Draw = as_it_is,
        most_flying: int = MOST_FLYING,
        checkpoint: Checkpoint = pass_by,
    ) -> None:
        self._checkpoint = checkpoint
        self.on_duty = False
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._limits = limits
        self._voice = voice(lang)
        self.drawing = Drawing(draw, self._voice)
        self._most_flying = most_flying
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._aside: dict[int, asyncio.Task[None]] = {}
        """Whose paper takes long to draw: their chats are free meanwhile."""
        self._outcomes: list[Outcome] = []
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._stopping = False
        self._running = False
        self._outage = 0
        self._storage_failures = 0
        self._recovered_at = float("-inf")
        self._opens_at = float("inf")
        """When something opens that was closed as the last turn began: by its end it may be open already."""

    async def go_on_duty(self) -> None:
        """From here on this courier is the one that sends."""
        await self._remember()
        self.on_duty = True
        self._awake.set()

    def wake(self) -> None:
        """Something new is to be said."""
        self._awake.set()

    async def run(self) -> None:
        """Sends until `stop`, then finishes what is in flight."""
        self._running = True
        self._ended.clear()
        try:
            while not self._finished():
                self._awake.clear()
                await self._look_after_the_dead()
                moved = await self._cycle()
                await self._rest(moved)
        finally:
            self._running = False
            self._ended.set()

    async def stop(self) -> None:
        """No new message leaves; returns when what is in flight has come to its end and is written down.

        What is being drawn is not in flight yet: it waits for the next start.
        """
        self._stopping = True
        self.drawing.stop()
        self._awake.set()
        await self._ended.wait()

    async def drain(self) -> None:
        """Returns when nothing can be sent now: what is left waits for its hour, a back-off or a decision."""
        while await self._pending():
            if self._running:
                self._awake.set()
                await asyncio.sleep(0.005)
            else:
                await self._rest(await self._cycle())

    def _finished(self) -> bool:
        if not self._stopping or self._flying or self._aside:
            return False
        return not self._outcomes or self._storage_failures > _LAST_TRIES

    async def _cycle(self) -> bool:
        """Writes down what came to an end and lets go what may leave. True if something left.

        Claiming follows the writing down in the same turn: when nothing was claimed, nothing can leave just now.
        """
        outcomes, self._outcomes = self._outcomes, []
        self._opens_at = self._clock.monotonic() + self._opens_in()
        closed = self._limits.closed(AHEAD_SECONDS)
        try:
            if self._storage_failures:
                await self._outbox.put_back_strays([*self._in_hand(), *(o.outgoing.id for o in outcomes)])
            claimed = await self._outbox.turn(outcomes, self._clock.now(), self._room(), closed)
        except StorageTrouble as trouble:
            self._outcomes = outcomes + self._outcomes
            self._storage_failures += 1
            log.warning("the outbox can't be written, trying again: %s", trouble)
            return False
        except Exception:
            # A defect must not end sending without a word; what came to an end is kept and written at the next try.
            self._outcomes = outcomes + self._outcomes
            self._storage_failures += 1
            log.exception("defect: a turn of the outbox failed, trying again")
            return False
        self._storage_failures = 0
        for outgoing in claimed:
            place = self._limits.book(outgoing.chat_id)
            self._flying[outgoing.id] = asyncio.create_task(self._send(outgoing, place))
        return bool(claimed)

    def _room(self) -> int:
        if self._stopping or not self.on_duty:
            return 0
        room = self._most_flying - len(self._flying)
        if (allowed := self._limits.room(AHEAD_SECONDS)) is not None:
            room = min(room, allowed)
        if self._outage:
            room = min(room, 1 - len(self._flying))  # one probe; the others need not learn that nobody answers
        return max(room, 0)

    async def _send(self, outgoing: Outgoing, place: Place) -> None:
        outcome: Outcome | None = None
        try:
            outcome = await self._try(outgoing, place)
        finally:
            del self._flying[outgoing.id]
            place.end()
        if outcome is not None:
            self._outcomes.append(outcome)
            self._draw_conclusions(outcome)
        self._awake.set()

    async def _try(self, outgoing: Outgoing, place: Place) -> Outcome | None:
        """What became of it; None where it stepped aside."""
        marked = self._marked(outgoing)
        try:
            ready = await self.drawing.drawn(marked)
            if ready is None:
                if await self._step_aside(marked):
                    return None
                ready = await self.drawing.rest(marked)
            while (wait := place.ready_in()) > 0:
                if (pause := self._limits.pause) > AHEAD_SECONDS:
                    return Outcome(outgoing, error=TryAgain("it had not left yet", after=pause, everybody=True))
                await asyncio.sleep(min(wait, 1.0))
            place.take()
            async with asyncio.timeout(SEND_SECONDS):
                self._checkpoint("send.leaving")
                sent = await self._messenger.send(ready)
                self._checkpoint("send.answered")
        except SendError as error:
            return Outcome(outgoing, error=error)
        except TimeoutError:
            return Outcome(outgoing, error=Uncertain(f"no answer for {SEND_SECONDS:.0f} s"))
        except Exception as error:
            log.exception("defect: message %s could not be made", outgoing.id)
            return Outcome(outgoing, error=Refused(f"{type(error).__name__}: {error}"))
        return Outcome(outgoing, sent.message_id)

    async def _step_aside(self, outgoing: Outgoing) -> bool:
        """Lets the chat go on while its paper is drawn; False where that can't be written down."""
        try:
            if self._stopping or not await self._outbox.set_aside(outgoing.id, self._clock.now()):
                return False
        except StorageTrouble as trouble:
            log.warning("message %s holds its chat up while it is drawn: %s", outgoing.id, trouble)
            return False
        self._aside[outgoing.id] = asyncio.create_task(self._draw_aside(outgoing))
        return True

    async def _draw_aside(self, outgoing: Outgoing) -> None:
        """Once it is drawn it waits for its turn like any other; its row says so, whatever ends this process before."""
        try:
            await self.drawing.aside(outgoing)
            if not await self._back_in_turn(outgoing.id) or not self.on_duty:
                self.drawing.forget(outgoing.id)
        finally:
            del self._aside[outgoing.id]
            self._awake.set()

    async def _back_in_turn(self, number: int) -> bool:
        tries = 0
        while True:
            try:
                return await self._outbox.back_in_turn(number)
            except StorageTrouble as trouble:
                tries += 1
                log.warning("message %s is drawn, but its row can't be written: %s", number, trouble)
                if self._stopping and tries > _LAST_TRIES:
                    return False  # the next start finds it
            await asyncio.sleep(0.1 * 2.0 ** min(tries, 6))

    def _in_hand(self) -> list[int]:
        """What is claimed by this process and alive."""
        return [*self._flying, *self._aside]

    def _marked(self, outgoing: Outgoing) -> Outgoing:
        if not outgoing.repeated:
            return outgoing
        text = self._voice("delivery.repeated", text=outgoing.message.text)
        return replace(outgoing, message=replace(outgoing.message, text=text))

    def _draw_conclusions(self, outcome: Outcome) -> None:
        """What one outcome says about everybody's next message."""
        error = outcome.error
        if isinstance(error, TryAgain) and error.everybody:
            self._limits.pause_all(error.after or 1.0)
            log.warning("everybody pauses for %s s: %s", error.after or 1.0, error)
        elif isinstance(error, TryAgain):
            if not self._limits.paused:  # those that left together count as one failure
                self._outage += 1
                self._limits.pause_all(min(_OUTAGE_PAUSE_MOST, 0.1 * 2.0**self._outage))
        else:
            self._outage = 0
        if isinstance(error, BadMarkup):
            log.error("defect: Telegram refused the markup of message %s: %s", outcome.outgoing.id, error)
        elif isinstance(error, SendError):
            log.info("message %s: %s: %s", outcome.outgoing.id, type(error).__name__, error)

    async def _rest(self, moved: bool) -> None:
        """Waits for news, or until a limit opens or something falls due."""
        idle = not self._flying and not (self._stopping and self._aside)
        if idle and (self._stopping or (moved and self._room() > 0)) and not self._storage_failures:
            return
        seconds = _IDLE_SECONDS
        if self._storage_failures:
            seconds = min(seconds, 0.1 * 2.0 ** min(self._storage_failures, 6))
            self._awake.clear()
        else:
            opens = min(self._opens_in(), self._opens_at - self._clock.monotonic())
            seconds = min(seconds, max(opens, 0.001))
            if not self._flying:
                seconds = min(seconds, self._due_in())
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._awake.wait()

    def _opens_in(self) -> float:
        """Seconds until something closed now opens; infinite where nothing is."""
        opens = self._limits.opens_in(AHEAD_SECONDS)
        return float("inf") if opens is None else opens

    def _due_in(self) -> float:
        due = self._outbox.due_after_turn()
        return _IDLE_SECONDS if due is None else max(0.02, (due - self._clock.now()).total_seconds())

    async def _pending(self) -> bool:
        if self._flying or self._aside or self._outcomes:
            return True
        return await self._outbox.pending(self._clock.now())

    async def _remember(self) -> None:
        """What was sent a moment ago, by an earlier life perhaps, counts against the limits."""
        now = self._clock.now()
        with suppress(StorageTrouble):
            sent = await self._outbox.recent(now - timedelta(minutes=1))
            self._limits.seed((chat_id, (now - at).total_seconds()) for chat_id, at in sent)

    async def _look_after_the_dead(self) -> None:
        now = self._clock.monotonic()
        if now - self._recovered_at < RECOVER_SECONDS or self._stopping:
            return
        try:
            if freed := await self._outbox.recover(self._clock, self._in_hand()):
                log.warning("%s messages of a dead process are in doubt", freed)
        except StorageTrouble:
            return
        except Exception:
            log.exception("defect: what the dead had in flight could not be looked at; it is tried again")
        self._recovered_at = now
