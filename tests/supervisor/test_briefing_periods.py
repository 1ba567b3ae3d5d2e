"""Whatever happened in a year: a briefing of any period says what the overdue list said on that period's last day."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from core.cases.briefing import make_briefing
from core.cases.overdue import list_overdue
from core.rules.briefing import Span, span_of
from core.rules.obligations import Kind, State
from core.rules.overdue import Filters
from core.rules.periods import Frequency, Period
from core.rules.scope import Scope
from core.rules.summary import Figures
from core.words.briefing_paper import briefing_data
from core.words.voice import voice
from core.work import Wanted, Work

from .deeds import hand_in, set_frequency, something
from .hall import ZONE, Hall, at

MONTHS = range(3, 13)


@dataclass(frozen=True)
class Said:
    """What the overdue list said of everything."""

    total: Figures
    late: tuple[int, ...]
    units: int


def said(work: Work, now: datetime) -> Said:
    listed = list_overdue(work, Scope(everything=True), now, Filters())
    return Said(listed.total, tuple(o.id for o in listed.late), len({o.unit_id for o in listed.late}))


def last_day(month: int) -> date:
    return date(2023 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def played(hall: Hall, chance: random.Random) -> dict[date, Said]:
    """March to December with deeds of everybody's; what the list said in the last minute of every month."""
    kept: dict[date, Said] = {}
    for month in MONTHS:
        hall.clock.moment += timedelta(minutes=2)
        hall.do(lambda work: set_frequency(work, chance, hall))
        for day in sorted(chance.sample(range(21, 28), 3)):
            hall.clock.moment = max(hall.clock.moment, at(f"2023-{month:02}-{day}T10:00"))
            for _ in range(5):
                hall.clock.moment += timedelta(minutes=chance.randrange(1, 60))
                something(hall, chance)
                hall.do(lambda work: hand_in(work, chance, hall))
        end = last_day(month)
        hall.pass_to(f"{end}T23:59")
        kept[end] = hall.do(lambda work: said(work, hall.clock.now()))
    return kept


def ending(day: date) -> list[Span]:
    """Every span whose last day that is: the month, quarter and half-year; the day itself, as the year's briefing is asked for."""
    periods = [Period.holding(frequency, day) for frequency in Frequency]
    return [*(span_of(each, date(2024, 1, 20)) for each in periods if each.last_day == day), Span(None, day)]


@pytest.mark.parametrize("seed", [2, 5])
def test_a_briefing_of_any_period_says_what_the_list_said_on_its_last_day(hall: Hall, seed: int) -> None:
    kept = played(hall, random.Random(seed))  # noqa: S311
    hall.pass_to("2024-01-20T10:00")
    owed = hall.do(lambda work: work.obligations.find(Wanted(states=list(State))))
    reported = {Period.parse(o.period).frequency for o in owed if o.kind is Kind.REPORT}
    assert reported == set(Frequency), "tasks of every frequency were played"
    assert len({each.total for each in kept.values()}) > 5 and any(each.late for each in kept.values())
    names = set()
    for day, then in kept.items():
        for span in ending(day):
            names.add(span.period.frequency if span.period else None)

            def look(work: Work, span: Span = span) -> tuple[Said, Figures, list[int]]:
                made = make_briefing(work, span, hall.clock.now())
                assert made.at.astimezone(ZONE).date() == span.day and not made.current
                parts = [row.figures for row in made.leaders]
                summed = Figures(*(sum(getattr(f, name) for f in parts) for name in ("done", "waiting", "overdue")))
                text = " ".join(str(content) for _, content in briefing_data(voice("zh"), work.office, made)["blocks"])
                told = re.search(r"应报事项(\d+)项，其中已报(\d+)项，待报(\d+)项，逾期(\d+)项", text)
                late = tuple(each.obligation.id for each in made.behind)
                return Said(made.total, late, made.late_units), summed, [int(n) for n in told.groups()] if told else []

            found, summed, told = hall.do(look)
            f = then.total
            assert found == then, (day, span)
            assert summed == f, "the leaders' rows add up"
            assert told == [f.all, f.done, f.waiting, f.overdue] or not f.all
    assert names == {*Frequency, None}
