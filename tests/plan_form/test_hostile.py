"""Hostile files that pretend to be a form are refused with a reason, before they cost anything."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook

from core.papers.notice import UnreadableNotice
from core.papers.plan_in import read_plan_file
from tests.chat.world import World


def book(*rows: tuple[object, ...]) -> bytes:
    """A small workbook."""
    made = Workbook()
    for row in rows or (("工作内容", "新建食堂"), ("3月", "选址")):
        made.active.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """The archive with its parts changed and others added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def same(name: str, data: bytes) -> bytes:
    return data


def bomb() -> bytes:
    return rewritten(book(), lambda name, data: b" " * 300_000_000 if name.endswith("sheet1.xml") else data)


def entities() -> bytes:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    return rewritten(book(), lambda name, data: evil if name.endswith("sheet1.xml") else data)


def late_entities() -> bytes:
    """The declaration hidden behind a long comment."""
    evil = b'<?xml version="1.0"?><!--' + b"x" * 5000 + b'--><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    return rewritten(book(), lambda name, data: evil if name.endswith("sheet1.xml") else data)


def many_rows() -> bytes:
    return book(*(("工作", n) for n in range(25_000)))


def macros() -> bytes:
    return rewritten(book(), same, {"xl/vbaProject.bin": b"macro"})


def many_parts() -> bytes:
    return rewritten(book(), same, {f"xl/media/{n}.bin": b"" for n in range(3100)})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, "unsafe"),
        (entities, "unsafe"),
        (late_entities, "unsafe"),
        (many_rows, "too_many_rows"),
        (macros, "macros"),
        (many_parts, "unsafe"),
        (lambda: b"PK\x03\x04" + b"x" * 100, "broken"),
        (lambda: b"", "empty"),
        (lambda: book()[:-300], "broken"),
    ],
)
def test_it_is_refused_and_says_why(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(UnreadableNotice) as refusal:
        read_plan_file(make(), "推进计划表.xlsx")
    assert refusal.value.reason_key == reason


def test_a_sheet_that_claims_a_million_empty_rows_is_read_as_far_as_it_goes() -> None:
    made = Workbook()
    made.active.append(["工作内容", "新建食堂"])
    made.active.cell(1_048_576, 1).value = "x"
    out = BytesIO()
    made.save(out)
    assert read_plan_file(out.getvalue(), "x.xlsx") == []


def test_names_that_climb_out_of_the_archive_go_nowhere() -> None:
    assert read_plan_file(rewritten(book(), same, {"../../etc/evil": b"x", "/abs": b"y"}), "../../x.xlsx") == []


async def test_the_chat_says_why_and_goes_on(world: World) -> None:
    contact = world.of("区民政局")
    assert "有宏" in await contact.send(files=[("附件.xlsm", macros())])
    assert "不安全的结构" in await contact.send(files=[("附件.xlsx", bomb())])
    assert "推进计划" in await contact.send("/plan")
