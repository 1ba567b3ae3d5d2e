"""Prints how a set of unseen notices was read: `python -m tests.notice.unseen.show first` (or second)."""

from __future__ import annotations

import sys

from tests.notice.unseen import SETS
from tests.notice.unseen.paper import measure


def main(name: str, only: str = "") -> None:
    total = [0, 0, 0, 0]
    for paper in SETS[name]:
        if only and only not in paper.name:
            continue
        got = measure(paper)
        counts = (len(paper.tasks), len(got.right), len(got.asked), len(got.wrong))
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(f"{paper.name + '.' + paper.kind:40}" + "".join(f"{count:>6}" for count in counts))
        for kind, rows in (("asked", got.asked), ("WRONG", got.wrong), ("needless", got.needless)):
            for row in rows:
                print(f"    {kind}: {row[:300]}")
    print(f"{'tasks right asked wrong':40}" + "".join(f"{count:>6}" for count in total))


if __name__ == "__main__":
    main(*sys.argv[1:])
