"""/review [unit or leader]: what came in, one card at a time; accept, or return with a reason."""

from dataclasses import replace

from core.cases.problem import Problem
from core.cases.progress import find
from core.cases.review import Returned, accept, card, queue, reviewable, send_back, waiting_units
from core.rules.obligations import Kind
from core.rules.overdue import Filters, leader_mark
from core.rules.reports import Talk
from core.rules.reviews import mend_date
from core.rules.scope import scope_of
from core.rules.summary import by_leader
from core.words import review as words
from core.words import terms
from core.words.html import Html
from core.words.message import Message
from core.words.progress import near
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation

TALK = "return"


@command("review", words=("审核", "Review"), past="named")
def review(ask: Ask, work: Work) -> Reply:
    if not ask.args:
        return Reply.say(_shown(ask, work, Filters()))
    found = find(work, scope_of(ask.person), ask.args)
    if found.count > 1:
        rows = [(unit.id, unit.name, 0) for unit in found.units]
        counts = {unit_id: n for unit_id, _, n in waiting_units(queue(work, Filters()))}
        named = [(unit_id, name, counts.get(unit_id, 0)) for unit_id, name, _ in rows]
        return Reply.say(words.choose_unit(ask.voice, named, 0))
    if found.leaders:
        return Reply.say(_shown(ask, work, Filters(leader=leader_mark(found.leaders[0]))))
    if found.units:
        return Reply.say(_shown(ask, work, Filters(unit=found.units[0].id)))
    return Reply.say(near(ask.voice, ask.args, found.near_units, found.near_leaders))


@button("rv", action="review", past=("c", "n", "f", "L", "U"))
def press(ask: Ask, work: Work) -> Reply:
    """rv:c:<obligation>:<filters> card, n a new card, ok accept, no why, r a canned reason, f files, L, U choose"""
    match ask.fields:
        case ["c", number, leader, unit]:
            return Reply(edit=_shown(ask, work, _filters(leader, unit), int(number) if number else None))
        case ["n", number]:
            return Reply.say(_shown(ask, work, Filters(), int(number)))
        case ["ok", number, leader, unit]:
            return _accept(ask, work, int(number), _filters(leader, unit))
        case ["no", number, leader, unit]:
            return _why(ask, work, int(number), _filters(leader, unit))
        case ["r", number, reason, leader, unit]:
            return _canned(ask, work, int(number), int(reason), _filters(leader, unit))
        case ["f", number, _, _]:
            return _files(ask, work, int(number))
        case ["L"]:
            rows = by_leader(queue(work, Filters()), ask.today)
            return Reply(edit=words.choose_leader(ask.voice, [(leader, f.all) for leader, f in rows]))
        case ["U", page]:
            return Reply(edit=words.choose_unit(ask.voice, waiting_units(queue(work, Filters())), int(page)))
    raise Problem("help.old_button")


@conversation(TALK, action="review")
def typed(ask: Ask, work: Work) -> Reply:
    """The text that says why a version is returned."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    report_id, filters = talk.data["report"], Filters(leader=talk.data["leader"], unit=talk.data["unit"])
    try:
        done = send_back(work, report_id, ask.text, ask.person, ask.now)
    except Problem as problem:
        if problem.key in ("review.no_reason", "review.long_reason"):
            raise
        # Somebody was faster: the talk is over, the answer says so.
        work.talks.end(ask.person.id, TALK)
        return Reply.say(Message(ask.voice(problem.key, **problem.values)))
    work.talks.end(ask.person.id, TALK)
    return Reply.say(Message(_outcome(ask, done)), _shown(ask, work, filters, done.obligation.id))


def _shown(
    ask: Ask, work: Work, filters: Filters, obligation_id: int | None = None, above: Html | None = None
) -> Message:
    seen = card(work, filters, obligation_id)
    if seen is None:
        message = words.done_message(ask.voice, filters, len(queue(work, Filters())))
    else:
        message = words.card_message(
            ask.voice,
            ask.office,
            seen.obligation,
            seen.report,
            seen.before,
            seen.reviews,
            (seen.position, seen.count),
            (seen.back, seen.forth),
            filters,
        )
    return replace(message, text=above + "\n\n" + message.text) if above else message


def _accept(ask: Ask, work: Work, report_id: int, filters: Filters) -> Reply:
    obligation = accept(work, report_id, ask.person, ask.now)
    return Reply(edit=_shown(ask, work, filters, obligation.id), toast=ask.voice.plain("review.accepted"))


def _why(ask: Ask, work: Work, report_id: int, filters: Filters) -> Reply:
    report, obligation = reviewable(work, report_id)
    data = {"report": report_id, "leader": filters.leader, "unit": filters.unit}
    work.talks.put(ask.person.id, Talk(TALK, "typing", data), ask.now)
    office = ask.office
    opens = office.next_open(ask.now)
    mend_by = mend_date(office.settings, office.today(opens), office.calendar)
    return Reply(edit=words.reasons_message(ask.voice, obligation, report, mend_by, filters))


def _canned(ask: Ask, work: Work, report_id: int, number: int, filters: Filters) -> Reply:
    if number >= len(words.REASONS):
        raise Problem("help.old_button")
    done = send_back(work, report_id, words.reason(ask.voice, number), ask.person, ask.now)
    work.talks.end(ask.person.id, TALK)
    toast = ask.voice.plain("review.sent_back")
    return Reply(edit=_shown(ask, work, filters, done.obligation.id, _outcome(ask, done)), toast=toast)


def _outcome(ask: Ask, done: Returned) -> Html:
    names = ask.voice.plain("terms.comma").join(person.name for person in done.told)
    due = terms.day(ask.voice, done.obligation.chase, weekday=False)
    if done.told and done.obligation.kind is Kind.COMPLETION:
        return ask.voice("completion.sent_back", ref=done.obligation.ref, names=names)
    key = "sent_back_nobody" if not done.told else "sent_back_later" if done.at > ask.now else "sent_back_to"
    return ask.voice(
        f"review.{key}",
        ref=done.obligation.ref,
        names=names,
        due=due,
        unit=done.obligation.unit,
        at=terms.moment(ask.voice, ask.office.local(done.at)),
    )


def _files(ask: Ask, work: Work, report_id: int) -> Reply:
    report = work.reports.get(report_id)
    if report is None or not report.files:
        raise Problem("review.no_files")
    return Reply.say(*words.files_messages(ask.voice, report))


def _filters(leader: str, unit: str) -> Filters:
    return Filters(leader=leader, unit=int(unit or 0))
