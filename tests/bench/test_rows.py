"""Every row of the bench still runs: tiny sizes, no word about speed, but what is counted must be right."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.bench.report import page, summary
from tests.bench.row import Figure, rows


@pytest.mark.parametrize("name", rows())
def test_a_row_runs_and_what_it_counts_is_right(name: str, tmp_path: Path) -> None:
    row = rows()[name]
    found = row.play(tmp_path, small=True)
    assert all(math.isfinite(value) for value in found.values()), found
    for figure in row.figures:
        if figure.counted:
            assert figure.met(found[figure.name]) is not False, (figure.says, found)


def test_a_target_missed_is_said_and_a_busy_machine_too() -> None:
    name, row = next(iter(rows().items()))
    values = {figure.name: 1.0 if figure.at_least is None else 0.0 for figure in row.figures}
    values |= {f.name: f.at_most * 2 for f in row.figures if f.at_most}
    result = {"repeats": [values], "figures": values, "others": 0.5, "on": "2023-03-03"}
    machine = dict.fromkeys(("cores", "architecture", "memory_gb", "system", "python", "sqlite"), "x")
    text = page({"machine": {**machine, "commit_ms": 1.0, "loop_ms": 9.0}, "rows": {name: result}})
    assert "**missed**" in text and "busy machine (others used 50% of it)" in text
    assert row.what in text and name in summary({name: result})


def test_what_is_counted_is_the_worst_and_the_rest_the_median() -> None:
    assert Figure("lost", "", at_most=0, counted=True).of([0, 3, 0]) == 3
    assert Figure("share", "", at_least=99, counted=True).of([99.5, 98.0, 99.9]) == 98.0
    assert Figure("speed", "").of([1, 9, 2]) == 2
