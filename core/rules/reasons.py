"""Knows where a unit says in its own words what holds a task up."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。；;!！?？\n]+[。！!？?]?")
_STRONG = re.compile(
    r"(?<!原)因(?!此|而|地制宜|素|子)|由于|受.{1,16}(?:影响|制约|限制)|困难|滞后|问题(?:是|为|在于|：)|存在.{0,12}问题|堵点|难点|瓶颈|延误|推迟|"
    r"未能|不到位|尚未|暂未|短缺|不足|卡在|\b(?:because|due to|owing to|delay(?:ed)?|behind|difficult\w*|problems?|shortage|blocked)\b",
    re.IGNORECASE,
)
_SOLVED = re.compile(
    r"(?:解决|破解|克服|化解|整改|排查|梳理|发现).{0,12}(?:问题|困难|难点|堵点|瓶颈)|不因|问题导向", re.IGNORECASE
)


def stated_reason(text: str, size: int = 120) -> str:
    """The sentences in which the text names a hindrance, word for word, at most `size` characters; "" where none does.

    What is told as solved is no hindrance.
    """
    found = [
        sentence.group().strip(" ，,、\t")
        for sentence in _SENTENCE.finditer(text)
        if _STRONG.search(_SOLVED.sub("", sentence.group()))
    ]
    quoted = ""
    for sentence in found:
        if quoted and len(quoted) + len(sentence) > size:
            break
        quoted += sentence
    return quoted if len(quoted) <= size else quoted[: size - 1] + "…"
