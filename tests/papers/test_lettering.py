from hypothesis import given, settings
from hypothesis import strategies as st

from core.papers.fonts import font_file
from core.papers.lettering import breadth, broken, legible


def test_the_font_comes_with_a_package_and_not_with_the_machine():
    assert font_file().is_file()


def test_emoji_are_left_out_and_a_missing_character_becomes_a_box():
    assert legible("吴晓🎉\u200b") == "吴晓"
    assert legible("督办\U0001f9d1办") == "督办办"
    assert legible("a\ue000b") == "a□b"


def test_a_title_never_leaves_one_character_alone_on_its_line():
    assert [len(line) for line in broken("重点工作推进计划报送情况表", 12, 3)] == [7, 6]


def test_no_line_begins_with_a_closing_mark():
    assert all(line[0] not in "、，" for line in broken("发展改革、财政、应急", 4, 3))


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert broken("发展改革财政应急", 3, 2)[-1].endswith("…")


@settings(deadline=None)
@given(st.text(max_size=60), st.floats(2, 20), st.integers(1, 4))
def test_every_line_fits_its_room(text, room, lines):
    out = broken(text, room, lines)
    assert 1 <= len(out) <= lines
    assert all(breadth(line) <= room + 0.001 or len(line) <= 1 for line in out)


@settings(deadline=None)
@given(st.text("督办推进计划 ab、，", max_size=30))
def test_nothing_but_spaces_is_lost_where_there_is_room(text):
    assert "".join("".join(broken(text, 6, 40)).split()) == "".join(text.split())
