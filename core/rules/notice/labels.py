"""Knows the labels that stand before units, leaders and dates: 牵头单位：, 【完成时限】, Lead:."""

from __future__ import annotations

import re
from functools import lru_cache

from core.rules.notice.shadow import squeeze

LEAD, CO, RESPONSIBLE, LEADER, DUE = "lead", "co", "responsible", "leader", "due"
_WORDS = {
    LEADER: "牵头负责领导|牵头区领导|牵头市领导|牵头县领导|牵头州领导|牵头省领导|牵头领导|责任领导|分管领导|分管市领导|分管县领导|分管区领导|分管副市长|分管副县长|分管副区长|"
    "责任市领导|责任县领导|责任区领导|领衔领导|领办领导|包联领导|包抓领导|联系领导|督办领导|督导领导|主抓领导|主管领导|负责领导|市领导|县领导|区领导",
    LEAD: "牵头(责任)单位|牵头(负责)单位|责任(牵头)单位|牵头责任单位|牵头责任部门|牵头负责单位|牵头单位|牵头部门|主要责任单位|主办单位|主责单位|主责部门|第一责任单位|首要责任单位|责任牵头单位|总牵头单位|牵头主体|主责责任单位|主责任单位|主责科室|牵头科室|牵头处室|主要负责单位|主要责任部门|主办部门|主牵头单位|第一牵头单位|牵头县区|牵头机关|主办机关|主要牵头单位|总牵头部门|牵头抓总单位",
    CO: "配合(协办)单位|配合(责任)单位|责任(配合)单位|协办(配合)单位|协同责任单位|配合责任单位|协办责任单位|配合单位|配合部门|协办单位|协办部门|协同单位|协同部门|参与单位|参与部门|参加单位|协助单位|会办单位|共同责任单位|协作单位|协助部门|协同配合单位|配合协作单位|协同责任部门|配合责任部门|共同配合单位|支持单位|其他责任单位|相关责任单位|协同部门和单位|协同配合部门|协办机关|配合机关|配合处室|配合科室|配合县区|参与责任单位|会同单位|支撑单位|技术支撑单位",
    RESPONSIBLE: "责任单位|责任部门|责任主体|承办单位|落实单位|实施单位|负责单位|负责部门|承办部门|落实部门|实施主体|落实主体|责任县区|责任科室|责任处室|责任分工|任务分工|工作分工|部门分工|职责分工|牵头及责任单位|牵头和责任单位|牵头或责任单位|办理单位|整改单位|整改责任单位|责任机关|承办机关|单位",
    DUE: "完成时限|完成时间|时限要求|办结时限|完成期限|时间要求|时间节点|计划完成时间|计划完成时限|工作时限|办理时限|落实时限|完成日期|时限及要求|完成时间节点|进度安排|截止时间|截止日期|办结时间|办结日期|办理期限|整改时限|整改期限|落实期限|完成节点|完成时点|销号时限|时限",
}
_ENGLISH = {
    LEAD: "Lead agency|Lead party|Lead unit|Lead officer|Lead department|Lead service|Lead team|Lead organisation|Lead organization|Lead partner|"
    "Lead body|Leading agency|Led by|Lead",
    CO: "Supporting agencies|Supporting partners|Supporting departments|Supporting services|Supporting officers|Supporting|Supported by|"
    "Support from|Support|Key partners|Delivery partners|Other partners|Partners|Partner|Contributors|Working with|With|Consulted",
    RESPONSIBLE: "Responsible parties|Responsible party|Responsible agencies|Responsible agency|Responsible officers|Responsible officer|Responsible owner|"
    "Responsible departments|Responsible department|Responsible units|Responsible unit|Responsible|Responsibility|Action owner|Assigned to|Accountable|Owners|Owner|Who",
    LEADER: "Portfolio holder|Cabinet member|Lead member|Lead councillor|Executive member|Executive sponsor|Sponsor",
    DUE: "Target completion date|Target date|Completion date|Timeline|Timeframe|Time frame|Timing|Timescales|Timescale|By when|Complete by|Due by|"
    "Due date|Due|Deadline|Target completion|When|By",
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}


_KIND |= {squeeze(word).lower(): kind for kind, words in _ENGLISH.items() for word in words.split("|")}


def _spaced(word: str) -> str:
    return r"\s*".join(re.escape(sign) for sign in word)


_ALL = "|".join(_spaced(w) for w in sorted(_KIND, key=len, reverse=True) if w != "单位" and not w.isascii())
_ALL_ENGLISH = "|".join(sorted("|".join(_ENGLISH.values()).split("|"), key=len, reverse=True))
_SHORT = {
    "牵头": LEAD,
    "主办": LEAD,
    "主责": LEAD,
    "配合": CO,
    "协办": CO,
    "协同": CO,
    "会办": CO,
    "参与": CO,
    "责任": RESPONSIBLE,
    "承办": RESPONSIBLE,
    "落实": RESPONSIBLE,
    "时限": DUE,
    "期限": DUE,
}
"""Labels so short that they count only where a line, a bracket or a clause begins: 牵头：, （主责：, ；配合：."""

_KIND |= _SHORT
_ORGAN = "单位|部门|站办|站所|局办|专班|机关|主体|科室|处室|股室|机构|县区|区县|乡镇|镇街|局室|部室|处办|厅局|委办|村居|院系|年级|组室|(?:省|市|区|县|镇)直(?:单位|部门)|社区|街道|村|镇|室|处|科"
_HEADED = "分包|联包|领包|包案|联挂|牵头|责任|分管|主管|包联|包抓|包保|包干|包挂|包村|驻村|联村|包片|包组|包户|包案|挂钩|挂联|挂点|挂包|联系|督办|督导|督查|领衔|领办|主抓|负责|协管|推进|协调"
_MADE = {
    LEAD: f"(?:建议|总|主|共同|联合|责任)*(?:牵头|主办|主责)(?:责任|整改|办理|化解|负责|实施|落实|抓总|推进|协调|组织|承办)*(?:{_ORGAN})",
    CO: f"(?:建议|共同|主要|责任|其他|相关|协同)*(?:配合|共建|协建|协办|协助|协同|协作|参与|参加|参建|会办|会同|支持|支撑|成员)(?:责任|整改|办理|化解|协办|配合|协作|实施|落实|推进)*(?:{_ORGAN})|协助",
    RESPONSIBLE: f"(?:(?:牵头|主办)\\s*[/及和、]\\s*)?(?:具体|直接|整改|工作|任务|主体|监管|属地|行业|第[二三]|其他|建议)*(?:包保|包抓|认领|跟进|责任|承办|落实|实施|负责|办理|推进|执行|承担|整改|主抓)(?:责任|落实|实施)*(?:{_ORGAN})|负责|跟进",
    LEADER: f"(?:{_HEADED})+[省市州县区镇乡旗局委院校厅]?(?:级|委|政府)*领导(?:同志|干部)?|(?:牵头|分管|责任|联系|包联)(?:副?[省市州县区镇乡局处]长|常委|副?书记|副?主任|班子成员)|(?:包保|包抓|包联|包案|挂帅|领办|领衔)(?=\\s*:)",
    DUE: "(?:计划|预计|拟|工作|推进|办理|办结|完成|整改|化解|治理|落实|销号|竣工|建成|目标|任务|年度|时间)*(?:时限|期限|时序|节点|期程)(?:要求|安排)?"
    "|(?:时间|推进|计划|目标|时序|序时)进度|(?:计划|预计|预定|预期|目标|最终|最后|拟|要求|推进|办理|办结|完成|整改|落实|销号|竣工|建成)+(?:时间|日期)|目标(?=\\s*:\\s*20\\d\\d年)",
}
"""Labels put together of words that say which kind they are (协同推进单位, 挂钩县级领导, 预计完成时间); beside the ones listed above."""

_ALL_MADE = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _MADE.items())
_BOTH = r"(?:\s*(?:及|和|与|、|/|或)\s*(?:具体)?(?:责任人|负责人|联系人))?"
"""责任单位及责任人: a label of units and of somebody to call."""

_BEHIND = "局委办厅部院会道镇府司心队团企街乡"
"""Signs with which the units before a short label end (区交通局协办：)."""

_ALL_SHORT = "|".join(_spaced(word) for word in _SHORT)
LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[(\[;,。\s{_BEHIND}]))\**(?P<short>{_ALL_SHORT})\**\s*:\**|\[(?P<boxed>{_ALL}|牵头|主办|主责|责任|配合|协办|协同|时限)\]\s*:?\s*|\**(?:[省市区县](?:级|直)|(?<![^、,;。\s(\[])[省市区县])?(?P<word>{_ALL}){_BOTH}\**(?:\([^()]{{1,8}}\))?\s*:\**"
    rf"|(?:(?<=^)|(?<=[(\[;,。\s]))\**(?:{_ALL_MADE}){_BOTH}\**(?:\([^()]{{1,8}}\))?\s*:\**|\[(?P<made>(?:{'|'.join(_MADE.values())}))\]\s*:?\s*"
    rf"|(?:(?<=^)|(?<=[.;]\s)|(?<=[(\[]))\**(?P<english>(?=[A-Z])(?i:{_ALL_ENGLISH}))\**:\**|(?:(?<=^)|(?<=[;]\s)|(?<=[(\[]))(?P<target>Target):(?=[^;\])]{{0,24}}20\d\d)"
)


def label_kind(found: re.Match[str]) -> str:
    """Which label a match of LABEL is: lead, co, responsible, leader or due."""
    made = next((kind for kind in _MADE if found[kind]), None)
    if made or found["target"]:
        return made or DUE
    if found["made"]:
        return next(kind for kind, pattern in _MADE.items() if re.fullmatch(pattern, found["made"]))
    return _KIND[squeeze(found["word"] or found["short"] or found["boxed"] or found["english"].lower())]


PERSON = re.compile(
    r"(?:(?<=^)|(?<=[(\[;,。、\s局委办厅部院会道镇府司心\d]))(?:(?:具体|直接|主要|分管|第一|部门|单位|项目|工作)*(?:责任人|负责人|联系人|联络员|经办人|承办人)|(?:联系|办公)电话|联系方式|电话)"
    r"(?:及(?:联系)?电话)?\s*:"
)
"""A label of somebody to call. Such a person is no unit, no leader and no part of a date."""


_AFTER_PERSON = re.compile(r"[;。]")


def unmanned(text: str, flat: str) -> str:
    """The text of a statement without whom to call; what is labelled behind such a person stays. `flat` is its shadow."""
    found = PERSON.search(flat)
    while found:
        label, stop = LABEL.search(flat, found.end()), _AFTER_PERSON.search(flat, found.end())
        ends = [each for each in (label and label.start(), stop and stop.end()) if each]
        head = found.start() if ends else len(flat[: found.start()].rstrip(" ;,。、("))
        text, flat = (each[:head] + each[min(ends, default=len(flat)) :] for each in (text, flat))
        found = PERSON.search(flat)
    return text


ASIDE = re.compile(
    r"(?:^|(?<=[,;。\s]))(?:(?:建设|项目|业主|施工|代建)单位|项目(?:业主|法人)|(?:建设|项目|实施)地[点址]|(?:(?:年度)?(?:计划)?|总)投资额?|(?:资金|事项|任务|信息)来源|"
    r"建设(?:周期|期限|性质|规模)|指标属性)\s*:[^,;。]*[,;。]?\s*"
)
"""What a bracket says beside who does it and by when: the builder, the money, where the matter comes from."""

WORDS = re.compile(
    r"(?:(?:改革|工作|任务|主要|建设|具体|目标|年度|重点|整改|推进|议定|议决|决定|交办|督办|会议|裁示|指示|列管)*(?:内容|目标|任务|措施|举措|要求|事项|意见)|(?:Action|Description|Details|Task|What)(?: required)?)\s*:\s*",
    re.IGNORECASE,
)
"""A label of what is to be done, below the name of a task."""


@lru_cache(maxsize=1024)
def labels_in(flat: str) -> tuple[re.Match[str], ...]:
    """Every label of a shadowed text, in order; asked of the same line again and again."""
    return tuple(LABEL.finditer(flat)) if ":" in flat or "[" in flat else ()
