"""Knows rules on how the work is run (加强调度, 按时报送, 严格考核), which are no tasks."""

from __future__ import annotations

import re

from core.rules.notice.shadow import shadow, squeeze

_RULE = re.compile(
    r"领导|调度|考核|督查|督导|督办|责任|认识|报送|上报|宣传|监督|问责|保障|协调|检查|评估|通报|统筹|配合|落实|沟通|反馈|纪律|统一思想|台账|跟踪|氛围|作风"
)
_HEADING = 24
"""Characters in which such a rule says what it is about."""


def says_how_it_is_run(content: str) -> bool:
    """True where the first words of an item speak of the work's own running."""
    return bool(_RULE.search(re.split(r"[。;:]", shadow(squeeze(content)))[0][:_HEADING]))
