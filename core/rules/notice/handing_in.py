"""Knows the sentences that say what has to be handed in, by whom, until when and how often."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from core.rules.notice.dates import FULL_DATE, deadline, weekday_differs
from core.rules.notice.model import Submission
from core.rules.notice.shadow import shadow

_SENTENCE_LENGTH = 600
_SENTENCE = re.compile(r"[^。;!?]*[。;!?]?")
_DAY = (
    r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?:\([^)]*\))?"
    r"|(?:\d{4}年)?\d{1,2}月(?:底|末|上旬|中旬|下旬)"
)
_EACH = (
    r"每(?:个)?(?:季度?|月|半年|年)(?:(?:最后|末|第)[一1]?个?月|首月)?的?(?:末月|末|底|初)?"
    r"(?:\(分别在(?P<months>[^)]*)\))?(?:末月)?(?:\d{1,2}[日号])?"
)
_WHEN = re.compile(
    rf"(?P<at>于|在|务必于|务于|须于|请于)?(?P<day>(?P<each>{_EACH})|(?P<list>(?:{_DAY})(?:(?:、|及|和|,)+(?:{_DAY}))+)|{_DAY})"
    r"(?P<hour>(?:[上下]午|\d{1,2}[:点时]\d{0,2}分?|下班|中午)*)(?P<before>(?:之?前|以前|内)?)"
)
_VERB = re.compile(
    r"报送|上报|书面报|报至|报给|反馈|提交|送交|填报|(?<![月季年])报(?!告|表|刊|批|名|道|销|废|警|国务院审批|备案?$)|送(?=[市县区省州至到交]|督查)"
)
_APPROVED = re.compile(
    r"[,，]?(?:经|报)[^,，]*?(?:审定|审核|审查|审签|签字|同意|把关)[^,，]*?后?(?=[,，]|$)|[,，](?:以|通过|并以)[^,，]*$"
)
_APPROVED_BEFORE = re.compile(r"经[^,]{1,24}(?:审定|审核|审查|同意|签字|把关)后的")
_OF_SUBJECT = re.compile(r"(?:单位|部门|乡镇|街道|各地)的?(?P<what>[^,，、]{2,30}?)(?:务|须|应|要|请)?$")
_TAKEN = re.compile(r"将(?P<what>.+)$")
_TAKEN_BEFORE = re.compile(r"将(?P<what>[^;]+?),?(?:务必|务|须|请)?$")
_PAPER = re.compile(r"《[^》]*》(?:[（(][^）)]*[）)])?")
_WHO = re.compile(r"(?P<who>各[^,。;、请将于在]{1,20}?(?:单位|部门|镇街|街道|企业|乡镇|地区))")


def submissions_in(
    flat: str, text: str, issued_on: date | None, line: int
) -> tuple[list[Submission], list[tuple[str, int, str]]]:
    """What a paragraph (shadowed, and as it stands) says has to be handed in, and what is unsure: (kind, line, what)."""
    found: list[Submission] = []
    doubts: list[tuple[str, int, str]] = []
    for sentence in _SENTENCE.finditer(flat):
        if 0 < len(sentence[0]) <= _SENTENCE_LENGTH and not FULL_DATE.fullmatch(sentence[0]):
            own = text[sentence.start() : sentence.end()]
            for made, doubt in _of_sentence(sentence[0], own, issued_on):
                found.append(replace(made, line=line))
                doubts += [(doubt, line, made.due_text)] if doubt else []
    return found, doubts


def _of_sentence(flat: str, text: str, issued_on: date | None) -> list[tuple[Submission, str]]:
    out = []
    start = 0
    for verb in _VERB.finditer(flat):
        days = [day for day in _WHEN.finditer(flat, start, verb.start()) if day["before"] or day["at"] or day["each"]]
        if not days:
            continue
        day = days[-1]
        what = _what(flat, text, day, verb, start)
        who = _who(text[: day.start()])
        out.append(_made(flat, text, day, what, who, issued_on))
        start = verb.end()
    return out


def _made(
    flat: str, text: str, day: re.Match[str], what: str, who: str, issued_on: date | None
) -> tuple[Submission, str]:
    year = issued_on.year if issued_on else None
    words = text[day.start("day") : day.end("day")]
    if day["each"]:
        each = day["each"]
        rhythm = (
            "quarterly" if "季" in each else "half_yearly" if "半年" in each else "monthly" if "月" in each else None
        )
        return Submission(
            what, who, None, words + text[day.start("before") : day.end("before")], rhythm, _days(day, year)
        ), ""
    if day["list"]:
        dates = _listed(day["list"], year)
        return Submission(what, who, None, words + "前", "quarterly" if len(dates) >= 3 else None, dates), ""
    due = deadline(day["day"], year)
    before = "前" if "前" in day["before"] else ""
    doubt = ""
    if due is None:
        doubt = "submission_date"
    elif weekday_differs(day["day"], due):
        doubt = "weekday"
    elif issued_on and due < issued_on:
        doubt = "due_before_issue"
    return Submission(what, who, due, words + before), doubt


def _what(flat: str, text: str, day: re.Match[str], verb: re.Match[str], start: int) -> str:
    """What is handed in: behind 将, else the paper that is named, else what the verb governs, else the subject's own."""
    taken = _TAKEN.search(flat, day.end(), verb.start()) or _TAKEN_BEFORE.search(flat, start, day.start())
    if taken:
        start = taken.start("what")
        before = _APPROVED_BEFORE.match(flat, start, taken.end("what"))
        start = before.end() if before else start
        what = _APPROVED.split(flat[start : taken.end("what")])[0]
        return text[start : start + len(what)].strip("，,。；; ")
    after = text[verb.end() :].strip("。；;，, ")
    named = _PAPER.match(after)
    if named:
        return after if len(after) <= named.end() + 40 else named[0]
    papers = _PAPER.findall(text[start : verb.start()])
    if papers and day.start() > 0:
        return str(papers[-1])
    subject = _OF_SUBJECT.search(flat[start : day.start()])
    if subject and re.match(r"(?:至|给|送|各|市|县|区|省|州)", shadow(after)):
        return text[start + subject.start("what") : start + subject.end("what")]
    return after or "".join(papers[-1:])


def _who(text: str) -> str:
    found = _WHO.search(shadow(text))
    return text[found.start("who") : found.end("who")] if found else ""


def _listed(text: str, year: int | None) -> tuple[date, ...]:
    """The days of a list; one without a year has the year of the one before it."""
    out = []
    for found in re.finditer(_DAY, text):
        day = deadline(found[0], year)
        if day:
            out.append(day)
            year = day.year
    return tuple(out)


def _days(found: re.Match[str], year: int | None) -> tuple[date, ...]:
    each = found["each"]
    if not year:
        return ()
    if found["months"]:
        days = [deadline(f"{month}月底", year) for month in re.findall(r"\d{1,2}", found["months"])]
        return tuple(each for each in days if each)
    fixed = re.search(r"(\d{1,2})[日号]", each)
    first = re.search(r"首月|第[一1]个?月|初", each)
    steps: tuple[int, ...] = (3, 6, 9, 12) if "季" in each else (6, 12) if "半年" in each else ()
    if first and steps:
        steps = (1, 4, 7, 10) if "季" in each else (1, 7)
    days = [deadline(f"{month}月{fixed[1]}日" if fixed else f"{month}月底", year) for month in steps]
    return tuple(each for each in days if each)
