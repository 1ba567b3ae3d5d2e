"""Knows how what people send becomes plans' and reports' versions, and how it is corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from core.cases.extension import close as close_extension
from core.cases.figures import read_report
from core.cases.owing import set_nudges
from core.cases.problem import Problem
from core.cases.receipts import receipt
from core.cases.review import tell_reviewer
from core.cases.urge_answer import tell_urgers
from core.ports import FileRef, Source
from core.rules.obligations import Kind, Obligation, State
from core.rules.offering import likely
from core.rules.people import Person
from core.rules.refs import same, without_ref
from core.rules.report_text import by_ref, split_numbered
from core.rules.reports import Pending, Report
from core.rules.small_talk import is_courtesy
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Stored:
    """A version that was just kept, and the obligation it answers."""

    report: Report
    obligation: Obligation


def mine(work: Work, person: Person, ids: Iterable[int]) -> list[Obligation]:
    """Of these obligations, in the order given, those that this person's units owe and that stand."""
    wanted = list(ids)
    found = {o.id: o for o in work.obligations.find(Wanted(ids=wanted, unit_ids=person.unit_ids))} if wanted else {}
    # A completion that was returned is dropped, for nobody owes it; a reply to the return reports it anew.
    return [found[i] for i in wanted if i in found and (found[i].state is not State.DROPPED or _returned(found[i]))]


def _returned(obligation: Obligation) -> bool:
    return obligation.kind is Kind.COMPLETION and obligation.reviewed == "returned"


def open_now(work: Work, person: Person, now: datetime) -> list[Obligation]:
    """What this person could hand in now: every open obligation whose period has begun, soonest due first."""
    today = work.office.today(now)
    owed = work.obligations.find(Wanted(unit_ids=person.unit_ids, states=[State.OPEN]))
    return [obligation for obligation in owed if obligation.current(today)]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Unasked text taken apart by refs: what is certain, and what has several open obligations to choose from."""

    certain: dict[int, str]
    unclear: tuple[tuple[str, tuple[Obligation, ...]], ...] = ()
    rest: str = ""


def by_task(text: str, choices: Sequence[Obligation], today: date) -> Sorted | None:
    """Unasked text that names its tasks (`2-15：…`); None where it names none of those that are open."""
    found = by_ref(text, {obligation.ref for obligation in choices})
    if found is None or not found.parts:
        return None
    parts = dict(found.parts)
    if found.remainder and not is_courtesy(found.remainder):
        first = next(iter(parts))
        parts[first] = f"{found.remainder}\n{parts[first]}"
    certain: dict[int, str] = {}
    unclear = []
    for ref, said in parts.items():
        named = [o for o in choices if same(ref, o.ref)]
        meant = likely(said, named, today)
        # The paper's number alone may be a task of either notice: which one is asked.
        if len(meant) == 1 and len({o.task_id for o in named}) == 1:
            certain[meant[0].id] = said
        else:
            unclear.append((said, tuple(meant if len(meant) > 1 else named)))
    rest = "\n".join(f"{ref}：{said}" for ref, said in found.unknown.items())
    return Sorted(certain, tuple(unclear), rest)


def meant(text: str, choices: Sequence[Obligation], today: date) -> list[Obligation]:
    """What a text kept as one piece may be for: of the task that it names, if it names just one."""
    found = by_ref(text, {obligation.ref for obligation in choices})
    if found and len(found.parts) == 1:
        choices = [o for o in choices if any(same(ref, o.ref) for ref in found.parts)]
    return likely(text, choices, today)


def store(
    work: Work, obligation: Obligation, person: Person, source: Source, text: str, now: datetime, album: str = ""
) -> Stored:
    """Keeps a progress report as the next version and hands the obligation in."""
    if obligation.kind is Kind.COMPLETION and obligation.state is State.DROPPED:
        o, today = obligation, work.office.today(now)
        work.obligations.owe(
            o.task_id, o.unit_id, o.kind, o.period, today, now, period_from=None, last_rung=None, next_nudge_on=None
        )
    before = [each for each in work.reports.of(obligation.id) if each.withdrawn_at is None]
    report = work.reports.add(obligation.id, person.id, source, now, text=text, album=album)
    read_report(work, obligation, report, before, now)
    return _handed_in(work, obligation, report, person, source, now)


def store_plan(
    work: Work,
    obligation: Obligation,
    person: Person,
    source: Source,
    goal: str,
    months: dict[int, str],
    now: datetime,
    text: str = "",
) -> Stored:
    """Keeps a plan as the next version and hands the obligation in; `text` holds the form's other fields."""
    report = work.reports.add(obligation.id, person.id, source, now, text=text, goal=goal, months=months)
    return _handed_in(work, obligation, report, person, source, now)


def _handed_in(
    work: Work, obligation: Obligation, report: Report, person: Person, source: Source, now: datetime
) -> Stored:
    work.obligations.move(obligation.id, State.HANDED_IN, now)
    work.obligations.reviewed(obligation.id, None, now)
    work.outbox.drop_nudges([obligation.id], "handed in", now)
    close_extension(work, obligation, now)
    told = tell_reviewer(work, obligation, report, now)
    if task := work.notices.task(obligation.task_id):
        # Who hands something in has received it: nobody is asked to confirm that as well.
        receipt(work, task.notice_id, person, now, implied=True)
    period = "" if obligation.kind is Kind.COMPLETION else obligation.period
    work.history.add(
        obligation.kind.value,
        "task",
        obligation.task_id,
        now,
        person.id,
        source,
        report=report.id,
        obligation=obligation.id,
        version=report.version,
        period=period,
        unit=obligation.unit,
    )
    tell_urgers(work, obligation, report, person, now, told)
    fresh = work.obligations.get(obligation.id)
    assert fresh is not None
    return Stored(report, fresh)


def stored(work: Work, reports: Sequence[Report]) -> list[Stored]:
    """These versions with the obligations they answer."""
    found = {o.id: o for o in work.obligations.find(Wanted(ids=[r.obligation_id for r in reports]))} if reports else {}
    return [Stored(report, found[report.obligation_id]) for report in reports if report.obligation_id in found]


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer taken apart: {obligation id: text}, and what belongs to none of them."""

    texts: dict[int, str]
    rest: str = ""


def split_answer(
    text: str, obligations: Sequence[Obligation], by_number: bool = True, listed: Sequence[int] = ()
) -> Parts | None:
    """The answer by refs, else by the numbers of the list that was sent; None if it says neither.

    `listed` are the obligations as that message numbered them: a number goes on meaning the same after some of them
    are owed no more, and what was said of those is the rest. What stands before the first number goes with its part.
    """
    refs = [obligation.ref for obligation in obligations]
    if len(set(refs)) == len(refs) and (found := by_ref(text, refs)) and found.parts:
        texts = {obligations[refs.index(ref)].id: part for ref, part in found.parts.items()}
        rest = "\n".join(f"{ref}：{part}" for ref, part in found.unknown.items())
        return Parts(_with_opening(texts, found.remainder), rest)
    order = list(listed) or [obligation.id for obligation in obligations]
    numbered = split_numbered(text, len(order)) if by_number else None
    if numbered and numbered.parts:
        here = {obligation.id for obligation in obligations}
        texts = {order[number - 1]: part for number, part in numbered.parts.items() if order[number - 1] in here}
        gone = [f"{number}. {part}" for number, part in numbered.parts.items() if order[number - 1] not in here]
        return Parts(_with_opening(texts, numbered.remainder) if texts else {}, "\n".join(gone))
    return None


def _with_opening(texts: dict[int, str], opening: str) -> dict[int, str]:
    if opening and not is_courtesy(opening):
        first = next(iter(texts))
        texts[first] = f"{opening}\n{texts[first]}"
    return texts


def pending_of(work: Work, pending_id: int, person: Person) -> Pending:
    """The kept text. Raises Problem where it was settled already or is somebody else's."""
    pending = work.talks.pending(pending_id)
    if pending is None or pending.person_id != person.id:
        raise Problem("report.pending_gone")
    if pending.settled:
        raise Problem("report.pending_settled")
    return pending


def withdraw(work: Work, report_id: int, person: Person, now: datetime) -> Obligation:
    """Takes a version back; the version before it stands again, or the obligation is open again."""
    report = work.reports.get(report_id)
    found = mine(work, person, [report.obligation_id]) if report else []
    if report is None or not found:
        raise Problem("report.not_yours")
    if report.withdrawn_at:
        raise Problem("report.withdrawn_already")
    obligation = found[0]
    if any(review.report_id == report_id and review.outcome == "accepted" for review in work.reviews.of(obligation.id)):
        raise Problem("review.accepted_stays")
    work.reports.withdraw(report_id, now)
    _stand_again(work, obligation, now)
    work.history.add(
        "withdrawn",
        "task",
        obligation.task_id,
        now,
        person.id,
        report=report_id,
        obligation=obligation.id,
        version=report.version,
        period="" if obligation.kind is Kind.COMPLETION else obligation.period,
    )
    fresh = work.obligations.get(obligation.id)
    assert fresh is not None
    return fresh


def _stand_again(work: Work, obligation: Obligation, now: datetime) -> None:
    """The state that follows from the version that stands now: none or a returned one leaves the obligation open."""
    latest = work.reports.latest([obligation.id]).get(obligation.id)
    outcomes = {review.report_id: review.outcome for review in work.reviews.of(obligation.id)}
    outcome = outcomes.get(latest.id) if latest else None
    work.obligations.reviewed(obligation.id, outcome, now)
    if obligation.kind is Kind.COMPLETION:
        if latest is None and obligation.state is State.HANDED_IN:
            work.obligations.move(obligation.id, State.DROPPED, now)
    elif (latest is None or outcome == "returned") and not obligation.open:
        work.obligations.move(obligation.id, State.OPEN, now)
        set_nudges(work, obligation, now)


def change(
    work: Work, person: Person, source: Source, text: str, now: datetime, listed: Sequence[int] = ()
) -> list[Stored]:
    """An edited chat message: a new version of every report that came from it; `listed` as it was numbered for it."""
    reports = work.reports.by_message(source.chat_id, source.message_id)
    obligations = mine(work, person, [report.obligation_id for report in reports])
    if not obligations:
        return []
    alone = obligations[0] if len(obligations) == 1 else None
    parts = Parts({alone.id: without_ref(text, alone.ref)}) if alone else split_answer(text, obligations, listed=listed)
    if parts is None:
        raise Problem("report.edit_unclear")
    out = []
    for obligation in obligations:
        old = next(report for report in reports if report.obligation_id == obligation.id)
        new = parts.texts.get(obligation.id)
        if new and (new != old.text or source.files):
            out.append(store(work, obligation, person, source, new, now))
    return out


def attach(work: Work, person: Person, source: Source, album: str) -> bool:
    """Further pictures of an album go to what its first one became; whether there was such a thing."""
    files = [asdict(file) for file in source.files]
    reports = [report for report in work.reports.by_album(source.chat_id, album) if report.person_id == person.id]
    for report in reports:
        work.reports.attach(report.id, files)
    if reports:
        return True
    pending = work.talks.pending_by_album(source.chat_id, album)
    if pending and pending.person_id == person.id:
        work.talks.change_pending(pending.id, pending.text, [*pending.files, *files])
        return True
    return False


def move(work: Work, report_id: int, obligation_id: int, person: Person, now: datetime) -> Stored:
    """The same words for another obligation: withdrawn there, kept here."""
    report = work.reports.get(report_id)
    target = mine(work, person, [obligation_id])
    if report is None or not target:
        raise Problem("report.not_yours")
    withdraw(work, report_id, person, now)
    source = Source(report.chat_id, report.message_id, files=tuple(FileRef(**file) for file in report.files))
    return store(work, target[0], person, source, report.text, now, report.album)


def take_pending(work: Work, pending: Pending, obligation_id: int, person: Person, now: datetime) -> Stored:
    """Files a kept text for the obligation that the person chose."""
    target = mine(work, person, [obligation_id])
    if not target:
        raise Problem("report.not_owed")
    source = Source(pending.chat_id, pending.message_id, files=tuple(FileRef(**file) for file in pending.files))
    work.talks.settle(pending.id, now)
    return store(work, target[0], person, source, pending.text, now)
