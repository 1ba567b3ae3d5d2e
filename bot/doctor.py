"""Knows what can be wrong with a deployment, and looks: settings, Telegram, database, disk, calendar, people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import ENV_FILE, Settings
from core.cases.retention import retention
from core.papers.render import render
from core.ports import Clock, StorageTrouble
from core.rules.calendar import WorkCalendar
from core.rules.retention import SETTING, rule_of
from storage import census, inbox, outbox, pulse
from storage.engine import Desk
from storage.migrating import NewerDatabase, head, probe
from storage.work import OfficeStorage

OK, WARNING, FAULT = "ok", "warning", "fault"

_MEGABYTE = 1024 * 1024
_LITTLE, _TOO_LITTLE = 1024 * _MEGABYTE, 100 * _MEGABYTE
_DRIFT, _TOO_MUCH_DRIFT = timedelta(seconds=30), timedelta(minutes=5)
_SLOW = timedelta(minutes=10)
_LATELY = timedelta(days=7)
_TIMEOUT = aiohttp.ClientTimeout(total=15)
_MANY_WAITING = 100
_NAMED = 10
"""Offices that are named one by one; of the others only the number is said."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: how bad, the sentence `doctor.<name>`, its values."""

    level: str
    name: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)


def finding(level: str, name: str, /, **values: Any) -> Finding:
    return Finding(level, name, values)


async def examine(settings: Settings, clock: Clock, env_file: Path = ENV_FILE) -> list[Finding]:
    """Everything there is to say, in the order in which it is best mended. Changes nothing."""
    found = [*_settings(settings, env_file), *await _telegram(settings, clock)]
    found += [*_disk(settings), *_font(settings), *_calendar(settings, clock)]
    return found + list(_database(settings, clock))


def _settings(settings: Settings, env_file: Path) -> Iterator[Finding]:
    if settings.unknown:
        yield finding(WARNING, "unknown_settings", keys=", ".join(settings.unknown), file=env_file)
    if env_file.is_file() and env_file.stat().st_mode & 0o077:
        yield finding(WARNING, "env_open", file=env_file)
    yield finding(OK, "settings")


async def _telegram(settings: Settings, clock: Clock) -> list[Finding]:
    if settings.bot_token is None:
        return [finding(FAULT, "no_token")]
    base = f"{settings.telegram_api_base_url}/bot{settings.token}"
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            async with session.get(f"{base}/getMe") as answer:
                status, me, sent = answer.status, await _json(answer), answer.headers.get("Date")
            if status in (401, 404):
                return [finding(FAULT, "token_refused", status=status)]
            if not me.get("ok"):
                return [finding(FAULT, "telegram_answers", status=status, url=settings.telegram_api_base_url)]
            async with session.get(f"{base}/getWebhookInfo") as answer:
                hook = (await _json(answer)).get("result") or {}
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        # The error's own text holds the address, and with it the token.
        return [finding(FAULT, "telegram_away", url=settings.telegram_api_base_url, why=type(error).__name__)]
    found = [finding(OK, "token", name=me["result"].get("username", ""))]
    return found + list(_webhook(settings, hook)) + list(_clock(sent, clock.now()))


async def _json(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    try:
        data = await answer.json(content_type=None)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _webhook(settings: Settings, hook: dict[str, Any]) -> Iterator[Finding]:
    url = hook.get("url") or ""
    if settings.mode == "polling" and url:
        yield finding(WARNING, "webhook_set", host=url.split("/")[2] if "//" in url else url)
    if settings.mode == "webhook" and url != (settings.webhook_url or ""):
        yield finding(WARNING, "webhook_other" if url else "webhook_unset")
    if hook.get("last_error_message"):
        yield finding(WARNING, "webhook_error", why=hook["last_error_message"])
    if (waiting := hook.get("pending_update_count") or 0) > _MANY_WAITING:
        yield finding(WARNING, "updates_waiting", n=waiting)


def _clock(sent: str | None, now: datetime) -> Iterator[Finding]:
    if not sent:
        return
    try:
        drift = abs(parsedate_to_datetime(sent) - now)
    except (ValueError, TypeError):
        return
    seconds = int(drift.total_seconds())
    if drift < _DRIFT:
        yield finding(OK, "clock")
    else:
        yield finding(WARNING if drift < _TOO_MUCH_DRIFT else FAULT, "clock_drift", seconds=seconds)


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir.absolute()
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(there).free
    level = FAULT if free < _TOO_LITTLE else WARNING if free < _LITTLE else OK
    yield finding(level, "disk" if level == OK else "disk_low", free=free // _MEGABYTE, folder=settings.data_dir)


def _font(settings: Settings) -> Iterator[Finding]:
    figures = {"done": 0, "waiting": 0, "overdue": 0}
    try:
        # An empty summary, drawn for good: it takes the font and everything else that a picture takes.
        render("summary.png", {"rows": [], "totals": figures, "as_of": "", "lang": settings.language})
    except (RuntimeError, ImportError):
        yield finding(FAULT, "no_font")
    else:
        yield finding(OK, "font")


def _calendar(settings: Settings, clock: Clock) -> Iterator[Finding]:
    calendar = WorkCalendar.from_table(settings.holidays) if settings.holidays else WorkCalendar()
    today = clock.now().date()
    missing = [year for year in (today.year, today.year + 1) if not calendar.knows(year)]
    # The State Council announces a year's holidays in the autumn before; until then nobody can know them.
    if today.month < 11:
        missing = [year for year in missing if year == today.year]
    if missing:
        yield finding(WARNING, "calendar_unknown", years=", ".join(str(year) for year in missing))
    else:
        yield finding(OK, "calendar")


def _database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    file = settings.database_file
    if file is not None and not file.is_file():
        yield finding(WARNING, "database_missing", file=file)
        return
    desk = Desk(settings.database)
    try:
        state = probe(desk)
        if state.trouble:
            yield finding(FAULT, "database_damaged", why=state.trouble)
        elif state.revision == head():
            yield finding(OK, "database", kind="SQLite" if desk.lite else "PostgreSQL", revision=state.revision)
        else:
            yield finding(FAULT, "database_old", revision=state.revision or "-", head=head())
        if state.revision == head():
            yield from _look(desk, settings, clock)
    except NewerDatabase as error:
        yield finding(FAULT, "database_newer", revision=error, head=head())
    except StorageTrouble as error:
        yield finding(FAULT, "database_away", why=error)
    finally:
        desk.close()


def _look(desk: Desk, settings: Settings, clock: Clock) -> Iterator[Finding]:
    storage, now = OfficeStorage(settings.office_defaults()), clock.now()
    yield from desk.run_sync(lambda session: _inbox(session, now) + _outbox(session, now) + _auditor(session))
    yield from desk.run_sync(_people)
    yield from desk.run_sync(lambda session: _retention(storage, session, now))


def _inbox(session: Any, now: datetime) -> list[Finding]:
    found = []
    if rows := inbox.set_aside(session):
        last = (rows[0].error or "").strip().splitlines()
        found.append(finding(WARNING, "inbox_aside", n=len(rows), why=last[-1][:200] if last else "-"))
    oldest = inbox.oldest_waiting(session)
    if oldest and now - oldest > _SLOW:
        found.append(finding(FAULT, "inbox_stuck", minutes=int((now - oldest).total_seconds() // 60)))
    return found or [finding(OK, "inbox")]


def _outbox(session: Any, now: datetime) -> list[Finding]:
    found = []
    counts = outbox.counts(session, since=now - _LATELY)
    for state in ("failed", "uncertain"):
        if counts[state]:
            why = outbox.listed(session, state, now - _LATELY, 1)
            found.append(finding(WARNING, f"outbox_{state}", n=counts[state], why=(why[0].why if why else "") or "-"))
    oldest = outbox.oldest_waiting(session)
    if oldest and now - oldest > _SLOW:
        found.append(finding(FAULT, "outbox_stuck", minutes=int((now - oldest).total_seconds() // 60)))
    return found or [finding(OK, "outbox")]


def _auditor(session: Any) -> list[Finding]:
    """What the bot had to repair by itself, ever: a few are no harm, many are worth a look at the log."""
    repaired = pulse.repairs(session)
    if not repaired:
        return [finding(OK, "auditor_quiet")]
    return [finding(OK, f"repaired_{what}", n=n) for what, n in repaired.items()]


def _retention(storage: OfficeStorage, session: Any, now: datetime) -> list[Finding]:
    """What becomes of closed notices by each office's rule, and what goes next; of many offices only how many there are."""
    kept = census.closed(session, SETTING)
    if len(kept) > _NAMED:
        ruled = sum(rule_of(one.settings) is not None for one in kept)
        return [finding(OK, "retention_many", offices=len(kept), ruled=ruled)]
    found = []
    for one in kept:
        if (rule := rule_of(one.settings)) is None:
            found.append(finding(OK, "retention_none", office=one.name, n=one.notices))
            continue
        found.append(finding(OK, f"retention_{rule.what}", office=one.name, months=rule.months))
        plans = retention(storage.office(session, one.id), now).plans if one.notices else ()
        if day := min((plan.on for plan in plans if plan.on), default=None):
            n = sum(plan.on == day for plan in plans)
            found.append(finding(OK, "retention_next", office=one.name, on=day.isoformat(), n=n))
    return found


def _people(session: Any) -> list[Finding]:
    if not census.count(session):
        return [finding(WARNING, "no_office")]
    lost = census.unreached(session)
    found = [finding(WARNING, "unreached", office=one.office, n=one.units, tasks=one.leading) for one in lost[:_NAMED]]
    if rest := lost[_NAMED:]:
        found.append(finding(WARNING, "unreached_more", offices=len(rest), n=sum(one.units for one in rest)))
    return found or [finding(OK, "people")]
