"""Progress overall, by unit and by leader."""

from __future__ import annotations

from core.rules.obligations import Kind

from .hall import GROUP, Hall


def test_progress_counts_by_stage_and_by_leader(hall: Hall) -> None:
    hall.hand_in("sun", "2-3")
    hall.owe_reports("2-3", ("2023-03", "2023-03-06", "2023-03-24"))
    text = hall.say("wen", "进展").text
    assert "应报 6：已报 1，待报 1，逾期 4" in text
    assert "推进计划：应报 5，已报 1 · 待报 0 · 逾期 4" in text
    assert "3月进展：应报 1，已报 0 · 待报 1 · 逾期 0" in text
    assert "周砚秋常务副区长：应报 4，已报 1 · 待报 1 · 逾期 2" in text


def test_a_stage_that_is_over_leaves_the_figures_but_what_is_late_stays(hall: Hall) -> None:
    hall.hand_in("sun", "2-3")
    hall.owe_reports("2-3", ("2023-03", "2023-03-06", "2023-03-24"), ("2023-04", "2023-04-01", "2023-04-25"))
    hall.pass_to("2023-04-03T10:00")
    text = hall.say("wen", "/progress").text
    assert "推进计划：应报 5，已报 1 · 待报 0 · 逾期 4" in text
    assert "3月进展：应报 1，已报 0 · 待报 0 · 逾期 1" in text
    assert "4月进展：应报 1，已报 0 · 待报 1 · 逾期 0" in text
    hall.hand_in("sun", "2-3", Kind.REPORT)
    assert "3月进展" not in hall.say("wen", "/progress").text


def test_units_are_buttons_with_their_figures(hall: Hall) -> None:
    hall.hand_in("sun", "2-3")
    units = hall.click("wen", hall.say("wen", "/progress"), "按单位")
    assert units.labels == [
        "区财政局 0/1 · 逾期1",
        "区发改局 0/2 · 逾期2",
        "区经信局 1/1",
        "蓝汀镇 0/1 · 逾期1",
        "‹ 总体进展",
    ]
    card = hall.click("wen", units, "区发改局")
    assert "联系人：li" in card.text and "负责人：zhao" in card.text
    assert "牵头 2 项，配合 1 项" in card.text and "应报 2：已报 0，待报 0，逾期 2" in card.text
    assert card.labels == ["催办（逾期 2 项）", "2-1", "2-2", "办理记录"]


def test_a_unit_is_found_by_a_part_of_its_name(hall: Hall) -> None:
    assert hall.say("wen", "/unit 发改").text.startswith("区发改局")
    assert hall.say("wen", "单位 区经局").text.startswith("区经信局")


def test_several_units_become_buttons_and_an_unknown_one_suggestions(hall: Hall) -> None:
    several = hall.say("wen", "/unit 局")
    assert several.labels == ["区财政局", "区审计局", "区发改局", "区经信局"]
    assert hall.click("wen", several, "区审计局").text.startswith("区审计局")
    assert "区经信局" in hall.say("wen", "/unit 市经信局").labels
    assert "没有找到“海军”" in hall.say("wen", "/unit 海军").text


def test_the_card_of_a_unit_without_contact_says_so(hall: Hall) -> None:
    card = hall.say("wen", "/unit 蓝汀镇")
    assert "联系人：尚未加入" in card.text and "<a&b>" not in card.out.message.text


def test_the_urge_button_of_a_card_leads_to_the_preview(hall: Hall) -> None:
    preview = hall.click("wen", hall.say("wen", "/unit 发改"), "催办")
    assert "将发 1 条消息，涉及逾期 2 项" in preview.text


def test_a_leader_card_lists_the_tasks_with_units_and_state(hall: Hall) -> None:
    hall.hand_in("sun", "2-3")
    card = hall.say("wen", "/leader 周砚秋")
    assert "牵头 3 项重点工作" in card.text and "应报 3：已报 1，待报 0，逾期 2" in card.text
    assert "2-1 全区生产总值增长百分之五（区发改局）🔴 逾期 · ● 逾期1" in card.text
    assert "（区经信局）🟢 正常 ↺曾落后已补上" in card.text, (
        "handed in four days late: made good, and that stays visible"
    )
    assert "逾期 2 项" in hall.click("wen", card, "逾期清单").text


def test_a_leader_sees_themselves_only(hall: Hall) -> None:
    assert hall.say("zhou", "/leader").text.startswith("周砚秋")
    assert "没有找到" in hall.say("zhou", "/leader 夏泉").text
    text = hall.say("zhou", "/progress").text
    assert "应报 3：" in text and "夏泉" not in text
    assert "没有找到" in hall.say("zhou", "/unit 蓝汀镇").text
    card = hall.say("zhou", "/unit 区财政局")
    assert "牵头 0 项，配合 1 项" in card.text and "1-1" not in card.text


def test_a_contact_sees_their_unit_only(hall: Hall) -> None:
    own = hall.say("li", "/unit")
    assert own.text.startswith("区发改局") and own.labels == ["2-1", "2-2", "办理记录"]
    assert "没有找到" in hall.say("li", "/unit 区财政局").text
    progress = hall.say("li", "/progress")
    assert "应报 2：" in progress.text and progress.labels == ["按单位", "逾期清单"]


def test_leaders_without_a_name_become_buttons(hall: Hall) -> None:
    choice = hall.say("wen", "/leader")
    assert choice.labels == ["林知远区长", "周砚秋常务副区长", "夏泉副区长", "‹ 总体进展"]
    assert hall.click("wen", choice, "夏泉").text.startswith("夏泉副区长")


def test_in_a_group_progress_is_figures_without_buttons(hall: Hall) -> None:
    heard = hall.say("wen", "/progress", chat=GROUP)
    assert "应报 5：" in heard.text and not heard.labels


def test_with_nothing_owed_progress_names_the_next_due_date(hall: Hall) -> None:
    hall.do(lambda work: work.notices.set_state(1, "closed", hall.clock.now()))
    assert "目前没有应报事项" in hall.say("wen", "/progress").text
