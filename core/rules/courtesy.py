"""Knows the rules of courtesy (减负): how often a person may be addressed without having asked."""

from __future__ import annotations

UNASKED_PER_DAY = 2
"""Messages a day that a person did not ask for (DESIGN: the rules of courtesy)."""

UNASKED_KINDS = ("assignment", "inspection", "nudge", "urge", "digest", "handover", "input")
"""Kinds of outbox rows that count: everything that is no answer and no note to a whole group."""

UNASKED_OF_ALL_SORTS = (*UNASKED_KINDS, "notice", "finding")
"""Kinds that wait for a person's own hours: single notes too, which the day's budget doesn't count."""

KEEPS_HOURS = (*UNASKED_OF_ALL_SORTS, "broadcast")
"""Kinds that never arrive outside office hours, whatever held them up on their way."""

URGE_PAGE = 8
"""Units whose buttons fit on one screen of a phone."""

RECEIPT_DAYS = 2
"""Working days after which somebody who has not confirmed receipt is reminded, once."""
