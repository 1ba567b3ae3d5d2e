"""/instruct 2-15 text, /instructions: a leader's instruction, previewed, confirmed, corrected; who has confirmed it."""

from core.cases import instruction
from core.cases.naming import named as find_task
from core.cases.problem import Problem
from core.rules.people import Role
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.words import instruction as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation, fallback

TALK = "instruct"


@command("instruct", words=("批示", "Instruct"))
def instruct(ask: Ask, work: Work) -> Reply:
    ref, _, text = ask.args.partition(" ")
    if not ref:
        return Reply.say(words.which_message(ask.voice, _tasks(ask, work)))
    task = instruction.own_task(work, ask.person, ref)
    if not text.strip():
        return _begin(ask, work, task)
    return Reply.say(_preview(ask, work, task, text, False, None))


@command("instructions", words=("批示列表", "批示情况", "Instructions"), past="list")
def instructions(ask: Ask, work: Work) -> Reply:
    return Reply.say(words.list_message(ask.voice, ask.office, instruction.listed(work, ask.person), 0))


@button("ins", action="instructions", past=("l", "s"))
def look(ask: Ask, work: Work) -> Reply:
    """ins:l list, s one's state; a leader's: t task, p page, w write, ok, no, co, e correct, x withdraw"""
    match ask.fields:
        case ["l", page]:
            found = instruction.listed(work, ask.person)
            return Reply(edit=words.list_message(ask.voice, ask.office, found, int(page)))
        case ["s", number]:
            one = instruction.seen(work, ask.person, int(number))
            if one is None:
                raise Problem("help.old_button")
            return Reply.say(words.state_message(ask.voice, ask.office, one, one.person_id == ask.person.id))
    if not ask.person.has(Role.LEADER):
        raise Problem("help.not_allowed")
    return _act(ask, work)


def _act(ask: Ask, work: Work) -> Reply:
    match ask.fields:
        case ["p", page]:
            return Reply(edit=words.which_message(ask.voice, _tasks(ask, work), int(page)))
        case [("t" | "w") as verb, number]:
            task = _task(ask, work, int(number))
            talk = work.talks.get(ask.person.id, TALK)
            if verb == "t" and talk and talk.step == "which":
                return Reply(edit=_preview(ask, work, task, talk.data["text"], False, None))
            return _begin(ask, work, task)
        case ["co", mark]:
            data = _kept(ask, work, mark)
            task = _task(ask, work, data["task"])
            return Reply(edit=_preview(ask, work, task, data["text"], not data["co"], data["replaces"]))
        case ["ok", mark]:
            data = _kept(ask, work, mark)
            task = _task(ask, work, data["task"])
            seen = instruction.preview(work, ask.person, task, data["text"], data["co"], ask.now)
            given = instruction.give(work, ask.person, seen, ask.source, ask.now, data["replaces"])
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=words.sent_message(ask.voice, given))
        case ["no"]:
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=Message(ask.voice("instruction.cancelled")))
        case ["e", number]:
            old = instruction.own(work, ask.person, int(number))
            return _begin(ask, work, _task(ask, work, old.task_id), old.id)
        case ["x", number]:
            done = instruction.withdraw(work, ask.person, int(number), ask.now)
            return Reply(edit=words.state_message(ask.voice, ask.office, done, True))
    raise Problem("help.old_button")


@conversation(TALK, action="instruct")
def typed(ask: Ask, work: Work) -> Reply:
    """The instruction's words; typed again while the preview stands, they replace it."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    if talk.step == "which":
        return Reply.say(words.which_message(ask.voice, _tasks(ask, work)))
    task = _task(ask, work, talk.data["task"])
    return Reply.say(_preview(ask, work, task, ask.text, talk.data.get("co", False), talk.data.get("replaces")))


@fallback("instruct", action="instruct")
def replied(ask: Ask, work: Work) -> Reply:
    """A leader's plain reply to a task's card or a digest: about the task there, or the one that it names."""
    said = work.outbox.sent(ask.chat_id, ask.reply_to) if ask.reply_to else None
    actions = said.actions if said else ()
    ref, _, text = ask.text.strip().partition(" ")
    named = find_task(work, ask.person, ref.rstrip("：:，,"))
    if named is not None:
        instruction.check(work, ask.person, named)
        return Reply.say(_preview(ask, work, named, text, False, None))
    shown = [int(action.split(":")[2]) for action in actions if action.startswith("ins:w:")]
    if len(shown) == 1:
        return Reply.say(_preview(ask, work, _task(ask, work, shown[0]), ask.text, False, None))
    work.talks.put(ask.person.id, Talk(TALK, "which", {"text": ask.text}), ask.now, awaits=False)
    return Reply.say(words.which_message(ask.voice, _tasks(ask, work)))


@button("instructed", action="instructed")
def receipt(ask: Ask, work: Work) -> Reply:
    found = instruction.confirm(work, ask.person, int(ask.args), ask.now)
    # Under a key of its own: a reply to the message that was edited is still an answer to the instruction.
    work.outbox.put(
        f"instruction:{found.id}:receipt:{ask.source.update_id}",
        ask.chat_id,
        words.confirmed_message(ask.voice, found),
        kind="reply",
        now=ask.now,
        person_id=ask.person.id,
        edit_message_id=ask.source.message_id,
    )
    return Reply(toast=ask.voice.plain("instruction.receipt_toast"))


@fallback("instructed", action="instructed")
def answered(ask: Ask, work: Work) -> Reply:
    """A unit's reply to the instruction."""
    said = work.outbox.sent(ask.chat_id, ask.reply_to) if ask.reply_to else None
    assert said is not None
    number = int(said.key.split(":")[1])
    done = instruction.answer(work, ask.person, number, ask.text, ask.source, ask.now)
    names = [person.name for person in done.told]
    return Reply.say(words.answered_message(ask.voice, done.instruction, done.closed, names))


def _begin(ask: Ask, work: Work, task: Task, replaces: int | None = None) -> Reply:
    instruction.check(work, ask.person, task)
    work.talks.put(ask.person.id, Talk(TALK, "typing", {"task": task.id, "replaces": replaces}), ask.now)
    return Reply.say(words.ask_message(ask.voice, task))


def _preview(ask: Ask, work: Work, task: Task, text: str, co: bool, replaces: int | None) -> Message:
    seen = instruction.preview(work, ask.person, task, text, co, ask.now)
    mark = f"{ask.source.update_id}"
    data = {"mark": mark, "task": task.id, "text": seen.text, "co": co, "replaces": replaces}
    work.talks.put(ask.person.id, Talk(TALK, "preview", data), ask.now)
    facts = seen.text, seen.to, co, seen.has_co, seen.at
    return words.preview_message(ask.voice, ask.office, task, *facts, ask.now, mark)


def _kept(ask: Ask, work: Work, mark: str) -> dict:
    talk = work.talks.get(ask.person.id, TALK)
    if talk is None or talk.data.get("mark") != mark:
        raise Problem("instruction.preview_gone")
    return talk.data


def _task(ask: Ask, work: Work, task_id: int) -> Task:
    found = work.notices.task(task_id)
    if found is None:
        raise Problem("help.old_button")
    instruction.check(work, ask.person, found)
    return found


def _tasks(ask: Ask, work: Work) -> list[Task]:
    names = ask.person.leads_as
    tasks = [task for task in work.notices.tasks() if task.active and task.led_by(names)]
    if not tasks:
        raise Problem("instruction.none_to_choose")
    return tasks
