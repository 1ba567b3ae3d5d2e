"""/extend: a contact asks for a later date; heads and supervisors see what waits and decide."""

from core.cases import extension
from core.cases.gone import check_task
from core.cases.problem import Problem
from core.rules.people import Role
from core.rules.refs import mark_of, same, typed
from core.rules.reports import Talk
from core.words import extension as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation

ASKING, DAY, REFUSING = "extend", "exday", "exwhy"


@command("extend", words=("延期", "申请延期", "Extension"), past="alone")
def extend(ask: Ask, work: Work) -> Reply:
    """/extend, /extend 2-15, /extend 2-15 4月10日 理由"""
    if ask.then and not ask.person.supervises:
        raise Problem("as_of.now_form")
    if ask.person.supervises and not ask.args:
        return Reply.say(words.waiting_message(ask.voice, extension.waiting(work)))
    if not ask.person.has(Role.CONTACT, Role.HEAD):
        raise Problem("extension.office_decides")
    owed = extension.extendable(work, ask.person)
    ref, _, wish = ask.args.partition(" ")
    if ref:
        ref = typed(ref)
        owed = [o for o in owed if o.ref == ref] if mark_of(ref) else [o for o in owed if same(ref, o.ref)]
        if not owed:
            check_task(work, ask.person, ref)
            raise Problem("extension.nothing_of", ref=ref)
    if not owed:
        raise Problem("extension.nothing")
    if ref and len(owed) == 1:
        return _asked(ask, work, owed[0].id, wish) if wish.strip() else _begin(ask, work, owed[0].id)
    if wish.strip():
        # Several things are owed for the task: which one is meant is asked, the words are kept.
        work.talks.put(ask.person.id, Talk(ASKING, "choosing", {"wish": wish}), ask.now, awaits=False)
    return Reply.say(words.choose_message(ask.voice, owed, ask.today, 0))


@button("extends", action="extend")
def turn(ask: Ask, work: Work) -> Reply:
    """extends:<page>, extends:new below another message"""
    owed = extension.extendable(work, ask.person)
    if not owed:
        raise Problem("extension.nothing")
    if ask.args == "new":
        return Reply.say(words.choose_message(ask.voice, owed, ask.today, 0))
    return Reply(edit=words.choose_message(ask.voice, owed, ask.today, int(ask.args)))


@button("extend", action="extend")
def begin(ask: Ask, work: Work) -> Reply:
    talk = work.talks.get(ask.person.id, ASKING)
    if talk is not None and talk.step == "choosing":
        return _asked(ask, work, int(ask.args), talk.data["wish"])
    return _begin(ask, work, int(ask.args))


@conversation(ASKING, action="extend")
def wish(ask: Ask, work: Work) -> Reply:
    """Day and reason; what can't be used is said, and the next text is tried again."""
    talk = work.talks.get(ask.person.id, ASKING)
    assert talk is not None
    if not ask.text.strip():
        raise Problem("report.no_text")
    return _asked(ask, work, talk.data["obligation"], ask.text)


@button("ex", action="extension", past=("n",))
def decide(ask: Ask, work: Work) -> Reply:
    """ex:a agree, o another day, r refuse, rn refuse without words, c the card, n a new card, w taken back by the unit"""
    verb, number = ask.fields[0], int(ask.fields[1])
    if verb == "w":
        obligation = extension.withdraw(work, ask.person, number, ask.now)
        return Reply(edit=Message(ask.voice("extension.taken_back", ref=obligation.ref)))
    if verb == "a":
        return Reply(edit=_after(ask, work, extension.agree(work, ask.person, number, None, ask.now).id))
    if verb == "rn":
        work.talks.end(ask.person.id, REFUSING)
        return Reply(edit=_after(ask, work, extension.refuse(work, ask.person, number, "", ask.now).id))
    if verb == "n":
        return Reply.say(_after(ask, work, number))
    if verb == "c":
        work.talks.rest(ask.person.id)
        return Reply(edit=_after(ask, work, number))
    found, _ = extension.for_decision(work, ask.person, number)
    if verb == "o":
        work.talks.put(ask.person.id, Talk(DAY, "typing", {"extension": number}), ask.now)
        return Reply(edit=words.other_message(ask.voice, found))
    if verb == "r":
        work.talks.put(ask.person.id, Talk(REFUSING, "typing", {"extension": number}), ask.now)
        return Reply(edit=words.why_message(ask.voice, found))
    raise Problem("help.old_button")


@conversation(DAY, action="extension")
def other_day(ask: Ask, work: Work) -> Reply:
    talk = work.talks.get(ask.person.id, DAY)
    assert talk is not None
    number = talk.data["extension"]
    _, obligation = extension.for_decision(work, ask.person, number)
    day = extension.read_day(work, obligation, ask.text, ask.now)
    work.talks.end(ask.person.id, DAY)
    return Reply.say(_after(ask, work, extension.agree(work, ask.person, number, day, ask.now).id))


@conversation(REFUSING, action="extension")
def why(ask: Ask, work: Work) -> Reply:
    talk = work.talks.get(ask.person.id, REFUSING)
    assert talk is not None
    number = talk.data["extension"]
    done = extension.refuse(work, ask.person, number, ask.text, ask.now)
    work.talks.end(ask.person.id, REFUSING)
    return Reply.say(_after(ask, work, done.id))


def _begin(ask: Ask, work: Work, obligation_id: int) -> Reply:
    obligation = extension.owed(work, ask.person, obligation_id)
    work.talks.put(ask.person.id, Talk(ASKING, "typing", {"obligation": obligation.id}), ask.now)
    return Reply.say(words.ask_message(ask.voice, obligation, ask.today))


def _asked(ask: Ask, work: Work, obligation_id: int, text: str) -> Reply:
    done = extension.ask(work, ask.person, obligation_id, text, ask.source, ask.now)
    work.talks.end(ask.person.id, ASKING)
    return Reply.say(words.asked_message(ask.voice, done.extension, done.obligation, done.heads))


def _after(ask: Ask, work: Work, extension_id: int) -> Message:
    """The card as it stands now, for somebody who has a say in it."""
    found, obligation = extension.found(work, extension_id)
    if not ask.person.supervises and obligation.unit_id not in ask.person.unit_ids:
        raise Problem("extension.no_say")
    return words.card_message(ask.voice, found, obligation, ask.person.supervises)
