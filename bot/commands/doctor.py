"""`duban doctor`: says what is wrong and what to do about it; changes nothing."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from bot import settings
from bot.clock import SystemClock
from bot.doctor import FAULT, examine
from core.words.voice import voice


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("doctor", help="say what is wrong with this deployment and what to do")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Returns 1 if anything keeps the bot from working; warnings alone give 0."""
    chosen = settings.load()
    said = voice(chosen.language)
    findings = asyncio.run(examine(chosen, SystemClock()))
    for found in findings:
        print(said.plain(f"doctor.level_{found.level}"), said.plain(f"doctor.{found.name}", **found.values))
    faults = sum(found.level == FAULT for found in findings)
    warnings = sum(found.level == "warning" for found in findings)
    print(said.plain("doctor.sum" if faults or warnings else "doctor.well", faults=faults, warnings=warnings))
    return 1 if faults else 0
