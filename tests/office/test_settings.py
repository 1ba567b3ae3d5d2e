"""A setting that is wrong is named with its remedy, and no secret is ever shown."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import KEYS, SettingsError, load, terminal_language
from core.words.voice import voice

ROOT = Path(__file__).parents[2]
NOWHERE = Path("no-such-file")
TOKEN = "123456789:AAsecretsecretsecretsecretsecret"


def refusal(**environ: str) -> str:
    with pytest.raises(SettingsError) as found:
        load(NOWHERE, environ)
    return str(found.value)


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_in_the_example_and_in_the_operators_guide(key: str) -> None:
    assert re.search(rf"^{key}=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert f"`{key}`" in (ROOT / "docs/operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_has_a_refusal_that_begins_with_its_name(key: str) -> None:
    for lang in ("zh", "en"):
        assert voice(lang).template(f"settings.{key.lower()}").startswith(key)


def test_all_that_is_wrong_is_said_at_once() -> None:
    lines = refusal(TIMEZONE="Mars/One", DATABASE_URL="mysql://x", BOT_TOKEN=TOKEN).splitlines()
    assert sorted(line.partition(" ")[0] for line in lines) == ["DATABASE_URL", "TIMEZONE"]


def test_the_example_can_be_used_as_it_is() -> None:
    settings = load(ROOT / ".env.example", {})
    assert settings.unknown == () and settings.bot_token is None
    assert settings.database == "sqlite:///data/duban.db"
    assert settings.office_defaults()["opens"] == "09:00"


def test_the_environment_wins_over_the_file_and_empty_means_unset(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("DUE_DAY=20\nOFFICE_OPENS=8:30\nTIMEZONE=\n", encoding="utf-8")
    settings = load(env, {"DUE_DAY": "22", "OFFICE_OPENS": "", "LOG_LEVEL": "debug"})
    assert (settings.due_day, settings.office_opens, settings.timezone) == (22, time(8, 30), "Asia/Shanghai")
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("BOT_TOKEN", "secret-but-wrong", "@BotFather"),
        ("BOT_USERNAME", "no spaces here", "duban_bot"),
        ("DATABASE_URL", "mysql://me:secret@host/db", "postgresql://"),
        ("TELEGRAM_API_BASE_URL", "telegram", "https://api.telegram.org"),
        ("TIMEZONE", "Asia/Dinghai", "Asia/Shanghai"),
        ("LANGUAGE", "fr", "zh"),
        ("OFFICE_OPENS", "nine", "09:00"),
        ("OFFICE_OPENS", "25:00", "09:00"),
        ("OFFICE_CLOSES", "08:00", "OFFICE_OPENS"),
        ("DUE_DAY", "32", "1 至 31"),
        ("HOLIDAYS_FILE", "nowhere.json", "留空"),
        ("MODE", "pigeon", "webhook"),
        ("MODE", "webhook", "WEBHOOK_URL"),
        ("WEBHOOK_LISTEN", "8080", "127.0.0.1:8080"),
        ("WEBHOOK_SECRET", "with blanks", "256"),
        ("ALLOW_PAID_BROADCAST", "maybe", "true"),
        ("HEARTBEAT_URL", "ftp://example.org", "https://"),
        ("LOG_LEVEL", "LOUD", "INFO"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(key: str, value: str, remedy: str) -> None:
    said = refusal(**{key: value})
    assert remedy in said and (key in said or key == "MODE")
    assert "secret" not in said.replace("WEBHOOK_SECRET", ""), "a secret is not shown even when it is wrong"


def test_the_refusal_is_in_the_operators_language() -> None:
    assert refusal(DUE_DAY="0", LANGUAGE="en") == "DUE_DAY is no day of a month: 0. Write 1 to 31."


def test_the_locales_of_a_shell_are_no_word_about_the_bots_language() -> None:
    assert load(NOWHERE, {"LANGUAGE": "en_US:en"}).language == "zh"
    assert terminal_language(NOWHERE, {"LANGUAGE": "en"}) == "en"


def test_the_token_shows_nowhere() -> None:
    settings = load(NOWHERE, {"BOT_TOKEN": TOKEN})
    assert settings.token == TOKEN
    assert "secretsecret" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_a_misspelt_name_in_the_file_is_kept_for_the_doctor(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOEKN=1\n", encoding="utf-8")
    assert load(tmp_path / ".env", {}).unknown == ("BOT_TOEKN",)


def test_the_operators_days_off_are_read_and_checked(tmp_path: Path) -> None:
    table = tmp_path / "days.json"
    table.write_text('{"2027": {"off": ["2027-01-01"], "work": ["2027-02-06"]}}', encoding="utf-8")
    assert load(NOWHERE, {"HOLIDAYS_FILE": str(table)}).holidays == {
        "2027": {"off": ["2027-01-01"], "work": ["2027-02-06"]}
    }
    table.write_text('{"2027": {"off": ["2027-13-01"]}}', encoding="utf-8")
    assert "2027-13-01" in refusal(HOLIDAYS_FILE=str(table))
    table.write_text("[1]", encoding="utf-8")
    assert "HOLIDAYS_FILE" in refusal(HOLIDAYS_FILE=str(table))


def test_addresses_of_both_databases_are_understood() -> None:
    for given in ("postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"):
        assert load(NOWHERE, {"DATABASE_URL": given}).database == "postgresql://h/d"
    settings = load(NOWHERE, {"DATABASE_URL": "sqlite:////var/lib/duban/x.db"})
    assert settings.database_file == Path("/var/lib/duban/x.db")
    assert load(NOWHERE, {"DATABASE_URL": "sqlite://"}).database_file is None


@pytest.mark.parametrize("command", ["run", "claim"])
def test_without_a_token_the_command_line_says_where_to_get_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert main([command]) == 2
    said = capsys.readouterr().err
    assert said.startswith("BOT_TOKEN") and "@BotFather" in said and said.count("\n") == 1
