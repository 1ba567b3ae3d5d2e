"""`python -m tests.bench [ROW…]`: every row (or those named) in processes of its own, as JSON and as a page in docs."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.machine import Others, facts
from tests.bench.report import page, summary
from tests.bench.row import Row, names, row, rows

DOCS = Path(__file__).parents[2] / "docs"
Json = dict[str, Any]


def measured(name: str, row: Row, repeats: int, small: bool) -> Json:
    """A row's repeats, each in a fresh process. Raises subprocess.CalledProcessError where one fails."""
    others, began, runs = Others(), time.monotonic(), []
    for number in range(1, repeats + 1):
        runs.append(_apart(name, small))
        shown = ", ".join(f"{f.name} {runs[-1][f.name]:,.4g}" for f in row.figures)
        print(f"  {name} {number}/{repeats} ({time.monotonic() - began:.0f} s): {shown}", file=sys.stderr, flush=True)
    share = others.share()
    return {
        "repeats": runs,
        "figures": {f.name: f.of([run[f.name] for run in runs]) for f in row.figures},
        "others": None if share is None else round(share, 2),
        "on": datetime.now(UTC).date().isoformat(),
    }


def _apart(name: str, small: bool) -> dict[str, float]:
    with TemporaryDirectory(prefix="duban-bench-", ignore_cleanup_errors=True) as folder:
        out = Path(folder) / "figures.json"
        order = [sys.executable, "-m", "tests.bench", "--one", name, "--out", str(out)]
        subprocess.run([*order, "--smoke"] if small else order, check=True)
        found: dict[str, float] = json.loads(out.read_text("utf-8"))
        return found


def one(name: str, out: Path, small: bool) -> int:
    """One repeat, in this process."""
    place = out.parent / "place"
    place.mkdir()
    out.write_text(json.dumps(row(name).play(place, small)), encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="ROW", help=f"these alone: {', '.join(names())}")
    parser.add_argument("--repeats", type=int, default=0, help="instead of each row's own number")
    parser.add_argument("--smoke", action="store_true", help="tiny sizes; nothing is written")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--docs", type=Path, default=DOCS, help="where performance.json and performance.md go")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if unknown := set(args.names) - set(names()):
        parser.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    return args


def main() -> int:
    args = arguments()
    if args.one:
        return one(args.one, args.out, args.smoke)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    kept = args.docs / "performance.json"
    results: Json = json.loads(kept.read_text("utf-8")) if kept.is_file() else {"rows": {}}
    results["machine"] = facts()
    fresh = {}
    for name in args.names or rows():
        one_row = rows()[name]
        print(f"{name}: {one_row.what}", file=sys.stderr, flush=True)
        fresh[name] = measured(name, one_row, 1 if args.smoke else args.repeats or one_row.repeats, args.smoke)
    print(summary(fresh))
    if not args.smoke and not args.dry:
        results["rows"] = {name: found for name in rows() if (found := {**results["rows"], **fresh}.get(name))}
        kept.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (args.docs / "performance.md").write_text(page(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
