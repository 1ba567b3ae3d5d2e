"""inspections: rounds, stops, who was told, findings; what an obligation asks for"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ready", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_inspection_office_id_office")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_inspection_opened_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("office_id", "year", "number", name=op.f("uq_inspection_office_id_year_number")),
    )
    op.create_index("ix_inspection_state", "inspection", ["office_id", "state", "day"], unique=False)
    op.create_table(
        "inspection_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_stop_inspection_id_inspection")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_inspection_stop_task_id_task")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_stop_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_stop")),
        sa.UniqueConstraint(
            "inspection_id", "task_id", "unit_id", name=op.f("uq_inspection_stop_inspection_id_task_id_unit_id")
        ),
    )
    op.create_index("ix_inspection_stop_task", "inspection_stop", ["task_id"], unique=False)
    op.create_table(
        "inspection_call",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_call_inspection_id_inspection")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspection_call_person_id_person")),
        sa.PrimaryKeyConstraint("inspection_id", "person_id", name=op.f("pk_inspection_call")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=True),
        sa.Column("mend_key", sa.String(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_finding_office_id_office")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_finding_inspection_id_inspection")),
        sa.ForeignKeyConstraint(["stop_id"], ["inspection_stop.id"], name=op.f("fk_finding_stop_id_inspection_stop")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_finding_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("stop_id", "number", name=op.f("uq_finding_stop_id_number")),
    )
    op.create_index("ix_finding_message", "finding", ["chat_id", "message_id"], unique=False)
    op.create_index("ix_finding_round", "finding", ["inspection_id"], unique=False)
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asks", sa.String(), server_default=sa.text("''"), nullable=False))
