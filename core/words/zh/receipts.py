"""Receipts in Chinese."""

SENTENCES = {
    "reminder": "<b>【请签收】</b>交办给您单位的 {n} 项任务还未签收。点一下“签收”即可，只提醒这一次。",
    "title": "签收情况 {title}",
    "counts": "已签收 <b>{done}</b>/{all} 个单位，未签收 <b>{missing}</b> 个。",
    "all_done": "全部单位已签收。",
    "done": "● {unit}：{who} {at}",
    "waiting": "○ {unit}：未签收",
    "reminded": "○ {unit}：未签收，{day}已提醒（不再自动提醒，可电话联系）",
    "nobody": "○ {unit}：无人加入，未能送达",
    "choose": "看哪一份通知的签收情况？",
    "none": "还没有交办的通知。",
    "list": "签收情况",
}
