"""/collect [2-15]: the lead asks its co-units for input, sees who answered, and makes one report of it."""

from core.cases import collect as case
from core.cases.problem import Problem
from core.cases.report import Stored
from core.rules.calls import SETTING
from core.rules.people import Role
from core.rules.refs import typed as typed_ref
from core.rules.reports import Talk
from core.words import collect as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.conversations.report import stored_screen
from handlers.registry import button, command, conversation

TYPING = "collect_question"


@command("collect", words=("征集", "征集素材", "Collect"), past="either")
def collect(ask: Ask, work: Work) -> Reply:
    """/collect, /collect 2-15; of the office: /collect and /collect 5 are the setting"""
    desk = ask.person.has(Role.CONTACT, Role.HEAD)
    if ask.person.supervises and (ask.args.isdigit() or not (desk and ask.args)):
        if ask.args.isdigit() and ask.then:
            raise Problem("as_of.not_this")
        if ask.args.isdigit():
            case.set_days(work, ask.person, int(ask.args[:4]), ask.now)
            return Reply.say(words.setting_message(ask.voice, int(ask.args)))
        if not desk:
            return Reply.say(words.setting_message(ask.voice, int(work.office.settings.get(SETTING) or 0)))
    ref = typed_ref(ask.args.split()[0]) if ask.args else ""
    owed = case.for_ref(work, ask.person, ref, ask.now) if ref else case.collectable(work, ask.person, ask.now)
    if not owed:
        raise Problem("collect.none")
    if len(owed) > 1:
        return Reply.say(words.choose_message(ask.voice, owed, ask.today))
    return Reply.say(_first(ask, work, owed[0].id))


@button("cl", action="collect", past=("p", "s"))
def press(ask: Ask, work: Work) -> Reply:
    """cl:p preview, w without a unit, q another question, ok send, no cancel, s status, t the text, u as my report (obligation); d days"""
    verb, number = ask.fields[0], int(ask.fields[1])
    if verb == "p":
        return Reply(edit=_first(ask, work, number))
    if verb == "w":
        shown = case.preview(work, ask.person, number, ask.now, toggle=int(ask.fields[2]))
        return Reply(edit=words.preview_message(ask.voice, shown))
    if verb == "q":
        shown = case.preview(work, ask.person, number, ask.now)
        work.talks.put(ask.person.id, Talk(TYPING, "typing", {"obligation": number}), ask.now)
        return Reply.say(words.edit_message(ask.voice, shown))
    if verb == "ok":
        return _send(ask, work, number)
    if verb == "no":
        work.talks.end(ask.person.id, case.TALK)
        return Reply(edit=Message(ask.voice("collect.cancelled")))
    if verb == "s":
        return Reply(edit=words.status_message(ask.voice, ask.office, case.seen(work, ask.person, number, ask.now)))
    if verb == "t":
        there = case.seen(work, ask.person, number, ask.now)
        text = case.text_of(work, there.answered)
        return Reply.say(words.ready_message(ask.voice, ask.office, there, text), about=[number])
    if verb == "u":
        stored: Stored = case.submit(work, ask.person, number, ask.source, ask.now)
        return Reply.say(stored_screen(ask, work, [stored]), about=[number])
    if verb == "d":
        if not ask.person.supervises:
            raise Problem("help.not_allowed")
        case.set_days(work, ask.person, number, ask.now)
        return Reply(edit=words.setting_message(ask.voice, number))
    raise Problem("help.old_button")


@conversation(TYPING, action="collect")
def typed(ask: Ask, work: Work) -> Reply:
    """The question in the lead's own words."""
    talk = work.talks.get(ask.person.id, TYPING)
    assert talk is not None
    if not ask.text.strip():
        raise Problem("report.no_text")
    shown = case.preview(work, ask.person, talk.data["obligation"], ask.now, ask.text)
    work.talks.end(ask.person.id, TYPING)
    return Reply.say(words.preview_message(ask.voice, shown))


def _first(ask: Ask, work: Work, obligation_id: int) -> Message:
    """The status where somebody was asked, else the preview; of a past moment only the status."""
    if work.calls.of([obligation_id]):
        there = case.seen(work, ask.person, obligation_id, ask.now)
        if there.asked:
            return words.status_message(ask.voice, ask.office, there)
    if ask.then:
        raise Problem("collect.not_asked")
    return words.preview_message(ask.voice, case.preview(work, ask.person, obligation_id, ask.now))


def _send(ask: Ask, work: Work, obligation_id: int) -> Reply:
    """Sends; the status stands in a message of its own that grows with the answers."""
    there = case.send(work, ask.person, obligation_id, ask.now)
    work.outbox.put(
        f"call:card:{there.call.id}:{ask.person.id}",
        ask.chat_id,
        words.status_message(ask.voice, ask.office, there),
        kind="reply",
        now=ask.now,
        person_id=ask.person.id,
    )
    return Reply(edit=Message(ask.voice("collect.sent")))
