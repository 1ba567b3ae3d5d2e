"""Knows how the briefing of a round of inspection reads: as a message, and as a paper for Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.cases.inspection_round import Sight
from core.rules.inspection import MEND, Finding, Stop, in_units, mending
from core.rules.office import Office
from core.rules.tasks import short
from core.words import terms
from core.words.html import Html, bold, cut, fitting, html, lines
from core.words.inspection import name
from core.words.inspection_round import ROOM, tally_rows
from core.words.message import Button, Message, Paper
from core.words.voice import Voice


def briefing_message(said: Voice, office: Office, seen: Sight, at: Any) -> Message:
    """The briefing, with the papers and the groups by button."""
    r = seen.round
    buttons = (
        Button(said.plain("briefing.word"), f"ir:docx:{r.id}"),
        Button(said.plain("briefing.pdf"), f"ir:pdf:{r.id}"),
    )
    more = (
        Button(said.plain("inspect.to_groups"), f"ir:g:{r.id}"),
        Button(said.plain("inspect.to_round"), f"ir:r:{r.id}"),
    )
    return Message(briefing_text(said, office, seen, at), (buttons, more))


def briefing_text(said: Voice, office: Office, seen: Sight, at: Any) -> Html:
    """Figures, unit by unit what was found and by when it is to be mended."""
    r, f = seen.round, seen.total

    def text(size: int) -> Html:
        rows: list[object] = [
            bold(said("inspect.briefing_of", name=name(said, r))),
            html(_moment(said, office, at)),
            *tally_rows(said, f),
        ]
        for _, unit, stops in in_units(seen.stops):
            rows.append(bold(unit))
            for stop in stops:
                rows += _stop_rows(said, seen, stop, size)
        return lines(*rows)

    return fitting(text, ROOM)


def _stop_rows(said: Voice, seen: Sight, stop: Stop, size: int) -> list[Html]:
    found = seen.findings.get(stop.id, [])
    head = said("inspect.task_row", ref=stop.ref, content=short(stop.content, 18))
    if not found:
        return [head + said("inspect.not_seen")]
    return [head, *(said("inspect.found_row", text=cut(_line(said, seen, f), size)) for f in found)]


def _line(said: Voice, seen: Sight, f: Finding) -> str:
    """情况正常 / 需整改：… 4月3日前，已整改"""
    owed = seen.owed.get(f.key)
    text = " ".join(f.text.split()).rstrip("。；;")
    if f.mark != MEND:
        return said.plain(f"inspect.line_{f.mark}", text=text) if text else said.plain(f"finding.mark_{f.mark}")
    return said.plain(
        "inspect.line_mend",
        text=text,
        due=_due(said, seen, f),
        state=said.plain(f"finding.state_{mending(owed, seen.today)}"),
    )


def _due(said: Voice, seen: Sight, f: Finding) -> str:
    owed = seen.owed.get(f.key)
    day = owed.chase if owed else f.mend_by
    return terms.day(said, day, weekday=False) if day else ""


def _moment(said: Voice, office: Office, at: Any) -> str:
    local = office.local(at)
    return said.plain("briefing.as_of", day=terms.full_day(said, local.date()), time=f"{local:%H:%M}")


# -- the paper -------------------------------------------------------------------------------------------------------


def paper_message(said: Voice, office: Office, seen: Sight, at: Any, addressees: Sequence[str], kind: str) -> Message:
    """`kind` is docx or pdf."""
    title = said.plain("inspect.file", name=name(said, seen.round))
    data = briefing_data(said, office, seen, at, addressees)
    text = said("inspect.paper_ready", name=name(said, seen.round), moment=_moment(said, office, at))
    return Message(text, paper=Paper(f"briefing.{kind}", f"{title}.{kind}", data))


def briefing_data(said: Voice, office: Office, seen: Sight, at: Any, addressees: Sequence[str]) -> dict[str, Any]:
    """The paper as {org, mark, title, to, blocks, sign, lang}, the blocks that core/papers/briefing_docx.py takes."""
    r, f = seen.round, seen.total
    units = in_units(seen.stops)
    blocks: list[list[Any]] = [
        [
            "p",
            said.plain(
                "inspect.p_opening",
                day=terms.full_day(said, r.day),
                n=len({s.task_id for s in seen.stops}),
                units=len(units),
                moment=_moment(said, office, at),
            ),
        ],
        ["h", said.plain("inspect.h_total")],
        ["p", _total(said, f)],
        ["table", _units_table(said, seen)],
        ["h", said.plain("inspect.h_found")],
    ]
    found = _mend_table(said, seen)
    blocks.append(["table", found] if found["rows"] else ["p", said.plain("inspect.p_nothing_to_mend")])
    notes = _notes(said, seen)
    if notes:
        blocks += [["h", said.plain("inspect.h_notes")], *(["p", text] for text in notes)]
    blocks += [["h", said.plain("inspect.h_next" if notes else "inspect.h_next_third")], ["p", _next(said, f)]]
    comma = said.plain("terms.comma")
    return {
        "org": office.name,
        "mark": said.plain("inspect.paper_mark"),
        "title": said.plain("inspect.title", year=r.year, n=r.number),
        "to": said.plain("briefing.to", names=comma.join(addressees) or said.plain("briefing.units")),
        "blocks": blocks,
        "sign": [office.name, terms.full_day(said, office.local(at).date())],
        "lang": said.lang,
    }


def _total(said: Voice, f: Any) -> str:
    text = said.plain("inspect.p_total", stops=f.stops, seen=f.seen, fine=f.fine, to_mend=f.to_mend, notes=f.notes)
    if f.to_mend:
        waiting = f.open + f.overdue
        text += said.plain("inspect.p_mending", mended=f.mended, handed_in=f.handed_in, open=waiting, overdue=f.overdue)
    return text + (said.plain("inspect.p_unseen", n=f.unseen) if f.unseen else "")


def _units_table(said: Voice, seen: Sight) -> dict[str, Any]:
    """In the order of the round, never by how many were found."""
    rows = []
    for _, unit, stops in in_units(seen.stops):
        f = seen.tally(stops)
        rows.append([unit, *(str(n) for n in (f.stops, f.seen, f.fine, f.to_mend, f.mended, f.overdue))])
    f = seen.total
    total = said.plain("inspect.col_total")
    rows.append([total, *(str(n) for n in (f.stops, f.seen, f.fine, f.to_mend, f.mended, f.overdue))])
    names = ("unit", "stops", "seen", "fine", "to_mend", "mended", "late")
    head = [said.plain(f"inspect.col_{key}") for key in names]
    return {"head": head, "rows": rows, "widths": [4, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6], "left": [0], "bold_last": True}


def _mend_table(said: Voice, seen: Sight) -> dict[str, Any]:
    rows = []
    for _, unit, stops in in_units(seen.stops):
        for stop in stops:
            for f in seen.findings.get(stop.id, ()):
                if f.mark == MEND:
                    state = said.plain(f"finding.state_{mending(seen.owed.get(f.key), seen.today)}")
                    rows.append([stop.ref, unit, short(stop.content, 24), f.text, _due(said, seen, f), state])
    head = [said.plain(f"inspect.col_{key}") for key in ("ref", "unit", "content", "found", "due", "state")]
    return {"head": head, "rows": rows, "widths": [1.8, 2.6, 3.2, 4.4, 2.3, 2.3], "left": [1, 2, 3], "small": True}


def _notes(said: Voice, seen: Sight) -> list[str]:
    out = []
    for stop in seen.stops:
        for f in seen.findings.get(stop.id, ()):
            if f.mark != MEND and f.text:
                text = " ".join(f.text.split()).rstrip("。；;")
                out.append(said.plain("inspect.p_note", ref=stop.ref, unit=stop.unit, text=text))
    return out


def _next(said: Voice, f: Any) -> str:
    return said.plain("inspect.p_next") if f.open or f.overdue else said.plain("inspect.p_next_none")
