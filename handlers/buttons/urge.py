"""Buttons of urging: choose units, preview, confirm, cancel."""

from core.cases.overdue import overdue_page
from core.cases.problem import Problem
from core.cases.urge import Send, cancel, confirm, preview
from core.cases.urge_answer import urges_of
from core.rules.overdue import Filters
from core.rules.scope import scope_of
from core.rules.urges import UrgeRow, urge_row
from core.words import urge as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.buttons.overdue import filters_of
from handlers.commands.overdue import page
from handlers.registry import button


@button("ug", action="urge")
def urge(ask: Ask, work: Work) -> Reply:
    """ug:units:<filters>, ug:see:<filters>, ug:ok:<preview>, ug:no:<filters>"""
    verb, rest = ask.fields[0], ask.fields[1:]
    if verb == "units":
        return Reply(edit=_units(ask, work, filters_of(rest)))
    if verb == "see":
        return Reply.say(_preview(ask, work, filters_of(rest)))
    if verb == "ok":
        return Reply(edit=_confirm(ask, work, rest[0]))
    if verb == "no":
        cancel(work, ask.person)
        return Reply(edit=page(ask, work, filters_of(rest)), toast=ask.voice.plain("urge.cancelled"))
    raise Problem("help.old_button")


def _units(ask: Ask, work: Work, filters: Filters) -> Message:
    here = Filters(filters.leader, filters.unit, filters.kind, filters.page)
    listed = overdue_page(work, scope_of(ask.person), ask.now, here)
    counted: dict[int, tuple[str, int]] = {}
    for section in listed.sections:
        counted[section.unit_id] = (section.unit, counted.get(section.unit_id, ("", 0))[1] + section.n)
    if not counted:
        raise Problem("urge.nothing")
    units = [(unit_id, *counted[unit_id]) for unit_id, _, _ in listed.units if unit_id in counted]
    return words.units_message(ask.voice, units, here, here.on(0))


def _preview(ask: Ask, work: Work, filters: Filters) -> Message:
    seen = preview(work, ask.person, ask.now, filters)
    return words.preview_message(
        ask.voice,
        ask.office,
        _rows(work, seen.sends),
        _rows(work, seen.held),
        seen.nobody,
        seen.at,
        seen.now,
        seen.mark,
        filters,
    )


def _confirm(ask: Ask, work: Work, mark: str) -> Message:
    done = confirm(work, ask.person, mark, ask.now)
    return words.sent_message(
        ask.voice,
        ask.office,
        _rows(work, done.sends),
        _rows(work, done.held),
        done.handed_in,
        done.meanwhile,
        done.gone,
        done.at,
        ask.now,
    )


def _rows(work: Work, sends: list[Send]) -> list[UrgeRow]:
    urges = urges_of(work, [o for send in sends for o in send.obligations])
    return [urge_row(send.person.name, send.obligations, urges) for send in sends]
