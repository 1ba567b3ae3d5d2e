"""Knows how the bot is tried without Telegram: the sandbox, the real bot against it over HTTP, a cast that joins."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.serve import asked_to_stop, until
from bot.settings import Settings
from bot.start import Duban
from core.cases.people import invite, owner_link
from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from core.rules.people import Post, Role
from core.rules.tasks import Part
from core.words.voice import Voice, voice
from core.work import Work
from scheduler.limits import Limits

EXAMPLE = Path(__file__).parent.parent / "examples" / "notice.txt"
TOKEN = "1000000001:sandbox-token-not-a-secret"  # noqa: S105 - the sandbox admits any

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("晓", "敏", "文", "静", "磊", "洁", "涛", "宁", "峰", "岚", "一鸣", "思远", "雨桐", "子涵", "嘉怡")


class Demo:
    """One sandbox, one bot, one cast. `settle`, `on_clock` and `next_due` are the sandbox's hooks."""

    def __init__(self, start: datetime, folder: Path, lang: str = "zh", database_url: str = "") -> None:
        self.clock = SandboxClock(start)
        self.sandbox = Sandbox(self.clock)
        self.folder = folder
        self.lang = lang
        self.database_url = database_url
        self.bot: Duban | None = None
        self.url = ""

    @property
    def said(self) -> Voice:
        return voice(self.lang)

    async def start(self, port: int = 0, clockwork: bool = True) -> str:
        """Serves the sandbox, starts the bot against it; returns the URL of the page."""
        self.url = await self.sandbox.start(port)
        await self.start_bot(clockwork)
        self.sandbox.settle = self.settle
        self.sandbox.on_clock = self.pass_to
        self.sandbox.next_due = self._next_due
        return self.url

    async def start_bot(self, clockwork: bool = False) -> Duban:
        settings = Settings(
            bot_token=SecretStr(TOKEN),
            data_dir=self.folder,
            database_url=self.database_url or f"sqlite:///{(self.folder / 'duban.db').as_posix()}",
            telegram_api_base_url=self.url,
            office_name=self.said.plain("demo.office"),
            language=self.lang,  # type: ignore[arg-type]
        )
        self.bot = Duban(settings, self.clock, Limits.none(self.clock.monotonic))
        await self.bot.start(clockwork)
        return self.bot

    async def stop(self) -> None:
        if self.bot is not None:
            await self.bot.stop()
        await self.sandbox.stop()

    async def settle(self) -> None:
        """Returns when the bot has fetched, handled and answered everything."""
        assert self.bot is not None
        while True:
            # Asked before: what was fetched meanwhile is kept, but perhaps not handled.
            fetched = not self.sandbox.updates.pending()
            await self.bot.settle()
            if fetched and not self.sandbox.updates.pending():
                return
            await asyncio.sleep(0.002)

    async def pass_to(self, target: datetime) -> None:
        """Lets time pass, stopping wherever the bot has something to do."""
        assert self.bot is not None
        while (due := await self.bot.next_due()) is not None and due <= target:
            self.clock.set(max(due, self.clock.now()))
            await self._tick()
        self.clock.set(max(target, self.clock.now()))
        await self._tick()

    async def _tick(self) -> None:
        assert self.bot is not None
        await self.bot.tick()
        await self.settle()
        if await self.bot.auditor.notes():
            await self.settle()

    async def _next_due(self) -> datetime | None:
        return await self.bot.next_due() if self.bot else None

    async def work(self, do):  # type: ignore[no-untyped-def]
        """Runs `do(work)` in a transaction of the demo's office."""
        assert self.bot is not None
        bot = self.bot
        now = self.clock.now()
        return await bot.desk.run(lambda session: do(bot.storage.first(session, now)))

    # The cast

    async def cast(self, notice: Path) -> None:
        """Owner and supervisor join, the notice is sent and confirmed in chat, everybody joins by their own link."""
        await self.open_office()
        await self.take(notice)
        await self.join_units()
        await self.gather()

    async def open_office(self) -> None:
        box, said = self.sandbox, self.said
        box.add_person("owner", said.plain("demo.owner"), role="owner")
        box.add_person("supervisor", said.plain("demo.supervisor"), role="supervisor")
        box.add_person("stranger", said.plain("demo.stranger"), role="stranger")
        await box.say("owner", f"/start {await self.work(lambda work: owner_link(work, self.clock.now()))}")
        await self.join("supervisor", Post(Role.SUPERVISOR))

    async def join(self, person: str, post: Post) -> None:
        now = self.clock.now()
        _, token = await self.work(lambda work: invite(work, post, now))
        await self.sandbox.say(person, f"/start {token}")

    async def take(self, notice: Path, confirm: bool = True) -> None:
        """The supervisor sends the file and confirms it."""
        box, said = self.sandbox, self.said
        content = await asyncio.to_thread(notice.read_bytes)
        await box.say("supervisor", files=[(notice.name, content)])
        labels = self._labels()
        if not confirm or said.plain("intake.confirm") not in labels:
            return  # Nothing to assign in it: the bot has said so in the chat.
        await self._choose_leads()
        await box.click("supervisor", None, said.plain("intake.confirm"))
        if said.plain("intake.yes_confirm") in self._labels() and said.plain("intake.back") in self._labels():
            await box.click("supervisor", None, said.plain("intake.yes_confirm"))

    async def _choose_leads(self) -> None:
        """Where the notice names no lead, the supervisor lets the first listed lead, so that there is a year to see."""
        box, said = self.sandbox, self.said
        first = said.plain("notice.option_first")
        questions = [
            label for label in self._labels() if label.startswith(_stem(said.plain("intake.see_questions", n=0)))
        ]
        if not questions:
            return
        await box.click("supervisor", None, questions[0])
        seen, skip = set[str](), said.plain("intake.skip")
        while first not in self._labels() and skip in self._labels():  # a single question has nothing to skip to
            if (text := box.messages("supervisor")[-1]["text"]) in seen:
                break
            seen.add(text)
            await box.click("supervisor", None, skip)
        if first in self._labels():
            await box.click("supervisor", None, first)
        if said.plain("intake.back") in self._labels():
            await box.click("supervisor", None, said.plain("intake.back"))

    def _labels(self) -> list[str]:
        """What can be pressed under the newest message in the supervisor's chat."""
        newest = self.sandbox.messages("supervisor")[-1]
        return [cell["label"] for row in newest.get("buttons") or [] for cell in row]

    async def join_units(self) -> None:
        """A contact for every unit but the last two, a head for the one with most tasks, the leader with most tasks."""
        units, busiest, leader = await self.work(_roles)
        present = units[:-2] if len(units) > 4 else units
        for number, (unit_id, name) in enumerate(present):
            person = f"contact-{number + 1:02d}"
            self.sandbox.add_person(person, _name(number), role="contact", unit=name)
            await self.join(person, Post(Role.CONTACT, unit_id))
        for number, (_, name) in enumerate(units[len(present) :]):
            self.sandbox.add_person(f"absent-{number + 1}", _name(90 + number), role="stranger", unit=name)
        if busiest:
            self.sandbox.add_person("head", _name(77), role="head", unit=busiest[1])
            await self.join("head", Post(Role.HEAD, busiest[0]))
        if leader:
            self.sandbox.add_person("leader", leader, role="leader")
            await self.join("leader", Post(Role.LEADER, leader_name=leader))

    async def gather(self) -> None:
        """A working group, linked by the supervisor."""
        people = [p.id for p in self.sandbox.world.people.values()]
        group = self.sandbox.add_group(self.said.plain("demo.group"), ["supervisor", *people[3:6]])
        await self.sandbox.say("supervisor", "/link", chat=group.id)


def _roles(work: Work) -> tuple[list[tuple[int, str]], tuple[int, str] | None, str]:
    """(units, the unit that leads most tasks, the leader with most tasks)."""
    tasks = work.notices.tasks()
    leads: dict[tuple[int, str], int] = {}
    others: dict[tuple[int, str], int] = {}
    leaders: dict[str, int] = {}
    for task in tasks:
        for given in task.assignments:
            if not given.unit.group:
                count = leads if given.part is Part.LEAD else others
                key = (given.unit.id, given.unit.name)
                count[key] = count.get(key, 0) + 1
        if task.leader:
            leaders[task.leader.name] = leaders.get(task.leader.name, 0) + 1
    ordered = sorted(leads, key=lambda unit: -leads[unit]) + [unit for unit in others if unit not in leads]
    return ordered, ordered[0] if ordered else None, max(leaders, key=lambda name: leaders[name], default="")


def _stem(label: str) -> str:
    """A label without its count, as far as it is the same for every count."""
    return label.partition("0")[0]


def _name(number: int) -> str:
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 7 + number // len(_SURNAMES)) % len(_GIVEN)]


def first_morning(notice: Notice, zone: ZoneInfo, now: datetime) -> datetime:
    """Nine o'clock on the day the notice was signed; now, where it has no date."""
    if notice.issued_on is None:
        return now
    return datetime.combine(notice.issued_on, time(9), zone).astimezone(UTC)


async def serve(notice: Path, start: datetime | None, port: int, zone: ZoneInfo, lang: str) -> None:
    """Runs the demo until SIGTERM or Ctrl+C; prints its one URL when everything is there."""
    stop = asked_to_stop()
    clock = SandboxClock()
    opening = start or first_morning(await asyncio.to_thread(_read, notice), zone, clock.now())
    with TemporaryDirectory(prefix="duban-demo-") as folder:
        demo = Demo(opening + timedelta(0), Path(folder), lang)
        demo.sandbox.opened.clear()
        await demo.start(port)
        print(demo.said.plain("demo.preparing"), file=sys.stderr, flush=True)
        try:
            await until(demo.cast(notice), stop)
            demo.sandbox.opened.set()
            if not stop.is_set():
                print(demo.said.plain("demo.ready", url=demo.url), flush=True)
            await stop.wait()
        finally:
            await demo.stop()


def _read(notice: Path) -> Notice:
    return read_notice(notice.read_bytes(), notice.name)
