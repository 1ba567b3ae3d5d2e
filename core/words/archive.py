"""Knows how an archive reads: its files' names, the page that says what is in it, the messages that carry it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.rules.office import Office
from core.rules.tasks import NoticeCard
from core.words.closing import name_of
from core.words.message import Message, Paper
from core.words.voice import Voice


def name(said: Voice, what: str, ending: str) -> str:
    """01-任务.xlsx; briefings and data in folders of their own."""
    return said.plain(f"archive.{what}", ending=ending)


def readme(said: Voice, office: Office, card: NoticeCard, papers: Sequence[Paper], now: datetime) -> dict[str, Any]:
    at = f"{office.local(now):%Y-%m-%d %H:%M}"
    lines = [said.plain("archive.title", title=name_of(said, card), office=office.name, at=at), ""]
    lines += [paper.name for paper in papers]
    return {"text": "\n".join([*lines, "", said.plain("archive.files")])}


def part_message(said: Voice, card: NoticeCard, papers: Sequence[Paper], number: int, count: int) -> Message:
    """One file of the archive; `number` counts from 1."""
    key = "archive.ready" if count == 1 else "archive.ready_part"
    text = said(key, title=name_of(said, card), n=len(papers), number=number, count=count)
    name = file_name(said, card, "" if count == 1 else f"-{number}")
    return Message(text, paper=Paper("archive.zip", name, zip_data(papers)))


def file_name(said: Voice, card: NoticeCard, mark: str = "") -> str:
    """归档-2023.zip; `mark` tells its parts apart."""
    return said.plain("archive.file", year=card.year, mark=mark)


def zip_data(papers: Sequence[Paper]) -> dict[str, Any]:
    return {"entries": [{"name": paper.name, "kind": paper.kind, "data": dict(paper.data)} for paper in papers]}
