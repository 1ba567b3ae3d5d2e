"""Knows how the lines of a notice become a `Notice`: cover, form and items are found, then each item becomes a task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from core.rules.notice.attaching import fields_of
from core.rules.notice.audit import left_over, twins, unread
from core.rules.notice.boxes import unboxed
from core.rules.notice.cover import Cover, read_cover
from core.rules.notice.cover_items import of_the_cover
from core.rules.notice.dates import year_named
from core.rules.notice.doubts import Questions, listed
from core.rules.notice.form import find_form
from core.rules.notice.glued_tables import cells_apart
from core.rules.notice.items import Item, items_in
from core.rules.notice.labels import LABEL, LEADER, label_kind, labels_in
from core.rules.notice.lead_rules import lead_rule, shown_rule, star_rule
from core.rules.notice.leaders import heading_leaders
from core.rules.notice.lists import names_in
from core.rules.notice.marks import letters_of, mark_of
from core.rules.notice.model import Leader, Notice, Question, Task, Unit
from core.rules.notice.names import looks_like_unit
from core.rules.notice.node import Node
from core.rules.notice.nodes import Builder
from core.rules.notice.part_signs import sign_in
from core.rules.notice.places import located
from core.rules.notice.prepare import prepare
from core.rules.notice.roll import roll
from core.rules.notice.shadow import Line, join, shadow, squeeze
from core.rules.notice.spaced_tables import spaced_apart
from core.rules.notice.table_columns import Columns, column_questions, source_of
from core.rules.notice.table_titles import titles_apart
from core.rules.notice.tables import items_of_tables
from core.rules.notice.task import TaskMaker, refs_of
from core.rules.notice.text_cards import words_of
from core.rules.notice.trimmings import trimmings
from core.rules.notice.unlabelled import duty_above, unit_lines
from core.rules.notice.year_ends import about_years

_GLUED = 10
"""Characters before the first task; with fewer, cover and tasks stand in one line."""

_TWINS = 3
"""Tasks said twice that are asked about one by one; with more, the paper holds its list twice."""

_TOTAL = re.compile(
    r"(?:共|合计|总计)(?:计|有)?(?P<n>\d{1,4})(?:项|条|件)(?:重点)?(?:工作|任务|事项)?"
    r"|(?:分解|细化|分|确定|明确|梳理|提出)(?:成|为|了|的)*(?:[^,。;]{0,12}?(?:方面|部分|大项|类),?)?(?P<m>\d{1,4})(?:项|条|件)(?:重点|主要|具体|目标)*(?:工作|任务|事项)"
)


_REMEMBERED = (shadow, mark_of, labels_in, looks_like_unit, sign_in)
"""What is asked of the same line or name again and again within one notice; nothing of it is kept behind it."""


def read(lines: list[Line], lang: str = "zh", said: Mapping[str, str] = MappingProxyType({})) -> Notice:
    """Reads a notice. Raises nothing: what can't be read becomes a question in the language `lang`.

    `said`: what a person said that columns of tables hold, by their names.
    """
    try:
        return _read(lines, lang, Columns(said))
    finally:
        for remembered in _REMEMBERED:
            remembered.cache_clear()


def _read(lines: list[Line], lang: str, columns: Columns) -> Notice:
    questions = Questions(lang)
    source = lines
    lines, joined = cells_apart(titles_apart(spaced_apart(unboxed(lines))))
    form, form_lines = find_form(lines)
    left_out = form_lines | trimmings(lines)
    body = [line for line in lines if line.number not in left_out]
    items, used = items_of_tables(body, columns)
    of_tables = {id(item) for item in items}
    prepared = prepare(body)
    builder = _build([line for line in prepared if line.number not in used and line.cells is None])
    items = sorted(items + items_in(builder.nodes, alone=not items), key=lambda item: item.first)
    rules = of_the_cover(body, items)
    items = [item for item in items if item not in rules]
    rule, rule_line = _lead_rule(body)
    first = min([item.first for item in items] + [n.first for n in builder.nodes if n.leaders] + _beyond(lines, items))
    cover = _cover(body, prepared, first)
    leaders, ordinals, asked = _leaders(items, builder.nodes, questions)
    year = cover.issued_on.year if cover.issued_on else year_named(cover.number, cover.title)
    starred = next((found for line in body if "牵头" in line.flat and (found := star_rule(line.text))), None)
    for item in items:
        item.doubts += left_over(item)
        item.doubts += [("run_together", item.first, squeeze(item.content)[:20])] if item.first in joined else []
    maker = TaskMaker(questions, year, cover.issued_on, rule or "", bool(starred))
    refs = refs_of(items, ordinals)
    twice = twins(items, refs)
    for place, earlier in twice if len(twice) <= _TWINS else ():
        items[place].doubts.append(("twin", items[place].first, earlier))
    tasks = tuple(
        maker.make(item, ref, own, id(item) in of_tables) for item, ref, own in zip(items, refs, ordinals, strict=True)
    )
    units = roll(name for task in tasks for name in (*task.lead, *task.co, *task.responsible))
    kept = source_of(source, lang, columns)
    asked += column_questions(columns, kept, questions)
    asked += [questions.ask("lead_shown", line.number, what=said) for line in body if (said := shown_rule(line.text))]
    asked += _about_cover(cover, questions) + _about_units(units, tasks, questions)
    if len(twice) > _TWINS:
        again, before = [refs[place] for place, _ in twice], [ref for _, ref in twice]
        asked.append(questions.ask("twin", items[twice[0][0]].first, again[0], what=f"{before[0]}…{before[-1]}"))
    asked += _about_tasks(tasks, rule, rule_line, builder, body, first, questions)
    asked += [
        questions.ask("unread_label", found[0][0], what=word, n=len(found), said=found[0][1])
        for word, found in builder.unread_labels.items()
    ]
    asked += [questions.ask("cover_duty", item.first, what=squeeze(item.content)[:30]) for item in rules]
    used |= {number for item in rules for number in range(item.first, item.last + 1)}
    asked += [
        questions.ask(kind, line, what=what)
        for kind, line, what in unread(
            body, items, used | builder.duty_above.keys() | {node.first for node in builder.nodes if node.given}
        )
    ]
    notice = Notice(
        title=cover.title,
        issuer=cover.issuer,
        number=cover.number,
        issued_on=cover.issued_on,
        lead_rule=rule or starred,
        submissions=tuple(cover.submissions),
        frequencies=tuple(cover.frequencies),
        contacts=tuple(cover.contacts),
        leaders=tuple(leaders),
        units=units,
        tasks=tasks,
        form=form,
        questions=tuple(asked),
        printed_on=cover.printed_on,
        addressees=cover.addressees,
        columns=tuple(columns.found.values()),
        source=kept,
    )
    return located(notice, source)


def _cover(body: list[Line], prepared: list[Line], first: int) -> Cover:
    head = [line for line in body if line.number < first]
    if len(squeeze("".join(line.text for line in head))) >= _GLUED:
        return read_cover(head, body, first)
    marked = next((place for place, line in enumerate(prepared) if mark_of(line.flat)), len(prepared))
    return read_cover(prepared[:marked], prepared, first)


def _beyond(lines: list[Line], items: list[Item]) -> list[int]:
    return [lines[-1].number + 1 if lines else 1]


def _build(lines: list[Line]) -> Builder:
    known: set[str] = set()
    for line in lines:
        labels = labels_in(line.flat)
        for place, found in enumerate(labels):
            end = labels[place + 1].start() if place + 1 < len(labels) else len(line.flat)
            known |= {name for name in names_in(line.flat[found.end() : end].rstrip("。")) if looks_like_unit(name)}
    builder = Builder(known, _leader_per_item(lines), unit_lines(lines), duty_above(lines), fields_of(lines))
    builder.letters = letters_of(lines)
    builder.words = words_of(lines)
    for place, line in enumerate(lines):
        builder.take(line, lines[place + 1] if place + 1 < len(lines) else None)
    return builder


def _leader_per_item(lines: list[Line]) -> bool:
    """A leader's label belongs to one item, unless the first of them stands above the items, or a list that begins with 1 follows it."""
    item = section = 0
    for place, line in enumerate(lines[:-1]):
        found = LABEL.match(line.flat.strip().lstrip("([ "))
        if not found or label_kind(found) != LEADER:
            continue
        mark = mark_of(lines[place + 1].flat)
        begins = mark is not None and (mark.number == 1 or mark.style in ("cn", "cnp"))
        if begins and not item and not section and not (place and mark_of(lines[place - 1].flat)):
            return False
        section += begins
        item += not begins
    return item >= section


def _lead_rule(lines: list[Line]) -> tuple[str | None, int]:
    lines = [line for line in lines if line.text.strip()]
    for place, line in enumerate(lines):
        if re.search("首|第一|最前", line.flat) or line.flat.rstrip().endswith(("列", "第", "排", "(")):
            following = join([each.text for each in lines[place + 1 : place + 3]])
            found = lead_rule(join([line.text, following])) if following else lead_rule(line.text)
            if found:
                return found.strip("，,、；;（）() "), line.number
    return None, 0


def _leaders(
    items: list[Item], nodes: list[Node], questions: Questions
) -> tuple[list[Leader], list[tuple[int, ...]], list[Question]]:
    """The leaders with their ordinals, and per item those who head it: its own label first, else the heading's."""
    asked: list[Question] = []
    leaders: list[Leader] = []
    by_node: dict[int, tuple[int, ...]] = {}
    by_name: dict[str, int] = {}

    def ordinal_of(name: str, title: str, wanted: int | None) -> int:
        taken = {leader.ordinal for leader in leaders}
        if name in by_name and (wanted is None or by_name[name] == wanted):
            return by_name[name]
        ordinal = wanted if wanted and wanted not in taken else max(taken, default=0) + 1
        leaders.append(Leader(ordinal, name, title))
        by_name.setdefault(name, ordinal)
        return ordinal

    for node in nodes:
        if not node.leaders:
            continue
        wanted = node.number if node.style in ("cn", "cnp", "chapter", "num") and len(node.leaders) == 1 else None
        if wanted and wanted in {leader.ordinal for leader in leaders}:
            asked.append(questions.ask("leader_ordinal", node.first, what=squeeze(node.text)))
        by_node[id(node)] = tuple(ordinal_of(name, title, wanted) for name, title in node.leaders)
        if len(node.leaders[0][0]) == 1 or not node.leaders[0][1]:
            asked.append(questions.ask("leader_name", node.first, what=squeeze(node.text)))
        if not node.children and not any(item.heading is node for item in items):
            asked.append(questions.ask("leader_empty", node.first, what=squeeze(node.text)))
    ordinals: list[tuple[int, ...]] = []
    for item in items:
        own = tuple(ordinal_of(name, title, None) for name, title in item.leaders)
        ordinals.append(own or by_node.get(id(item.heading), ()))
    return leaders, ordinals, asked


def _about_cover(cover: Cover, questions: Questions) -> list[Question]:
    out = [questions.ask(kind, line, what=what) for kind, line, what in cover.doubts]
    if cover.issued_on is None:
        out.append(questions.ask("no_date", 1))
    elif cover.issued_guess:
        out.append(questions.ask("date_guess", cover.issued_line or 1, what=cover.issued_on.isoformat()))
    if not cover.title:
        out.append(questions.ask("no_title", 1))
    return out


def _about_units(units: tuple[Unit, ...], tasks: tuple[Task, ...], questions: Questions) -> list[Question]:
    out = []
    for unit in units:
        if unit.kind != "group":
            continue
        line = next(t.lines[1] for t in tasks if unit.name in (*t.lead, *t.co, *t.responsible))
        kind = "group_members" if unit.members else "group"
        out.append(questions.ask(kind, line, what=unit.name, n=len(unit.members), members="、".join(unit.members)))
    return out + _look_alikes(units, tasks, questions)


def _look_alikes(units: tuple[Unit, ...], tasks: tuple[Task, ...], questions: Questions) -> list[Question]:
    """Two names with the same characters in another order, or one that is the other without its first character."""
    out = []
    names = [unit.name for unit in units if unit.kind == "unit"]
    known = set(names)
    by_signs: dict[str, str] = {}
    for name in names:
        signs = "".join(sorted(name))
        other = by_signs.setdefault(signs, name)
        longer = next((level + name for level in "省市区县" if level + name in known), None)
        twin = other if other != name else longer
        if twin:
            line = next(t.lines[1] for t in tasks if name in (*t.lead, *t.co, *t.responsible))
            out.append(questions.ask("look_alike", line, None, (f"{name} = {twin}",), what=name, other=twin))
    return out


def _about_tasks(
    tasks: tuple[Task, ...],
    rule: str | None,
    rule_line: int,
    builder: Builder,
    body: list[Line],
    first: int,
    questions: Questions,
) -> list[Question]:
    if not tasks:
        return [questions.ask("no_tasks", 1)]
    out = [questions.ask(kind, line, what=what) for kind, line, what in builder.stray]
    leaderless = [task.ref for task in tasks if task.responsible and not task.lead]
    if leaderless and not rule:
        first_leads = (questions.voice.plain("notice.option_first"),)
        out.append(
            questions.ask("no_lead", tasks[0].lines[0], None, first_leads, n=len(leaderless), refs=listed(leaderless))
        )
    out += about_years(tasks, questions)
    before = [task.ref for task in tasks if task.lines[1] < rule_line and "下同" in (rule or "")]
    if before and first < rule_line:
        out.append(questions.ask("rule_late", rule_line, refs="、".join(before[:12])))
    if isinstance(tasks[0].number, int) and tasks[0].number != 1:
        out += [questions.ask("first_number", tasks[0].lines[0], what=tasks[0].number)]
    for line in body:
        found = _TOTAL.search(squeeze(line.flat)) if line.number <= first + 3 else None
        stated = int(found["n"] or found["m"]) if found else len(tasks)
        if stated != len(tasks) and re.search("任务|工作|事项", line.flat):
            out.append(questions.ask("total", line.number, what=stated, n=len(tasks)))
    return out + _odd_headings(builder.nodes, questions)


def _odd_headings(nodes: list[Node], questions: Questions) -> list[Question]:
    """A heading among leaders' headings that names no leader we can read (a title unknown to us)."""
    marked = {node.style for node in nodes if node.leaders}
    return [
        questions.ask("heading", node.first, what=squeeze(node.text)[:30])
        for node in nodes
        if node.style in marked
        and not node.leaders
        and (node.children or re.search(r"牵头|负责|分管", shadow(node.text)))
        and len(node.text) < 60
        and not node.duties
        and not heading_leaders(node.text)
    ]
