"""Knows how review reads: the card, the reasons, what the unit is told, and what changed between versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.rules.differences import around, changed, differences
from core.rules.obligations import Kind, Obligation
from core.rules.office import Office
from core.rules.overdue import Filters, leader_mark
from core.rules.reports import Report
from core.rules.reviews import Review
from core.rules.tasks import Leader, short
from core.words import terms
from core.words.html import Html, bold, cut, deleted, folded, inserted, lines, quote
from core.words.message import Button, Message, Paper
from core.words.paging import paged, turning
from core.words.tasks import report_text
from core.words.voice import Voice

REASONS = ("incomplete", "figures", "off_topic", "evidence", "why_late")
"""Reasons that one tap gives; anything else is typed."""

LONG = 300
SHOWN = 2_000
"""Characters of a version on a card; all of it stands among its versions."""
CHOICES = 8


def card_message(
    said: Voice,
    office: Office,
    obligation: Obligation,
    report: Report,
    before: Report | None,
    reviews: Sequence[Review],
    place: tuple[int, int],
    turns: tuple[int | None, int | None],
    filters: Filters,
) -> Message:
    """One version with what it answers, and the buttons that decide. `place` is (position from 0, count)."""
    o, at = obligation, office.local(report.at)
    text = report_text(said, report)
    rows: list[object] = [
        said("review.title", n=place[0] + 1, all=place[1]),
        bold(said("review.item", ref=o.ref, what=terms.what(said, o), unit=o.unit)),
        quote(o.content if len(o.content) <= LONG else short(o.content, LONG)),
        bold(said("review.asked", asks=cut(o.asks, LONG))) if o.asks else None,
        said("review.by", who=report.person, at=terms.moment(said, at), version=report.version),
    ]
    if at.date() > o.due and o.kind is not Kind.COMPLETION:
        rows.append(said("review.late", due=terms.day(said, o.due, weekday=False)))
    rows.append(folded(_cut(text)) if len(text) > LONG else quote(text))
    if last := next((r for r in reversed(reviews) if before and r.report_id == before.id), None):
        rows.append(said("review.returned_for", version=before.version if before else "", reason=last.reason))
    if before:
        rows.append(said("review.compared", version=before.version))
        rows.append(_differences(said, before, report))
    return Message(lines(*rows), _buttons(said, o, report, turns, filters, versions=before is not None))


def _buttons(
    said: Voice,
    o: Obligation,
    report: Report,
    turns: tuple[int | None, int | None],
    filters: Filters,
    versions: bool,
) -> tuple[tuple[Button, ...], ...]:
    tail = f"{filters.leader}:{filters.unit or ''}"
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("completion.accept" if o.kind is Kind.COMPLETION else "review.accept"),
                f"rv:ok:{report.id}:{tail}",
            ),
            Button(said.plain("review.return"), f"rv:no:{report.id}:{tail}"),
        )
    ]
    more = []
    if report.files:
        more.append(Button(said.plain("review.files", n=len(report.files)), f"rv:f:{report.id}:{tail}"))
    if versions:
        more.append(Button(said.plain("review.versions"), f"versions:{o.id}"))
    if more:
        rows.append(tuple(more))
    back, forth = turns
    if back is not None and forth is not None:
        rows.append(
            (
                Button(said.plain("review.back"), f"rv:c:{back}:{tail}"),
                Button(said.plain("review.forth"), f"rv:c:{forth}:{tail}"),
            )
        )
    choose = [Button(said.plain("overdue.by_leader"), "rv:L"), Button(said.plain("overdue.by_unit"), "rv:U:0")]
    if filters.narrow:
        choose.append(Button(said.plain("overdue.all"), "rv:c:::"))
    return (*rows, tuple(choose))


def done_message(said: Voice, filters: Filters, waiting: int) -> Message:
    """Nothing is left to look at, in this choice or at all."""
    if filters.narrow and waiting:
        return Message(
            said("review.none_here", n=waiting), ((Button(said.plain("review.go_on", n=waiting), "rv:c:::"),),)
        )
    return Message(said("review.none"))


def choose_leader(said: Voice, rows: Sequence[tuple[Leader | None, int]]) -> Message:
    buttons = tuple(
        (
            Button(
                said.plain("overdue.choice", name=leader.label if leader else said.plain("terms.no_leader"), n=n),
                f"rv:c::{leader_mark(leader)}:",
            ),
        )
        for leader, n in rows[:30]
    )
    return Message(said("review.choose_leader"), (*buttons, (Button(said.plain("overdue.all"), "rv:c:::"),)))


def choose_unit(said: Voice, rows: Sequence[tuple[int, str, int]], page: int) -> Message:
    shown, page, pages = paged(rows, page, CHOICES)
    buttons: list[tuple[Button, ...]] = [
        (Button(said.plain("overdue.choice", name=short(name, 24), n=n), f"rv:c:::{unit_id}"),)
        for unit_id, name, n in shown
    ]
    buttons += turning(said, "rv:U", page, pages)
    return Message(said("review.choose_unit"), (*buttons, (Button(said.plain("overdue.all"), "rv:c:::"),)))


def reasons_message(said: Voice, obligation: Obligation, report: Report, mend_by: date, filters: Filters) -> Message:
    """Why is it returned? One tap for the usual reasons, else the next text."""
    tail = f"{filters.leader}:{filters.unit or ''}"
    rows = tuple(
        (Button(said.plain(f"review.reason_{name}"), f"rv:r:{report.id}:{number}:{tail}"),)
        for number, name in enumerate(REASONS)
    )
    back = (Button(said.plain("review.not_yet"), f"rv:c:{obligation.id}:{tail}"),)
    text = said(
        "completion.why" if obligation.kind is Kind.COMPLETION else "review.why",
        ref=obligation.ref,
        what=terms.what(said, obligation),
        unit=obligation.unit,
        due=terms.day(said, mend_by),
    )
    return Message(text, (*rows, back))


def reason(said: Voice, number: int) -> str:
    """A canned reason as the unit reads it."""
    return said.plain(f"review.reason_{REASONS[number]}")


def returned_message(said: Voice, obligation: Obligation, report: Report, review: Review) -> Message:
    """What the unit is told: what to mend, by when, how."""
    text = report_text(said, report)
    due = terms.day(said, review.mend_by) if review.mend_by else ""
    o = replace(obligation, reviewed=None)
    return Message(
        lines(
            bold(said("review.returned", ref=o.ref, content=short(o.asks or o.content, 16), what=terms.what(said, o))),
            said("review.to_mend", reason=review.reason),
            said("review.mend_by", due=due) if due else said("review.not_done"),
            folded(_cut(text)),
            said("review.mend_how"),
        )
    )


def completion_message(said: Voice, obligation: Obligation, report: Report) -> Message:
    """A task reported done, as the supervisors get it."""
    o = obligation
    return Message(
        lines(
            bold(said("completion.title", ref=o.ref, unit=o.unit)),
            o.content,
            quote(_cut(report_text(said, report)) or said.plain("completion.no_words")),
            said("completion.by", who=report.person),
        ),
        ((Button(said.plain("completion.decide"), f"rv:n:{o.id}"),),),
    )


def mended_message(said: Voice, obligation: Obligation, report: Report, before: Report) -> Message:
    """What the supervisor who returned it sees: the new version against the old."""
    o = replace(obligation, reviewed=None)
    return Message(
        lines(
            bold(said("review.mended", ref=o.ref, what=terms.what(said, o), unit=o.unit, version=report.version)),
            _differences(said, before, report),
        ),
        ((Button(said.plain("review.open"), f"rv:n:{o.id}"),),),
    )


def versions_message(
    said: Voice, office: Office, obligation: Obligation, versions: Sequence[Report], reviews: Sequence[Review]
) -> Message:
    """Every version in order, the first whole, the later ones as what changed."""
    rows: list[object] = [bold(said("review.all_versions", ref=obligation.ref, what=terms.what(said, obligation)))]
    outcome = {review.report_id: review for review in reviews}
    before: Report | None = None
    for report in versions:
        at = terms.moment(said, office.local(report.at))
        key = "review.version_withdrawn" if report.withdrawn_at else "review.version"
        rows.append(said(key, version=report.version, at=at, who=report.person))
        rows.append(folded(_cut(report_text(said, report))) if before is None else _differences(said, before, report))
        if review := outcome.get(report.id):
            rows.append(said(f"review.was_{review.outcome}", who=review.person, reason=review.reason))
        before = report
    return Message(lines(*rows))


def files_messages(said: Voice, report: Report) -> list[Message]:
    """The files themselves, as Telegram keeps them."""
    return [
        Message(
            Html(""),
            paper=Paper("telegram", file["name"], {"file_id": file["file_id"], "kind": file.get("kind", "document")}),
        )
        for file in report.files[:10]
    ]


def _differences(said: Voice, before: Report, after: Report) -> Html:
    """What is gone struck out, what is new underlined."""
    changes = differences(report_text(said, before), report_text(said, after))
    if not changed(changes):
        return said("review.same")
    shown = around(changes)
    parts = {"same": lambda text: text, "gone": deleted, "new": inserted}
    text = Html("").join(parts[change.kind](change.text[:SHOWN]) for change in shown[:60])
    return quote(text)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
