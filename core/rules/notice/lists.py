"""Knows how a list of units comes apart: group terms of several words, 等, names joined by 和, prefixes left out."""

from __future__ import annotations

import re

from core.rules.notice.names import is_group, is_latin_office, looks_like_unit, may_be_unit
from core.rules.notice.shadow import shadow, split_outside, squeeze

_PLACES = r"(?:县级市|地级市|乡镇|镇街|县区|市州|县|市|区|旗|州|盟|乡|镇|街道|街办)"
_BARE = re.compile(
    rf"^(?:{_PLACES}|开发区|功能区|园区|管委会|新区)(?:\([^()]*\))?(?:党委|党工委|人民政府|政府|办事处|办|管委会)?(?:\([^()]*\))?$"
)
_OPEN_GROUP = re.compile(
    rf"^各(?:有关|相关)?{_PLACES}(?:人民政府|政府)?(?:、{_PLACES}(?:人民政府|政府)?)*$|^(?:有关|相关){_PLACES}(?:、{_PLACES})*$"
)
_COUNTS = frozenset("一二三四五六七八九十")
_ORDINAL = re.compile(r"^第[一二三四五六七八九十]{1,2}(?:、[一二三四五六七八九十]{1,2})*$")
"""第四、五审查调查室 is one term."""

_GROUP_TAIL = re.compile(r"(?:部门|委办局)$")
_AND = re.compile(r"以及|和|及|与|並|并|[+·→]")
_AFTER_AND = re.compile(r"各|有关|相关|其他|所属|下属|属地|相应|所在地|(?:省|市|区|县|州)(?:级|直|属)|国务院|中央")
_ENDED = re.compile(
    r"(?:局|委|办|厅|部|会|院|中心|公司|集团|政府|街道|镇|乡|办事处|总署|总社|银行|部门|单位)(?:\([^()]*\))?$"
)
_ETC = re.compile(
    r"^(?P<head>.+?)等(?:[\d一二三四五六七八九十]{1,3}[个家]|多[个家])?(?P<group>(?:[^、和及与等]{0,10}?(?:部门|单位|机构|委办局)(?:和单位|及单位|、单位)?)?)"
    r"(?:$|(?:以及|和|及|与)(?P<rest>.+)$)"
)
_WHOLE = re.compile(r"(?:局|委|办|厅|公司|集团|中心|支队|大队|街道|镇|乡)$")
_PART = re.compile(
    r"^(?:办公室|办公厅|组织部|宣传部|统战部|政法委|老干部局|分局|事务局|管理局|服务局|中心|集团|公司|支队|大队|管委会|委员会|办事处)"
)
"""The rest of a name that a space cut in two: 县政府 办公室."""

_LONGEST = 120
"""Characters of an entry that may be several names."""
_TOWNS = re.compile(r"(?:街道|镇|乡|公司|集团)$")
_LEVEL = re.compile(r"^(省委|市委|区委|县委|省政府|市政府|区政府|县政府|省|市(?!场|政|容|民|监)|区|县)(?=\S)")
_OF = re.compile(r"^\w+ (?:of|for) ")
_PLACE = re.compile(r"^[^各省全有相、]{1,4}[县区旗]$")
_OF_PLACE = re.compile(r"^[^各省全有相、]{1,4}[县区旗](?P<organ>人民政府|政府|管委会)$")
_PARTY = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|编办|网信办|社会工作部|老干部局|政研室|巡察办|党校|改革办|台办)(?:\([^()]*\))?$"
)
_ORGAN = re.compile(r"(?:局|委|办|厅|院|部|队|社|联|会|中心)$")


def looks_like_units(text: str) -> bool:
    """True where every name of a list looks like a unit."""
    parts = [p for p in names_in(text) if p]
    return bool(parts) and all(looks_like_unit(p) for p in parts)


def two_lists(before: str, after: str) -> bool:
    """True where neither the last name before a break nor the first one behind it can be a part of the other."""
    last, first = (names_in(before) or [""])[-1], (names_in(after) or [""])[0]
    whole = bool(_WHOLE.search(shadow(last))) and len(first) > 2 and not _PART.match(shadow(first))
    return whole and looks_like_units(before) and looks_like_units(after)


def names_in(text: str) -> list[str]:
    """The names of a list in order, white space taken out; 各区、县级市 stays one term."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return _latin_names(text)
    out: list[str] = []
    for piece in split_outside(_spaced_apart(text), "、,，;；/\\"):
        flat, before = shadow(piece), shadow(out[-1]) if out else ""
        if (
            _OPEN_GROUP.match(before)
            and _BARE.match(flat)
            or (before[:1] == "第" and flat[:1] in _COUNTS and _ORDINAL.match(before))
            or flat in ("单位", "直属单位")
            and is_group(before)
            and _GROUP_TAIL.search(before)
        ):
            out[-1] += "、" + piece
        elif out and not piece:
            continue
        else:
            out.append(piece)
    return [piece for piece in out if piece]


def entries_of(piece: str) -> tuple[list[str], bool]:
    """One entry of a list as names, and whether it leaves the list open: 甲局等有关部门和各县 is 甲局, 各县, open."""
    found = _ETC.match(shadow(piece))
    if found and (looks_like_unit(found["head"]) or not found["head"]) and not is_group(found["head"]):
        rest = piece[found.start("rest") :] if found["rest"] else ""
        names, _ = entries_of(rest) if rest else ([], False)
        return [*_joined(piece[: found.end("head")]), *names], True
    if re.match(r"^(?:等(?:有关|相关|其他)?(?:部门|单位|委办局)*|[…·.]{1,6})$", shadow(piece)):
        return [], True
    return _joined(piece), False


def _joined(piece: str) -> list[str]:
    """甲局和乙局, 甲局及各县 are two; 发展和改革局, 各部门和单位 are one."""
    flat = shadow(piece)
    for found in _AND.finditer(flat) if len(flat) <= _LONGEST else ():
        left, right = flat[: found.start()], flat[found.end() :]
        if left.count("(") != left.count(")") or not _ENDED.search(left) or not looks_like_unit(left):
            continue
        apart = bool(_AFTER_AND.match(right)) and looks_like_unit(right) and right not in ("有关单位", "相关单位")
        both = looks_like_unit(right) and bool(_ENDED.search(right)) and len(right) > 2 and not is_group(left)
        if apart or both:
            return [piece[: found.start()], *_joined(piece[found.end() :])]
    return [piece]


def _spaced_apart(text: str) -> str:
    """区财政局 区审计局 becomes a list where every piece is a unit of some level; any other space is only a wrap."""
    pieces = text.split()
    if len(pieces) < 2 or re.search("[、,，]", text):
        return squeeze(text)
    named = all(looks_like_unit(each) and len(each) > 2 for each in pieces)
    levels = all(_LEVEL.match(each) or _TOWNS.search(each) for each in pieces)
    whole = all(_WHOLE.search(each) for each in pieces) and not any(_PART.match(each) for each in pieces[1:])
    return "、".join(pieces) if named and (levels or whole) else squeeze(text)


def _latin_names(text: str) -> list[str]:
    pieces = re.split(r",?\s+as well as\s+|;|,\s+and\s+|,(?!\s*(?:Inc|Ltd))", text)
    return [" ".join(name.split()) for piece in pieces if piece.strip() for name in _latin_pair(piece)]


def _latin_pair(piece: str) -> list[str]:
    """Water Bureau and Finance Office are two; Department of Trade and Industry is one."""
    if len(piece) > 3 * _LONGEST:
        return [piece]
    for found in re.finditer(r"\s+and\s+|\s*&\s*", piece):
        left, right = piece[: found.start()].strip(), piece[found.end() :].strip()
        both = looks_like_unit(left) and (looks_like_unit(right) or _named_beside(left, right))
        if both and not is_group(left) and not is_group(right):
            return [left, *_latin_pair(right)]
    return [piece]


def _named_beside(left: str, right: str) -> bool:
    """Parks Department and Friends of the Park: behind the end of an office's name a name of several words is another one."""
    words = right.split()
    return (
        is_latin_office(left)
        and not _OF.match(left)
        and len(words) > 1
        and words[0][:1].isupper()
        and may_be_unit(right)
    )


def fill_prefixes(names: list[str]) -> list[str]:
    """省科技厅、工业和信息化厅 becomes 省科技厅, 省工业和信息化厅; only 省 市 区 县 are carried.

    省委 is carried to the party's own departments alone: 省委宣传部、组织部 becomes 省委宣传部, 省委组织部.
    A name that could stand alone (a place of its own, a bracket, a group, another level) is left as it is.
    """
    out: list[str] = []
    level = party = ""
    for name in names:
        found = _LEVEL.match(shadow(name))
        if party and _PARTY.match(shadow(name)):
            out.append(party + name)
            continue
        if found:
            level = found[1][0]
            party = found[1] if found[1].endswith("委") else ""
        elif level and _takes_prefix(shadow(name)):
            name = level + name
        else:
            level = ""
        out.append(name)
    return out


def fill_suffixes(names: list[str]) -> list[str]:
    """东区、西区人民政府 becomes 东区人民政府, 西区人民政府: places in a row share what stands behind the last one."""
    out = list(names)
    if not any(name.endswith(("政府", "管委会")) for name in names):
        return out
    for place in range(len(out) - 2, -1, -1):
        found = _OF_PLACE.match(shadow(out[place + 1]))
        if found and _PLACE.match(shadow(out[place])):
            out[place] += found["organ"]
    return out


def _takes_prefix(name: str) -> bool:
    known = re.match(
        r"(?:发展改革|发改|工业和信息化|经信|经济|科技|教育|财政|民政|司法|公安|人力|人社|自然资源|生态环境|住房|住建|交通|水利|水务|农业|商务|文化|文旅|文广|卫生|卫健|"
        r"应急|审计|国资|外办|市场监管|广电|体育|统计|医保|林业|能源|政务|信访|机关|税务|气象|通信|密码|保密|档案|法院|检察院|供销|残联|妇联|工商|金融|城管|城市管理|医疗保障|医疗|园林|营商|行政审批|投资促进|招商|综合执法|"
        r"综合行政执法|民族|粮食|海洋|渔业|知识产权|药监|药品|退役军人|数据|大数据|监狱|地震|邮政|国土|规划|环保|质监|安监|旅游|农委|编办|台办|侨办|扶贫|乡村振兴|总工会)",
        name,
    )
    return bool(known) and bool(_ORGAN.search(name)) and not re.search(r"区(?:管委会|管理委员会)$", name)
