"""Knows how calls for input read: the preview, the question to co-units, who answered, the text made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.rules.calls import Asked, Call, Preview, Status
from core.rules.obligations import Obligation
from core.rules.office import Office
from core.rules.tasks import Unit, short
from core.words import terms
from core.words.html import TEXT_LIMIT, Html, bold, cut, fitting, lines, quote
from core.words.message import LABEL_ROOM, Button, Message, fit_label
from core.words.voice import Voice

LISTED = 15
"""Units named one by one; the rest is a number."""

DAYS = (0, 3, 5, 7)


def question(said: Voice, o: Obligation) -> str:
    """What co-units are asked where the lead doesn't write it."""
    return said.plain("collect.question", period=terms.period(said, o.period))


def source(said: Voice, unit: str, who: str, at: datetime) -> str:
    """（区农业农村局 王明 4月20日）"""
    return said.plain("collect.source", unit=unit, who=who, day=terms.day(said, at.date(), weekday=False))


def choose_message(said: Voice, owed: Sequence[Obligation], today: date) -> Message:
    buttons = tuple((Button(terms.label(said, o, today), f"cl:p:{o.id}"),) for o in owed[:20])
    return Message(said("collect.choose"), buttons)


def preview_message(said: Voice, p: Preview) -> Message:
    """Who would be asked what; nothing is sent before the button."""
    rows: list[object] = [
        bold(said("collect.preview", item=terms.item(said, p.obligation, 14), n=len(p.reached))),
        *(
            said("collect.reached", unit=unit.name, who=said.plain("terms.comma").join(x.name for x in people))
            for unit, people in p.reached[:LISTED]
        ),
    ]
    if len(p.reached) > LISTED:
        rows.append(said("progress.more", n=len(p.reached) - LISTED))
    rows += _lost(said, p.lost, p.groups)
    if p.left:
        names = said.plain("terms.comma").join(unit.name for unit in p.left)
        rows.append(said("collect.left", n=len(p.left), names=names))
    rows += [said("collect.asks", due=terms.day(said, p.by)), quote(p.question)]
    edit = Button(said.plain("collect.edit"), f"cl:q:{p.obligation.id}")
    cancel = Button(said.plain("urge.cancel"), f"cl:no:{p.obligation.id}")
    units = _choice(said, p)
    if not p.reached:
        return Message(lines(*rows, None if p.left else said("collect.nobody")), (*units, (cancel,)))
    go = Button(said.plain("collect.send", n=len(p.reached)), f"cl:ok:{p.obligation.id}")
    return Message(lines(*rows), (*units, (go,), (edit, cancel)))


def _choice(said: Voice, p: Preview) -> tuple[tuple[Button, ...], ...]:
    """Each co-unit as a button that leaves it out, or asks it after all; a single one is no choice."""
    units = sorted([unit for unit, _ in p.reached] + p.left, key=lambda unit: unit.id)
    if len(units) < 2:
        return ()
    left = {unit.id for unit in p.left}
    cells = [
        Button(
            fit_label(f"{'☐' if unit.id in left else '☑'} {unit.name}", LABEL_ROOM // 2),
            f"cl:w:{p.obligation.id}:{unit.id}",
        )
        for unit in units[:20]
    ]
    return tuple(tuple(cells[start : start + 2]) for start in range(0, len(cells), 2))


def _lost(said: Voice, lost: Sequence[Unit], groups: Sequence[Unit] = ()) -> list[Html]:
    comma = said.plain("terms.comma")
    out = []
    if lost:
        names = comma.join(unit.name for unit in lost[:LISTED]) + ("…" if len(lost) > LISTED else "")
        out.append(said("collect.lost", n=len(lost), names=names))
    if groups:
        out.append(said("collect.groups", names=comma.join(unit.name for unit in groups)))
    return out


def edit_message(said: Voice, p: Preview) -> Message:
    return Message(lines(said("collect.edit_how"), quote(p.question)))


def asking_message(said: Voice, rows: Sequence[tuple[Obligation, Call, date]], again: bool) -> Message:
    """What a co-unit's contact gets: all that they are asked for, numbered where it is more than one."""
    key = "collect.again" if again else "collect.asked"
    out: list[object] = [bold(said(key, n=len(rows)))]
    for number, (o, call, due) in enumerate(rows, 1):
        head = said(
            "collect.asked_item", item=terms.item(said, o, 16), lead=o.unit, due=terms.day(said, due, weekday=False)
        )
        out.append(said("collect.numbered", n=number, row=head) if len(rows) > 1 else head)
        if not again:
            out.append(quote(call.question))
    out.append(said("collect.answer_many" if len(rows) > 1 else "collect.answer_one"))
    return Message(lines(*out))


def thanks_message(said: Voice, rows: Sequence[tuple[Obligation, Sequence[Asked], bool]]) -> Message:
    """What the co-unit's contact sees of their answer; `late` where the lead had handed in before."""
    out: list[object] = [bold(said("collect.thanks", n=len(rows)))]
    for o, _, late in rows:
        out.append(
            said("collect.thanks_late" if late else "collect.thanks_item", item=terms.item(said, o, 16), lead=o.unit)
        )
    out.append(said("collect.thanks_how"))
    return Message(lines(*out))


def status_message(said: Voice, office: Office, there: Status) -> Message:
    """Who answered, who hasn't, who couldn't be asked."""
    o = there.obligation
    rows: list[object] = [
        bold(said("collect.status", item=terms.item(said, o, 14), n=len(there.answered), all=len(there.asked)))
    ]
    for each in there.asked[: 2 * LISTED]:
        if each.input:
            at = terms.moment(said, office.local(each.input.at))
            rows.append(
                said("collect.has", unit=each.unit, who=each.input.person, at=at, text=short(each.input.text, 24))
            )
        else:
            rows.append(said("collect.hasnt", unit=each.unit))
    if len(there.asked) > 2 * LISTED:
        rows.append(said("progress.more", n=len(there.asked) - 2 * LISTED))
    rows += _lost(said, there.lost)
    buttons: list[tuple[Button, ...]] = []
    if there.answered:
        buttons.append((Button(said.plain("collect.see_text"), f"cl:t:{o.id}"),))
    if o.open and there.fresh:
        buttons.append((Button(said.plain("collect.more", n=len(there.fresh)), f"cl:ok:{o.id}"),))
    buttons.append((Button(said.plain("collect.refresh"), f"cl:s:{o.id}"),))
    return Message(lines(*rows), tuple(buttons))


def ready_message(said: Voice, office: Office, there: Status, text: str) -> Message:
    """The one text made of the answers: to hand in as it is, or to copy, change and send."""
    o = there.obligation
    waiting = [each.unit for each in there.asked if not each.input]

    def made(size: int) -> Html:
        rows: list[object] = [
            bold(said("collect.ready", item=terms.item(said, o, 14), n=len(there.answered), all=len(there.asked)))
        ]
        if waiting:
            rows.append(said("collect.without", names=said.plain("terms.comma").join(waiting[:LISTED])))
        files = sum(len(each.input.files) for each in there.answered if each.input)
        rows += [cut(text, 2 * size) if text else said("collect.nothing_yet")]
        rows.append(said("collect.files", n=files) if files else None)
        rows.append(said("collect.ready_how") if o.open else said("collect.handed_in"))
        return lines(*rows)

    if not o.open or not text:
        return Message(fitting(made, TEXT_LIMIT - 50))
    use = Button(said.plain("collect.use"), f"cl:u:{o.id}")
    own = Button(said.plain("collect.own"), f"fill:{o.id}")
    return Message(fitting(made, TEXT_LIMIT - 50), ((use,), (own,)))


def late_message(said: Voice, office: Office, there: Status, new: Sequence[Asked]) -> Message:
    """What came after the text was made or the report handed in."""
    o = there.obligation
    rows: list[object] = [bold(said("collect.late", item=terms.item(said, o, 14)))]
    for each in new:
        if each.input:
            head = source(said, each.unit, each.input.person, office.local(each.input.at))
            rows.append(quote(head + cut(each.input.text, 1000)))
    rows.append(said("collect.late_open" if o.open else "collect.late_done"))
    return Message(lines(*rows), ((Button(said.plain("collect.see_text"), f"cl:t:{o.id}"),),))


def asked_by_itself(said: Voice, owed: Sequence[Obligation]) -> Message:
    """The lead's desk hears what was asked in its name."""
    rows = [said("collect.auto_item", item=terms.item(said, o, 16)) for o in owed[:LISTED]]
    buttons = tuple((Button(said.plain("collect.auto_see", ref=o.ref), f"cl:s:{o.id}"),) for o in owed[:5])
    return Message(lines(bold(said("collect.auto", n=len(owed))), *rows, said("collect.auto_how")), buttons)


def setting_message(said: Voice, days: int) -> Message:
    """The office's setting, with the usual choices."""
    text = said("collect.setting_on", n=days) if days else said("collect.setting_off")
    cells = tuple(
        Button(said.plain("collect.days", n=n) if n else said.plain("collect.off"), f"cl:d:{n}") for n in DAYS
    )
    return Message(lines(text, said("collect.setting_how")), (cells,))
