"""`duban run`: the bot itself, until SIGTERM or Ctrl+C."""

from __future__ import annotations

import argparse
import logging
from typing import Any

from bot import settings
from bot.serve import run as run_bot


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("run", help="run the bot")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    chosen = settings.load()
    logging.basicConfig(level=chosen.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return run_bot(chosen)
