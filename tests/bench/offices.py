"""Knows how to make offices whose every obligation is due for a reminder at the same moment."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.rules.tasks import Part
from storage.agenda import AgendaRow
from storage.engine import Desk
from storage.tables.notices import AssignmentRow, NoticeRow, ReceiptRow, TaskRow, UnitRow
from storage.tables.obligations import ObligationRow
from storage.tables.offices import OfficeRow
from storage.tables.people import PersonRow, PostRow

ZONE = ZoneInfo("Asia/Shanghai")
BORN = datetime(2023, 3, 3, 9, 0, tzinfo=ZONE)
MORNING = datetime(2023, 5, 22, 9, 5, tzinfo=ZONE)
"""A Monday in office hours: three working days before the reports are due."""

DUE, FIRST_RUNG = date(2023, 5, 25), date(2023, 5, 22)
FIRST_CHAT = 1_000_001
_NAMES = "林知远 周砚秋 沈怀舟 顾清和 陆文渊 许明澜 夏泉 江予安 程若水".split()


def fill(desk: Desk, offices: int, units: int, tasks_each: int, contacts_each: int = 1) -> int:
    """Each unit of each office owes a report for so many tasks. Returns the number of obligations."""
    numbers: dict[str, count[int]] = {}

    def next_id(table: str) -> int:
        return next(numbers.setdefault(table, count(1)))

    def work(session: Session) -> int:
        made = 0
        for _ in range(offices):
            rows = _office(next_id, units, tasks_each, contacts_each)
            for table, values in rows.items():
                session.execute(insert(table), values)
            made += len(rows[ObligationRow])
        return made

    return desk.run_sync(work)


def _office(next_id: Any, units: int, tasks_each: int, contacts_each: int) -> dict[Any, list[dict[str, Any]]]:
    office, notice = next_id("office"), next_id("notice")
    rows: dict[Any, list[dict[str, Any]]] = {
        OfficeRow: [{"id": office, "name": f"第{office}督查室", "settings": {}, "created_at": BORN}],
        AgendaRow: [{"office_id": office, "at": BORN, "basis": ""}],
        NoticeRow: [{
            "id": notice, "office_id": office, "title": "2023年重点工作责任分解", "number": f"云政办发〔2023〕{office}号", "year": 2023,
            "state": "active", "months": list(range(3, 13)), "reading": {}, "file_hash": str(office), "sent_at": BORN, "confirmed_at": BORN,
        }],
    }  # fmt: skip
    for table in (UnitRow, TaskRow, AssignmentRow, PersonRow, PostRow, ReceiptRow, ObligationRow):
        rows[table] = []
    for number in range(units):
        unit = next_id("unit")
        rows[UnitRow].append({"id": unit, "office_id": office, "name": f"第{number + 1}局"})
        for _ in range(contacts_each):
            person = next_id("person")
            chat = FIRST_CHAT + person
            rows[PersonRow].append(
                {
                    "id": person,
                    "office_id": office,
                    "telegram_id": chat,
                    "chat_id": chat,
                    "name": _NAMES[person % 9],
                    "joined_at": BORN,
                }
            )
            rows[PostRow].append(
                {"office_id": office, "person_id": person, "role": "contact", "unit_id": unit, "since": BORN}
            )
            rows[ReceiptRow].append({"notice_id": notice, "person_id": person, "at": BORN})
        for each in range(tasks_each):
            task = next_id("task")
            rows[TaskRow].append(
                _task(office, notice, task, f"{number % 9 + 1}-{number * tasks_each + each + 1}", number % 9)
            )
            rows[AssignmentRow].append({"task_id": task, "unit_id": unit, "part": str(Part.LEAD), "position": 0})
            rows[ObligationRow].append({
                "office_id": office, "task_id": task, "unit_id": unit, "kind": "report", "period": "2023-05",
                "period_from": date(2023, 5, 1), "due": DUE, "state": "open", "arose_at": BORN, "next_nudge_on": FIRST_RUNG,
            })  # fmt: skip
    return rows


def _task(office: int, notice: int, task: int, ref: str, leader: int) -> dict[str, Any]:
    return {
        "id": task, "office_id": office, "notice_id": notice, "ref": ref, "position": task, "number": ref.partition("-")[2],
        "content": f"改造老旧小区{task % 37 + 2}个，加装电梯{task % 89 + 3}部，年底前全部交付使用", "leader_ordinal": leader + 1,
        "leader_name": _NAMES[leader], "leader_title": "副区长", "frequency": "monthly",
    }  # fmt: skip
