"""Dates, periods and kinds in English."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHOLE_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
SENTENCES = {
    "day": "{day} {month_name}",
    "day_weekday": "{weekday} {day} {month_name}",
    "full_day": "{day} {month_name} {year}",
    "year": "{year}",
    "plan": "plan",
    "finding": "mending of findings",
    "finding_of": "mending after the inspection of {day}",
    "finding_more": "mending after the inspection of {day} ({n})",
    "completion": "completion",
    "returned": "{what} (returned, to be mended)",
    "report": "{period} report",
    "item": "{ref} {content} · {what}",
    "late": "{days:# day|# days} overdue",
    "label_late": "{days} d late",
    "label_left": "{days} d left",
    "label_today": "today",
    "today": "due today",
    "left": "{days:# day|# days} left",
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
    "before": "‹ Previous",
    "after": "Next ›",
    "clause": ", ",
    "no_leader": "no leader named",
    **{f"weekday_{number}": name for number, name in enumerate(_DAYS)},
    **{f"month_{number}": name for number, name in enumerate(_MONTHS, start=1)},
    **{f"whole_month_{number}": name for number, name in enumerate(_WHOLE_MONTHS, start=1)},
    "agreed": "{agreed} (was {due})",
}
