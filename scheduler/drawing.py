"""Knows how a message's paper is drawn before it is sent: apart from sending, so that slow drawing never puts a message in doubt."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from core.ports import Outgoing, SendError, TryAgain
from core.words.html import lines
from core.words.voice import Voice

log = logging.getLogger(__name__)

DRAW_SECONDS = 600.0
"""A year's archive takes some seconds of a processor; a machine that needs longer than this for it is in trouble."""

PATIENCE = 2.0
"""Seconds that a chat waits for a paper; then the paper steps aside, and what comes behind it is said."""

SIDE_BY_SIDE = 4
"""Papers drawn at once; the others wait their turn, aside as well."""

Draw = Callable[[Outgoing], Awaitable[Outgoing]]
"""The same message with its paper drawn (`content`)."""


class Drawing:
    """What can't be drawn is surely not sent: its words go out alone and say so, once."""

    def __init__(self, draw: Draw, said: Voice, seconds: float = DRAW_SECONDS) -> None:
        self._draw, self._said, self.seconds = draw, said, seconds
        self.patience = PATIENCE
        self._turns = asyncio.Semaphore(SIDE_BY_SIDE)
        self._under_way: dict[int, asyncio.Task[Outgoing]] = {}
        self._ready: dict[int, Outgoing] = {}
        """What was drawn aside, until its turn to be sent comes."""
        self._stopped = False

    async def drawn(self, outgoing: Outgoing) -> Outgoing | None:
        """Ready to be sent; None where it takes longer than a chat should wait: `rest` has it then.

        Raises TryAgain where the process ends before it was drawn.
        """
        if outgoing.message.paper is None:
            return outgoing
        if ready := self._ready.pop(outgoing.id, None):
            # Drawn, it may say more than its row; where it goes to the row knows better (the group may have moved).
            return replace(ready, chat_id=outgoing.chat_id, topic_id=outgoing.topic_id, reply_to=outgoing.reply_to)
        task = self._under_way.get(outgoing.id) or asyncio.ensure_future(self._careful(outgoing))
        self._under_way[outgoing.id] = task
        done, _ = await asyncio.wait((task,), timeout=self.patience)
        return self._end(outgoing.id) if done else None

    async def rest(self, outgoing: Outgoing) -> Outgoing:
        """The same however long it takes. Raises TryAgain where the process ends before."""
        await asyncio.wait((self._under_way[outgoing.id],))
        return self._end(outgoing.id)

    async def aside(self, outgoing: Outgoing) -> None:
        """Draws on; the next `drawn` of this message has it at once. Nothing is kept where the process ends before."""
        with suppress(SendError):
            self._ready[outgoing.id] = await self.rest(outgoing)

    def forget(self, number: int) -> None:
        """Nobody sends it any more."""
        self._ready.pop(number, None)

    def stop(self) -> None:
        """What is being drawn is left: it waits for the next start, for nothing of it was sent."""
        self._stopped = True
        for task in self._under_way.values():
            task.cancel()

    def _end(self, number: int) -> Outgoing:
        return self._under_way.pop(number).result()

    async def _careful(self, outgoing: Outgoing) -> Outgoing:
        try:
            async with self._turns, asyncio.timeout(self.seconds):
                return await self._draw(outgoing)
        except TimeoutError:
            log.error("the paper of message %s took longer than %.0f s to draw", outgoing.id, self.seconds)
        except asyncio.CancelledError:
            if not self._stopped:
                raise
            raise TryAgain("ended while it was drawn", after=0.0) from None
        except SendError:
            raise
        except Exception:
            log.exception("defect: the paper of message %s could not be drawn", outgoing.id)
        return self._words_alone(outgoing)

    def _words_alone(self, outgoing: Outgoing) -> Outgoing:
        message = outgoing.message
        if outgoing.kind == "broadcast" and message.text:
            return replace(outgoing, message=replace(message, paper=None))  # a group needs no word about it
        name = message.paper.name if message.paper else ""
        text = lines(message.text or None, self._said("delivery.undrawn", name=name))
        return replace(outgoing, message=replace(message, text=text, paper=None))


async def as_it_is(outgoing: Outgoing) -> Outgoing:
    """For a messenger that draws by itself."""
    return outgoing
