"""inspections and units as they were"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_past_inspection_id_inspection")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_inspection_past_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_past")),
        sa.UniqueConstraint("inspection_id", "until", name=op.f("uq_inspection_past_inspection_id_until")),
    )
    op.create_table(
        "finding_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=True),
        sa.Column("files", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_past_finding_id_finding")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_finding_past_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_past")),
        sa.UniqueConstraint("finding_id", "until", name=op.f("uq_finding_past_finding_id_until")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since", sa.BigInteger(), nullable=True))
    _rounds(op.get_bind())


def _rounds(bind: Any) -> None:
    """The days that rounds were moved from stand in the history, and are written down in the new way."""
    event = sa.table(
        "event", *(sa.column(name) for name in ("office_id", "at", "what", "subject", "subject_id", "data"))
    )
    stop = sa.table("inspection_stop", *(sa.column(name) for name in ("id", "inspection_id", "unit_id")))
    past = sa.table(
        "inspection_past",
        *(sa.column(name) for name in ("office_id", "inspection_id", "until", "units")),
        sa.column("day", sa.Date),
    )
    moved = sa.select(event).where(event.c.what == "inspection_moved", event.c.subject == "inspection")
    known = {number for (number,) in bind.execute(sa.text("SELECT id FROM inspection"))}
    for row in bind.execute(moved).all():
        data = json.loads(row.data) if isinstance(row.data, str) else row.data
        if row.subject_id not in known or not data.get("old"):
            continue
        stops = bind.execute(sa.select(stop.c.id, stop.c.unit_id).where(stop.c.inspection_id == row.subject_id))
        values = {
            "office_id": row.office_id,
            "inspection_id": row.subject_id,
            "until": row.at,
            "day": date.fromisoformat(data["old"]),
            "units": json.dumps([[stop_id, unit_id] for stop_id, unit_id in stops]),
        }
        bind.execute(past.insert().values(**values))
