"""Knows how the facts of a large paper are gathered when it is drawn: read beside the writer, so that nobody waits for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.cases.gathered import KIND, gather
from core.papers.steps import heard_there
from core.ports import Clock, Outgoing
from core.words.message import Message
from scheduler.drawing import Draw
from storage.engine import Desk
from storage.outbox import put
from storage.work import OfficeStorage


def gathering(desk: Desk, storage: OfficeStorage, clock: Clock, draw: Draw) -> Draw:
    """Draws papers; of one that is to be gathered first, further parts follow as messages of their own, each once."""

    async def drawn(outgoing: Outgoing) -> Outgoing:
        paper, office_id = outgoing.message.paper, outgoing.office_id
        if paper is None or paper.kind != KIND or office_id is None:
            return await draw(outgoing)
        now = clock.now()

        def gathered(session: Any) -> list[Message]:
            return gather(storage.office(session, office_id), paper.data, now)

        first, *more = await desk.read(heard_there(gathered))
        if more:
            await desk.run(lambda session: _put(session, outgoing, more, clock))
        return await draw(replace(outgoing, message=first))

    return drawn


def _put(session: Any, outgoing: Outgoing, messages: list[Message], clock: Clock) -> None:
    for number, message in enumerate(messages, start=2):
        put(
            session,
            f"gathered:{outgoing.id}:{number}",
            outgoing.chat_id,
            message,
            kind=outgoing.kind,
            now=clock.now(),
            office_id=outgoing.office_id,
        )
