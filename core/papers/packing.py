"""Knows how the data of a large paper is kept small on its way through the outbox."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as {"packed": text}, some ten times smaller; `render` unpacks it."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return {"packed": base64.b64encode(zlib.compress(plain, 6)).decode()}


def unpacked(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The inverse of `packed`; what isn't packed stays as it is."""
    if set(data) != {"packed"}:
        return data
    found: Mapping[str, Any] = json.loads(zlib.decompress(base64.b64decode(data["packed"])))
    return found
