"""Knows which task a typed ref means, where more than one notice is in force."""

from __future__ import annotations

from core.cases.problem import Problem
from core.rules.people import Person
from core.rules.refs import bare, mark_of, marked, typed
from core.rules.tasks import NoticeCard, Task, short
from core.work import Work


def named(work: Work, person: Person | None, text: str) -> Task | None:
    """The task; None where there is none. Of several notices' tasks of one number the one that this person has to do with.

    Raises Problem that names them where several are left.
    """
    word = typed(text)
    found = work.notices.tasks_named(bare(word))
    if mark_of(word):
        found = [task for task in found if task.ref == word] or _of_year(work, found, mark_of(word))
    if len(found) < 2:
        return found[0] if found else None
    seen = found if person is None or person.supervises else [task for task in found if _has_to_do(work, person, task)]
    if len(seen) == 1:
        return seen[0]
    cards = {card.id: card for card in work.notices.active()}
    choices = "; ".join(_full(task, cards[task.notice_id]) for task in seen or found if task.notice_id in cards)
    raise Problem("tasks.which_notice", ref=bare(word), choices=choices)


def legend(work: Work) -> list[tuple[str, str]]:
    """(mark or "", title) of the notices in force, for lists of their tasks; empty where there is one only."""
    if not work.notices.several():
        return []
    return [(card.mark, known_by(card)) for card in work.notices.active()]


def known_by(card: NoticeCard, size: int = 24) -> str:
    """A notice's title as it is told apart: what stands between the brackets."""
    title = card.title or card.number
    begin = title.rfind("《")
    return short(title[max(begin, 0) :], size)


def year_mark(card: NoticeCard) -> str:
    """What may stand before a ref of a notice without a mark."""
    return card.mark or f"{card.year % 100:02d}"


def _full(task: Task, card: NoticeCard) -> str:
    return f"{marked(year_mark(card), bare(task.ref))} {known_by(card)}"


def _of_year(work: Work, found: list[Task], mark: str) -> list[Task]:
    years = {card.id for card in work.notices.active() if f"{card.year % 100:02d}" == mark}
    return [task for task in found if not mark_of(task.ref) and task.notice_id in years]


def _has_to_do(work: Work, person: Person, task: Task) -> bool:
    return task.led_by(person.leads_as) or work.rolls.has_part(task.id, person.unit_ids)
