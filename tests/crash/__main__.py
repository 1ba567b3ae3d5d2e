"""`python -m tests.crash`: hundreds of kills and every trouble, on SQLite and PostgreSQL, as a table and as JSON."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from storage.migrating import head
from tests.postgres import Server

from .database import migration_killed, server_disk_full, small_disk
from .faults import Faults
from .judge import Verdict
from .kills import Kills
from .office import Office
from .troubles import scenarios
from .upgrade import OLDEST, upgraded

OUT = Path("build") / "crash.json"
_COLUMNS = (
    "updates", "updates_lost", "answers_missing", "reports", "reports_lost", "reports_doubled", "messages",
    "messages_lost", "messages_doubled", "uncertain", "in_flight", "nudges", "nudges_missing",
)  # fmt: skip


async def killed(url: str, folder: Path, kills: int) -> tuple[Verdict, dict[str, int]]:
    """An office whose process is killed that often; what is left after it."""
    office = Office(url, folder)
    await office.open()
    try:
        run = Kills(office)
        verdict = await run.run(kills, lambda line: print(f"  {line}", file=sys.stderr, flush=True))
        return verdict, dict(run.at)
    finally:
        await office.close()


async def troubled(
    url: str, folder: Path, server: Server | None, short: bool, only: frozenset[str] = frozenset()
) -> dict[str, Verdict]:
    """Every trouble in turn, on one office."""
    office, found = Office(url, folder), {}
    await office.open()
    try:
        faults = Faults(office, server, short)
        for name, scenario in scenarios(faults.lite).items():
            if only and name not in only:
                continue
            found[name] = await faults.run(scenario)
            print(f"  {name}: {'good' if found[name].good else found[name]}", file=sys.stderr, flush=True)
        return found
    finally:
        await office.close()


async def filled(disk: Path, folder: Path, short: bool) -> Verdict:
    """An office on a PostgreSQL of its own, whose disk is full for a while."""
    server = Server(disk / "server")
    office = Office(server.database("filled"), folder)
    await office.open()
    try:
        return await Faults(office, server, short).run(lambda on: server_disk_full(on, disk))
    finally:
        await office.close()
        server.stop()


async def migrated(url: str, empty: str, folder: Path, statements: range) -> int:
    """Kills within the first migration of an empty database; returns how many."""
    office = Office(url, folder)
    await office.open()
    try:
        return await migration_killed(office, empty, statements)
    finally:
        await office.close()


async def brought_up(url: str, old_url: str, folder: Path, number: int) -> Verdict:
    """An upgrade from that revision in the middle of conversations."""
    office = Office(url, folder)
    await office.open()
    try:
        return await upgraded(office, old_url, number)
    finally:
        await office.close()


def table(rows: dict[str, Verdict]) -> str:
    """Columns of counts, a row a run."""
    head = ["", *(name.replace("_", " ") for name in _COLUMNS), "good", "seen"]
    body = [
        [name, *(str(getattr(v, c)) for c in _COLUMNS), "yes" if v.good else "NO", v.wrong or v.seen]
        for name, v in rows.items()
    ]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


async def run(args: argparse.Namespace) -> dict[str, dict[str, Any]]:
    results: dict[str, dict[str, Any]] = {}
    for database in args.on:
        with TemporaryDirectory(prefix="duban-crash-", ignore_cleanup_errors=True) as place:
            base, began = Path(place), time.monotonic()
            server = Server(base / "server") if database == "postgresql" else None
            try:
                results[database] = await _on(database, base, server, args)
            finally:
                if server:
                    server.stop()
            results[database]["seconds"] = round(time.monotonic() - began)
    return results


async def _on(database: str, base: Path, server: Server | None, args: argparse.Namespace) -> dict[str, Any]:
    def url(name: str) -> str:
        (base / name).mkdir(exist_ok=True)
        return server.database(name) if server else f"sqlite:///{(base / name / 'duban.db').as_posix()}"

    rows, at = {}, {}
    if not args.only:
        verdict, at = await killed(url("kills"), base / "kills", args.kills)
        rows[f"{sum(at.values())} kills"] = verdict
        print(f"  {sum(at.values())} kills: {'good' if verdict.good else verdict}", file=sys.stderr, flush=True)
    if not args.kills_only:
        rows |= await troubled(url("faults"), base / "faults", server, args.short, frozenset(args.only))
        if server and (not args.only or "disk full" in args.only):
            with small_disk(base / "small") as made:
                if made:
                    rows["disk full"] = await filled(base / "small", base, args.short)
                else:
                    print("  disk full: not played, for this user may not make a small disk", file=sys.stderr)
    if not args.kills_only and not args.only:
        for number in range(OLDEST, int(head()), 4 if args.short else 1):
            verdict = await brought_up(url(f"new{number}"), url(f"old{number}"), base / f"new{number}", number)
            rows[f"upgrade from {number:04d} in mid-conversation"] = verdict
            print(f"  upgrade from {number:04d}: {'good' if verdict.good else verdict}", file=sys.stderr, flush=True)
        deaths = await migrated(url("whole"), url("empty"), base / "whole", range(1, 60, 12 if args.short else 3))
        print(f"{database}: a migration killed {deaths} times came to its end", flush=True)
    print(f"\n{database}\n{table(rows)}\n", flush=True)
    return {"rows": {name: v.json() for name, v in rows.items()}, "killed_at": at}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--kills-only", action="store_true")
    parser.add_argument("--short", action="store_true", help="shorter troubles")
    parser.add_argument("--only", nargs="+", default=[], metavar="TROUBLE", help="these troubles alone, by their names")
    parser.add_argument("--json", type=Path, default=OUT)
    args = parser.parse_args()
    results = asyncio.run(run(args))
    args.json.parent.mkdir(parents=True, exist_ok=True)
    args.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(row["good"] for result in results.values() for row in result["rows"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
