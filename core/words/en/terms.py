"""Dates, periods and kinds in English."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SENTENCES = {
    "day": "{day} {month_name}",
    "day_weekday": "{weekday} {day} {month_name}",
    "full_day": "{day} {month_name} {year}",
    "year": "{year}",
    "plan": "plan",
    "report": "{period} report",
    "item": "{ref} {content} · {what}",
    "late": "{days} days overdue",
    "today": "due today",
    "left": "{days} days left",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "half_yearly": "half-yearly",
    "unset": "frequency not set",
    "quarterly_1": "Q1",
    "quarterly_2": "Q2",
    "quarterly_3": "Q3",
    "quarterly_4": "Q4",
    "half_yearly_1": "first half",
    "half_yearly_2": "second half",
    "lead": "lead",
    "co": "co-unit",
    "responsible": "responsible",
    "comma": ", ",
    "clause": ", ",
    "no_leader": "no leader named",
    **{f"weekday_{number}": name for number, name in enumerate(_DAYS)},
    **{f"month_{number}": name for number, name in enumerate(_MONTHS, start=1)},
}
