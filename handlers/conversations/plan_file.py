"""A form that a contact sends back as a file: what it says is shown, and filed when it is confirmed."""

from core.cases import plan, plan_file
from core.cases.problem import Problem
from core.rules.filled_form import FilledForm
from core.words.message import Button, Message
from core.words.plan_file import sheet_message, stored_message
from core.words.report import scan_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, fallback


@fallback("plan_file", action="plan")
def form_file(ask: Ask, work: Work) -> Reply:
    """`ask.prepared` is {"forms"}, or {"problem", "values"} where the file can't be read."""
    prepared = ask.prepared
    if "problem" in prepared:
        why = ask.voice(f"plan_file.bad_{prepared['problem']}", **prepared["values"])
        buttons = ((Button(ask.voice.plain("plan_form.download"), "plan_form:0:docx"),),)
        return Reply.say(Message(ask.voice("plan_file.unread", why=why), buttons))
    forms = [FilledForm.from_json(form) for form in prepared["forms"]]
    file = ask.source.files[0] if ask.source.files else None
    return _shown(ask, plan_file.receive(work, ask.person, forms, file, ask.source.message_id, ask.now))


@button("pf", action="plan")
def confirm(ask: Ask, work: Work) -> Reply:
    """pf:ok:<message>:<digest> | is:<message>:<form>:<obligation> | no:<message>"""
    match ask.fields:
        case ["ok", mark, seen] if mark.isdigit():
            sheet, stored = plan_file.file_forms(work, ask.person, int(mark), seen, ask.source, ask.now)
            if not stored:
                return Reply(edit=sheet_message(ask.voice, sheet, changed_meanwhile=True))
            left = plan.owed_plans(work, ask.person)
            about = [item.obligation.id for item in stored]
            return Reply(edit=stored_message(ask.voice, stored, left), about=about)
        case ["is", mark, place, obligation] if mark.isdigit() and place.isdigit() and obligation.isdigit():
            sheet = plan_file.choose(work, ask.person, int(mark), int(place), int(obligation), ask.now)
            return Reply(edit=sheet_message(ask.voice, sheet), about=_about(sheet))
        case ["no", mark] if mark.isdigit():
            plan_file.drop(work, ask.person, int(mark))
            return Reply(edit=Message(ask.voice("plan_file.dropped")))
    raise Problem("help.old_button")


@button("scan", action="plan")
def scan(ask: Ask, work: Work) -> Reply:
    """scan:<kept message>:<page>: which plan the photo or scan belongs to."""
    pending, page = (int(field) for field in ask.fields)
    # What is stamped was mostly filed before: those come first.
    plans = [*plan.filed_plans(work, ask.person), *plan.owed_plans(work, ask.person)]
    if not plans:
        raise Problem("plan.none")
    return Reply(edit=scan_message(ask.voice, pending, plans, page))


def _shown(ask: Ask, sheet: plan_file.Sheet) -> Reply:
    return Reply.say(sheet_message(ask.voice, sheet), about=_about(sheet))


def _about(sheet: plan_file.Sheet) -> list[int]:
    return [found.obligation.id for found in sheet.found if found.obligation]
