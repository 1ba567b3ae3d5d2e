"""Knows how a notice says who does a task: labels, brackets, verbs, the rule of the first listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.rules.notice.clauses import JOINT, TIMED, VERB, is_duty, parted, told_apart
from core.rules.notice.labels import CO, LEAD, RESPONSIBLE, label_kind, labels_in
from core.rules.notice.lead_rules import without_rule
from core.rules.notice.leaders import SURNAMES
from core.rules.notice.lists import entries_of, fill_prefixes, fill_suffixes, looks_like_units, names_in
from core.rules.notice.names import is_group, is_odd, looks_like_unit, may_be_unit
from core.rules.notice.shadow import shadow, split_outside, squeeze

_MARKED = re.compile(
    r"\((?P<part>(?:第一|总)?牵头|牵头单位|牵头部门|牵头负责|主办|主办单位|主责|主责单位|主导|主要负责|负总责|配合|配合单位|协办|协办单位|参与|参与单位|协助|协同|监督|指导|督导|[Ll]ead|LEAD|[Ss]upport(?:ing)?|[Pp]artner)\)$"
)
_STAR = re.compile(r"^[*★▲#]|[*★▲#]$")
_NOTE = re.compile(
    r"\((?P<note>(?:具体|主要|分别)?(?:负责|承担|牵头|配合|协助)[^()]{2,40}|[^()]{0,20}(?:领导|负总责|同志|主任|局长)[^()]{0,20})\)$"
)
"""A bracket behind a name that says for what it answers, or who: 区交通局（负责国道部分）, 区财政局（主要领导负总责）."""

_PERSON = re.compile(rf"\([{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}\)$")
"""A bracket behind a name that may hold a person: 区园林局（丁一）."""

_BEHIND = re.compile(r"\((?P<inside>[\u4e00-\u9fff]{2,4})\)$")
_ALIAS = re.compile(r"[局委办厅部院会所站队处科室社司厂馆场园区县市州镇乡街道村港]$|中心$|集团$|公司$")
_BEFORE = re.compile(
    r"^(?:(?:以下|上述|以上)[^,、]{0,8}?(?:均|都)?由|(?:此|该|本)项?(?:工作|任务|事项|项目|工程)?由|均由|请由|请|由|责成|交由|委托|以及|及"
    r"|和(?![平田静顺硕政龙睦谐]|[^各有相其所属省市区县州本全、]{1,3}(?:街道|[镇乡村区县市州])|林格尔|布克)|以(?=[省市区县州]))"
)
"""Words before a name that are no part of it; 和平区 and 和桥镇 are names."""

_HELPED = re.compile(r"\((?P<inside>[^()]{3,80}(?:配合|协助|参与|协办|牵头|落实|负责))\)")
_ENDS_TIME = "）)前底末日月旬度年半成结工产通开用"
_TIME_BEHIND = re.compile(
    r"(?P<bracket>\()?(?(bracket)|(?<=[\u4e00-\u9fff)])\s+)(?P<when>(?:\d{4}年|\d{1,2}月|年[底末]前|[上下]半年|第?[一二三四]季度)[^、,;()\s]{0,12})(?(bracket)\))$"
)
"""区交通局（6月底前）, 区交通局 6月底前: a time behind the units."""

_LED = re.compile(r"(?:负责)?牵头$|负责$")
"""甲局牵头会同乙局办理: the word between a name and 会同."""

_GUIDING = ("指导", "督导", "监督")
_NOBODY = re.compile(r"^(?:无|/|—+|-+|待定|空)$")


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


def read_duty(statements: list[tuple[str, str]], rule: bool, stars: bool = False, ordered: bool = False) -> Duty:
    """Who does it, out of (kind, text) statements in order.

    `rule`: the notice says that the first listed unit leads; `stars`: it says that a star marks the lead;
    `ordered`: of several leads the first one leads.
    """
    duty = Duty(stars=stars)
    pieces: list[tuple[str, list[str]]] = []
    labelled_lead = any(kind == LEAD for kind, _ in statements)
    for kind, text in statements:
        if not _NOBODY.match(squeeze(text).strip("。.；;")):
            pieces += _pieces(kind, text, duty)
    if labelled_lead and not any(kind == LEAD and names for kind, names in pieces):
        duty.unsure.append(("lead_empty", ""))
    labelled_lead = any(kind == LEAD and names for kind, names in pieces)
    for kind, names in pieces:
        if kind == LEAD:
            duty.lead += names
        elif kind == CO or labelled_lead:
            duty.co += names
        else:
            duty.responsible += names
    _marked_lead(duty)
    _first_leads(duty, rule)
    if ordered and len(duty.lead) > 1 and not is_group(duty.lead[0]):
        duty.lead, duty.co = duty.lead[:1], duty.lead[1:] + duty.co
    _one_beside_helpers(duty, pieces)
    _check(duty)
    return duty


def _pieces(kind: str, text: str, duty: Duty) -> list[tuple[str, list[str]]]:
    text = _unbracketed(without_rule(text)).strip().strip("。.；;，, （(")
    flat = shadow(text)
    labels = labels_in(flat)
    if labels:
        out = _pieces(kind, text[: labels[0].start()], duty) if labels[0].start() else []
        for place, found in enumerate(labels):
            end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
            inner = label_kind(found)
            if inner in (LEAD, CO, RESPONSIBLE):
                out += _pieces(inner, text[found.end() : end], duty)
        return out
    text = told_apart(_untimed(_listed(text, duty), duty))
    whole = [c[: len(parted(shadow(c)))] for c in split_outside(text, ",，;；。") if c.strip()]
    clauses = [(c, VERB.search(shadow(c))) for c in whole]
    if not any(found for _, found in clauses):
        return _met([(kind, _names(text, duty, carry=False))]) if text else []
    parts: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for clause, verb in clauses:
        joint = JOINT.match(shadow(clause))
        if joint and parts and not waiting:
            clause = clause[joint.end() :]
            verb = VERB.search(shadow(clause))
            parts.append((CO, _names(clause[: verb.start()] if verb else clause, duty, carry=True)))
            continue
        own = _names(clause[: verb.start()] if verb else clause, duty, carry=True)
        if verb and waiting and not parts and _verb_kind(verb["verb"], kind) == CO:
            parts.append((kind, waiting))
            waiting = []
        waiting += own
        if verb:
            parts.append((_verb_kind(verb["verb"], kind), waiting))
            duty.open_list = duty.open_list or shadow(clause)[verb.start() :].startswith("等")
            waiting = []
    if waiting:
        parts.append((CO if parts and parts[0][0] == LEAD else kind, waiting))
    return _met(_guided(parts, clauses))


def _unbracketed(text: str) -> str:
    """甲局（乙局配合） is 甲局，乙局配合; a bracket that is left open or closed by a label's cut is taken off."""
    for found in reversed(list(_HELPED.finditer(shadow(text)))):
        if is_duty(found["inside"]):
            text = f"{text[: found.start()]}，{found['inside']}{text[found.end() :]}"
    flat = shadow(text).rstrip(" 。.;,")
    return text[: len(flat) - 1] if flat.endswith(")") and flat.count(")") > flat.count("(") else text


def _listed(text: str, duty: Duty) -> str:
    """The sentences of a statement that name units; any other one is asked about."""
    sentences = [each for each in split_outside(text, "。") if each.strip()]
    kept = sentences[:1]
    for sentence in sentences[1:]:
        flat = shadow(sentence).strip()
        if looks_like_units(VERB.sub("", flat)) and not re.search(r"均|下同|涉及|不再", flat):
            kept.append(sentence)
        else:
            duty.unsure.append(("duty_note", squeeze(sentence)[:60]))
    return "；".join(kept)


def _untimed(text: str, duty: Duty) -> str:
    """The statement without a time (2024年6月底前完成, in a clause or a bracket of its own), which is kept as the deadline's wording."""
    if text[-1:] in _ENDS_TIME and (behind := _TIME_BEHIND.search(shadow(text))):
        duty.due_text = duty.due_text or text[behind.start("when") : behind.end("when")]
        text = text[: behind.start()]
    clauses = split_outside(text, ",，;；。")
    timed = [clause for clause in clauses if TIMED.match(shadow(clause).strip())]
    if not timed:
        return text
    if len(timed) == len(clauses):
        duty.due_text = duty.due_text or text
        return ""
    duty.due_text = duty.due_text or "，".join(clause.strip() for clause in timed)
    return (", " if text.isascii() else "，").join(clause.strip() for clause in clauses if clause not in timed)


def _marked_lead(duty: Duty) -> None:
    """区甲局（牵头）、区乙局 or *区甲局、区乙局: the mark says who leads, and is no part of the name."""
    marked = [name for name in duty.responsible if _MARKED.search(shadow(name)) or _STAR.search(name)]
    for name in marked:
        found = _MARKED.search(shadow(name))
        plain = name[: found.start()].rstrip() if found else _STAR.sub("", name)
        place = duty.responsible.index(name)
        if found and found["part"].lower()[:2] in (
            "配合",
            "协办",
            "参与",
            "协助",
            "协同",
            "监督",
            "指导",
            "督导",
            "su",
            "pa",
        ):
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
        head = _LED.sub("", head)
        out += [(LEAD, head.split("、")), (CO, tail.split("、"))] if word and head and tail else [(kind, names)]
    return out


def _guided(
    parts: list[tuple[str, list[str]]], clauses: list[tuple[str, re.Match[str] | None]]
) -> list[tuple[str, list[str]]]:
    """乙局负责，甲局指导: who only guides or watches helps, where another one does it."""
    said = [verb["verb"] for _, verb in clauses if verb]
    if len(said) != len(parts) or all(verb in _GUIDING for verb in said):
        return parts
    return [(CO if verb in _GUIDING else kind, names) for verb, (kind, names) in zip(said, parts, strict=True)]


def _verb_kind(verb: str, kind: str) -> str:
    if "牵头" in verb or verb in ("主办", "主责", "主导", "抓总", "为主") or verb.startswith("统筹"):
        return LEAD
    if verb[:2] in ("配合", "参与", "协助", "协办", "协同", "协抓", "参加"):
        return CO
    return kind


def _names(text: str, duty: Duty, carry: bool) -> list[str]:
    out: list[str] = []
    tiers = split_outside(text, ";；,，") if carry else split_outside(text, ";；")
    for tier in tiers:
        names: list[str] = []
        for name in names_in(tier):
            entries, is_open = entries_of(_BEFORE.sub("", name))
            duty.open_list = duty.open_list or (is_open and bool(entries or names or duty.written))
            names += [_without_note(entry, duty) for entry in entries]
        duty.written += names
        out += fill_suffixes(fill_prefixes(names))
    return out


def _without_note(name: str, duty: Duty) -> str:
    found = _NOTE.search(shadow(name)) or _PERSON.search(shadow(name))
    if found and looks_like_unit(found[0].strip("()")):
        return name
    if not found or _MARKED.search(shadow(name)):
        return name
    duty.unsure.append(("duty_note", squeeze(name)[:60]))
    return name[: found.start()]


def _first_leads(duty: Duty, rule: bool) -> None:
    if duty.lead or not duty.responsible or not rule:
        return
    if is_group(duty.responsible[0]):
        return
    duty.lead, duty.co = duty.responsible[:1], duty.responsible[1:] + duty.co
    duty.responsible = []


def _one_beside_helpers(duty: Duty, pieces: list[tuple[str, list[str]]]) -> None:
    """责任单位：甲局；配合单位：乙局: the only one that does it leads those that are said to help."""
    one = [name for kind, names in pieces if kind == RESPONSIBLE for name in names]
    helped = any(kind == CO and names for kind, names in pieces)
    if duty.lead or not helped or len(one) != 1 or duty.responsible != one or is_group(one[0]) or duty.open_list:
        return
    duty.lead, duty.responsible = one, []


def _says_part(name: str) -> bool:
    """True for a name with a bracket behind it that is no other name of an office: 区甲局（承接）."""
    found = _BEHIND.search(shadow(name)) if name.endswith((")", "）")) else None
    return found is not None and not _ALIAS.search(found["inside"])


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
            if not may_be_unit(name) or is_odd(name) or _says_part(name):
                duty.unsure.append(("unit", name))
