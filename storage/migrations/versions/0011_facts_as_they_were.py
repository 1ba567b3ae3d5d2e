"""facts as they were"""

# ruff: noqa: E501

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plan_due", sa.Date(), nullable=True),
        sa.Column("months", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_past_notice_id_notice")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_notice_past_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_past")),
        sa.UniqueConstraint("notice_id", "until", name=op.f("uq_notice_past_notice_id_until")),
    )
    op.create_table(
        "person_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unreachable", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_person_past_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_past_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_past")),
        sa.UniqueConstraint("person_id", "until", name=op.f("uq_person_past_person_id_until")),
    )
    with op.batch_alter_table("person_past", schema=None) as batch_op:
        batch_op.create_index("ix_person_past_office", ["office_id", "until"], unique=False)

    op.create_table(
        "unit_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_unit_past_office_id_office")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_past_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_past")),
        sa.UniqueConstraint("unit_id", "until", name=op.f("uq_unit_past_unit_id_until")),
    )
    with op.batch_alter_table("unit_past", schema=None) as batch_op:
        batch_op.create_index("ix_unit_past_office", ["office_id", "until"], unique=False)

    op.create_table(
        "task_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("assignments", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_task_past_office_id_office")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_past_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_past")),
        sa.UniqueConstraint("task_id", "until", name=op.f("uq_task_past_task_id_until")),
    )
    op.create_table(
        "obligation_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("agreed_due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reviewed", sa.String(), nullable=True),
        sa.Column("arose_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("asks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_past_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_obligation_past_office_id_office")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_obligation_past_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_past")),
        sa.UniqueConstraint("obligation_id", "until", name=op.f("uq_obligation_past_obligation_id_until")),
    )
    with op.batch_alter_table("obligation_past", schema=None) as batch_op:
        batch_op.create_index("ix_obligation_past_unit", ["unit_id"], unique=False)

    # What the tables that go knew, and what follows from versions and reviews, is written down in the new way.
    _tasks(op.get_bind())
    _obligations(op.get_bind())

    with op.batch_alter_table("due_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_change_obligation"))

    op.drop_table("due_change")
    with op.batch_alter_table("task_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_change_task"))

    op.drop_table("task_change")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_wished", sa.Date(), nullable=True))


def _table(name: str, **columns: Any) -> Any:
    return sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))


N, T = sa.BigInteger, sa.Text


def _tasks(bind: Any) -> None:
    names = ("ref", "number", "content", "leader_name", "leader_title", "frequency", "due_text")
    task = _table(
        "task", id=N, office_id=N, position=N, leader_ordinal=N, due=sa.Date, targets=T, **dict.fromkeys(names, T)
    )
    change = _table("task_change", id=N, task_id=N, state=T, at=N)
    part = _table("assignment", task_id=N, unit_id=N, part=T, position=N)
    past = _table("task_past", office_id=N, task_id=N, until=N, there=sa.Boolean, facts=T, assignments=T)
    changes = bind.execute(sa.select(change).order_by(change.c.task_id, change.c.at, change.c.id)).all()
    for task_id, rows in groupby(changes, key=lambda row: row.task_id):
        kept = bind.execute(sa.select(task).where(task.c.id == task_id)).one()
        parts = bind.execute(sa.select(part).where(part.c.task_id == task_id).order_by(part.c.position))
        facts = {name: getattr(kept, name) for name in (*names, "position", "leader_ordinal")}
        facts |= {"targets": json.loads(kept.targets), "due": kept.due.isoformat() if kept.due else None}
        units = json.dumps([[row.unit_id, row.part] for row in parts])
        before = "active"
        for until, same in groupby(rows, key=lambda row: row.at):
            text = json.dumps({**facts, "state": before}, ensure_ascii=False)
            values = {"office_id": kept.office_id, "task_id": task_id, "until": until, "there": True}
            bind.execute(past.insert().values(**values, facts=text, assignments=units))
            before = list(same)[-1].state


def _obligations(bind: Any) -> None:
    owed = _table(
        "obligation", id=N, office_id=N, unit_id=N, due=sa.Date, period_from=sa.Date, arose_at=N, dropped_at=N, asks=T
    )
    report = _table("report", id=N, obligation_id=N, at=N, withdrawn_at=N)
    review = _table("review", report_id=N, obligation_id=N, outcome=T, at=N)
    change = _table("due_change", id=N, obligation_id=N, due=sa.Date, at=N)
    past = _table(
        "obligation_past", office_id=N, obligation_id=N, until=N, unit_id=N, due=sa.Date, period_from=sa.Date,
        agreed_due=sa.Date, state=T, reviewed=T, arose_at=N, done_at=N, asks=T,
    )  # fmt: skip
    for o in bind.execute(sa.select(owed)).all():
        versions = bind.execute(sa.select(report).where(report.c.obligation_id == o.id).order_by(report.c.id)).all()
        said = bind.execute(sa.select(review).where(review.c.obligation_id == o.id)).all()
        dues = bind.execute(sa.select(change).where(change.c.obligation_id == o.id).order_by(change.c.id)).all()
        moments = {v.at for v in versions} | {v.withdrawn_at for v in versions} | {r.at for r in said}
        moments |= {d.at for d in dues} | {o.dropped_at}
        for until in sorted(moment for moment in moments if moment is not None and moment > o.arose_at):
            there = [v for v in versions if v.at < until and (v.withdrawn_at is None or v.withdrawn_at >= until)]
            newest = there[-1].id if there else None
            outcome = next((r.outcome for r in said if r.report_id == newest and r.at < until), None)
            handed_in = bool(there) and outcome != "returned"
            bind.execute(
                past.insert().values(
                    office_id=o.office_id,
                    obligation_id=o.id,
                    until=until,
                    unit_id=o.unit_id,
                    due=o.due,
                    period_from=o.period_from,
                    agreed_due=next((d.due for d in reversed(dues) if d.at < until), None),
                    state="handed_in" if handed_in else "open",
                    reviewed=outcome,
                    arose_at=o.arose_at,
                    done_at=there[0].at if handed_in else None,
                    asks=o.asks,
                )
            )
