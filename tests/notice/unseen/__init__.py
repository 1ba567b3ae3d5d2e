"""Notices of layouts from elsewhere, written with what must be read in them before the reader saw them."""

from tests.notice.unseen import (
    first_english,
    first_lines,
    first_pages,
    first_tables,
    second_lines,
    second_tables,
    tables_first,
    tables_held,
    tables_second,
    tables_third,
    third,
)

SETS = {
    "first": (*first_lines.PAPERS, *first_tables.PAPERS, *first_pages.PAPERS, *first_english.PAPERS),
    "second": (*second_lines.PAPERS, *second_tables.PAPERS),
    "third": third.PAPERS,
    "tables_first": tables_first.PAPERS,
    "tables_second": tables_second.PAPERS,
    "tables_third": tables_third.PAPERS,
    "tables_held": tables_held.PAPERS,
}
