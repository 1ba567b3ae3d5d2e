"""Knows what a reading may have passed over: statements of duty in no task, duty words left in a content, tasks said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.rules.notice.brackets import duty_brackets
from core.rules.notice.clauses import clause_names, closing_duty, is_bare_list
from core.rules.notice.items import Item
from core.rules.notice.labels import LABEL, LEADER, label_kind, labels_in
from core.rules.notice.node import free
from core.rules.notice.running import says_how_it_is_run
from core.rules.notice.sentences import doer
from core.rules.notice.shadow import Line, shadow, squeeze

_LEFT = re.compile(
    r"[(\[][^()\[\]]{0,80}(?:牵头|按职责分工|责任单位|责任部门|配合)[^()\[\]]{0,60}[)\]]|(?:牵头|责任|配合|协办)(?:单位|部门)[::]"
)
_HEADED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:同志|副?[省市县区州镇乡]长|副?主任|副?书记|常委)(?:同志)?(?:负责)?(?:分管|牵头|包抓|包联|领衔|挂帅|督办|总负责|主抓)"
    r"|由?(?:副?[省市县区州镇乡]长|副?书记|副?主任|常委)[\u4e00-\u9fff]{2,3}(?:同志)?(?:负责)?(?:牵头|分管|包抓|领衔|挂帅|总负责)"
)
"""Who heads a task, left in its words."""

_NAMED = 3
"""Signs of a name before the title."""

_LABELLIKE = re.compile(
    r"(?<![各请])[\u4e00-\u9fff]{0,4}(?:单位|部门|领导|时限|期限)(?:及责任人)?\s*:\s*[^,。;]{2,30}|(?<=[.a-z] )[A-Z][a-z]+(?: [a-z]+)?: (?=[A-Z])"
)
_TWO_FIELDS = re.compile(
    r"(?P<field>[\u4e00-\u9fff]{2}(?:措施|内容|目标|要求|任务|事项|名称|描述|问题))\s*:.*?(?P=field)\s*:"
)
"""整改措施：… twice in one task: two tasks have run together."""

_SAYS = re.compile(r"(?:牵头|负责|主办|承办)$")
_LEADS = re.compile(r"(?:牵头|负责|主办|承办|配合)[。;]")
_LAST = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,120})[)\]][。;.\s]*$")
_OFFICE = re.compile(
    r"^(?:请|由)?[省市区县州]?[\u4e00-\u9fff]{1,14}?(?:局|委|办|厅|部|管委会|委员会|办公室|政府)(?:[跟负牵办落推承抓管进实责头配合做好完成督导协调处理]{2,6}|$)"
)
_NEXT = re.compile(r"[。;)]\s*(?P<n>\d{1,3})\s*[.、](?!\d)")
_WORDS = 8
"""Signs of a cell that says what is to be done."""

_NEAR = 3
"""Lines behind the last task in which another one may stand."""

_MOST = 12
"""Questions of one kind about lines; a paper that needs more is no notice of this kind."""


def unread(lines: Iterable[Line], items: list[Item], used: set[int]) -> list[tuple[str, int, str]]:
    """Lines that say who does something and belong to no task."""
    held = set(used)
    for item in items:
        held.update(range(item.first, item.last + 1))
    first, last = min(held, default=0), max(held, default=0)
    found: list[Line] = []
    table = 0
    for line in lines:
        if line.number in held:
            continue
        within = first < line.number < last + _NEAR
        if not ((_says_duty(line) or (within and _asks_office(line))) if line.cells is None else _row_says_duty(line)):
            continue
        if line.cells is None or line.table != table:
            found.append(line)
        table = line.table if line.cells is not None else 0
    return [("unread_duty", line.number, squeeze(line.text)[:40]) for line in found[:_MOST]]


def _says_duty(line: Line) -> bool:
    label = LABEL.match(line.flat.strip().lstrip("(["))
    if label and label["english"] is None and len(line.flat.strip()) > label.end() + 1:
        return True
    if any(not _names_leader(inside) for inside in duty_brackets(line.text)):
        return True
    clauses = re.split(r"[,;。:]", line.flat)
    return any(_SAYS.search(clause) and clause_names(clause.strip()) for clause in clauses)


def _asks_office(line: Line) -> bool:
    """由甲局按会议意见印发: an office is asked to do something that is no running of the work; or a label in the middle of the line."""
    if any(
        label.start() and label["english"] is None and free(line.flat[: label.start()])
        for label in labels_in(line.flat)
    ):
        return True
    if not re.search("由|责成", line.flat) or says_how_it_is_run(line.text):
        return False
    return bool(doer(line.text))


def _names_leader(inside: str) -> bool:
    labels = labels_in(shadow(inside))
    return bool(labels) and all(label_kind(label) == LEADER for label in labels)


def _row_says_duty(line: Line) -> bool:
    """A row with words of some length and offices beside them, in a table that wasn't read."""
    cells = [cell.strip() for cell in line.cells or () if cell.strip()]
    units = [cell for cell in cells if is_bare_list(cell) or closing_duty(cell) == 0]
    return bool(units) and any(len(squeeze(cell)) >= _WORDS for cell in cells if cell not in units)


def left_over(item: Item) -> list[tuple[str, int, str]]:
    """Words about duty, or the number of the next item, that stand in an item's content."""
    flat = shadow(item.content)
    if closing_duty(flat) < len(flat):
        return [("leftover", item.first, flat[-30:])]
    if said := _sentence_of_duty(flat):
        return [("leftover", item.first, said[:30])]
    headed = _HEADED.search(flat)
    if headed and not item.leaders:
        return [("leader", item.first, flat[max(0, headed.start() - _NAMED) : headed.end()])]
    found = _LEFT.search(flat) or _LABELLIKE.search(flat) or _offices_last(flat) or _TWO_FIELDS.search(flat)
    if found:
        return [("leftover", item.first, found[0][:30])]
    if any(kind == "sub_items" for kind, _, _ in item.doubts):
        return []
    following = next(
        (f for f in _NEXT.finditer(flat) if item.number == int(f["n"]) - 1 and not _counted(flat, f)), None
    )
    return [("leftover", item.first, flat[following.start() + 1 : following.start() + 25])] if following else []


def _sentence_of_duty(flat: str) -> str:
    """A sentence in the middle of a content that only says who leads: two tasks may have run together."""
    if ("牵头" not in flat and "负责" not in flat) or not _LEADS.search(flat):
        return ""
    sentences = re.split("[。;]", flat)[:-1]
    return next((each for each in sentences if _LEADS.search(each + "。") and closing_duty(each) == 0), "")


def _offices_last(flat: str) -> re.Match[str] | None:
    """The last bracket of a text, where it begins with an office and wasn't read."""
    found = _LAST.search(flat)
    return found if found and any(map(_OFFICE.match, re.split(r"[,;。、]", found["inside"]))) else None


def _counted(flat: str, found: re.Match[str]) -> bool:
    """1.甲。2.乙。: the number goes on with a list that began in the same content."""
    return bool(re.search(rf"(?:^|[。;:)]\s*){int(found['n']) - 1}\s*[.、](?!\d)", flat[: found.start() + 1]))


def twins(items: list[Item], refs: list[str]) -> list[tuple[int, str]]:
    """(place, ref of the earlier one) of each item that says exactly what an earlier one says.

    One with the same number says it again even if other units do it.
    """
    seen: dict[tuple[str, str], str] = {}
    out = []
    for place, (item, ref) in enumerate(zip(items, refs, strict=True)):
        said = (squeeze(item.content), squeeze("".join(text for _, text in item.statements)))
        if not said[0]:
            continue
        numbered = (said[0], f"#{item.number}")
        earlier = seen.get(said) or seen.get(numbered)
        if earlier:
            out.append((place, earlier))
        seen.setdefault(said, ref)
        seen.setdefault(numbered, ref)
    return out
