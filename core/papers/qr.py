"""Knows how a link becomes a QR picture."""

from __future__ import annotations

from io import BytesIO

import segno

SCALE = 10
"""Pixels per module: about 370 px for a join link, sharp on a phone and on paper."""


def qr_png(text: str, scale: int = SCALE) -> bytes:
    """A PNG of the QR code with its quiet zone. Raises ValueError where the text is empty or too long for a code."""
    if not text:
        raise ValueError("a QR code needs a text")
    out = BytesIO()
    # segno's DataOverflowError is a ValueError; micro codes are read by few phones
    segno.make(text, micro=False, error="m").save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
