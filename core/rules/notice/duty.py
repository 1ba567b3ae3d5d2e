"""Knows how a notice says who does a task: labels, brackets, verbs, the rule of the first listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.names import fill_prefixes, is_group, looks_like_unit, names_in
from core.rules.notice.shadow import shadow, split_outside, squeeze

LEAD, CO, RESPONSIBLE, LEADER, DUE = "lead", "co", "responsible", "leader", "due"

_WORDS = {
    LEADER: "牵头负责领导|牵头区领导|牵头市领导|牵头县领导|牵头领导|责任领导|分管领导|领衔领导|包联领导|联系领导|督办领导|主抓领导",
    LEAD: "牵头责任单位|牵头责任部门|牵头负责单位|牵头单位|牵头部门|主要责任单位|主办单位|主责单位|主责部门|第一责任单位|首要责任单位|责任牵头单位|总牵头单位|牵头主体",
    CO: "协同责任单位|配合责任单位|协办责任单位|配合单位|配合部门|协办单位|协办部门|协同单位|协同部门|参与单位|参与部门|参加单位|协助单位|会办单位|共同责任单位",
    RESPONSIBLE: "责任单位|责任部门|责任主体|承办单位|落实单位|实施单位|负责单位|责任分工|牵头及责任单位|牵头和责任单位|单位",
    DUE: "完成时限|完成时间|时限要求|办结时限|完成期限|时间要求|时间节点|计划完成时间|进度安排|时限",
}
_ENGLISH = {
    LEAD: "Lead agency|Lead party|Lead unit|Lead",
    CO: "Supporting agencies|Supporting|Support|Partners",
    RESPONSIBLE: "Responsible party|Responsible agency|Responsible|Owner",
    DUE: "Target date|Due date|Due|Deadline",
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}


_KIND |= {squeeze(word).lower(): kind for kind, words in _ENGLISH.items() for word in words.split("|")}


def _spaced(word: str) -> str:
    return r"\s*".join(word)


_ALL = "|".join(_spaced(w) for w in sorted(_KIND, key=len, reverse=True) if w != "单位" and not w.isascii())
_ALL_ENGLISH = "|".join(sorted("|".join(_ENGLISH.values()).split("|"), key=len, reverse=True))
LABEL = re.compile(
    rf"\[?(?P<word>{_ALL})\]?\s*[::]|\[(?P<boxed>{_ALL})\]\s*|(?:(?<=^)|(?<=[.;]\s))\**(?P<english>{_ALL_ENGLISH})\**:\**"
)
_RULE = re.compile(
    r"(?:[^,。;()、]{0,12}?)(?:列|排)?(?:在|名|于)?(?:首|第一)(?:位|个|名|家)?(?:者|的)?(?:责任)?(?:单位|部门)?(?:的)?(?:即)?为(?:总)?(?:牵头|主办|主要责任)(?:责任)?(?:单位|部门)(?:,(?:以)?下同)?"
)
_VERB = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?:要)?(?:按照?|根据)?(?:各自)?(?:的)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|协同)?"
    r"(?P<verb>牵头负责|牵头落实|牵头推进|牵头|主办|配合落实|配合|参与|协助|协办|协同|参加|结合实际落实|抓好落实|落实|负责|按职责分工|实施)$"
)
_TIMED = re.compile(
    r"^(?:于|在|确保|力争)?(?:\d{4}年|\d{1,2}月|[一二三四五六七八九十]{1,3}月|年底|年内|上半年|下半年|第?[一二三四]季度)[^、]{0,16}$"
    r"|^(?:长期|持续|全年|常年)(?:坚持|推进|实施|开展|抓好|落实)?$"
)
_MARKED = re.compile(r"\((?P<part>牵头|牵头单位|主办|主办单位|配合|协办)\)$")
_STAR = re.compile(r"^[*★▲#]|[*★▲#]$")
_STAR_RULE = re.compile(
    r"(?:带|标|加|标注|打)[“\"]?[*★▲#][”\"]?(?:号|者|的)*(?:单位|部门)?(?:的)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)"
)
_ETC = re.compile(r"等(?:\d+个)?(?:有关|相关)?(?:单位|部门)?$")
_BRACKET_VERB = re.compile(r"(?:牵头|负责|配合|落实|参与|协办)$")


def ends_with_verb(flat: str) -> bool:
    """True where a shadowed statement ends in 负责, 牵头, 配合: nothing more belongs to it."""
    return bool(_VERB.search(flat.rstrip(" 。.;")))


def label_kind(found: re.Match[str]) -> str:
    """Which label a match of LABEL is: lead, co, responsible, leader or due."""
    return _KIND[squeeze(found["word"] or found["boxed"] or found["english"].lower())]


@dataclass
class Duty:
    """Who does it. `unsure` names what the reader isn't certain of: (kind, what)."""

    lead: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    open_list: bool = False
    due_text: str = ""
    stars: bool = False
    unsure: list[tuple[str, str]] = field(default_factory=list)

    def all(self) -> list[str]:
        return [*self.lead, *self.co, *self.responsible]


def lead_rule(text: str) -> str | None:
    """The sentence that says the first listed unit leads (列首位为牵头单位，下同), as written; None where there is none."""
    found = _RULE.search(shadow(text))
    return squeeze(text[found.start() : found.end()]) if found else None


def star_rule(text: str) -> str | None:
    """The sentence that says a star marks the lead unit (带*的为牵头单位); None where there is none."""
    found = _STAR_RULE.search(shadow(text))
    return squeeze(text[found.start() : found.end()]) if found else None


def without_rule(text: str) -> str:
    """The text without that sentence and the brackets that held nothing else."""
    found = _RULE.search(shadow(text))
    if not found:
        return text
    cut = text[: found.start()].rstrip(" 。，,；;") + text[found.end() :].lstrip(" 。，,；;")
    return re.sub(r"[（(]\s*[）)]", "", cut)


def is_duty(inside: str) -> bool:
    """True for the inside of a bracket that names units: a label, or names with 负责, 牵头, 配合 at the end."""
    flat = shadow(without_rule(inside)).strip(" 。.")
    if LABEL.match(flat):
        return True
    flat = ",".join(clause for clause in split_outside(flat, ",;") if not _TIMED.match(clause.strip()))
    if not _BRACKET_VERB.search(flat):
        return False
    head = names_in(_VERB.sub("", split_outside(flat, ",;")[0]))
    return bool(head) and looks_like_unit(_ETC.sub("", head[0]).removeprefix("由"))


def read_duty(statements: list[tuple[str, str]], rule: bool, stars: bool = False) -> Duty:
    """Who does it, out of (kind, text) statements in order.

    `rule`: the notice says that the first listed unit leads; `stars`: it says that a star marks the lead.
    """
    duty = Duty(stars=stars)
    pieces: list[tuple[str, list[str]]] = []
    labelled_lead = any(kind == LEAD for kind, _ in statements)
    for kind, text in statements:
        pieces += _pieces(kind, text, duty)
    labelled_lead = labelled_lead or any(kind == LEAD for kind, _ in pieces)
    for kind, names in pieces:
        if kind == LEAD:
            duty.lead += names
        elif kind == CO or labelled_lead:
            duty.co += names
        else:
            duty.responsible += names
    _marked_lead(duty)
    _first_leads(duty, rule)
    _check(duty)
    return duty


def _pieces(kind: str, text: str, duty: Duty) -> list[tuple[str, list[str]]]:
    text = without_rule(text).strip().strip("。.；;，, ")
    flat = shadow(text)
    labels = list(LABEL.finditer(flat))
    if labels:
        out = _pieces(kind, text[: labels[0].start()], duty) if labels[0].start() else []
        for place, found in enumerate(labels):
            end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
            inner = label_kind(found)
            if inner in (LEAD, CO, RESPONSIBLE):
                out += _pieces(inner, text[found.end() : end], duty)
        return out
    text = _untimed(text, duty)
    clauses = [(c, _VERB.search(shadow(c))) for c in split_outside(text, ",，;；。") if c.strip()]
    if not any(found for _, found in clauses):
        return [(kind, _names(text, duty, carry=False))] if text else []
    parts: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for clause, verb in clauses:
        waiting += _names(clause[: verb.start()] if verb else clause, duty, carry=True)
        if verb:
            parts.append((_verb_kind(verb["verb"], kind), waiting))
            duty.open_list = duty.open_list or shadow(clause)[verb.start() :].startswith("等")
            waiting = []
    if waiting:
        parts.append((CO if parts and parts[0][0] == LEAD else kind, waiting))
    return _met(parts)


def _untimed(text: str, duty: Duty) -> str:
    """The statement without a clause that is a time (2024年6月底前完成), which is kept as the deadline's wording."""
    clauses = split_outside(text, ",，;；。")
    timed = [clause for clause in clauses if _TIMED.match(shadow(clause).strip())]
    if not timed or len(timed) == len(clauses):
        return text
    duty.due_text = duty.due_text or timed[0].strip()
    return "，".join(clause for clause in clauses if clause not in timed)


def _marked_lead(duty: Duty) -> None:
    """区甲局（牵头）、区乙局 or *区甲局、区乙局: the mark says who leads, and is no part of the name."""
    marked = [name for name in duty.responsible if _MARKED.search(shadow(name)) or _STAR.search(name)]
    for name in marked:
        found = _MARKED.search(shadow(name))
        plain = name[: found.start()] if found else _STAR.sub("", name)
        place = duty.responsible.index(name)
        if found and found["part"] in ("配合", "协办"):
            duty.responsible.pop(place)
            duty.co.append(plain)
        elif found or duty.stars:
            duty.responsible.pop(place)
            duty.lead.append(plain)
        else:
            duty.responsible[place] = plain
            duty.unsure.append(("star", name))
    if duty.lead and marked:
        duty.co = duty.responsible + duty.co
        duty.responsible = []


def _met(pieces: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """甲会同乙负责: the one named before 会同 leads, the others help."""
    out: list[tuple[str, list[str]]] = []
    for kind, names in pieces:
        whole = "、".join(names)
        head, word, tail = whole.partition("会同")
        out += [(LEAD, head.split("、")), (CO, tail.split("、"))] if word and head and tail else [(kind, names)]
    return out


def _verb_kind(verb: str, kind: str) -> str:
    if "牵头" in verb or verb == "主办":
        return LEAD
    if verb[:2] in ("配合", "参与", "协助", "协办", "协同", "参加"):
        return CO
    return kind


def _names(text: str, duty: Duty, carry: bool) -> list[str]:
    out: list[str] = []
    tiers = split_outside(text, ";；,，") if carry else split_outside(text, ";；")
    for tier in tiers:
        names: list[str] = []
        for name in names_in(tier):
            name = name.removeprefix("由")
            cut = _ETC.sub("", name)
            if cut != name and (cut or names):
                duty.open_list = True
            if cut:
                names.append(cut)
        duty.written += names
        out += fill_prefixes(names)
    return out


def _first_leads(duty: Duty, rule: bool) -> None:
    if duty.lead or not duty.responsible or not rule:
        return
    if is_group(duty.responsible[0]):
        return
    duty.lead, duty.co = duty.responsible[:1], duty.responsible[1:] + duty.co
    duty.responsible = []


def _check(duty: Duty) -> None:
    seen: set[str] = set()
    for names in (duty.lead, duty.co, duty.responsible):
        for name in list(names):
            if name in seen:
                duty.unsure.append(("repeated_unit", name))
                names.reverse()
                names.remove(name)
                names.reverse()
            seen.add(name)
            if not looks_like_unit(name):
                duty.unsure.append(("unit", name))
