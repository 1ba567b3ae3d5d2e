"""Knows how a revised notice reads: the differences clause by clause, the outcome, what those concerned are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.rules.differences import around, differences
from core.rules.notice.revision import Clause, Revision
from core.rules.tasks import NoticeCard, short
from core.words import terms
from core.words.correction import left_out_button, left_out_row, take_in_button
from core.words.html import Html, bold, deleted, html, inserted, lines
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8
"""Differences on one page."""

OUT = 6
"""Left out ones that are named below the differences; beyond, their own list has them."""

_TOLD = 25
"""Lines in one person's message."""


def differences_message(said: Voice, card: NoticeCard, base: NoticeCard, revision: Revision, page: int) -> Message:
    """What the new version changes; nothing happens before the button."""
    shown, page, pages = paged(revision.clauses, page, PAGE)
    rows: list[object] = [
        bold(said("revision.head", title=short(base.title or base.number, 40))),
        said(
            "revision.counts",
            **{kind: revision.count(kind) for kind in ("new", "changed", "moved", "dropped")},
            same=revision.same,
        ),
        _due(said, revision),
    ]
    rows += [_clause(said, clause) for clause in shown]
    out = card.reading.get("left_out") or []
    if out and page + 1 == pages:
        rows.append(said("revision.left_out", n=len(out)))
        rows += [left_out_row(said, each) for each in out[:OUT]]
    rows.append(said("revision.nothing_else"))
    turn = turning(said, f"rev:{card.id}", page, pages, after=said.plain("revision.more", n=page + 2, pages=pages))
    taken = [take_in_button(said, card, each, "r") for each in out[:OUT]] if page + 1 == pages else []
    buttons = [
        *turn,
        *(tuple(taken[at : at + 3]) for at in range(0, len(taken), 3)),
        left_out_button(said, card, "r") if len(out) > OUT and taken else (),
        (
            Button(said.plain("revision.confirm"), f"rev_ok:{card.id}:{revision.digest}"),
            Button(said.plain("intake.back"), f"draft:{card.id}"),
        ),
    ]
    return Message(lines(*rows), tuple(row for row in buttons if row))


def sheet_message(said: Voice, revision: Revision, page: int) -> Message:
    """What saving the edited sheet of a draft would change."""
    shown, page, pages = paged(revision.clauses, page, PAGE)
    counts = {kind: revision.count(kind) for kind in ("new", "changed", "dropped")}
    rows: list[object] = [
        bold(said("correction.sheet_head")),
        said("correction.sheet_counts", **counts, same=revision.same),
        *(_clause(said, clause) for clause in shown),
    ]
    turn = turning(said, "sheet:p", page, pages, after=said.plain("revision.more", n=page + 2, pages=pages))
    save = (
        Button(said.plain("correction.sheet_save"), f"sheet:ok:{revision.digest}"),
        Button(said.plain("correction.sheet_drop"), "sheet:no"),
    )
    return Message(lines(*rows), (*turn, save))


def _due(said: Voice, revision: Revision) -> Html | None:
    before, after = revision.due
    if before == after or after is None:
        return None
    shown = terms.day(said, date.fromisoformat(before)) if before else said.plain("revision.none")
    return said("revision.due", before=shown, after=terms.day(said, date.fromisoformat(after)))


def _clause(said: Voice, clause: Clause) -> Html:
    comma = said.plain("terms.comma")
    if clause.new and clause.kind == "new":
        lead = comma.join(clause.new["lead"] or clause.new["responsible"]) or said.plain("intake.no_lead")
        return said("revision.new", ref=clause.new_ref, content=short(clause.new["content"], 60), lead=lead)
    if clause.old and clause.kind == "dropped":
        return said("revision.dropped", ref=clause.old_ref, content=short(clause.old["content"], 40))
    assert clause.old and clause.new
    ref = said("revision.renumbered", old=clause.old_ref, new=clause.new_ref) if clause.renumbered else clause.new_ref
    if clause.kind == "moved":
        return said("revision.moved", ref=ref, content=short(clause.new["content"], 24))
    rows: list[object] = [said("revision.changed", ref=ref, content=short(clause.new["content"], 24))]
    rows += [_changed(said, clause.old, clause.new, what) for what in clause.what]
    return lines(*rows)


def _changed(said: Voice, old: Mapping[str, Any], new: Mapping[str, Any], what: str) -> Html:
    if what == "content":
        marks = {"gone": deleted, "new": inserted, "same": html}
        pieces = [marks[c.kind](c.text) for c in around(differences(old["content"], new["content"])) if c.text]
        return said("revision.content", text=Html("").join(pieces))
    if what in ("co", "responsible", "lead"):
        gone = [f"－{name}" for name in old[what] if name not in new[what]]
        fresh = [f"＋{name}" for name in new[what] if name not in old[what]]
        return said(f"revision.{what}", names=" ".join(gone + fresh) or said.plain("revision.order"))
    before = old["leader_name"] if what == "leader" else old.get("due")
    after = new["leader_name"] if what == "leader" else new.get("due")
    none = said.plain("revision.none")
    return said(f"revision.task_{what}", before=before or none, after=after or none)


def applied_message(said: Voice, told: int, nobody: Sequence[str], later: str, revision: Revision) -> Message:
    """The outcome for the supervisor."""
    names = said.plain("terms.comma").join(nobody[:10]) + ("…" if len(nobody) > 10 else "")
    counts = {kind: revision.count(kind) for kind in ("new", "changed", "moved", "dropped")}
    return Message(
        lines(
            bold(said("revision.applied")),
            said("revision.counts", **counts, same=revision.same),
            said("revision.told_later" if later else "revision.told", n=told, later=later),
            said("revision.nobody", names=names) if nobody else None,
        )
    )


def told_message(
    said: Voice,
    base: NoticeCard,
    revision: Revision,
    clauses: Sequence[Clause],
    units: Sequence[str],
    plan_due: date | None,
) -> Message:
    """What one person hears: only their clauses."""
    rows: list[object] = [bold(said("revision.told_head", title=short(base.title or base.number, 40)))]
    rows.append(_due(said, revision))
    rows += [_clause(said, clause) for clause in clauses[:_TOLD]]
    if len(clauses) > _TOLD:
        rows.append(said("revision.and_more", n=len(clauses) - _TOLD))
    leading = any(c.new and (c.kind == "new" or "lead" in c.what) and set(c.new["lead"]) & set(units) for c in clauses)
    if leading and plan_due:
        rows.append(said("revision.plan"))
    rows.append(said("revision.stays"))
    return Message(lines(*rows), ((Button(said.plain("revision.my_tasks"), "tasks:0"),),))
