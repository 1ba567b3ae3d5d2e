"""Knows how to run the sandbox by itself, for any bot: `python -m bot.sandbox --port 8081`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox

CAST: list[dict[str, Any]] = [
    {"id": "anna", "name": "Anna", "role": "people", "username": "anna_s"},
    {"id": "ben", "name": "Ben", "role": "people"},
    {"id": "stranger", "name": "Somebody", "role": "stranger"},
]


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot.sandbox", description="A local Bot API server for trying out bots.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--username", default="sandbox_bot", help="the bot's username")
    parser.add_argument("--limits", choices=("off", "telegram"), default="off", help="refuse beyond Telegram's limits")
    parser.add_argument("--start", help="ISO date and time at which the clock starts")
    parser.add_argument("--timezone", default="Asia/Shanghai")
    parser.add_argument("--cast", type=Path, help="JSON: a list of {id, name, role, unit}")
    parser.add_argument("--no-history", action="store_true", help="keep no messages, for measuring")
    return parser.parse_args(given)


def sandbox_of(options: argparse.Namespace) -> Sandbox:
    """The sandbox with its cast. Raises ValueError, OSError or ControlError where the cast can't be read."""
    start = None
    if options.start:
        start = datetime.fromisoformat(options.start)
        start = start if start.tzinfo else start.replace(tzinfo=ZoneInfo(options.timezone))
    sandbox = Sandbox(
        SandboxClock(start),
        options.username,
        options.limits,
        name=options.username,
        timezone=options.timezone,
        history=not options.no_history,
    )
    cast = json.loads(options.cast.read_text("utf-8")) if options.cast else CAST
    for person in cast:
        sandbox.add_person(**person)
    sandbox.add_group("Group", [person["id"] for person in cast if person.get("role") != "stranger"])
    return sandbox


async def serve(options: argparse.Namespace) -> None:
    sandbox = sandbox_of(options)
    url = await sandbox.start(options.port, options.host)
    print(f"page {url}/   Bot API {url}/bot<token>/<method>   control {url}/sandbox/", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    try:
        asyncio.run(serve(arguments(sys.argv[1:])))
    except KeyboardInterrupt:
        sys.exit(130)
