"""The few words that stand in pictures."""

SENTENCES = {
    "done": "已报",
    "waiting": "待报",
    "overdue": "逾期",
    "order": "按通知顺序排列，不作排名",
    "more": "另有 {n} 行，见表格",
    "nothing": "暂无应报事项",
}
