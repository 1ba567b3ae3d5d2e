"""Knows the sentences of a notice that say for all tasks who leads: 列首位为牵头单位，下同; 带*的为牵头单位."""

from __future__ import annotations

import re

from core.rules.notice.shadow import shadow, squeeze

_PLACE_OF_LEAD = r"(?:列|排|名列|排名|排序|位列|位居)?(?:在|名|于|序)?(?:最前|首|第一)(?:面|位|个|名|家|顺位)?(?:者|的)?(?:责任|承办|工作)?(?:单位|部门)?(?:的)?"
_RULE = re.compile(
    rf"(?:除[^,。;()、]{{2,18}}外,)?(?:[^,。;()、]{{0,12}}?){_PLACE_OF_LEAD}(?:即)?(?:为|是|作为|系)(?:该项|本项|各项|该|总)?(?:工作|任务|事项)*的?(?:牵头|主办|主要责任|主责|总牵头)(?:责任|负责|汇总)?(?:(?:或|和|及|、)汇总)?"
    r"(?:单位|部门|处室|科室|股室|站所|(?=[).,;。]|$))(?:(?:或|和|及|、)汇总单位)?(?:,(?:其他|其余)[^,。;()]{0,16}(?:配合|协办|参与|责任|协同)(?:责任)?(?:单位|部门))?(?:[,。;](?:以)?下同)?"
)
_OF_SEVERAL = re.compile(
    r"(?P<whose>主要责任|主责|牵头|责任|承办)(?:单位|部门)(?:为|是|有|涉及)?(?:多[个家]|[两二2][个家](?:及?以上)?)(?:单位|部门)?的?,(?:由)?"
    rf"{_PLACE_OF_LEAD}(?:负责|作为|为)?(?:总?牵头|汇总|主办|抓总)[^,。;]{{0,8}}"
)
"""主要责任单位为多家的，排在第一位的负责牵头汇总: also of several units under a label or a head of the lead the first leads."""

_STAR_RULE = re.compile(
    r"(?:带|标|加|标注|打)[“\"]?[*★▲#][”\"]?(?:号|者|的)*(?:单位|部门)?(?:的)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)"
)


def lead_rule(text: str) -> str | None:
    """The sentence that says the first listed unit leads (列首位为牵头单位，下同), as written; None where there is none."""
    found = _RULE.search(shadow(text)) or _OF_SEVERAL.search(shadow(text))
    return squeeze(text[found.start() : found.end()]) if found else None


def orders_leads(rule: str) -> bool:
    """True for a rule by which the first of several leads is the lead, and the others help."""
    found = _OF_SEVERAL.match(shadow(rule))
    return bool(found) and found["whose"] not in ("责任", "承办")  # type: ignore[index]


def star_rule(text: str) -> str | None:
    """The sentence that says a star marks the lead unit (带*的为牵头单位); None where there is none."""
    found = _STAR_RULE.search(shadow(text))
    return squeeze(text[found.start() : found.end()]) if found else None


def shown_rule(text: str) -> str | None:
    """The sentence that says which way of printing marks the lead unit (黑体为牵头单位), which no text shows; None where there is none."""
    found = _SHOWN_RULE.search(shadow(text))
    return squeeze(text[found.start() : found.end()]) if found else None


_SHOWN_RULE = re.compile(
    r"(?:黑体|加黑|加粗|粗体|标红|红色|红字|斜体|(?:下|加|画|划)横?线|底纹|阴影)[^。;]{0,8}(?:为|系|是|表示)[^。;]{0,4}(?:牵头|主办|主责|第一责任)[^。;]{0,8}"
)


def without_rule(text: str) -> str:
    """The text without that sentence and the brackets that held nothing else."""
    found = _RULE.search(shadow(text))
    if not found:
        return text
    cut = text[: found.start()].rstrip(" 。，,；;") + text[found.end() :].lstrip(" 。，,；;")
    return re.sub(r"[（(]\s*[）)]", "", cut)
