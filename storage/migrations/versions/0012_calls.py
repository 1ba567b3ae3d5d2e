"""calls for input to co-units"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collect_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_collect_call_by_id_person")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_collect_call_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_collect_call_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collect_call")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_collect_call_obligation_id")),
    )
    with op.batch_alter_table("collect_call", schema=None) as batch_op:
        batch_op.create_index("ix_collect_call_given", ["office_id", "given_at"], unique=False)

    op.create_table(
        "collect_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["collect_call.id"], name=op.f("fk_collect_asked_call_id_collect_call")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_collect_asked_office_id_office")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_collect_asked_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collect_asked")),
        sa.UniqueConstraint("call_id", "unit_id", name=op.f("uq_collect_asked_call_id_unit_id")),
    )
    with op.batch_alter_table("collect_asked", schema=None) as batch_op:
        batch_op.create_index("ix_collect_asked_open", ["office_id", "answered_at"], unique=False)
        batch_op.create_index("ix_collect_asked_unit", ["unit_id"], unique=False)

    op.create_table(
        "collect_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["collect_asked.id"], name=op.f("fk_collect_input_asked_id_collect_asked")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_collect_input_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_collect_input_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collect_input")),
        sa.UniqueConstraint("asked_id", "version", name=op.f("uq_collect_input_asked_id_version")),
    )
    with op.batch_alter_table("collect_input", schema=None) as batch_op:
        batch_op.create_index("ix_collect_input_message", ["chat_id", "message_id"], unique=False)
