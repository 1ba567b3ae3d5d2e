"""Makes examples/notice.docx out of examples/notice.txt: one paragraph a line, the annex form as a real table.

Run it after changing the text: `python examples/make_docx.py`.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document

HERE = Path(__file__).parent


def main() -> None:
    document = Document()
    rows: list[list[str]] = []
    for line in (HERE / "notice.txt").read_text(encoding="utf-8").split("\n"):
        if "\t" in line:
            rows.append(line.rstrip("\t").split("\t"))
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.strip():
            document.add_paragraph(line)
    document.save(str(HERE / "notice.docx"))


def _add_table(document, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=len(rows), cols=2)
    table.style = "Table Grid"
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text


if __name__ == "__main__":
    main()
