"""Knows how large a file may be, and how its size is said."""

from __future__ import annotations

LIMIT = 20 * 1024 * 1024
"""Bytes of a file, the most that a bot can download (Bot API, getFile)."""


def megabytes(size: int) -> str:
    """20 / 1.5: of so many bytes."""
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")
