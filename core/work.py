"""Knows what the use cases ask of storage: one `Work` is one office in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from core.ports import Source
from core.rules.ladder import Ladder
from core.rules.obligations import Kind, Obligation, Revised, State
from core.rules.office import Office
from core.rules.own_hours import OwnHours
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.tasks import NoticeCard, Part, Task, Unit
from core.rules.watch import Doubt, Trouble
from core.words.message import Message
from core.work_calls import Calls
from core.work_clearing import Clearing
from core.work_counts import Rolls, Tallies
from core.work_figures import TargetFigures
from core.work_history import History
from core.work_inspections import Inspections
from core.work_instructions import Instructions
from core.work_people import Absences, Handovers, People, Units
from core.work_reviews import Extensions, Reviews
from core.work_talks import Talks


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who neither confirmed receipt of an active notice nor was reminded; `since` they have been told."""

    notice_id: int
    person_id: int
    since: datetime


class Notices(Protocol):
    def add_draft(self, reading: dict[str, Any], file_hash: str, sent_by: int, now: datetime) -> NoticeCard: ...
    def get(self, notice_id: int) -> NoticeCard | None: ...
    def active(self) -> list[NoticeCard]: ...
    def several(self) -> bool: ...
    def any(self) -> bool: ...
    def began(self) -> datetime | None: ...
    def look_at(self, notice_id: int | None) -> None: ...
    def closed(self) -> list[int]: ...
    def kept(self) -> list[NoticeCard]: ...
    def by_hash(self, file_hash: str) -> NoticeCard | None: ...
    def save_reading(self, notice_id: int, reading: dict[str, Any], now: datetime) -> None: ...
    def set_state(self, notice_id: int, state: str, now: datetime) -> None: ...
    def ensure_unit(self, name: str, now: datetime, group: bool = False, members: Sequence[str] = ()) -> Unit: ...
    def units(self) -> list[Unit]: ...
    def unit(self, unit_id: int) -> Unit | None: ...
    def find_units(self, text: str) -> list[Unit]: ...
    def units_once(self, text: str, whole: bool = False) -> list[Unit]: ...
    def add_task(
        self, notice_id: int, reading: dict[str, Any], leaders: Sequence[dict[str, Any]], position: int, now: datetime
    ) -> Task: ...
    def assign(self, task_id: int, unit_id: int, part: Part, position: int, now: datetime) -> None: ...
    def tasks(self, notice_id: int | None = None) -> list[Task]: ...
    def tasks_by_id(self, task_ids: Collection[int]) -> list[Task]: ...
    def task(self, task_id: int) -> Task | None: ...
    def tasks_named(self, own: str) -> list[Task]: ...
    def tasks_of_units(self, unit_ids: Collection[int]) -> list[Task]: ...
    def set_frequency(self, task_ids: Collection[int], frequency: str, now: datetime) -> None: ...
    def add_receipt(self, notice_id: int, person_id: int, now: datetime) -> bool: ...
    def receipts(self, notice_id: int) -> dict[int, datetime]: ...
    def receipt_reminders(self, notice_id: int) -> dict[int, datetime]: ...
    def remind_receipt(self, notice_id: int, person_id: int, now: datetime) -> None: ...
    def awaiting_receipt(self) -> list[Awaited]: ...
    def set_task_state(self, task_id: int, old: str, new: str, now: datetime) -> bool: ...
    def renumber(self, notice_id: int, refs: dict[int, str], now: datetime) -> None: ...
    def revise_task(
        self,
        task_id: int,
        reading: dict[str, Any],
        leaders: Sequence[dict[str, Any]],
        position: int,
        due: bool,
        now: datetime,
    ) -> None: ...
    def set_content(self, task_id: int, content: str, now: datetime) -> None: ...
    def unassign(self, task_id: int, unit_id: int, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which obligations a list asks for; what is None doesn't narrow."""

    unit_ids: Collection[int] | None = None
    leader: str | None = None
    kind: Kind | None = None
    kinds: Collection[Kind] | None = None
    states: Collection[State] | None = None
    due_before: date | None = None
    due_until: date | None = None
    task_id: int | None = None
    task_ids: Collection[int] | None = None
    ids: Collection[int] | None = None
    periods: Collection[str] | None = None


class Obligations(Protocol):
    def owe(
        self,
        task_id: int,
        unit_id: int,
        kind: Kind,
        period: str,
        due: date,
        now: datetime,
        *,
        period_from: date | None,
        last_rung: int | None,
        next_nudge_on: date | None,
        ladder: Ladder | None = None,
        asks: str = "",
    ) -> int | None: ...
    def find(self, wanted: Wanted) -> list[Obligation]: ...
    def gone(self) -> list[Obligation]: ...
    def revised(self, ids: Collection[int]) -> dict[int, Revised]: ...
    def due_dates(self, first: date, last: date) -> list[date]: ...
    def get(self, obligation_id: int) -> Obligation | None: ...
    def places(self, obligation_ids: Collection[int]) -> dict[int, tuple[int, int, int]]: ...
    def move(self, obligation_id: int, state: State, now: datetime) -> None: ...
    def due_for_nudge(self, today: date, limit: int) -> list[Obligation]: ...
    def next_nudge_day(self) -> date | None: ...
    def nudged(self, obligation_id: int, last_rung: int | None, next_on: date | None) -> None: ...
    def nudged_all(self, moved: Sequence[tuple[int, int | None, date | None]]) -> None: ...
    def agree(self, obligation_id: int, due: date, now: datetime) -> None: ...
    def reviewed(self, obligation_id: int, outcome: str | None, now: datetime) -> None: ...
    def reword(self, obligation_id: int, asks: str, now: datetime) -> None: ...


class Reports(Protocol):
    def add(
        self,
        obligation_id: int,
        person_id: int,
        source: Source,
        now: datetime,
        *,
        text: str = "",
        goal: str = "",
        months: dict[int, str] | None = None,
        album: str = "",
    ) -> Report: ...
    def get(self, report_id: int) -> Report | None: ...
    def of(self, obligation_id: int) -> list[Report]: ...
    def every(self) -> list[Report]: ...
    def latest(self, obligation_ids: Iterable[int]) -> dict[int, Report]: ...
    def by_message(self, chat_id: int, message_id: int) -> list[Report]: ...
    def by_album(self, chat_id: int, album: str) -> list[Report]: ...
    def last_by(self, person_id: int) -> Report | None: ...
    def attach(self, report_id: int, files: Sequence[dict[str, Any]]) -> None: ...
    def withdraw(self, report_id: int, now: datetime) -> None: ...


class Offices(Protocol):
    def set(self, name: str, value: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    chat_id: int
    topic_id: int | None
    title: str


class Groups(Protocol):
    def link(self, chat_id: int, topic_id: int | None, title: str, by: int, now: datetime) -> Group: ...
    def unlink(self, chat_id: int, now: datetime) -> bool: ...
    def all(self) -> list[Group]: ...
    def by_chat(self, chat_id: int) -> Group | None: ...
    def let_go(self, moments: Collection[datetime]) -> list[Group]: ...
    def moved(self, old: int, new: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was sent: where, and which obligations it was about."""

    id: int
    kind: str
    about: tuple[int, ...]
    key: str = ""
    chat_id: int = 0
    message_id: int | None = None
    state: str = "sent"
    actions: tuple[str, ...] = ()
    """What its buttons do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something unasked that waits for its hour."""

    kind: str
    until: datetime
    about: tuple[int, ...]
    id: int = 0
    key: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One of many messages that are put at once."""

    key: str
    chat_id: int
    message: Message
    person_id: int
    about: tuple[int, ...] = ()


class Outbox(Protocol):
    """What is to be said, written in the same transaction as the change that causes it."""

    def put(
        self,
        key: str,
        chat_id: int,
        message: Message,
        *,
        kind: str,
        now: datetime,
        person_id: int | None = None,
        about: Sequence[int] = (),
        not_before: datetime | None = None,
        topic_id: int | None = None,
        reply_to: int | None = None,
        edit_message_id: int | None = None,
        edits_id: int | None = None,
    ) -> bool: ...
    def put_all(self, letters: Sequence[Letter], *, kind: str, now: datetime) -> int: ...
    def sent(self, chat_id: int, message_id: int) -> Said | None: ...
    def by_key(self, prefix: str) -> list[Said]: ...
    def unasked_today(self, person_ids: Collection[int], since: datetime) -> dict[int, int]: ...
    def told_of_desk(self, person_ids: Collection[int], since: datetime) -> dict[int, set[int]]: ...
    def redirect(self, person_id: int, to: Person | None, later: datetime | None, now: datetime) -> None: ...
    def retime(self, person_id: int, own: OwnHours) -> None: ...
    def waiting_for(self, person_id: int) -> list[Waiting]: ...
    def held(self, ids: Collection[int]) -> list[Waiting]: ...
    def take_back(self, outbox_id: int, why: str, now: datetime) -> None: ...
    def take_all_back(self, prefix: str, why: str, now: datetime) -> bool: ...
    def drop_of_notice(
        self, notice_id: int, others: bool, why: str, now: datetime
    ) -> list[tuple[int, datetime | None]]: ...
    def bring_back(self, taken: Sequence[tuple[int, datetime]], why: str, now: datetime) -> None: ...
    def drop_nudges(self, obligation_ids: Collection[int], why: str, now: datetime) -> None: ...


class Watch(Protocol):
    def trouble(self, since: datetime, now: datetime) -> Trouble: ...
    def doubts(self) -> list[Doubt]: ...
    def decide(self, outbox_id: int, again: bool, now: datetime) -> bool: ...
    def nudged_about(self, since: datetime) -> set[int]: ...
    def silent(self, first: date) -> list[int]: ...


class Archive(Protocol):
    def tables(self, notice_id: int | None = None) -> dict[str, list[dict[str, Any]]]: ...


class Work(Protocol):
    """Everything of one office, in one transaction; a query can't cross offices."""

    def at(self, moment: datetime) -> Work:
        """The office as it stood at a past moment: what was known, due and sent by then. It is only read."""
        ...

    office: Office
    people: People
    absences: Absences
    handovers: Handovers
    units: Units
    notices: Notices
    obligations: Obligations
    tally: Tallies
    rolls: Rolls
    reports: Reports
    reviews: Reviews
    extensions: Extensions
    figures: TargetFigures
    calls: Calls
    inspections: Inspections
    instructions: Instructions
    offices: Offices
    talks: Talks
    groups: Groups
    outbox: Outbox
    history: History
    archive: Archive
    clearing: Clearing
    watch: Watch
