"""Knows how a message that was edited corrects the plan it went to: the draft, or the version that was filed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.cases.plan import Desk, file_plan, keep, look_at
from core.cases.plan_said import relearn, said
from core.cases.report import Stored
from core.ports import Source
from core.rules.people import Person
from core.rules.plan_draft import feed, unsaid
from core.work import Work


@dataclass(frozen=True, slots=True)
class Edited:
    """The draft as it is now, or the next version where the plan was filed.

    Nothing was changed where the text says the `same`, or is `unclear`: it doesn't say which part it is.
    """

    desk: Desk
    stored: Stored | None = None
    same: bool = False
    unclear: bool = False


def edit(work: Work, person: Person, source: Source, text: str, now: datetime) -> Edited | None:
    """Works the edited text in instead of what the message said before; None for a message that went to no plan.

    A plan that was filed gets its next version at once, as an edited report does; a draft stays a draft. Raises Problem
    where the plan is gone.
    """
    known = said(work, person, source)
    if known is None:
        return None
    desk, as_filed = look_at(work, person, known["obligation"])
    draft = desk.draft
    before = unsaid(draft, known["took"], known["asking"])
    fed = feed(before, text, desk.months, desk.obligation.due.year) if text.strip() else None
    if fed is None or (fed.unknown and not fed.draft.since(before)):
        return Edited(desk, unclear=True)
    after = replace(fed.draft, asking=draft.asking, mending=draft.mending)
    if not after.changed_from(draft.goal, draft.months):
        return Edited(desk, same=True)
    relearn(work, person, source, before, after, now)
    awaited = keep(work, person, after, now)
    if as_filed and not fed.unknown:
        return Edited(desk, file_plan(work, person, known["obligation"], replace(source, files=()), now))
    taken = after.since(draft)
    # Where the next part is asked for just now, it is asked again; else the whole plan is shown.
    shown = after if awaited and taken else replace(after, asking="")
    return Edited(Desk(desk.obligation, desk.months, shown, fed, taken))
