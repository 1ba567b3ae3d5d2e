"""Knows how filling in a plan reads: the list, each question, the preview, the confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.cases.plan import Attached, Desk
from core.cases.report import Stored
from core.rules.obligations import Obligation
from core.rules.plan_draft import GOAL
from core.rules.tasks import short
from core.words import terms
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, lines, quote
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8
_ROOM = TEXT_LIMIT - 200


def plan_list(said: Voice, owed: Sequence[Obligation], filed: Sequence[Obligation], today: date, page: int) -> Message:
    """Plans owed first, then those that can still be corrected."""
    every = [*owed, *filed]
    if not every:
        return Message(said("plan.none"))
    shown, page, pages = paged(every, page, PAGE)
    head = said("plan.list", owed=len(owed), filed=len(filed))
    if owed:
        due = terms.due(said, owed[0], weekday=True)
        head = lines(head, said("plan.due", due=due, late=terms.late(said, owed[0], today)))
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("plan.pick" if o.open else "plan.pick_filed", ref=o.ref, content=short(o.content, 16)),
                f"plan:{o.id}",
            ),
        )
        for o in shown
    ]
    buttons += turning(said, "plans", page, pages)
    buttons.append((Button(said.plain("plan_form.download"), "plan_form:0:docx"),))
    return Message(head, tuple(buttons))


def plan_message(said: Voice, desk: Desk) -> Message:
    """The next question, or the preview when nothing is asked."""
    if not desk.draft.asking:
        return _preview(said, desk)
    o, draft = desk.obligation, desk.draft
    notes = _notes(said, desk)
    done = len(desk.months) - len(draft.missing(desk.months))
    title = bold(said("plan.title", ref=o.ref, content=short(o.content, 24)))
    skip = Button(said.plain("plan.blank"), f"plan_blank:{o.id}")
    look = Button(said.plain("plan.look"), f"plan_look:{o.id}")
    if draft.asking == GOAL:
        months = desk.months
        text = lines(
            title,
            quote(o.content),
            *notes,
            said("plan.ask_goal", first=months[0], second=months[min(1, len(months) - 1)]),
        )
        return Message(text, ((skip, look) if draft.months else (skip,), (_download(said, o),)))
    month = int(draft.asking)
    ask = said("plan.ask_month", month=terms.month_name(said, month), done=done, all=len(desk.months))
    return Message(lines(title, *notes, ask), ((skip, look), (_download(said, o),)))


def _download(said: Voice, o: Obligation) -> Button:
    """The official form, filled in as far as the plan is known."""
    return Button(said.plain("plan_form.download"), f"plan_form:{o.id}:docx")


def _notes(said: Voice, desk: Desk) -> list[Html]:
    """What a pasted text left open: pieces that belong nowhere, an order that was assumed."""
    notes = []
    if desk.taken and desk.draft.asking:  # a preview shows every part anyway
        notes.append(_taken(said, desk.taken))
    if desk.fed and desk.fed.unknown:
        notes.append(said("plan.unknown", text=" / ".join(short(piece, 30) for piece in desk.fed.unknown)))
    if desk.fed and desk.fed.assumed:
        notes.append(said("plan.assumed"))
    return notes


def _taken(said: Voice, parts: Sequence[tuple[str, str]]) -> Html:
    """Says back what was just put down: one part with its words, several by name."""
    names = [said.plain("plan.goal") if what == GOAL else terms.month_name(said, int(what)) for what, _ in parts]
    if len(parts) == 1:
        return said("plan.taken", part=names[0], words=short(parts[0][1], 40))
    return said("plan.taken_parts", parts=said.plain("terms.comma").join(names))


def _rows(said: Voice, goal: str, months: dict[int, str], form: Sequence[int], size: int) -> list[Html]:
    """Goal and months, those of the form and any beyond it; each text cut to `size` characters."""
    rows = [said("plan.goal_row", goal=cut(goal, size) or said.plain("plan.unfilled"))]
    for month in sorted({*form, *months}):
        brief = cut(months.get(month) or "", size) or said.plain("plan.unfilled")
        rows.append(said("plan.month_row", month=terms.month_name(said, month), brief=brief))
    return rows


def _preview(said: Voice, desk: Desk) -> Message:
    o, draft = desk.obligation, desk.draft
    missing = draft.missing(desk.months)

    def text(size: int) -> Html:
        rows: list[object] = [bold(said("plan.preview", ref=o.ref, content=short(o.content, 20)))]
        rows += _rows(said, draft.goal, draft.months, desk.months, size)
        rows += ["", *_notes(said, desk)]
        rows.append(said("plan.preview_missing", n=len(missing)) if missing else said("plan.preview_whole"))
        return lines(*rows)

    buttons = [(Button(said.plain("plan.file"), f"plan_file:{o.id}"),)]
    second = []
    if missing or not draft.goal:
        second.append(Button(said.plain("plan.go_on"), f"plan_ask:{o.id}:next"))
    second.append(Button(said.plain("plan.change"), f"plan_change:{o.id}"))
    return Message(fitting(text, _ROOM), (*buttons, tuple(second), (_download(said, o),)))


def change_message(said: Voice, desk: Desk) -> Message:
    """Which part is to be changed: the goal or a month."""
    o = desk.obligation
    cells = [Button(said.plain("plan.goal"), f"plan_ask:{o.id}:{GOAL}")]
    cells += [Button(terms.month_name(said, month), f"plan_ask:{o.id}:{month}") for month in desk.months]
    rows = [tuple(cells[start : start + 4]) for start in range(0, len(cells), 4)]
    rows.append((Button(said.plain("plan.look"), f"plan_look:{o.id}"),))
    return Message(said("plan.change_what", ref=o.ref), tuple(rows))


def attached_message(said: Voice, attached: Attached, caption: str = "") -> Message:
    """A photo or scan that went to the plan; `caption`: words beside it that fill no part."""
    key = "plan_file.attached" if attached.version else "plan_file.attached_draft"
    o = attached.obligation
    text = said(key, ref=o.ref, version=attached.version, n=attached.files)
    if caption:
        text = lines(text, said("plan_file.caption_left", words=short(caption, 30)))
    return Message(text, ((Button(said.plain("plan.look"), f"plan_look:{o.id}"),),) if not attached.version else ())


def filed_message(said: Voice, stored: Stored, left: Sequence[Obligation]) -> Message:
    """Confirms what was stored by name, and offers the next one."""
    o, report = stored.obligation, stored.report

    def text(size: int) -> Html:
        rows: list[object] = [bold(said("plan.filed", ref=o.ref, content=short(o.content, 20), version=report.version))]
        rows += _rows(said, report.goal, report.months, (), size)
        rows += ["", said("plan.left", n=len(left)) if left else said("plan.all_filed")]
        return lines(*rows)

    buttons: list[tuple[Button, ...]] = [
        (
            Button(said.plain("report.withdraw"), f"undo:{report.id}"),
            Button(said.plain("plan.change"), f"plan_change:{o.id}"),
        )
    ]
    if left:
        label = said.plain("plan.next", ref=left[0].ref, content=short(left[0].content, 12))
        buttons.insert(0, (Button(label, f"plan:{left[0].id}"),))
    return Message(fitting(text, _ROOM), tuple(buttons))
