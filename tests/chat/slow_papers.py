"""Papers and files that take as long as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from core.papers.plain_files import office_json
from core.papers.steps import step

GO = threading.Event()
"""Set: everything is quick."""

reached = threading.Semaphore(0)
"""Let go once for every step that was said."""

say = threading.Semaphore(0)
"""Each permit lets the next step be said."""


def slow_json(data: Mapping[str, Any]) -> bytes:
    """`office_json` in four files' time."""
    for number in range(1, 5):
        while not say.acquire(timeout=0.01):
            if GO.is_set():
                return office_json(data)
        step("file", number, 4)
        reached.release()
    GO.wait()
    return office_json(data)
