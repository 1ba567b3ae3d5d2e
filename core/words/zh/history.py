"""History in Chinese."""

SENTENCES = {
    "button": "办理记录（{n}）",
    "unit_button": "办理记录",
    "title": "<b>{title}</b> 办理记录：{n} 条（{page}/{pages}，新的在前）",
    "none": "还没有记录。",
    "other": "{at} {who} {what} {detail}",
    "of_task": "<b>{ref}</b> {line}",
    "message": " · 消息№{n}",
    "group_message": " · 群消息№{n}",
    "first": "最早",
    "which": "看哪一个的记录？",
    "usage": "看谁的记录？请带上任务编号、单位名或姓名，例如 /history 2-15、/history 区水利局、/history 王芳。",
    "unknown": "没有找到“{text}”。请带上任务编号、单位名或姓名，例如 /history 2-15。",
    "not_yours": "您可以查看：您的任务、本单位及同事的记录。",
    "near": "没有找到“{text}”。是不是：",
}
