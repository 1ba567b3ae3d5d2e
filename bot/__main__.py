"""Knows the command line: every module of bot/commands that has `add` is a command."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from importlib.metadata import version

from bot import commands
from bot.settings import SettingsError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="duban", description="督办: the bot of a government supervision office")
    top.add_argument("--version", action="version", version=f"duban {version('duban')}")
    subparsers = top.add_subparsers(dest="command", required=True)
    for info in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"bot.commands.{info.name}")
        if hasattr(module, "add"):
            module.add(subparsers)
    return top


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit code. A wrong setting is one line on stderr and exit code 2."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
