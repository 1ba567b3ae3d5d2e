from io import BytesIO

import pytest
from PIL import Image

from core.papers.qr import qr_png
from core.papers.render import MAKERS, NoSuchPaper, legible_as_photo, maker, render


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_every_kind_of_paper_has_its_maker(kind):
    assert callable(maker(kind))


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(NoSuchPaper, match="poster"):
        render("poster", {})


def test_a_link_becomes_a_square_picture_with_a_quiet_zone():
    picture = Image.open(BytesIO(render("qr.png", {"text": "https://t.me/example_bot?start=abc"})))
    assert picture.width == picture.height >= 300
    assert picture.convert("L").crop((0, 0, picture.width, 39)).getextrema() == (255, 255)


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_what_no_code_can_hold_is_refused(text):
    with pytest.raises(ValueError):
        qr_png(text)


def test_the_words_alone_load_no_drawing_library():
    import subprocess
    import sys

    code = "import sys, core.papers.render; sys.exit('matplotlib' in sys.modules or 'openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("size", "photo"), [((1080, 1280), True), ((1080, 2100), True), ((1080, 2200), False)])
def test_a_picture_too_tall_to_be_read_as_a_photo_is_known(size, photo):
    out = BytesIO()
    Image.new("L", size).save(out, "PNG")
    assert legible_as_photo(out.getvalue()) is photo
    assert legible_as_photo(b"\xff\xd8\xff no PNG at all")
