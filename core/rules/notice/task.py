"""Knows how one item becomes a task: its units, its date, its figures, and what about it is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from core.rules.notice.dates import dates_in, deadline, edge_before, weekday_differs
from core.rules.notice.doubts import Questions
from core.rules.notice.duty import Duty, read_duty
from core.rules.notice.items import Item
from core.rules.notice.lead_rules import orders_leads
from core.rules.notice.model import DateInText, Question, Task
from core.rules.notice.names import is_group
from core.rules.notice.shadow import shadow, squeeze
from core.rules.notice.targets import targets_in
from core.rules.notice.word_dates import dates_in_words, deadline_in_words
from core.rules.notice.year_ends import is_within

_RANGE = re.compile(r"[日月年度]?\s*[-—–~至到]\s*(?:\d|[一二三四])")
_SETTLED = re.compile(
    r"长期|持续|全年|常年|每月|每季|按月|按季|按要求|按.{1,4}要求|按计划|经常性|立行立改|即知即改|立即|即时|随时|ongoing|continu|as required|each (?:year|month|quarter)|monthly|quarterly|annual",
    re.IGNORECASE,
)


class TaskMaker:
    """Makes tasks of one notice. `year` is the year of a date without one; `rule`: the sentence that says the first listed unit leads."""

    def __init__(
        self, questions: Questions, year: int | None, issued_on: date | None, rule: str, stars: bool = False
    ) -> None:
        self.questions = questions
        self.year = year
        self.issued_on = issued_on
        self.rule = rule
        self.stars = stars

    def make(self, item: Item, ref: str, leaders: tuple[int, ...], of_table: bool = False) -> Task:
        """`of_table`: a row of a table, which has a column for deadlines where it has any."""
        duty = read_duty(item.statements, bool(self.rule), self.stars, orders_leads(self.rule))
        item.due_text = item.due_text or duty.due_text
        asked = self._about_item(item, ref) + self._about_duty(item, ref, duty)
        if len(leaders) > 1:
            asked.append(self.questions.ask("two_leaders", item.first, ref, n=len(leaders)))
        dates, dates_asked = self._in_words(item, ref, of_table)
        due, due_asked = self._due(item, ref)
        return Task(
            ref=ref,
            leader=leaders[0] if leaders else None,
            number=item.number,
            content=item.content,
            lead=tuple(duty.lead),
            co=tuple(duty.co),
            responsible=tuple(duty.responsible),
            groups=tuple(name for name in duty.all() if is_group(name)),
            due=due,
            due_text=item.due_text or None,
            targets=targets_in(item.content),
            lines=(item.first, item.last),
            questions=tuple(asked + due_asked + dates_asked),
            section=item.section or None,
            written=tuple(duty.written),
            open_list=duty.open_list,
            dates=dates,
            leaders=leaders,
        )

    def _about_item(self, item: Item, ref: str) -> list[Question]:
        out = [self.questions.ask(kind, line, ref, what=what) for kind, line, what in item.doubts]
        whole = "".join((item.content, item.due_text, *(text for _, text in item.statements)))
        damaged = re.search(r"[^\ufffd]{0,6}\ufffd+|[?？]{3,}", whole)
        if damaged:
            out.append(self.questions.ask("damaged", item.first, ref, what=damaged[0]))
        if not squeeze(item.content):
            out.append(self.questions.ask("no_content", item.first, ref))
        return out

    def _about_duty(self, item: Item, ref: str, duty: Duty) -> list[Question]:
        if not duty.all():
            return [self.questions.ask("no_units", item.last, ref)]
        out = [self.questions.ask(kind, item.last, ref, what=what) for kind, what in duty.unsure]
        if not duty.lead and not duty.responsible:
            out.append(self.questions.ask("only_co", item.last, ref, what="、".join(duty.co[:3])))
        if duty.open_list:
            out.append(self.questions.ask("open_list", item.last, ref, what="、".join(duty.all()[-3:])))
        if self.rule and duty.responsible and not duty.lead and is_group(duty.responsible[0]):
            singles = tuple(name for name in duty.responsible if not is_group(name))
            out.append(self.questions.ask("group_first", item.last, ref, singles[:6], what=duty.responsible[0]))
        return out

    def _due(self, item: Item, ref: str) -> tuple[date | None, list[Question]]:
        if not item.due_text:
            return None, []
        due = deadline(item.due_text, self.year)
        if due is None:
            if is_settled(item.due_text):
                return None, []
            return None, [self.questions.ask("due", item.first, ref, what=item.due_text)]
        if weekday_differs(item.due_text, due):
            return due, [self.questions.ask("weekday", item.first, ref, what=item.due_text)]
        if self.issued_on and due < self.issued_on:
            return due, [self.questions.ask("due_before_issue", item.first, ref, what=item.due_text)]
        steps = {day for day in dates_in(item.due_text, self.year) if day}
        if len(steps) > 1 and not _RANGE.search(shadow(item.due_text)):
            choices = tuple(day.isoformat() for day in sorted(steps, reverse=True)[:4])
            return due, [
                self.questions.ask("due_steps", item.first, ref, choices, what=item.due_text, n=due.isoformat())
            ]
        edge = edge_before(item.due_text, self.year)
        if edge:
            choices = (due.isoformat(), edge.isoformat())
            return due, [
                self.questions.ask("due_edge", item.first, ref, choices, what=item.due_text, n=due.isoformat())
            ]
        return due, []

    def _in_words(self, item: Item, ref: str, of_table: bool) -> tuple[tuple[DateInText, ...], list[Question]]:
        """Dates inside the content are asked about, for they may only be about a part of the task.

        The only one, where the words say that the task is done by then, becomes its deadline; still asked about unless it's sure.
        """
        dates = dates_in_words(item.content, item.due_text, self.year)
        taken = "" if item.due_text or of_table else deadline_in_words(item.content, dates)
        early = bool(taken and self.issued_on and dates[0].iso and dates[0].iso < self.issued_on)
        if taken and not early:
            item.due_text = dates[0].text
            if taken == "sure":
                return (), []
            day = dates[0].iso.isoformat() if dates[0].iso else ""
            return (), [self.questions.ask("date_taken", item.first, ref, (day,), what=dates[0].text, n=day)]
        open_ones = [each for each in dates if not is_within(each.text)]
        if not open_ones:
            return tuple(dates), []
        kind = "date_in_text" if len(open_ones) == 1 else "dates_in_text"
        days = tuple(dict.fromkeys(each.iso.isoformat() for each in open_ones if each.iso))
        what = " / ".join(dict.fromkeys(each.text for each in open_ones))
        return tuple(dates), [self.questions.ask(kind, item.first, ref, days, what=what)]


def is_settled(due_text: str) -> bool:
    """A time that needs no day: always, every month, at once."""
    return bool(_SETTLED.search(shadow(due_text)))


def refs_of(items: list[Item], ordinals: Iterable[tuple[int, ...]]) -> list[str]:
    """A ref per item: leader-number; without leaders the number, or section-number where numbers start again."""
    out: list[str] = []
    taken: set[str] = set()
    numbers = [str(item.number) for item in items]
    plain = len(set(numbers)) == len(numbers)
    for item, leaders in zip(items, ordinals, strict=True):
        number = str(item.number)
        if leaders:
            ref = f"{leaders[0]}-{number}"
        elif plain or item.above is None:
            ref = number
        else:
            ref = f"{item.above}-{number}"
        if ref in taken and len(item.path) > 1:
            ref = "-".join((*item.path, number))
        base, letter = ref, ord("b")
        while ref in taken:
            ref = base + chr(letter)
            letter += 1
        out.append(ref)
        taken.add(ref)
    return out
