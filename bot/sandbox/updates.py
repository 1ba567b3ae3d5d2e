"""Knows which updates wait for the bot and how getUpdates hands them out."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

from bot.sandbox.errors import ApiError

Json = dict[str, Any]

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "managed_bot",
)
"""What a bot gets that named no `allowed_updates`; chat_member and message_reaction must be asked for."""

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Updates:
    """The queue of updates. A long poll that another one overtakes ends with 409, as at Telegram."""

    def __init__(self, first_id: int = 1) -> None:
        self._queue: deque[tuple[int, int, Json]] = deque()
        self._next_id = first_id
        self._allowed: frozenset[str] = frozenset(KINDS)
        self._poll: asyncio.Future[None] | None = None
        self.confirmed_to = 0
        self.webhook_active = False
        self.on_new: Callable[[], None] = lambda: None

    def put(self, kind: str, data: Json, lane: int) -> int | None:
        """Queues an update of one chat (`lane`); returns its id, or None where the bot did not ask for that kind."""
        if kind not in self._allowed:
            return None
        number = self._next_id
        self._next_id += 1
        self._queue.append((number, lane, {"update_id": number, kind: data}))
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self.on_new()
        return number

    def allow(self, kinds: Any) -> None:
        """Remembers `allowed_updates`: absent changes nothing, an empty list means the default."""
        if isinstance(kinds, list):
            self._allowed = frozenset(kinds) or frozenset(KINDS)

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed) if self._allowed != frozenset(KINDS) else []

    @property
    def polled(self) -> bool:
        """Whether a long poll is waiting."""
        return self._poll is not None and not self._poll.done()

    def pending(self) -> int:
        return len(self._queue)

    def waiting(self) -> list[tuple[int, int, Json]]:
        """(update id, lane, update) of everything not yet confirmed."""
        return list(self._queue)

    def drop(self, number: int) -> None:
        """Confirms one update, wherever it stands (webhook)."""
        if self._queue and self._queue[0][0] == number:
            self._queue.popleft()
        else:
            self._queue = deque(row for row in self._queue if row[0] != number)
        self.confirmed_to = max(self.confirmed_to, number)

    def clear(self) -> None:
        self._queue.clear()

    def interrupt(self, words: str = "Conflict: terminated by setWebhook request") -> None:
        """Ends a long poll that is under way."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, words))

    async def get(self, offset: int, limit: int, patience: float) -> list[Json]:
        """Updates from `offset` on, at most `limit`; waits up to `patience` seconds. Raises ApiError (409)."""
        if self.webhook_active:
            raise ApiError(409, WEBHOOK_SET)
        self.interrupt(OTHER_POLLER)
        self._confirm(offset)
        if not self._queue and patience > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(patience):
                    await poll
            except TimeoutError:
                return []
            finally:
                if self._poll is poll:
                    self._poll = None
        return [update for _, _, update in islice(self._queue, limit)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._queue) > -offset:
                self.confirmed_to = self._queue.popleft()[0]
            return
        while self._queue and self._queue[0][0] < offset:
            self.confirmed_to = self._queue.popleft()[0]
