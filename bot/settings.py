"""Knows the operator's settings: `.env` with the environment on top, checked once, each fault with its remedy."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from core.rules.calendar import WorkCalendar
from core.words.voice import LANGUAGES, voice

ENV_FILE = Path(".env")

_SECRET = {"BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET", "HEARTBEAT_URL"}
"""Settings whose value is never printed, not even when it is wrong."""

_TOKEN = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{10,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_YES, _NO = {"1", "true", "yes", "on", "是"}, {"0", "false", "no", "off", "否"}


class SettingsError(Exception):
    """A setting is missing or wrong. `str()` names the key and the remedy in the operator's language, no secrets.

    Where several are wrong each has its line, and `setting` is the first.
    """

    def __init__(self, lang: str, setting: str, sentence: str, **values: object) -> None:
        self.lang, self.setting = lang, setting
        super().__init__(voice(lang).plain(f"settings.{sentence}", key=setting, **values))

    def joined(self, others: Sequence[SettingsError]) -> SettingsError:
        """This one with the others below it."""
        self.args = ("\n".join([str(self), *(str(other) for other in others)]),)
        return self


def _check(holds: bool) -> None:
    if not holds:
        raise ValueError


def _token(value: SecretStr) -> SecretStr:
    _check(bool(_TOKEN.fullmatch(value.get_secret_value())))
    return value


def _database(value: str) -> str:
    if not value:
        return value
    value = re.sub(r"^postgres(ql\+psycopg)?://", "postgresql://", value)
    scheme, slashes, rest = value.partition("://")
    _check(
        bool(slashes) and ((scheme == "postgresql" and bool(rest)) or (scheme == "sqlite" and rest[:1] in ("", "/")))
    )
    return value


def _web(value: str) -> str:
    parts = urlsplit(value)
    _check(parts.scheme in ("http", "https") and bool(parts.hostname))
    _check(parts.port is None or parts.port > 0)
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError from error
    return value


def _clock(value: Any) -> time:
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", str(value))
    _check(bool(found))
    assert found
    return time(int(found[1]), int(found[2]))


def _flag(value: Any) -> bool:
    word = str(value).strip().lower()
    _check(word in _YES | _NO)
    return word in _YES


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    _check(bool(host) and port.isdigit() and 0 < int(port) < 65536)
    return value


def _secret(value: SecretStr) -> SecretStr:
    _check(bool(_WEBHOOK_SECRET.fullmatch(value.get_secret_value())))
    return value


def _name(value: str) -> str:
    value = value.removeprefix("@")
    _check(bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}", value)))
    return value


Web = Annotated[str, AfterValidator(_web)]
Clock = Annotated[time, BeforeValidator(_clock)]
Lower = BeforeValidator(lambda value: str(value).strip().lower())
Upper = BeforeValidator(lambda value: str(value).strip().upper())


class Settings(BaseModel):
    """Every setting, by the name it has in `.env` in small letters."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_username: Annotated[str, AfterValidator(_name)] | None = None
    data_dir: Path = Path("data")
    database_url: Annotated[str, AfterValidator(_database)] = ""
    telegram_api_base_url: Annotated[Web, AfterValidator(lambda value: value.rstrip("/"))] = "https://api.telegram.org"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    language: Annotated[Literal["zh", "en"], Lower] = "zh"
    office_name: str = ""
    office_opens: Clock = time(9, 0)
    office_closes: Clock = time(17, 30)
    due_day: Annotated[int, Field(ge=1, le=31)] = 25
    holidays_file: Path | None = None
    mode: Annotated[Literal["polling", "webhook"], Lower] = "polling"
    webhook_url: Web | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    allow_paid_broadcast: Annotated[bool, BeforeValidator(_flag)] = False
    heartbeat_url: Web | None = None
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Upper] = "INFO"

    unknown: tuple[str, ...] = Field(default=(), exclude=True)
    """Names in the `.env` file that mean nothing here: most likely typing errors."""

    @property
    def database(self) -> str:
        """The database's address; without a setting, the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'duban.db').as_posix()}"

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None for PostgreSQL and for a database in memory."""
        scheme, _, path = self.database.partition("://")
        name = path[1:]
        return Path(name) if scheme == "sqlite" and name and name != ":memory:" else None

    @property
    def listen(self) -> tuple[str, int]:
        """Host and port of the webhook's own server."""
        host, _, port = self.webhook_listen.rpartition(":")
        return host.strip("[]"), int(port)

    @cached_property
    def holidays(self) -> dict[str, Any] | None:
        """The operator's table of days off and make-up days. Raises SettingsError if it can't be read."""
        if self.holidays_file is None:
            return None
        try:
            table: dict[str, Any] = json.loads(self.holidays_file.read_text(encoding="utf-8"))
            WorkCalendar.from_table(table)
        except (OSError, ValueError, AttributeError, TypeError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise SettingsError(
                self.language, "HOLIDAYS_FILE", "holidays_bad", file=self.holidays_file, why=why
            ) from error
        return table

    @property
    def token(self) -> str:
        """The bot's token. Raises SettingsError where there is none, for what can't do without."""
        if self.bot_token is None:
            raise SettingsError(self.language, "BOT_TOKEN", "bot_token_missing")
        return self.bot_token.get_secret_value()

    def office_defaults(self) -> dict[str, Any]:
        """What an office has that sets nothing itself (storage.work.OfficeStorage)."""
        return {
            "name": self.office_name,
            "lang": self.language,
            "timezone": self.timezone,
            "due_day": self.due_day,
            "opens": self.office_opens.isoformat("minutes"),
            "closes": self.office_closes.isoformat("minutes"),
            "holidays": self.holidays,
        }


KEYS = tuple(name.upper() for name in Settings.model_fields if name != "unknown")
"""The settings as they are written in `.env`."""


def database(value: str) -> str:
    """The address of a database as DATABASE_URL may hold it. Raises ValueError for anything else."""
    return _database(value)


def load(env_file: Path = ENV_FILE, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings. An empty value counts as unset. Raises SettingsError naming the key and the remedy."""
    written = _read(env_file)
    values = {key: value for key in KEYS if (value := (_environment(environ, key) or written.get(key) or "").strip())}
    lang = _language(values)
    try:
        settings = Settings(
            **{key.lower(): value for key, value in values.items()},  # type: ignore[arg-type]
            unknown=tuple(key for key in written if key not in KEYS),
        )
    except ValidationError as error:
        first, *others = (_wrong(lang, str(fault["loc"][0]).upper(), values) for fault in error.errors())
        raise first.joined(others) from None
    _agree(settings)
    return settings


def _wrong(lang: str, key: str, values: Mapping[str, str]) -> SettingsError:
    # A key like bot_token is said apart from its value: what is pasted in the wrong place stays unseen too.
    return SettingsError(lang, key, key.lower(), value="***" if key in _SECRET else values[key])


def terminal_language(env_file: Path = ENV_FILE, environ: Mapping[str, str] = os.environ) -> str:
    """The language of help texts and errors, whatever else is wrong with the settings."""
    return _language({"LANGUAGE": _environment(environ, "LANGUAGE") or _read(env_file).get("LANGUAGE") or ""})


def _read(env_file: Path) -> dict[str, str]:
    try:
        found = dotenv_values(env_file, interpolate=False, encoding="utf-8-sig") if env_file.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(_language({}), str(env_file), "file_unreadable") from error
    return {key: value or "" for key, value in found.items()}


def _environment(environ: Mapping[str, str], key: str) -> str:
    value = environ.get(key, "")
    # Shells set LANGUAGE as well, to a list of locales (en_US:en); that is no word about this bot.
    return "" if key == "LANGUAGE" and re.search(r"[_:.@]", value) else value


def _language(values: Mapping[str, str]) -> str:
    lang = values.get("LANGUAGE", "").strip().lower()
    return lang if lang in LANGUAGES else LANGUAGES[0]


def _agree(settings: Settings) -> None:
    """What is right by itself but not together."""
    lang = settings.language
    if not settings.office_opens < settings.office_closes:
        raise SettingsError(lang, "OFFICE_CLOSES", "hours_reversed", opens=f"{settings.office_opens:%H:%M}")
    if settings.mode == "webhook":
        if settings.webhook_url is None:
            raise SettingsError(lang, "WEBHOOK_URL", "webhook_url_missing")
        if settings.webhook_secret is None:
            raise SettingsError(lang, "WEBHOOK_SECRET", "webhook_secret_missing")
    _ = settings.holidays
