"""Knows how English papers say who does something without a label: offices in a last bracket, a sentence that begins with them."""

from __future__ import annotations

import re

from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.lists import names_in
from core.rules.notice.names import is_latin_office

Said = list[tuple[str, str]]
"""(kind, units) of who does something."""

_NAMES = r"[A-Z][^.;:()]{2,120}?"
_HELP = (
    r"(?:with (?:the )?(?:support|help|assistance|input|advice)(?: from| of)?|(?:supported|assisted|helped) by|together with|"
    r"(?:in|working in) (?:partnership|consultation|cooperation|collaboration|coordination) with|jointly with|working with|assisting|with)"
)
_DOES = re.compile(
    rf"^(?:The )?(?P<who>{_NAMES})(?:, ?{_HELP} (?P<by>[^.;:()]{{3,120}}?),?)? (?P<verb>will|shall|must|should|is to|are to|to)(?: be)? "
    rf"(?P<lead>(?:lead|coordinate|responsible|accountable|take the lead)\b(?:[^.;]{{0,40}}?,? {_HELP} (?P<help>[^.;]{{3,120}}))?)?"
)
_LED = re.compile(
    rf"^(?:To be |This (?:action |task )?(?:will be |is ))?(?:[Ll]ed|[Dd]elivered|[Cc]oordinated|[Oo]wned|[Aa]ctioned) by (?:the )?(?P<who>{_NAMES})(?:,? {_HELP} (?P<help>[^.;]{{3,120}}))?$"
)
_LAST = re.compile(r"(?<=[.;] )(?=[A-Z][^.;]{8,200}\.?$)")
_ARTICLE = re.compile(r"\b[Tt]he (?=[A-Z])")
_SHORT = 6
"""Words that a sentence which only says who leads may go on with."""


def offices_in(text: str) -> list[str]:
    """The names of a list, where every one of them is an office's; else none."""
    names = names_in(_ARTICLE.sub("", text).rstrip(" ,"))
    return names if names and all(is_latin_office(name) for name in names) else []


def last_sentence(text: str) -> tuple[str, Said]:
    """A text without its last sentence where that only says who leads and who supports, and what it says."""
    found = next(reversed(list(_LAST.finditer(text))), None)
    sentence = text[found.start() :].rstrip(". ") if found else ""
    said = _led(sentence) or _leads(sentence)
    return (text[: found.start()].rstrip(), said) if found and said else (text, [])


def _led(sentence: str) -> Said:
    found = _LED.match(sentence)
    return _parts(LEAD, found["who"], found["help"]) if found else []


def _leads(sentence: str) -> Said:
    found = _DOES.match(sentence)
    if not found or not found["lead"] or len(sentence[found.end() :].split()) > _SHORT:
        return []
    kind = RESPONSIBLE if found["lead"].startswith(("responsible", "accountable")) else LEAD
    return _parts(kind, found["who"], found["help"] or found["by"])


def opening_sentence(text: str) -> Said:
    """Who does it, where a text begins with an office that will do it (The Roads Department will repaint …)."""
    found = _DOES.match(text)
    if not found:
        return []
    return _parts(LEAD if found["by"] or found["help"] else RESPONSIBLE, found["who"], found["by"] or found["help"])


def _parts(kind: str, who: str, helped: str | None) -> Said:
    names, helping = offices_in(who), offices_in(helped) if helped else []
    if not names or (helped and not helping):
        return []
    return [(kind, "; ".join(names)), *([(CO, "; ".join(helping))] if helping else [])]
