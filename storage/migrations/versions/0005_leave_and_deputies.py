"""leave and deputies"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_absence_deputy_id_person")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_absence_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    still_open = sa.text("state != 'over'")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(
            "ix_absence_open",
            ["office_id", "state"],
            unique=False,
            sqlite_where=still_open,
            postgresql_where=still_open,
        )
        batch_op.create_index("ix_absence_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_absence_deputy", ["deputy_id", "state"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("away_until", sa.Date(), nullable=True))

    acting, ended = sa.text("acting_for IS NOT NULL"), sa.text("until IS NOT NULL")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acting_for", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_post_acting", ["office_id"], unique=False, sqlite_where=acting, postgresql_where=acting
        )
        batch_op.create_index("ix_post_ended", ["until"], unique=False, sqlite_where=ended, postgresql_where=ended)

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unreached", sa.String(), nullable=True))
