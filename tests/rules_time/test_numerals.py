from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.numerals import chinese_number, narrow


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("一百零二", 102),
        ("一百一十", 110),
        ("两千三百", 2300),
        ("一万两千", 12000),
        ("一亿二千万", 120_000_000),
        ("二〇二三", 2023),
        ("三点五", "3.5"),
        ("零点零八", "0.08"),
    ],
)
def test_chinese_numerals_are_read(text, value):
    assert chinese_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "点", "三点", "点五", "一批", "十十", "十百", "三十四五", "3", "三点十"])
def test_what_is_no_numeral_is_not_read(text):
    assert chinese_number(text) is None


@given(st.text(max_size=40))
def test_narrowing_keeps_every_character_in_its_place(text):
    assert len(narrow(text)) == len(text)


def test_full_width_forms_become_ordinary():
    assert narrow("３月：（一）－") == "3月:(一)-"
