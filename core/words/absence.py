"""Knows how leave and deputies read: what was understood, who acts, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.rules.absences import Absence
from core.rules.obligations import Obligation
from core.rules.people import Person
from core.words import desk, terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.voice import Voice

CHOICES = 8
"""Colleagues offered by button; the others are named in the text."""


def day(said: Voice, value: date) -> str:
    return terms.full_day(said, value)


def days(said: Voice, absence: Absence) -> str:
    """5月10日至5月20日, or one day."""
    return span(said, absence.first, absence.last)


def span(said: Voice, first: date, last: date) -> str:
    if first == last:
        return terms.day(said, first, weekday=False)
    one, other = terms.day(said, first, weekday=False), terms.day(said, last, weekday=False)
    return said.plain("absence.span", first=one, last=other)


def choose_message(
    said: Voice, person: Person, own: bool, first: date, last: date, names: Mapping[int, str], why: str = ""
) -> Message:
    """Who is the deputy? Nothing is written down before somebody is chosen, or nobody. names: {colleague: label}."""
    who = "" if own else said.plain("absence.of", name=person.name)
    rows: list[object] = [why] if why else []
    rows.append(bold(said("absence.which", days=span(said, first, last), who=who)))
    if not names:
        rows.append(said("absence.no_colleague"))
    buttons: list[tuple[Button, ...]] = [
        (Button(fit_label(name), f"aw:d:{number}"),) for number, name in list(names.items())[:CHOICES]
    ]
    rows += _further(said, names)
    buttons.append((Button(said.plain("absence.without"), "aw:d:0"),))
    buttons.append((Button(said.plain("absence.drop"), "aw:n"),))
    return Message(lines(*rows), tuple(buttons))


def change_message(said: Voice, absence: Absence, names: Mapping[int, str]) -> Message:
    buttons: list[tuple[Button, ...]] = [
        (Button(fit_label(name), f"aw:x:{absence.id}:{number}"),) for number, name in list(names.items())[:CHOICES]
    ]
    buttons.append((Button(said.plain("absence.without_plain"), f"aw:x:{absence.id}:0"),))
    asked = said("absence.which", days=days(said, absence), who="")
    return Message(lines(asked, *_further(said, names)), tuple(buttons))


def _further(said: Voice, names: Mapping[int, str]) -> list[Html]:
    """Colleagues for whom no button is left."""
    left = list(names.values())[CHOICES:]
    return [said("absence.further", names=said.plain("terms.comma").join(left))] if left else []


def whose_message(said: Voice, people: Sequence[Person], names: Mapping[int, str]) -> Message:
    """A supervisor named one of several people of that name."""
    rows = tuple((Button(fit_label(names[person.id]), f"aw:w:{person.id}"),) for person in people[:CHOICES])
    return Message(said("absence.whose_several", text=people[0].name), rows)


def taken_message(
    said: Voice, absence: Absence, own: bool, today: date, unreached: Sequence[str], alone: Sequence[str] = ()
) -> Message:
    """What was understood and what follows."""
    who = "" if own else said.plain("absence.of", name=absence.person)
    head = said("absence.running" if absence.first <= today else "absence.planned", days=days(said, absence), who=who)
    follows = (
        said("absence.deputy_acts", name=absence.deputy)
        if absence.deputy_id
        else said("absence.nobody_acts_listed", units=said.plain("terms.comma").join(unreached))
        if unreached
        else said("absence.nobody_acts")
    )
    names = said.plain("terms.comma").join(alone)
    rows = [bold(head), follows, said("absence.alone", names=names) if alone else None]
    return Message(lines(*rows, said("absence.still_may") if own else None), _buttons(said, absence))


def _buttons(said: Voice, absence: Absence) -> tuple[tuple[Button, ...], ...]:
    end = "absence.end" if absence.state == "running" else "absence.call_off"
    return (
        (
            Button(said.plain(end), f"aw:e:{absence.id}"),
            Button(said.plain("absence.another_deputy"), f"aw:c:{absence.id}"),
        ),
    )


def status_message(
    said: Voice, own: Sequence[Absence], acting: Sequence[Absence], supervises: bool, others: Sequence[Absence]
) -> Message:
    """One's own leave, the colleagues one acts for, and how to say it; the office sees who is away."""
    rows: list[object] = []
    buttons: list[tuple[Button, ...]] = []
    for absence in own:
        state = "absence.is_running" if absence.state == "running" else "absence.is_planned"
        deputy = absence.deputy or said.plain("absence.none")
        rows.append(said(state, days=days(said, absence), deputy=deputy))
        buttons += _buttons(said, absence)
    rows += [said("absence.you_act", name=a.person, days=days(said, a)) for a in acting]
    if others:
        rows.append(bold(said("absence.others", n=len(others))))
    for absence in others[:20]:
        deputy = absence.deputy or said.plain("absence.none")
        rows.append(said("absence.other", name=absence.person, days=days(said, absence), deputy=deputy))
    rows.append(said("absence.usage_office" if supervises else "absence.usage"))
    return Message(lines(*rows), tuple(buttons))


def ended_message(said: Voice, absence: Absence, own: bool, waiting: Sequence[Obligation], today: date) -> Message:
    """Back early: what is open, at once."""
    if not own:
        return Message(said("absence.ended_for", name=absence.person))
    if absence.state == "planned":
        return Message(said("absence.called_off", days=days(said, absence)))
    rows = desk.open_rows(said, waiting, today, _several(waiting))
    return Message(lines(bold(said("absence.ended", n=len(waiting))), *rows), desk.open_buttons(said, waiting, today))


def entered_message(said: Voice, absence: Absence) -> Message:
    """The office entered it for somebody."""
    deputy = absence.deputy or said.plain("absence.none")
    return Message(said("absence.entered", days=days(said, absence), deputy=deputy), _buttons(said, absence))


def deputy_message(
    said: Voice, absence: Absence, units: Sequence[str], waiting: Sequence[Obligation], today: date
) -> Message:
    """What the deputy is told, once."""
    head = said(
        "absence.you_are_deputy",
        name=absence.person,
        days=days(said, absence),
        units=said.plain("terms.comma").join(units),
        n=len(waiting),
    )
    rows = desk.open_rows(said, waiting, today, _several(waiting))
    return Message(lines(bold(head), said("absence.as_deputy"), *rows), desk.open_buttons(said, waiting, today))


def back_message(said: Voice, absence: Absence, waiting: Sequence[Obligation], today: date) -> Message:
    """The one message on the first day back."""
    key = "absence.back_deputy" if absence.deputy else "absence.back"
    head = said(key, name=absence.deputy, n=len(waiting))
    rows = desk.open_rows(said, waiting, today, _several(waiting))
    return Message(lines(bold(head), *rows), desk.open_buttons(said, waiting, today))


def _several(waiting: Sequence[Obligation]) -> bool:
    return len({o.unit_id for o in waiting}) > 1
