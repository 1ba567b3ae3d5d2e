"""Knows how the overdue list reads: counts on top, then leader, unit and item, with its filters as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from core.cases.overdue import OverduePage
from core.rules.dates_past import AsOf
from core.rules.obligations import Kind, Obligation
from core.rules.overdue import PAGE_LINES, Filters, grouped, leader_mark
from core.rules.summary import Figures
from core.rules.tasks import Leader, Unit, short
from core.words import as_of, terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, Paper
from core.words.paging import paged, turning
from core.words.voice import Voice

CHOICES = 8
"""Names to choose from on one screen."""


def overdue_message(said: Voice, listed: OverduePage, names: str, office: bool) -> Message:
    """One page. `names` says which filters hold; `office` adds what only the supervision office may press."""
    shown, day, total = listed.filters, listed.day, listed.total
    rows: list[object] = [_title(said, day)]
    if names:
        rows.append(said("overdue.filtered", names=names))
    if not listed.sections:
        nothing = _nothing(said, total, listed.coming, day, shown)
        return Message(lines(*rows, *nothing, *_extended(said, listed.extended, day)), _back_to_all(said, shown))
    units = len({section.unit_id for section in listed.sections})
    rows.append(said("overdue.counts", n=sum(section.n for section in listed.sections), units=units, all=total.all))
    rows += _items(said, listed, day)
    rows += _extended(said, listed.extended, day)
    buttons = [*pages_of(said, "od:p", shown, listed.pages), _filters(said, shown)]
    last = [Button(said.plain("overdue.sheet"), f"od:x:{shown.pack()}")]
    if office:
        last.append(Button(said.plain("overdue.urge"), f"ug:units:{shown.on(0).pack()}"))
    buttons.append(tuple(last))
    return Message(lines(*rows), tuple(row for row in buttons if row))


def group_message(
    said: Voice,
    leaders: Sequence[tuple[Leader | None, int]],
    total: Figures,
    units: int,
    day: date,
    coming: tuple[date, int] | None,
) -> Message:
    """The short form for a group: figures by leader, no unit and no person named."""
    rows: list[object] = [_title(said, day)]
    if not total.overdue:
        return Message(lines(*rows, *_nothing(said, total, coming, day, Filters())))
    rows.append(said("overdue.counts", n=total.overdue, units=units, all=total.all))
    rows += [said("overdue.leader_row", leader=leader_name(said, leader), n=n) for leader, n in leaders]
    return Message(lines(*rows, said("overdue.group_hint")))


def leader_name(said: Voice, leader: Leader | None) -> str:
    return leader.label if leader else said.plain("terms.no_leader")


def choose_leader(said: Voice, leaders: Sequence[tuple[Leader | None, int]], filters: Filters) -> Message:
    """The leaders with something overdue, as buttons."""
    here = replace(filters, page=0)
    rows = [
        (
            Button(
                said.plain("overdue.choice", name=leader_name(said, leader), n=n),
                f"od:p:{replace(here, leader=leader_mark(leader), unit=0).pack()}",
            ),
        )
        for leader, n in leaders[:20]
    ]
    rows.append((Button(said.plain("overdue.all"), f"od:p:{replace(here, leader='').pack()}"),))
    return Message(said("overdue.choose_leader"), tuple(rows))


def choose_unit(said: Voice, units: Sequence[tuple[int, str, int]], filters: Filters) -> Message:
    """The units with something overdue, a page of buttons."""
    shown, page, pages = paged(units, filters.page, CHOICES)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("overdue.choice", name=short(name, 24), n=n),
                f"od:p:{replace(filters, unit=unit_id, leader='', page=0).pack()}",
            ),
        )
        for unit_id, name, n in shown
    ]
    rows += pages_of(said, "od:U", filters.on(page), pages)
    rows.append((Button(said.plain("overdue.all"), f"od:p:{replace(filters, unit=0, page=0).pack()}"),))
    return Message(said("overdue.choose_unit"), tuple(rows))


def which(said: Voice, units: Sequence[Unit], leaders: Sequence[Leader], filters: Filters) -> Message:
    """Several names fit what was typed."""
    rows = [
        (Button(leader.label, f"od:n:{replace(filters, leader=leader_mark(leader)).pack()}"),) for leader in leaders
    ]
    rows += [(Button(short(unit.name, 24), f"od:n:{replace(filters, unit=unit.id).pack()}"),) for unit in units]
    return Message(said("overdue.which"), tuple(rows))


def pages_of(said: Voice, verb: str, filters: Filters, count: int) -> tuple[tuple[Button, ...], ...]:
    """‹ 上一页 · 2/5 · 下一页 ›; the number in the middle asks for the page anew."""
    if count < 2:
        return ()

    def to(page: int) -> str:
        return f"{verb}:{filters.on(page).pack()}"

    here = Button(f"{filters.page + 1}/{count}", to(filters.page))
    return turning(said, to, filters.page, count, middle=here)


def sheet_message(
    said: Voice, late: Sequence[Obligation], total: Figures, day: date, then: AsOf | None = None
) -> Message:
    """The whole list as a sheet, one line an item; `then` is the past moment that it shows."""
    columns = [
        {
            "key": key,
            "label": said.plain(f"overdue.column_{key}"),
            "width": width,
            "form": "date" if key in ("due", "agreed") else "",
        }
        for key, width in (
            ("leader", 18),
            ("unit", 22),
            ("ref", 8),
            ("content", 60),
            ("what", 14),
            ("due", 14),
            ("agreed", 14),
            ("days", 10),
        )
    ]
    rows = [
        {
            "leader": leader_name(said, o.leader),
            "unit": o.unit,
            "ref": o.ref,
            "content": "\n".join(part for part in (o.content, o.asks) if part),
            "what": terms.what(said, o),
            "due": o.due.isoformat(),
            "agreed": o.agreed.isoformat() if o.agreed else "",
            "days": o.days_late(day),
        }
        for o in grouped(late)
    ]
    at = as_of.moment(said, then) if then else terms.full_day(said, day)
    title = said.plain("overdue.sheet_title", day=at)
    units = len({o.unit_id for o in late})
    note = said.plain("overdue.sheet_note", n=len(late), units=units, all=total.all)
    data = {"title": title, "columns": columns, "rows": rows, "notes": [note]}
    name = said.plain("overdue.sheet_name", day=day.isoformat())
    return Message(said("overdue.sheet_ready", n=len(late)), paper=Paper("table.xlsx", name, data))


def _title(said: Voice, day: date) -> Html:
    return said("overdue.title", day=terms.day(said, day, weekday=False))


def _nothing(said: Voice, total: Figures, coming: tuple[date, int] | None, day: date, filters: Filters) -> list[Html]:
    rows = [said("overdue.none_filtered" if filters.narrow else "overdue.none", all=total.all)]
    if not total.all and not coming and not filters.narrow:
        rows = [said("overdue.nothing_owed")]
    if coming:
        rows.append(said("overdue.coming", due=terms.day(said, coming[0]), days=(coming[0] - day).days, n=coming[1]))
    return rows


def _items(said: Voice, listed: OverduePage, day: date) -> list[Html]:
    rows: list[Html] = []
    items, before = iter(listed.items), None
    for cut in listed.cuts:
        leader = cut.section.leader
        if before is None or before.leader != leader:
            count = sum(other.n for other in listed.sections if other.leader == leader)
            rows.append(bold(said("overdue.leader_row", leader=leader_name(said, leader), n=count)))
        rows.append(said("overdue.unit_row", unit=cut.section.unit))
        rows += [item(said, o, day) for o in islice(items, cut.n)]
        before = cut.section
    return rows


def _extended(said: Voice, extended: Sequence[Obligation], day: date) -> list[Html]:
    """Both dates of what was extended; it is counted as waiting, not as overdue."""
    if not extended:
        return []
    rows = [bold(said("overdue.extended", n=len(extended)))]
    rows += [item(said, o, day) for o in extended[:PAGE_LINES]]
    return rows if len(extended) <= PAGE_LINES else [*rows, said("progress.more", n=len(extended) - PAGE_LINES)]


def item(said: Voice, o: Obligation, day: date) -> Html:
    """2-15 安全隐患排查 · 推进计划：3月16日到期，逾期3天"""
    return said(
        "overdue.item",
        item=terms.item(said, o, 12),
        due=terms.due(said, o),
        late=terms.late(said, o, day),
    )


def _filters(said: Voice, filters: Filters) -> tuple[Button, ...]:
    first = filters.on(0)
    following = {None: Kind.PLAN, Kind.PLAN: Kind.REPORT, Kind.REPORT: Kind.FINDING, Kind.FINDING: None}.get(
        filters.kind
    )
    kind = said.plain(f"overdue.kind_{filters.kind or 'all'}")
    row = [
        Button(said.plain("overdue.by_leader"), f"od:L:{first.pack()}"),
        Button(said.plain("overdue.by_unit"), f"od:U:{first.pack()}"),
        Button(kind, f"od:p:{replace(first, kind=following).pack()}"),
    ]
    return tuple(row) + (_back_to_all(said, filters)[0] if filters.leader or filters.unit else ())


def _back_to_all(said: Voice, filters: Filters) -> tuple[tuple[Button, ...], ...]:
    if not filters.narrow:
        return ()
    return ((Button(said.plain("overdue.all"), f"od:p:{Filters().pack()}"),),)
