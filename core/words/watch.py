"""Knows how the note of a working morning reads, and the question about what may not have arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.office import Office
from core.rules.watch import Doubt, Trouble
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.voice import Voice

_GAPS = 15
"""Units named one by one; the others are in /reach."""

_NAMED = 6
"""People who are named in the note; the others are in /reach."""


def note_message(said: Voice, trouble: Trouble, office: Office, gaps: Sequence[tuple[str, str]] = ()) -> Message:
    """Only what there is, each with what to do about it."""
    rows: list[object] = [bold(said("watch.title")), said("watch.sent", n=trouble.sent)]
    for since, until in trouble.down:
        rows.append(said("watch.down", since=_at(said, office, since), until=_at(said, office, until)))
    for name in ("failed", "uncertain", "held", "aside", "stuck", "mended"):
        if n := getattr(trouble, name):
            rows.append(said(f"watch.{name}", n=n))
    if trouble.lost:
        names = said.plain("terms.comma").join(trouble.lost[:_NAMED]) + ("…" if len(trouble.lost) > _NAMED else "")
        rows.append(said("watch.lost", n=len(trouble.lost), names=names))
    if trouble.lapsed:
        names = said.plain("terms.comma").join(trouble.lapsed[:_NAMED]) + ("…" if len(trouble.lapsed) > _NAMED else "")
        rows.append(said("watch.lapsed", names=names))
    rows += _gap_rows(said, gaps)
    buttons = _choices(said, trouble.doubts)
    if trouble.lost or gaps:
        buttons.append((Button(said.plain("watch.see_reach"), "reach:new"),))
    return Message(lines(*rows), tuple(buttons))


def gaps_message(said: Voice, gaps: Sequence[tuple[str, str]]) -> Message:
    """The units that can't be reached since today: (unit, why)."""
    return Message(
        lines(*_gap_rows(said, gaps)),
        (
            (
                Button(said.plain("watch.see_reach"), "reach:new"),
                Button(said.plain("people.invite_missing"), "invites:missing"),
            ),
        ),
    )


def _gap_rows(said: Voice, gaps: Sequence[tuple[str, str]]) -> list[Html]:
    if not gaps:
        return []
    shown = [said(f"watch.gap_{why}", unit=unit) for unit, why in gaps[:_GAPS]]
    if len(gaps) > _GAPS:
        shown.append(said("watch.gap_more", n=len(gaps) - _GAPS))
    return [bold(said("watch.gaps", n=len(gaps))), *shown]


def doubts_message(said: Voice, doubts: Sequence[Doubt], office: Office) -> Message:
    """Which messages may not have arrived; two buttons for each."""
    if not doubts:
        return Message(said("watch.all_decided"))
    rows: list[Html] = [
        said(
            "watch.doubt",
            what=said.plain(f"watch.kind_{doubt.kind}"),
            where=doubt.where,
            at=_at(said, office, doubt.at),
        )
        for doubt in doubts
    ]
    return Message(lines(bold(said("watch.doubts")), *rows, said("watch.doubts_how")), tuple(_choices(said, doubts)))


def _choices(said: Voice, doubts: Sequence[Doubt]) -> list[tuple[Button, ...]]:
    return [
        (
            Button(fit_label(said.plain("watch.again", where=doubt.where), 17), f"doubt:{doubt.id}:again"),
            Button(fit_label(said.plain("watch.leave", where=doubt.where), 17), f"doubt:{doubt.id}:leave"),
        )
        for doubt in doubts
    ]


def _at(said: Voice, office: Office, moment: datetime) -> str:
    return terms.moment(said, office.local(moment))
