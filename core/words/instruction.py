"""Knows how a leader's instruction reads: the preview, what units get, who confirmed, what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.rules.instructions import Instruction
from core.rules.office import Office
from core.rules.people import Person
from core.rules.tasks import Task, Unit, short
from core.words import terms
from core.words.html import Html, bold, cut, lines, quote
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 6


def _title(said: Voice, key: str, found: Instruction) -> Html:
    return bold(said(key, ref=found.ref, content=short(found.content, 20)))


def ask_message(said: Voice, task: Task) -> Message:
    """Write it: the next text is the instruction."""
    return Message(said("instruction.ask", ref=task.ref, content=short(task.content, 20)))


def which_message(said: Voice, tasks: Sequence[Task], page: int = 0) -> Message:
    """Which task is it about?"""
    shown, page, pages = paged(tasks, page, PAGE)
    rows: list[tuple[Button, ...]] = [
        (Button(f"{task.ref} {short(task.content, 12)}", f"ins:t:{task.id}"),) for task in shown
    ]
    rows += turning(said, "ins:p", page, pages)
    return Message(said("instruction.which"), tuple(rows))


def preview_message(
    said: Voice,
    office: Office,
    task: Task,
    text: str,
    to: Sequence[tuple[Unit, Sequence[Person]]],
    co: bool,
    has_co: bool,
    at: datetime,
    now: datetime,
    mark: str,
) -> Message:
    """What would be sent to whom; the co-units by choice."""
    comma = said.plain("terms.comma")
    rows: list[object] = [
        bold(said("instruction.preview", ref=task.ref, content=short(task.content, 20))),
        quote(text),
    ]
    for unit, people in to:
        key = "instruction.to" if people else "instruction.to_nobody"
        rows.append(said(key, unit=unit.name, names=comma.join(person.name for person in people)))
    if at > now:
        rows.append(said("instruction.later", at=terms.moment(said, office.local(at))))
    buttons: list[tuple[Button, ...]] = [
        (
            Button(said.plain("instruction.send"), f"ins:ok:{mark}"),
            Button(said.plain("instruction.cancel"), "ins:no"),
        )
    ]
    if has_co:
        label = "instruction.without_co" if co else "instruction.with_co"
        buttons.append((Button(said.plain(label), f"ins:co:{mark}"),))
    return Message(lines(*rows, said("instruction.mend_hint")), tuple(buttons))


def sent_message(said: Voice, found: Instruction) -> Message:
    """What the leader has in hand afterwards: take it back, correct it, see who confirmed."""
    rows = [_title(said, "instruction.sent", found), quote(found.text)]
    nobody = [each.unit.name for each in found.to if each.told_at is None]
    if nobody:
        rows.append(said("instruction.sent_nobody", names=said.plain("terms.comma").join(nobody)))
    return Message(lines(*rows), _own_buttons(said, found))


def _own_buttons(said: Voice, found: Instruction) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(said.plain("instruction.state"), f"ins:s:{found.id}"),
            Button(said.plain("instruction.correct"), f"ins:e:{found.id}"),
            Button(said.plain("instruction.withdraw"), f"ins:x:{found.id}"),
        ),
    )


def unit_message(said: Voice, found: Instruction, again: bool = False) -> Message:
    """What a unit gets, until somebody there confirms it."""
    return Message(
        lines(
            _title(said, "instruction.again" if again else "instruction.yours", found),
            said("instruction.corrects") if found.replaces and not again else None,
            quote(found.text),
            said("instruction.by", who=found.person),
            said("instruction.reply_hint"),
        ),
        ((Button(said.plain("instruction.receipt"), f"instructed:{found.id}"),),),
    )


def confirmed_message(said: Voice, found: Instruction) -> Message:
    return Message(
        lines(
            _title(said, "instruction.yours", found),
            quote(found.text),
            said("instruction.by", who=found.person),
            said("instruction.receipt_given"),
        )
    )


def answered_message(said: Voice, found: Instruction, closed: str = "", told: Sequence[str] = ()) -> Message:
    """To whom the answer goes; where its notice is closed (`closed` is its title) only to the office."""
    if closed:
        names = said.plain("terms.comma").join(told)
        key = "instruction.answer_kept_told" if told else "instruction.answer_kept"
        return Message(said(key, title=closed, names=names))
    return Message(said("instruction.answer_passed", who=found.person))


def over_message(said: Voice, found: Instruction, what: str) -> Message:
    return Message(lines(_title(said, f"instruction.was_{what}", found), quote(cut(found.text, 200))))


def office_message(said: Voice, found: Instruction, what: str) -> Message:
    """What supervisors hear, with the units in which nobody can be reached."""
    comma = said.plain("terms.comma")
    nobody = [each.unit.name for each in found.to if each.told_at is None]
    rows: list[object] = [
        bold(said(f"instruction.office_{what}", who=found.person, ref=found.ref, content=short(found.content, 20))),
        quote(found.text),
        said("instruction.office_to", names=comma.join(each.unit.name for each in found.to)),
    ]
    if nobody and what == "given":
        rows.append(said("instruction.office_nobody", names=comma.join(nobody)))
    return Message(lines(*rows), ((Button(said.plain("instruction.state"), f"ins:s:{found.id}"),),))


def _answers(said: Voice, found: Instruction, most: int) -> list[object]:
    """The newest answers, oldest first."""
    return [
        said(
            "instruction.answer",
            unit=each.unit,
            who=each.person,
            text=cut(each.text, 300) or said.plain("instruction.files", n=each.files),
        )
        for each in found.answers[-most:]
    ]


def answers_message(said: Voice, found: Instruction, closed: str = "") -> Message:
    """All answers in one note that grows. `closed`: the title of its notice, where that is closed."""
    rows: list[object] = [_title(said, "instruction.answers", found), quote(cut(found.text, 80))]
    if closed:
        rows.append(said("instruction.answers_late", title=closed))
    rows += _answers(said, found, 8)
    return Message(lines(*rows), ((Button(said.plain("instruction.state"), f"ins:s:{found.id}"),),))


def state_message(said: Voice, office: Office, found: Instruction, own: bool) -> Message:
    """Who confirmed, who was reminded, what was answered."""
    rows: list[object] = [
        _title(said, "instruction.withdrawn_title" if found.withdrawn_at else "instruction.title", found),
        quote(found.text),
        said("instruction.given", who=found.person, at=terms.moment(said, office.local(found.at))),
    ]
    for each in found.to:
        key = "nobody" if each.told_at is None else "reminded" if each.reminded_at else "waiting"
        moment = each.confirmed_at or each.reminded_at or found.at
        rows.append(
            said(
                "instruction.done" if each.confirmed_at else f"instruction.{key}",
                unit=each.unit.name,
                who=each.confirmed_by,
                at=terms.moment(said, office.local(moment)),
            )
        )
    rows += _answers(said, found, 6)
    buttons = _own_buttons(said, found)[0][1:] if own and not found.withdrawn_at else ()
    task = (Button(found.ref, f"task:i{found.task_id}"), Button(said.plain("instruction.all"), "ins:l:0"))
    return Message(lines(*rows), tuple(row for row in (buttons, task) if row))


def list_message(said: Voice, office: Office, found: Sequence[Instruction], page: int) -> Message:
    """All of them, those not yet confirmed first."""
    if not found:
        return Message(said("instruction.none"))
    ordered = sorted(found, key=lambda each: (not each.waiting, -each.id))
    shown, page, pages = paged(ordered, page, PAGE)
    waiting = sum(bool(each.waiting) for each in found)
    rows: list[object] = [said("instruction.list", n=len(found), waiting=waiting, page=page + 1, pages=pages)]
    rows += [
        said(
            "instruction.row_withdrawn" if each.withdrawn_at else "instruction.row",
            ref=each.ref,
            at=terms.moment(said, office.local(each.at)),
            who=each.person,
            text=short(each.text, 24),
            done=each.confirmed,
            all=len(each.to),
        )
        for each in shown
    ]
    buttons = [
        tuple(Button(f"{each.ref} · {each.id}", f"ins:s:{each.id}") for each in shown[i : i + 3]) for i in (0, 3)
    ]
    turn = turning(said, "ins:l", page, pages)
    return Message(lines(*rows), tuple(row for row in (*buttons, *turn) if row))
