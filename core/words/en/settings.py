"""Faults of the settings in English: the key first, then what to do."""

SENTENCES = {
    "file_unreadable": "{key} can't be read: save it as UTF-8 text and make sure this program may read it.",
    "bot_token": "BOT_TOKEN looks wrong: it reads like 123456:ABC-DEF; copy all of it from @BotFather into .env.",
    "bot_token_missing": "BOT_TOKEN is not set: get one from @BotFather and put it into .env.",
    "bot_username": "BOT_USERNAME is no bot's name: {value}. Write it like duban_bot.",
    "data_dir": "DATA_DIR is no folder: {value}. Write it like ./data.",
    "database_url": "DATABASE_URL is not known: write sqlite:///data/duban.db or postgresql://user:password@host/name.",
    "telegram_api_base_url": "TELEGRAM_API_BASE_URL is no address: {value}. Write it like https://api.telegram.org.",
    "timezone": "TIMEZONE is not known: {value}. Write it like Asia/Shanghai.",
    "language": "LANGUAGE is not spoken: {value}. Write zh or en.",
    "office_name": "OFFICE_NAME can't be used: {value}. Write the office's name.",
    "office_opens": "OFFICE_OPENS is no time: {value}. Write it like 09:00.",
    "office_closes": "OFFICE_CLOSES is no time: {value}. Write it like 17:30.",
    "hours_reversed": "OFFICE_CLOSES must be later than OFFICE_OPENS ({opens}): write it like 17:30.",
    "due_day": "DUE_DAY is no day of a month: {value}. Write 1 to 31.",
    "holidays_file": "HOLIDAYS_FILE is no path: {value}. Give the path of a JSON file, or leave it empty.",
    "holidays_bad": (
        "HOLIDAYS_FILE can't be used ({file}: {why}). Write it like "
        '{{"2027": {{"off": ["2027-01-01"], "work": ["2027-02-06"]}}}}, or leave it empty.'
    ),
    "mode": "MODE is not known: {value}. Write polling or webhook.",
    "webhook_url": "WEBHOOK_URL is no address: {value}. Write the https address that Telegram can reach.",
    "webhook_url_missing": "WEBHOOK_URL is not set: MODE=webhook needs the https address; or use MODE=polling.",
    "webhook_secret": "WEBHOOK_SECRET looks wrong: use 1 to 256 letters, digits, _ or -.",
    "webhook_secret_missing": "WEBHOOK_SECRET is not set: MODE=webhook needs 1 to 256 letters, digits, _ or -.",
    "webhook_listen": "WEBHOOK_LISTEN is not host:port: {value}. Write it like 127.0.0.1:8080.",
    "allow_paid_broadcast": "ALLOW_PAID_BROADCAST is not known: {value}. Write true or false.",
    "heartbeat_url": "HEARTBEAT_URL is no address: {value}. Write it like https://example.org/ping, or leave it empty.",
    "log_level": "LOG_LEVEL is not known: {value}. Write DEBUG, INFO, WARNING or ERROR.",
    "no_username": "Telegram did not tell the bot's name ({why}). Check BOT_TOKEN and the network, or set {key}.",
}
