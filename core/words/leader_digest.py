"""Knows how a leader's digest reads, and the screen on which a supervisor allows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.leader_digest import DigestTask, LeaderDigest
from core.rules.lights import Light, TargetLight
from core.rules.office import Office
from core.rules.overdue import leader_mark
from core.rules.people import Person
from core.rules.periods import Period
from core.rules.tasks import Leader, short
from core.words import lights as light_words
from core.words import terms
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, lines
from core.words.message import Button, Message
from core.words.voice import Voice

SAYABLE = 6
"""Tasks behind with a button of their own."""


def digest_message(said: Voice, office: Office, digest: LeaderDigest, preview: bool = False) -> Message:
    """The whole digest in one message: what is behind and why first, then the rest, then what comes."""
    bad = [each for each in digest.tasks if each.bad]
    fine = [each for each in digest.tasks if not each.bad]

    def text(size: int) -> Html:
        rows: list[object] = [bold(said("leader_digest.preview", name=digest.leader.label)) if preview else None]
        periods = _periods(said, digest.periods)
        rows.append(bold(said("leader_digest.title", periods=periods)) if periods else said("leader_digest.none_owed"))
        rows.append(said("leader_digest.as_of", at=terms.moment(said, office.local(digest.at)), n=len(digest.tasks)))
        if digest.figures.all:
            f = digest.figures
            rows.append(said("leader_digest.figures", all=f.all, done=f.done, open=f.open))
        rows.append(light_words.counts(said, [each.light for each in digest.tasks]))
        rows.append(bold(said("leader_digest.behind", n=len(bad))) if bad else said("leader_digest.none_behind"))
        for each in bad:
            rows += _behind(said, each, size)
        if fine:
            rows.append(bold(said("leader_digest.others", n=len(fine))))
            rows += [_line(said, each) for each in fine]
        return lines(*rows, *_coming(said, digest))

    cells = (
        [] if preview else [Button(said.plain("leader_digest.say", ref=e.task.ref), f"ins:w:{e.task.id}") for e in bad]
    )
    rows = [tuple(cells[start : start + 3]) for start in range(0, len(cells[:SAYABLE]), 3)]
    card = Button(said.plain("leader_digest.card"), f"pg:leader:{leader_mark(digest.leader)}:0")
    return Message(fitting(text, TEXT_LIMIT - 100), (*rows, (card,)))


def _periods(said: Voice, periods: Sequence[Period]) -> str:
    names = said.plain("terms.comma").join(terms.period(said, period.key) for period in reversed(periods))
    return said.plain("leader_digest.of_year", year=periods[-1].year, periods=names) if periods else ""


def _line(said: Voice, each: DigestTask) -> Html:
    return said(
        "leader_digest.task",
        light=light_words.mark(said, each.light),
        ref=each.task.ref,
        content=short(each.task.content, 14),
    )


def _behind(said: Voice, each: DigestTask, size: int) -> list[Html]:
    """The task, its figures where a target is behind, and the reason in the unit's words."""
    units = said.plain("terms.comma").join(unit.name for unit in each.task.leads) or said.plain("progress.no_lead")
    light = light_words.mark(said, each.light)
    if each.light.late:
        light = said.plain("lights.with_late", light=light, n=each.light.late)
    rows = [
        said(
            "leader_digest.task_behind",
            light=light,
            ref=each.task.ref,
            content=short(each.task.content, 14),
            units=units,
        )
    ]
    rows += [said("leader_digest.target", row=light_words.target_row(said, t)) for t in _lagging(each)]
    if each.why and each.said_on:
        day = terms.day(said, each.said_on, weekday=False)
        rows.append(said("leader_digest.why", unit=each.unit, why=cut(each.why, min(size, 120)), day=day))
    else:
        rows.append(said("leader_digest.unsaid"))
    return rows


def _lagging(each: DigestTask) -> list[TargetLight]:
    return [target for _, target in each.light.targets if target.light in (Light.BEHIND, Light.OVERDUE)][:2]


def _coming(said: Voice, digest: LeaderDigest) -> list[object]:
    rows: list[object] = []
    if digest.unconfirmed:
        rows.append(said("leader_digest.unconfirmed", n=digest.unconfirmed))
    if digest.answered:
        rows.append(said("leader_digest.answered", n=digest.answered))
    for day, n in digest.rounds:
        rows.append(said("leader_digest.round", day=terms.day(said, day), n=n))
    for day, sample, n in digest.coming:
        rows.append(said("leader_digest.due", day=terms.day(said, day), what=terms.stage(said, sample), n=n))
    head = [bold(said("leader_digest.coming"))] if rows else []
    return [*head, *rows, said("leader_digest.how")]


def standing_message(
    said: Voice,
    office: Office,
    on: bool,
    at: datetime,
    month: str,
    held: bool,
    rows: Sequence[tuple[Leader, Sequence[Person]]],
    then: bool = False,
) -> Message:
    """On or off, what goes out next and to whom; the preview of each, and the buttons that decide."""
    comma = said.plain("terms.comma")
    out: list[object] = [bold(said("leader_digest.screen_on" if on else "leader_digest.screen_off"))]
    out.append(said("leader_digest.what"))
    if on:
        key = "leader_digest.next_held" if held else "leader_digest.next"
        out.append(said(key, at=terms.moment(said, office.local(at)), month=terms.period(said, month)))
    for leader, people in rows:
        names = comma.join(person.name for person in people)
        out.append(said("leader_digest.to" if people else "leader_digest.to_nobody", leader=leader.label, names=names))
    cells = [Button(short(leader.label, 10), f"dg:see:{leader_mark(leader)}") for leader, _ in rows]
    buttons = [tuple(cells[start : start + 2]) for start in range(0, len(cells), 2)]
    switch = Button(said.plain("leader_digest.off" if on else "leader_digest.on"), "dg:off" if on else "dg:on")
    last = [switch]
    if on:
        last.append(
            Button(said.plain("leader_digest.free"), f"dg:free:{month}")
            if held
            else Button(said.plain("leader_digest.hold", month=terms.period(said, month)), f"dg:hold:{month}")
        )
    return Message(lines(*out, None if then else said("leader_digest.see_how")), (*buttons, tuple(last)))
