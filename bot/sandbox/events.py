"""Knows who watches: pages that are told of every change as it happens (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

QUEUE = 1000
"""Events kept for a page that is slow; beyond that it is told to load everything anew."""


class Events:
    """Everybody who listens at GET /sandbox/events."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[str | None]] = set()

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        if not self._watchers:
            return
        line = f"data: {json.dumps({'kind': kind, **data}, ensure_ascii=False)}\n\n"
        for queue in self._watchers:
            if queue.qsize() < QUEUE:
                queue.put_nowait(line)
            elif queue.qsize() == QUEUE:
                queue.put_nowait('data: {"kind": "reload"}\n\n')

    def close(self) -> None:
        for queue in self._watchers:
            queue.put_nowait(None)

    async def stream(self, request: web.BaseRequest) -> web.StreamResponse:
        """Holds the connection and writes each event as it comes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            await response.write(b": welcome\n\n")
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    line = ": still here\n\n"
                if line is None:
                    break
                await response.write(line.encode())
        except ConnectionError:
            pass
        finally:
            self._watchers.discard(queue)
        return response
