"""Knows the title, the issuer and the number of a notice, as they stand above its text or in a web page's table."""

from __future__ import annotations

import re

from core.rules.notice.dates import full_date
from core.rules.notice.marks import mark_of
from core.rules.notice.shadow import Line, join, shadow, squeeze

_KINDS = "通知|意见|通报|方案|办法|规定|要点|决定|函|公告|措施|清单|分解表|责任分解|计划|纲要"
_SIGN = r"[\u4e00-\u9fff]{2,14}\s*\(\s*\d{4}\s*\)\s*第?\s*\d+\s*号|[\u4e00-\u9fff]{2,12}\[\d{4}\]第?\d+号"
_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,12}\s*[\[(]\s*\d{4}\s*[\])]\s*第?\s*\d+\s*号$")
_LABELLED_NUMBER = re.compile(rf"(?:文\s*号|字\s*号)\s*[\]|:\s]\s*(?P<number>{_SIGN})")
_NUMBER_BEFORE = re.compile(rf"^(?P<number>{_SIGN})\s*(?=《|[\u4e00-\u9fff]{{2,30}}关于)")
_NUMBER_BEHIND = re.compile(rf"(?:{_KINDS})\s*\((?P<number>{_SIGN})\)")
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\([^()]*\))?$")
_NAMED_END = re.compile(
    rf"(?:{_KINDS}|分工|任务分工|细则|台账|一览表|任务表|计划表|目标任务|重点工作|工作任务|责任书|任务书)(?:\([^()]*\))*$"
)
_ISSUER = re.compile(
    r"^(?P<who>[\u4e00-\u9fff\s、]{0,40}?(?:政府|办公室|办公厅|委员会|党委|区委|县委|市委|国务院|局|厅|办|指挥部|领导小组))关于"
)
_ORGAN = re.compile(r"^[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|国务院|局|厅|指挥部|领导小组)$")
_GLUED_TITLE = re.compile(rf"(?P<title>关于[^。]{{4,60}}(?:{_KINDS}))。.")
_PRINTED = re.compile(r"(?:现将|将)?《(?P<name>[^》]*(?:《[^》]*》|〈[^〉]*〉)?[^》]*)》[^。]{0,30}印发给你们")
_FIRST_LINES = 40


def title_of(head: list[Line]) -> tuple[str, str, str]:
    """(title, issuer, number) of what stands before the tasks; empty texts for what isn't found."""
    number, start = _number(head)
    found = _title_from(head, start) or _title_from(head, 0) or _titled(head) or _named(head)
    title, issuer = found if found else (_first(head), "")
    if not issuer:
        organ = [squeeze(x.text) for x in head if _ORGAN.match(squeeze(x.flat)) and len(squeeze(x.flat)) < 30]
        issuer = organ[-1] if organ else ""
    return _plain(title), issuer, number


def _number(head: list[Line]) -> tuple[str, int]:
    for place, line in enumerate(head):
        if _NUMBER.match(squeeze(line.flat)):
            return squeeze(line.text), place + 1
    for line in head[:_FIRST_LINES]:
        flat = line.flat.strip()
        found = _LABELLED_NUMBER.search(flat) or _NUMBER_BEFORE.search(flat) or _NUMBER_BEHIND.search(flat)
        if found:
            lead = len(line.flat) - len(line.flat.lstrip())
            return squeeze(line.text[lead + found.start("number") : lead + found.end("number")]), 0
    return "", 0


def _plain(title: str) -> str:
    """The title without a web page's label before it, its number and the marks around it."""
    flat = shadow(title)
    sign = _NUMBER_BEFORE.match(flat)
    if sign:
        title = title[sign.end() :]
    boxed = re.match(r"^[【\[][^】\]]{2,20}[】\]](?=.{8})", title)
    if boxed:
        title = title[boxed.end() :]
    label = re.match(r"^(?:名称|标题|题名)[:：]?(?=.{8})", title)
    if label:
        title = title[label.end() :]
    behind = re.search(rf"\s*\((?:{_SIGN})\)$", shadow(title))
    if behind and behind.start() > 8:
        title = title[: behind.start()]
    if title.startswith("《") and title.endswith("》") and title.count("《") == title.count("》"):
        title = title[1:-1]
    return title


def _title_from(head: list[Line], start: int) -> tuple[str, str] | None:
    for place in range(start, min(len(head), start + _FIRST_LINES)):
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
            plain = _plain(whole)
            flat = shadow(plain).rstrip("。").removesuffix("》")
            if _TITLE_END.search(flat) and not re.search(r"[。:]", shadow(plain)):
                who = _ISSUER.match(shadow(plain))
                before = head[place - 1].flat.strip() if place else ""
                if not who and _ORGAN.match(before) and shadow(plain).startswith("关于"):
                    return squeeze(before + plain), squeeze(before)
                return plain, plain[: who.end("who")] if who else ""
    return None


def _titled(head: list[Line]) -> tuple[str, str] | None:
    """The title that a page of Markdown gives itself."""
    for line in head:
        found = re.match(r"^title:\s*(\S.*)$|^#\s+(\S.*)$", line.text.strip())
        if found:
            return (found[1] or found[2]).strip("'\" "), ""
    return None


def _named(head: list[Line]) -> tuple[str, str] | None:
    """A line that ends as titles end; the one that the text itself says it sends out comes first."""
    lines = [line for line in head if _may_be_title(line)]
    whole = squeeze("".join(line.text for line in head))
    said = _PRINTED.search(whole)
    pairs = [squeeze(a.text + b.text) for a, b in zip(head, head[1:], strict=False)]
    if said:
        name = said["name"]
        if any(squeeze(line.text) == name for line in lines) or name in pairs:
            return name, ""
    found = next((line for line in lines if _NAMED_END.search(squeeze(line.flat))), None)
    return (squeeze(found.text), "") if found else None


def _may_be_title(line: Line) -> bool:
    flat = squeeze(line.flat)
    if (
        not 6 <= len(flat) <= 80
        or ">" in flat
        or mark_of(line.flat)
        or _looks_like_prose(line.flat)
        or full_date(line.flat)
    ):
        return False
    return not (
        _NUMBER.match(flat) or _ORGAN.match(flat) or flat.startswith(("•", "(", "附", "来源", "发布", "当前位置", "您"))
    )


def _first(head: list[Line]) -> str:
    """The first line that may be a title in a paper that doesn't say 关于."""
    for line in head:
        flat = squeeze(line.flat)
        if not flat or ">" in flat or _looks_like_prose(line.flat) or full_date(line.flat) or mark_of(line.flat):
            continue
        if _NUMBER.match(flat) or _ORGAN.match(flat) or flat.startswith(("•", "(", "当前位置", "您")):
            continue
        return line.text.strip() if line.text.isascii() else squeeze(line.text)
    return ""


def _looks_like_prose(flat: str) -> bool:
    if flat.count("|") > 1 or len(re.findall(r"[\u4e00-\u9fffA-Za-z]", flat)) < 4:
        return True
    return bool(re.search(r"[。:]$", flat.strip())) or flat.startswith(("SOURCE", "附", "[")) or len(flat) > 80
