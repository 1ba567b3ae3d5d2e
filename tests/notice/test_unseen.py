"""Notices of other cities' layouts are read exactly, or what can't be told is asked; nothing is silently wrong."""

import pytest

from tests.notice.unseen import SETS
from tests.notice.unseen.paper import Paper, measure

ASKED = {
    "table_glued_in_one_line": ["1-1", "2-2", "1-3"],
    "steps_in_brackets": ["1"],
    "matters_of_a_meeting": ["2"],
    "units_behind_the_last_of_two": ["1"],
    "headless": ["1", "2"],
    "ditto": ["3"],
    "pledge": ["1", "2"],
    "river_chief": ["2"],
    "xlsx_blank_rows_notes": ["3"],
    "tab_pasted": ["3"],
    "first_bold": ["1", "2"],
    "unlined_pdf": ["1", "2"],
    "numbers_years": ["1", "2"],
    "glued_wenku": ["1", "2"],
}
"""Tasks that are asked about: the paper doesn't say which of two dates counts or what parts a name from its words, or names units behind the last of two items; a table has no heads, runs together, hides who does it in a card above, or has a name that may be none."""


@pytest.mark.parametrize("paper", [pytest.param(p, id=p.name) for papers in SETS.values() for p in papers])
def test_a_notice_of_another_layout_is_read_or_asked_about(paper: Paper) -> None:
    got = measure(paper)
    assert got.wrong == []
    assert [row.partition(":")[0] for row in got.asked] == ASKED.get(paper.name, [])
    assert len(got.right) + len(got.asked) == len(paper.tasks)
