"""Knows why a notice file can't be read."""

from __future__ import annotations

TEXT_LIMIT = 1_500_000
"""Characters of text; a notice of ten thousand tasks has about a million."""


LINES = 50_000
"""Paragraphs and rows; a notice of ten thousand tasks has thirty thousand."""

PARAGRAPH = 100_000
"""Characters of one paragraph; a whole notice that lost its lines has some twenty thousand."""


class UnreadableNotice(Exception):
    """The file can't be read as a notice; say it as `voice(lang)("notice." + reason_key, **values)`.

    reason_key: empty | too_big (size, limit: MB) | too_much_text (limit: 10,000 characters) | encrypted | broken (suffix) | unsafe (what) | encoding |
    old_word (suffix) | old_excel (suffix) |
    macros | picture | scanned | scanned_pages (pages) | pdf_fonts | too_many_pages (limit) | too_many_rows (limit) | too_many_lines (limit) |
    long_line (limit: 10,000 characters) |
    wrong_type (suffix).
    """

    def __init__(self, reason_key: str, **values: object) -> None:
        super().__init__(reason_key)
        self.reason_key = reason_key
        self.values = values
