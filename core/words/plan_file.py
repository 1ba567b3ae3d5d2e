"""Knows how a form that came back reads: what was understood, what it would change, what was filed."""

from __future__ import annotations

from collections.abc import Sequence

from core.cases.plan_file import ASKED, Found, Sheet, digest
from core.cases.report import Stored
from core.rules.obligations import Obligation
from core.rules.plan_changes import GOAL, NOTES, Change
from core.rules.plan_form import Means
from core.rules.tasks import short
from core.words import terms
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, lines
from core.words.message import Button, Message
from core.words.voice import Voice

_ROOM = TEXT_LIMIT - 300
_CHOICES = 8


def sheet_message(said: Voice, sheet: Sheet, changed_meanwhile: bool = False) -> Message:
    """What was read, form by form, and what confirming it would change. Nothing is saved yet."""
    ready, unclear = sheet.ready, [n for n, found in enumerate(sheet.found) if found.fault in ASKED]

    def text(size: int) -> Html:
        rows: list[object] = [said("plan_file.changed")] if changed_meanwhile else []
        rows.append(bold(said("plan_file.head", n=len(sheet.found), ready=len(ready))))
        for number, found in enumerate(sheet.found, 1):
            rows += ["", *_found_rows(said, found, number, len(sheet.found), size)]
        if ready:
            rows += ["", said("plan_file.confirm")]
        return lines(*rows)

    buttons: list[tuple[Button, ...]] = []
    for place in unclear[:1]:
        buttons += _choice(said, sheet, place)
    if ready:
        label = said.plain("plan_file.file", n=len(ready))
        buttons.append((Button(label, f"pf:ok:{sheet.mark}:{digest(sheet)}"),))
    if buttons:
        buttons.append((Button(said.plain("plan_file.drop"), f"pf:no:{sheet.mark}"),))
    return Message(fitting(text, _ROOM), tuple(buttons))


def _choice(said: Voice, sheet: Sheet, place: int) -> list[tuple[Button, ...]]:
    """Which task the form is for, where it says two things or none."""
    found = sheet.found[place]
    if found.fault == "twice" and found.obligation:
        twins = [n for n, o in enumerate(sheet.found) if o.fault == "twice" and o.obligation == found.obligation]
        return [(_chosen(said, sheet, "plan_file.use", n, found.obligation),) for n in twins[:_CHOICES]]
    if found.fault == "other" and found.obligation:
        return [(_chosen(said, sheet, "plan_file.is_for", place, found.obligation),)]
    taken = {found.obligation.id for found in sheet.found if found.obligation and not found.fault}
    free = [o for o in sheet.choices if o.id not in taken] or list(sheet.choices)
    return [(_chosen(said, sheet, "plan_file.is_for", place, o),) for o in free[:_CHOICES]]


def _chosen(said: Voice, sheet: Sheet, key: str, place: int, o: Obligation) -> Button:
    label = said.plain(key, number=place + 1, ref=o.ref, content=short(o.content, 12))
    return Button(label, f"pf:is:{sheet.mark}:{place}:{o.id}")


def _found_rows(said: Voice, found: Found, number: int, count: int, size: int) -> list[object]:
    if found.fault or found.obligation is None:
        content = short(found.form.get(Means.CONTENT) or (found.task.content if found.task else ""), 24)
        values = {
            "number": number,
            "content": content or said.plain("plan_file.no_content"),
            "ref": found.task.ref if found.task else "",
            "units": found.whose or _leads(said, found),
        }
        return [said(f"plan_file.{found.fault}", **values)]
    o = found.obligation
    title = said("plan_file.title", ref=o.ref, content=short(o.content, 20), unit=o.unit)
    rows: list[object] = [bold(title) if count > 1 else title]
    if not found.changed:
        rows.append(said("plan_file.same_filed" if found.filed else "plan_file.same_draft"))
    elif found.fresh:
        rows += [_part(said, change, size) for change in found.changed]
    else:
        rows.append(said("plan_file.differs", n=len(found.changed)))
        rows += [_difference(said, change, size) for change in found.changed]
    rows += _notes(said, found, size)
    return rows


def _leads(said: Voice, found: Found) -> str:
    return said.plain("terms.comma").join(unit.name for unit in found.task.leads) if found.task else ""


def _notes(said: Voice, found: Found, size: int) -> list[object]:
    rows: list[object] = []
    comma = said.plain("terms.comma")
    if found.kept:
        months = comma.join(terms.month_name(said, month) for month in found.kept)
        rows.append(said("plan_file.kept", months=months))
    if found.strange:
        rows.append(said("plan_file.strange", text=cut(" / ".join(found.strange), max(size, 60))))
    if found.fixed:
        fields = comma.join(said.plain(f"plan_file.field_{meaning}") for meaning in found.fixed)
        rows.append(said("plan_file.fixed", fields=fields))
    if not found.plan.goal:
        rows.append(said("plan_file.no_goal"))
    if found.missing:
        months = comma.join(terms.month_name(said, month) for month in found.missing)
        rows.append(said("plan_file.no_months", months=months))
    return rows


def _name(said: Voice, change: Change) -> str:
    if change.what in (GOAL, NOTES):
        return said.plain("plan.goal" if change.what == GOAL else "plan_file.notes")
    return terms.month_name(said, int(change.what))


def _part(said: Voice, change: Change, size: int) -> Html:
    return said("plan.month_row", month=_name(said, change), brief=cut(change.new, size))


def _difference(said: Voice, change: Change, size: int) -> Html:
    key = "plan_file.difference" if change.old else "plan_file.added"
    return said(key, part=_name(said, change), old=cut(change.old, size), new=cut(change.new, size))


def stored_message(said: Voice, stored: Sequence[Stored], left: Sequence[Obligation]) -> Message:
    """Confirms by name what was filed from the file, and says what is still owed."""
    rows: list[object] = [bold(said("plan_file.stored", n=len(stored)))]
    for item in stored[:30]:
        o = item.obligation
        months = len(item.report.months)
        rows.append(
            said(
                "plan_file.stored_row",
                ref=o.ref,
                content=short(o.content, 20),
                version=item.report.version,
                months=months,
            )
        )
    rows.append(said("plan_file.stamp"))
    rows += [said("plan.left", n=len(left))] if left else [said("plan.all_filed")]
    buttons: list[tuple[Button, ...]] = []
    if len(stored) == 1:
        report = stored[0].report
        buttons.append(
            (
                Button(said.plain("report.withdraw"), f"undo:{report.id}"),
                Button(said.plain("plan.change"), f"plan_change:{stored[0].obligation.id}"),
            )
        )
    if left:
        label = said.plain("plan.next", ref=left[0].ref, content=short(left[0].content, 12))
        buttons.append((Button(label, f"plan:{left[0].id}"),))
    return Message(lines(*rows), tuple(buttons))
