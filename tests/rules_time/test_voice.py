"""A value agrees with its noun in the language that asks for it."""

from __future__ import annotations

import pytest

from core.words.voice import Voice, voice

VOICE = Voice("en", {"goes": "{n:# item is|# items are} late, says {who}", "bare": "{n:task|tasks} of {n}"})


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0 items are late"), (1, "1 item is late"), (2, "2 items are late"), (11, "11 items are late")]
)
def test_a_count_agrees_with_its_noun(n: int, words: str) -> None:
    assert VOICE("goes", n=n, who="A") == f"{words}, says A"
    assert VOICE.plain("goes", n=n, who="A") == f"{words}, says A"


def test_the_noun_may_stand_without_its_count() -> None:
    assert VOICE("bare", n=1) == "task of 1"


def test_what_people_typed_stays_harmless_and_is_no_form() -> None:
    assert VOICE("goes", n=1, who="<b>{n:x|y}</b>") == "1 item is late, says &lt;b&gt;{n:x|y}&lt;/b&gt;"


def test_both_languages_say_a_unit_of_one() -> None:
    assert voice("en").plain("terms.late", days=1) == "1 day overdue"
    assert "1" in voice("zh").plain("terms.late", days=1)
