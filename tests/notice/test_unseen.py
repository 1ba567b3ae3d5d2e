"""Notices of other cities' layouts are read exactly, or what can't be told is asked; nothing is silently wrong."""

import pytest

from tests.notice.unseen import SETS
from tests.notice.unseen.paper import Paper, measure

ASKED = {
    "table_glued_in_one_line": ["1-1", "2-2", "1-3"],
}
"""Tasks that are asked about because the paper itself doesn't say: nothing parts a name from the content behind it."""


@pytest.mark.parametrize("paper", [pytest.param(p, id=p.name) for papers in SETS.values() for p in papers])
def test_a_notice_of_another_layout_is_read_or_asked_about(paper: Paper) -> None:
    got = measure(paper)
    assert got.wrong == []
    assert [row.partition(":")[0] for row in got.asked] == ASKED.get(paper.name, [])
    assert len(got.right) + len(got.asked) == len(paper.tasks)
