"""Knows how the year's end reads: the preview, the outcome, the thanks, the groups' last word, a notice's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.closing import Closing
from core.rules.inspection import Round
from core.rules.office import Office
from core.rules.summary import Figures, Summary
from core.rules.tasks import NoticeCard, short
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.inspection import name
from core.words.message import Button, Message, fit_label
from core.words.progress import counts
from core.words.summary import picture
from core.words.voice import Voice

UNITS = 8


def name_of(said: Voice, card: NoticeCard, size: int = 60) -> str:
    return short(card.title, size) if card.title else card.number or said.plain("intake.untitled")


def told_apart(said: Voice, card: NoticeCard) -> str:
    """The name on a button: titles of one office begin alike, so what stands between the brackets comes first."""
    name = name_of(said, card, 80)
    begin = name.rfind("《")
    return name[begin:] if begin >= 0 else name


def choose_message(said: Voice, cards: Sequence[NoticeCard]) -> Message:
    buttons = tuple((Button(fit_label(told_apart(said, card)), f"ye:see:{card.id}"),) for card in cards)
    return Message(said("closing.choose"), buttons)


def preview_message(said: Voice, office: Office, found: Closing) -> Message:
    """What is open, who has not finished, what will happen: read before anything is done."""
    rows: list[object] = [
        bold(said("closing.preview", title=name_of(said, found.card))),
        said("closing.tasks", **found.tasks, all=sum(found.tasks.values())),
        counts(said, found.total),
    ]
    if found.unfinished:
        names = said.plain("terms.comma").join(f"{name} {f.open}" for _, name, f in found.unfinished[:UNITS])
        more = len(found.unfinished) - UNITS
        rows.append(said("closing.unfinished", n=len(found.unfinished), names=names + ("…" if more > 0 else "")))
    if found.unreviewed:
        rows.append(said("closing.unreviewed", n=found.unreviewed))
    if found.asked:
        rows.append(said("closing.asked", n=found.asked))
    rows += [
        said(f"closing.round_{each.fate}", name=name(said, each.round), n=each.stops, left=len(each.unseen))
        for each in found.rounds
    ]
    at = terms.moment(said, office.local(found.at))
    key = "closing.what_last" if found.last else "closing.what"
    rows += ["", said(key, people=len(found.people), groups=found.groups, at=at)]
    buttons = (
        (Button(said.plain("closing.confirm"), f"ye:ok:{found.card.id}"), Button(said.plain("closing.no"), "ye:no")),
        (
            Button(said.plain("closing.late"), f"nt:o:{found.card.id}"),
            Button(said.plain("closing.archive"), f"nt:z:{found.card.id}"),
        ),
    )
    return Message(lines(*rows), buttons)


def closed_message(said: Voice, office: Office, found: Closing) -> Message:
    """The outcome, with what to take out now and the way back."""
    at = terms.moment(said, office.local(found.at))
    rows: list[object] = [
        bold(said("closing.closed", title=name_of(said, found.card))),
        said("closing.will_go", people=len(found.people), groups=found.groups, at=at),
        said("closing.next_year"),
    ]
    number = found.card.id
    buttons = (
        (Button(said.plain("closing.archive"), f"nt:z:{number}"), Button(said.plain("closing.late"), f"nt:o:{number}")),
        (
            Button(said.plain("closing.briefing"), f"nt:b:{number}"),
            Button(said.plain("closing.undo"), f"ye:undo:{number}"),
        ),
    )
    return Message(lines(*rows), buttons)


def thanks_message(
    said: Voice, card: NoticeCard, tasks: int, mine: Figures, called_off: Sequence[Round] = ()
) -> Message:
    """One word of thanks: nothing is asked of anybody. `called_off`: inspections that were announced to them."""
    rows: list[object] = [
        bold(said("closing.thanks", title=name_of(said, card))),
        said("closing.thanks_tasks", n=tasks),
    ]
    if mine.done:
        rows.append(said("closing.thanks_done", n=mine.done))
    rows.append(said("closing.thanks_open", n=mine.open) if mine.open else said("closing.thanks_all"))
    rows += [said("closing.thanks_round", name=name(said, each)) for each in called_off]
    rows.append(said("closing.thanks_next"))
    return Message(lines(*rows))


def group_message(said: Voice, office: Office, card: NoticeCard, summary: Summary, last: bool) -> Message:
    """The final figures, and that nothing more comes."""
    rows = [bold(said("closing.group", title=name_of(said, card))), counts(said, summary.total)]
    rows.append(said("closing.group_last" if last else "closing.group_more"))
    return Message(lines(*rows), paper=picture(said, office, summary))


def notice_page(
    said: Voice,
    office: Office,
    card: NoticeCard,
    state: Html,
    closed_at: datetime | None,
    late: int,
    undo: bool,
    keeping: Html | None = None,
) -> Message:
    """One notice, in force or closed: its lists are asked of it alone. `keeping`: what becomes of its data."""
    rows: list[object] = [state]
    if closed_at:
        rows.append(said("closing.closed_on", at=terms.full_day(said, office.local(closed_at).date())))
    if late:
        rows.append(said("closing.late_came", n=late))
    if keeping:
        rows.append(keeping)
    number = card.id
    buttons: list[tuple[Button, ...]] = [
        (
            Button(said.plain("closing.late"), f"nt:o:{number}"),
            Button(said.plain("closing.progress"), f"nt:p:{number}"),
        ),
        (
            Button(said.plain("closing.briefing"), f"nt:b:{number}"),
            Button(said.plain("closing.archive"), f"nt:z:{number}"),
        ),
        (Button(said.plain("receipts.list"), f"receipts:{number}:0"),),
    ]
    if card.state == "active":
        buttons.append((Button(said.plain("closing.begin"), f"ye:see:{number}"),))
    elif undo:
        buttons.append((Button(said.plain("closing.undo"), f"ye:undo:{number}"),))
    return Message(lines(*rows), tuple(buttons))


def late_message(said: Voice, card: NoticeCard, names: Sequence[str]) -> Message:
    """The answer to what came for a notice that is closed: kept, and nothing more is asked."""
    if not names:
        return Message(said("closing.late_kept", title=name_of(said, card)))
    what = said.plain("terms.comma").join(names)
    return Message(said("closing.late_filed", title=name_of(said, card), what=what))
