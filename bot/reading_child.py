"""Knows how one file is read in a process of its own: little memory, little time, no file written, no secret at hand.

`python -m bot.reading_child KIND NAME LANG` takes the file on stdin and answers in JSON on stdout; on stderr it says how far it is.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.papers.notice import READERS, UnreadableNotice, read_notice
from core.papers.steps import Step, listening

try:
    import resource
except ImportError:  # not on Windows; there only the parent's clock guards
    resource = None  # type: ignore[assignment]

MARK = "step"
"""How a line begins that says how far it is: what, number, count."""

_ZIP = b"PK"
"""How a workbook begins. What opens one is loaded with the first: the bot's own process reads plain text only."""


def main(arguments: list[str]) -> int:
    """Arguments: kind, name, language, most bytes of memory, most seconds of work, what is known of columns as JSON."""
    kind, name, lang, memory, seconds, columns = arguments
    for module in ("core.papers.plan_in", "core.papers.notice.review", *(module for module, _ in READERS.values())):
        importlib.import_module(module)  # before the limits: they are for the file, not for what opens it
    _limit(int(memory), int(seconds))
    try:
        with listening(_tell):
            answer = read(kind, sys.stdin.buffer.read(), name, lang, json.loads(columns))
    except (MemoryError, RecursionError):
        answer = {"problem": "too_heavy", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


def _tell(step: Step) -> None:
    print(MARK, step.what, step.number, step.count, file=sys.stderr, flush=True)


def read(
    kind: str, data: bytes, name: str, lang: str, columns: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """{"forms": […]} of a "plan", {"reading": {…}} of a "notice" ({"review": {…}} of its edited sheet), or {"problem", "values"}."""
    try:
        if kind == "plan":
            forms = importlib.import_module("core.papers.plan_in").read_plan_file(data, name)
            return {"forms": [form.to_json() for form in forms]}
        if data.startswith(_ZIP) and (review := importlib.import_module("core.papers.notice.review").read_review(data)):
            return {"review": review}
        return {"reading": read_notice(data, name, lang, columns).to_json()}
    except UnreadableNotice as error:
        return {"problem": error.reason_key, "values": error.values}


def _limit(memory: int, seconds: int) -> None:
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
