"""Knows how a plan's proposal of a frequency reads: one task beside its plan, a scope in figures, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.cases.proposals import AllPreview, Proposed
from core.rules.classification import Preview
from core.rules.periods import Frequency
from core.rules.proposals import Proposal
from core.words import terms
from core.words.classify import FREQUENCIES, due, refs
from core.words.html import Html, bold, cut, lines
from core.words.message import Button, Message
from core.words.voice import Voice

_LETTER = {frequency: letter for letter, frequency in FREQUENCIES.items()}
SHOWN = 60
"""Characters of a month's brief beside the proposal."""


def because(said: Voice, p: Proposal) -> str:
    """建议季报：节点都在季末（3月、6月、9月） / 还没有计划，无法建议"""
    if p.frequency is None:
        return said.plain("propose.no_plan")
    months = said.plain("terms.comma").join(terms.month_name(said, month) for month in p.steps)
    return said.plain(
        f"propose.{p.why}",
        frequency=terms.frequency(said, p.frequency.value),
        n=len(p.steps),
        of=p.months,
        months=months,
    )


def mark(said: Voice, p: Proposed) -> str:
    """What stands behind a task in a list: （建议季报）, nothing where it has it already."""
    if p.proposal.frequency is None:
        return said.plain("propose.row_none")
    if not p.changes:
        return said.plain("propose.row_same")
    return said.plain("propose.row", frequency=terms.frequency(said, p.proposal.frequency.value))


def summary_row(said: Voice, found: Sequence[Proposed]) -> Html:
    """按计划建议：月报 5 项，季报 3 项；2 项还没有计划"""
    counts = Counter(p.proposal.frequency for p in found if p.proposal.frequency)
    named = said.plain("terms.clause").join(
        said.plain("classify.count_short", frequency=terms.frequency(said, f.value), n=counts[f])
        for f in Frequency
        if counts[f]
    )
    missing = sum(p.proposal.frequency is None for p in found)
    if not named:
        return said("propose.none_of", n=missing)
    text = said("propose.of_scope", named=named)
    return text + said("propose.missing", n=missing) if missing else text


def scope_buttons(said: Voice, scope: str, found: Sequence[Proposed]) -> tuple[tuple[Button, ...], ...]:
    """One by one, and all at once where something would change."""
    changing = sum(p.changes for p in found)
    rows: list[tuple[Button, ...]] = []
    if changing:
        rows.append((Button(said.plain("propose.all", n=changing), f"freq:P:{scope}"),))
    if len(found) > 1:
        rows.append((Button(said.plain("propose.walk", n=len(found)), f"freq:w:{scope}:0"),))
    return tuple(rows)


def plan_rows(said: Voice, p: Proposed) -> list[Html]:
    """The task's plan, and what it suggests."""
    rows: list[Html] = []
    if p.plan is not None:
        if p.plan.goal:
            rows.append(said("propose.goal", goal=cut(p.plan.goal, 2 * SHOWN)))
        rows += [
            said(
                "propose.step" if month in p.proposal.steps else "propose.month",
                month=terms.month_name(said, month),
                brief=cut(" ".join(brief.split()), SHOWN),
            )
            for month, brief in sorted(p.plan.months.items())
        ]
    rows.append(bold(because(said, p.proposal)))
    return rows


def card_message(said: Voice, scope: str, found: Sequence[Proposed], place: int, seen: Preview | None) -> Message:
    """One task beside its plan: the proposal with its due dates, taken by one tap or changed."""
    place = place % len(found)
    p = found[place]
    rows: list[object] = [
        said("propose.card", n=place + 1, all=len(found)),
        bold(f"{p.task.ref} {cut(p.task.content, 2 * SHOWN)}"),
        said("propose.now", frequency=terms.frequency(said, p.task.frequency)),
        *plan_rows(said, p),
    ]
    buttons: list[tuple[Button, ...]] = []
    if seen is not None and p.changes and p.proposal.frequency:
        dates = said.plain("terms.comma").join(due(said, row) for row in seen.dues)
        rows.append(said("propose.dues", dates=dates))
        name = terms.frequency(said, p.proposal.frequency.value)
        action = f"freq:A:{scope}:{place}:{_LETTER[p.proposal.frequency]}:{seen.mark}"
        buttons.append((Button(said.plain("propose.take", frequency=name), action),))
    others = [f for f in Frequency if f is not p.proposal.frequency and f.value != p.task.frequency]
    buttons.append(
        tuple(
            Button(
                said.plain("propose.other", frequency=terms.frequency(said, f.value)),
                f"freq:p:t{p.task.id}:{_LETTER[f]}",
            )
            for f in others
        )
    )
    if len(found) > 1:
        buttons.append(
            (
                Button(said.plain("inspect.before"), f"freq:w:{scope}:{(place - 1) % len(found)}"),
                Button(said.plain("inspect.after"), f"freq:w:{scope}:{(place + 1) % len(found)}"),
            )
        )
    buttons.append((Button(said.plain("classify.back"), f"freq:s:{scope}"),))
    return Message(lines(*rows), tuple(row for row in buttons if row))


def all_message(said: Voice, scope: str, label: str, seen: AllPreview) -> Message:
    """What accepting every proposal of the scope would do, with the due dates of each frequency."""
    rows: list[object] = [said("propose.preview", label=label, n=seen.tasks)]
    for group in seen.groups:
        name = terms.frequency(said, group.frequency.value)
        rows.append(bold(said("propose.group", frequency=name, n=len(group.tasks), refs=refs(said, group.tasks))))
        rows += [
            said("classify.due", period=terms.period(said, row.period.key), due=due(said, row)) for row in group.dues
        ]
        rows += [said("calendar.year_unknown", year=year) for year in group.unknown_years]
    rows += ["", said("classify.arise", n=sum(group.arise for group in seen.groups))]
    if drop := sum(group.drop for group in seen.groups):
        rows.append(said("classify.drop", n=drop))
    if late := sum(group.late for group in seen.groups):
        rows.append(said("classify.late", n=late))
    if kept := sum(group.handed_in for group in seen.groups):
        rows.append(said("classify.handed_in", n=kept))
    if seen.same:
        rows.append(said("propose.same", n=seen.same))
    if seen.without:
        rows.append(said("propose.without", n=len(seen.without), refs=refs(said, seen.without)))
    if seen.over:
        rows.append(said("propose.over", n=len(seen.over), refs=refs(said, seen.over)))
    confirm = Button(said.plain("propose.confirm", n=seen.tasks), f"freq:Y:{scope}:{seen.mark}")
    return Message(lines(*rows), ((confirm,), (Button(said.plain("classify.back"), f"freq:s:{scope}"),)))


def accepted_message(said: Voice, label: str, seen: AllPreview, told: int, unset: int) -> Message:
    named = said.plain("terms.clause").join(
        said.plain("classify.count_short", frequency=terms.frequency(said, g.frequency.value), n=len(g.tasks))
        for g in seen.groups
    )
    rows: list[object] = [said("propose.done", label=label, named=named)]
    rows.append(said("classify.told", n=told) if told else said("classify.told_nobody"))
    rows.append(said("classify.left", n=unset) if unset else said("classify.all_set"))
    return Message(lines(*rows), ((Button(said.plain("classify.more"), "freq:home"),),))
