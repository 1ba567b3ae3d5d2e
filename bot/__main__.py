"""Knows the command line: every module of bot/commands that has `add` is a command."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import pkgutil
import sys
from importlib.metadata import version

from bot import commands
from bot.settings import SettingsError, terminal_language
from core.ports import StorageTrouble
from core.words.voice import voice
from storage.migrating import NewerDatabase, UnnumberedDatabase, head


def parser(command: str = "") -> argparse.ArgumentParser:
    """With every command, or with the one named: the others need not be loaded to run it."""
    top = argparse.ArgumentParser(prog="duban", description="duban: the bot of a government supervision office")
    top.add_argument("--version", action="version", version=f"duban {version('duban')}")
    subparsers = top.add_subparsers(dest="command", required=True)
    names = [info.name for info in pkgutil.iter_modules(commands.__path__)]
    gc.disable()  # what loading makes stays; to look through it for garbage again and again is a twentieth of the start
    try:
        for name in [command] if command in names else names:
            module = importlib.import_module(f"bot.commands.{name}")
            if hasattr(module, "add"):
                module.add(subparsers)
    finally:
        gc.enable()
    return top


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit code.

    What is wrong is said on stderr in the operator's language: 2 for a setting or a file, 1 for a database that
    can't be used, 130 for Ctrl+C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows ? rather than a traceback
    given = sys.argv[1:] if argv is None else argv
    args = parser(given[0] if given else "").parse_args(given)
    try:
        return int(args.run(args))
    except SettingsError as error:
        return _fault(2, str(error))
    except NewerDatabase as error:
        return _fault(1, _said("cli.newer", revision=error, head=head()))
    except UnnumberedDatabase:
        return _fault(1, _said("cli.unnumbered"))
    except StorageTrouble as error:
        return _fault(1, _said("cli.storage", why=error))
    except BrokenPipeError:
        # Who reads us (head, less) has seen enough; Python would complain once more while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fault(130, _said("cli.interrupted"))


def _said(key: str, **values: object) -> str:
    return voice(terminal_language()).plain(key, **values)


def _fault(code: int, text: str) -> int:
    print(text, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
