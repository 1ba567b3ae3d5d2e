"""What the database counts and cuts into pages is what the rules say of the same obligations, on any office."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.cases.lights import counted_lights, lights_of
from core.cases.overdue import list_overdue, obligations_in, overdue_page
from core.cases.people import reach
from core.rules.lights import Light
from core.rules.lights import counted as counted_of
from core.rules.obligations import Kind, State
from core.rules.overdue import Filters, leader_mark
from core.rules.people import Post, Role
from core.rules.scope import Scope
from core.rules.tally import by_leader, by_unit, counted, pages, sections, summed, under
from core.rules.tasks import Leader, Part, ref_key, ref_order
from core.work import Work
from storage.engine import Desk
from storage.tables.figures import FigureRow, FigureWordRow
from storage.tables.notices import AssignmentRow, NoticeRow, TaskLeaderRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow, ReportRow
from storage.tables.people import PersonRow, PostRow
from storage.work import OfficeStorage
from tests.chat.world import BOTH

DATABASES = BOTH
NOW = datetime(2023, 4, 19, 3, 0, tzinfo=UTC)
TODAY = date(2023, 4, 19)
LEADERS = (None, Leader(1, "林知远", "区长"), Leader(2, "周砚秋", "副区长"), Leader(3, "夏泉", ""))
AIMS: list[dict[str, Any]] = [{"label": "修缮灌溉水渠", "unit": "公里", "value": "12"}]
SEEN: set[Light] = set()
"""The lights that were compared."""

REFS = ["1-1", "1-2", "1-10", "2-1", "2-15", "2-15b", "3-1", "3-2", "4-7", "10-1"]


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    desk = Desk(database or "sqlite://")
    if not database:
        desk.create_tables()
    yield desk
    desk.close()


def build(session: Any, office: int, chance: random.Random) -> None:
    """An office as random as the tables allow."""

    def add(row: Any) -> int:
        session.add(row)
        session.flush()
        number: int = row.id
        return number

    units = [
        add(UnitRow(office_id=office, name=f"单位{chance.random():.6f}", is_group=n == 0))
        for n in range(chance.randint(2, 6))
    ]
    for n in range(6):
        person = add(PersonRow(office_id=office, telegram_id=n, chat_id=n, name=f"人{n}", joined_at=NOW))
        session.get(PersonRow, person).unreachable = chance.choice([None, None, "blocked"])
        role = chance.choice([Role.CONTACT, Role.HEAD])
        until = chance.choice([None, None, NOW])
        session.add(
            PostRow(office_id=office, person_id=person, role=role, unit_id=chance.choice(units), since=NOW, until=until)
        )
    for state in ("active", chance.choice(["active", "closed"])):
        notice = add(
            NoticeRow(
                office_id=office,
                title="",
                number="",
                year=2023,
                state=state,
                reading={},
                file_hash="",
                sent_at=NOW,
                confirmed_at=NOW,
            )
        )
        for place, ref in enumerate(chance.sample(REFS, chance.randint(1, len(REFS)))):
            leader = chance.choice(LEADERS)
            task = add(TaskRow(
                office_id=office, notice_id=notice, ref=ref, ref_key=ref_key(ref), position=place, number="1",
                content="重点工作", leader_ordinal=leader.ordinal if leader else None,
                leader_name=leader.name if leader else None, leader_title=leader.title if leader else None,
                state=chance.choice(["active"] * 5 + ["suspended", "done", "dropped"]), targets=chance.choice([[], AIMS]),
            ))  # fmt: skip
            for spot, head in enumerate(chance.sample(LEADERS[1:], chance.choice([0, 0, 0, 1, 2]))):
                assert head is not None
                if leader is not None and head != leader:
                    session.add(TaskLeaderRow(task_id=task, position=spot, office_id=office, **asdict(head)))
            for spot, unit in enumerate(chance.sample(units, chance.randint(0, 2))):
                part = chance.choice(list(Part))
                session.add(AssignmentRow(task_id=task, unit_id=unit, part=str(part), position=spot))
            calm = chance.random() < 0.3  # nothing is late, so that figures and plans of one unit set the light
            for number in range(chance.randint(0, 18)):
                unit = units[-1] if calm else chance.choice(units)
                owed = owe(session, office, task, unit, number, chance, calm)
                if owed.kind in ("plan", "report") and chance.random() < 0.7:
                    report(session, office, owed, person, chance)


def owe(
    session: Any, office: int, task: int, unit: int, number: int, chance: random.Random, calm: bool
) -> ObligationRow:
    kind = chance.choice([Kind.PLAN, Kind.REPORT, Kind.REPORT, Kind.FINDING, Kind.COMPLETION])
    due = TODAY + timedelta(days=chance.randint(-60, 40))
    agreed = chance.choice([None, None, due + timedelta(days=chance.randint(-5, 30))])
    begins = None if kind in (Kind.PLAN, Kind.FINDING) else due - timedelta(days=chance.randint(0, 40))
    states = [State.OPEN, State.OPEN, State.HANDED_IN, State.HANDED_IN, State.DROPPED]
    state = State.HANDED_IN if calm else chance.choice(states)
    row = ObligationRow(
        office_id=office, task_id=task, unit_id=unit, kind=str(kind), period=f"2023-{number + 1:02d}",
        period_from=begins, due=due, agreed_due=agreed, state=str(state), arose_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def report(session: Any, office: int, owed: ObligationRow, person: int, chance: random.Random) -> None:
    """Versions, some withdrawn, with plans by month and figures that somebody has confirmed, refused or left."""
    for version in range(1, chance.choice([2, 2, 3])):
        gone = chance.choice([None, None, None, NOW])
        row = ReportRow(
            office_id=office, obligation_id=owed.id, version=version, text="进展", goal="", at=NOW, person_id=person,
            months={str(m): f"修缮{chance.randint(1, 3)}公里" for m in range(3, 13)} if owed.kind == "plan" else {},
            files=[], chat_id=1, message_id=1, album="", withdrawn_at=gone,
        )  # fmt: skip
        session.add(row)
        session.flush()
        if owed.kind == "plan" or chance.random() < 0.3:
            continue
        value, sense = str(chance.randint(0, 14)), chance.choice(["total", "step", "unsaid"])
        figure = FigureRow(
            office_id=office, report_id=row.id, task_id=owed.task_id, target=f"{AIMS[0]['label']}/公里", value=value,
            text=value, sense=sense, sure=True, choices=[], at=NOW,
        )  # fmt: skip
        session.add(figure)
        session.flush()
        if (state := chance.choice(["confirmed", "confirmed", "refused", ""])) != "":
            kept = value if state == "confirmed" else None
            session.add(FigureWordRow(
                office_id=office, figure_id=figure.id, state=state, value=kept, sense=sense, person_id=person, at=NOW,
            ))  # fmt: skip
    session.flush()


def in_order(found: Any) -> Any:
    return (
        sorted(found.tallies, key=lambda t: (t.leader_name, t.unit_id, t.kind)),
        sorted(found.stages, key=lambda s: (s.kind, s.period)),
        found.coming,
    )


def check(work: Work, chance: random.Random) -> int:
    """Returns how many overdue items were compared, so that the test can tell that it compared something."""
    units = [unit.id for unit in work.notices.units()]
    scope = chance.choice([
        Scope(everything=True), Scope(everything=True),
        Scope(units=tuple(chance.sample(units, 1))), Scope(leaders=("周砚秋",)),
        Scope(leaders=("夏泉", "林知远"), units=tuple(chance.sample(units, 1))), Scope(),
    ])  # fmt: skip
    stage = chance.choice([None, TODAY - timedelta(days=25), TODAY + timedelta(days=10)])
    loaded = counted(obligations_in(work, scope), TODAY, stage)
    found = work.tally.counted(scope, TODAY, stage)
    assert in_order(found) == in_order(loaded)
    assert summed("", found) == summed("", loaded)
    assert by_leader(found.tallies) == by_leader(loaded.tallies)
    assert by_unit(found.tallies) == by_unit(loaded.tallies)
    mark = chance.choice(["", "", *(leader_mark(leader) for leader in LEADERS)])
    unit = chance.choice([0, 0, *units])
    filters = Filters(mark, unit, chance.choice([None, None, Kind.PLAN, Kind.REPORT]))
    compare_lists(work, chance, units)
    for then in (work, work.at(NOW)):
        owed, tasks = obligations_in(then, scope), [task for task in then.notices.tasks() if scope.holds_task(task)]
        lights = [seen.light for seen in lights_of(then, tasks, owed, NOW).values()]
        assert counted_lights(then, scope, NOW) == counted_of(lights)
        SEEN.update(lights)
    return compare_pages(work, scope, filters) + compare_pages(work, Scope(everything=True), Filters())


def compare_pages(work: Work, scope: Scope, filters: Filters) -> int:
    whole = list_overdue(work, scope, NOW, filters)
    loaded = obligations_in(work, scope)
    first = overdue_page(work, scope, NOW, filters)
    shown = [overdue_page(work, scope, NOW, filters.on(n)) for n in range(first.pages)]
    items = [o for page in shown for o in page.items]
    assert [o.id for o in items] == [o.id for o in whole.late]
    assert first.total == whole.total
    assert sum(section.n for section in first.sections) == len(whole.late)
    heads = replace(filters, kind=None, unit=0)
    of_leader = [o for o in loaded if heads.holds(o)]  # whole tasks: what follows what is seen as without the filter
    cut = pages(sections(under(counted(of_leader, TODAY).tallies, replace(filters, leader=""))))
    assert [page.cuts for page in shown] == (cut or [[]])
    extended = [o.id for o in shown[-1].extended]
    assert sorted(extended) == sorted(o.id for o in loaded if o.extended(TODAY) and filters.holds(o))
    return len(items)


def compare_lists(work: Work, chance: random.Random, units: list[int]) -> None:
    """/tasks, names and reach, against all tasks loaded."""
    tasks = work.notices.tasks()
    mine = tuple(chance.sample(units, chance.randint(1, 2)))
    parts = list(Part)
    own = work.notices.tasks_of_units(mine)
    own.sort(key=lambda t: (parts.index(t.part_of(mine) or Part.LEAD), ref_order(t.ref)))
    listed = [work.rolls.page_of_units(mine, n, 3) for n in range(-(-len(own) // 3) or 1)]
    assert [number for page in listed for number in page.ids] == [task.id for task in own]
    assert sum(listed[0].counts.values()) == sum(task.part_of(mine) is not None for task in own)
    assert all(work.rolls.has_part(t.id, mine) == any(t.id == other.id for other in own) for t in tasks)
    every = sorted(tasks, key=lambda t: ref_order(t.ref))
    pages_of = [work.rolls.page_of(None, n, 4) for n in range(-(-len(every) // 4) or 1)]
    assert [number for page in pages_of for number in page.ids] == [task.id for task in every]
    assert {x.name for x in work.rolls.leaders()} == {each.name for t in tasks for each in t.leaders}
    named = list(dict.fromkeys(a.unit for t in tasks for a in t.assignments))
    assert sorted(u.id for u in work.rolls.units_in_tasks(None)) == sorted(u.id for u in named)
    reached = reach(work)
    for row in reached:
        assert row.leading == sum(
            a.unit.id == row.unit.id and a.part is Part.LEAD for t in tasks for a in t.assignments
        )
        people = work.people.of_units([row.unit.id], Role.CONTACT, Role.HEAD)
        assert set(row.people) == {p.name for p in people}
        contacts = [p for p in people if Post(Role.CONTACT, row.unit.id) in p.posts]
        assert (row.state == "joined") == any(not p.unreachable for p in contacts)
    assert {row.unit.id for row in reached} == {u.id for u in named if not u.group}


def test_the_database_counts_what_the_rules_count(desk: Desk) -> None:
    storage, compared = OfficeStorage({"name": "督查室"}), 0
    for seed in range(48):
        chance = random.Random(seed)

        def work(session: Any, chance: random.Random = chance) -> int:
            office = storage.first(session, NOW).office.id
            build(session, office, chance)
            session.expire_all()
            office_work = storage.office(session, office)
            notices = [card.id for card in office_work.notices.kept()]
            office_work.notices.look_at(chance.choice([None, None, *notices]))
            found = check(office_work, chance)
            session.rollback()
            return found

        compared += desk.run_sync(work)
    assert compared > 200, "too little was overdue to tell anything"
    assert len(SEEN) == len(Light), f"only {SEEN} were compared"
