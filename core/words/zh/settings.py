"""Faults of the settings in Chinese: the key first, then what to do."""

SENTENCES = {
    "file_unreadable": "{key} 无法读取：请保存为 UTF-8 文本文件，并确认本程序有读取权限。",
    "bot_token": "BOT_TOKEN 格式不对：应形如 123456:ABC-DEF，请从 @BotFather 处完整复制到 .env。",
    "bot_token_missing": "BOT_TOKEN 未设置：请向 @BotFather 申请机器人，把令牌写入 .env。",
    "bot_username": "BOT_USERNAME 不是机器人用户名：{value}。请写如 duban_bot。",
    "data_dir": "DATA_DIR 不是文件夹路径：{value}。请写如 ./data。",
    "database_url": "DATABASE_URL 无法识别：请写 sqlite:///data/duban.db 或 postgresql://用户:密码@主机/库名。",
    "telegram_api_base_url": "TELEGRAM_API_BASE_URL 不是网址：{value}。请写如 https://api.telegram.org。",
    "timezone": "TIMEZONE 不是已知时区：{value}。请写如 Asia/Shanghai。",
    "language": "LANGUAGE 不支持：{value}。请写 zh 或 en。",
    "office_name": "OFFICE_NAME 无法使用：{value}。请写单位名称。",
    "office_opens": "OFFICE_OPENS 不是时间：{value}。请写如 09:00。",
    "office_closes": "OFFICE_CLOSES 不是时间：{value}。请写如 17:30。",
    "hours_reversed": "OFFICE_CLOSES 必须晚于 OFFICE_OPENS（{opens}）：请改为如 17:30。",
    "due_day": "DUE_DAY 不是日期：{value}。请写 1 至 31。",
    "holidays_file": "HOLIDAYS_FILE 不是文件路径：{value}。请写 JSON 文件的路径，不用则留空。",
    "holidays_bad": (
        "HOLIDAYS_FILE 无法使用（{file}：{why}）。请写成 "
        '{{"2027": {{"off": ["2027-01-01"], "work": ["2027-02-06"]}}}} 的形式，不用则留空。'
    ),
    "mode": "MODE 不支持：{value}。请写 polling 或 webhook。",
    "webhook_url": "WEBHOOK_URL 不是网址：{value}。请写外网可访问的 https 地址。",
    "webhook_url_missing": "WEBHOOK_URL 未设置：MODE=webhook 时请写外网可访问的 https 地址，或改用 MODE=polling。",
    "webhook_secret": "WEBHOOK_SECRET 格式不对：请用 1 至 256 个字母、数字、_ 或 -。",
    "webhook_secret_missing": "WEBHOOK_SECRET 未设置：MODE=webhook 时请设 1 至 256 个字母、数字、_ 或 - 的口令。",
    "webhook_listen": "WEBHOOK_LISTEN 无法识别：{value}。请写如 127.0.0.1:8080。",
    "allow_paid_broadcast": "ALLOW_PAID_BROADCAST 无法识别：{value}。请写 true 或 false。",
    "heartbeat_url": "HEARTBEAT_URL 不是网址：{value}。请写如 https://example.org/ping，不用则留空。",
    "log_level": "LOG_LEVEL 不支持：{value}。请写 DEBUG、INFO、WARNING 或 ERROR。",
    "no_username": "没能从 Telegram 问到机器人的用户名（{why}）。请检查 BOT_TOKEN 和网络，或直接设置 {key}。",
}
