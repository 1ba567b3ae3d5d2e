"""Buttons of /export: one file each."""

from core.cases.export import NOW_ONLY, TABLES, check, dates, facts
from core.cases.gathered import everything_wanted
from core.cases.plan_form import form_of, plans_of_units
from core.cases.problem import Problem
from core.rules.scope import scope_of
from core.words import export as words
from core.words.export_calendar import calendar_message
from core.words.html import Html
from core.words.message import Message
from core.words.plan_form import form_paper, standard_labels
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("xp", action="export", past=True)
def export(ask: Ask, work: Work) -> Reply:
    """xp:<table>:<xlsx|csv>, xp:calendar:ics, xp:forms:<docx|xlsx>, xp:all:json"""
    if ask.then and ask.fields[0] in NOW_ONLY:
        raise Problem(f"as_of.now_{ask.fields[0]}")
    match ask.fields:
        case [name, ("xlsx" | "csv") as kind] if name in TABLES:
            found = facts(
                work, check(ask.person, name), ask.now, history=name == "history", rounds=name == "inspections"
            )
            return Reply.say(words.table_message(ask.voice, ask.office, found, name, kind))
        case ["calendar", "ics"]:
            found = dates(work, scope_of(ask.person), ask.now)
            return Reply.say(calendar_message(ask.voice, ask.office, ask.person, found))
        case ["forms", ("docx" | "xlsx") as kind]:
            check(ask.person, "forms")
            return Reply.say(_forms(ask, work, kind))
        case ["all", "json"]:
            check(ask.person, "all")
            name = words.everything_name(ask.voice, ask.today.isoformat())
            return Reply.say(Message(Html(""), paper=everything_wanted(name, ask.voice.lang)))
    raise Problem("help.old_button")


def _forms(ask: Ask, work: Work, kind: str) -> Message:
    plans = plans_of_units(work, None)
    if not plans:
        raise Problem("export.no_forms")
    office = voice(ask.office.lang)
    labels = standard_labels(office)
    forms = [form_of(work, plan, labels, None) for plan in plans]
    paper = form_paper(office, forms, kind, ask.voice.plain("export.forms_owner"))
    return Message(ask.voice("export.forms_ready", n=len(forms)), paper=paper)
