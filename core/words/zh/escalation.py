"""Escalation in Chinese."""

SENTENCES = {
    "title": "<b>【逾期提示】</b>以下 {n} 项逾期已久，单位尚未报送：",
    "row": "{n}. {item} · {unit}\n    {due}到期，{late}",
    "more": "……另有 {n} 项，见 /overdue",
    "to_leader": "可提请区领导关注：点下方按钮先预览，您确认后才会发出。",
    "see": "提请区领导关注",
    "preview": "<b>将提请区领导关注</b>（确认才发送）：",
    "leader": "▸ {leader}：{n} 项",
    "leader_absent": "▸ {leader}：{n} 项（未加入或联系不上，收不到）",
    "leader_held": "▸ {leader}：{n} 项（今日已收满 {most} 条，这次不打扰）",
    "before": "其中 {n} 项此前已提请过，不再重复。",
    "confirm": "确认发送",
    "cancel": "不发送",
    "cancelled": "没有发送。",
    "nothing": "这些事项已报送、已延期或已提请过，无需再提请。",
    "gone": "这份预览已用过或已过期，请从原消息重新打开。",
    "nobody": "没有可收到的区领导，未发送。",
    "sent": "已提请 {names} 关注，共 {n} 项。",
    "later": "现在不在办公时间，将于 {at} 发出。",
    "told": "<b>【提请关注】</b>您牵头的以下 {n} 项工作逾期未报，{office}提请您关注：",
    "told_row": "{n}. {item} · {unit}\n    {due}到期，{late}",
}
