"""Knows how one invented notice becomes a file of every kind that is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx import Document
from fpdf import FPDF
from fpdf.fonts import FontFace
from openpyxl import Workbook

from core.papers.fonts import font_file

COVER = (
    "云屿区人民政府办公室关于印发2024年民生实事责任分解的通知",
    "各街道办事处，区属各单位：",
    "请各牵头单位于4月10日前报送推进计划表。",
    "2024年3月20日",
)
HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    (
        "1",
        "新建口袋公园6个，更新老旧健身设施20处，让群众出门就能运动、散步和休息，全年完成投资1200万元。",
        "区城管局",
        "区体育中心、青湾街道",
        "2024年9月底",
    ),
    ("2", "改造老旧小区12个，加装电梯30部。", "区住建局", "区财政局", "2024年12月31日"),
    ("3", "新增普惠托位200个。", "区卫健局", "区教育局、区妇联", "2024年10月底"),
)


def text(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


def pdf(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), furniture: bool = True) -> bytes:
    paper = _Paper(furniture)
    paper.add_font("cn", fname=font_file())
    paper.set_font("cn", size=14)
    paper.set_margins(28, 35, 26)
    paper.set_auto_page_break(True, 35)
    paper.add_page()
    for line in lines:
        paper.multi_cell(0, 9, line, align="L", new_x="LMARGIN", new_y="NEXT")
    if rows:
        with paper.table(
            col_widths=(10, 60, 24, 30, 26), headings_style=FontFace(), first_row_as_headings=False
        ) as table:
            for row in rows:
                drawn = table.row()
                for cell in row:
                    drawn.cell(cell)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, furniture: bool) -> None:
        super().__init__()
        self.furniture = furniture

    def footer(self) -> None:
        if self.furniture:
            self.set_y(-20)
            self.cell(0, 8, f"— {self.page_no()} —", align="C")


def docx(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                table.cell(r, c).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in lines:
        page.append([line])
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    cells = "".join("<tr>" + "".join(f"<td>{_broken(escape(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    page = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>x</title></head><body>{body}<table>{cells}</table></body></html>'
    return page.encode(charset)


def markdown(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    out = [f"# {lines[0]}", "", *(f"{line}\n" for line in lines[1:])]
    if rows:
        out += ["", "| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
        out += ["| " + " | ".join(_broken(cell) for cell in row) + " |" for row in rows[1:]]
    return "\n".join(out).encode()


def _broken(cell: str) -> str:
    return cell.replace("\n", "<br>")


def ofd(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), width: int = 32) -> bytes:
    """A4 in millimetres, signs of 5 mm, rows of 9 mm, 25 rows a page; the table is ruled."""
    pages: list[list[str]] = [[]]
    y = 30.0
    for line in lines:
        for start in range(0, max(1, len(line)), width):
            if y > 255:
                pages.append([])
                y = 30.0
            pages[-1].append(said(line[start : start + width], 25.0, y))
            y += 9
    lefts = (25.0, 37.0, 100.0, 125.0, 157.0, 187.0)
    for row in rows:
        fits = [max(1, int((b - a - 2) / 4)) for a, b in zip(lefts, lefts[1:], strict=False)]
        parts = [
            [line[i : i + n] for line in cell.split("\n") for i in range(0, len(line), n)]
            for cell, n in zip(row, fits, strict=True)
        ]
        tall = 6 * max(len(part) for part in parts) + 2
        if y + tall > 265:
            pages.append([])
            y = 30.0
        for left, part in zip(lefts, parts, strict=False):
            pages[-1] += [said(piece, left + 1, y + 1 + 6 * n, 4) for n, piece in enumerate(part)]
        pages[-1] += [ruled(lefts[0], at, lefts[-1], at) for at in (y, y + tall)]
        pages[-1] += [ruled(left, y, left, y + tall) for left in lefts]
        y += tall
    for number, page in enumerate(pages, 1):
        page.append(said(f"— {number} —", 100.0, 280.0))
    return packed(["".join(page) for page in pages])


def said(text: str, x: float, y: float, size: float = 5) -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 160 8" Font="1" Size="{size}"><ofd:TextCode X="0" Y="{size}" '
        f'DeltaX="g {max(1, len(text) - 1)} {size}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def ruled(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" Stroke="true">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def packed(pages: Sequence[str]) -> bytes:
    """An OFD file of these pages, each the objects that stand on it."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for n, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="1">{page}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
