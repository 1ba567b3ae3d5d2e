"""Knows how the official plan form of a task is made out, filled with what the bot knows by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.cases.notice import plan_months
from core.cases.problem import Problem
from core.cases.report import mine
from core.rules.obligations import Kind, Obligation, State
from core.rules.people import Person, Role
from core.rules.plan_draft import Draft
from core.rules.plan_form import Field, Means, PlanForm, form_code, form_fields, means
from core.rules.refs import bare
from core.rules.tasks import NoticeCard, Task
from core.work import Wanted, Work


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a plan: the filed version, else what was typed so far."""

    goal: str = ""
    months: dict[int, str] | None = None
    text: str = ""

    @property
    def briefs(self) -> dict[int, str]:
        return self.months or {}


def known_plan(work: Work, person: Person | None, obligation_id: int) -> Plan:
    """The draft this person is typing, else the version filed last, else nothing."""
    talk = work.talks.get(person.id, f"plan:{obligation_id}") if person else None
    filed = work.reports.latest([obligation_id]).get(obligation_id)
    if talk:
        draft = Draft.from_data(talk.data)
        if draft.goal or draft.months:
            return Plan(draft.goal, draft.months, filed.text if filed else "")
    return Plan(filed.goal, dict(filed.months), filed.text) if filed else Plan()


def form_of(work: Work, obligation: Obligation, standard: dict[Means, str], person: Person | None) -> PlanForm:
    """The form of one plan. `standard` names the fields for a notice that annexes no form."""
    task = work.notices.task(obligation.task_id)
    card = work.notices.get(task.notice_id) if task else None
    if task is None or card is None:
        raise Problem("plan.not_yours")
    plan = known_plan(work, person, obligation.id)
    values = field_values(work, task, obligation, plan)
    months = plan_months(card, obligation.due)
    every = sorted({*months, *plan.briefs}) if set(plan.briefs) - set(months) else months
    fields = form_fields(_labels(card), standard, values)
    return PlanForm(
        form_title(card),
        task.ref,
        str(form_code(card.id, bare(task.ref), obligation.unit_id, task.content)),
        _with_kept(fields, plan.text),
        tuple((month, plan.briefs.get(month, "")) for month in every),
    )


def plans_of_units(work: Work, unit_ids: Sequence[int] | None) -> list[Obligation]:
    """Every plan these units owe or have filed (None: every unit), in the order of the notice."""
    states = [State.OPEN, State.HANDED_IN]
    return work.obligations.find(Wanted(unit_ids=unit_ids, kind=Kind.PLAN, states=states))


def own_plans(work: Work, person: Person, obligation_id: int | None = None) -> list[Obligation]:
    """The plan named, or all of this person's units. Raises Problem where it isn't theirs or there is none."""
    if obligation_id is None:
        found = plans_of_units(work, person.unit_ids)
    else:
        found = [o for o in mine(work, person, [obligation_id]) if o.kind is Kind.PLAN]
    if not found:
        raise Problem("plan.none" if obligation_id is None else "plan.not_yours")
    return found


def field_values(work: Work, task: Task, obligation: Obligation, plan: Plan) -> dict[Means, str]:
    """What the form's fields come prefilled with."""
    contacts = work.people.of_units([obligation.unit_id], Role.CONTACT)
    return {
        Means.UNIT: obligation.unit,
        Means.CONTACT: "、".join(person.name for person in contacts),
        Means.LEADER: "、".join(leader.label for leader in task.leaders),
        Means.LEAD: "、".join(unit.name for unit in task.leads) or obligation.unit,
        Means.CO: "、".join(a.unit.name for a in task.assignments if a.unit not in task.leads),
        Means.REF: task.ref,
        Means.CONTENT: task.content,
        Means.GOAL: plan.goal,
    }


def _with_kept(fields: tuple[Field, ...], text: str) -> tuple[Field, ...]:
    """What an earlier form said in fields of its own (电话：…) stands in them again."""
    kept = dict(line.split("：", 1) for line in text.split("\n") if "：" in line)
    own = (Means.OTHER, Means.PHONE, Means.CONTACT)
    return tuple(
        replace(field, value=kept.get(field.label.rstrip("：:"), field.value)) if field.means in own else field
        for field in fields
    )


def _labels(card: NoticeCard) -> list[str]:
    form = card.reading.get("form") or {}
    return [label for label in form.get("fields") or [] if means(label) or len(label) <= 24]


def form_title(card: NoticeCard) -> str:
    """The title of the form that the notice annexes, "" where it annexes none."""
    return str((card.reading.get("form") or {}).get("title") or "")
