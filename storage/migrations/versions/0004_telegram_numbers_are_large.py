"""telegram numbers are large"""

# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # On PostgreSQL a group's number did not fit into 32 bits.
    with op.batch_alter_table("event", schema=None) as batch_op:
        for name in ("chat_id", "message_id"):
            batch_op.alter_column(name, existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=True)
    with op.batch_alter_table("linked_group", schema=None) as batch_op:
        batch_op.alter_column("topic_id", existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=True)
