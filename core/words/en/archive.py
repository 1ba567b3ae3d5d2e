"""The archive in English."""

SENTENCES = {
    "readme": "00-readme.{ending}",
    "notice": "01-notice-as-read.{ending}",
    "tasks": "02-tasks.{ending}",
    "plans": "03-plans.{ending}",
    "reports": "04-reports.{ending}",
    "overdue": "05-missing.{ending}",
    "history": "06-history.{ending}",
    "forms": "07-plan-forms.{ending}",
    "inspections": "08-inspections.{ending}",
    "briefing": "briefings/briefing-{ending}",
    "data": "data/{ending}",
    "title": "Archive of “{title}”\n{office}\nmade at {at}",
    "files": "Photos and files that came with reports are named (column of files in the reports); they stay in the chats of Telegram.",
    "begun": "The archive is being made. It comes when it is ready; no need to press again.",
    "under_way": "The archive is being made, please wait a little.",
    "ready": "The archive of “{title}”: {n:# file|# files} (tasks, plans, reports, history, briefings, all data).",
    "ready_part": "The archive ({number}/{count}) of “{title}”: {n:# file|# files}.",
    "file": "archive-{year}{mark}.zip",
}
