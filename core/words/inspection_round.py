"""Knows how a round of inspection reads: the list, the round's card, one stop, one finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.cases.inspection_round import Sight
from core.cases.inspection_walk import StopCard
from core.rules.inspection import FINE, MEND, NOTE, Finding, Round, Stop, Tally, in_units, mending
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.tasks import short
from core.words import terms
from core.words.html import Html, bold, cut, fitting, lines, quote
from core.words.inspection import LISTED, PAGE, name
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

ROOM = 3_900


def list_message(said: Voice, rounds: Sequence[Round], page: int) -> Message:
    """The rounds, the latest first, and the way to a new one."""
    shown, page, pages = paged(rounds, page, PAGE)
    buttons: list[tuple[Button, ...]] = [
        (Button(fit_label(said.plain(f"inspect.row_{r.state}", name=name(said, r))), f"ir:r:{r.id}"),) for r in shown
    ]
    buttons += turning(said, "ir:list", page, pages)
    buttons.append((Button(said.plain("inspect.new"), "in:home"),))
    return Message(said("inspect.list", n=len(rounds)) if rounds else said("inspect.no_rounds"), tuple(buttons))


def round_message(said: Voice, office: Office, seen: Sight, unconfirmed: Sequence[str]) -> Message:
    """How a round stands, and what can be done with it now."""
    r, f = seen.round, seen.total
    units = in_units(seen.stops)
    rows: list[object] = [
        bold(name(said, r)),
        said("inspect.by", who=r.opener, n=len({s.task_id for s in seen.stops}), units=len(units)),
        said("inspect.ready", ready=r.ready),
    ]
    if r.state == "cancelled":
        return Message(
            lines(*rows, bold(said("inspect.is_cancelled"))), ((Button(said.plain("inspect.to_list"), "ir:list:0"),),)
        )
    if unconfirmed and r.open:
        listed = said.plain("terms.comma").join(unconfirmed[:LISTED])
        rows.append(said("inspect.unconfirmed", n=len(units) - len(unconfirmed), all=len(units), units=listed))
    rows += tally_rows(said, f)
    if r.state == "closed" and r.ended_at:
        rows.append(said("inspect.ended", at=terms.moment(said, office.local(r.ended_at))))
    return Message(lines(*rows), _round_buttons(said, seen))


def tally_rows(said: Voice, f: Tally) -> list[Html]:
    rows = [said("inspect.seen", seen=f.seen, all=f.stops, fine=f.fine, to_mend=f.to_mend, notes=f.notes)]
    if f.to_mend:
        rows.append(said("inspect.mending", open=f.open, overdue=f.overdue, handed_in=f.handed_in, mended=f.mended))
    return rows


def _round_buttons(said: Voice, seen: Sight) -> tuple[tuple[Button, ...], ...]:
    r = seen.round
    rows: list[tuple[Button, ...]] = []
    if r.open and (stop := seen.next_unseen):
        key = "inspect.go_on" if seen.total.seen else "inspect.begin"
        rows.append((Button(fit_label(said.plain(key, ref=stop.ref, unit=stop.unit)), f"ir:s:{stop.id}"),))
    rows.append(
        (
            Button(said.plain("inspect.units"), f"ir:u:{r.id}:0"),
            Button(said.plain("inspect.briefing"), f"ir:b:{r.id}"),
        )
    )
    if r.open:
        last = ("inspect.end", "ir:e") if seen.total.seen else ("inspect.cancel", "ir:x")
        rows.append(
            (
                Button(said.plain("inspect.change_day"), f"ir:m:{r.id}"),
                Button(said.plain(last[0]), f"{last[1]}:{r.id}"),
            )
        )
    rows.append((Button(said.plain("inspect.to_list"), "ir:list:0"),))
    return tuple(rows)


def units_message(said: Voice, seen: Sight, page: int) -> Message:
    """The units of the round with how far each has been seen; a press goes to its first stop not seen yet."""
    units = in_units(seen.stops)
    shown, page, pages = paged(units, page, PAGE)
    buttons: list[tuple[Button, ...]] = []
    for _, unit, stops in shown:
        f = seen.tally(stops)
        first = next((stop for stop in stops if not seen.findings.get(stop.id)), stops[0])
        label = said.plain("inspect.unit_seen", unit=short(unit, 14), seen=f.seen, all=f.stops)
        buttons.append((Button(fit_label(label), f"ir:s:{first.id}"),))
    buttons += turning(said, f"ir:u:{seen.round.id}", page, pages)
    buttons.append((Button(said.plain("inspect.to_round"), f"ir:r:{seen.round.id}"),))
    return Message(said("inspect.choose_unit", n=len(units)), tuple(buttons))


def ask_message(said: Voice, what: str, seen: Sight) -> Message:
    """Ending or cancelling asks once more. `what`: end | cancel."""
    verb = {"end": "ir:ey", "cancel": "ir:xy"}[what]
    f = seen.total
    text = said(f"inspect.ask_{what}", name=name(said, seen.round), unseen=f.unseen, told=len(seen.calls))
    return Message(
        text,
        (
            (
                Button(said.plain(f"inspect.yes_{what}"), f"{verb}:{seen.round.id}"),
                Button(said.plain("inspect.back"), f"ir:r:{seen.round.id}"),
            ),
        ),
    )


def done_message(said: Voice, what: str, found: Round) -> Message:
    """The round was moved | cancelled."""
    text = said(f"inspect.{what}_done", day=terms.day(said, found.day))
    return Message(text, ((Button(said.plain("inspect.to_round"), f"ir:r:{found.id}"),),))


# -- one stop --------------------------------------------------------------------------------------------------------


def stop_message(said: Voice, card: StopCard, proposed: date, above: Html | None = None) -> Message:
    """One stop: its task, what the unit planned and said, what was found; what is typed next belongs to it."""
    s, seen = card.stop, card.sight

    def text(size: int) -> Html:
        rows: list[object] = [above] if above else []
        if card.unmarked:
            rows.append(bold(said("finding.unmarked")))
        rows.append(said("inspect.stop", n=card.place + 1, all=len(seen.stops), name=name(said, seen.round)))
        rows.append(bold(said("inspect.stop_item", ref=s.ref, unit=s.unit)))
        rows.append(cut(s.content, size))
        if card.planned:
            rows.append(said("inspect.planned", text=cut(" ".join(card.planned.split()), size // 2)))
        if card.last:
            rows.append(said("inspect.said_last", text=cut(" ".join(card.last.text.split()), size // 2)))
        rows += [_found_row(said, f, seen.owed.get(f.key), seen.today, size) for f in card.findings]
        if not card.note.empty:
            rows.append(said("finding.note", files=len(card.note.files)))
            rows.append(quote(cut(card.note.text, size)) if card.note.text else said("finding.no_words_yet"))
            rows.append(said("finding.mark_it"))
        elif seen.round.open and not card.reading:
            rows.append(said("finding.type_it"))
        return lines(*rows)

    return Message(fitting(text, ROOM), _stop_buttons(said, card, proposed))


def _found_row(said: Voice, f: Finding, owed: Obligation | None, today: date, size: int) -> Html:
    head = said(
        f"finding.is_{f.mark}",
        n=f.number,
        who=f.person,
        files=said.plain("finding.with_files", n=len(f.files)) if f.files else "",
        due=terms.day(said, owed.chase if owed else f.mend_by, weekday=False) if f.mend_by else "",
        state=said.plain(f"finding.state_{mending(owed, today)}") if f.mark == MEND else "",
    )
    return lines(head, quote(cut(f.text, size))) if f.text else head


def _stop_buttons(said: Voice, card: StopCard, proposed: date) -> tuple[tuple[Button, ...], ...]:
    s, r = card.stop, card.sight.round
    rows: list[tuple[Button, ...]] = []
    if r.open and not card.note.empty:
        day = terms.day(said, proposed, weekday=False)
        rows += [
            (Button(said.plain("finding.mend", day=day), f"fd:k:{s.id}:{MEND}:{proposed:%Y%m%d}"),),
            (
                Button(said.plain("finding.mend_other"), f"fd:w:{s.id}"),
                Button(said.plain("finding.note_only"), f"fd:k:{s.id}:{NOTE}:"),
            ),
            (
                Button(said.plain("finding.fine"), f"fd:k:{s.id}:{FINE}:"),
                Button(said.plain("finding.discard"), f"fd:d:{s.id}"),
            ),
        ]
        return tuple(rows)
    if r.open and not card.findings:
        rows.append((Button(said.plain("finding.fine"), f"fd:k:{s.id}:{FINE}:"),))
    if card.findings:
        cells = [Button(said.plain("finding.open", n=f.number), f"fd:c:{f.id}") for f in card.findings[-8:]]
        rows += [tuple(cells[start : start + 4]) for start in range(0, len(cells), 4)]
    if card.back and card.forth:
        rows.append(
            (
                Button(said.plain("inspect.before"), f"ir:s:{card.back.id}"),
                Button(said.plain("inspect.after"), f"ir:s:{card.forth.id}"),
            )
        )
    rows.append(
        (Button(said.plain("inspect.units"), f"ir:u:{r.id}:0"), Button(said.plain("inspect.to_round"), f"ir:r:{r.id}"))
    )
    return tuple(rows)


# -- one finding -----------------------------------------------------------------------------------------------------


def finding_message(said: Voice, f: Finding, stop: Stop, owed: Obligation | None, today: date) -> Message:
    """One finding with what can be changed about it."""
    rows: list[object] = [
        bold(said("inspect.stop_item", ref=stop.ref, unit=stop.unit)),
        _found_row(said, f, owed, today, 1_000),
    ]
    change = [Button(said.plain("finding.change_text"), f"fd:t:{f.id}")]
    if f.mark == MEND:
        change.append(Button(said.plain("finding.change_date"), f"fd:a:{f.id}"))
        other = Button(said.plain("finding.note_only"), f"fd:M:{f.id}:{NOTE}")
    else:
        other = Button(said.plain("finding.to_mend"), f"fd:M:{f.id}:{MEND}")
    files = [Button(said.plain("finding.add_files"), f"fd:p:{f.id}")]
    if f.files:
        files.append(Button(said.plain("finding.files", n=len(f.files)), f"fd:f:{f.id}"))
    buttons = (
        tuple(change),
        (other, Button(said.plain("finding.withdraw"), f"fd:x:{f.id}")),
        tuple(files),
        (Button(said.plain("inspect.back"), f"ir:s:{stop.id}"),),
    )
    return Message(lines(*rows), buttons)


def prompt_message(said: Voice, key: str, back: str, **values: object) -> Message:
    """Asks for the next text, with a way back."""
    return Message(said(key, **values), ((Button(said.plain("inspect.back"), back),),))


def withdraw_message(said: Voice, f: Finding) -> Message:
    buttons = (
        Button(said.plain("finding.yes_withdraw"), f"fd:xy:{f.id}"),
        Button(said.plain("inspect.back"), f"fd:c:{f.id}"),
    )
    return Message(lines(said("finding.ask_withdraw"), quote(cut(f.text, 400))), (buttons,))


def file_messages(f: Finding) -> list[Message]:
    """The photos and documents themselves, as Telegram keeps them."""
    return [
        Message(
            Html(""),
            paper=Paper("telegram", file["name"], {"file_id": file["file_id"], "kind": file.get("kind", "document")}),
        )
        for file in f.files
    ]
