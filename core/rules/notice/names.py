"""Knows what a unit's name looks like: endings, group terms, names with brackets, prefixes left out in a list."""

from __future__ import annotations

import re
from functools import lru_cache

from core.rules.notice.shadow import shadow, squeeze

_ENDINGS = (
    "局 委 办 部 厅 院 会 中心 集团 公司 街道 镇 乡 区 县 市 州 盟 旗 园 园区 大队 支队 总队 队 指挥部 分局 联 银行 "
    "分行 支行 所 站 社 署 馆 校 学院 大学 医院 政府 办事处 管委会 企业 单位 部门 处 科 室 股 台 组 基地 党校 专班 公安 "
    "法院 检察院 海关 海事 税务 电力 供电 电信 移动 联通 消防 海事处 分署 分中心 部队 武装部 行 厂 场 村 社区 岛 司 关 "
    "协 妇联 团市委 集团公司 保险 铁塔 邮政 监狱 报社 电视台 广场 港 档案馆 总局 总署 总社 总会 研究所 规划院 设计院 学会 "
    "协会 商会 联合会 基金会 领导小组 工作组 委员会 服务区 新区 高新区 经开区 自贸区 管理区 团中央 团委 工委 专卖 物业"
).split()
_ENDING = re.compile("(?:" + "|".join(sorted(_ENDINGS, key=len, reverse=True)) + r")[”\"’」]?(?:\([^()]*\))?$")
_GROUP = re.compile(
    r"^各|各(?:有关|相关|级|直属|部门|单位|镇|乡|街道|县|区|市|园区|项目|地|成员|责任|牵头|配合)|(?:有关|相关|其他|所有|全体|全部)[^、]{0,6}(?:部门|单位|镇|乡|街道|企业|县|区|市)"
    r"|(?:区|县|市|省)(?:属|直)[^、]{0,6}(?:企业|单位|部门)|^全(?:区|县|市|省)|等(?:部门|单位)$|成员单位$|板块$"
    r"|^(?:镇街|镇\(街道\)|乡镇|部门|单位|责任单位|属地\S*|(?:乡镇|镇|乡|街道)(?:人民政府|政府|办事处)|街道办|县(?:市|\(市\))?区(?:人民政府|政府)?)$"
)
_COUNTED = re.compile(r"(?<!第)(?<!\d)\d+(?:余|多)?[场所个家座处项次村区社站厂馆镇乡户人名]$")
"""What ends like a unit's name and is a number of things: 招聘会20场."""

_MORE = re.compile(
    r"^\d{1,2}[.、)]|[\]\[|:;。!?☆△▽●○◎◆◇■□√✓✔]|报送|(?:向|按).{2,}(?:报告|反馈)|下同|不再|涉及|分工|按照|根据|为牵头|等(?=有关|相关|[省市区县各]|部门|单位)|^[由和及与会]同?(?=[省市区县各])|(?:负责|牵头|配合|落实|参与|完成)$|^(?:牵头|配合|责任|主办|协办|承办)(?:单位|部门)?[^\u4e00-\u9fff]"
    r"|\d{4}年|\d月|年底|以及|牵头[,、]|(?<!自)由|均|同上"
    r"|(?:局|工委|办|厅|部|中心)(?=[省市县区][\u4e00-\u9fff]{1,10}(?:局|委|办|厅|部|中心)$)"
)
_QUOTED = 14
"""Signs of a name with a quotation in it that may be a title and a name."""

_TASK = 8
_DOING = re.compile(
    r"修建|新建|扩建|改造|推进|加强|实施|开展|完善|优化|强化|做好|加快|提升|落实|关于|规范|推动|打造|培育|组织(?!部|人事)|完成|启动|健全|提高|深化|支持|举办"
)
"""What is to be done, run together with who does it (改造旧桥区住建局)."""

_MADE_FOR = re.compile(r"(?:专班|小组|指挥部|委员会|工作组)(?:办公室)?$|(?<!市)办公室$")

_LATIN_UNIT = re.compile(
    r"^[A-Z].*\b(?:Councils?|Committees?|Agency|Office|Department|Bureau|Board|Commission|Ministry|Administration|Service|"
    r"Authority|Institute|Center|Centre|Team|Unit|Division|Group|Services|Directorate|Trust|Partnership|Association|Society|Police|University|College|Library|Forum|Network|Homes|"
    r"Manager|Officer|Director|Coordinator|Secretary|Chief Executive|[A-Z]{2,6})$"
    r"|^(?:Department|Ministry|Office|Bureau|Board|Commission|Council|Agency|Directorate|Chamber|Head|(?:Assistant |Deputy |Executive )?Director|"
    r"Cabinet Member|Portfolio Holder|Chair) (?:of|for) [A-Z][\w ,&-]{2,60}$"
)
_LATIN_NAME = re.compile(r"^[A-Z][\w'’.&/()-]*(?: (?:[A-Z&(][\w'’.&/()-]*|of|for|and|the|to|in|with|on|de|&))*$")
_LATIN_LONGEST = 70
_LATIN_OFFICE = re.compile(
    r"(?:Agency|Office|Department|Dept\.?|Bureau|Board|Commission|Ministry|Administration|Services?|Authority|Division|Directorate|"
    r"Council|Committee|Team|Unit|Trust|Partnership|Secretariat|Corporation|Police|Officer|Manager|Director|Secretary|Section|Branch)"
    r"(?: \((?:lead|support|[A-Z]{2,8})\))?$"
    r"|^(?:Department|Ministry|Office|Bureau|Board|Commission|Council|Directorate|Head|Director|Secretary|Commissioner) (?:of|for) "
)

_LATIN_GROUP = re.compile(r"\b(?:all|other|others|relevant|each|various)\b", re.IGNORECASE)


def is_group(name: str) -> bool:
    """True for a term that stands for several units (各镇街, 区属各国有企业, 有关部门)."""
    return bool(_GROUP.search(shadow(name)) or _LATIN_GROUP.search(name))


def may_be_unit(name: str) -> bool:
    """True for what stands where a unit must stand and has nothing against it: looks like one, or is a name in Latin letters."""
    if looks_like_unit(name):
        return True
    return name.isascii() and len(name) <= _LATIN_LONGEST and bool(_LATIN_NAME.match(name.strip()))


def is_latin_office(name: str) -> bool:
    """True for an English name of an office of two words or more; places and other things that units' names end like are none."""
    found = _LATIN_OFFICE.search(name)
    return bool(found) and " " in name and bool(_LATIN_NAME.match(name)) and len(name) <= _LATIN_LONGEST


def is_odd(name: str) -> bool:
    """True for a name that holds more than a name: the rest of a sentence, a bracket that is open, a whole list."""
    flat = shadow(squeeze(name))
    if not re.search(r"[\u4e00-\u9fff]", flat):
        return False
    if "”" in flat and len(flat) > _QUOTED and not flat.startswith("“"):
        return True
    if len(flat) > _TASK and _DOING.match(flat) and not _MADE_FOR.search(flat):
        return True
    return bool(_MORE.search(flat)) or flat.count("(") != flat.count(")") or len(flat) > 40


@lru_cache(maxsize=4096)
def looks_like_unit(name: str) -> bool:
    """True where the name ends the way units' names end, or is a group term."""
    if ": " in name:
        return False
    if _LATIN_UNIT.search(name.strip()) and not _LATIN_GROUP.search(name):
        return True
    flat = shadow(squeeze(name))
    if _COUNTED.search(flat):
        return False
    return is_group(name) or (2 <= len(flat) <= 60 and bool(_ENDING.search(flat)) and not re.search(r"[。;:]", flat))


def are_two(above: str, below: str) -> bool | None:
    """Whether two lines of a cell are two units; None where they may as well be one name that was wrapped (区市场 / 监督管理局)."""
    one, two = shadow(squeeze(above)), shadow(squeeze(below))
    if not (looks_like_unit(one) and looks_like_unit(two)) or (
        len(two) <= 2 and two not in _SHORT and not _LEVEL.match(two)
    ):
        return False
    if _PARTY_HEAD.search(one) and not _LEVEL.match(two):
        return None
    return True if _LEVEL.match(two) or _WHOLE.search(one) or (one[-1] == two[-1] and len(one) > 2) else None


_LEVEL = re.compile(r"[省市区县州旗镇乡各]")
_SHORT = frozenset(
    "团委 妇联 工会 残联 科协 侨联 文联 法院 海关 机场 银行 税务 公安 消防 电力 移动 联通 电信 铁塔 邮政 供电".split()
)
_PARTY_HEAD = re.compile(r"(?:^|[、,;])(?:省|市|区|县|州|镇)?(?:党)?委$")
_WHOLE = re.compile(
    r"(?:局|厅|办|委|公司|集团|街道|(?<!城)[镇乡]|政府|中心|办公室|办事处|委员会|管委会|联合会|总工会|协会|医院|学校|大学|学院|支队|大队)(?:\([^()]*\))?$"
)
"""Ends after which a name doesn't go on."""


def is_ending(text: str) -> bool:
    """True for the end of a name that a line break cut off (局, 园区, 指挥部)."""
    return shadow(text) in _ENDINGS or text in ("街", "分局", "中心", "现场指挥部", "建设指挥部")
