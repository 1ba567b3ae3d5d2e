"""The buttons that correct a draft, and what is typed for them."""

from typing import Any

from core.cases.correction import OF_TASK, correct, takes_back
from core.cases.notice import draft
from core.cases.problem import Problem
from core.cases.revision import differences
from core.rules.reports import Talk
from core.rules.tasks import NoticeCard
from core.words import correction as words
from core.words.intake import draft_message, list_message
from core.words.message import Message
from core.words.revision import differences_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, conversation

TALK = "correct"


@button("fix", action="notice")
def press(ask: Ask, work: Work) -> Reply:
    """fix:t:<notice>:<task>, fix:ask:<notice>:<what>:<task>, fix:lead:<notice>:<task>:<unit>, fix:drop:<notice>:<task>,
    fix:into:<notice>:<task>:<page>, fix:with and fix:merge:<notice>:<task>:<into>, fix:out:<notice>:<page>:<r>,
    fix:in:<notice>:<left out>:<r>, fix:units:<notice>:<page>, fix:u:<notice>:<unit>, fix:plan:<notice>, fix:sheet:<notice>"""
    work.talks.end(ask.person.id, TALK)
    card = draft(work, int(ask.fields[1]))
    match [ask.fields[0], *ask.fields[2:]]:
        case ["t", own]:
            return Reply(edit=words.task_message(ask.voice, card, _task(card, own)))
        case ["ask", what, own] if what in OF_TASK:
            task = _task(card, own)
            if what != "drop":
                _await(ask, work, card, what, task["ref"])
            return Reply(edit=words.ask_message(ask.voice, card, what, task))
        case ["lead", own, unit]:
            task = _task(card, own)
            names = (*task["lead"], *task["co"], *task["responsible"])
            name = next((each for each in names if words.mark(each) == unit), "")
            return _changed(ask, work, card, "lead", task["ref"], name)
        case ["drop", own]:
            ref = _task(card, own)["ref"]
            page = words.page_of(card, ref)
            card = correct(work, card.id, "drop", ref, "", ask.person, ask.now)
            return Reply(edit=list_message(ask.voice, card, page), toast=ask.voice.plain("correction.saved_plan"))
        case ["into", own, page]:
            return Reply(edit=words.into_message(ask.voice, card, _task(card, own), int(page)))
        case ["with", own, other]:
            return Reply(edit=words.merge_message(ask.voice, card, _task(card, own), _task(card, other)))
        case ["merge", own, other]:
            return _merged(ask, work, card, _task(card, own)["ref"], _task(card, other)["ref"])
        case ["out", page, back]:
            return Reply(edit=words.left_out_message(ask.voice, card, int(page), back))
        case ["in", own, back]:
            return _taken_in(ask, work, card, own, back)
        case ["units", page]:
            return Reply(edit=words.units_message(ask.voice, card, int(page)))
        case ["u", own]:
            name = _unit(card, own)
            _await(ask, work, card, "unit", name)
            return Reply(edit=words.unit_message(ask.voice, card, name))
        case ["sheet"]:
            return Reply.say(words.sheet_message(ask.voice, card))
        case ["plan"]:
            _await(ask, work, card, "plan", "")
            return Reply(edit=words.plan_message(ask.voice, card))
    raise Problem("help.old_button")


@conversation(TALK, action="notice")
def typed(ask: Ask, work: Work) -> Reply:
    """The value; one that can't be used leaves the question open."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    card = correct(
        work, talk.data["notice"], talk.data["what"], talk.data["about"], ask.text, ask.person, ask.now,
        ask.voice.plain("correction.plan"),
    )  # fmt: skip
    work.talks.end(ask.person.id, TALK)
    return Reply.say(
        Message(ask.voice("correction.saved")), _after(ask, card, talk.data["what"], talk.data["about"], ask.text)
    )


def _merged(ask: Ask, work: Work, card: NoticeCard, ref: str, into: str) -> Reply:
    card = correct(work, card.id, "merge", ref, into, ask.person, ask.now)
    return Reply(edit=_after(ask, card, "merge", into, ""), toast=ask.voice.plain("correction.merged"))


def _taken_in(ask: Ask, work: Work, card: NoticeCard, own: str, back: str) -> Reply:
    """The task that is one again, or the differences from which it was taken in."""
    entry = next((e for e in card.reading.get("left_out") or () if words.left_out_mark(e) == own), None)
    if entry is None:
        raise Problem("correction.gone")
    before = {task["ref"] for task in card.reading["tasks"]}
    stays = entry["into"] in before and not takes_back(card, entry)
    key = "correction.taken_in_changed" if stays else "correction.taken_in"
    toast = ask.voice.plain(key, into=entry["into"] or "")
    card = correct(work, card.id, "take_in", entry["task"]["ref"], entry["task"]["content"], ask.person, ask.now)
    if back:
        card, base, found = differences(work, card.id)
        return Reply(edit=differences_message(ask.voice, card, base, found, 0), toast=toast, alert=stays)
    ref = next(task["ref"] for task in card.reading["tasks"] if task["ref"] not in before)
    return Reply(edit=_after(ask, card, "take_in", ref, ""), toast=toast, alert=stays)


def _changed(ask: Ask, work: Work, card: NoticeCard, what: str, ref: str, text: str) -> Reply:
    card = correct(work, card.id, what, ref, text, ask.person, ask.now)
    return Reply(edit=_after(ask, card, what, ref, text), toast=ask.voice.plain("correction.saved_plan"))


def _after(ask: Ask, card: NoticeCard, what: str, about: str, text: str) -> Message:
    """What a person looks at next: the task as it stands now, the units, the whole."""
    if what == "plan":
        return draft_message(ask.voice, card)
    if what == "unit":
        names = [unit["name"] for unit in card.reading["units"]]
        page = next((n // words.UNITS_PAGE for n, name in enumerate(names) if name == text.strip()), 0)
        return words.units_message(ask.voice, card, page)
    if what == "split":
        return list_message(ask.voice, card, words.page_of(card, about))
    return words.task_message(ask.voice, card, _task(card, words.mark(about)))


def _await(ask: Ask, work: Work, card: NoticeCard, what: str, about: str) -> None:
    work.talks.put(ask.person.id, Talk(TALK, what, {"notice": card.id, "what": what, "about": about}), ask.now)


def _task(card: NoticeCard, own: str) -> dict[str, Any]:
    found = next((task for task in card.reading["tasks"] if words.mark(task["ref"]) == own), None)
    if found is None:
        raise Problem("correction.gone")
    return dict(found)


def _unit(card: NoticeCard, own: str) -> str:
    found = next((unit["name"] for unit in card.reading["units"] if words.mark(unit["name"]) == own), None)
    if found is None:
        raise Problem("correction.gone")
    return str(found)
