"""Knows how a message's paper is drawn before it is sent: apart from sending, so that slow drawing never puts a message in doubt."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.ports import Outgoing, SendError, TryAgain
from core.words.html import lines
from core.words.voice import Voice

log = logging.getLogger(__name__)

DRAW_SECONDS = 600.0
"""A year's archive takes some seconds of a processor; a machine that needs longer than this for it is in trouble."""

Draw = Callable[[Outgoing], Awaitable[Outgoing]]
"""The same message with its paper drawn (`content`)."""


class Drawing:
    """What can't be drawn is surely not sent: its words go out alone and say so, once."""

    def __init__(self, draw: Draw, said: Voice, seconds: float = DRAW_SECONDS) -> None:
        self._draw, self._said, self.seconds = draw, said, seconds
        self._under_way: set[asyncio.Task[Outgoing]] = set()
        self._stopped = False

    async def drawn(self, outgoing: Outgoing) -> Outgoing:
        """Ready to be sent. Raises TryAgain where the process ends before it was drawn."""
        if outgoing.message.paper is None:
            return outgoing
        task = asyncio.ensure_future(self._drawn(outgoing))
        self._under_way.add(task)
        try:
            async with asyncio.timeout(self.seconds):
                return await task
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
        finally:
            self._under_way.discard(task)
        return self._words_alone(outgoing)

    def stop(self) -> None:
        """What is being drawn is left: it waits for the next start, for nothing of it was sent."""
        self._stopped = True
        for task in self._under_way:
            task.cancel()

    async def _drawn(self, outgoing: Outgoing) -> Outgoing:
        return await self._draw(outgoing)

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
