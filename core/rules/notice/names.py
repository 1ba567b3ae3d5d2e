"""Knows what a unit's name looks like: endings, group terms, names with brackets, prefixes left out in a list."""

from __future__ import annotations

import re

from core.rules.notice.shadow import shadow, split_outside, squeeze

_ENDINGS = [
    "局",
    "委",
    "办",
    "部",
    "厅",
    "院",
    "会",
    "中心",
    "集团",
    "公司",
    "街道",
    "镇",
    "乡",
    "区",
    "县",
    "市",
    "州",
    "盟",
    "旗",
    "园",
    "园区",
    "大队",
    "支队",
    "总队",
    "队",
    "指挥部",
    "分局",
    "联",
    "银行",
    "分行",
    "支行",
    "所",
    "站",
    "社",
    "署",
    "馆",
    "校",
    "学院",
    "大学",
    "医院",
    "政府",
    "办事处",
    "管委会",
    "企业",
    "单位",
    "部门",
    "处",
    "科",
    "室",
    "台",
    "组",
    "基地",
    "党校",
    "专班",
    "公安",
    "法院",
    "检察院",
    "海关",
    "海事",
    "税务",
    "电力",
    "供电",
    "电信",
    "移动",
    "联通",
    "消防",
    "海事处",
    "分署",
    "分中心",
    "部队",
    "武装部",
    "行",
    "厂",
    "场",
    "村",
    "社区",
    "岛",
    "司",
    "关",
    "协",
    "妇联",
    "团市委",
    "集团公司",
    "保险",
    "铁塔",
    "邮政",
    "监狱",
    "报社",
    "电视台",
    "广场",
    "港",
    "档案馆",
    "总局",
    "总署",
    "总社",
    "总会",
    "研究所",
    "规划院",
    "设计院",
    "学会",
    "协会",
    "商会",
    "联合会",
    "基金会",
    "领导小组",
    "工作组",
    "委员会",
    "服务区",
    "新区",
    "高新区",
    "经开区",
    "自贸区",
    "管理区",
]
_ENDING = re.compile("(?:" + "|".join(sorted(_ENDINGS, key=len, reverse=True)) + r")[”\"’」]?(?:\([^()]*\))?$")
_GROUP = re.compile(
    r"^各|各(?:有关|相关|级|直属|部门|单位|镇|乡|街道|县|区|市|园区|项目|地|成员|责任|牵头|配合)|(?:有关|相关|其他|所有|全体|全部)[^、]{0,6}(?:部门|单位|镇|乡|街道|企业|县|区|市)"
    r"|(?:区|县|市|省)(?:属|直)[^、]{0,6}(?:企业|单位|部门)|^全(?:区|县|市|省)|等(?:部门|单位)$|^(?:镇街|镇\(街道\)|乡镇|部门|责任单位|成员单位|属地\S*)$"
)
_LATIN_UNIT = re.compile(
    r"^[A-Z].*\b(?:Councils?|Committees?|Agency|Office|Department|Bureau|Board|Commission|Ministry|Administration|Service|"
    r"Authority|Institute|Center|Centre|Team|Unit|Division|Group|[A-Z]{2,6})$"
)
_LATIN_GROUP = re.compile(r"\b(?:all|other|others|relevant|each|various)\b", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:县级市|县|市|区|旗|乡|镇|街道|开发区|功能区|园区|街道办事处|管委会)(?:人民政府|政府|办事处|管委会)?$"
)
_OPEN_GROUP = re.compile(r"^各(?:有关|相关)?(?:县|市|区|旗|乡|镇|街道)$")
_LEVEL = re.compile(r"^(省委|市委|区委|县委|省政府|市政府|区政府|县政府|省|市(?!场|政|容|民|监)|区|县)(?=\S)")
_ORGAN = re.compile(r"(?:局|委|办|厅|院|部|队|社|联|会|中心)$")


def is_group(name: str) -> bool:
    """True for a term that stands for several units (各镇街, 区属各国有企业, 有关部门)."""
    return bool(_GROUP.search(shadow(name)) or _LATIN_GROUP.search(name))


def looks_like_unit(name: str) -> bool:
    """True where the name ends the way units' names end, or is a group term."""
    if _LATIN_UNIT.search(name.strip()) and not _LATIN_GROUP.search(name):
        return True
    flat = shadow(squeeze(name))
    return is_group(name) or (2 <= len(flat) <= 60 and bool(_ENDING.search(flat)) and not re.search(r"[。;:]", flat))


def is_ending(text: str) -> bool:
    """True for the end of a name that a line break cut off (局, 园区, 指挥部)."""
    return shadow(text) in _ENDINGS or text in ("街", "分局", "中心", "现场指挥部", "建设指挥部")


def looks_like_units(text: str) -> bool:
    """True where every name of a list looks like a unit."""
    parts = [p for p in names_in(text) if p]
    return bool(parts) and all(looks_like_unit(p) for p in parts)


def names_in(text: str) -> list[str]:
    """The names of a list in order, white space taken out; 各区、县级市 stays one term."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return _latin_names(text)
    out: list[str] = []
    for piece in split_outside(_spaced_apart(text), "、,，;；/"):
        if out and _OPEN_GROUP.match(shadow(out[-1])) and _BARE.match(shadow(piece)):
            out[-1] += "、" + piece
        elif out and not piece:
            continue
        else:
            out.append(piece)
    return [piece for piece in out if piece]


def _spaced_apart(text: str) -> str:
    """区财政局 区审计局 becomes a list where every piece is a unit of some level; any other space is only a wrap."""
    pieces = text.split()
    apart = len(pieces) > 1 and not re.search("[、,，]", text)
    apart = apart and all(_LEVEL.match(each) and looks_like_unit(each) and len(each) > 3 for each in pieces)
    return "、".join(pieces) if apart else squeeze(text)


def _latin_names(text: str) -> list[str]:
    pieces = re.split(r",?\s+as well as\s+|;|,\s+and\s+|,(?!\s*(?:Inc|Ltd))", text)
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def fill_prefixes(names: list[str]) -> list[str]:
    """省科技厅、工业和信息化厅 becomes 省科技厅, 省工业和信息化厅; only 省 市 区 县 are carried, never 省委.

    A name that could stand alone (a place of its own, a bracket, a group, another level) is left as it is.
    """
    out: list[str] = []
    level = ""
    for name in names:
        found = _LEVEL.match(name)
        if found:
            level = found[1][0]
        elif level and _takes_prefix(name):
            name = level + name
        else:
            level = ""
        out.append(name)
    return out


def _takes_prefix(name: str) -> bool:
    known = re.match(
        r"(?:发展改革|发改|工业和信息化|经信|经济|科技|教育|财政|民政|司法|公安|人力|人社|自然资源|生态环境|住房|住建|交通|水利|水务|农业|商务|文化|文旅|文广|卫生|卫健|"
        r"应急|审计|国资|外办|市场监管|广电|体育|统计|医保|林业|能源|政务|信访|机关|税务|气象|通信|密码|保密|档案|法院|检察院|供销|残联|妇联|工商|金融|城管|综合执法|"
        r"综合行政执法|民族|粮食|海洋|渔业|知识产权|药监|药品|退役军人|数据|大数据|监狱|地震|邮政|国土|规划|环保|质监|安监|旅游|农委|编办|台办|侨办|扶贫|乡村振兴|总工会)",
        name,
    )
    return bool(known) and bool(_ORGAN.search(name))
