"""files that are read aside, and messages in hand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    reading, in_hand = sa.text("state = 'reading'"), sa.text("state IN ('claimed', 'drawing')")
    op.create_index("ix_inbox_reading", "inbox", ["update_id"], sqlite_where=reading, postgresql_where=reading)
    op.drop_index("ix_outbox_claimed", table_name="outbox")
    op.create_index("ix_outbox_in_hand", "outbox", ["claimed_by"], sqlite_where=in_hand, postgresql_where=in_hand)
