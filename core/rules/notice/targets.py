"""Knows which figures in a task are targets to be reached, and which only belong to names (6208 工厂, 200万吨加工项目)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.notice.model import Target
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import shadow, squeeze

_MEASURES = (
    "% ‰ 个百分点 亿美元 万美元 亿元 万元 元 万吨 亿吨 吨 万亩 亩 平方公里 公里 千米 万平方米 平方米 "
    "万立方米 立方米 米 公顷 万千瓦时 万千瓦 亿千瓦 千瓦 兆瓦 亿斤 万斤 公斤 万户 户 万人次 人次 万人 "
    "万名 人 名 个 家 座 条 套 幢 栋 处 所 项 件 辆 台 艘 只 头 期 例 株 支 间 张 份 位 宗 口 "
    "块 班 类 部 场"
).split()
_COUNTERS = frozenset(
    [
        "个",
        "家",
        "座",
        "条",
        "套",
        "幢",
        "栋",
        "处",
        "所",
        "项",
        "件",
        "辆",
        "台",
        "艘",
        "场",
        "期",
        "例",
        "支",
        "间",
        "名",
        "位",
        "宗",
        "口",
        "块",
        "类",
        "户",
        "部",
    ]
)
_BEFORE = "不少于|不低于|不超过|不高于|不多于|超过|突破|至少|超"
_AFTER = "以上|以下|以内|左右|以上的"
_NUMBER = re.compile(
    rf"(?P<pre>{_BEFORE})?(?<![\d.A-Za-z—~-])(?P<value>\d+(?:\.\d+)?)(?P<unit>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})"
    rf"(?P<post>{'|'.join(_AFTER.split('|'))})?"
)
_CLAUSE = re.compile(r"[,。;!?:]")
_CLAUSE_LENGTH = 300
_SENTENCE = re.compile(r"[。;!?]")
_ASPIRATION = re.compile(r"^(?P<word>力争|争取|努力|争创|确保|力求)")
_ADVERB = re.compile(
    r"^(?:加快|全力|全面|系统|重点|落地|扎实|积极|大力|进一步|持续|深入|有序|尽快|稳步|逐步|着力|高质量|高标准|高水平|切实|统筹|年内|全年|新一轮)"
)
_DROPPED = re.compile(r"^(?:完成(?!投资)|实现|设计打造|打造|建成(?!交付)|建好|达到|确保|使|让|到)")
_KEPT = (
    "建成交付 同步建设 新增 新建 新认定 新开 实际到位 实际利用 实施 培育 扶持 创建 招引 引进 引育 盘活 "
    "消化 供应 设置 修复保护 修复 提升 推进 新开工 开工建设 开工 建设 启动 组建 举办 开展 建立 制定 出台 "
    "整治 改造 翻新 铺设 培训 发放 拓宽 完善 打通 拆除 保障 帮扶 支持 吸引 落地 落实 安排 争取 增加 "
    "提高 降低 减少 压减 收储 出让 造林 种植 治理 清理 回收 申报 获评 认定 选派 选拔 评选 资助 遴选 "
    "募集 化解 处置 转移 编制 发展 完成 实现 建成 力争"
).split()
_VERB = re.compile("^(?:" + "|".join(sorted(_KEPT, key=len, reverse=True)) + ")")
_REACH = re.compile(r"(?:达到|达|提高到|提升到|增加到|提高至|提升至|控制在|至|到|为)$")
_WORTH = re.compile(
    rf"总投资(?P<pre>超过|超|达|突破)?(?P<value>[一二两三四五六七八九十百千]+|\d+(?:\.\d+)?)(?P<big>亿|万)?元?(?P<post>{_AFTER})?的"
)
_TAIL = re.compile(r"^[,。;!?:、)]|^$")


@dataclass(slots=True)
class _Seen:
    """What the figure before said, for the next one in the same clause or sentence."""

    verb: str = ""
    noun: str = ""
    aspiration: str | None = None


def targets_in(content: str) -> tuple[Target, ...]:
    """The figures to be reached, in order of the text; labels keep the verb only where it carries meaning."""
    text = shadow(squeeze(content))
    out: list[Target] = []
    for sentence in _SENTENCE.split(text):
        seen = _Seen()
        for clause in _CLAUSE.split(sentence):
            if len(clause) <= _CLAUSE_LENGTH:
                out += _clause(clause, seen)
    return tuple(out)


def _clause(clause: str, seen: _Seen) -> list[Target]:
    aspiration, body = _aspiration(clause)
    if aspiration or _VERB.match(body) or _DROPPED.match(body):
        seen.aspiration = aspiration
    seen.verb = ""
    out: list[Target] = []
    worth = _WORTH.search(body)
    place = 0
    for found in _NUMBER.finditer(body):
        if found.start() < place or (worth and worth.start() <= found.start() < worth.end()):
            continue
        before, after = body[place : found.start()], body[found.end() :]
        made = (
            _inside(found, before, after, out)
            or _ends(found, before, after, seen)
            or _counts(found, before, after, seen)
        )
        if made:
            out.append(_with(made, seen.aspiration))
            place = found.end()
    return out + _worth(worth, body, seen)


def _aspiration(clause: str) -> tuple[str | None, str]:
    body = _ADVERB.sub("", clause)
    found = _ASPIRATION.match(body)
    if not found:
        return None, body
    word = found["word"]
    return (None if word == "确保" else word), body[found.end() :]


def _ends(found: re.Match[str], before: str, after: str, seen: _Seen) -> Target | None:
    """A figure at the end of its phrase: 开工项目7个, 增长5%以上."""
    if not _TAIL.match(after) and not after.startswith("("):
        return None
    if after.startswith("(") and not _TAIL.match(after[after.find(")") + 1 :]):
        return None
    label = _label(before, found["unit"], seen)
    return _target(label, found) if label else None


def _counts(found: re.Match[str], before: str, after: str, seen: _Seen) -> Target | None:
    """A count before its noun: 争取2家企业上市, 推进某路等3个项目建设, 争创4个示范社区."""
    if found["unit"] not in _COUNTERS or found["post"]:
        return None
    noun = re.split(r"[、]", after)[0]
    noun = re.sub(r"\([^()]*\)", "", noun)
    if not noun or re.match(r"(?:方面|环节|人才|字|月|小时|百|千|万|点|层|维|工作日)", noun):
        return None
    head = _ADVERB.sub("", _last_piece(before)) if not before.endswith("等") else before
    verb = _VERB.match(head) or _DROPPED.match(head)
    if before and not verb and not before.endswith(("等", "的")):
        return None
    if not before and not seen.aspiration:
        return None
    kept = verb[0] if verb and _VERB.match(head) and not _DROPPED.match(head) else ""
    return _target(kept + noun, found)


def _inside(found: re.Match[str], before: str, after: str, out: list[Target]) -> Target | None:
    """A part of the figure before, in brackets: 5个社区（含1个省级）, or 其中."""
    opened = re.search(r"\((?:其中)?含?$", before)
    if not opened or not out or ")" not in after:
        return None
    kind, _, rest = after.partition(")")
    noun = re.split(r"[、,]", rest)[0]
    whole = re.split(r"以上|及以上", out[-1].label)[-1]
    return _target("其中" + kind + (noun if noun else whole), found)


def _worth(found: re.Match[str] | None, body: str, seen: _Seen) -> list[Target]:
    """总投资超百亿的9个项目建设: the sum is a target of its own."""
    if not found:
        return []
    figure = found["value"]
    if figure.isascii():
        value: float = float(figure) if "." in figure else int(figure)
    else:
        value = numeral(figure) or 0
    rest = body[found.end() :]
    noun = re.sub(r"^\d+[个项]", "", re.split(r"[、]", rest)[0])
    noun = re.sub(r"(?:建设|落地|开工|投产)$", "", noun)
    comparator = found["pre"] or found["post"]
    return [Target(noun + "总投资", value, (found["big"] or "") + "元", comparator, seen.aspiration)]


def _label(before: str, unit: str, seen: _Seen) -> str:
    """What the figure measures; takes over verb or noun from the figure before where this one has none."""
    first = not before.startswith("、")
    text = before.lstrip("、和及与")
    inner, text = _aspiration(text)
    if inner:
        seen.aspiration = inner
    text = _without_list(text)
    text = _last_piece(text)
    share = re.match(r"(?P<what>.+?)达到(?P<of>.+?)的$", text)
    if share:
        return f"{share['what']}占{share['of']}"
    while _REACH.search(text):
        text = _REACH.sub("", text)
    text = _ADVERB.sub("", text)
    if not text:
        return ""
    if re.match(r"^(?:增长|下降|增幅|同比增长|提高|减少)$", text):
        return seen.noun + text if seen.noun else ""
    if text == "完成投资":
        return seen.noun + text if seen.noun else text
    return _worded(text, unit, first, seen)


def _worded(text: str, unit: str, first: bool, seen: _Seen) -> str:
    dropped = _DROPPED.match(text)
    if dropped and len(text) > dropped.end():
        text = _ADVERB.sub("", text[dropped.end() :])
        seen.verb = ""
        seen.noun = text
        return text
    verb = _VERB.match(text)
    if verb and len(text) > verb.end():
        noun = text[verb.end() :]
        if verb[0] == "实施" and unit not in _COUNTERS:
            seen.verb, seen.noun = "", noun
            return noun
        seen.verb, seen.noun = verb[0], noun
        return text
    if text.startswith("其中"):
        return text
    seen.noun = text
    return text if first or not seen.verb else seen.verb + text


def _without_list(text: str) -> str:
    """培育甲、乙、丙等初创企业 becomes 培育初创企业: examples before 等 say nothing about the figure."""
    place = text.rfind("等")
    if place <= 0 or place == len(text) - 1:
        return text
    head = _ADVERB.sub("", text[:place])
    verb = re.match(r"设计打造", head) or _VERB.match(head) or _DROPPED.match(head)
    return (verb[0] if verb else "") + text[place + 1 :]


def _last_piece(text: str) -> str:
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "(《“") - (sign in ")》”")
        if sign == "、" and depth <= 0:
            start = place + 1
    return text[start:]


def _target(label: str, found: re.Match[str]) -> Target:
    value = float(found["value"]) if "." in found["value"] else int(found["value"])
    return Target(_wide(label), value, found["unit"], found["post"] or found["pre"])


def _wide(label: str) -> str:
    return label.replace("(", "（").replace(")", "）")


def _with(target: Target, aspiration: str | None) -> Target:
    return Target(target.label, target.value, target.unit, target.comparator, aspiration)
