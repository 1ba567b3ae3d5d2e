"""Knows what stands before the tasks: title, issuer, number, dates, what has to be handed in, how often, whom to call."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from core.rules.notice.dates import FULL_DATE, deadline, full_date, weekday_differs
from core.rules.notice.marks import mark_of
from core.rules.notice.model import Contact, Submission
from core.rules.notice.shadow import Line, join, shadow, split_outside, squeeze

_KINDS = "通知|意见|通报|方案|办法|规定|要点|决定|函|公告|措施|清单|分解表|责任分解|计划|纲要"
_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,12}\s*[〔\[(]\s*\d{4}\s*[〕\])]\s*第?\s*\d+\s*号$")
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\([^()]*\))?$")
_ISSUER = re.compile(
    r"^(?P<who>[\u4e00-\u9fff\s、]{0,40}?(?:政府|办公室|办公厅|委员会|党委|区委|县委|市委|国务院|局|厅|办|指挥部|领导小组))关于"
)
_ORGAN = re.compile(r"^[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|国务院|局|厅|指挥部|领导小组)$")
_GLUED_TITLE = re.compile(rf"(?P<title>关于[^。]{{4,60}}(?:{_KINDS}))。.")
_PRINTED = re.compile(r"印\s*发$")
_SENTENCE_LENGTH = 600
_SENTENCE = re.compile(r"[^。;!?]*[。;!?]?")
_DAY = r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?:\([^)]*\))?|(?:\d{4}年)?\d{1,2}月(?:底|末|上旬|中旬|下旬)"
_HAND_IN = re.compile(
    rf"(?:于|在|务必于|须于|请于)?(?P<day>{_DAY})(?:[上下]午|\d{{1,2}}[:点时]\d{{0,2}}分?|下班|中午)*(?:之?前|以前)?,?(?P<body>[^。;]*?)(?P<verb>报送|上报|报至|报|反馈|提交|送交|送|填报)(?P<what>[^。;]*)"
)
_RECURRING = re.compile(
    r"(?:于|在)?(?P<day>每(?:个)?(?:季度?|月|半年|年)(?:末月|末|底|初)?(?:\(分别在(?P<months>[^)]*)\))?(?:末月)?(?:\d{1,2}日)?(?:之?前|以前)?)"
    r",?(?P<body>[^。;]*?)(?P<verb>报送|上报|书面报|报)(?P<what>[^。;]*)"
)
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


def read_cover(lines: list[Line], before: int) -> Cover:
    """The facts of the paper; `before` is the line of the first task or heading of tasks (dates may stand after it)."""
    cover = Cover()
    head = [line for line in lines if line.number < before]
    _title(cover, head)
    _dates(cover, lines, before)
    _addressees(cover, head)
    text_lines = _body(head)
    for number, text in text_lines:
        _hand_in(cover, number, shadow(squeeze(text)), squeeze(text))
    whole = shadow("".join(squeeze(text) for _, text in text_lines))
    for name, pattern in _FREQUENCIES:
        if name not in cover.frequencies and pattern.search(whole):
            cover.frequencies.append(name)
    _contacts(cover, whole)
    return cover


def _title(cover: Cover, head: list[Line]) -> None:
    start = 0
    for place, line in enumerate(head):
        if _NUMBER.match(squeeze(line.flat)):
            cover.number = squeeze(line.text)
            start = place + 1
            break
    found = _title_from(head, start) or _title_from(head, 0) or _titled(head)
    if found:
        cover.title, cover.issuer = found
    else:
        first = next(
            (
                line
                for line in head
                if line.flat.strip() and not _looks_like_prose(line.flat) and not full_date(line.flat)
            ),
            None,
        )
        cover.title = squeeze(first.text) if first and not first.text.isascii() else first.text.strip() if first else ""
    if not cover.issuer:
        organ = [squeeze(x.text) for x in head if _ORGAN.match(squeeze(x.flat)) and len(squeeze(x.flat)) < 30]
        cover.issuer = organ[-1] if organ else ""


def _title_from(head: list[Line], start: int) -> tuple[str, str] | None:
    for place in range(start, min(len(head), start + 40)):
        glued = _GLUED_TITLE.match(squeeze(head[place].flat))
        if glued:
            return squeeze(head[place].text)[: glued.end("title")], ""
        if "关于" not in head[place].flat or len(head[place].flat) > 120:
            continue
        text: list[str] = []
        for line in head[place : place + 6]:
            if not line.flat.strip():
                if text and _TITLE_END.search(squeeze(shadow(join(text)))):
                    break
                continue
            text.append(line.text)
            whole = squeeze(join(text))
            if _TITLE_END.search(shadow(whole).rstrip("。")) and not re.search(r"[。:]", shadow(whole)):
                who = _ISSUER.match(shadow(whole))
                before = head[place - 1].flat.strip() if place else ""
                if not who and _ORGAN.match(before) and shadow(whole).startswith("关于"):
                    return squeeze(before + whole), squeeze(before)
                return whole, whole[: who.end("who")] if who else ""
    return None


def _titled(head: list[Line]) -> tuple[str, str] | None:
    """The title that a page of Markdown gives itself."""
    for line in head:
        found = re.match(r"^title:\s*(\S.*)$|^#\s+(\S.*)$", line.text.strip())
        if found:
            return (found[1] or found[2]).strip("'\" "), ""
    return None


def _looks_like_prose(flat: str) -> bool:
    if flat.count("|") > 1 or len(re.findall(r"[\u4e00-\u9fffA-Za-z]", flat)) < 4:
        return True
    return bool(re.search(r"[。:]$", flat.strip())) or flat.startswith(("SOURCE", "附", "[")) or len(flat) > 80


def _dates(cover: Cover, lines: list[Line], before: int) -> None:
    """The signed date stands alone on its line; the date with 印发 is the printing; a web page's date is the last resort."""
    loose: list[tuple[int, date]] = []
    for line in lines:
        flat = squeeze(line.flat)
        day = full_date(line.flat) if len(flat) < 60 else None
        if not day:
            continue
        found = FULL_DATE.search(flat)
        if _PRINTED.search(flat):
            cover.printed_on = day
        elif found and found[0] == flat.strip("()"):
            if cover.issued_on is None or (cover.issued_line >= before > line.number):
                cover.issued_on, cover.issued_line = day, line.number
        elif line.number < before and re.search(r"发布|日期|时间|成文", flat):
            loose.append((line.number, day))
    if cover.issued_on is None and cover.printed_on:
        cover.issued_on, cover.issued_guess = cover.printed_on, True
    elif cover.issued_on is None and loose:
        cover.issued_line, cover.issued_on = loose[0]
        cover.issued_guess = True


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


def _hand_in(cover: Cover, number: int, flat: str, text: str) -> None:
    year = cover.issued_on.year if cover.issued_on else None
    for sentence in _SENTENCE.finditer(flat):
        if len(sentence[0]) > _SENTENCE_LENGTH:
            continue
        again = _RECURRING.search(sentence[0])
        found = _HAND_IN.search(sentence[0][: again.start()] if again else sentence[0])
        if found and not FULL_DATE.fullmatch(sentence[0]):
            _single(cover, number, found, text[sentence.start() : sentence.end()], year)
        if again:
            _recurring(cover, number, again, sentence[0], year)


def _single(cover: Cover, number: int, found: re.Match[str], text: str, year: int | None) -> None:
    if (
        not re.search(r"前|之前|以前", found.string[found.end("day") : found.end("day") + 4])
        and "于" not in found.string
    ):
        return
    due = deadline(found["day"], year)
    what = text[found.start("what") : found.end("what")].strip("。；，,;")
    if "《" not in what and not what.startswith("《"):
        body = text[found.start("body") : found.end("body")].removeprefix("前").strip("，,")
        taken = re.match(r"将(.+)$", body)
        handed = re.search(r"将([^。；;]+)$", text[: found.start("day")].rstrip("于在，,"))
        if taken or handed:
            what = (taken or handed)[1].strip("，,")  # type: ignore[index]
        else:
            named = re.findall(r"《[^》]*》(?:[（(][^）)]*[）)])?", text)
            what = what if "《" in what else (named[-1] if named and not what else what)
    due_text = text[found.start("day") : found.end("day")]
    due_text += (
        "前"
        if found.string[found.end("day") : found.end("day") + 3].startswith(("前", "之前", "以前", "下班前"))
        else ""
    )
    cover.submissions.append(Submission(what, _who(text[: found.start("day")]), due, due_text, line=number))
    if due is None:
        cover.doubts.append(("submission_date", number, due_text))
    elif weekday_differs(found["day"], due):
        cover.doubts.append(("weekday", number, due_text))
    elif cover.issued_on and due < cover.issued_on:
        cover.doubts.append(("due_before_issue", number, due_text))


def _who(head: str) -> str:
    found = re.findall(r"(?:各|请|由)?(各[^，,。；;、请将于在]{1,20}?(?:单位|部门|镇街|街道|企业))", head)
    return found[0] if found else ""


def _recurring(cover: Cover, number: int, found: re.Match[str], sentence: str, year: int | None) -> None:
    day = found["day"]
    frequency = "quarterly" if "季" in day else "half_yearly" if "半年" in day else "monthly" if "月" in day else ""
    if not frequency:
        return
    body = found["body"]
    taken = re.match(r"将(.+)$", body)
    what = taken[1] if taken else found["what"].strip("。;,")
    cover.submissions.append(
        Submission(what, _who(sentence[: found.start()]), None, day, frequency, _days(found, day, year), number)
    )
    if frequency not in cover.frequencies:
        cover.frequencies.append(frequency)


def _days(found: re.Match[str], day: str, year: int | None) -> tuple[date, ...]:
    if not year:
        return ()
    if found["months"]:
        months = re.findall(r"\d{1,2}", found["months"])
        days = [deadline(f"{month}月底", year) for month in months]
        return tuple(each for each in days if each)
    fixed = re.search(r"(\d{1,2})日", day)
    steps = {"季": (3, 6, 9, 12), "半": (6, 12)}.get("季" if "季" in day else "半" if "半年" in day else "", ())
    days = [deadline(f"{month}月{fixed[1]}日" if fixed else f"{month}月底", year) for month in steps]
    return tuple(each for each in days if each)


def _contacts(cover: Cover, whole: str) -> None:
    phones = tuple(
        dict.fromkeys(p.strip("-—") for found in _PHONES.finditer(whole) for p in _PHONE.findall(found["list"]))
    )
    emails = tuple(dict.fromkeys(_EMAIL.findall(whole)))
    names = [n for found in _CONTACT.finditer(whole) for n in re.split(r"[、,/]", found["name"])]
    if len(names) == 1 or (not names and (phones or emails)):
        cover.contacts.append(Contact(names[0] if names else None, phones, emails))
        return
    found = list(_CONTACT.finditer(whole))
    for place, each in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(whole)
        own = tuple(p for f in _PHONES.finditer(whole[each.end() : end]) for p in _PHONE.findall(f["list"]))
        for name in re.split(r"[、,/]", each["name"]):
            cover.contacts.append(Contact(name, own))
