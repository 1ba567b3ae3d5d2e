"""Knows how a person's dates read as a calendar, which entries an import changes, and which it takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from core.cases.export import Facts
from core.papers.packing import packed
from core.rules.obligations import Kind, Obligation, Revised, grouped_dates, stage
from core.rules.office import Office
from core.rules.people import Person, Role
from core.rules.tasks import short
from core.words import terms
from core.words.message import Message, Paper
from core.words.voice import Voice

Row = dict[str, Any]
_NEVER = Revised()


def calendar_message(said: Voice, office: Office, person: Person, found: Facts) -> Message:
    data = calendar_data(said, office, person, found)
    if not data["events"]:
        return Message(said("export.no_dates", name=person.name))
    text = said("export.calendar_ready", n=sum(not event["cancelled"] for event in data["events"]))
    return Message(text, paper=Paper("dates.ics", said.plain("export.calendar_file", name=person.name), packed(data)))


def calendar_data(said: Voice, office: Office, person: Person, found: Facts) -> Row:
    """The person's dates: a contact's one by one, those of office and leaders gathered by date and kind.

    `found` are the facts of `dates`. An event is {uid, sequence, day, title, text, cancelled}: its uid is the same in
    every calendar, its sequence grows with every change, and what is owed no more is taken back while it is to come.
    """
    own = [o for o in found.obligations if o.unit_id in person.unit_ids]
    events = _gathered_all(said, office, found) if person.supervises or person.has(Role.LEADER) else []
    events += [_single(said, office, o, found) for o in own]
    events += [
        {**_single(said, office, o, found), "cancelled": True}
        for o in found.gone
        if o.unit_id in person.unit_ids and o.chase >= found.day
    ]
    return {
        "name": said.plain("export.calendar_name", office=office.name or person.name),
        "stamp": found.at.isoformat(),
        "events": events,
    }


def _single(said: Voice, office: Office, o: Obligation, found: Facts) -> Row:
    done = said.plain("export.mark_done") if not o.open else ""
    title = said.plain(
        "export.event_title", ref=o.ref, content=short(o.asks or o.content, 16), what=terms.what(said, o)
    )
    return {
        "uid": f"o{o.id}.office{office.id}@duban",
        "sequence": found.revised.get(o.id, _NEVER).number,
        "day": o.chase.isoformat(),
        "title": done + title,
        "text": "\n".join(part for part in (o.asks, o.content, o.unit) if part),
        "cancelled": False,
    }


def _gathered_all(said: Voice, office: Office, found: Facts) -> list[Row]:
    """One event for what falls due together; a date that has emptied since is taken back."""
    stages: dict[tuple[Kind, str], list[Obligation]] = {}
    for o in (*found.obligations, *found.gone):
        stages.setdefault(stage(o), []).append(o)
    # Anything that changes in a stage changes all its events: who is in which of them is no longer known afterwards.
    sequences = {key: sum(1 + found.revised.get(o.id, _NEVER).number for o in all_) for key, all_ in stages.items()}
    groups = grouped_dates(found.obligations)
    events = [_gathered(said, office, group, group[0].chase, sequences[stage(group[0])]) for group in groups]
    there = {(stage(group[0]), group[0].chase) for group in groups}
    for key, day in _emptied(stages, found):
        if (key, day) not in there:
            there.add((key, day))
            event = _gathered(said, office, stages[key][:1], day, sequences[key])
            events.append({**event, "text": "", "cancelled": True})
    return events


def _emptied(stages: dict[tuple[Kind, str], list[Obligation]], found: Facts) -> Iterator[tuple[tuple[Kind, str], date]]:
    """Every date to come on which something of a stage was due once."""
    for key, all_ in stages.items():
        days = {day for o in all_ for day in (o.due, o.chase, *found.revised.get(o.id, _NEVER).dates)}
        yield from ((key, day) for day in sorted(days) if day >= found.day)


def _gathered(said: Voice, office: Office, group: Sequence[Obligation], day: date, sequence: int) -> Row:
    first, still = group[0], sum(o.open for o in group)
    title = said.plain("export.event_gathered", what=terms.stage(said, first), n=len(group), open=still)
    refs = said.plain("terms.comma").join(dict.fromkeys(o.ref for o in group))
    return {
        "uid": f"{first.kind}.{stage(first)[1]}.{day:%Y%m%d}.office{office.id}@duban",
        "sequence": sequence,
        "day": day.isoformat(),
        "title": title,
        "text": refs,
        "cancelled": False,
    }
