"""Knows how a chat sees how far long work has come: one message, edited now and then, that says at the end that it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from bot.reading import SECONDS
from core.papers.steps import Step, listening
from core.ports import Clock, FileRef, Outgoing, StorageTrouble
from core.words.message import Message
from core.words.steps import over, under_way
from core.words.voice import voice
from scheduler.drawing import Draw
from storage import telling
from storage.engine import Desk

log = logging.getLogger(__name__)

FIRST = 2.0
"""Seconds that work may take without a word: quick work leaves no message."""

EVERY = 3.0
"""Seconds between two edits; with what else the chat gets they stay within Telegram's one message a second."""

Say = Callable[[Step | None, float], Message]
"""What the message says of the last step heard of and the seconds passed."""


class Progress:
    """Tells chats through the outbox, so that limits, order and troubles are the courier's as ever."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        wake: Callable[[], None],
        lang: str = "zh",
        first: float = FIRST,
        every: float = EVERY,
    ) -> None:
        self._desk, self._clock, self._wake, self._lang = desk, clock, wake, lang
        self.first, self.every = first, every

    def drawing(self, draw: Draw) -> Draw:
        """Draws papers; whoever asked for one sees how far it has come."""

        async def shown(outgoing: Outgoing) -> Outgoing:
            paper = outgoing.message.paper
            if paper is None or outgoing.kind != "reply":
                return await draw(outgoing)
            said, key = voice(self._lang), f"progress:{outgoing.id}"

            def say(step: Step | None, seconds: float) -> Message:
                return under_way(said, "drawing", paper.name, step, seconds)

            done, again = over(said, "drawing", paper.name), outgoing.attempt > 1
            async with self.shown(key, outgoing.chat_id, outgoing.office_id, say, done, again):
                return await draw(outgoing)

        return shown

    def reading(
        self, file: FileRef, key: str, chat_id: int, lang: str, again: bool
    ) -> AbstractAsyncContextManager[None]:
        """Whoever sent a file sees how far its reading has come (handlers.runner.Shown)."""
        said = voice(lang or self._lang)

        def say(step: Step | None, seconds: float) -> Message:
            return under_way(said, "reading", file.name, step, seconds, most=SECONDS)

        return self.shown(f"reading:{key}", chat_id, None, say, over(said, "reading", file.name), again)

    @asynccontextmanager
    async def shown(
        self, key: str, chat_id: int, office_id: int | None, say: Say, over: Message, again: bool = False
    ) -> AsyncIterator[None]:
        """While the body runs the chat sees how far it has come, once it takes long; then `over`.

        `key` is the work's own: begun again by another process, the same message goes on (`again`: that may be so).
        """
        told = _Told(self, key, chat_id, office_id, say)
        keeping = asyncio.create_task(told.keep_up())
        left = False
        try:
            with listening(told.hear):
                yield
        except asyncio.CancelledError:
            left = True  # whoever begins it again says how it ends
            raise
        finally:
            told.done.set()
            await keeping
            if (told.said or again) and not left:
                await told.tell(over, last=True)

    async def write(self, key: str, chat_id: int, office_id: int | None, message: Message, last: bool) -> None:
        """That something can't be told now never spoils the work."""
        now, put = self._clock.now(), telling.last if last else telling.tell
        try:
            await self._desk.run(lambda session: put(session, key, chat_id, office_id, message, now), together=True)
        except StorageTrouble as trouble:
            log.warning("how far it has come could not be written: %s", trouble)
            return
        self._wake()

    def now(self) -> float:
        return self._clock.monotonic()


class _Told:
    """One piece of work and what was told of it."""

    def __init__(self, progress: Progress, key: str, chat_id: int, office_id: int | None, say: Say) -> None:
        self._progress, self._key, self._chat_id, self._office_id, self._say = progress, key, chat_id, office_id, say
        self._began = progress.now()
        self._step: Step | None = None
        self.said: Message | None = None
        self.done = asyncio.Event()

    def hear(self, step: Step) -> None:
        self._step = step

    async def keep_up(self) -> None:
        wait = self._progress.first
        while not await self._over_within(wait):
            message = self._say(self._step, self._progress.now() - self._began)
            if message != self.said:
                self.said = message
                await self.tell(message)
            wait = self._progress.every

    async def tell(self, message: Message, last: bool = False) -> None:
        await self._progress.write(self._key, self._chat_id, self._office_id, message, last)

    async def _over_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.done.wait()
        return self.done.is_set()
