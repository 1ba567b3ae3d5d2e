"""figures read from reports"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sense", sa.String(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_figure_office_id_office")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_figure_report_id_report")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_figure_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index("ix_figure_report", ["report_id"], unique=False)
        batch_op.create_index("ix_figure_task", ["office_id", "task_id"], unique=False)

    op.create_table(
        "figure_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sense", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_figure_word_figure_id_figure")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_figure_word_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_figure_word_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_word")),
    )
    with op.batch_alter_table("figure_word", schema=None) as batch_op:
        batch_op.create_index("ix_figure_word_figure", ["figure_id", "id"], unique=False)
