"""Knows how a plan is filled in: one task at a time, interrupted anywhere, filed and corrected."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from core.cases.gone import why_gone
from core.cases.notice import plan_months
from core.cases.plan_said import remember
from core.cases.problem import Problem
from core.cases.report import Stored, mine, store_plan
from core.ports import FileRef, Source
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person
from core.rules.plan_draft import Draft, Fed, asked_next, feed, says_which, skip
from core.rules.reports import Talk
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft with its task and the months of its form."""

    obligation: Obligation
    months: tuple[int, ...]
    draft: Draft
    fed: Fed | None = None
    taken: tuple[tuple[str, str], ...] = ()
    """What the last text put into the draft: ("goal" or a month, its words)."""


@dataclass(frozen=True, slots=True)
class Attached:
    """Files that went to a plan; `version` is 0 where it isn't filed yet and they wait in the draft."""

    obligation: Obligation
    files: int
    version: int = 0


def owed_plans(work: Work, person: Person) -> list[Obligation]:
    return work.obligations.find(Wanted(unit_ids=person.unit_ids, kind=Kind.PLAN, states=[State.OPEN]))


def filed_plans(work: Work, person: Person) -> list[Obligation]:
    return work.obligations.find(Wanted(unit_ids=person.unit_ids, kind=Kind.PLAN, states=[State.HANDED_IN]))


def open_plan(work: Work, person: Person, obligation_id: int, now: datetime) -> Desk:
    """The draft of this plan where it was left; a filed plan is opened for correction."""
    desk, _ = look_at(work, person, obligation_id)
    _keep(work, person, desk.draft, now)
    return desk


def look_at(work: Work, person: Person, obligation_id: int) -> tuple[Desk, bool]:
    """The draft as `open_plan` would open it, and whether it says what is filed."""
    obligation = _plan(work, person, obligation_id)
    months = _months(work, obligation)
    talk = work.talks.get(person.id, _name(obligation_id))
    filed = work.reports.latest([obligation_id]).get(obligation_id)
    as_filed = Draft(obligation_id, filed.goal, dict(filed.months), "") if filed else None
    draft = Draft.from_data(talk.data) if talk else as_filed or Draft(obligation_id)
    return Desk(obligation, months, draft), bool(filed and not draft.changed_from(filed.goal, filed.months))


def keep(work: Work, person: Person, draft: Draft, now: datetime) -> bool:
    """The draft as it is now; what is awaited of the person stays as it was. Whether that is this plan."""
    awaiting = work.talks.awaiting(person.id)
    here = awaiting is not None and awaiting.name == _name(draft.obligation_id)
    work.talks.put(person.id, Talk(_name(draft.obligation_id), draft.asking or "preview", draft.to_data()), now, here)
    return here


def fill(work: Work, person: Person, obligation_id: int, text: str, now: datetime, source: Source) -> Desk:
    """Works a text into the draft; what the message put there is noted, for it may be edited."""
    desk = open_plan(work, person, obligation_id, now)
    if not text.strip():
        raise Problem("report.no_text")
    fed = feed(desk.draft, text, desk.months, desk.obligation.due.year)
    _keep(work, person, fed.draft, now)
    remember(work, person, source, desk.draft, fed.draft, now)
    return Desk(desk.obligation, desk.months, fed.draft, fed, fed.draft.since(desk.draft))


def names_parts(work: Work, person: Person, obligation_id: int, text: str) -> bool:
    """Whether a file's caption is meant for the plan's parts; `现场照片` is not."""
    obligation = _plan(work, person, obligation_id)
    return says_which(text, _months(work, obligation), obligation.due.year)


def leave_blank(work: Work, person: Person, obligation_id: int, blank: str, now: datetime) -> Desk:
    desk = open_plan(work, person, obligation_id, now)
    draft = skip(desk.draft, desk.months, blank)
    _keep(work, person, draft, now)
    return Desk(desk.obligation, desk.months, draft)


def ask_for(work: Work, person: Person, obligation_id: int, what: str, now: datetime) -> Desk:
    """Asks for one part anew ("goal" or a month), or for the first that is missing ("next")."""
    desk = open_plan(work, person, obligation_id, now)
    asking = asked_next(desk.draft, desk.months) if what == "next" else what
    draft = replace(desk.draft, asking=asking, mending=what not in ("", "next"))
    _keep(work, person, draft, now)
    return Desk(desk.obligation, desk.months, draft)


def preview(work: Work, person: Person, obligation_id: int, now: datetime) -> Desk:
    return ask_for(work, person, obligation_id, "", now)


def file_plan(work: Work, person: Person, obligation_id: int, source: Source, now: datetime) -> Stored:
    """Files the draft as the next version. Raises Problem where it is empty or was filed already."""
    obligation = _plan(work, person, obligation_id)
    talk = work.talks.get(person.id, _name(obligation_id))
    if talk is None:
        raise Problem("plan.filed_already")
    draft = Draft.from_data(talk.data)
    if not draft.goal and not draft.months:
        raise Problem("plan.empty")
    filed = work.reports.latest([obligation_id]).get(obligation_id)
    text = filed.text if filed else ""  # what a form said beside goal and months stays true
    files = tuple(FileRef(**file) for file in draft.files)
    source = replace(source, files=(*source.files, *files))
    stored = store_plan(work, obligation, person, source, draft.goal, draft.months, now, text)
    work.talks.end(person.id, _name(obligation_id))
    return stored


def attach(work: Work, person: Person, obligation_id: int, source: Source, now: datetime) -> Attached:
    """A photo or scan of the stamped form goes with the plan: to its version, or to the draft until that is filed."""
    obligation = _plan(work, person, obligation_id)
    files = [asdict(file) for file in source.files]
    talk = work.talks.get(person.id, _name(obligation_id))
    filed = work.reports.latest([obligation_id]).get(obligation_id)
    if filed is None:
        desk = open_plan(work, person, obligation_id, now)
        _keep(work, person, replace(desk.draft, files=(*desk.draft.files, *files)), now)
        return Attached(obligation, len(files))
    if talk and not Draft.from_data(talk.data).changed_from(filed.goal, filed.months):
        work.talks.end(person.id, _name(obligation_id))
    work.reports.attach(filed.id, files)
    work.history.add(
        "plan_scan",
        "task",
        obligation.task_id,
        now,
        person.id,
        source,
        obligation=obligation_id,
        report=filed.id,
        version=filed.version,
        files=[file["name"] for file in files],
    )
    return Attached(obligation, len(files), filed.version)


def mend(work: Work, person: Person, obligation: Obligation, source: Source, text: str, now: datetime) -> Stored | None:
    """Files the answer to a returned plan as its mended version; None where the text doesn't say what it changes."""
    desk = fill(work, person, obligation.id, text, now, source)
    if desk.fed is None or desk.fed.unknown:
        return None
    return file_plan(work, person, obligation.id, source, now)


def obligation_of(talk: Talk) -> int:
    return Draft.from_data(talk.data).obligation_id


def _plan(work: Work, person: Person, obligation_id: int) -> Obligation:
    found = mine(work, person, [obligation_id])
    if not found or found[0].kind is not Kind.PLAN:
        raise why_gone(work, person, [obligation_id], "plan.not_yours")
    return found[0]


def _months(work: Work, obligation: Obligation) -> tuple[int, ...]:
    task = work.notices.task(obligation.task_id)
    card = work.notices.get(task.notice_id) if task else None
    return plan_months(card, obligation.due)


def _name(obligation_id: int) -> str:
    return f"plan:{obligation_id}"


def _keep(work: Work, person: Person, draft: Draft, now: datetime) -> None:
    step = draft.asking or "preview"
    work.talks.put(person.id, Talk(_name(draft.obligation_id), step, draft.to_data()), now)
