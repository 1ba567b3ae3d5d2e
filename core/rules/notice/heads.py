"""Knows what the head of one column of a table means: number, content, leader, units, date."""

from __future__ import annotations

import re
from functools import lru_cache

from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.part_signs import is_sign
from core.rules.notice.shadow import shadow

NUMBER, CONTENT, SECTION, PAIR, BESIDE = "number", "content", "section", "lead_co", "beside"
"""What a column holds beside who leads, assists and when; PAIR is lead and co-units in one cell, apart by a stroke;
BESIDE is of no concern for the task (money, progress, telephone)."""

_SIDE = r"(?:(?:整改|问题|任务|项目|工作|办理|建设|改革|实施|省|市|区|县|州|镇|旗)?(?:级|直|委|政府|内)?)"
_OFFICE = r"(?:科室|处室|股室|部室|班组|车间|科\(室\)|处\(室\)|站办)"
_BODY = rf"(?:单位|部门|主体|机构|机关|{_OFFICE}|县区|区县|县市区|局室|镇街|专班)"
_BODIES = rf"{_BODY}(?:[/、及和与或]{_BODY})*"
_MANNED = r"(?:[/、及和与,]?(?:主要|分管)?(?:责任人|负责人|联系人|负责同志))?"
_LEADING = r"(?:牵头|主办|主责|主政|统筹|抓总|首办|首接|主要责任|主要负责|主要承办|主要实施|第一责任|首要责任)"
_HELPING = r"(?:成员|会签|联动|协管|共同责任|配合|协办|协同|参与|参加|协助|协作|会办|支持|分办|支撑|会同|辅助)"
_DOING = r"(?:责任|权责|归口(?:管理)?|组织|经办|分工|整治|主体|整改|承办|落实|实施|负责|执行|办理|包抓|包保|推进|承担|承接|主抓|属地|完成|牵头(?:及|和|、|/|或)责任)"
_WHEN = r"(?:时限|时间|期限|期程|时程|工期|节点|时点|日期|年限)"
_DONE = (
    r"(?:预定|预期|预订|执行|回复|答复|年度|承诺|结束|最迟|最晚|阶段性?|时间|起止|规定|限定|办妥|完成|办结|办理|落实|推进|进度|督办|整改|实施|建设|建成|竣工|完工|投产|投用|交付|截止|截至|销号|反馈|出台|印发|结项|"
    r"达标|报送|上报|提交|序时|目标|工作|任务|项目|改革|具体|最终|总体|计划|预计|要求|拟|应|的)"
)
_COLUMNS = (
    (
        NUMBER,
        re.compile(
            r"^(?:序号?|编号|(?:项目|任务|事项|督办|立项|建议|提案|议案|案|工作|清单|指标|问题)(?:编号|序号|号)|#"
            r"|(?:Action |Item |Task |Ser(?:ial)? )?(?:No|Nr|Ref|Ref\.? no|ID|Number)\.?|Item|Ser|S/N|Sr\.? ?No\.?)$",
            re.I,
        ),
    ),
    (
        LEADER,
        re.compile(
            r"^(?!.*(?:配合|协助|协管|参与|部门|单位|科室|处室|镇街|企业|公司|业主|批示|意见|讲话|交办|关注))[^,;:。、]{0,10}领导(?:同志|责任|干部|姓名|职务|及职务)*$"
            r"|^(?:分管|主管|责任|牵头|负责|包联|领衔)副?(?:市|县|区|镇|州|旗)长$|^(?:省|市|区|县|州|旗)级(?:分管|包联|包保|牵头|责任|联系)?(?:责任人|负责人|负责同志|干部)$|^(?:分管|牵头|领衔|包联|包抓|包保|包案|挂点|挂钩|挂联)(?:省|市|区|县|州|镇)?级?(?:负责人|责任人|负责同志)$|^(?:分管|牵头|责任|联系|包联|主管)副?(?:局|校|院|所|站|厅|处|科|部|署|行|社|台)长$|^分管(?:副?总(?:经理|裁)?|副?书记|副?主任)$|^(?:总)?指挥长?$|^(?:工作|推进|攻坚)?专班(?:组长|班长|长)$|^(?:分管|责任|牵头|主管)?(?:集团|公司)(?:分管|责任|牵头|主管)?领导$|^[^,;:。、配协]{0,6}班子成员$|^(?:领办|领衔|挂帅)人$|^(?:lead )?(?:cabinet members?|portfolio holders?|executive members?|lead (?:members?|councillors?)|sponsors?|executive sponsors?)$|^(?:省|市|区|县|州|镇)?级?总?(?:河|湖|林|链|田|路|湾|街|片)长$",
            re.I,
        ),
    ),
    (
        LEAD,
        re.compile(
            rf"^(?!.*(?:配合|协办|协同|协助|参与)){_SIDE}总?{_LEADING}(?:[^及和或、/,人员]{{0,6}}?)?{_BODIES}{_MANNED}$|^(?:总?牵头|主办|主责)(?:方)?$"
            rf"|^{_SIDE}责任牵头{_BODIES}$"
            r"|^(?:lead(?:ing)?|primary|main|principal)(?: (?:responsible|delivery|implementing|implementation))?(?: (?:agency|agencies|party|organi[sz]ations?|department|unit|entity|officers?|service|team|body|partner|responsibility|person|owner|office|ministry|institution|actor|directorate|division|bureau|section|function)s?)$"
            r"|^lead(?:s|\(s\))?$|^led by$|^(?:action|project|task|delivery) lead(?:s|\(s\))?$",
            re.I,
        ),
    ),
    (
        CO,
        re.compile(
            rf"^{_SIDE}(?:技术|要素|业务)?{_HELPING}+(?:责任|协办|配合|落实|实施|推进)*{_BODIES}{_MANNED}$|^(?:配合|协办|会办|分办|协同|协助|参与|参加)(?:方)?$"
            rf"|^(?:其他|其它|相关|有关|额外|其余|次要)(?:责任|配合|参与|相关|协办)*{_BODIES}$"
            r"|^(?:责任\(配合\)|配合\(责任\))(?:单位|部门)$"
            r"|^(?:support(?:ing|ed by)?|secondary|other|partner|participating|cooperating|contributing|assisting|co-?lead|involved)(?: (?:responsible|delivery|implementing))?(?: (?:agenc\w+|part\w+|departments?|units?|organi[sz]ations?|officers?|services?|teams?|entit\w+|bod\w+|institutions?|ministr\w+|offices?|stakeholders?|actors?))$"
            r"|^support(?:ing|ed by)?$|^(?:key |delivery |other |supporting |potential |local )*partners?(?: involved)?$|^(?:working with|contributors?|consulted|collaborators?|in partnership with)$",
            re.I,
        ),
    ),
    (
        RESPONSIBLE,
        re.compile(
            rf"^{_SIDE}(?:具体|直接|组织|主要)?{_DOING}+{_BODIES}{_MANNED}$|^(?:责任)?单位$|^(?:部门|{_OFFICE})$|^主体$|^(?:责任|任务|工作|职责)?分工$|^(?:承办|责任)方$|^(?:责任人|负责人)[/、及和与](?:责任|承办|负责)?{_BODY}$|^(?:包联|挂联|挂钩|挂包|帮扶|结对|认领|领办|认办)(?:责任)?(?:单位|部门)$|^(?:责任|属地|承办|落实)(?:乡镇|街道|院系|校区|学校|公司|企业)$|^[^,;、]{{0,6}}主管{_BODIES}$"
            r"|^(?:responsib(?:le|ility)|implementing|delivery|accountable|assigned|executing)(?: (?:part\w+|agenc\w+|departments?|units?|officers?|owners?|persons?|teams?|services?|bod\w+|organi[sz]ations?|entit\w+|offices?|institutions?|leads?))?$"
            r"|^(?:action |task |risk )?owners?$|^(?:action by|actioned by|assigned to|delivered by|who|who is responsible|by whom)$",
            re.I,
        ),
    ),
    (
        DUE,
        re.compile(
            rf"^[^、,;/()起始限]{{0,6}}(?:时限|期限)$|^{_DONE}*{_WHEN}(?:要求|节点|安排|和进度|及进度|及要求|和要求)?$|^(?:完成|办结|进度|序时|时限|时间|节点)要求$"
            r"|^(?:工作)?时间(?:安排|进度|表)$|^(?:工作|推进)?进度安排$|^(?:计划|预计|拟)?完成(?:月份|季度|日)$|^截止日$|^(?:计划|预计|要求|拟)?(?:结束|完工|竣工|完成|办结|建成|投产|投用|交付|销号)(?:时)?$"
            r"|^(?:target|due|completion|end|finish|target completion|planned completion|expected completion|delivery)(?: dates?)?$|^(?:milestone|implementation|review) dates?$|^deadlines?$"
            r"|^(?:proposed |indicative )?time ?(?:lines?|frames?|scales?|tables?)$|^(?:by|by when|when|due by|complete(?:d)? by|timing|target completion|date due)$",
            re.I,
        ),
    ),
    (
        SECTION,
        re.compile(
            r"^[^,;、/]{0,6}(?:类别|分类|类型|板块|领域|主题|专项|方面|大类|条线|篇章|维度)$"
            r"|^(?:themes?|priority|priorities|priority (?:area|action)|focus area|key result area|strategic (?:priority|objective|theme|aim|goal)|pillar|aim|goal|outcome area|strategy|workstream|category)$",
            re.I,
        ),
    ),
    (
        CONTENT,
        re.compile(
            r"^[^、,;/]{0,8}(?:工作|任务|事项|项目|内容|措施|举措|目标|实事|工程|问题|标准|成果|成效|要点|要求|清单|标题|议题|案由|建议|提案|规模)(?:名称|内容|要求|描述|概述)?$|^[^、,;/]{2,6}名称$"
            r"|^[^、,;/]{2,8}[及和与][^、,;/]{0,8}(?:内容|任务|目标|措施|要求|规模)$|^(?:工作|重点)?(?:任务|事项|内容|项目)[及和与](?:责任|牵头)(?:单位|部门|分工)$|^(?:专项|攻坚|重点|主要|具体|改革)(?:行动|改革|对策)$"
            r"|^(?:具体|主要|改进|改善)(?:作法|做法)$|^(?:分步|分阶段|阶段|分解|实施|工作|推进|具体)*步骤(?:安排)?$|^(?:(?:工作|整治|推进|改革|执行)重点|[^、,;/]{0,4}策略|行动(?:方案|计[划画])?|工作(?:安排|部署)|方案|会议决定|答复承诺|隐患描述|(?:整改|处理|处置|办理)(?:意见|建议)|课题(?:名称)?)$"
            r"|^(?:(?:\d{4}年)?(?:政府工作)?报告原文|[^、,;/]{0,4}指标(?:名称)?|目标值|名称|建设规模及内容|反馈意见|事由|主要做法)$"
            r"|^(?:(?:agreed|management|proposed|key|planned|specific|improvement|recommended|priority|detailed|main) )?(?:milestone|action|task|activit(?:y|ie)|deliverable|commitment|initiative|measure|recommendation|objective|project|intervention)(?: (?:items?|steps?|points?))?s?(?: (?:required|title|description|name|to be taken))?$"
            r"|^(?:action steps?|description|actions? to be taken|what (?:we will|will we) do|what)$",
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
    r"^单位$|备注|说明|来源|依据|进展|进度|情况$|^(?:完成|整改|办理)情况|季度|半年|月份?$|联系|联络|电话|手机|责任人|负责人|经办|投资|资金|金额|经费|性质|阶段|类型|地点|地址|位置|状态|权重|分值|得分|评分|考核(?!指标|内容|事项|项目|任务|目标)|序时|计划|文号|日期|业主|建设单位"
    r"|规模$|签字|印章|面积|职务|网格|督办人|督查员|填报|是否|标志|成果形式|年份|年限|级别|层级|优先级"
    r"|^(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"|^(?:RAG|status|progress|(?:estimated |total |indicative )?costs?|budget|resources?|resourcing|fund(?:ing|s)?|notes?|comments?|remarks?|updates?|outcomes?|outputs?|priority|rating|risk|evidence|kpis?|"
    r"(?:performance |success )?(?:indicators?|measures?|metrics?)|targets?|baseline|start(?: date)?|Q[1-4]|quarter)\b",
    re.I,
)
_START = re.compile(
    r"(?:开始|开工|起始|启动|交办|下达|立项|来文|收文|发文|提出|召开|颁发|登记|受理|接收|会议|更新|批复|督办|办文)(?:时间|日期)?$"
)
_PROOF = re.compile(r"(?:(?:milestone|deliverable|measure)s?\b|(?:预期|阶段性?|标志性)?成果)", re.I)
_STATE = re.compile(
    r"^(?:存在|目前|主要|当前)?的?(?:困难|问题)(?:(?:和|及|与|、)(?:困难|问题|建议|对策))+$|^存在的?问题$|^下一步|^意见建议$"
)
_WATCHER = re.compile(
    rf"(?:督办|督查|督促|验收|考核|考评|监督|评估|评价|验销|审核|审批|颁发|填报|发布|来文|交办|提案|提出|申报|报送|监测|统计|业主|建设|施工|设计|监理|代建|勘察|项目){_BODY}(?:/人员)?$"
    r"|业主$"
)
_STEPS = re.compile(
    r"^(?:分步|分阶段|阶段|分解|实施|工作|推进|具体)*步骤|^(?:分步|分阶段|阶段)(?:性)?(?:实施|推进|工作|重点|主要)*(?:任务|目标|内容|安排|工作|措施)$"
)
_INNER = re.compile(rf"{_OFFICE}$")
_LONGEST = 60
"""Characters of a head of a column."""

_RANKS = {
    DUE: (
        (3, r"完成|办结|竣工|完工|建成|投产|投用|交付|整改|销号|截止|complet|due|deadline"),
        (1, r"反馈|上报|报送|review|周期|起止"),
    ),
    LEADER: (
        (2, r"(?:负责人|责任人|同志)$"),
        (3, r"牵头|领衔|领办|主抓|包|分管|责任|挂|负责"),
        (1, r"督办|督导|督查|联系"),
    ),
    RESPONSIBLE: ((1, r"主管|^单位$|^部门$|包联|挂联|挂钩|挂包|帮扶|结对"),),
}


@lru_cache(maxsize=4096)
def bare_head(header: str) -> str:
    """A head without the white space and stars in it; words of Latin letters keep their spaces."""
    flat = shadow(header)
    return re.sub(r"\*|:$", "", " ".join(flat.split())) if header.isascii() else re.sub(r"[*\s]|:\s*$", "", flat)


def _unbracketed(flat: str) -> str:
    return re.sub(r"\([^()]*\)$", "", flat).strip()


def is_beside(header: str) -> bool:
    """Whether a column says nothing about what is to be done, by whom, by when: remarks, progress, money, telephone."""
    flat = bare_head(header)
    return bool(_BESIDE.search(flat) or _PROOF.match(flat) or _START.search(_unbracketed(flat)))


@lru_cache(maxsize=4096)
def column_of(header: str) -> str | None:
    """Which column a header cell names; None for any other text."""
    if len(header) > _LONGEST:
        return None
    if is_sign(header):
        return RESPONSIBLE
    flat = bare_head(header)
    if _BOTH.match(flat):
        return PAIR
    part = _PART.search(flat)
    if part:
        return LEAD if part["lead"] else CO
    flat = _unbracketed(flat)
    if _START.search(flat):
        return None
    found = next((kind for kind, pattern in _COLUMNS if pattern.match(flat)), None)
    return None if found == CONTENT and _BESIDE.search(flat) else found


def rank_of(header: str, kind: str) -> int:
    """How surely a head names the deadline, the leader or who does it, where several heads may."""
    flat = bare_head(header)
    return next((rank for rank, words in _RANKS[kind] if re.search(words, flat, re.I)), 2)


def is_start(header: str) -> bool:
    """When it began or was said, not when it must be done."""
    return bool(_START.search(_unbracketed(bare_head(header))))


def is_proof(header: str) -> bool:
    """What shows that a task is done."""
    return bool(_PROOF.match(bare_head(header)))


def is_state(header: str) -> bool:
    """How far it is and what is in the way."""
    return bool(_STATE.search(_unbracketed(bare_head(header))))


def is_watcher(header: str) -> bool:
    """Who watches, accepts or owns what others do."""
    return bool(_WATCHER.search(_unbracketed(bare_head(header))))


def is_inner_office(header: str) -> bool:
    """责任科室: an office within a unit."""
    return bool(_INNER.search(_unbracketed(bare_head(header))))


def is_step(header: str) -> bool:
    """The steps of one task below each other."""
    return bool(_STEPS.search(_unbracketed(bare_head(header))))


def names_persons(header: str) -> bool:
    """责任单位及责任人: the cells name persons beside the units."""
    return bool(re.search(r"(?:责任人|负责人|联系人|负责同志)\)?$|^(?:责任人|负责人)[/、及和与]", bare_head(header)))


def is_named_duty(header: str) -> bool:
    """A head that says more than 单位: in lists of addresses that word stands too."""
    return bare_head(header) not in ("单位", "主体", "部门") and column_of(header) in (LEAD, CO, RESPONSIBLE, PAIR)
