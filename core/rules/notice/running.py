"""Knows rules on how the work is run (加强调度, 按时报送, 严格考核), which are no tasks."""

from __future__ import annotations

import re

from core.rules.notice.lead_rules import lead_rule
from core.rules.notice.shadow import shadow, squeeze

_RULE = re.compile(
    r"领导|调度|考核|督查|督导|督办|责任|认识|报送|上报|宣传|监督|问责|保障|协调|检查|评估|通报|统筹|配合|落实|沟通|反馈|纪律|统一思想|台账|跟踪|氛围|作风"
)
_HEADING = 24
"""Characters in which such a rule says what it is about."""

_OWN = re.compile(r"领导|督查|督导|考核|问责|调度|报送|通报|组织保障|保障措施")

_GENERAL = re.compile(
    r"^(?:(?:请|望|希望|烦请)(?:各|你|认真|结合|按|于|遵照|有关|相关|严格|抓好|贯彻)|特此|附|注[::]|本(?:通知|方案|措施|意见|办法|清单|要点)|联系人|对(?:逾期|未按|工作不力|落实不力)"
    r"|(?:各|有关|相关|上述)[^,。;镇乡街县区市村]{0,12}?(?:单位|部门|处室|科室)(?:和单位|及单位)?(?:要|须|应|需|请|务必|于|在|按|对照|结合))"
)
"""What is said to all of them behind the last item (请各责任单位每月…)."""

_DAY = re.compile(r"[\d一二三四五六七八九十]月|[年月]底|\d日")
_REPORT = re.compile(r"报|反馈|送|施行|有效期|废止")
_WORK_ON = re.compile(r"牵头|负责|配合|主办|承办|责任单位[:：]")
_WHO = re.compile(
    r"(?:各|请)?(?:牵头|责任|主办|承办|配合|协办)(?:责任)?(?:单位|部门|科室|处室)|负责(?:人|同志)|牵头负总责|(?:密切|主动|积极|协同|相互|加强|协调)配合"
)
"""Whom such a sentence speaks to; not who does what."""


def says_how_it_is_run(content: str) -> bool:
    """True where the first words of an item speak of the work's own running."""
    return bool(_RULE.search(re.split(r"[。;:]", shadow(squeeze(content)))[0][:_HEADING]))


def speaks_of_running(content: str) -> bool:
    """True where the title of an item is surely about that (强化督查); 落实 and 保障 may be a task's own words."""
    return bool(_OWN.search(re.split(r"[。;:]", shadow(squeeze(content)))[0][:_HEADING]))


def speaks_to_all(rest: str) -> bool:
    """True for a closing sentence that speaks to everybody and gives nobody anything to do, or says who leads."""
    flat = shadow(rest).strip()
    if lead_rule(rest):
        return True
    by_when = _DAY.search(flat) and not _REPORT.search(flat)
    return bool(_GENERAL.match(flat)) and not by_when and not _WORK_ON.search(_WHO.sub("", flat))
