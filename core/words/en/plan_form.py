"""The plan form in English."""

SENTENCES = {
    "title": "Plan for a priority task",
    "unit": "Reporting unit (seal)",
    "contact": "Contact",
    "leader": "Leader",
    "lead": "Lead unit",
    "content": "Task",
    "goal": "Annual goal",
    "month": "Month",
    "brief": "Goals and progress in brief",
    "sign": "Head of unit (signature):                              Date:",
    "sign_and_seal": "Head of unit (signature):                              Seal:\nDate:",
    "foot": "No. {ref}   form code {code}   send this file to the bot when it is filled in; please keep the code",
    "file": "plan-{owner}",
    "ready_one": "The plan form of {ref}. <b>Send me the file</b> when it is filled in; of a signed and stamped one, send a photo or scan <b>as a reply to this message</b>.",
    "ready_all": "{n} plan forms, one a page. <b>Send me the file</b> when it is filled in; I show you what I read before anything is saved.",
    "as_docx": "As Word file",
    "as_xlsx": "As Excel file",
    "all": "All {n} of my unit",
    "download": "Download form",
}
