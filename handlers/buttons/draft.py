"""The buttons of a notice not yet confirmed: questions, list, confirm, discard."""

from typing import Any

from core.cases.groups import let_go
from core.cases.naming import legend
from core.cases.notice import answer_question, confirm, discard, draft
from core.cases.people import continuity, reach
from core.cases.problem import Problem
from core.rules.notice.column_roles import role_of
from core.rules.obligations import Kind
from core.rules.reports import Talk
from core.rules.tasks import NoticeCard
from core.words import intake, terms
from core.words.column import can_be_said
from core.words.group import offer
from core.words.message import Message
from core.words.naming import below
from core.words.tasks import assignment_message
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, conversation

TALK = "answer"


@button("draft", action="notice")
def show(ask: Ask, work: Work) -> Reply:
    work.talks.end(ask.person.id, TALK)
    return Reply(edit=intake.draft_message(ask.voice, draft(work, int(ask.args))))


@button("draft_list", action="notice")
def show_list(ask: Ask, work: Work) -> Reply:
    work.talks.end(ask.person.id, TALK)
    notice_id, page = ask.fields
    return Reply(edit=intake.list_message(ask.voice, draft(work, int(notice_id)), int(page)))


@button("question", action="notice")
def question(ask: Ask, work: Work) -> Reply:
    notice_id, position = ask.fields
    return Reply(edit=_asked(ask, work, draft(work, int(notice_id)), int(position)))


@button("answer", action="notice")
def answer(ask: Ask, work: Work) -> Reply:
    notice_id, name, choice = ask.fields
    card = draft(work, int(notice_id))
    found = next((q for q in intake.questions_of(card.reading) if intake.question_id(q) == name), None)
    if found is None:
        raise Problem("intake.question_gone")
    chosen = None if choice == "ok" else found["options"][int(choice)]
    card = answer_question(work, card.id, found["key"], chosen, ask.person, ask.now)
    return Reply(edit=_asked(ask, work, card, 0), toast=_answered(ask, found, chosen))


def _answered(ask: Ask, question: dict[str, Any], chosen: str | None) -> str:
    if chosen is None or not can_be_said(question):
        return ask.voice.plain("intake.answered")
    return ask.voice.plain("column.reread", role=ask.voice.plain(f"notice.role_{role_of(chosen)}"))


def _asked(ask: Ask, work: Work, card: NoticeCard, position: int) -> Message:
    """A question, whose answer may be typed at once; without any left, the notice."""
    questions = intake.questions_of(card.reading)
    if questions:
        name = intake.question_id(questions[position % len(questions)])
        work.talks.put(ask.person.id, Talk(TALK, "typing", {"notice": card.id, "question": name}), ask.now)
    else:
        work.talks.end(ask.person.id, TALK)
    return intake.question_message(ask.voice, card, position)


@conversation(TALK, action="notice")
def typed(ask: Ask, work: Work) -> Reply:
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    card = draft(work, talk.data["notice"])
    found = next((q for q in intake.questions_of(card.reading) if intake.question_id(q) == talk.data["question"]), None)
    work.talks.end(ask.person.id, TALK)
    if found is None:
        raise Problem("intake.question_gone")
    card = answer_question(work, card.id, found["key"], ask.text.strip(), ask.person, ask.now)
    return Reply.say(_asked(ask, work, card, 0), toast="")


@button("discard", action="notice")
def throw_away(ask: Ask, work: Work) -> Reply:
    notice_id, sure = ask.fields
    card = draft(work, int(notice_id))
    if sure == "0":
        return Reply(edit=intake.sure_message(ask.voice, card, "discard", ask.today))
    discard(work, card.id, ask.person, ask.now)
    return Reply(edit=Message(ask.voice("intake.discarded")))


@button("confirm", action="notice")
def confirm_notice(ask: Ask, work: Work) -> Reply:
    """Assigns, and tells each joined person once, in office hours."""
    notice_id, sure = ask.fields
    card = draft(work, int(notice_id))
    if sure == "0" and (intake.questions_of(card.reading) or intake.early_of(card) or card.late_already(ask.today)):
        return Reply(edit=intake.sure_message(ask.voice, card, "confirm", ask.today))
    desks = confirm(work, card.id, ask.person, ask.now)
    opens = ask.office.next_open(ask.now)
    told, known = 0, legend(work)
    for desk in desks:
        if not desk.person.reachable:
            continue
        said = voice(desk.person.lang or ask.office.lang)
        about = [o.id for o in desk.obligations if o.open and o.kind is Kind.PLAN]
        told += work.outbox.put(
            f"assign:{card.id}:{desk.person.id}",
            desk.person.chat_id,
            below(said, assignment_message(said, desk, ask.office.today(opens)), known),
            kind="assignment",
            now=ask.now,
            person_id=desk.person.id,
            about=about,
            not_before=opens,
        )
    work.notices.look_at(card.id)
    missing = [row.unit.name for row in reach(work) if row.leading and row.state != "joined"]
    kept = continuity(work, ask.now)
    work.notices.look_at(None)
    fresh = work.notices.get(card.id)
    assert fresh is not None
    leads = len({name for task in card.reading["tasks"] for name in task["lead"]})
    later = terms.moment(ask.voice, ask.office.local(opens)) if opens > ask.now else ""
    groups = let_go(work, ask.now) if not work.groups.all() else []
    return Reply(
        edit=intake.confirmed_message(ask.voice, fresh, told, later, missing, leads, kept),
        messages=(offer(ask.voice, groups),) if groups else (),
    )
