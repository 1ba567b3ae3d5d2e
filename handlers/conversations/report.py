"""Reports by reply, plain text or edited message: what a contact sends finds its task, or is kept and asked about."""

from collections.abc import Sequence
from dataclasses import replace

from core.cases import collect_answer, plan, report
from core.cases.figures import understood
from core.cases.gone import check_gone, check_task
from core.cases.late import late_answer
from core.cases.report import Stored
from core.cases.urge_answer import forward
from core.rules.calls import Asked
from core.rules.obligations import Kind, Obligation, State
from core.rules.offering import likely
from core.rules.people import Role
from core.rules.refs import opening_ref
from core.rules.small_talk import is_courtesy
from core.words import terms
from core.words.closing import late_message
from core.words.collect import thanks_message
from core.words.message import Button, Message
from core.words.plan import filed_message
from core.words.report import choice_message, stored_message
from core.work import Said, Wanted, Work
from handlers.ask import NOTHING, Ask, Reply
from handlers.commands.plan import edited as edited_plan
from handlers.commands.plan import take_files, take_text
from handlers.conversations.finding import edited as edited_finding
from handlers.conversations.finding import late_photo
from handlers.registry import conversation, fallback

_NUMBERED = ("nudge", "urge", "handover", "takeover", "finding")
"""Kinds of message whose list carries the numbers 1, 2, 3 …"""


@fallback("reply", action="start")
def reply(ask: Ask, work: Work) -> Reply:
    """A reply to a message that was about obligations: the report for those, also weeks later."""
    if ask.album and _attached(ask, work):
        return NOTHING
    said = work.outbox.sent(ask.chat_id, ask.reply_to or 0)
    if said and (asked := collect_answer.asked_by(work, said, ask.person)):
        return _input(ask, work, asked)
    listed = report.mine(work, ask.person, said.about) if said else []
    if said and not listed and (answer := _too_late(ask, work, said)):
        return answer
    if said and not listed and not _only_thanks(ask):
        check_gone(work, ask.person, said.about)
    if not listed or said is None:
        return text(ask, work)
    if not ask.text and not ask.source.files:
        return Reply.say(Message(ask.voice("report.no_voice")))
    several = len(said.about) > 1
    if several and (parts := report.split_answer(ask.text, listed, said.kind in _NUMBERED, said.about)):
        return _store_parts(ask, work, listed, parts)
    still = [obligation for obligation in listed if obligation.open]
    if len(still) > 1 and (named := report.by_task(ask.text, still, ask.today)):
        return _by_task(ask, work, still, named)
    targets = still if len(still) == 1 else listed
    if len(targets) > 1:
        if said.kind == "urge":
            forward(work, said, ask.person, ask.source, ask.text, ask.now)
        choices = likely(ask.text, still or listed, ask.today)
        return _ask_which(ask, work, choices, "courtesy" if _only_thanks(ask) else "which")
    if _only_thanks(ask):
        if said.kind == "urge":
            forward(work, said, ask.person, ask.source, ask.text, ask.now)
        return _ask_which(ask, work, targets, "courtesy")
    return take(ask, work, targets[0])


def _attached(ask: Ask, work: Work) -> bool:
    """Whether a further picture of an album went to what its first one became."""
    if report.attach(work, ask.person, ask.source, ask.album):
        return True
    return collect_answer.attach(work, ask.person, ask.source, ask.album)


def _input(ask: Ask, work: Work, asked: Sequence[Asked]) -> Reply:
    """What a co-unit answers to a lead's call."""
    if not ask.text and not ask.source.files:
        return Reply.say(Message(ask.voice("report.no_voice")))
    if _only_thanks(ask):
        return Reply.say(Message(ask.voice("collect.courtesy")))
    return _thanks(ask, collect_answer.take(work, asked, ask.person, ask.source, ask.text, ask.now, ask.album))


def _thanks(ask: Ask, taken: Sequence[collect_answer.Answered]) -> Reply:
    return Reply.say(thanks_message(ask.voice, [(each.obligation, each.asked, each.late) for each in taken]))


def _too_late(ask: Ask, work: Work, said: Said) -> Reply | None:
    """The answer to a reminder of a notice that is closed: kept all the same, unless it is only thanks."""
    if not (ask.text or ask.source.files) or _only_thanks(ask):
        return None
    found = late_answer(work, said, ask.person, ask.source, ask.text, ask.now, said.kind in _NUMBERED)
    if found is None:
        return None
    return Reply.say(late_message(ask.voice, found.card, [terms.item(ask.voice, o) for o in found.filed]))


def take(ask: Ask, work: Work, obligation: Obligation) -> Reply:
    """The text is what this obligation waits for: a report is stored, a plan worked on."""
    if obligation.kind is Kind.PLAN:
        if obligation.returned and ask.text:
            return mended_plan(ask, work, obligation) or take_text(ask, work, obligation.id)
        return (take_files if ask.source.files else take_text)(ask, work, obligation.id)
    stored = report.store(work, obligation, ask.person, ask.source, ask.text, ask.now, ask.album)
    return confirmed(ask, work, [stored])


def mended_plan(ask: Ask, work: Work, obligation: Obligation) -> Reply | None:
    """The text filed at once as the plan's next version; None where it doesn't say which part it changes."""
    mended = plan.mend(work, ask.person, obligation, ask.source, ask.text, ask.now)
    if mended is None:
        return None
    return Reply.say(filed_message(ask.voice, mended, plan.owed_plans(work, ask.person)), about=[obligation.id])


def confirmed(ask: Ask, work: Work, stored: Sequence[Stored], changed: bool = False) -> Reply:
    return Reply.say(stored_screen(ask, work, stored, changed), about=[item.obligation.id for item in stored])


def stored_screen(ask: Ask, work: Work, stored: Sequence[Stored], changed: bool = False) -> Message:
    """What was kept, the figures that were understood in it, and what is left to hand in."""
    left = len(report.open_now(work, ask.person, ask.now))
    read = understood(work, [item.report for item in stored])
    return stored_message(ask.voice, stored, left, changed, read)


def _store_parts(ask: Ask, work: Work, listed: Sequence[Obligation], parts: report.Parts) -> Reply:
    """Each part for its task. Files go with the first; a plan's part opens its draft."""
    by_id = {obligation.id: obligation for obligation in listed}
    stored: list[Stored] = []
    messages: list[Message] = []
    about: list[int] = []
    for number, (obligation_id, part) in enumerate(parts.texts.items()):
        about.append(obligation_id)
        if by_id[obligation_id].kind is Kind.PLAN:
            messages += take_text(replace(ask, text=part), work, obligation_id).messages
            continue
        source = ask.source if number == 0 else replace(ask.source, files=())
        stored.append(report.store(work, by_id[obligation_id], ask.person, source, part, ask.now, ask.album))
    if stored:
        messages.insert(0, stored_screen(ask, work, stored))
    if parts.rest:
        rest = replace(ask, text=parts.rest, source=replace(ask.source, files=()))
        choices = likely(parts.rest, report.open_now(work, ask.person, ask.now), ask.today)
        messages += _ask_which(rest, work, choices, "rest").messages
    return Reply.say(*messages, about=about)


def _by_task(ask: Ask, work: Work, choices: Sequence[Obligation], named: report.Sorted) -> Reply:
    """What is certain is stored; of the rest a person says which period it is for."""
    messages: list[Message] = []
    about: list[int] = []
    if named.certain:
        stored = _store_parts(ask, work, choices, report.Parts(named.certain))
        messages, about = list(stored.messages), list(stored.about)
    waiting: list[tuple[str, Sequence[Obligation], str]] = [(said, meant, "offer") for said, meant in named.unclear]
    if named.rest:
        waiting.append((named.rest, likely(named.rest, choices, ask.today), "rest"))
    for number, (said, meant, why) in enumerate(waiting):
        first = number == 0 and not named.certain
        part = replace(ask, text=said, source=ask.source if first else replace(ask.source, files=()))
        messages += _ask_which(part, work, meant, why).messages
    return Reply.say(*messages, about=about)


def _ask_which(ask: Ask, work: Work, choices: Sequence[Obligation], why: str) -> Reply:
    pending = work.talks.keep(ask.person.id, ask.source, ask.text, ask.now, ask.album)
    return Reply.say(choice_message(ask.voice, pending, choices, ask.today, 0, why, _may_be_scan(ask, work)))


def _only_thanks(ask: Ask) -> bool:
    return is_courtesy(ask.text) and not ask.source.files


def _may_be_scan(ask: Ask, work: Work) -> bool:
    """A photo or file may be the stamped form of a plan that was filed already."""
    return bool(ask.source.files and plan.filed_plans(work, ask.person))


@fallback("text", action="start")
def text(ask: Ask, work: Work) -> Reply:
    """Plain text that nobody asked for: offered for what is open, never dropped."""
    if late_photo(ask, work):
        return NOTHING
    if not ask.person.has(Role.CONTACT, Role.HEAD):
        return _not_understood(ask)
    if ask.album and _attached(ask, work):
        return NOTHING
    if not ask.text and not ask.source.files:
        return Reply.say(Message(ask.voice("report.no_voice")))
    choices = report.open_now(work, ask.person, ask.now)
    if not choices and not is_courtesy(ask.text) and (asked := collect_answer.waiting(work, ask.person)):
        # They owe nothing of their own, but a lead waits for them: that is what they mean.
        return _input(ask, work, asked)
    if named := report.by_task(ask.text, choices, ask.today):
        return _by_task(ask, work, choices, named)
    if choices:
        why = "courtesy" if _only_thanks(ask) else "offer"
        return _ask_which(ask, work, likely(ask.text, choices, ask.today), why)
    done = work.obligations.find(Wanted(unit_ids=ask.person.unit_ids, states=[State.HANDED_IN], kind=Kind.REPORT))
    if done:
        recent = sorted(done, key=lambda o: o.done_at or o.arose_at, reverse=True)[:8]
        return _ask_which(ask, work, recent, "nothing_open")
    if _may_be_scan(ask, work):
        return _ask_which(ask, work, [], "offer")
    if ref := opening_ref(ask.text):
        check_task(work, ask.person, ref)
    work.talks.keep(ask.person.id, ask.source, ask.text, ask.now, ask.album)
    return Reply.say(Message(ask.voice("report.nothing_at_all")))


def _not_understood(ask: Ask) -> Reply:
    said = ask.voice
    if not ask.person.posts:
        return Reply.say(Message(said("help.stranger")))
    if ask.person.supervises:
        return Reply.say(Message(said("help.unknown_office"), ((Button(said.plain("help.key_help"), "help"),),)))
    return Reply.say(Message(said("help.unknown_leader")))


@fallback("edit", action="start")
def edited(ask: Ask, work: Work) -> Reply:
    """An edited message makes a new version of what came from it."""
    if ask.person.supervises and (said := edited_finding(ask, work)):
        return said
    if not ask.person.has(Role.CONTACT, Role.HEAD):
        return NOTHING
    pending = work.talks.pending_by_message(ask.chat_id, ask.source.message_id)
    if pending:
        work.talks.change_pending(pending.id, ask.text, pending.files)
        choices = report.meant(ask.text, report.open_now(work, ask.person, ask.now), ask.today)
        return Reply.say(choice_message(ask.voice, replace(pending, text=ask.text), choices, ask.today, 0, "offer"))
    if taken := collect_answer.change(work, ask.person, ask.source, ask.text, ask.now):
        return _thanks(ask, taken)
    if said := edited_plan(ask, work):
        return said
    came = work.reports.by_message(ask.chat_id, ask.source.message_id)
    plans = [o for o in report.mine(work, ask.person, [r.obligation_id for r in came]) if o.kind is Kind.PLAN]
    if len(plans) == 1 and len(came) == 1 and (said := mended_plan(ask, work, plans[0])):
        return said
    if not came:
        return Reply.say(Message(ask.voice("report.edit_nothing")))
    answered = work.outbox.sent(ask.chat_id, ask.reply_to) if ask.reply_to else None
    listed = answered.about if answered and answered.kind in _NUMBERED else ()
    stored = report.change(work, ask.person, ask.source, ask.text, ask.now, listed)
    if not stored:
        return Reply.say(Message(ask.voice("report.edit_same")))
    return confirmed(ask, work, stored, changed=True)


@conversation("fill", action="report", files=True)
def typed(ask: Ask, work: Work) -> Reply:
    """The next text after a task was chosen in the list."""
    talk = work.talks.get(ask.person.id, "fill")
    assert talk is not None
    work.talks.end(ask.person.id, "fill")
    target = report.mine(work, ask.person, [talk.data["obligation"]])
    if not target or (not ask.text and not ask.source.files):
        return text(ask, work)
    return take(ask, work, target[0])
