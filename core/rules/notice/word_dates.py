"""Knows the dates that stand in a task's own words, and when one of them is surely its deadline."""

from __future__ import annotations

import re
from datetime import date

from core.rules.notice.dates import deadline
from core.rules.notice.model import DateInText
from core.rules.notice.shadow import shadow, squeeze
from core.rules.notice.year_ends import WITHIN

_HOLIDAYS = {"五一": (5, 1), "十一": (10, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1), "元旦": (1, 1)}
_HOLIDAY = re.compile(r"[“\"](?P<day>五一|十一|七一|八一)[”\"](?:之?前|以前)|(?P<plain>国庆节?|元旦)(?:之?前|以前)")
_DONE = (
    r"(?:全面|正式|基本|全部|顺利|力争|确保|如期|按时|一次性|高质量)*(?:完成|建成|投产|投用|投入|竣工|完工|验收|迎接|通车|通水|通气|并网|开工|动工|启用|启动|运营|开通|达产|上线|挂牌|投运|"
    r"交付|办结|办理完毕|到位|见效|达标|销号|清零|出台|印发|达到|实现|具备|整改)"
)
"""What is to have happened by a date that has no 前 behind it."""

_PART = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:[上下中]午)?(?:\d{1,2}[时点:]\d{0,2}分?)?|底|末|[上中下]旬|份)?|年底|年末|上半年|第?[一二三四]季度末?"
_DATED = re.compile(
    rf"(?=[\d年上第明次今本一二三四五六七八九十])(?:\d{{4}}年(?:底|末)(?:之?前|以前)|(?:(?:\d{{4}}|1\d\d)年|明年|次年|今年|本年)?(?:{_PART})(?:之?前|以前)"
    rf"|(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?=[\u4e00-\u9fff]{{2,4}}前{_DONE})"
    rf"|(?<![\d\-—–~至到])(?:\d{{4}}年)?(?:\d{{1,2}}月(?:\d{{1,2}}日|底|末)|\d{{4}}年(?:底|末)|(?<![半几一二三四五])年底|年末|第?[一二三四]季度末?|(?:(?<=^)|(?<=[,。;]))上半年)(?={_DONE})"
    rf"|(?:(?<=^[到至])|(?<=[,。;:][到至]))(?:\d{{4}}年)?(?:\d{{1,2}}月(?:\d{{1,2}}日|底|末)|\d{{4}}年(?:底|末)|年底|年末)(?![前之以至到\-—]))"
)
"""6月底前; 11月15日供暖前完成; 二季度完成; 到2025年底."""

_MONTH = re.compile(
    r"(?<![\d-])(?:\d{4}年)?\d{1,2}月(?=(?:全面|正式|基本|全部|顺利)*(?:完成|建成|投产|投用|投入|竣工|完工|验收|迎接|通车|开工|启用|运营|开通|达产|上线|挂牌|交付))"
)
"""9月投产: a month with nothing behind it but what is to happen then."""

_DATED_ENGLISH = re.compile(
    r"\b(?:by|before|no later than|not later than) (?:the )?(?:(?:end|start|close) of )?"
    r"(?P<day>(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?20\d\d|Q[1-4],? 20\d\d|20\d\d)\b"
)
_TIME = re.compile(r"月|季|半年|年[底末内]|国庆|元旦|[一十七八][”\"]")
"""What every such date has in it."""

_UP_TO = re.compile(
    r"^(?:(?:以上|上述)?(?:各项|全部|所有)?(?:工作|任务|事项|整改|问题)?|(?:并)?(?:务必|必须|须|要|应)?(?:确保)?(?:于|在|到)?)$"
)
"""What may stand in its clause before a date that is the deadline of the whole task."""

_BY_THEN = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}前|之前|以前|前)?(?:全面|正式|基本|全部|顺利|如期|按时|一次性|高质量)*(?P<verb>完成|办结|完工|竣工|建成|通车|通水|通气|交付|投用|投入使用|投入运营|投产|达产|并网|启用|开通|实现|"
    r"整改到位|落实到位|整改完毕|办理完毕|到位|清零|销号|印发|出台|发挥效益|见效|验收|投运|具备|全容量并网)"
)
_WHOLE = frozenset("完成 办结 完工 竣工 整改到位 落实到位 整改完毕 办理完毕 到位 销号".split())
"""Said of all that stands before them, where nothing stands behind them."""

_PLAIN = re.compile(r"[\d一二三四五六七八九十]月|季度|上半年|年底|年末|\d年末")
"""A day, a month or a quarter; what a holiday is called or 年内 is asked about."""

_LIST = re.compile(r"\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]是|(?:^|[。;:])\d{1,2}[.、](?!\d)")
_TITLE = 30
"""Characters of a title before the words of a task."""


def dates_in_words(content: str, due_text: str, year: int | None) -> list[DateInText]:
    """The dates that a content mentions, in order, without those that its deadline's wording says."""
    flat = shadow(squeeze(content))
    found: list[tuple[int, str, date | None]] = []
    if _TIME.search(flat):
        if "前" in flat:
            found += [(m.start(), m[0], _holiday(m, year)) for m in _HOLIDAY.finditer(flat)]
        found += [(m.start(), m[0], deadline(m[0], year)) for m in _DATED.finditer(flat)]
        starts = {start for start, _, _ in found}
        if not due_text:
            found += [(m.start(), m[0], deadline(m[0], year)) for m in _MONTH.finditer(flat) if m.start() not in starts]
        if "年内" in flat and not due_text:
            found += [(m.start(), m[0], deadline(m[0], year)) for m in WITHIN.finditer(flat)]
    if " 20" in content:
        found += [(m.start(), m["day"], deadline(m["day"], year)) for m in _DATED_ENGLISH.finditer(content)]
    said = shadow(squeeze(due_text))
    return [
        DateInText(text, iso) for _, text, iso in sorted(found, key=lambda each: each[0]) if squeeze(text) not in said
    ]


def deadline_in_words(content: str, dates: list[DateInText]) -> str:
    """ "sure", "likely" or "": whether the only date of a content is by when all of it is to be done.

    Sure: the last clause says that and nothing else (…，6月底前全部完成。). Likely: the first or last clause says what is done by then.
    """
    if len(dates) != 1 or dates[0].iso is None or not _PLAIN.search(dates[0].text) or content.isascii():
        return ""
    flat = shadow(squeeze(content)).rstrip("。;")
    start = flat.find(dates[0].text)
    end = start + len(dates[0].text)
    opens = max(flat.rfind(sign, 0, start) for sign in ",。;:") + 1
    closes = min((place for sign in ",。;" if (place := flat.find(sign, end)) > 0), default=len(flat))
    then = _BY_THEN.match(flat[end:closes])
    before = flat[opens:start]
    single = opens == 0 and closes == len(flat) and "力争" not in before and "每" not in before
    if start < 0 or not then or not (single or _UP_TO.match(before)):
        return ""
    for_all = before.startswith(("以上", "上述", "各项", "全部", "所有"))
    if _LIST.search(flat) and not for_all:
        return ""
    alone = then["verb"] in _WHOLE and then.end() == closes - end
    if closes == len(flat):
        return "sure" if alone else "likely"
    sentence = flat.rfind("。", 0, start) + 1
    first = opens == sentence and sentence <= _TITLE and "。" not in flat[closes:]
    return "likely" if first else ""


def _holiday(found: re.Match[str], year: int | None) -> date | None:
    if year is None:
        return None
    name = found["day"] or found["plain"].removesuffix("节")
    month, day = _HOLIDAYS[name]
    return date(year + (name == "元旦"), month, day)
