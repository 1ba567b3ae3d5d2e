"""people's own hours"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = sa.text("hours IS NOT NULL")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.Text(), nullable=True))
        batch_op.create_index(
            "ix_person_hours", ["office_id"], unique=False, sqlite_where=there, postgresql_where=there
        )
