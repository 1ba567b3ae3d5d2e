"""Knows how the results are shown: a table on the terminal, and docs/performance.md."""

from __future__ import annotations

from typing import Any

from tests.bench.machine import BUSY
from tests.bench.row import Figure, Row, rows

Json = dict[str, Any]

_HEAD = """# What it costs

Made by `make bench`; change nothing here by hand. `python -m tests.bench ROW…` measures single rows, and every row is one file of
tests/bench/rows. Each repeat runs in a process of its own on a database of its own; what stands here is the median of the repeats (for
things counted, the worst of them), and a ratio is taken within a repeat, so that both sides met the same machine. SQLite is set as in
service: WAL, synchronous=FULL, every commit on the disk before anything is said to anybody.
"""


def summary(found: Json) -> str:
    """The figures of some rows as lines for a terminal."""
    lines = []
    for name, result in found.items():
        row = rows()[name]
        lines.append(f"{name}{_busy(result)}")
        for figure in row.figures:
            value = result["figures"][figure.name]
            lines.append(f"  {figure.says:<72} {_number(value, figure):>14}  {_target(figure)} {_met(figure, value)}")
    return "\n".join(lines)


def page(results: Json) -> str:
    """docs/performance.md."""
    parts = [_HEAD, _machine(results["machine"])]
    for name, row in rows().items():
        if result := results["rows"].get(name):
            parts.append(_section(name, row, result))
    return "\n".join(parts)


def _machine(facts: Json) -> str:
    return (
        f"The machine: {facts['cores']} cores ({facts['architecture']}), {facts['memory_gb']} GB, {facts['system']}, "
        f"Python {facts['python']}, SQLite {facts['sqlite']}; a small durable commit takes {facts['commit_ms']} ms, "
        f"a million rounds of an empty loop {facts['loop_ms']} ms.\n"
    )


def _section(name: str, row: Row, result: Json) -> str:
    lines = [f"## {row.what}", ""]
    if row.note:
        lines += [row.note, ""]
    lines += ["| | median | least to most | target | |", "|---|---:|---:|---|---|"]
    for figure in row.figures:
        if figure.name not in result["figures"]:
            continue
        values = [run[figure.name] for run in result["repeats"]]
        value = result["figures"][figure.name]
        spread = f"{_bare(min(values))} to {_bare(max(values))}" if len(set(values)) > 1 else ""
        cells = [figure.says, _number(value, figure), spread, _target(figure), _met(figure, value)]
        lines.append(f"| {' | '.join(cells)} |")
    repeats = len(result["repeats"])
    lines += ["", f"`{name}`, {repeats} {'repeat' if repeats == 1 else 'repeats'}, {result['on']}{_busy(result)}", ""]
    return "\n".join(lines)


def _busy(result: Json) -> str:
    share = result.get("others")
    if share is None or share < BUSY:
        return ""
    return f"; measured on a busy machine (others used {share:.0%} of it)"


def _number(value: float, figure: Figure) -> str:
    return f"{_bare(value)} {figure.unit}".strip()


def _bare(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _target(figure: Figure) -> str:
    words = []
    if figure.at_least is not None:
        words.append(f"at least {_bare(figure.at_least)}")
    if figure.at_most is not None:
        words.append(f"at most {_bare(figure.at_most)}" if figure.at_most else "none")
    return ", ".join(words)


def _met(figure: Figure, value: float) -> str:
    met = figure.met(value)
    return "" if met is None else "met" if met else "**missed**"
