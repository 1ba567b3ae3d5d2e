"""The plan form in Chinese."""

SENTENCES = {
    "title": "重点工作推进计划表",
    "unit": "填报单位（盖章）",
    "contact": "联系人",
    "leader": "牵头区领导",
    "lead": "牵头责任单位",
    "content": "工作内容",
    "goal": "年度目标",
    "month": "月份",
    "brief": "目标任务进度简述",
    "sign": "单位负责人（签字）：　　　　　　　　　　　填报日期：　　　年　　月　　日",
    "sign_and_seal": "单位负责人（签字）：　　　　　　　　　　　单位（盖章）：\n填报日期：　　　年　　月　　日",
    "foot": "编号 {ref}　表单码 {code}　填好后把本文件发给督办助手即可，表单码请保留",
    "file": "推进计划表-{owner}",
    "ready_one": "{ref} 的推进计划表。填好后<b>把文件直接发给我</b>；打印盖章的，拍照或扫描后<b>回复本条</b>发来。",
    "ready_all": "推进计划表 {n} 份，一份一页。填好后<b>把文件直接发给我</b>，我逐项核对后请您确认。",
    "as_docx": "要 Word 版",
    "as_xlsx": "要 Excel 版",
    "all": "本单位全部 {n} 份",
    "download": "下载表格",
}
