"""The official form through the real bot: downloaded, filled in, sent back, compared, confirmed; scans attached."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from core.rules.obligations import Kind
from core.rules.reports import Report
from core.work import Wanted
from tests.chat.world import Actor, World
from tests.plan_form.paper import excel, fill_sheet, fill_table, last_file, word
from tests.sandbox.conftest import png

MONTHS = {f"{month}月": f"第{month}个月的安排" for month in range(3, 13)}


async def plans(world: World, ref: str) -> list[Report]:
    """Every version of the plan for a task, read through a session of its own."""

    def work(work):  # type: ignore[no-untyped-def]
        [owed] = [o for o in work.obligations.find(Wanted(kind=Kind.PLAN)) if o.ref == ref]
        return work.reports.of(owed.id)

    found: list[Report] = await world.demo.work(work)
    return found


async def form(actor: Actor, kind: str = "docx") -> tuple[str, bytes]:
    """The form of all plans of this person's unit."""
    await actor.send("/plan")
    await actor.click("下载表格")
    if kind == "xlsx":
        await actor.click("要 Excel 版")
    return last_file(actor)


async def test_a_filled_word_form_is_shown_and_filed_after_confirmation(world: World) -> None:
    contact = world.of("区水利局")
    name, content = await form(contact)
    assert name == "推进计划表-区水利局.docx"

    def fill(document) -> None:  # type: ignore[no-untyped-def]
        fill_table(document.tables[0], "改造管网30公里", MONTHS)
        fill_table(document.tables[1], "修渠12公里", {"3月": "勘察", "4月": "开工"})

    text = await contact.send(files=[(name, word(content, fill))])
    assert "读到推进计划表 2 份，可提交 2 份" in text and "第12个月的安排" in text and "修渠12公里" in text
    assert await plans(world, "1-1") == [], "nothing is saved before it is confirmed"
    await contact.click("提交 2 份")
    assert "推进计划 2 项" in contact.text and "全部报送" in contact.text
    [plan] = await plans(world, "1-1")
    assert plan.goal == "改造管网30公里" and plan.months == {m: f"第{m}个月的安排" for m in range(3, 13)}
    assert plan.files[0]["name"] == name
    [other] = await plans(world, "2-3")
    assert (other.goal, other.months) == ("修渠12公里", {3: "勘察", 4: "开工"})


async def test_a_filled_excel_form_is_read_back(world: World) -> None:
    contact = world.of("区水利局")
    name, content = await form(contact, "xlsx")

    def fill(book) -> None:  # type: ignore[no-untyped-def]
        fill_sheet(book["1-1"], "改造管网30公里", MONTHS)

    text = await contact.send(files=[(name, excel(content, fill))])
    assert "可提交 1 份" in text and "年度目标和各月都空着" in text
    await contact.click("提交 1 份")
    [plan] = await plans(world, "1-1")
    assert plan.goal == "改造管网30公里" and len(plan.months) == 10
    assert await plans(world, "2-3") == []


async def test_what_differs_from_the_chat_is_shown_before_it_is_saved(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建4家 3月：选址 4月：装修 5月：开业")
    await contact.send("/plan")
    await contact.click("下载表格")
    name, content = last_file(contact)

    def fill(document) -> None:  # type: ignore[no-untyped-def]
        fill_table(document.tables[0], "建4家", {"4月": "完成装修", "5月": "", "6月": "运营"})

    text = await contact.send(files=[(name, word(content, fill))])
    assert "2 处不同" in text and "原：装修" in text and "现：完成装修" in text and "新填：运营" in text
    assert "空着的 5月，保留" in text and "选址" not in text
    await contact.click("提交 1 份")
    [plan] = await plans(world, "2-2")
    assert plan.months == {3: "选址", 4: "完成装修", 5: "开业", 6: "运营"}
    name, content = await form(contact)
    assert "一致，无需再交" in await contact.send(files=[(name, content)])
    assert "提交 1 份" not in contact.labels


async def test_a_plan_that_changed_after_the_comparison_is_compared_again(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[0], "建4家", {"4月": "装修"}))
    await contact.send(files=[(name, filled)])
    shown = contact.last
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建5家\n4月：选址")
    await contact.click("预览")
    await contact.click("提交")
    await contact.click("提交 1 份", shown)
    changed = next(m for m in contact.messages if m["message_id"] == shown["message_id"])
    assert "内容有变化" in changed["text"] and "原：建5家" in changed["text"]
    assert len(await plans(world, "2-2")) == 1
    await contact.click("提交 1 份", changed)
    assert [plan.goal for plan in await plans(world, "2-2")] == ["建5家", "建4家"]


async def test_a_file_can_be_turned_down(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[0], "建4家", {"4月": "装修"}))
    await contact.send(files=[(name, filled)])
    await contact.click("不用这份文件")
    assert "没有保存" in contact.text and await plans(world, "2-2") == []


async def test_somebody_elses_form_a_foreign_form_and_an_empty_one_get_their_answers(world: World) -> None:
    stranger, contact = world.of("区商务局"), world.of("区民政局")
    name, content = await form(stranger)
    filled = word(content, lambda document: fill_table(document.tables[0], "引进6个", {"3月": "招商"}))
    text = await contact.send(files=[(name, filled)])
    assert "这是 2-1，由 区商务局 填报，不在您名下" in text and not contact.labels
    name, content = await form(contact)

    def foreign(document) -> None:  # type: ignore[no-untyped-def]
        fill_table(document.tables[0], "另一件事", {"3月": "开会"})
        document.tables[0].rows[1].cells[1].text = "修订城市绿化养护管理办法并组织培训"
        for paragraph in document.paragraphs:
            if "表单码" in paragraph.text:
                paragraph.clear()

    assert "可能是别的通知的表" in await contact.send(files=[(name, word(content, foreign))])
    assert "都空着" in await contact.send(files=[(name, content)])
    assert await plans(world, "2-1") == [] and await plans(world, "2-2") == []


async def test_a_form_that_says_two_things_is_asked_about(world: World) -> None:
    contact = world.of("区水利局")
    name, content = await form(contact)

    def mixed(document) -> None:  # type: ignore[no-untyped-def]
        fill_table(document.tables[0], "修渠12公里", {"3月": "勘察"})
        document.tables[0].rows[1].cells[1].text = "修缮灌溉水渠12公里。"

    text = await contact.send(files=[(name, word(content, mixed))])
    assert "看不出是哪一项任务" in text and "可提交 0 份" in text
    await contact.click("第1份是 2-3")
    assert "可提交 1 份" in contact.text
    await contact.click("提交 1 份")
    assert [plan.goal for plan in await plans(world, "2-3")] == ["修渠12公里"]
    assert await plans(world, "1-1") == []


async def test_a_photo_of_the_stamped_form_goes_with_the_plan(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[0], "建4家", {"4月": "装修"}))
    await contact.send(files=[(name, filled)])
    await contact.click("提交 1 份")
    text = await contact.reply(contact.last, "", files=[("scan.png", png())], photo=True)
    assert "已附到 2-2 推进计划（第1版），附件 1 个" in text
    [plan] = await plans(world, "2-2")
    assert [file["name"] for file in plan.files] == [name, "photo.jpg"]
    assert "补交推进计划盖章件" in await contact.send("/task 2-2")


async def test_a_scan_without_reply_finds_its_plan_by_choice(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[0], "建4家", {"4月": "装修"}))
    await contact.send(files=[(name, filled)])
    await contact.click("提交 1 份")
    await contact.send(files=[("盖章.pdf", b"%PDF-1.4 scan")])
    await contact.click("是计划的盖章件")
    await contact.click("2-2")
    assert "已附到 2-2" in contact.text
    [plan] = await plans(world, "2-2")
    assert plan.files[-1]["name"] == "盖章.pdf"


async def test_of_several_plans_the_filed_ones_are_offered_first_for_a_scan(world: World) -> None:
    contact = world.of("区水利局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[1], "修渠12公里", {"4月": "开工"}))
    await contact.send(files=[(name, filled)])
    await contact.click("提交 1 份")
    await contact.send(files=[("盖章.pdf", b"%PDF-1.4 scan")])
    await contact.click("是计划的盖章件")
    assert [label.split(" ")[0] for label in contact.labels] == ["2-3", "1-1"]


async def test_a_photo_before_filing_waits_with_the_draft(world: World) -> None:
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    assert "计划提交时一并报送" in await contact.send(files=[("scan.png", png())], photo=True)
    await contact.send("年度目标：建4家\n3月：选址")
    await contact.click("预览")
    await contact.click("提交")
    [plan] = await plans(world, "2-2")
    assert [file["kind"] for file in plan.files] == ["photo"] and plan.goal == "建4家"


async def test_a_document_that_is_no_form_is_evidence_as_before(world: World) -> None:
    contact = world.of("区民政局")
    out = BytesIO()
    document = Document()
    document.add_paragraph("关于社区食堂建设情况的说明")
    document.save(out)
    text = await contact.send("3月已选址", files=[("说明.docx", out.getvalue())])
    assert "是报送哪一项的" in text


async def test_an_unsafe_or_old_file_is_refused_with_what_to_do(world: World) -> None:
    contact = world.of("区民政局")
    assert "旧版 Word" in await contact.send(
        files=[("推进计划表.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99)]
    )
    assert "旧版 Excel" in await contact.send(
        files=[("推进计划表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99)]
    )
    assert "已损坏" in await contact.send(files=[("推进计划表.xlsx", b"PK\x03\x04 broken")])
    assert "下载表格" in contact.labels


async def test_a_task_is_seen_against_its_plan_in_a_picture(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    filled = word(content, lambda document: fill_table(document.tables[0], "建4家", MONTHS))
    await contact.send(files=[(name, filled)])
    await contact.click("提交 1 份")
    await contact.send("/task 2-2")
    await contact.click("进度图")
    assert contact.last["photo"]["width"] == 1080 and "计划与进展对照" in contact.text


async def test_the_longest_plan_fits_its_messages(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    long = dict.fromkeys(MONTHS, "分阶段推进选址装修开业和运营各项工作，" * 40)
    filled = word(content, lambda document: fill_table(document.tables[0], "年度目标内容" * 100, long))
    await contact.send(files=[(name, filled)])
    await contact.click("提交 1 份")
    [plan] = await plans(world, "2-2")
    assert all(len(brief) == 760 for brief in plan.months.values())
    assert "推进计划" in await contact.send("/task 2-2")
    await contact.send("/plan")
    await contact.click("● 2-2")
    assert "预览" in contact.text
