"""Knows what the heads of a table's columns mean: number, content, leader, units, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.shadow import shadow

NUMBER, CONTENT, SECTION, PAIR = "number", "content", "section", "lead_co"
"""What a column holds beside who leads, assists and when; PAIR is lead and co-units in one cell, apart by a stroke."""

_SIDE = r"(?:整改|问题|任务|项目|工作|办理|建设|省|市|区|县|州|镇)?(?:级|直|委|政府)?"
_BODY = r"(?:单位|部门|主体|科室|处室|县区|区县|局室)"
_COLUMNS = (
    (
        NUMBER,
        re.compile(
            r"^(?:序号?|编号|(?:项目|任务|事项|督办|立项|建议|提案|议案|案)(?:编号|序号|号)|#|(?:Action |Item |Task )?(?:No|Ref|Ref\.? no|ID|Number)\.?|Item)$",
            re.I,
        ),
    ),
    (
        LEADER,
        re.compile(
            rf"^(?:牵头|责任|分管|包联|包抓|督办|督导|联系|负责|主管|领办|领衔|挂钩|挂联)+(?:负责)?(?:的)?{_SIDE}领导(?:同志)?$"
            rf"|^(?:省|市|区|县|州)(?:级|委|政府)?领导$|^(?:分管|责任|牵头|负责)副?(?:市|县|区|镇|州)长$|^(?:主要|党政|班子)?领导(?:责任|干部|同志)?$"
        ),
    ),
    (
        LEAD,
        re.compile(
            rf"^{_SIDE}(?:主要)?(?:牵头(?:责任|负责)?|主办(?:责任)?|主责(?:责任)?|主要责任|主要负责|第一责任|首要责任|总牵头|责任牵头|牵头组织实施|牵头落实|牵头承办){_BODY}$|^牵头$"
            r"|^lead(?:ing)?(?: (?:agency|agencies|party|organi[sz]ations?|department|unit|entity|officers?|service|team|body|partner|responsibility|person))?$|^led by$",
            re.I,
        ),
    ),
    (
        CO,
        re.compile(
            rf"^{_SIDE}(?:配合|协办|协同|参与|参加|协助|协作|会办|支持)+(?:责任)?{_BODY}$|^配合$|^(?:其他|相关)责任{_BODY}$"
            r"|^(?:责任\(配合\)|配合\(责任\)){_BODY}$|^support(?:ing|ed by)?(?: agenc\w+| part\w+| departments?| units?| organi[sz]ations?| officers?| services?| teams?)?$|^(?:key |delivery |other |supporting )*partners?(?: involved)?$|^(?:working with|contributors?|consulted)$",
            re.I,
        ),
    ),
    (
        RESPONSIBLE,
        re.compile(
            rf"^{_SIDE}(?:责任|承办|落实|实施|负责|牵头(?:及|和|、|/)责任|主管|包抓){_BODY}$|^(?:责任)?单位$|^主体$|^责任分工$|^任务分工$|^responsib(?:le|ility)(?: part\w+| agenc\w+| departments?| units?| officers?| owners?| persons?| teams?| services?| bod\w+)?$|^(?:action |task )?owners?$|^(?:action by|assigned to|accountable(?: officer)?|who)$",
            re.I,
        ),
    ),
    (
        DUE,
        re.compile(
            r"^(?:计划|预计|要求|拟)?(?:工作|任务|项目|目标|整改|建设)?(?:完成|办结|办理|落实|推进|进度|督办|整改|实施|建成|竣工|截止|销号|反馈)?的?(?:时限|时间|期限|节点|时间节点|日期|年限)(?:要求|节点)?$"
            r"|^(?:完成|办结|进度|时限|时间)要求$"
            r"|^(?:target|due|completion|end|target completion|delivery)(?: dates?)?$|^milestone dates?$|^deadline$|^time ?(?:lines?|frames?|scales?)$|^(?:by|by when|when|due by|complete by|timing)$",
            re.I,
        ),
    ),
    (
        SECTION,
        re.compile(
            r"^(?:类别|分类|类型|板块|领域|主题|专项|方面|大类|条线|(?:重点|工作|任务|目标|项目)(?:领域|类别|板块|分类))$"
            r"|^(?:themes?|priority|priorities|priority area|strategic (?:priority|objective|theme|aim)|pillar|aim|goal|workstream)$",
            re.I,
        ),
    ),
    (
        CONTENT,
        re.compile(
            r"^[^、,;/]{0,8}(?:工作|任务|事项|项目|内容|措施|举措|目标|实事|工程|问题|标准|成果|成效|要点|要求|清单|标题|议题|案由|建议|提案|规模)(?:名称|内容|要求|描述)?$"
            r"|^(?:(?:\d{4}年)?(?:政府工作)?报告原文|指标(?:名称)?|主要指标|目标值|名称|建设规模及内容)$"
            r"|^(?:(?:agreed|management|proposed|key|planned|specific|improvement|recommended) )?(?:milestone|action|task|activit(?:y|ie)|deliverable|commitment|initiative|measure|recommendation|objective|project)(?: items?)?s?(?: (?:required|title|description|to be taken))?$|^(?:description|what (?:we will|will we) do)$",
            re.I,
        ),
    ),
)


_PART = re.compile(
    rf"^(?:责任|承办|落实|实施)?{_BODY}\((?:(?P<lead>牵头|主责|主办)|(?:配合|协办|协同|参与))(?:{_BODY})?\)$"
)
"""责任单位（牵头） and 责任单位（配合） as heads of two columns."""


_BOTH = re.compile(
    rf"^(?:牵头|主办|主责){_BODY}?(?:/|、|及|和|\()(?:配合|协办|协同|参与){_BODY}\)?$|^lead\s*/\s*(?:support|partners?)\w*$",
    re.I,
)
_BESIDE = re.compile(
    r"^单位$|备注|说明|来源|依据|进展|进度|情况|季度|月份?$|联系|电话|责任人|经办|投资|资金|金额|经费|性质|地点|地址|状态|权重|分值|考核|序时|计划|文号|日期|业主|建设单位|规模|签字|印章|面积"
    r"|^(?:RAG|status|progress|costs?|budget|resources?|funding|notes?|comments?|updates?|outcomes?|priority|rating|risk|evidence|kpis?)\b",
    re.I,
)


_PROOF = re.compile(r"(?:milestone|deliverable|measure)s?\b", re.I)


_LONGEST = 60
"""Characters of a head of a column."""


def is_beside(header: str) -> bool:
    """Whether a column says nothing about what is to be done, by whom, by when: remarks, progress, money, telephone."""
    flat = re.sub(r"\s", "", shadow(header)) if not header.isascii() else header.strip()
    return bool(_BESIDE.search(flat) or _PROOF.match(flat))


@lru_cache(maxsize=4096)
def column_of(header: str) -> str | None:
    """Which column a header cell names; None for any other text."""
    if len(header) > _LONGEST:
        return None
    flat = re.sub(r"[*\s]", "", shadow(header)) if not header.isascii() else re.sub(r"\*", "", header).strip()
    if _BOTH.match(flat):
        return PAIR
    part = _PART.search(flat)
    if part:
        return LEAD if part["lead"] else CO
    flat = re.sub(r"\([^()]*\)$", "", flat)
    found = next((kind for kind, pattern in _COLUMNS if pattern.match(flat)), None)
    return None if found == CONTENT and _BESIDE.search(flat) else found


def columns_of(headers: Sequence[str]) -> list[str | None]:
    """Which column each head names. What shows that a task is done says what is to be done only where nothing else does."""
    named = [column_of(header) for header in headers]
    if (
        len([kind for kind in named if kind in (LEAD, RESPONSIBLE)]) > 1
    ):  # 单位 beside 牵头单位 is what is counted: %, 亿元
        named = [None if header.strip() == "单位" else kind for header, kind in zip(headers, named, strict=True)]
    if named.count(CONTENT) > 1:
        shown = [_PROOF.match(header.strip()) for header in headers]
        if sum(kind == CONTENT and not proof for kind, proof in zip(named, shown, strict=True)):
            named = [None if proof and kind == CONTENT else kind for kind, proof in zip(named, shown, strict=True)]
    return named


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells are the heads of columns of a table of tasks."""
    return is_heads(columns_of(cells))


def is_heads(named: Sequence[str | None]) -> bool:
    """Whether such columns make a table of tasks: what is to be done, and who does it."""
    return CONTENT in named and any(kind in named for kind in (LEAD, RESPONSIBLE, CO, LEADER, PAIR))
