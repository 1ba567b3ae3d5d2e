"""Knows how history reads: one line for each thing that happened, by which message, in whose words; a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.rules.office import Office
from core.rules.people import Person
from core.rules.tasks import Unit, short
from core.words import terms
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, lines, link, quote
from core.words.message import Button, Message
from core.words.paging import turning
from core.words.voice import Voice
from core.work_history import Event, EventPage

PAGE = 12
"""Lines on one page."""


def event_line(said: Voice, event: Event, office: Office, about: str = "") -> Html:
    """4月20日 10:05 王芳 报送4月进展（第1版）; `about` is whom it was done to, where somebody else did it."""
    period = event.data.get("period") or ""
    at, who = terms.moment(said, office.local(event.at)), event.person or said.plain("tasks.system")
    key = f"tasks.event_{event.what}"
    known = said.keys()
    if key not in known:
        return _other(said, event, at, who, about)
    return said(
        key,
        at=at,
        who=who,
        period=_period(said, period) if period else "",
        version=event.data.get("version", ""),
        frequency=terms.frequency(said, event.data.get("frequency")),
        reason=event.data.get("reason", ""),
        value=event.data.get("value", ""),
        old=event.data.get("old", ""),
        day=terms.day(said, date.fromisoformat(event.data["day"]), weekday=False) if event.data.get("day") else "",
    )


def _period(said: Voice, key: str) -> str:
    """A plan's key is its year, which says nothing in a line."""
    return said.plain("terms.plan") if key.isdigit() else terms.period(said, key)


def _other(said: Voice, event: Event, at: str, who: str, about: str) -> Html:
    """What has no sentence of its own: its name, and the words that go with it."""
    name = f"export.event_{event.what}"
    known = said.keys()
    what = said.plain(name) if name in known else event.what
    told = [about, *(str(event.data[key]) for key in ("unit", "old", "value", "reason", "text") if event.data.get(key))]
    return said("history.other", at=at, who=who, what=what, detail=cut(" ".join(filter(None, told)), 120))


def history_message(
    said: Voice,
    office: Office,
    title: str,
    found: EventPage,
    turn: str,
    refs: Mapping[int, str],
    names: Mapping[int, str],
    quotes: Mapping[int, str],
) -> Message:
    """One page, the newest first. `refs` are the tasks' numbers, `names` the people's, `quotes` what was written, by place."""
    if not found.total:
        return Message(lines(bold(title), said("history.none")))

    def text(size: int) -> Html:
        rows: list[object] = [said("history.title", title=title, n=found.total, page=found.page + 1, pages=found.pages)]
        for place, event in enumerate(found.events):
            rows.append(_row(said, office, event, refs, names))
            if words := quotes.get(place):
                rows.append(quote(cut(words, min(size, 160))))
        return lines(*rows)

    first = Button(said.plain("history.first"), f"{turn}:{found.pages - 1}:e")
    beyond = first if found.page + 2 < found.pages else None
    buttons = turning(said, lambda number: f"{turn}:{number}:e", found.page, found.pages, beyond=beyond)
    return Message(fitting(text, TEXT_LIMIT - 100), buttons)


def _row(said: Voice, office: Office, event: Event, refs: Mapping[int, str], names: Mapping[int, str]) -> Html:
    mine = event.person_id == event.subject_id
    about = names.get(event.subject_id, "") if event.subject == "person" and not mine else ""
    line = event_line(said, event, office, about)
    if event.subject == "task" and (ref := refs.get(event.subject_id)):
        line = said("history.of_task", ref=ref, line=line)
    return line + _message(said, event)


def _message(said: Voice, event: Event) -> Html:
    """（消息№45）: by which message; in a supergroup it can be opened."""
    if not event.message_id or not event.chat_id:
        return Html("")
    mark = said("history.message" if event.chat_id > 0 else "history.group_message", n=event.message_id)
    channel = str(event.chat_id)
    if channel.startswith("-100"):
        return link(mark, f"https://t.me/c/{channel[4:]}/{event.message_id}")
    return mark


def which_message(said: Voice, units: Sequence[Unit], people: Sequence[Person]) -> Message:
    """Several names fit, or come near."""
    rows = [(Button(short(unit.name, 24), f"hs:u:{unit.id}:0"),) for unit in units]
    rows += [(Button(person.name[:24] or "-", f"hs:p:{person.id}:0"),) for person in people]
    return Message(said("history.which"), tuple(rows[:20]))
