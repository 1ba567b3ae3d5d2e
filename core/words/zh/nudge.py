"""Reminders in Chinese."""

SENTENCES = {
    "title": "<b>【提醒】{n} 项待报送</b>",
    "title_overdue": "<b>【提醒】{n} 项待报送，其中 {overdue} 项已逾期</b>",
    "urged": "<b>【催办】请尽快报送以下 {n} 项</b>",
    "day": "{due}截止，{late}",
    "item": "{n}. {item}",
    "item_unit": "{n}. {item}（{unit}）",
    "more": "……另有 {n} 项，发 /tasks 查看",
    "how_one": "直接<b>回复本条</b>写进展即可，可附照片、文件。",
    "how": "直接<b>回复本条</b>即可，多项请写序号，如：\n1. …\n2. …",
    "how_plan": "点下方按钮逐项填报；也可<b>回复本条</b>，写“年度目标：… 3月：… 4月：…”。",
    "put_off": "（其中 {n} 项上次为免打扰未发，今天一并提醒）",
    "fill_plan": "填报计划",
}
