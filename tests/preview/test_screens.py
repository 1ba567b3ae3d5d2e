"""Every screen in either language fits a phone, and the page of all of them is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.words.voice import LANGUAGES
from tests.preview.__main__ import make
from tests.preview.page import faults


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_no_screen_has_a_button_cut_a_text_too_tall_or_a_value_missing(lang: str, tmp_path: Path) -> None:
    screens = await make(lang, tmp_path)
    assert len(screens) > 60
    assert all(screen.messages for screen in screens), "a person did something and saw nothing"
    assert [(s.did, one) for s in screens for message in s.messages for one in faults(message)] == []
    assert (tmp_path / f"{lang}.html").read_text("utf-8").count("<section>") == len(screens)
