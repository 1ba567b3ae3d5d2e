"""Knows the trimmings of a web page around a notice: links to other papers, buttons, who runs the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.notice.shadow import Line

_TRIMMING = re.compile(
    r"^\W*(?:上一篇|下一篇|上一条|下一条|相关(?:解读|链接|阅读|附件|文章|新闻|信息|政策|稿件)\s*:|扫一扫|扫描二维码|【?打印|打印本页|关闭窗口|分享到|返回顶部|收藏本页|纠错|无障碍|"
    r"网站(?:标识码|地图|声明)|关于我们|联系我们|版权所有|您(?:现在|当前)?的?(?:所在)?位置|当前位置|索\s*引\s*号|浏览次数|字(?:体|号)\s*:|(?:政府)?网站(?:主办|承办))"
    r"|网站标识码|ICP备|公网安备|Copyright|\[大\s*中\s*小\]|打印本页|关闭窗口|在手机(?:上)?打开"
)
_RUNS = re.compile(r"^\W*(?:主办|承办|主管|技术支持|协办)(?:单位|部门)?\s*:")
_NEAR = 4
"""Lines around a trimming in which 主办单位：… says who runs the site."""


def trimmings(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that belong to the page and not to the notice."""
    shown = [line for line in lines if line.text.strip() and line.cells is None]
    places = {n for n, line in enumerate(shown) if _TRIMMING.search(line.flat.strip())}
    site = {
        n
        for n, line in enumerate(shown)
        if _RUNS.match(line.flat.strip())
        and any(m in places and _owned(shown[m]) for m in range(n - _NEAR, n + _NEAR + 1))
    }
    return {shown[n].number for n in places | site}


def _owned(line: Line) -> bool:
    return bool(re.search(r"网站|ICP备|公网安备|版权|Copyright|地图|联系我们", line.flat))
