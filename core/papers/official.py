"""Knows how official papers look in Word: fonts by name with substitutes, A4, margins, paragraphs and borders."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.papers.harmless import straight

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}

TITLE, HEAD, BODY, SONG = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
LATIN = "Times New Roman"

_SUBSTITUTES = {
    TITLE: (
        "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
        "02010601030101010101",
    ),
    HEAD: ("SimHei,Noto Sans CJK SC", "02010609060101010101"),
    SONG: ("SimSun,Noto Serif CJK SC", "02010600030101010101"),
    BODY: ("仿宋,FangSong,华文仿宋,STFangsong,宋体,SimSun,Noto Serif CJK SC", "02010609030101010101"),
}
"""What Word and LibreOffice take where a font isn't installed (ECMA-376, 17.8.3.1 altName)."""


def new_document(top: float, right: float, bottom: float, left: float) -> WordDocument:
    """An empty A4 document; margins in millimetres."""
    document = Document()
    _name_substitutes(document)
    _chinese(document)
    _anonymous(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.footer_distance = Mm(max(8.0, bottom - 12))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    return document


def named(document: WordDocument, title: str, author: str = "") -> None:
    """What the file says of itself; a property holds 255 characters."""
    names = (straight(ILLEGAL_CHARACTERS_RE.sub("", name.replace("\n", "")))[:255] for name in (title, author))
    document.core_properties.title, document.core_properties.author = names


def saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write(
    paragraph: Paragraph,
    text: str,
    size: float,
    font: str = BODY,
    *,
    bold: bool = False,
    align: str = "",
    colour: str = "",
) -> Paragraph:
    """Adds a text in points; without what no Word file may hold and what would turn the rest of the line round."""
    run = paragraph.add_run(straight(ILLEGAL_CHARACTERS_RE.sub("", text)))
    run._element.insert(0, deepcopy(_shape(size, font, bold, colour)))
    if align:
        paragraph.alignment = _ALIGN[align]
    return paragraph


@lru_cache(256)
def _shape(size: float, font: str, bold: bool, colour: str) -> CT_RPr:
    """How a run looks. Made once and copied: putting it together costs more than all the rest of a cell."""
    run = Run(OxmlElement("w:r"), None)  # type: ignore[arg-type]
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold or None
    shape: CT_RPr = run._element.get_or_add_rPr()
    shape.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return shape


def spaced(paragraph: Paragraph, before: float = 0, after: float = 0, line: float = 0, indent: float = 0) -> Paragraph:
    """Spacing and first-line indent in points."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if line:
        form.line_spacing = Pt(line)
    if indent:
        form.first_line_indent = Pt(indent)
    return paragraph


def table(document: WordDocument, widths: Sequence[float], rows: int) -> Table:
    """A bordered table of fixed column widths in millimetres."""
    made = document.add_table(rows, len(widths))
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row in made._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
    _padded(made)
    return made


def _padded(made: Table) -> None:
    """A little room between the text of a cell and the lines above and below it."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "28")  # half a millimetre, in twentieths of a point
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def cell_at(made: Table, number: int, place: int) -> _Cell:
    """The cell that stands at this place of its row; a cell over several columns is one."""
    return _Cell(made._tbl.tr_lst[number].tc_lst[place], made)


def joined(made: Table, number: int, first: int, last: int) -> _Cell:
    """The empty cells of a row from `first` to `last` as one, which is returned."""
    row = made._tbl.tr_lst[number]
    cells = row.tc_lst[first : last + 1]
    width = sum(cell.width or 0 for cell in cells)
    for cell in cells[1:]:
        row.remove(cell)
    cells[0].grid_span, cells[0].width = len(cells), Emu(width)
    return _Cell(cells[0], made)


def row_shape(made: Table, number: int, least: float, *, whole: bool = True, head: bool = False) -> None:
    """A row at least so many millimetres high; `whole` rows don't break across pages, `head` rows repeat on each."""
    row = made.rows[number]
    row.height, row.height_rule = Mm(least), WD_ROW_HEIGHT_RULE.AT_LEAST
    marks = [name for name, wanted in (("w:cantSplit", whole), ("w:tblHeader", head)) if wanted]
    for name in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def keep_with_next(made: Table, number: int) -> None:
    """A row, once it is written, that stands on the page of what follows it."""
    for cell in made._tbl.tr_lst[number].tc_lst:
        for paragraph in _Cell(cell, made).paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def lines_taken(text: str, width: float, size: float) -> int:
    """Lines that a text in points takes within so many millimetres, a little on the safe side."""
    room = width / (size * 25.4 / 72)
    wide = (sum(1 if ord(one) > 0x2E7F else 0.55 for one in line) for line in text.split("\n"))
    return sum(1 + int(each // room) for each in wide)


def fill(cell: _Cell, text: str, size: float, font: str = BODY, *, align: str = "left", bold: bool = False) -> None:
    """Writes a cell, one paragraph a line, centred up and down."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        write(paragraph, line, size, font, bold=bold, align=align)


def page_numbers(document: WordDocument, size: float = 14) -> None:
    """— 3 — a character from the outer edge: at the right of odd pages, at the left of even ones (GB/T 9704, 7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        form = _page_number(footer.paragraphs[0], size, align).paragraph_format
        form.right_indent = form.left_indent = Pt(size)


def _page_number(paragraph: Paragraph, size: float, align: str) -> Paragraph:
    write(paragraph, "— ", size, SONG, align=align)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = write(paragraph, "", size, SONG).runs[-1]
        if kind == "shown":
            run.text = text
            continue
        mark = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        else:
            mark.set(qn("w:fldCharType"), kind)
        run._element.append(mark)
    return write(paragraph, " —", size, SONG)


def _chinese(document: WordDocument) -> None:
    """python-docx's template speaks English and Japanese: line breaks, fonts and the spelling check would follow that."""
    language = document.styles.element.find(".//" + qn("w:lang"))
    settings = document.settings.element
    theme, zoom = settings.find(qn("w:themeFontLang")), settings.find(qn("w:zoom"))
    spacing = settings.find(qn("w:characterSpacingControl"))
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
    if theme is not None:
        theme.set(qn("w:eastAsia"), "zh-CN")
    if spacing is not None:
        spacing.set(qn("w:val"), "compressPunctuation")
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")  # the schema asks for it (ECMA-376, 17.15.1.94)


def _anonymous(document: WordDocument) -> None:
    """Without the template's author, date and picture."""
    properties = document.core_properties
    properties.comments = properties.author = ""
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):
            properties._element.remove(element)
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _name_substitutes(document: WordDocument) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, (others, panose) in _SUBSTITUTES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
