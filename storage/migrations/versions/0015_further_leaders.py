"""further leaders of a task"""

# ruff: noqa: E501

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from core.rules.notice.model import heads_of

revision = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_leader",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_task_leader_office_id_office")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_leader_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", "position", name=op.f("pk_task_leader")),
    )
    with op.batch_alter_table("task_leader", schema=None) as batch_op:
        batch_op.create_index("ix_task_leader_office", ["office_id", "name"], unique=False)

    _read_before()


def _read_before() -> None:
    """What notices in force named and was not kept yet."""
    notices = sa.table("notice", sa.column("id"), sa.column("office_id"), sa.column("state"), sa.column("reading"))
    tasks = sa.table("task", sa.column("id"), sa.column("notice_id"), sa.column("ref"), sa.column("leader_name"))
    names = ("task_id", "position", "office_id", "ordinal", "name", "title")
    heads = sa.table("task_leader", *(sa.column(name) for name in names))
    connection = op.get_bind()
    active = sa.select(notices.c.id, notices.c.office_id, notices.c.reading).where(notices.c.state == "active")
    for notice_id, office_id, text in connection.execute(active).all():
        reading = json.loads(text)
        read = {task["ref"]: heads_of(reading, task) for task in reading.get("tasks") or () if reading.get("leaders")}
        query = sa.select(tasks.c.id, tasks.c.ref, tasks.c.leader_name).where(tasks.c.notice_id == notice_id)
        for task_id, ref, first in connection.execute(query).all():
            others = [each for each in read.get(ref, ()) if each["name"] != first] if first else []
            for position, each in enumerate(others):
                values = (task_id, position, office_id, each["ordinal"], each["name"], each.get("title") or "")
                connection.execute(sa.insert(heads).values(dict(zip(names, values, strict=True))))
