"""Plays an office through every screen and keeps what each person saw, in either language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from core.words.voice import voice
from tests.chat.world import NOTICE, Actor, World

PLAN = "年度目标：按期完成\n" + "\n".join(f"{month}月：推进第{month}步" for month in range(3, 13))


@dataclass
class Screen:
    """One thing a person did and what the bot then said in that chat."""

    chapter: str
    who: str
    did: str
    messages: list[dict[str, Any]] = field(default_factory=list)


class Tour:
    """Acts as people and keeps the screens. A label is found by its sentence's name, so that it works in each language."""

    def __init__(self, world: World, lang: str) -> None:
        self.world, self.said = world, voice(lang)
        self.screens: list[Screen] = []
        self.chapter = ""

    async def type(self, actor: Actor, text: str, **more: Any) -> None:
        before = len(actor.messages)
        await actor.send(text, **more)
        self._keep(actor, text or "📎", actor.said_since(before))

    async def reply(self, actor: Actor, text: str) -> None:
        before = len(actor.messages)
        await actor.reply(actor.last, text)
        self._keep(actor, f"↩ {text}", actor.said_since(before))

    async def press(self, actor: Actor, key: str = "", row: int = 0) -> None:
        """Presses the button of this sentence (`plan.file`), or the first of a row."""
        buttons = [cell["label"] for line in actor.last.get("buttons") or [] for cell in line]
        stem = self.said.template(key).partition("{")[0] if key else buttons[row]
        label = next(known for known in buttons if known.startswith(stem))
        before = len(actor.messages)
        answer = await actor.click(label)
        shown = actor.said_since(before) or [actor.last]
        toast = f"  ⟶ {answer['answer']}" if answer.get("answer") else ""
        self._keep(actor, f"[{label}]{toast}", shown)

    def look(self, actor: Actor, what: str, count: int = 1) -> None:
        """Keeps what came by itself."""
        self._keep(actor, what, [m for m in actor.messages if m["from"]["is_bot"]][-count:])

    def _keep(self, actor: Actor, did: str, messages: list[dict[str, Any]]) -> None:
        self.screens.append(Screen(self.chapter, actor.person, did, messages))


async def tour(world: World, lang: str) -> list[Screen]:
    """Plays every chapter in this world."""
    await world.open()
    guide = Tour(world, lang)
    for name, chapter in CHAPTERS.items():
        guide.chapter = name
        await chapter(guide, world)
    return guide.screens


async def taking(guide: Tour, world: World) -> None:
    supervisor = world.supervisor
    await guide.type(world.stranger, "/start")
    await guide.type(supervisor, "/help")
    await guide.type(supervisor, "", files=[("notice.txt", NOTICE.read_bytes())])
    await guide.press(supervisor, "intake.list")
    await guide.press(supervisor, "intake.back")
    await guide.press(supervisor, "rehearse.button")
    await guide.press(supervisor, "rehearse.people")
    await guide.press(supervisor, "rehearse.back")
    await guide.press(supervisor, "intake.back")
    await guide.press(supervisor, "intake.confirm")
    await world.demo.join_units()
    await world.demo.gather()
    await world.demo.settle()
    guide.look(supervisor, "(joined)")
    guide.look(world.of("区水利局"), "(joined)", 2)


TABLE = """云屿区人民政府办公室关于印发2023年实事任务分解表的通知
2023年3月2日

| 序号 | 工作任务 | 挂点科所 | 里程碑 | 责任单位 |
|---|---|---|---|---|
| 1 | 改造环湖路路灯。 | 区财政局、区住建局 | 9月底 | 区交通局 |
| 2 | 培训养老护理员300名。 | 区民政局 | 尽快 | 区商务局 |
| 3 | 清淤城区河道9公里。 | 区水利局 | 11月底 | 区农业农村局 |
"""


async def naming_columns(guide: Tour, world: World) -> None:
    """A table with heads that nobody knows."""
    supervisor = world.supervisor
    await guide.type(supervisor, "", files=[("table.md", TABLE.encode())])
    await guide.press(supervisor, "intake.see_questions")
    await guide.press(supervisor, "notice.role_due")
    await guide.press(supervisor, "notice.role_lead")
    await guide.press(supervisor, "notice.role_lead")
    await guide.press(supervisor, "notice.role_due")
    await guide.press(supervisor, "intake.back")
    await guide.press(supervisor, "column.see")
    await guide.press(supervisor)
    await guide.press(supervisor, "notice.role_co")
    await guide.press(supervisor, "intake.back")
    await guide.press(supervisor, "intake.discard")
    await guide.press(supervisor, "intake.yes_discard")


async def supervising(guide: Tour, world: World) -> None:
    supervisor = world.supervisor
    for words in ("/notice", "/receipts", "/reach", "/people", "/invites", "/rehearse", "/ladder", "/progress"):
        await guide.type(supervisor, words)
    await guide.type(supervisor, "/unit 区水利局")
    await guide.type(supervisor, "/leader 方竹筠")
    await guide.type(supervisor, "/task 1-1")
    await guide.type(supervisor, "/overdue")
    await guide.type(supervisor, "/classify 全部 月报")
    await guide.press(supervisor)


async def filing(guide: Tour, world: World) -> None:
    contact = world.of("区民政局")
    await guide.type(contact, "/tasks")
    await guide.type(contact, "/plan")
    await guide.press(contact)
    await guide.type(contact, "建成4家社区食堂")
    await guide.type(contact, PLAN)
    await guide.press(contact, "plan.change")
    await guide.press(contact, "plan.goal")
    await guide.type(contact, "建成4家社区食堂并开业")
    await guide.press(contact, "plan.file")
    await guide.type(world.supervisor, "/review")
    await guide.press(world.supervisor, "review.return")
    await guide.press(world.supervisor, "review.reason_figures")
    guide.look(contact, "(returned)")


async def reminding(guide: Tour, world: World) -> None:
    await world.pass_to("2023-03-21T10:00")
    contact, supervisor = world.of("区水利局"), world.supervisor
    guide.look(contact, "(reminder)")
    guide.look(world.actor("head"), "(reminder)")
    await guide.type(supervisor, "/overdue")
    await guide.type(supervisor, "/summary")
    await guide.press(supervisor)
    guide.look(world.group, "(summary)")
    await world.pass_to("2023-04-21T10:00")
    guide.look(contact, "(reminder)")
    await guide.reply(contact, "1. 完成管网改造12公里\n2. 修缮水渠3公里")
    await guide.type(contact, "今天又推进了一些")
    await guide.type(contact, "/undo")
    await guide.type(contact, "/extend")
    await guide.type(contact, "/done 1-1")
    await guide.type(contact, "/overdue")


async def inspecting(guide: Tour, world: World) -> None:
    supervisor, contact = world.supervisor, world.of("区商务局")
    await guide.type(supervisor, "/inspect")
    await guide.type(supervisor, "/inspect 2-1 1-2")
    await guide.press(supervisor, "inspect.next")
    await guide.type(supervisor, "2023-04-22")
    await guide.type(supervisor, "2023-04-25")
    await guide.press(supervisor, "inspect.take_usual")
    await guide.press(supervisor, "inspect.open")
    guide.look(contact, "(called)")
    await guide.press(contact, "inspect.confirm")
    await guide.press(supervisor, "inspect.see_round")
    await guide.press(supervisor, "inspect.begin")
    await guide.press(supervisor, "finding.fine")
    await guide.press(supervisor, "inspect.after")
    await guide.type(supervisor, "2个项目未签合同，台账缺失")
    await guide.press(supervisor, "finding.mend")
    await guide.press(supervisor, "finding.open")
    await guide.press(supervisor, "finding.withdraw")
    await world.pass_to("2023-04-21T10:10")
    guide.look(contact, "(found)")
    await guide.reply(contact, "合同已补签，台账已建")
    await guide.type(supervisor, "/inspect")
    await guide.press(supervisor)
    await guide.press(supervisor, "inspect.units")
    await guide.press(supervisor, "inspect.to_round")
    await guide.press(supervisor, "inspect.end")
    await guide.press(supervisor, "inspect.yes_end")
    await guide.type(supervisor, "/classify 1-1")
    await guide.type(supervisor, "/classify")


async def looking(guide: Tour, world: World) -> None:
    await guide.type(world.supervisor, "/history 1-1")
    await guide.type(world.supervisor, "/history 区水利局")
    await guide.type(world.supervisor, "/digest")
    await guide.press(world.supervisor)
    await guide.type(world.supervisor, "/digest")
    await guide.press(world.supervisor, "leader_digest.on")
    for words in (
        "/export",
        "/briefing",
        "/adjust 1-1",
        "/overdue 2023-03-31",
        "/extend",
        "/done",
        "asdf",
        "/task 9-9",
    ):
        await guide.type(world.supervisor, words)
    for words in ("/progress", "/overdue", "/tasks", "/help"):
        await guide.type(world.actor("leader"), words)
    for words in ("/help", "/report", "/language", "/cancel", "谢谢", "/review"):
        await guide.type(world.of("区商务局"), words)
    await guide.type(world.group, "/help")


async def changing(guide: Tour, world: World) -> None:
    """Leave, hours, a desk handed over, units that change."""
    contact, office = world.of("区水利局"), world.supervisor
    colleague = world.actor("head")
    await guide.type(contact, "/away")
    await guide.type(contact, "/away 1990-01-01")
    await guide.type(contact, "/away until 2023-05-20, deputy nobody")
    await guide.press(contact)
    guide.look(colleague, "(deputy)")
    await guide.type(contact, "/away")
    await guide.type(contact, "/hours")
    await guide.type(contact, "/hours 8:30-16:00")
    await guide.type(contact, "/hours 9:00-9:30")
    await world.pass_to("2023-05-22T10:00")
    guide.look(contact, "(back)")
    await guide.type(contact, "/handover")
    await guide.press(contact)
    await guide.press(contact)
    guide.look(colleague, "(handover)")
    guide.look(office, "(handover)")
    await guide.type(office, "/units")
    await guide.type(office, "/units merge 区商务局 区水利局")
    await guide.press(office)
    await guide.type(office, "/units split 区水利局 区管网中心")
    await guide.press(office)
    await guide.type(office, "/units 区水利局")
    await guide.type(office, "/reach")


async def closing(guide: Tour, world: World) -> None:
    """The year's end."""
    contact, office = world.of("区水利局"), world.supervisor
    await guide.type(office, "/close")
    await guide.press(office, "closing.confirm")
    await guide.type(contact, "/overdue")
    await world.pass_to("2023-05-23T10:00")
    guide.look(contact, "(thanks)")
    guide.look(world.group, "(last word)")
    await guide.type(office, "/notice")
    await guide.press(office, "closing.page_closed")
    await guide.press(office, "closing.progress")
    await guide.type(office, "/retention")
    await guide.press(office, "retention.delete")
    await guide.press(office, row=1)
    await guide.press(office, "retention.confirm")
    await guide.type(office, "/retention ?")
    await world.pass_to("2024-05-20T10:00")
    guide.look(office, "(warning)")
    await guide.press(office, "retention.exempt")
    await guide.type(office, "/retention")


CHAPTERS: dict[str, Callable[[Tour, World], Awaitable[None]]] = {
    "notice": taking,
    "columns": naming_columns,
    "office": supervising,
    "plans": filing,
    "reminders": reminding,
    "inspection": inspecting,
    "lists": looking,
    "changes": changing,
    "closing": closing,
}
