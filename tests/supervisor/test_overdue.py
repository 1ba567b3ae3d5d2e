"""The overdue list as people see it."""

from __future__ import annotations

from dataclasses import replace

from core.rules.obligations import Kind

from .hall import GROUP, PEOPLE, Hall, Heard


def test_overdue_shows_counts_then_leader_unit_and_item(hall: Hall) -> None:
    hall.pass_to("2023-03-16T16:00")
    hall.hand_in("sun", "2-3")
    hall.pass_to("2023-03-20T10:00")
    text = hall.say("wen", "/overdue").text
    assert "逾期 4 项，涉及 3 个单位；应报共 5 项" in text
    assert text.index("林知远区长") < text.index("区财政局") < text.index("周砚秋常务副区长") < text.index("区发改局")
    assert "2-1 全区生产总值" in text and "3月16日到期，已逾期4天" in text
    assert "2-3" not in text


def test_the_chinese_word_asks_the_same(hall: Hall) -> None:
    assert hall.say("wen", "逾期").text == hall.say("wen", "/overdue").text


def test_nothing_overdue_names_what_is_due_next(hall: Hall) -> None:
    hall.pass_to("2023-03-13T10:00")
    text = hall.say("wen", "/overdue").text
    assert "没有逾期，应报 5 项" in text
    assert "下一个截止日：3月16日（周四），还有 3 天，待报 5 项" in text


def test_as_of_a_past_day_counts_what_stood_at_its_end(hall: Hall) -> None:
    report = hall.hand_in("sun", "2-3")
    hall.pass_to("2023-03-22T10:00")
    hall.take_back("sun", report)
    assert "逾期 5 项" in hall.say("wen", "/overdue").text
    then = hall.say("wen", "/overdue 2023-03-20")
    assert "截至2023年3月20日当日" in then.text and "逾期 4 项" in then.text
    assert "催办" not in then.labels
    assert "逾期 5 项" in hall.say("wen", "/overdue 3月19日").text
    assert "没有逾期" in hall.say("wen", "/overdue 2023-03-16").text


def test_a_day_to_come_and_a_bad_day_get_a_clear_answer(hall: Hall) -> None:
    assert "还没到" in hall.say("wen", "/overdue 2023-04-10").text
    assert "还没到" in hall.say("wen", "/overdue 3月25日").text
    assert "没看懂“2023-13-45”" in hall.say("wen", "/overdue 2023-13-45").text


def test_a_day_before_the_first_notice_says_so(hall: Hall) -> None:
    assert "首份通知于" in hall.say("wen", "/overdue 2023-03-01").text


def test_today_by_its_date_is_now(hall: Hall) -> None:
    assert "催办" in hall.say("wen", "/overdue 2023-03-20").labels


def test_a_name_behind_the_command_narrows_the_list(hall: Hall) -> None:
    unit = hall.say("wen", "/overdue 发改局").text
    assert "筛选：区发改局" in unit and "逾期 2 项，涉及 1 个单位；应报共 2 项" in unit
    leader = hall.say("wen", "/overdue 3月19日 周砚秋").text
    assert "筛选：周砚秋常务副区长" in leader and "逾期 3 项" in leader


def test_an_unknown_name_is_answered_with_names_that_look_alike(hall: Hall) -> None:
    answer = hall.say("wen", "/overdue 区财税局")
    assert "没有找到“区财税局”" in answer.text and "区财政局" in answer.labels
    assert "区财政局" in hall.click("wen", answer, "区财政局").text


def test_filters_by_leader_unit_and_kind_are_buttons(hall: Hall) -> None:
    start = hall.say("wen", "/overdue")
    leaders = hall.click("wen", start, "按区领导")
    assert leaders.labels == ["林知远区长（1）", "周砚秋常务副区长（3）", "夏泉副区长（1）", "全部"]
    narrowed = hall.click("wen", leaders, "夏泉")
    assert "逾期 1 项" in narrowed.text and "2-1" not in narrowed.text
    assert "逾期 5 项" in hall.click("wen", narrowed, "全部").text
    units = hall.click("wen", hall.last("wen"), "按单位")
    assert "区发改局（2）" in units.labels
    plans = hall.click("wen", hall.click("wen", units, "区发改局"), "只看计划")
    assert "筛选：区发改局 · 推进计划" in plans.text and "逾期 2 项" in plans.text
    reports = hall.click("wen", plans, "只看进展")
    assert "此范围内没有逾期（应报 0 项）" in reports.text and "全部" in reports.labels


def test_a_long_list_has_pages_that_lose_nothing(hall: Hall) -> None:
    months = [(f"2023-{m:02d}", f"2023-{m:02d}-01", f"2023-{m:02d}-25") for m in range(3, 9)]
    for ref in ("1-1", "2-1", "2-2", "2-3", "3-1"):
        hall.owe_reports(ref, *months)
    hall.pass_to("2023-10-16T10:00")
    page = hall.say("wen", "/overdue")
    assert "逾期 35 项" in page.text
    seen = page.text.count("到期，")
    while "下一页 ›" in page.labels:
        assert len(page.text.splitlines()) <= 25
        page = hall.click("wen", page, "下一页")
        seen += page.text.count("到期，")
    assert seen == 35
    assert "上一页" in page.labels[0]


def test_the_sheet_has_every_item_and_harmless_names(hall: Hall) -> None:
    sheet = hall.click("wen", hall.say("wen", "/overdue"), "下载表格").out.message.paper
    assert sheet is not None and sheet.kind == "table.xlsx" and sheet.name == "逾期清单-2023-03-20.xlsx"
    assert [row["ref"] for row in sheet.data["rows"]] == ["1-1", "2-1", "2-2", "2-3", "3-1"]
    assert sheet.data["rows"][0]["days"] == 4


def test_a_leader_sees_their_own_tasks_only_and_cannot_urge(hall: Hall) -> None:
    heard = hall.say("zhou", "/overdue")
    assert "逾期 3 项，涉及 2 个单位；应报共 3 项" in heard.text
    assert "林知远" not in heard.text and "催办" not in heard.labels


def test_a_leader_cannot_look_further_by_a_button_of_somebody_else(hall: Hall) -> None:
    foreign = hall.click("wen", hall.say("wen", "/overdue"), "按区领导")
    assert "没有逾期" in hall_click_as(hall, "zhou", foreign, "林知远")


def test_contacts_and_heads_see_their_units_only(hall: Hall) -> None:
    for who in ("li", "zhao"):
        heard = hall.say(who, "/overdue")
        assert "逾期 2 项，涉及 1 个单位；应报共 2 项" in heard.text
        assert "区财政局" not in heard.text and "催办" not in heard.labels


def test_a_stranger_sees_nothing(hall: Hall) -> None:
    assert "区发改局" not in hall.say("nobody", "/overdue").text


def test_in_a_group_figures_stay_short_and_only_the_office_may_ask(hall: Hall) -> None:
    text = hall.say("wen", "/overdue", chat=GROUP).text
    assert "逾期 5 项" in text and "周砚秋常务副区长：3 项" in text
    assert "区发改局" not in text and "2-1" not in text
    refused = hall.say("li", "/overdue", chat=GROUP).text
    assert "林知远" not in refused


def test_a_report_for_a_period_not_begun_counts_nowhere(hall: Hall) -> None:
    hall.owe_reports("2-1", ("2023-05", "2023-05-01", "2023-05-25"))
    assert "应报共 5 项" in hall.say("wen", "/overdue").text


def test_overdue_progress_and_summary_tell_the_same_figures(hall: Hall) -> None:
    months = [(f"2023-{m:02d}", f"2023-{m:02d}-01", f"2023-{m:02d}-24") for m in range(3, 8)]
    for ref in ("1-1", "2-1", "2-3"):
        hall.owe_reports(ref, *months)
    hall.hand_in("li", "2-1")
    hall.hand_in("li", "2-1", Kind.REPORT)
    for day, figures in (
        ("2023-03-23", ("应报 8：已报 2，待报 2，逾期 4", "逾期 4 项，涉及 4 个单位；应报共 8 项")),
        ("2023-04-03", ("应报 9：已报 0，待报 3，逾期 6", "逾期 6 项，涉及 4 个单位；应报共 9 项")),
    ):
        hall.pass_to(f"{day}T10:00")
        assert figures[0] in hall.say("wen", "/progress").text
        assert figures[1] in hall.say("wen", "/overdue").text
        hall.say("wen", "/summary")
        assert figures[0] in hall.heard("wen")[-2].text


def test_english_readers_get_english(hall: Hall) -> None:
    hall.do(lambda work: work.people.speak(1, "en"))
    assert "5 overdue in 4 units; 5 to be handed in" in hall.say("wen", "Overdue").text


def hall_click_as(hall: Hall, who: str, message: Heard, label: str) -> str:
    own = hall.say(who, "/overdue")
    stolen = replace(own, out=message.out)
    assert stolen.chat_id == PEOPLE[who][0]
    return hall.click(who, stolen, label).text
