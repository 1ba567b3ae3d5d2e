"""Knows how the unseen notices become files: merged cells, numbers that Word draws, ruled pages, cells without lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from fpdf import FPDF
from fpdf.fonts import FontFace
from openpyxl import Workbook

from core.papers.fonts import font_file
from tests.notice.papers import packed, ruled, said

UP, LEFT = "^", "<"
"""A cell that is merged with the one above it, or with the one on its left."""

Rows = Sequence[Sequence[str]]


def txt(text: str, encoding: str = "utf-8") -> bytes:
    return text.strip("\n").encode(encoding)


def areas(rows: Rows) -> list[tuple[int, int, int, int]]:
    """(row, column, last row, last column) of every merged area, from 0."""
    out = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in (UP, LEFT):
                continue
            right = c
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            down = r
            while down + 1 < len(rows) and c < len(rows[down + 1]) and rows[down + 1][c] == UP:
                down += 1
            if (down, right) != (r, c):
                out.append((r, c, down, right))
    return out


def word(*blocks: str | Rows) -> bytes:
    """Paragraphs (text) and tables (rows) in order."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            for line in block.strip("\n").split("\n"):
                document.add_paragraph(line)
            continue
        table = document.add_table(len(block), len(block[0]))
        for r, c, down, right in areas(block):
            table.cell(r, c).merge(table.cell(down, right))
        for r, row in enumerate(block):
            for c, cell in enumerate(row):
                if cell not in (UP, LEFT):
                    table.cell(r, c).text = cell
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def book(**sheets: Rows) -> bytes:
    """A workbook; a sheet whose name begins with an underscore is hidden."""
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        page = made.create_sheet(name.strip("_"))
        page.sheet_state = "hidden" if name.startswith("_") else "visible"
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row, 1):
                if cell not in (UP, LEFT, ""):
                    page.cell(r, c, cell)
        for r, c, down, right in areas(rows):
            page.merge_cells(start_row=r + 1, start_column=c + 1, end_row=down + 1, end_column=right + 1)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bars(heads: Sequence[str], rows: Rows, above: str) -> bytes:
    """A markdown file: some lines, then a table."""
    lines = [above, "", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in rows]
    return "\n".join(lines).encode()


def page(body: str, charset: str = "utf-8") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body>{body}</body></html>'.encode(charset)


def grid(rows: Rows) -> str:
    """An HTML table with rowspan and colspan."""
    spans = {(r, c): (down - r + 1, right - c + 1) for r, c, down, right in areas(rows)}
    out = ""
    for r, row in enumerate(rows):
        cells = ""
        for c, cell in enumerate(row):
            if cell not in (UP, LEFT):
                down, across = spans.get((r, c), (1, 1))
                cells += f'<td rowspan="{down}" colspan="{across}">{escape(cell)}</td>'
        out += f"<tr>{cells}</tr>"
    return f"<table>{out}</table>"


class _Sheet(FPDF):
    head = ""

    def header(self) -> None:
        if self.head:
            self.set_y(12)
            self.cell(0, 6, self.head, align="C")
            self.set_y(35)

    def footer(self) -> None:
        self.set_y(-20)
        self.cell(0, 8, f"第 {self.page_no()} 页 共 {{nb}} 页", align="C")


def pdf(
    *blocks: str | Rows, widths: Sequence[int] = (), head: str = "", size: float = 14, repeat: bool = False
) -> bytes:
    """Paragraphs and ruled tables on A4; `repeat` draws the heads of columns again on each page."""
    paper = _Sheet()
    paper.head = head
    paper.add_font("cn", fname=font_file())
    paper.set_font("cn", size=size)
    paper.set_margins(28, 35, 26)
    paper.set_auto_page_break(True, 35)
    paper.add_page()
    for block in blocks:
        if isinstance(block, str):
            for line in block.strip("\n").split("\n"):
                paper.multi_cell(0, size * 0.64, line, align="L", new_x="LMARGIN", new_y="NEXT")
            continue
        spans = {(r, c): (down - r + 1, right - c + 1) for r, c, down, right in areas(block)}
        with paper.table(col_widths=tuple(widths), headings_style=FontFace(), first_row_as_headings=repeat) as table:
            for r, row in enumerate(block):
                drawn = table.row()
                for c, cell in enumerate(row):
                    if cell not in (UP, LEFT):
                        down, across = spans.get((r, c), (1, 1))
                        drawn.cell(cell, rowspan=down, colspan=across)
    return bytes(paper.output())


def ofd(lines: str = "", rows: Rows = (), lefts: Sequence[float] = (), width: int = 32, size: float = 4) -> bytes:
    """A4 in millimetres; the table is ruled at `lefts`, cells merged downwards have no line below them."""
    pages: list[list[str]] = [[]]
    y = 30.0
    for line in lines.strip("\n").split("\n") if lines.strip() else ():
        for start in range(0, max(1, len(line)), width):
            if y > 255:
                pages.append([])
                y = 30.0
            pages[-1].append(said(line[start : start + width], 25.0, y, 5))
            y += 9
    for n, row in enumerate(rows):
        below = rows[n + 1] if n + 1 < len(rows) else [""] * len(row)
        fits = [max(1, int((b - a - 2) / size)) for a, b in zip(lefts, lefts[1:], strict=False)]
        parts = [_wrapped("" if cell == UP else cell, n) for cell, n in zip(row, fits, strict=True)]
        tall = (size + 2) * max(len(part) for part in parts) + 2
        for left, part in zip(lefts, parts, strict=False):
            pages[-1] += [said(piece, left + 1, y + 1 + (size + 2) * k, size) for k, piece in enumerate(part)]
        pages[-1] += [ruled(left, y, left, y + tall) for left in lefts]
        edges = list(zip(lefts, lefts[1:], strict=False))
        pages[-1] += [ruled(a, y, b, y) for (a, b), cell in zip(edges, row, strict=True) if cell != UP]
        y += tall
        if n + 1 == len(rows):
            pages[-1] += [ruled(a, y, b, y) for (a, b), cell in zip(edges, below, strict=True) if cell != UP]
    return packed(["".join(each) for each in pages])


def _wrapped(cell: str, width: int) -> list[str]:
    return [line[i : i + width] for line in cell.split("\n") for i in range(0, len(line), width)] or [""]
