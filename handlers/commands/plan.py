"""/plan: the plans this person owes, and filling them in."""

from core.cases import plan, plan_edit
from core.cases.gone import check_task
from core.cases.problem import Problem
from core.rules import refs
from core.rules.small_talk import is_courtesy
from core.words.message import Message
from core.words.plan import attached_message, change_message, filed_message, plan_list, plan_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation


@command("plan", words=("填报计划", "计划", "推进计划", "Fill in plan"), now="form")
def plans(ask: Ask, work: Work) -> Reply:
    """/plan, /plan 2-15"""
    if ref := refs.typed(ask.args):
        found = [o for o in plan.owed_plans(work, ask.person) if refs.same(ref, o.ref)]
        if len(found) == 1:
            desk = plan.open_plan(work, ask.person, found[0].id, ask.now)
            return Reply.say(plan_message(ask.voice, desk), about=[desk.obligation.id])
        check_task(work, ask.person, ref)
        if not found:
            raise Problem("plan.not_yours")
    return Reply.say(_list(ask, work, 0))


@button("plans", action="plan")
def turn(ask: Ask, work: Work) -> Reply:
    return Reply(edit=_list(ask, work, int(ask.args or 0)))


@button("plan", action="plan")
def begin(ask: Ask, work: Work) -> Reply:
    """Goes on where the plan was left; a filed one shows its preview."""
    desk = plan.open_plan(work, ask.person, int(ask.args), ask.now)
    return Reply.say(plan_message(ask.voice, desk), about=[desk.obligation.id])


@button("plan_blank", action="plan")
def blank(ask: Ask, work: Work) -> Reply:
    desk = plan.leave_blank(work, ask.person, int(ask.args), ask.voice.plain("plan.blank_text"), ask.now)
    return Reply(edit=plan_message(ask.voice, desk), about=[desk.obligation.id])


@button("plan_look", action="plan")
def look(ask: Ask, work: Work) -> Reply:
    desk = plan.preview(work, ask.person, int(ask.args), ask.now)
    return Reply(edit=plan_message(ask.voice, desk), about=[desk.obligation.id])


@button("plan_change", action="plan")
def change(ask: Ask, work: Work) -> Reply:
    desk = plan.preview(work, ask.person, int(ask.args), ask.now)
    return Reply.say(change_message(ask.voice, desk), about=[desk.obligation.id])


@button("plan_ask", action="plan")
def ask_part(ask: Ask, work: Work) -> Reply:
    obligation_id, what = ask.fields
    desk = plan.ask_for(work, ask.person, int(obligation_id), what, ask.now)
    return Reply.say(plan_message(ask.voice, desk), about=[desk.obligation.id])


@button("plan_file", action="plan")
def hand_in(ask: Ask, work: Work) -> Reply:
    stored = plan.file_plan(work, ask.person, int(ask.args), ask.source, ask.now)
    left = plan.owed_plans(work, ask.person)
    return Reply(edit=filed_message(ask.voice, stored, left), about=[stored.obligation.id])


@conversation("plan", action="plan", files=True)
def typed(ask: Ask, work: Work) -> Reply:
    """Plain text, or a photo of the stamped form, while a plan is being filled in."""
    talk = work.talks.awaiting(ask.person.id)
    assert talk is not None
    if ask.source.files:
        return take_files(ask, work, plan.obligation_of(talk))
    if is_courtesy(ask.text):
        # A thank-you is no month's brief: what is asked is asked again.
        desk = plan.open_plan(work, ask.person, plan.obligation_of(talk), ask.now)
        return Reply.say(plan_message(ask.voice, desk), about=[desk.obligation.id])
    return take_text(ask, work, plan.obligation_of(talk))


def take_text(ask: Ask, work: Work, obligation_id: int) -> Reply:
    """Works the text into the plan and says what comes next."""
    desk = plan.fill(work, ask.person, obligation_id, ask.text, ask.now, ask.source)
    if not desk.draft.asking and _says_no_part(desk, ask.text):
        return Reply.say(Message(ask.voice("plan.which_part")), about=[obligation_id])
    return Reply.say(plan_message(ask.voice, desk), about=[obligation_id])


def edited(ask: Ask, work: Work) -> Reply | None:
    """A message that went to a plan says something else now; None for any other message."""
    done = plan_edit.edit(work, ask.person, ask.source, ask.text, ask.now)
    if done is None:
        return None
    about = [done.desk.obligation.id]
    if done.same:
        return Reply.say(Message(ask.voice("report.edit_same")), about=about)
    if done.stored:
        return Reply.say(filed_message(ask.voice, done.stored, plan.owed_plans(work, ask.person)), about=about)
    if done.unclear:
        return Reply.say(Message(ask.voice("plan.which_part")), about=about)
    return Reply.say(plan_message(ask.voice, done.desk), about=about)


def _says_no_part(desk: plan.Desk, text: str) -> bool:
    return desk.fed is not None and desk.fed.unknown == (text.strip(),)


def take_files(ask: Ask, work: Work, obligation_id: int) -> Reply:
    """Photos and scans go with the plan; a caption that names parts of it (`4月：…`) is worked in like any text."""
    attached = plan.attach(work, ask.person, obligation_id, ask.source, ask.now)
    caption = "" if is_courtesy(ask.text) else ask.text.strip()
    meant = bool(caption) and plan.names_parts(work, ask.person, obligation_id, caption)
    message = attached_message(ask.voice, attached, "" if meant else caption)
    if not meant or attached.version:
        return Reply.say(message, about=[obligation_id])
    return Reply.say(message, *take_text(ask, work, obligation_id).messages, about=[obligation_id])


def _list(ask: Ask, work: Work, page: int) -> Message:
    owed, filed = plan.owed_plans(work, ask.person), plan.filed_plans(work, ask.person)
    return plan_list(ask.voice, owed, filed, ask.today, page)
