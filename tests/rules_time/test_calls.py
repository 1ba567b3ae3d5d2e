"""Whom a lead asks, when they are asked and reminded, and the text made of the answers."""

from datetime import UTC, date, datetime

from core.rules.calendar import WorkCalendar
from core.rules.calls import Asked, Input, asks_on, co_units, empty_groups, merged, reminds_on, wanted_by
from core.rules.tasks import Assignment, Part, Task, Unit

LEAD, HELPER, STREET, OTHER = Unit(1, "甲局"), Unit(2, "乙局"), Unit(3, "丙街道"), Unit(4, "丁街道")
GROUP, UNKNOWN = Unit(9, "各街道", True), Unit(10, "各镇", True)
CALENDAR = WorkCalendar()
AT = datetime(2023, 4, 20, tzinfo=UTC)


def task(*rows):
    return Task(1, 1, "2-15", "15", "x", None, tuple(Assignment(*row) for row in rows))


def test_a_group_term_is_asked_as_its_members_once_and_never_the_lead_itself():
    group = (GROUP, Part.CO, (STREET, OTHER, LEAD))
    shared = task((LEAD, Part.LEAD), (HELPER, Part.CO), (STREET, Part.CO), group, (UNKNOWN, Part.CO))
    assert co_units(shared, 1) == [HELPER, STREET, OTHER]
    assert empty_groups(shared) == [UNKNOWN]
    assert co_units(task((LEAD, Part.LEAD)), 1) == []


def test_the_days_of_a_call_are_working_days_before_the_leads():
    due = date(2023, 5, 4)  # behind the holiday of May 1 to 3
    assert wanted_by(due, date(2023, 4, 20), CALENDAR) == date(2023, 4, 28)
    assert wanted_by(due, date(2023, 5, 4), CALENDAR) == date(2023, 5, 4)
    assert asks_on(due, 3, CALENDAR) == date(2023, 4, 26)
    assert reminds_on(due, date(2023, 4, 26), CALENDAR) == date(2023, 4, 28)
    assert reminds_on(due, date(2023, 4, 28), CALENDAR) is None


def test_answers_stand_one_under_the_other_behind_their_source():
    def said(number, unit, text):
        return Asked(number, 1, 1, number, unit, AT, input=Input(number, number, 1, text, 1, "王明", AT))

    rows = [said(1, "乙局", "清淤3公里 "), Asked(2, 1, 1, 2, "丙街道", AT), said(3, "丁街道", "无")]
    text = merged(rows, lambda unit, who, at: f"（{unit} {who} {at:%m%d}）")
    assert text == "（乙局 王明 0420）清淤3公里\n（丁街道 王明 0420）无"
