"""The official form of a plan as a file: one task's, or all of the person's units."""

from core.cases.plan_form import form_of, own_plans
from core.cases.problem import Problem
from core.words.plan_form import form_message, standard_labels
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("plan_form", action="plan")
def plan_form(ask: Ask, work: Work) -> Reply:
    """plan_form:<obligation, or 0 for all>:<docx|xlsx>"""
    match ask.fields:
        case [number, ("docx" | "xlsx") as kind] if number.isdigit():
            plans = own_plans(work, ask.person, int(number) or None)
        case _:
            raise Problem("help.old_button")
    labels = standard_labels(voice(ask.office.lang))
    forms = [form_of(work, plan, labels, ask.person) for plan in plans]
    more = len(own_plans(work, ask.person))
    return Reply.say(
        form_message(ask.voice, voice(ask.office.lang), forms, kind, plans, more), about=[plan.id for plan in plans]
    )
