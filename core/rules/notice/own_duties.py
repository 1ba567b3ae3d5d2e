"""Knows what an item itself says about who does it: labelled lines, brackets, the sentences of its text."""

from __future__ import annotations

import re

from core.rules.notice.brackets import after_last, brackets_out, duty_brackets, each_its_own, names_bracket
from core.rules.notice.clauses import TIMED, closing_duty, headed_by, led_by, said_done, unadorned
from core.rules.notice.continuing import trailing_duty
from core.rules.notice.english import last_sentence, opening_sentence
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE, label_kind, labels_in, unmanned
from core.rules.notice.node import ENDED, Node, Statement
from core.rules.notice.running import speaks_of_running, speaks_to_all
from core.rules.notice.sentences import closing_clauses, doer, joined_by, titled
from core.rules.notice.shadow import join, shadow, squeeze
from core.rules.notice.unlabelled import behind_dash, inner_duty, named_first, opening_duty

BELOW = re.compile(r"(?:具体|主要|重点|工作|落实|推进)*(?:措施|举措|任务|内容|安排)[:：]\s*$")
"""The words above sub-items that are tasks of their own (具体措施：)."""

_TIME_LAST = re.compile(
    r"[。;][^。;,]{2,20}(?:完成|办结|到位|[前坚进施]|推进|坚持|落实|实施|通车|建成|[底末月日])[。;]?\s*$"
)
_HEADED = re.compile(r"(?:领导|时限|时间|期限|节点|[省市县区镇乡]长)\s*[:：][^）)】\]]*[）)】\]]")
_LAST = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,80})[)\]][。;]?\s*$")
_TITLED = re.compile(r"^关于[^。;:!?]{2,36}$|^[^。;:!?,]{2,20}(?:问题|事项|事宜|工作)$")
_SHORT = re.compile(r"^\s*[^。;:!?,]{2,20}$")
_NAMED_BELOW = re.compile(
    r"^(?:由|请|责成|委托)?[省市区县州镇乡各][\u4e00-\u9fff、]{2,40}?(?:牵头|负责|主办|承办)[,。]"
)
_BEGINS = re.compile(r"^(?:会议|请|由|责成|委托|原则|同意|一是|一要|[\u4e00-\u9fff]{2,12}(?:要|应|须|牵头|负责))")
_BY_WHOM = re.compile(r"(?:牵头|负责|配合|主办|承办|协办|参与|协助)[落办组]?[实理织]?[。;]?\s*$")
_LINE = 80
"""Signs of a line that says nothing but who does it."""

_TITLE_AND_LINE = 2


_WHEN = re.compile(r"(?:于|在|确保|力争)?(?P<when>[^,。;、]{2,14}?(?:之前|以前|前))(?=[完建开启落办竣投提报形出制])")
"""甲局牵头，于5月底前完成…: a time that follows at once on who does it is the task's own."""

_TIMED_LAST = re.compile(
    r"[(\[](?P<when>[^()\[\]]{0,12}(?:[底末日月旬]|半年|季度)(?:之前|以前|前)(?:完成|办结|建成|到位)?)[)\]][。;]?$"
)
"""A last bracket that is a time and nothing else (11月底前完成)."""

_CLEAR = 4
"""Signs of a name that needs no question."""

_TAIL = 8
"""Characters; what is shorter behind a bracket may be the end of the sentence."""

_SENTENCES = 600
"""Characters of a paragraph whose last sentence may say who does it."""


def duties_of(node: Node) -> list[tuple[str, str]]:
    """Who does it: labelled lines first, else the brackets in the text, else a sentence that says nothing but that."""
    if len(node.parts) > 1 and not node.duties:
        _lines_of_duty(node)
    labelled = [(s.kind, s.text) for s in node.statements if s.kind in (LEAD, CO, RESPONSIBLE)]
    _tail(node)
    _set_aside(node)
    _title_apart(node)
    text = node.text
    if not labelled:
        opening, closing = opening_duty(text), min(closing_duty(text), behind_dash(text))
        closing = closing if closing < len(text.rstrip()) else closing_clauses(text)
        if 0 < closing < len(text.rstrip()):
            labelled.append((RESPONSIBLE, text[closing:].lstrip("—–―─-，, ").rstrip()))
            node.parts = [text[:closing]]
        elif at := named_first(text):
            labelled.append((RESPONSIBLE, text[: at[0]].strip(" []【】〔〕［］（）()")))
            node.parts = [text[at[1] :]]
        elif opening:
            labelled.append((RESPONSIBLE, text[:opening].rstrip("，, ")))
            node.parts = [text[opening:]]
            if when := _WHEN.match(shadow(text[opening:])):
                node.statements.append(Statement(DUE, when["when"], node.first))
    content, inside = brackets_out(node.text)
    if timed := _TIMED_LAST.search(shadow(content)) if inside or labelled else None:
        node.statements.append(Statement(DUE, content[timed.start("when") : timed.end("when")], node.last))
        node.parts = [content[: timed.start()], *(f"（{text}）" for text in inside)]
        content = content[: timed.start()]
    rest = after_last(node.text, inside[-1], content) if inside else ""
    if rest and not BELOW.fullmatch(rest):
        node.doubts.append(("leftover", node.last, rest[:30]))
    if not labelled and not inside:
        labelled = _within(node, text)
    labelled = [(kind, _unheaded(node, text)) for kind, text in labelled]
    pieces = [_unheaded(node, _sorted_out(node, text)) for text in inside]
    named = [text for text in pieces if text]
    if len(named) > 1 and not each_its_own(named):
        node.doubts.append(("several_brackets", node.first, str(len(named))))
    return labelled + [(RESPONSIBLE, text) for text in named]


def _within(node: Node, text: str) -> list[tuple[str, str]]:
    """Who does it, where a sentence of the text says so; asked about."""
    if text.isascii():
        kept, said = last_sentence(text)
        node.parts = [kept] if said else node.parts
        said = said or opening_sentence(text)
    else:
        said = [(RESPONSIBLE, within)] if (within := inner_duty(text)) else []
        helped = joined_by(text, within) if within else ""
        said += [(CO, helped)] if helped else []
        if within and titled(text, within) and not speaks_of_running(text):
            return said
    if said:
        shown = "; ".join(who for _, who in said)
        node.doubts.append(("inner_duty", node.first, (shown if text.isascii() else squeeze(shown))[:60]))
    return said


def weak_duties(node: Node) -> list[tuple[str, str]]:
    """Who does it by a sentence that goes on with what they do, or by a last bracket of names; for an item beside tasks."""
    text = node.text
    content, names = names_bracket(text)
    if not names and len(node.parts) > 1:
        content, names = names_bracket(node.parts[0])
        node.doubts += [("stray_text", node.last, join(node.parts[1:])[:40])] if names else []
    if names:
        node.parts = [content]
        if len(names) < _CLEAR:
            node.doubts.append(("inner_duty", node.first, names))
        return [(RESPONSIBLE, names)]
    said = [] if text.isascii() else doer(text)
    if said:
        node.doubts.append(("inner_duty", node.first, squeeze("，".join(who for _, who in said))[:60]))
    return said


def _lines_of_duty(node: Node) -> None:
    """Last lines that say nothing but who does it (由甲局牵头 / 乙局配合) become statements; a wrapped line stays."""
    kept = list(node.parts)
    said: list[Statement] = []
    while len(kept) > 1 and len(kept[-1]) < _LINE and _BY_WHOM.search(shadow(kept[-1])) and closing_duty(kept[-1]) == 0:
        above = shadow(kept[-2]).rstrip()
        opens = kept[-1].strip().startswith(("由", "请")) and len(kept) == _TITLE_AND_LINE
        if not (ENDED.search(above) or opens or (len(above) < _LINE and closing_duty(above) == 0)):
            return
        said.insert(0, Statement(RESPONSIBLE, kept.pop().strip(), node.last))
    if said:
        node.parts, node.statements = kept, [*said, *node.statements]


def _title_apart(node: Node) -> None:
    """关于修路问题 / 请甲局牵头…: a title without a stop and the sentences on the next line don't run together."""
    if len(node.parts) < _TITLE_AND_LINE:
        return
    title, below = (shadow(part).strip() for part in node.parts[:2])
    if (_SHORT.match(title) and _NAMED_BELOW.match(below)) or (_TITLED.match(title) and _BEGINS.match(below)):
        node.parts = [node.parts[0].rstrip() + "：", *node.parts[1:]]


def _set_aside(node: Node) -> None:
    """A last bracket that only says who heads it or by when ((责任领导：丁一)) becomes statements of the item."""
    _time_aside(node)
    text = node.text
    found = _LAST.search(shadow(text)) if node.parts and _HEADED.search(text, max(len(text) - _LINE, 0)) else None
    labels = labels_in(found["inside"]) if found else ()
    if not found or not labels or labels[0].start() or any(label_kind(each) not in (LEADER, DUE) for each in labels):
        return
    _sorted_out(node, text[found.start("inside") : found.end("inside")])
    node.parts = [text[: found.start()]]


def _time_aside(node: Node) -> None:
    """甲局牵头，乙局配合。6月底前完成。: a last sentence that is only a time, behind the one that says who does it."""
    if node.statements or not node.parts or not _TIME_LAST.search(shadow(node.parts[-1])):
        return
    text = node.text
    bare = text.rstrip("。；; ")
    at = max(bare.rfind(sign) for sign in "。；;") + 1
    when, kept = bare[at:].strip(), text[:at]
    if at and TIMED.match(shadow(when)) and said_done(shadow(when)) and closing_duty(kept) < len(kept.rstrip()):
        node.statements.append(Statement(DUE, when, node.last))
        node.parts = [kept]


def _tail(node: Node) -> None:
    """Paragraphs behind the one whose bracket or last sentence says who does it are no part of the item."""
    if len(node.parts) < 2:
        return
    said = [
        place
        for place, part in enumerate(node.parts)
        if trailing_duty(part) or (len(part) < _SENTENCES and closing_duty(part) < len(part.rstrip()))
    ]
    if not said or said[-1] == len(node.parts) - 1 or duty_brackets(join(node.parts[said[-1] + 1 :])):
        return
    rest = join(node.parts[said[-1] + 1 :])
    if len(rest) > _TAIL:
        if not speaks_to_all(rest):
            node.doubts.append(("stray_text", node.last, rest[:40]))
        node.parts = node.parts[: said[-1] + 1]


def _unheaded(node: Node, text: str) -> str:
    """Who does it, without the clause that says who heads it, which becomes a statement of the item."""
    who, rest = headed_by(text)
    if not who:
        return text
    node.statements.append(Statement(LEADER, who, node.last))
    return rest


def _sorted_out(node: Node, inside: str) -> str:
    """What a bracket says about units; its leader and its date become statements of the item."""
    inside = unadorned(unmanned(inside, shadow(inside)))
    who, inside = led_by(inside)
    node.statements += [Statement(LEADER, who, node.last)] if who else []
    flat = shadow(inside)
    labels = labels_in(flat)
    kept = inside[: labels[0].start()] if labels else inside
    for place, found in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(inside)
        kind, text = label_kind(found), inside[found.end() : end].strip(" ，,；;。、\u3000")
        if kind in (LEADER, DUE):
            node.statements.append(Statement(kind, text, node.last))
        else:
            kept += inside[found.start() : end]
    return kept.strip(" ，,；;\u3000")
