"""Senses of figures, typed corrections, bounds, pace and lights: plain rules on plain values."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from core.rules.figures import Target
from core.rules.figures_said import Sense, read_target, read_typed
from core.rules.lights import CONFIRMED, Light, TargetFigure, Times, target_light, task_light, totals
from core.rules.targets_pace import Bound, Goal, goals_of, pace, planned_totals

DITCH = Target("修缮灌溉水渠", D(12), "公里")
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
AT = datetime(2023, 4, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value", "sense"),
    [
        ("累计修缮3公里", "3", "total"),
        ("截至4月底，完成3公里", "3", "total"),
        ("1-4月完成3公里，其中4月1公里", "3", "total"),
        ("4月修缮3公里", "3", "step"),
        ("本月完成2公里，累计5公里", "5", "total"),
        ("已完成3公里", "3", "unsaid"),
        ("修缮水渠三千米", "3", "unsaid"),
        ("修缮水渠二十里", "10", "unsaid"),
        ("完成年度目标的25%", "3", "total"),
        ("12公里水渠修缮已完成25%", "3", "total"),
        ("目标12公里，目前完成4公里", "4", "total"),
        ("还剩3公里未修缮", None, "unsaid"),
        ("甲渠2公里，乙渠1公里", None, "unsaid"),
        ("计划修缮12公里", None, "unsaid"),
        ("进展顺利", None, "unsaid"),
        ("In April 3 km were repaired, total 5 km", "5", "total"),
    ],
)
def test_a_report_tells_the_whole_or_a_part_or_leaves_it_open(text, value, sense):
    reading = read_target(text, DITCH)
    assert (reading.value, reading.sense) == (value and D(value), sense)


def test_added_is_the_targets_own_word_where_the_target_is_to_add():
    places = Target("新增公共停车位", D(500), "个")
    assert read_target("新增停车位120个", places).sense is Sense.UNSAID
    assert read_target("新增修缮3公里", DITCH).choices[0].sense is Sense.STEP
    assert read_target("又修缮水渠3公里", DITCH).sense is Sense.STEP


def test_what_may_be_counted_in_another_word_is_offered_and_not_taken():
    reading = read_target("建成社区食堂2个", Target("新建社区食堂", D(4), "家"))
    assert reading.value is None and [c.value for c in reading.choices] == [2]


@pytest.mark.parametrize(
    ("text", "value", "sense"),
    [
        ("累计 17 公里", "17", "total"),
        ("17", "17", "unsaid"),
        ("十二", "12", "unsaid"),
        ("本月5", "5", "step"),
        ("5000米", "5", "unsaid"),
        ("25%", "3", "total"),
        ("1,200", "1200", "unsaid"),
        ("0", "0", "unsaid"),
        ("累计17公里，本月5公里", "17", "total"),
        ("不是", None, "unsaid"),
        ("没有", None, "unsaid"),
    ],
)
def test_a_typed_correction_is_read(text, value, sense):
    typed = read_typed(text, DITCH)
    assert typed is not None and (typed.value, typed.sense) == (value and D(value), sense)


@pytest.mark.parametrize("text", ["17亩", "3公里还是4公里", "好的", "", "1.2.3"])
def test_what_is_no_figure_of_the_target_is_not_guessed(text):
    assert read_typed(text, DITCH) is None


@pytest.mark.parametrize(
    ("word", "bound", "below", "exactly"),
    [
        ("以上", Bound.AT_LEAST, False, True),
        ("不少于", Bound.AT_LEAST, False, True),
        (None, Bound.AT_LEAST, False, True),
        ("超", Bound.MORE_THAN, False, False),
        ("突破", Bound.MORE_THAN, False, False),
        ("左右", Bound.ABOUT, True, True),
        ("不超过", Bound.AT_MOST, True, True),
        ("以内", Bound.AT_MOST, True, True),
    ],
)
def test_the_comparator_decides_what_is_reached(word, bound, below, exactly):
    (goal,) = goals_of(({"label": "x", "value": 100, "unit": "件", "comparator": word},), "")
    assert goal.bound is bound
    assert goal.reached(D(97)) is below and goal.reached(D(100)) is exactly
    assert goal.reached(D(101)) is (bound is not Bound.AT_MOST)


def test_held_down_to_a_figure_is_a_ceiling_and_an_aspiration_is_marked():
    rows = (
        {"label": "信访积案", "value": 20, "unit": "件"},
        {"label": "外资", "value": 3, "unit": "亿美元", "aspiration": "力争"},
    )
    ceiling, wish = goals_of(rows, "信访积案控制在20件，力争引进外资3亿美元")
    assert ceiling.bound is Bound.AT_MOST and wish.aspired and not ceiling.aspired


@pytest.mark.parametrize(
    ("months", "totals_"),
    [
        ({4: "修缮2公里", 6: "修缮4公里", 9: "修缮6公里"}, {4: 2, 6: 6, 9: 12}),
        ({4: "修缮2公里", 6: "修缮6公里", 9: "修缮12公里"}, {4: 2, 6: 6, 9: 12}),
        ({4: "累计完成2公里", 5: "本月3公里"}, {4: 2, 5: 5}),
        ({6: "完成50%", 12: "完成100%"}, {6: 6, 12: 12}),
        ({4: "勘察", 12: "全面完成"}, {}),
        ({4: "修缮1公里", 5: "修缮1公里", 6: "修缮2公里"}, {}),
    ],
)
def test_a_plans_figures_add_up_or_are_totals_or_say_nothing(months, totals_):
    assert planned_totals(Goal("k", DITCH), months) == totals_


def test_pace_is_the_plans_else_the_times_with_a_margin_else_none():
    goal = Goal("k", DITCH)
    assert pace(goal, {4: "累计2公里", 12: "累计12公里"}, date(2023, 7, 25), *YEAR).expected == 2
    half = pace(goal, {}, date(2023, 7, 2), *YEAR)
    assert (half.source, half.expected) == ("time", D(4))
    assert pace(goal, {}, date(2023, 12, 31), *YEAR).expected == 12
    growth = Goal("k", Target("产值增长", D(5), "%"))
    assert pace(growth, {}, date(2023, 4, 25), *YEAR).expected == 5
    assert pace(Goal("k", Target("污水纳管率", D(70), "%")), {}, date(2023, 4, 25), *YEAR).expected is None
    assert pace(Goal("k", DITCH, Bound.AT_MOST), {4: "2公里"}, date(2023, 4, 25), *YEAR).expected is None


def figure(due, value, sense=Sense.TOTAL, state=CONFIRMED, number=0):
    value = None if value is None else D(value)
    month = f"2023-{due.month:02d}"
    return TargetFigure(
        number, 1, 1, 1, 1, "k", due, month, value, "", sense, True, (), AT, state=state, value=value, sense=sense
    )


APRIL, MAY, JUNE = date(2023, 4, 25), date(2023, 5, 25), date(2023, 6, 25)
PLAN = {4: "累计2公里", 5: "累计4公里", 6: "累计6公里", 12: "累计12公里"}


REPAIR = Goal("k", DITCH)


def lit(figures, goal=REPAIR, today=date(2023, 6, 30), months=PLAN):
    return target_light(goal, figures, months, Times(*YEAR, today))


def test_steps_add_up_and_one_behind_an_unconfirmed_figure_has_no_total():
    goal = Goal("k", DITCH)
    assert [p.total for p in totals([figure(APRIL, 2), figure(MAY, 3, Sense.STEP)], goal)] == [2, 5]
    waiting = [figure(APRIL, 2, state="unconfirmed"), figure(MAY, 3, Sense.STEP)]
    assert totals(waiting, goal) == [] and [p.total for p in totals(waiting, goal, trusting=True)] == [2, 5]
    assert lit(waiting).light is Light.UNCONFIRMED


def test_lights_follow_confirmed_figures_alone():
    assert lit([figure(APRIL, 1)]).light is Light.BEHIND
    assert lit([figure(APRIL, 2)]).light is Light.ON_TRACK
    assert lit([figure(APRIL, 12)]).light is Light.DONE
    waiting = lit([figure(APRIL, 2), figure(MAY, 1, state="unconfirmed")])
    assert waiting.light is Light.ON_TRACK and waiting.newest is not None
    assert lit([figure(APRIL, 1, state="unconfirmed")]).light is Light.UNCONFIRMED
    assert lit([]).light is Light.NONE
    assert lit([figure(APRIL, 5)], today=date(2024, 1, 3)).light is Light.OVERDUE


def test_made_good_after_being_behind_stays_visible():
    assert lit([figure(APRIL, 1), figure(MAY, 4)]).made_good
    assert not lit([figure(APRIL, 2), figure(MAY, 4)]).made_good
    assert not lit([figure(APRIL, 1), figure(MAY, 2)]).made_good


def test_a_ceiling_is_kept_or_exceeded_and_never_done_before_its_time():
    goal = Goal("k", Target("信访积案", D(20), "件"), Bound.AT_MOST)
    assert lit([figure(APRIL, 18)], goal).light is Light.ON_TRACK
    assert lit([figure(APRIL, 21)], goal).light is Light.BEHIND
    assert lit([figure(APRIL, 18)], goal, date(2024, 1, 2)).light is Light.DONE
    assert lit([], goal, date(2024, 1, 2)).light is Light.NONE


def test_an_aspiration_not_reached_is_no_failing():
    goal = Goal("k", DITCH, aspired=True)
    assert lit([figure(APRIL, 1)], goal).light is Light.OPEN
    assert lit([figure(APRIL, 1)], goal, date(2024, 1, 2)).light is Light.OPEN
    assert lit([figure(APRIL, 12)], goal).light is Light.DONE


def test_the_light_of_a_task_is_its_late_reports_then_its_worst_committed_target():
    good, bad = lit([figure(APRIL, 2)]), lit([figure(APRIL, 1)])
    wish = lit([figure(APRIL, 1)], Goal("k", DITCH, aspired=True))
    assert task_light("active", [(1, good), (1, bad)], 0, 2, False).light is Light.BEHIND
    assert task_light("active", [(1, good), (1, wish)], 0, 2, False).light is Light.ON_TRACK
    assert task_light("active", [(1, good)], 1, 2, False).light is Light.OVERDUE
    assert task_light("done", [(1, bad)], 0, 2, False).light is Light.DONE
    assert task_light("suspended", [(1, bad)], 0, 2, False).light is Light.NONE
    assert task_light("active", [(1, bad), (2, bad)], 0, 2, False, shared=True).light is Light.OPEN
    made_good = task_light("active", [(1, good)], 0, 2, True)
    assert made_good.light is Light.ON_TRACK and made_good.made_good
