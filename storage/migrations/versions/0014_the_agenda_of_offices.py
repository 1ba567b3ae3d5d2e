"""the agenda of offices"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.rules.tasks import ref_key

revision = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_agenda_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
    )
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_at", ["at", "office_id"], unique=False)
        batch_op.create_index("ix_agenda_office", ["office_id", "at"], unique=False)

    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_nudge"), sqlite_where=sa.text("next_nudge_on IS NOT NULL"))
        batch_op.create_index(
            "ix_obligation_nudge",
            ["office_id", "next_nudge_on"],
            unique=False,
            sqlite_where=sa.text("next_nudge_on IS NOT NULL"),
            postgresql_where=sa.text("next_nudge_on IS NOT NULL"),
        )

        batch_op.create_index(
            "ix_obligation_silent",
            ["office_id", "due", "agreed_due"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND next_nudge_on IS NULL"),
            postgresql_where=sa.text("state = 'open' AND next_nudge_on IS NULL"),
        )

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ref_key", sa.String(), server_default=sa.text("''"), nullable=False))

    tasks = sa.table("task", sa.column("id", sa.Integer), sa.column("ref", sa.String), sa.column("ref_key", sa.String))
    connection = op.get_bind()
    for number, ref in connection.execute(sa.select(tasks.c.id, tasks.c.ref)).all():
        connection.execute(sa.update(tasks).where(tasks.c.id == number).values(ref_key=ref_key(ref)))
    op.execute("INSERT INTO agenda (office_id, at, basis) SELECT id, 0, '' FROM office")
