"""Knows how many messages are put at once: one statement for a whole mailing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core.rules.delivery import pieces, priority
from core.work import Letter
from storage.inserting import insert_new
from storage.outbox import OutboxEntry, next_turn


def put_all(session: Session, letters: Sequence[Letter], *, kind: str, now: datetime, office_id: int) -> int:
    """`storage.outbox.put` for each of them, ready to go. Returns how many are new."""
    rank = priority(kind)
    shared: dict[str, Any] = {
        "office_id": office_id, "kind": kind, "priority": rank, "state": "waiting", "created_at": now, "tries": 0,
        "repeated": False, "plain": False,
    }  # fmt: skip
    rows = [
        {
            "key": letter.key if number == 1 else f"{letter.key}/{number}",
            "chat_id": letter.chat_id,
            "person_id": letter.person_id,
            "about": list(letter.about),
            "payload": part.to_json(),
            "turn": next_turn(session, rank, office_id),
        }
        for letter in letters
        for number, part in enumerate(pieces(letter.message), start=1)
    ]
    if not rows:
        return 0
    keys = set(insert_new(session, OutboxEntry, rows, "key", shared))
    return sum(letter.key in keys for letter in letters)
