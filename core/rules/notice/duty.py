"""Knows how a notice says who does a task: labels, brackets, verbs, the rule of the first listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.labels import CO, LABEL, LEAD, RESPONSIBLE, label_kind
from core.rules.notice.lists import entries_of, fill_prefixes, looks_like_units, names_in
from core.rules.notice.names import is_group, is_odd, looks_like_unit
from core.rules.notice.shadow import shadow, split_outside, squeeze

_PLACE_OF_LEAD = r"(?:列|排|名列)?(?:在|名|于|序)?(?:最前|首|第一)(?:面|位|个|名|家|顺位)?(?:者|的)?(?:责任|承办|工作)?(?:单位|部门)?(?:的)?"
_RULE = re.compile(
    rf"(?:除[^,。;()、]{{2,18}}外,)?(?:[^,。;()、]{{0,12}}?){_PLACE_OF_LEAD}(?:即)?(?:为|是|作为|系)(?:该项|本项|各项|该|总)?(?:工作|任务|事项)*的?(?:牵头|主办|主要责任|主责|总牵头)(?:责任|负责|汇总)?(?:(?:或|和|及|、)汇总)?"
    r"(?:单位|部门)(?:(?:或|和|及|、)汇总单位)?(?:,(?:其他|其余)[^,。;()]{0,16}(?:配合|协办|参与|责任|协同)(?:责任)?(?:单位|部门))?(?:[,。;](?:以)?下同)?"
)
_VERB = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?:要)?(?:按照?|根据)?(?:各自)?(?:的)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|协同)?"
    r"(?P<verb>牵头负责|牵头落实|牵头推进|牵头实施|牵头组织|牵头组织实施|牵头办理|牵头抓总|牵头统筹|牵头|主办|承办|配合落实|配合实施|配合推进|配合做好|协同配合|积极配合|配合|参与|协助|协办|协同|参加|结合实际落实|抓好落实|组织落实|推进落实|组织实施|推进实施|落实|负责落实|负责实施|负责推进|负责|按职责分工|实施)$"
)
_TIMED = re.compile(
    r"^(?:于|在|确保|力争)?(?:\d{4}年|\d{1,2}月|[一二三四五六七八九十]{1,3}月|年底|年内|上半年|下半年|第?[一二三四]季度)[^、]{0,16}$"
    r"|^(?:长期|持续|全年|常年)(?:坚持|推进|实施|开展|抓好|落实)?$"
)
_MARKED = re.compile(
    r"\((?P<part>牵头|牵头单位|牵头部门|主办|主办单位|主责|配合|配合单位|协办|协办单位|参与|参与单位)\)$"
)
_STAR = re.compile(r"^[*★▲#]|[*★▲#]$")
_STAR_RULE = re.compile(
    r"(?:带|标|加|标注|打)[“\"]?[*★▲#][”\"]?(?:号|者|的)*(?:单位|部门)?(?:的)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)"
)
_JOINT = re.compile(r"\s*(?:会同|商|联合|会商|协同)(?=\S)")
_STRONG = re.compile(r"(?:局|委|办|厅|部|管委会|委员会|办公室|政府)(?:\([^()]*\))?$")
_BRACKET_VERB = re.compile(r"(?:牵头|负责|配合|落实|参与|协办|组织实施|按职责分工)$")


def ends_with_verb(flat: str) -> bool:
    """True where a shadowed statement ends in 负责, 牵头, 配合: nothing more belongs to it."""
    return bool(_VERB.search(flat.rstrip(" 。.;")))


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
    first = entries_of(head[0].removeprefix("由"))[0] if head else []
    return bool(first) and looks_like_unit(first[0])


def is_bare_list(inside: str) -> bool:
    """True for a bracket that holds nothing but names of offices: 区城管局、区住建局."""
    names = [name for piece in names_in(inside) for name in entries_of(piece)[0]]
    if not names or not all(looks_like_unit(name) and not is_odd(name) for name in names):
        return False
    strong = [name for name in names if _STRONG.search(shadow(name)) or is_group(name)]
    offices = [name for name in strong if re.search(r"(?:局|委|办|厅|部|办公室|委员会)(?:\([^()]*\))?$", shadow(name))]
    return (
        bool(offices)
        and (len(names) > 1 or bool(re.match(r"[省市区县州]", shadow(names[0]))))
        and 2 * len(strong) >= len(names)
    )


def closing_duty(text: str) -> int:
    """Where the last sentence of a text begins if it only says who does it (某局牵头，某局配合。); else the text's length."""
    flat = shadow(text).rstrip()
    body = flat.rstrip("。;. ")
    start = max(body.rfind(sign) for sign in "。;!?") + 1
    sentence = body[start:].strip()
    if len(sentence) > 200 or not _BRACKET_VERB.search(re.sub(r",[^,]*\d[^,]*(?:完成|前)$", "", sentence)):
        return len(text)
    clauses = [c for c in split_outside(sentence, ",") if not _TIMED.match(c.strip())]
    for clause in clauses:
        joint = _JOINT.match(clause)
        verb = _VERB.search(clause)
        names = names_in(
            (clause[: verb.start()] if verb else clause)[joint.end() if joint else 0 :].strip().removeprefix("由")
        )
        plain = [name for piece in names for name in entries_of(piece)[0]]
        if not plain or not all(_clear(name) for name in plain):
            return len(text)
    return start if clauses and _VERB.search(clauses[0]) else len(text)


def _clear(name: str) -> bool:
    flat = shadow(name)
    return looks_like_unit(name) and not is_odd(name) and len(flat) <= 24 and not re.search(r".[由将对为把使]", flat)


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
    text = _untimed(_listed(text, duty), duty)
    clauses = [(c, _VERB.search(shadow(c))) for c in split_outside(text, ",，;；。") if c.strip()]
    if not any(found for _, found in clauses):
        return _met([(kind, _names(text, duty, carry=False))]) if text else []
    parts: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for clause, verb in clauses:
        joint = _JOINT.match(shadow(clause))
        if joint and parts and not waiting:
            clause = clause[joint.end() :]
            verb = _VERB.search(shadow(clause))
            parts.append((CO, _names(clause[: verb.start()] if verb else clause, duty, carry=True)))
            continue
        waiting += _names(clause[: verb.start()] if verb else clause, duty, carry=True)
        if verb:
            parts.append((_verb_kind(verb["verb"], kind), waiting))
            duty.open_list = duty.open_list or shadow(clause)[verb.start() :].startswith("等")
            waiting = []
    if waiting:
        parts.append((CO if parts and parts[0][0] == LEAD else kind, waiting))
    return _met(parts)


def _listed(text: str, duty: Duty) -> str:
    """The sentences of a statement that name units; any other one is asked about."""
    sentences = [each for each in split_outside(text, "。") if each.strip()]
    kept = sentences[:1]
    for sentence in sentences[1:]:
        flat = shadow(sentence).strip()
        if looks_like_units(_VERB.sub("", flat)) and not re.search(r"均|下同|涉及|不再", flat):
            kept.append(sentence)
        else:
            duty.unsure.append(("duty_note", squeeze(sentence)[:60]))
    return "；".join(kept)


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
        if found and found["part"][:2] in ("配合", "协办", "参与"):
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
            entries, is_open = entries_of(name.removeprefix("由"))
            duty.open_list = duty.open_list or (is_open and bool(entries or names or duty.written))
            names += entries
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
            if not looks_like_unit(name) or is_odd(name):
                duty.unsure.append(("unit", name))
