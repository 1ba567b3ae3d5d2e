"""What a column of a table holds, asked in Chinese."""

SENTENCES = {
    "samples": "单元格如：{samples}",
    "see": "表格各列（{n}）",
    "head": "<b>表格里问过的列</b>，交办前都可改。改后全文按新的含义重读，您的其他答复和更正照旧。",
    "row": "<b>{name}</b>：{role}",
    "open": "还没有读",
    "taken_as": "暂作“{role}”",
    "ask": "“{name}”这一列是什么？",
    "reread": "已按“{role}”重读全文。",
    "gone": "这一列已经不在这份通知里了，请重新打开。",
    "taken": "没有改：同一张表里“{what}”一列已经是这个含义，只能有一列。若那一列才不对，请先改那一列。",
    "unfit": "没有改：“{name}”这一列没有一格能这样读（如“{what}”）。",
}
