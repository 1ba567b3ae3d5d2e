"""Knows what a notice says once it has been read, and its JSON, on which other programs rely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from core.rules.notice.shadow import Line, Place


@dataclass(frozen=True, slots=True)
class Question:
    """Something the reader isn't sure of. `line` counts from 1 in the source, `ref` names the task it is about.

    `key` is stable for the same source; `options` are choices a person may press (empty: a free answer or just to know).
    """

    line: int
    kind: str
    text: str
    key: str = ""
    ref: str | None = None
    options: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    place: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Leader:
    ordinal: int
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is "unit", or "group" for a term such as 各镇街; `members` are the units it stands for, named in the notice."""

    name: str
    kind: str = "unit"
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached: `comparator` (以上, 左右, 超 …) and `aspiration` (力争, 争取 …) stand as in the source."""

    label: str
    value: int | float
    unit: str
    comparator: str | None = None
    aspiration: str | None = None


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date that the content mentions without it being the task's deadline (`iso` is null where it can't be told)."""

    text: str
    iso: date | None = None
    relation: str = "before"


@dataclass(frozen=True, slots=True)
class Task:
    """One item. `leader` is the ordinal of the leader who heads it; `lines` are the first and last line in the source.

    `written` holds the units as they stand in the source (elided prefixes are filled in everywhere else), `clause` the
    source itself and `place` where it stands: page and line, sheet or table and row, as far as the file has them.
    `paper` is the deadline as the paper has it (`due`, `due_text`) where a person has set another one.
    """

    ref: str
    leader: int | None
    number: int | str
    content: str
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    due: date | None = None
    due_text: str | None = None
    targets: tuple[Target, ...] = ()
    lines: tuple[int, int] = (0, 0)
    questions: tuple[Question, ...] = ()
    section: str | None = None
    written: tuple[str, ...] = ()
    open_list: bool = False
    dates: tuple[DateInText, ...] = ()
    leaders: tuple[int, ...] = ()
    place: dict[str, Any] = field(default_factory=dict, hash=False)
    clause: str = ""
    paper: dict[str, Any] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a person took off the list: no task, or part of the task `into`, which was `before` until then."""

    task: Task
    into: str | None = None
    before: Task | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What has to be handed in by whom. `dates` are the days of one that recurs (`frequency`).

    `paper` is the day as the paper has it (`due`, `due_text`; empty where it asks for nothing) where a person has set another.
    """

    what: str
    who: str
    due: date | None = None
    due_text: str = ""
    frequency: str | None = None
    dates: tuple[date, ...] = ()
    line: int = 0
    paper: dict[str, Any] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The annexed form to be filled in: its fields in order and the months that have a row."""

    title: str
    fields: tuple[str, ...] = ()
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that has to be asked about, or of which a person said what it holds.

    `name` is its head (the one on its left with →, or its place, where it has none; #2 behind the second of one head), `kind`
    that of the question, `taken` what it was taken for, `role` what a person said; `samples` are its first cells. What speaks
    against the role: `other`, the head of a column that holds that already, and `fits`, whether any cell can be read as that.
    """

    name: str
    kind: str = "column"
    taken: str | None = None
    role: str | None = None
    samples: tuple[str, ...] = ()
    line: int = 0
    other: str = ""
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of the paper, and what a person did since: from both the notice is read anew when a column's role is said.

    A line is [number, text, cells or null, table, place]; an act is one of `acts.py`.
    """

    lang: str
    lines: tuple[Sequence[Any], ...] = ()
    acts: tuple[Mapping[str, Any], ...] = ()

    @staticmethod
    def of(lines: Sequence[Line], lang: str) -> Source:
        kept = ([x.number, x.text, list(x.cells) if x.cells else None, x.table, x.place.to_json()] for x in lines)
        return Source(lang, tuple(kept))

    def paper(self) -> list[Line]:
        """The lines as the file's reader gave them."""
        return [
            Line(number, text, tuple(cells) if cells else None, table, Place(**place))
            for number, text, cells, table, place in self.lines
        ]


@dataclass(frozen=True, slots=True)
class Notice:
    title: str = ""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    lead_rule: str | None = None
    submissions: tuple[Submission, ...] = ()
    frequencies: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    leaders: tuple[Leader, ...] = ()
    units: tuple[Unit, ...] = ()
    tasks: tuple[Task, ...] = ()
    form: Form | None = None
    questions: tuple[Question, ...] = ()
    printed_on: date | None = None
    addressees: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    columns: tuple[Column, ...] = ()
    source: Source | None = field(default=None, hash=False)

    def all_questions(self) -> Iterator[Question]:
        """Those about the paper, then those about single tasks, in the order of the tasks."""
        yield from self.questions
        for task in self.tasks:
            yield from task.questions

    def task(self, ref: str) -> Task:
        """Raises KeyError for a ref that the notice doesn't have."""
        for task in self.tasks:
            if task.ref == ref:
                return task
        raise KeyError(ref)

    def roles(self) -> dict[str, str]:
        """What a person said that columns hold."""
        return {column.name: column.role for column in self.columns if column.role}

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: dates as ISO text, tuples as lists. `questions` are those about the paper, each task has its own."""
        out: dict[str, Any] = _plain(asdict(self))
        return out

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Notice:
        """The inverse of `to_json`. Raises KeyError or TypeError for JSON of another shape."""
        return _make(
            Notice,
            dict(data),
            issued_on=_date(data.get("issued_on")),
            printed_on=_date(data.get("printed_on")),
            submissions=tuple(_submission(s) for s in data.get("submissions", ())),
            contacts=tuple(_make(Contact, c) for c in data.get("contacts", ())),
            leaders=tuple(_make(Leader, x) for x in data.get("leaders", ())),
            units=tuple(_make(Unit, u) for u in data.get("units", ())),
            tasks=tuple(_task(t) for t in data.get("tasks", ())),
            form=_make(Form, data["form"]) if data.get("form") else None,
            questions=tuple(_make(Question, q) for q in data.get("questions", ())),
            left_out=tuple(_left_out(x) for x in data.get("left_out", ())),
            columns=tuple(_make(Column, c) for c in data.get("columns", ())),
            source=_make(Source, data["source"]) if data.get("source") else None,
        )


def heads_of(reading: Mapping[str, Any], task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The leaders who head a task of a reading, the one under whom it stands first."""
    leaders = {leader["ordinal"]: leader for leader in reading["leaders"]}
    return [leaders[n] for n in dict.fromkeys([task["leader"], *(task.get("leaders") or ())]) if n in leaders]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _make(kind: Any, data: Mapping[str, Any], **changed: Any) -> Any:
    """An instance out of the keys it knows; JSON lists become tuples, keys from elsewhere are left aside."""
    known = {f.name for f in fields(kind)}
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    return kind(**{**values, **changed})


def _date(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _submission(data: Mapping[str, Any]) -> Submission:
    dates = tuple(date.fromisoformat(d) for d in data.get("dates", ()))
    made: Submission = _make(Submission, data, due=_date(data.get("due")), dates=dates)
    return made


def _left_out(data: Mapping[str, Any]) -> LeftOut:
    return LeftOut(_task(data["task"]), data.get("into"), _task(data["before"]) if data.get("before") else None)


def _task(data: Mapping[str, Any]) -> Task:
    made: Task = _make(
        Task,
        data,
        due=_date(data.get("due")),
        targets=tuple(_make(Target, t) for t in data.get("targets", ())),
        questions=tuple(_make(Question, q) for q in data.get("questions", ())),
        dates=tuple(_make(DateInText, d, iso=_date(d.get("iso"))) for d in data.get("dates", ())),
    )
    return made
