"""/retention: what becomes of a closed notice's data: the office's rule, previewed before it holds, and single notices."""

from datetime import date

from core.cases.problem import Problem
from core.cases.retention import check, exempt, postpone, retention, set_rule
from core.rules.retention import KEEP, Plan, rule_of
from core.rules.retention_text import read_rule
from core.words import retention as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("retention", words=("留存", "资料留存", "Keeping data"), now="setting")
def keeping(ask: Ask, work: Work) -> Reply:
    """/retention, /retention 删除 12个月, /retention anonymise 2 years, 留存 保留"""
    if not ask.args:
        return Reply.say(_page(ask, work))
    found = read_rule(ask.args)
    if found is None:
        raise Problem("retention.unclear", text=ask.args[:30])
    what, months = found
    return Reply.say(words.months_message(ask.voice, what) if months is None else _preview(ask, work, what, months))


@button("rt", action="retention")
def press(ask: Ask, work: Work) -> Reply:
    """rt:w:<what> how long? | m:<what>:<months> preview | ok:<what>:<months> | no
    | p:<notice>:<shown day>:<months> put off | x:<notice> keep it | r:<notice> follow the rule again"""
    match ask.fields:
        case ["w", what]:
            return Reply(edit=words.months_message(ask.voice, what))
        case ["m", what, months]:
            return Reply(edit=_preview(ask, work, what, int(months)))
        case ["ok", what, months]:
            found = set_rule(work, what, int(months), ask.person, ask.now)
            return Reply(edit=words.retention_message(ask.voice, found.rule, found.plans, changed=True))
        case ["no"]:
            return Reply(edit=Message(ask.voice("retention.cancelled")))
        case ["p", number, shown, months]:
            day = date.fromisoformat(shown)
            return _changed(ask, work, postpone(work, int(number), day, int(months), ask.person, ask.now))
        case ["x" | "r" as which, number]:
            return _changed(ask, work, exempt(work, int(number), which == "x", ask.person, ask.now))
    raise Problem("help.old_button")


def _page(ask: Ask, work: Work) -> Message:
    found = retention(work, ask.now)
    return words.retention_message(ask.voice, found.rule, found.plans)


def _preview(ask: Ask, work: Work, what: str, months: int) -> Message:
    rule = check(what, months)
    plans = retention(work, ask.now, rule).plans if what != KEEP else ()
    return words.preview_message(ask.voice, what, months, rule, plans)


def _changed(ask: Ask, work: Work, plan: Plan) -> Reply:
    rule = rule_of(ask.office.settings)
    assert rule is not None
    return Reply.say(words.postponed_message(ask.voice, rule, plan))
