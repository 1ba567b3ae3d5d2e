import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.figures import find_figures
from core.rules.plan_text import opening_month, parse_plan_months
from core.rules.report_text import split_answer

MONTHS = list(range(3, 13))
THREE = {3: "制定方案", 4: "开工建设", 5: "完成主体"}


@pytest.mark.parametrize(
    "text",
    [
        "3月：制定方案\n4月：开工建设\n5月：完成主体",
        "3月:制定方案\n4月:开工建设\n5月:完成主体",
        "3月：制定方案。 4月：开工建设。 5月：完成主体",
        "3月：制定方案；4月：开工建设；5月：完成主体",
        "3月：制定方案，4月：开工建设，5月：完成主体",
        "3月：制定方案 4月：开工建设 5月：完成主体",
        "三月：制定方案\n四月：开工建设\n五月：完成主体",
        "3 月份: 制定方案\n4 月份: 开工建设\n5 月份: 完成主体",
        "03月：制定方案\n04月：开工建设\n05月：完成主体",
        "３月：制定方案\n４月：开工建设\n５月：完成主体",
        "3月 制定方案\n4月 开工建设\n5月 完成主体",
        "3月\t制定方案\n4月\t开工建设\n5月\t完成主体",
        "3月-制定方案\n4月 - 开工建设\n5月——完成主体",
        "3月、制定方案\n4月、开工建设\n5月、完成主体",
        "3月\n制定方案\n4月\n开工建设\n5月\n完成主体",
        "3月份：制定方案\n四月：开工建设\n05月 完成主体",
        "【3月】制定方案【4月】开工建设【5月】完成主体",
        "（3月）制定方案\n（4月）开工建设\n（5月）完成主体",
        "1. 3月：制定方案\n2. 4月：开工建设\n3. 5月：完成主体",
        "1、3月：制定方案\n2、4月：开工建设\n3、5月：完成主体",
        "（1）3月：制定方案；（2）4月：开工建设；（3）5月：完成主体",
        "- 3月：制定方案\n- 4月：开工建设\n- 5月：完成主体",
        "2023年3月：制定方案\n2023年4月：开工建设\n2023年5月：完成主体",
        "2023.3月：制定方案\n2023.4月：开工建设\n2023.5月：完成主体",
        "5月：完成主体\n3月：制定方案\n4月：开工建设",
        "Mar: 制定方案\nApril: 开工建设\nMay: 完成主体",
        "March - 制定方案\nApr. - 开工建设\nMAY - 完成主体",
        "3月制定方案\n4月开工建设\n5月完成主体",
        "3月制定方案。4月开工建设。5月完成主体。",
        "3月.制定方案\n4月.开工建设\n5月.完成主体",
        "3月份计划：制定方案；4月份工作安排：开工建设；5月（收尾）：完成主体",
        "3月 制定方案 4月 开工建设 5月 完成主体",
        "3⽉：制定方案\n4⽉：开工建设\n5⽉：完成主体",
    ],
)
def test_a_pasted_plan_is_understood_in_any_sensible_form(text):
    plan = parse_plan_months(text, MONTHS, 2023)
    assert {month: said.rstrip("。") for month, said in plan.months.items()} == THREE
    assert plan.goal is None
    assert (plan.unknown, plan.duplicates, plan.assumed) == ([], [], False)
    assert plan.missing == [6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("head", "months"),
    [
        ("3-4月", [3, 4]),
        ("3—4月", [3, 4]),
        ("3月-4月", [3, 4]),
        ("3月～5月", [3, 4, 5]),
        ("3月至5月", [3, 4, 5]),
        ("3月到5月份", [3, 4, 5]),
        ("三至五月", [3, 4, 5]),
        ("3、4月", [3, 4]),
        ("3月、4月", [3, 4]),
        ("3月和4月", [3, 4]),
        ("1-4月", [3, 4]),
        ("十一、十二月", [11, 12]),
        ("十一月至十二月", [11, 12]),
        ("Mar-May", [3, 4, 5]),
        ("March to May", [3, 4, 5]),
        ("二季度", [4, 5, 6]),
        ("第三季度", [7, 8, 9]),
        ("Q1", [3]),
        ("下半年", [7, 8, 9, 10, 11, 12]),
        ("每月", MONTHS),
    ],
)
def test_a_range_gives_its_text_to_each_month(head, months):
    plan = parse_plan_months(f"{head}：推进建设", MONTHS)
    assert plan.months == dict.fromkeys(months, "推进建设")
    assert plan.unknown == []


@pytest.mark.parametrize(
    "text",
    [
        "年度目标：建成5个点。3月选址，4月开工，5-8月施工；9月验收，11月、12月总结",
        "年度目标：建成5个点\n3月选址、4月开工、5至8月施工、9月验收、11—12月总结",
        "年度目标 建成5个点 三月：选址 四月 开工 5月—8月 施工 九月 验收 十一、十二月：总结",
        "年度目标：建成5个点\n3月：选址，4月开工，5-8月施工，9月验收。11-12月：总结",
    ],
)
def test_months_that_open_a_clause_need_no_colon_where_they_follow_one_another(text):
    plan = parse_plan_months(text, MONTHS, 2023)
    building = dict.fromkeys(range(5, 9), "施工")
    said = {month: words.rstrip("。") for month, words in plan.months.items()}
    assert said == {3: "选址", 4: "开工", **building, 9: "验收", 11: "总结", 12: "总结"}
    assert (plan.goal.rstrip("。"), plan.unknown, plan.missing) == ("建成5个点", [], [10])


def test_a_month_may_go_on_with_a_figure_but_not_with_a_day():
    plan = parse_plan_months("3月摸底，4月建成2个，6月累计3个，9月4个，12月5个", MONTHS, 2023)
    assert plan.months == {3: "摸底", 4: "建成2个", 6: "累计3个", 9: "4个", 12: "5个"}
    for text in (
        "3月选址，4月15日开工，6月1日-5日验收",
        "3月选址，4月15、16日开会，5月20",
        "3月选址，4月2-5日开工，5月3",
    ):
        assert parse_plan_months(text, MONTHS, 2023).months == {}, text


def test_two_dates_in_a_goal_are_no_plan():
    plan = parse_plan_months("年度目标：建成5个点，6月完成招标，9月竣工", MONTHS)
    assert (plan.goal, plan.months) == ("建成5个点，6月完成招标，9月竣工", {})


def test_every_month_leaves_the_months_with_a_text_of_their_own():
    plan = parse_plan_months("每月：推进建设\n12月：竣工验收", [10, 11, 12])
    assert plan.months == {10: "推进建设", 11: "推进建设", 12: "竣工验收"}


@pytest.mark.parametrize(
    "said",
    [
        "完成3月目标",
        "推进建设，6月底前完成",
        "推进建设，力争5月开工",
        "推进建设\n6月底前完成招标",
        "完成2月、3月的任务",
        "新建4个、改造5个",
        "完成招标（4月）和开工（5月）",
        "比4:5的比例",
        "按4月 5日的会议要求推进",
        "本月目标：完成三成",
        "目标：完成三成",
        "召开会议。\n4月15日完成签约",
    ],
)
def test_a_month_within_a_sentence_opens_nothing(said):
    plan = parse_plan_months(f"3月：{said}\n7月：竣工", MONTHS)
    assert plan.months == {3: said, 7: "竣工"}
    assert plan.goal is None


@pytest.mark.parametrize("head", ["年度目标", "目标", "全年目标任务", "工作目标", "2023年目标", "Annual goal", "Goal"])
def test_the_annual_goal_may_stand_before_or_after_the_months(head):
    assert parse_plan_months(f"{head}：建成100亩\n3月：开工", MONTHS).goal == "建成100亩"
    after = parse_plan_months(f"3月：开工\n{head}: 建成100亩", MONTHS)
    assert (after.goal, after.months) == ("建成100亩", {3: "开工"})


def test_goals_of_single_months_are_not_the_annual_goal():
    plan = parse_plan_months("3月：开工\n目标：100亩\n4月：推进\n目标：200亩", MONTHS)
    assert plan.goal is None
    assert plan.months == {3: "开工\n目标：100亩", 4: "推进\n目标：200亩"}


def test_a_goal_alone_is_a_goal():
    plan = parse_plan_months("年度目标：建成100亩", MONTHS)
    assert (plan.goal, plan.months, plan.missing) == ("建成100亩", {}, MONTHS)


def test_several_lines_belong_to_their_month():
    plan = parse_plan_months("3月：\n1. 制定方案\n2. 完成招标\n4月：开工", MONTHS)
    assert plan.months == {3: "1. 制定方案\n2. 完成招标", 4: "开工"}


def test_the_thirds_of_a_month_are_joined_and_not_counted_twice():
    plan = parse_plan_months("3月上旬：启动；3月下旬：完成", MONTHS)
    assert (plan.months, plan.duplicates) == ({3: "上旬：启动\n下旬：完成"}, [])


def test_a_month_given_twice_keeps_both_texts_and_says_so():
    plan = parse_plan_months("3月：甲\n4月：乙\n3月：丙", MONTHS)
    assert (plan.months, plan.duplicates) == ({3: "甲\n丙", 4: "乙"}, [3])


def test_what_belongs_to_no_month_of_the_form_is_shown():
    plan = parse_plan_months("我单位计划如下：\n1月：准备\n3月：开工", MONTHS)
    assert plan.months == {3: "开工"}
    assert plan.unknown == ["我单位计划如下：", "1月：准备"]


def test_a_month_of_another_year_is_not_taken_for_ours():
    plan = parse_plan_months("2024年3月：开工\n2023年4月：推进", MONTHS, 2023)
    assert (plan.months, plan.unknown) == ({4: "推进"}, ["2024年3月：开工"])


def test_the_forms_own_header_line_is_no_content():
    assert parse_plan_months("月 份\t目标任务进度简述\n3 月\t开工\n4 月\t推进", MONTHS).unknown == []


def test_a_month_left_empty_is_missing():
    plan = parse_plan_months("3月：\n4月：开工", [3, 4])
    assert (plan.months, plan.missing) == ({4: "开工"}, [3])


def test_numbers_without_months_are_taken_in_order_and_marked_as_assumed():
    plan = parse_plan_months("1. 甲\n2. 乙\n3. 丙", [10, 11, 12])
    assert (plan.months, plan.assumed) == ({10: "甲", 11: "乙", 12: "丙"}, True)
    plan = parse_plan_months("10、甲\n11、乙", [9, 10, 11, 12])
    assert (plan.months, plan.missing, plan.assumed) == ({10: "甲", 11: "乙"}, [9, 12], True)


def test_a_text_without_any_head_is_unknown_and_nothing_is_guessed():
    plan = parse_plan_months("持续推进各项工作", MONTHS)
    assert (plan.months, plan.goal, plan.unknown) == ({}, None, ["持续推进各项工作"])
    assert parse_plan_months("", MONTHS).unknown == []


CONTENT = st.text("完成推进招标建设项目验收主体，。0123456789亩个%、（）", min_size=1, max_size=25).map(
    lambda t: "推进" + t + "工作"
)
HEADS = st.sampled_from(
    ["{}月：", "{}月:", "{}月份：", "{} 月: ", "{}月 ", "{}月—", "{:02d}月：", "【{}月】", "（{}月）", "2023年{}月："]
)


@given(st.dictionaries(st.sampled_from(MONTHS), CONTENT, min_size=1), CONTENT, HEADS, st.booleans(), st.randoms())
def test_a_written_plan_reads_back_whatever_the_form_and_order(plan, goal, head, goal_first, random):
    order = list(plan)
    random.shuffle(order)
    lines = [head.format(month) + plan[month] for month in order]
    lines.insert(0 if goal_first else len(lines), f"年度目标：{goal}")
    parsed = parse_plan_months("\n".join(lines), MONTHS, 2023)
    assert parsed.months == plan
    assert parsed.goal == goal
    assert parsed.unknown == []


@given(st.dictionaries(st.sampled_from(MONTHS), CONTENT, min_size=2), st.sampled_from(["。", "；", " ", "\n", "\n\n"]))
def test_a_plan_on_one_line_reads_back(plan, between):
    text = between.join(f"{month}月：{said}" for month, said in sorted(plan.items()))
    parsed = parse_plan_months(text, MONTHS)
    assert {month: said.rstrip("。") for month, said in parsed.months.items()} == plan


@given(st.text(max_size=80) | st.text("3月45至-、：: \n份年度目标底前【】（）1.每abMay", max_size=60))
def test_no_text_breaks_the_parsing_and_no_month_is_invented(text):
    plan = parse_plan_months(text, MONTHS, 2023)
    assert set(plan.months) <= set(MONTHS)
    assert sorted([*plan.months, *plan.missing]) == MONTHS
    assert all(plan.months.values())


@pytest.mark.parametrize("piece", ["3月", "3、", "1-", "十", "jan-", "目标：", "2-15、", "1. "])
def test_a_hostile_text_of_a_full_message_is_worked_through(piece):
    """No figure of time here: without bounds in the patterns this test would hang for all to see."""
    text = piece * (40_000 // len(piece))
    assert parse_plan_months(text[:8000], MONTHS, 2023) is not None
    find_figures(text)
    split_answer(text[:8000], ["2-15", "2-16"])


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("3月完成选址", (3, "完成选址")),
        ("三月份启动招标", (3, "启动招标")),
        ("3月底前完成选址", None),
        ("3月15日签约", None),
        ("6月至8月施工", None),
        ("2月完成选址", None),
        ("完成3月目标", None),
    ],
)
def test_a_month_that_opens_a_single_sentence_is_known_and_a_date_is_not_one(text, opened):
    assert opening_month(text, MONTHS) == opened
