"""Knows whether a clause or a bracket only says who does something: 由区交通局牵头, 区财政局、区住建局；6月底前."""

from __future__ import annotations

import re

from core.rules.notice.english import offices_in
from core.rules.notice.labels import ASIDE, LABEL
from core.rules.notice.lead_rules import without_rule
from core.rules.notice.leaders import people
from core.rules.notice.lists import entries_of, names_in
from core.rules.notice.names import is_group, is_odd, looks_like_unit
from core.rules.notice.shadow import shadow, split_outside

VERB = re.compile(
    r"(?:等(?:有关|相关|执法|主管|责任|成员)?(?:单位|部门)?)?(?:要)?(?:按照?|根据)?(?:各自)?(?:的)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|主要|协同|联合|双)?"
    r"(?P<verb>总牵头|牵头负责|牵头落实|牵头推进|牵头实施|牵头组织|牵头组织实施|牵头办理|牵头抓总|牵头统筹|牵头|主办|主导|承办|配合落实|配合实施|配合推进|配合做好|协同配合|积极配合|配合|参与|协助办理|协助|研究办理|办理|处理|阅处|研处|协办|协同|参加|结合实际落实|抓好落实|组织落实|推进落实|共同推进|联合推进|组织实施|推进实施|落实|负责落实|负责实施|负责组织实施|负责组织落实|负责具体实施|负责抓好落实|协助落实|协助推进|协助做好|协抓|负责推进|负总责|各负其责|负责|指导|按职责分工|实施|主责|统筹协调|统筹推进|统筹|抓总|主抓|承担|督导|监督|为主)$"
)
TIMED = re.compile(
    r"^(?:于|在|确保|力争)?(?:\d{4}年|\d{1,2}月|[一二三四五六七八九十]{1,3}月|年底|年内|上半年|下半年|第?[一二三四]季度)[^、]{0,16}$"
    r"|^(?:长期|持续|贯穿全年|全年|常年|常态化?|按?序时进度|按?序时推进|按(?:月|季度?|年|要求|计划)|每(?:月|季度?|年|周)末?|立即|即时)(?:坚持|推进|实施|开展|抓好|落实|完成|整改)?$"
    r"|^[^、]{1,12}(?<![目提])(?:之前|以前|前)(?:完成|办结|落实到位|到位|投入使用|建成|竣工)?$"
    r"|^(?:[Bb]y|[Dd]ue|[Bb]efore|[Uu]ntil) [A-Za-z0-9 ,]{3,30}$"
)
_BEFORE = re.compile(
    r"^(?:(?:以下|上述|以上)[^,、]{0,8}?(?:均|都)?由|(?:此|该|本)项?(?:工作|任务|事项|项目|工程)?由|均由|请由|请|由|责成|交由|委托|以(?=.))"
)
_SENTENCE = 200
_LISTED = 80
"""Signs of a last sentence that is only a list of offices."""

_LED = re.compile(r"^(?P<who>[\u4e00-\u9fff·、]{2,12}?)(?:同志)?(?:总?牵头|领衔|挂帅|分管|包联|包抓)[,;]")
_HEADED = re.compile(
    r"[,;](?:由)?(?P<who>[\u4e00-\u9fff·、]{2,16}?)(?:同志)?(?:负责)?(?:分管|包联|包抓|督办|督导|挂帅|领衔|牵头|联系|总?负责|主抓|调度|协调)(?=$|[,;。])"
)
"""A clause that says who heads it, behind who does it."""

_TITLED = re.compile(
    r"(?:[长记委任席师理志])(?:负责)?(?:分管|包联|包抓|督办|督导|挂帅|领衔|牵头|联系|总?负责|主抓|调度|协调)(?=$|[,;。])"
)
"""The end of such a clause; looked for first, for it is seldom there."""

_GENERAL = ("政府", "部门", "单位", "企业", "社区", "机关", "公司", "市场", "学校", "医院")
"""Words that end as names do and are none where they stand alone."""

_DONE = re.compile(
    r"(?:[底末前旬日月份内年度初]|半年)(?:全面|基本|全部|高质量)*(?:完成|办结|落实|到位|投产|达产|竣工|完工|建成|开工|启用|启动|投用|投入使用|投入运营|运营|通车|见效|交付|实施|推进|坚持|开展|出台|印发)*$"
)
"""A time with nothing behind it but that it is done then; 5月20日前提出方案 says what to do."""

_SIGNED = re.compile(r"^[^,;。]{2,30},\d{4}年\d{1,2}月\d{1,2}日$")
"""区攻坚办，2025年9月26日: who signs a paper, and when."""

JOINT = re.compile(r"\s*(?:会同|商|联合|会商|协同)(?=\S)")
_STRONG = re.compile(r"(?:局|委|办|厅|部|管委会|委员会|办公室|督查室|研究室|政府)(?:\([^()]*\))?$")
_BRACKET_VERB = re.compile(
    r"(?:牵头|负责|协抓|负总责|各负其责|指导|配合|落实|参与|参加|协助(?:办理)?|办理|处理|阅处|研处|协同|协办|主办|主导|承办|组织实施|按职责分工|主责|统筹|统筹协调|统筹推进|共同推进|联合推进|抓总|主抓|承担|督导|监督|为主)$"
)
_RUN_ON = re.compile(r"(?<=牵头|负责|主办|承办|配合|协办|参与|统筹)[、;](?=[省市区县州各由乡镇])")
"""甲局牵头、乙局配合: the sign stands for a comma."""


_PART = re.compile(
    r"(?P<names>[^,;。]{3,60}?)(?P<verb>(?:具体|分别|主要)?(?:牵头|负责|配合|协助))(?P<what>[^,;。、]{2,30})$"
)
"""甲局牵头负责选址: a lead with a part of its own."""

_ADJUNCT = re.compile(r"^[^,;:。]{2,10}[,;](?=\s*(?:" + LABEL.pattern + "))")
"""预期性指标，牵头单位：…: a word about the task before its units."""


def parted(clause: str) -> str:
    """A shadowed clause without the part of the task that its units have of their own (甲局牵头负责选址 is 甲局牵头负责)."""
    found = _PART.match(clause)
    if not found or VERB.search(clause) or looks_like_unit(found["what"]):
        return clause
    names = [name for piece in names_in(found["names"].removeprefix("由")) for name in entries_of(piece)[0]]
    sure = names and all(_clear(name) and re.search(_STRONG.pattern + "|^[省市区县州各]", name) for name in names)
    return found["names"] + found["verb"] if sure else clause


def unadorned(inside: str) -> str:
    """The inside of a bracket without what it says beside who does it: a kind of figure, the builder, the money."""
    flat = shadow(inside)
    found = _ADJUNCT.match(flat)
    said = flat[: found.end()].strip(" ,;") if found else ""
    if found and not looks_like_unit(said) and not TIMED.match(said):
        inside, flat = inside[found.end() :], flat[found.end() :]
    for aside in reversed(list(ASIDE.finditer(flat)) if LABEL.search(flat) else []):
        inside = inside[: aside.start()] + inside[aside.end() :]
    return inside.strip(" ,;，；。")


def ends_with_verb(flat: str) -> bool:
    """True where a shadowed statement ends in 负责, 牵头, 配合: nothing more belongs to it."""
    return bool(VERB.search(flat.rstrip(" 。.;")))


def is_duty(inside: str) -> bool:
    """True for the inside of a bracket that names units: a label, or names with 负责, 牵头, 配合 at the end."""
    flat = shadow(unadorned(without_rule(inside))).strip(" 。.")
    if LABEL.match(flat) or _timed_before_label(flat):
        return True
    flat = ",".join(untimed(told_apart(split_outside(led_by(flat)[1], "。")[0])))
    if not _BRACKET_VERB.search(flat):
        return False
    head = names_in(VERB.sub("", split_outside(flat, ",;")[0]))
    first = entries_of(_BEFORE.sub("", head[0]))[0] if head else []
    return bool(first) and looks_like_unit(first[0])


def _timed_before_label(flat: str) -> bool:
    """6月底前完成，责任单位：甲局"""
    found = _ADJUNCT.match(flat) if ":" in flat else None
    return bool(found and TIMED.match(flat[: found.end() - 1]))


def is_bare_list(inside: str) -> bool:
    """True for a bracket that holds nothing but names of offices, perhaps with a time: 区城管局、区住建局；6月底前."""
    if inside.isascii():
        return english_list(inside)
    flat = shadow(inside)
    clauses = [c for c in split_outside(flat, ",;") if not TIMED.match(c.strip())]
    names = [name for piece in names_in(",".join(clauses)) for name in entries_of(piece)[0]]
    if not names or not all(looks_like_unit(name) and not is_odd(name) for name in names):
        return False
    strong = [name for name in names if _STRONG.search(shadow(name)) or is_group(name)]
    offices = [
        name
        for name in strong
        if re.search(r"(?:局|委|办|厅|部|办公室|督查室|研究室|委员会)(?:\([^()]*\))?$", shadow(name))
    ]
    return (
        bool(offices)
        and (len(names) > 1 or bool(re.match(r"[省市区县州]", shadow(names[0]))))
        and 2 * len(strong) >= len(names)
    )


def english_list(inside: str) -> bool:
    """True for a text that holds nothing but English names of offices, perhaps with a time: Parks Department; by June 2025."""
    clauses = [clause.strip() for clause in split_outside(inside, ",;") if not TIMED.match(clause.strip())]
    return bool(clauses) and bool(offices_in("; ".join(clauses)))


def led_by(inside: str) -> tuple[str, str]:
    """The leader with whom a bracket begins (丁一牵头，某局负责), and the rest; empty text and all of it for any other."""
    found = _LED.match(shadow(inside))
    who = found["who"] if found else ""
    if not found or looks_like_unit(who) or not people(who):
        return "", inside
    return inside[: len(who)], inside[found.end() :].strip()


def headed_by(inside: str) -> tuple[str, str]:
    """The leader whom a clause of a statement names (某局牵头，张某副县长分管), and the rest; empty text and all of it for any other."""
    flat = shadow(inside)
    for found in _HEADED.finditer(flat) if _TITLED.search(flat) else ():
        who = found["who"]
        if not looks_like_unit(who) and any(title for _, title in people(who)):
            return inside[found.start("who") : found.end("who")], (inside[: found.start()] + inside[found.end() :])
    return "", inside


def told_apart(flat: str) -> str:
    """A shadowed statement whose duties are told apart by commas (甲局牵头、乙局配合 is 甲局牵头,乙局配合)."""
    return _RUN_ON.sub(",", flat)


def untimed(flat: str) -> list[str]:
    """The clauses of a shadowed statement that are no times, each without the part of the task that its units have."""
    return [parted(clause) for clause in split_outside(flat, ",;") if not TIMED.match(clause.strip())]


def closing_duty(text: str) -> int:
    """Where the last sentence of a text begins if it only says who does it (某局牵头，某局配合。); else the text's length."""
    flat = shadow(text).rstrip()
    body = flat.rstrip("。;. ")
    starts = [max(body.rfind(sign) for sign in signs) + 1 for signs in ("。!?", "。;!?")]
    return next((start for start in starts if _only_duty(body[start:], bool(start))), len(text))


def _only_duty(said: str, last: bool) -> bool:
    """True for a shadowed sentence that only says who does something; a mere list of offices counts where it is the `last` one."""
    sentence = headed_by(told_apart(said.strip()))[1]
    if _SIGNED.search(sentence):
        return False
    if last and len(sentence) < _LISTED and is_bare_list(sentence):
        return True
    clauses = [c for c in split_outside(sentence, ",;") if not (TIMED.match(c.strip()) and said_done(c))]
    if len(sentence) > _SENTENCE or not clauses or not _BRACKET_VERB.search(clauses[-1]):
        return False
    return all(clause_names(clause.strip()) for clause in clauses) and bool(VERB.search(clauses[0]))


def said_done(clause: str) -> bool:
    """True for a time with nothing behind it but that it is done then."""
    return bool(_DONE.search(clause.rstrip())) or not re.search(r"\d|[年月季]", clause)


def clause_names(clause: str) -> list[str]:
    """The names in a shadowed clause that only says who does something (由区交通局牵头); empty for any other clause."""
    joint = JOINT.match(clause)
    verb = VERB.search(clause)
    said = (clause[: verb.start()] if verb else clause)[joint.end() if joint else 0 :].strip()
    said = _BEFORE.sub("", said)
    plain = [name for piece in names_in(said) for name in entries_of(piece)[0]]
    return plain if plain and all(_clear(name) for name in plain) else []


def _clear(name: str) -> bool:
    flat = shadow(name)
    return (
        looks_like_unit(name)
        and flat not in _GENERAL
        and not is_odd(name)
        and len(flat) <= 24
        and not re.search(r".[由将对为把使请]", flat)
    )
