"""Knows how a run is judged: what people sent, what the sandbox let appear, and what the database holds, compared."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.words.voice import voice

from .office import Office

_MARK = str(voice("zh")("delivery.repeated", text=""))


@dataclass
class Verdict:
    """What a run cost. Only `uncertain` may be anything but zero, and never more than `in_flight`."""

    updates: int = 0
    updates_lost: int = 0
    answers_missing: int = 0
    reports: int = 0
    reports_lost: int = 0
    reports_doubled: int = 0
    messages: int = 0
    messages_lost: int = 0
    messages_doubled: int = 0
    uncertain: int = 0
    in_flight: int = 0
    nudges: int = 0
    nudges_missing: int = 0
    wrong: str = ""
    """What a trouble saw beside the counts and should not have."""
    seen: str = ""
    """What it measured."""

    @property
    def good(self) -> bool:
        none = ("updates_lost", "answers_missing", "reports_lost", "reports_doubled")
        none += ("messages_lost", "messages_doubled", "nudges_missing", "wrong")
        return not any(getattr(self, name) for name in none) and self.uncertain <= self.in_flight

    def since(self, before: Verdict) -> Verdict:
        """What was counted after `before`."""
        counts = [f.name for f in fields(Verdict) if isinstance(f.default, int)]
        return Verdict(**{name: getattr(self, name) - getattr(before, name) for name in counts})

    def json(self) -> dict[str, Any]:
        return asdict(self) | {"good": self.good}


async def judge(office: Office, in_flight: int, nudged: list[tuple[str, set[int]]] | None = None) -> Verdict:
    """`in_flight`: how many messages were on their way in all moments of trouble; `nudged`: (day, chats) expected."""
    office.collect()
    return await office.desk.read(lambda session: _judge(session, office, in_flight, nudged or []))


def _judge(session: Session, office: Office, in_flight: int, nudged: list[tuple[str, set[int]]]) -> Verdict:
    out = Verdict(in_flight=in_flight, updates=len(office.said), reports=len(office.reports))
    handled = {row[0] for row in session.execute(text("SELECT update_id FROM inbox WHERE state = 'done'"))}
    out.updates_lost = len(office.said.keys() - handled)
    _judge_reports(session, office, out)
    _judge_messages(session, office, out)
    answered = {
        int(row[0].split(":")[1])
        for row in session.execute(
            text("SELECT key FROM outbox WHERE key LIKE 'reply:%' AND state IN ('sent', 'uncertain')")
        )
    }
    out.answers_missing = len(office.said.keys() - answered)
    for day, chats in nudged:
        rows = session.execute(
            text(
                "SELECT chat_id FROM outbox WHERE kind = 'nudge' AND key LIKE :day AND state IN ('sent', 'uncertain')"
            ),
            {"day": f"nudge:%:{day}:%"},
        )
        heard = {row[0] for row in rows}
        out.nudges += len(chats)
        out.nudges_missing += len(chats - heard)
    return out


def _judge_reports(session: Session, office: Office, out: Verdict) -> None:
    kept = [row[0] for row in session.execute(text("SELECT text FROM report"))]
    for word in office.reports.values():
        times = sum(word in words for words in kept)
        out.reports_lost += times == 0
        out.reports_doubled += times > 1


def _judge_messages(session: Session, office: Office, out: Verdict) -> None:
    """Per chat and text: at least as often as surely said, at most as often as said or in doubt, again only marked."""
    least: Counter[tuple[int, str]] = Counter()
    once: Counter[tuple[int, str]] = Counter()
    again: Counter[tuple[int, str]] = Counter()
    edits = set()
    rows = session.execute(
        text("SELECT id, chat_id, payload, state, repeated, doubted_at, edit_message_id, edits_id FROM outbox")
    )
    for number, chat_id, payload, state, repeated, doubted, edit, edits_id in rows:
        if number in office.before:
            continue
        message = payload if isinstance(payload, dict) else json.loads(payload)
        key = chat_id, str(message["text"])
        if edit or edits_id:
            edits.add(key)
            continue
        sure = state == "sent"
        # Said again with a mark: the first copy may have arrived as well; in doubt again, it has been in doubt twice.
        out.uncertain += (doubted is not None) + (bool(repeated) and not sure)
        least[key] += sure
        once[key] += sure or doubted is not None
        again[key] += bool(repeated)
    bare, marked = _delivered(office)
    out.messages = bare.total() + marked.total()
    for key in least.keys() | bare.keys() | marked.keys():
        if key in edits:
            continue
        out.messages_lost += max(0, least[key] - bare[key] - marked[key])
        # Repeated without its mark is doubled: the person can't know that it is the same word again.
        out.messages_doubled += max(0, bare[key] - once[key]) + max(0, marked[key] - again[key])


def _delivered(office: Office) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """How often a text appeared in a chat without the mark of a repetition, and with it."""
    bare: Counter[tuple[int, str]] = Counter()
    marked: Counter[tuple[int, str]] = Counter()
    for (chat_id, words), times in office.delivered.items():
        if words.startswith(_MARK):
            marked[chat_id, words.removeprefix(_MARK)] += times
        else:
            bare[chat_id, words] += times
    return bare, marked
