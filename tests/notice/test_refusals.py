"""A file that can't be read is refused quickly, with the reason and what to do."""

import contextlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.papers.notice import LIMIT, UnreadableNotice, read_notice
from core.words.voice import voice
from tests.notice.papers import packed as packed_ofd
from tests.notice.papers import xlsx

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "notice.txt"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, name: str) -> UnreadableNotice:
    with pytest.raises(UnreadableNotice) as caught:
        read_notice(data, name)
    for lang in ("zh", "en"):
        assert voice(lang).plain(f"notice.{caught.value.reason_key}", **caught.value.values)
    return caught.value


def word(document: str, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, text in others.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t ", "a.txt", "empty"),
        (b"x" * (LIMIT + 1), "a.txt", "too_big"),
        ("区".encode() * 1_600_000, "a.txt", "too_much_text"),
        ("1.修路。\n".encode() * 50_001, "a.txt", "too_many_lines"),
        (b"<html><table>" + b"<tr><td>1</td><td>2</td></tr>" * 50_002, "a.html", "too_many_lines"),
        ("责任单位：区交通局、".encode() * 11_000, "a.txt", "long_line"),
        (OLE + b"\0" * 600, "a.doc", "old_word"),
        (OLE + b"\0" * 600, "a.wps", "old_word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"%PDF-1.7 ...", "a.pdf", "broken"),
        (b"%PDF-1.7 ...", "a.docx", "broken"),
        (b"\x89PNG\r\n", "a.png", "picture"),
        (b"\xff\xd8\xff\xe0", "a.txt", "picture"),
        (b"no zip at all", "a.docx", "broken"),
        (b"PK\x03\x04 broken", "a.docx", "broken"),
        (b"a,b", "a.xlsx", "broken"),
        (b"a,b", "a.exe", "wrong_type"),
        (bytes(range(1, 32)) * 40, "a.txt", "encoding"),
    ],
)
def test_a_file_that_is_no_notice_is_refused_with_its_reason(data: bytes, name: str, reason: str) -> None:
    assert refusal(data, name).reason_key == reason


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook of one sheet, written by hand so that nothing but the sheet's own part is big."""
    made = io.BytesIO(xlsx(["x"]))
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    body = f"<worksheet {space}><sheetData>{rows}</sheetData>{after}</worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, body if "worksheets/" in name else content)
    return out.getvalue()


def test_a_sheet_of_too_many_rows_or_merged_areas_is_refused_before_it_is_parsed() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 40_010))
    assert refusal(sheet(rows), "a.xlsx").reason_key == "too_many_rows"
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 20_010))
    found = refusal(sheet("", f"<mergeCells>{merged}</mergeCells>"), "a.xlsx")
    assert (found.reason_key, found.values) == ("unsafe", {"what": "mergeCell"})
    empty = "".join(f'<row r="{n}"/>' for n in range(1, 40_010))
    assert refusal(sheet(empty), "a.xlsx").reason_key == "empty", "rows that only claim to be there are no reason"


def test_a_page_of_far_too_many_signs_is_refused_in_ofd_too() -> None:
    page = "".join(
        f'<ofd:TextObject Boundary="1 {n % 280} 160 8" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 40 5">{"区" * 40}'
        "</ofd:TextCode></ofd:TextObject>"
        for n in range(1_600)
    )
    assert refusal(packed_ofd([page]), "a.ofd").reason_key == "too_much_text"


def test_a_word_file_with_an_entity_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal(word(bomb), "a.docx").reason_key == "unsafe"
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refusal(word(outside), "a.docx").reason_key == "unsafe"


def test_a_word_file_that_unpacks_to_far_too_much_is_refused() -> None:
    assert refusal(word("<a>" + " " * 80_000_000 + "</a>"), "a.docx").reason_key == "unsafe"


def test_a_workbook_under_a_word_name_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refusal(out.getvalue(), "a.docx").values == {"suffix": ".xlsx"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_usual_encodings_are_told_apart(encoding: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    notice = read_notice(text.encode(encoding), "a.txt")
    assert len(notice.tasks) == 82
    assert notice.leaders[0].name == "林知远"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("place", [-4, 60])
def test_a_text_with_a_damaged_byte_is_read_and_asked_about(encoding: str, place: int) -> None:
    whole = "重点工作任务分解\n1.修建环湖道路，完成路基工程，改善通行条件，方便群众出行。\n责任单位：区交通局\n2.架桥。\n责任单位：区住建局".encode(
        encoding
    )
    notice = read_notice(whole[:place] + b"\xff" + whole[place:], "a.txt")
    assert len(notice.tasks) == 2
    assert [question.kind for task in notice.tasks for question in task.questions if question.kind == "damaged"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(
            word('<w:document xmlns:w="W"><w:body>' + "<w:p/>" * 300_001 + "</w:body></w:document>"),
            "a.docx",
            id="word",
        ),
        pytest.param(b"<html><table>" + b"<tr>" * 50_001, "a.html", id="rows"),
    ],
)
def test_far_too_many_lines_are_counted_before_they_are_parsed(data: bytes, name: str) -> None:
    assert refusal(data, name).reason_key in ("too_many_lines", "unsafe")


def test_traditional_script_in_big5_is_read() -> None:
    text = "重點工作\n1.加強管理。\n責任單位：縣政府、財政局\n"
    (task,) = read_notice(text.encode("big5"), "a.txt").tasks
    assert task.content == "加強管理。"
    assert task.responsible[0] == "縣政府"


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_count_the_same_with_every_line_ending(ending: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    turned = read_notice(text.replace("\n", ending).encode(), "a.txt")
    assert [t.lines for t in turned.tasks] == [t.lines for t in read_notice(text.encode(), "a.txt").tasks]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["a.txt", "a.docx", "a", "a.md", "a.doc"]))
def test_arbitrary_bytes_are_read_or_refused_and_never_crash(data: bytes, name: str) -> None:
    for content in (data, b"PK\x03\x04" + data):
        with contextlib.suppress(UnreadableNotice):
            read_notice(content, name)


def test_a_word_file_damaged_anywhere_is_read_or_refused() -> None:
    whole = bytearray((EXAMPLE.parent / "notice.docx").read_bytes())
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        torn = bytes(whole[:place]) + bytes([whole[place] ^ 0x5A]) + bytes(whole[place + 1 :])
        with contextlib.suppress(UnreadableNotice):
            read_notice(torn, "a.docx")


def stroked(content: bytes) -> bytes:
    """A PDF of one page that draws these operators."""
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            _stream(b"", content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def _stream(about: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<" + about + b"/Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream"


def _pdf(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start)


def test_a_page_with_more_strokes_or_signs_than_paper_holds_is_refused_before_it_is_parsed() -> None:
    assert refusal(stroked(b"0 0 m 100 0 l S " * 70_000), "a.pdf").reason_key == "unsafe"
    signs = b"BT /F1 12 Tf 10 10 Td " + b"(abcdefgh) Tj " * 8_000 + b"ET"
    assert refusal(stroked(signs), "a.pdf").reason_key == "too_much_text"


def forms(levels: int, each: int) -> bytes:
    """A PDF whose page draws a form `each` times, which draws another one `each` times, and so on; the last one draws lines."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        _stream(b"", b"BT /F1 12 Tf 50 700 Td (1. Train staff. Lead: HR Department) Tj ET " + b"/X Do " * each),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for level in range(levels):
        inner = b"" if level == levels - 1 else b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + level)
        content = b"0 0 m 100 0 l S " * 10 if level == levels - 1 else b"/X Do " * each
        objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + inner, content))
    return _pdf(objects)


def test_forms_within_forms_are_read_and_refused_where_they_multiply() -> None:
    assert read_notice(forms(2, 10), "a.pdf").tasks[0].lead == ("HR Department",)
    assert refusal(forms(4, 10), "a.pdf").values == {"what": "PDF"}
    assert refusal(forms(25, 10), "a.pdf").values == {"what": "PDF"}


def test_a_form_that_draws_itself_is_refused() -> None:
    assert refusal(forms(2, 10).replace(b"/X 7 0 R", b"/X 6 0 R"), "a.pdf").reason_key == "unsafe"


def test_slanted_lines_on_a_page_make_no_table_and_no_trouble() -> None:
    page = b"BT /F1 12 Tf 50 700 Td (1. Train staff. Lead: HR Department) Tj ET 10 10 m 300 400 l S 10 10 m 10 300 l S"
    assert read_notice(stroked(page), "a.pdf").tasks[0].lead == ("HR Department",)


@pytest.mark.parametrize("location", ["../../../../etc/passwd", "/etc/passwd", "../OFD.xml", ""])
def test_a_path_that_climbs_out_of_an_ofd_file_goes_nowhere(location: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>")
        archive.writestr("Doc_0/Document.xml", f'<Document><Pages><Page BaseLoc="{location}"/></Pages></Document>')
    assert refusal(out.getvalue(), "a.ofd").reason_key in ("broken", "scanned")


@pytest.mark.parametrize(
    "text",
    [
        "责任单位：" + "区局、" * 3_000,
        "1.修路（" * 3_000,
        "1.修路。" + "（责任单位：区局" * 800 + "）" * 800,
        "一、（一）1." * 2_000,
        "请于" + "2024年1月1日、" * 3_000 + "前报送",
        "1.修路。\n责任单位：" + "区财政局和" * 4_000,
        "1.完成" + "1" * 4_000 + "个",
        "┌─┬─┐\n" + "│a│b│\n├─┼─┤\n" * 2_000,
        "序号\n工作任务\n牵头单位\n配合单位\n" + "1\n" + "区财政局\n" * 3_000,
    ],
)
def test_text_made_to_keep_a_reader_busy_is_read(text: str) -> None:
    assert read_notice(text.encode(), "a.txt").to_json()
