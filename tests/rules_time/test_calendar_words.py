import pytest

from core.words.voice import voice


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("reason", ["empty", "unreadable", "impossible", "vague", "ambiguous"])
def test_every_reason_for_an_unclear_date_has_its_sentence(lang, reason):
    assert voice(lang)(f"calendar.{reason}", text="<5月>")


def test_the_two_languages_of_the_calendar_and_of_papers_say_the_same_things():
    mine = ("calendar.", "pictures.", "sheets.")
    zh, en = ({*filter(lambda key: key.startswith(mine), voice(lang).keys())} for lang in ("zh", "en"))
    assert zh == en
