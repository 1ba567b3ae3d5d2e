"""/away: leave with a deputy, for oneself; supervisors enter it for a contact."""

from core.cases import absence
from core.cases.namesakes import labels
from core.cases.problem import Problem
from core.cases.task_state import put_note
from core.rules.absences import BACK, OPENING, Leave
from core.rules.people import Person, Role
from core.rules.reports import Talk
from core.words import absence as words
from core.words.html import Html
from core.words.message import Message
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.conversations.report import text as plain_text
from handlers.registry import button, command

TALK = "away"


@command("away", words=("销假",), opening=OPENING)
def away(ask: Ask, work: Work) -> Reply:
    """/away, /away until 5月20日, deputy 王五; 请假3天; 销假. A supervisor names somebody first."""
    said = ask.text.strip()
    if ask.args in BACK or said in BACK:
        return _back(ask, work)
    if not ask.args:
        return Reply.say(_status(ask, work))
    whose, text = absence.for_whom(work, ask.person, ask.args)
    if len(whose) > 1:
        work.talks.put(ask.person.id, Talk(TALK, "whose", {"text": text}), ask.now, awaits=False)
        return Reply.say(words.whose_message(ask.voice, whose, labels(work, ask.voice, whose)))
    return _announced(ask, work, whose[0], text)


def _announced(ask: Ask, work: Work, person: Person, text: str) -> Reply:
    """The leave that the text announces is entered, or asked about where the deputy is missing or unclear."""
    said = ask.text.strip()
    try:
        leave = absence.understand(work, person, text, ask.now)
    except Problem as problem:
        if not said or said.startswith("/") or problem.key != "absence.no_day":
            raise
        return plain_text(ask, work)  # `外出两个现场` is no leave: it is what anybody may write
    people = absence.colleagues(work, person)
    own = person.id == ask.person.id
    names = labels(work, ask.voice, people)
    if leave.deputy is None:
        _keep(ask, work, person, leave)
        return Reply.say(words.choose_message(ask.voice, person, own, leave.first, leave.last, names))
    try:
        deputy = absence.deputy_of(work, person, leave)
    except Problem as problem:
        _keep(ask, work, person, leave)
        why = ask.voice(problem.key, **problem.values)
        return Reply.say(words.choose_message(ask.voice, person, own, leave.first, leave.last, names, why))
    return Reply.say(_taken(ask, work, person, leave, deputy))


@button("aw", action="away")
def press(ask: Ask, work: Work) -> Reply:
    """aw:w:<whose> of namesakes, aw:d:<deputy or 0> chosen, aw:n put aside, aw:e:<leave> ended, aw:c:<leave> another deputy, aw:x:<leave>:<deputy>"""
    match ask.fields:
        case ["w", number]:
            talk, person = work.talks.get(ask.person.id, TALK), work.people.get(int(number))
            if talk is None or talk.step != "whose" or person is None or not ask.person.supervises:
                raise Problem("absence.gone")
            work.talks.end(ask.person.id, TALK)
            return _announced(ask, work, person, talk.data["text"])
        case ["d", number]:
            return _chosen(ask, work, int(number))
        case ["n"]:
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=Message(ask.voice("absence.dropped")))
        case ["e", number]:
            return Reply(edit=_end(ask, work, int(number)))
        case ["c", number]:
            found = work.absences.get(int(number))
            person = work.people.get(found.person_id) if found else None
            if found is None or person is None:
                raise Problem("absence.over")
            names = labels(work, ask.voice, absence.colleagues(work, person))
            return Reply.say(words.change_message(ask.voice, found, names))
        case ["x", number, other]:
            return _changed(ask, work, int(number), int(other))
    raise Problem("help.old_button")


def _chosen(ask: Ask, work: Work, number: int) -> Reply:
    talk = work.talks.get(ask.person.id, TALK)
    person = work.people.get(talk.data["person"]) if talk and talk.step == "deputy" else None
    if talk is None or person is None:
        raise Problem("absence.gone")
    first, last = (type(ask.today).fromisoformat(talk.data[name]) for name in ("first", "last"))
    if last < ask.today:
        raise Problem("absence.past", day=words.day(ask.voice, last))
    leave = Leave(max(first, ask.today), last, None)
    deputy = _colleague(work, person, number)
    if deputy:
        absence.check_deputy(work, deputy, leave)
    message = _taken(ask, work, person, leave, deputy)
    work.talks.end(ask.person.id, TALK)
    return Reply(edit=message)


def _changed(ask: Ask, work: Work, number: int, other: int) -> Reply:
    found = work.absences.get(number)
    person = work.people.get(found.person_id) if found else None
    if found is None or person is None:
        raise Problem("absence.over")
    done = absence.change_deputy(work, number, _colleague(work, person, other), ask.person, ask.now)
    own = person.id == ask.person.id
    return Reply(edit=words.taken_message(ask.voice, done, own, ask.today, _unreached(work, person)))


def _taken(ask: Ask, work: Work, person: Person, leave: Leave, deputy: Person | None) -> Message:
    made = absence.take(work, person, leave, deputy, ask.person, ask.now)
    own = person.id == ask.person.id
    if not own:
        said = voice(person.lang or ask.office.lang)
        put_note(work, f"away:{made.id}", person, words.entered_message(said, made), ask.now)
    alone = absence.left_alone(work, person, made)
    return words.taken_message(ask.voice, made, own, ask.today, _unreached(work, person), alone)


def _back(ask: Ask, work: Work) -> Reply:
    own = work.absences.of(ask.person.id)
    if not own:
        raise Problem("absence.not_away")
    return Reply.say(_end(ask, work, own[0].id))


def _end(ask: Ask, work: Work, number: int) -> Message:
    ended, waiting = absence.end(work, number, ask.person, ask.now)
    return words.ended_message(ask.voice, ended, ended.person_id == ask.person.id, waiting, ask.today)


def _status(ask: Ask, work: Work) -> Message:
    others = [a for a in work.absences.open() if a.state != "back"] if ask.person.supervises else []
    return words.status_message(
        ask.voice,
        work.absences.of(ask.person.id),
        work.absences.covered_by(ask.person.id),
        ask.person.supervises and not ask.person.has(Role.CONTACT, Role.HEAD),
        [a for a in others if a.person_id != ask.person.id],
    )


def _keep(ask: Ask, work: Work, person: Person, leave: Leave) -> None:
    data = {"person": person.id, "first": leave.first.isoformat(), "last": leave.last.isoformat()}
    work.talks.put(ask.person.id, Talk(TALK, "deputy", data), ask.now, awaits=False)


def _colleague(work: Work, person: Person, number: int) -> Person | None:
    if not number:
        return None
    found = next((other for other in absence.colleagues(work, person) if other.id == number), None)
    if found is None:
        raise Problem("absence.not_colleague")
    return found


def _unreached(work: Work, person: Person) -> list[Html | str]:
    """The person's units in which now nobody can be reached."""
    why = work.people.unreached()
    own = dict.fromkeys(post.unit_id for post in person.posts if post.unit_id and post.acting_for is None)
    return [unit.name for number in own if number in why and (unit := work.notices.unit(number))]
