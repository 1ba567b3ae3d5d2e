"""The note of a working morning in Chinese."""

SENTENCES = {
    "title": "【运行提示】有几件事请留意",
    "sent": "上次提示以来已发出 {n} 条消息。",
    "down": "机器人停运：{since} 至 {until}。期间的消息已补收，该发的提醒已补发。",
    "failed": "发送失败 {n} 条：多为对方停用机器人，请看“联络情况”。",
    "uncertain": "不确定是否送达 {n} 条：提醒会由下一次补上，通报请点下方按钮决定。",
    "held": "暂存待发 {n} 条：对方恢复联系或到办公时间后发出。",
    "aside": "有 {n} 条来信处理失败，已原样保存，请联系系统维护人员。",
    "lost": "新增联系不上 {n} 人：{names}。请电话联系，或重新邀请。",
    "see_reach": "联络情况",
    "doubts": "【请确认】以下消息可能没有送达",
    "doubt": "· {what}：{where}（{at}）",
    "doubts_how": "请看一下群里或问一下对方：没收到就点“重发”，收到了点“已收到”。",
    "kind_broadcast": "通报",
    "kind_urge": "催办",
    "again": "重发 {where}",
    "leave": "已收到 {where}",
    "settled": "这条已经处理过了。",
    "all_decided": "都已处理，谢谢。",
}
