"""Knows how a sentence of a task says who does it: clauses at its end, after a title, between other words."""

from __future__ import annotations

import re

from core.rules.notice.clauses import JOINT, TIMED, VERB, clause_names, headed_by, said_done, told_apart
from core.rules.notice.labels import CO, RESPONSIBLE
from core.rules.notice.names import is_group
from core.rules.notice.shadow import shadow, split_outside

_SAYS = re.compile(r"(?:牵头|负责|主办|承办|办理|处理|阅处|研处|落实|实施)$|牵头(?:负责|办理|落实|组织|实施|推进)")
_ENDS = re.compile(
    r"(?:牵头|负责|办理|处理|阅处|研处|配合|落实|参与|协助|协同|协办|主办|承办|实施|推进|[成结位工产用付])(?:落实|实施|办理|推进)?$"
)
"""The last signs of a text whose last clauses may say who does it, or by when."""

_LONGEST_END = 8
_DUTY = re.compile(r"牵头|负责|配合|主办|承办|协办|(?<![自理事缘])由[^于此来衷]")
_STOPS = "。:;!?"
_STOP = re.compile(f"[{_STOPS}]")
_TITLE = 30
"""Characters of the title of a task, before the sentences that say what is to be done."""

_LONGEST = 60
"""Characters in which a sentence names who does it."""

_READ = 600
"""Characters of an item in which such sentences are looked for."""

_BY = re.compile(r"(?:^|(?<=[,。:;]))\s*(?:原则上)?(?:请|由|责成|要求|委托|交由|继续由|统一由)(?=[\u4e00-\u9fff])")
_SUBJECT = re.compile(
    r"(?:^|(?<=[。:;]))\s*(?:会议(?:要求|强调|明确|决定|议定|指出|研究决定|同意)[,:]?)?(?=[\u4e00-\u9fff])(?!请|由|责成|委托|交由)|(?<=,)(?=[^,。;:]{2,20}(?:负责|牵头|[要须]))"
)
_WITHIN = re.compile(r"(?<=[\u4e00-\u9fff”》)])(?<![自理事缘])由(?=[\u4e00-\u9fff])")
"""修路资金由甲局安排: the office stands in the middle of its clause."""

_GROUP = re.compile(r"^各(?:乡|镇|街|县|区|市|村|社区|园|州|旗)")
"""Offices of one kind that may be asked to do something; 各责任单位 is everybody."""

_THEN = re.compile(
    r"牵头|负责|会同|联合|商(?!务|贸|业|会|投|城)|根据|按照?|组织(?!部|人事)|具体|尽快|抓紧|进一步|认真|切实|制定|研究(?![院所室])|修改|完善|做好|抓好|加快|推进(?!办|中心)|落实|督促|指导(?!中心|站)|统筹(?!办)|"
    r"协调(?!办|中心)|对(?!外|台)|将|要|应(?!急)|须|于|在|从|依法|代表|安排|承担|拨付|解决|开展|编制|提出|起草|汇总|跟踪|办理|签订|核定|审核|印发|发布|公布|启动|建立|配合|协助|参与|积极|全力|主动|"
    r"及时|立即|继续|深入|严格|结合|提供|保障(?![局中])|加强|加大|全面|向|就|把|给予|予以|争取|对接|完成|实施|支持|采取|排查|整改|整治(?!办)|出台|细化|梳理|盘点|召集|聘请|履行|申请|上报|筹集|筹措|补充|购置|采购(?!中心)|"
    r"改造|新建|修复|清理|拆除|征收(?!中心|办)|移交|接收|划拨|划转|每"
)
"""What the office that does it does; behind its name."""

_NAME_ENDS = re.compile(
    r"(?:局(?!机关|长)|委(?!员|组|宣|政|统|办|改|编|网|书|常|副)|街道(?!办)|办(?![公事理法学])|办公室|中心|公司|集团|[支大]队|镇(?!政府|人民|党|长)|乡(?!政府|人民|镇|村|长)|政府(?!办)|办事处|厅|[处科](?!室|长))(?=[\u4e00-\u9fff\d]{2})"
)
"""The end of a name behind which it hardly goes on."""

_WHOLE_NAME = re.compile(r"(?:[局委办厅部院会道府队司团所站社镇乡村处科室组]|中心)(?:\([^()]*\))?$")
_ASKS = re.compile(r"要|应|须|将|负责|牵头|会同|具体|尽快|抓紧")
"""What makes an office with which a sentence begins the one that is asked to do something."""

_LEADS = re.compile(r"(?:要|应|须|将|具体|尽快|抓紧|负责)*(?P<leads>牵头,?)?")
_HELP = re.compile(
    r"(?:要|应|须|积极|主动|全力|密切|做好|予以|提供|共同)*(?:技术|业务|资金|要素|服务)?(?:配合|协助|协同|支持|保障|协调|指导)"
)


def closing_clauses(text: str) -> int:
    """Where the last clauses of a text begin that only say who does it (…改造，由甲局牵头，乙局配合。); else its length.

    Only where nothing before them says who does anything, and they end the only sentence, or the one behind a title.
    """
    flat = shadow(text).rstrip("。;. ")
    if not _ENDS.search(flat, max(len(flat) - _LONGEST_END, 0)):
        return len(text)
    flat = told_apart(flat)
    start = max(flat.rfind(sign) for sign in _STOPS) + 1
    kept = _last_clauses(flat, start)
    says = any(_SAYS.search(clause) and VERB.search(clause) for _, clause in kept)
    whole = start <= _TITLE and not _STOP.search(flat[: max(start - 1, 0)])
    if not says or not whole or _DUTY.search(flat[: kept[0][0]]):
        return len(text)
    at = kept[0][0]
    return at - 1 if flat[at - 1] == "," else at


def _last_clauses(flat: str, start: int) -> list[tuple[int, str]]:
    """(place, clause) of the last clauses of a sentence that only say who does it or by when; never all of it."""
    clauses, place = [], start
    for clause in split_outside(flat[start:], ","):
        clauses.append((place, clause.strip()))
        place += len(clause) + 1
    first = clauses[0][1]
    begins = [found.start() for found in _WITHIN.finditer(first) if clause_names(first[found.start() :])]
    clauses[:1] = (
        [(start, ""), (flat.find(first, start) + begins[-1], first[begins[-1] :])] if begins else [(start, "")]
    )
    kept: list[tuple[int, str]] = []
    for place, clause in reversed(clauses):
        named = clause_names(headed_by(clause)[1]) if VERB.search(clause) else []
        if not named and not (TIMED.match(clause) and said_done(clause)):
            break
        kept.insert(0, (place, clause))
    return kept


def titled(text: str, said: str) -> bool:
    """True where who does it stands at once behind the title of a task, and nothing else says who does anything."""
    flat, who = shadow(text), shadow(said)
    title = _STOP.split(flat, maxsplit=1)[0]
    place = flat.find(who)
    rest = flat[place + len(who) :] if place >= 0 else flat
    return len(title) <= _TITLE and place == len(title) + 1 and not _DUTY.search(title) and not _DUTY.search(rest)


def joined_by(text: str, said: str) -> str:
    """Who helps, where that stands in the clause behind who leads and goes on (由甲局牵头，会同乙局制定方案); empty elsewhere."""
    flat, who = shadow(text), shadow(said)
    place = flat.find(who) + len(who)
    rest = text[place:].lstrip("，, ")
    found = JOINT.match(shadow(rest))
    return rest[found.end() :][: _joining(shadow(rest)[found.end() :])] if found and place >= len(who) else ""


def doer(text: str) -> list[tuple[str, str]]:
    """(kind, units) of who does it by a sentence that goes on (由甲局会同乙局制定方案, 甲局要尽快…); empty where none does."""
    text = text[:_READ]
    flat = shadow(text)
    out: list[tuple[str, str]] = []
    upto = 0
    places = [(found.end(), False) for each in (_BY, _WITHIN) for found in each.finditer(flat)]
    places += [(found.end(), True) for found in _SUBJECT.finditer(flat)]
    for place, asked in sorted(places):
        rest = flat[place : place + _LONGEST]
        end = _named(rest, not asked) if place >= upto else 0
        if not end or (asked and not _ASKS.match(rest, end)) or (is_group(rest[:end]) and not _GROUP.match(rest)):
            continue
        found, upto = _parts(text, place, end)
        out += found
    return out


def _parts(text: str, start: int, end: int) -> tuple[list[tuple[str, str]], int]:
    """Who is named up to there, who is said to join in and the clauses behind that name helpers; and how far that was read."""
    out = [(RESPONSIBLE, text[start : start + end])]
    flat = shadow(text)
    place = start + end
    led = _LEADS.match(flat, place)
    place = led.end() if led else place
    joint = JOINT.match(flat, place)
    if joint and (more := _joining(flat[joint.end() : joint.end() + _LONGEST])):
        out.append((CO, text[joint.end() : joint.end() + more]))
        place = joint.end() + more
    sentence = flat.find("。", place)
    for clause in split_outside(text[place : sentence if sentence > 0 else len(text)], ",，"):
        bare = shadow(clause).strip()
        helped = _HELP.search(bare)
        if helped and clause_names(bare[: helped.start()] + "配合"):
            out.append((CO, clause.strip()[: helped.start()]))
    if (led and led["leads"]) or len(out) > 1:
        out[0] = (RESPONSIBLE, out[0][1] + "牵头")
    return out, place


def _named(flat: str, asked: bool = False) -> int:
    """Where the units end with which a clause begins that goes on with what they do; 0 where it begins otherwise.

    `asked`: 请 or 由 stands before them, so that any verb may follow the end of a name.
    """
    clause = re.split("[,。;:]", flat[:_LONGEST])[0]
    verbs = (found.start() for found in _THEN.finditer(flat[:_LONGEST]) if 1 < found.start() <= len(clause))
    verb = next((place for place in verbs if clause_names(flat[:place])), 0)
    if not asked or (verb and _WHOLE_NAME.search(flat[:verb])):
        return verb
    return next((found.end() for found in _NAME_ENDS.finditer(clause) if clause_names(flat[: found.end()])), verb)


def _joining(flat: str) -> int:
    """Where the units end that join in: before what they do, or at the end of the clause."""
    listed = re.split("[,。]", flat[:_LONGEST])[0]
    return _named(flat, True) or (len(listed) if len(listed) < len(flat) and clause_names(listed) else 0)
