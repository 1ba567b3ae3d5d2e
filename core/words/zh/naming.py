"""Which notice a number belongs to, in Chinese."""

SENTENCES = {
    "legend": "编号：{rows}。",
    "marked": "“{mark}·”开头的属{title}",
    "plain": "不带前缀的属{title}",
    "of": "属于：{title}",
    "numbered": "另有通知在办，本通知的任务编号前加“{mark}·”（如 {ref}），以免混淆。去年的工作如已结束，请发 /close 收尾。",
}
