"""Knows what stands before the tasks: title, issuer, number, dates, what has to be handed in, how often, whom to call."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from core.rules.notice.dates import FULL_DATE, english_day, full_date
from core.rules.notice.handing_in import submissions_in
from core.rules.notice.marks import mark_of
from core.rules.notice.model import Contact, Submission
from core.rules.notice.names import looks_like_unit
from core.rules.notice.shadow import Line, join, shadow, split_outside, squeeze
from core.rules.notice.title import title_of

_SIGNED = re.compile(
    r"(?:^|[。;:)\s])(?P<who>[\u4e00-\u9fff]{2,24})\s*(?P<day>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$"
)
_PRINTED = re.compile(r"印\s*发$")
_REPORTING = re.compile(r"报送|上报|[月季年]报|反馈|填报|报至|报(?=[市县区省州]|送|督)")
_FREQUENCIES = (
    ("monthly", re.compile(r"月报|每月|按月")),
    ("quarterly", re.compile(r"季报|每季|按季")),
    ("half_yearly", re.compile(r"半年报|每半年")),
)
_CONTACT = re.compile(
    r"联系人(?:及电话)?[::]\s*(?P<name>[\u4e00-\u9fff·]{2,4}(?:[、,/][\u4e00-\u9fff·]{2,4})*?)(?=[,。;、:\s\d(]|联系|电话|手机|$)"
)
_PHONES = re.compile(
    r"(?:电话|手机|号码|联系方式|传真)[::]?\s*(?P<list>\d[\d\-—]{4,14}(?:[,、;/\s或]+\d[\d\-—]{4,14})*)"
)
_PHONE = re.compile(r"\d[\d\-—]{4,14}")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_SALUTATION = re.compile(r"^(?:各|有关|相关|市|区|县|省).{1,80}:$")


@dataclass
class Cover:
    title: str = ""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    issued_guess: bool = False
    issued_line: int = 0
    printed_on: date | None = None
    addressees: tuple[str, ...] = ()
    submissions: list[Submission] = field(default_factory=list)
    frequencies: list[str] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    doubts: list[tuple[str, int, str]] = field(default_factory=list)


def read_cover(head: list[Line], lines: list[Line], before: int) -> Cover:
    """The facts of the paper: `head` stands before the tasks, whose first line is `before`; its date may stand after them."""
    cover = Cover()
    cover.title, cover.issuer, cover.number = title_of(head)
    _dates(cover, lines, before)
    _addressees(cover, head)
    text_lines = _body(head)
    for number, text in text_lines:
        bare = squeeze(text)
        found, doubts = submissions_in(shadow(bare), bare, cover.issued_on, number)
        cover.submissions += found
        cover.doubts += doubts
        cover.frequencies += [s.frequency for s in found if s.frequency and s.frequency not in cover.frequencies]
    whole = "".join(squeeze(text) for _, text in text_lines)
    for sentence in re.split(r"[。;]", shadow(whole)):
        if _REPORTING.search(sentence):
            cover.frequencies += [n for n, p in _FREQUENCIES if n not in cover.frequencies and p.search(sentence)]
    _contacts(cover, shadow(whole), whole)
    return cover


def _dates(cover: Cover, lines: list[Line], before: int) -> None:
    """The signed date stands alone on its line; the date with 印发 is the printing; a web page's date is the last resort."""
    loose: list[tuple[int, date]] = []
    for line in lines:
        flat = squeeze(line.flat)
        day = full_date(line.flat) if len(flat) < 60 else None
        if day is None and line.text.isascii() and cover.issued_on is None and len(flat) < 60 and line.number < before:
            cover.issued_on, cover.issued_line = english_day(line.text), line.number
        if not day:
            continue
        found = FULL_DATE.search(flat)
        if _PRINTED.search(flat):
            cover.printed_on = day
        elif found and found[0] == flat.strip("()"):
            if cover.issued_on is None or (cover.issued_line >= before > line.number):
                cover.issued_on, cover.issued_line = day, line.number
        elif line.number < before and (re.search(r"发布|日期|时间|成文", flat) or _signs(line.text, flat)):
            loose.append((line.number, day))
    if cover.issued_on is None and cover.printed_on:
        cover.issued_on, cover.issued_guess = cover.printed_on, True
    elif cover.issued_on is None and loose:
        cover.issued_line, cover.issued_on = loose[0]
        cover.issued_guess = True


def _signs(text: str, flat: str) -> bool:
    """甲办公室 2026年2月27日 at the end of a line: an office signs, though not on a line of its own."""
    found = _SIGNED.search(shadow(text).strip())
    return found is not None and looks_like_unit(found["who"]) and flat.endswith(squeeze(found["day"]))


def _addressees(cover: Cover, head: list[Line]) -> None:
    for line in head:
        flat = squeeze(line.flat)
        if _SALUTATION.match(flat):
            cover.addressees = tuple(p for p in split_outside(squeeze(line.text).rstrip("：:"), "、,，;；") if p)
            return


def _body(head: list[Line]) -> list[tuple[int, str]]:
    """Paragraphs with wraps joined: a line that doesn't end a sentence goes on in the next."""
    out: list[tuple[int, str]] = []
    for line in head:
        text = line.text.strip()
        if not text:
            continue
        ended = not out or re.search(r"[。;!?:]$", shadow(out[-1][1])) or len(out[-1][1]) < 12 or mark_of(line.flat)
        if not ended and not FULL_DATE.fullmatch(squeeze(shadow(out[-1][1]))):
            out[-1] = (out[-1][0], join([out[-1][1], text]))
        else:
            out.append((line.number, text))
    return out


def _contacts(cover: Cover, whole: str, text: str) -> None:
    phones = tuple(
        dict.fromkeys(p.strip("-—") for found in _PHONES.finditer(whole) for p in _PHONE.findall(found["list"]))
    )
    emails = tuple(dict.fromkeys(_EMAIL.findall(whole)))
    found = list(_CONTACT.finditer(whole))
    named = [re.split(r"[、,，/]", text[each.start("name") : each.end("name")]) for each in found]
    names = [name for each in named for name in each]
    if len(names) == 1 or (not names and (phones or emails)):
        cover.contacts.append(Contact(names[0] if names else None, phones, emails))
        return
    for place, each in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(whole)
        own = tuple(p for f in _PHONES.finditer(whole[each.end() : end]) for p in _PHONE.findall(f["list"]))
        for name in named[place]:
            cover.contacts.append(Contact(name, own))
