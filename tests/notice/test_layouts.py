"""Other cities' layouts: exactly right or asked about, never silently wrong."""

from pathlib import Path
from typing import Any

import pytest

from tests.notice.score import papers, score


@pytest.mark.parametrize(("path", "expected"), [pytest.param(*each, id=each[0].stem) for each in papers()])
def test_no_task_of_a_shared_notice_is_silently_wrong(path: Path, expected: dict[str, Any]) -> None:
    got = score(path, expected)
    assert got.wrong == []
    assert got.extra == []
    assert got.right + len(got.asked) == got.expected
