"""The archive in Chinese."""

SENTENCES = {
    "readme": "00-说明.{ending}",
    "notice": "01-通知（读取结果）.{ending}",
    "tasks": "02-任务.{ending}",
    "plans": "03-推进计划.{ending}",
    "reports": "04-进展报送.{ending}",
    "overdue": "05-未报清单.{ending}",
    "history": "06-全部经过.{ending}",
    "forms": "07-推进计划表.{ending}",
    "inspections": "08-督查.{ending}",
    "briefing": "通报/通报-{ending}",
    "data": "数据/{ending}",
    "title": "《{title}》归档包\n{office}\n生成时间：{at}",
    "files": "随报送发来的照片、文件只列名称（见“进展报送”的附件列），原件保存在 Telegram 对话中。",
    "begun": "开始生成归档包，生成好就发来，不用重按。",
    "under_way": "归档包正在生成，请稍候，不用重按。",
    "ready": "归档包：{title}，{n} 个文件（任务、计划、报送、经过、通报、全部数据）。",
    "ready_part": "归档包（{number}/{count}）：{title}，{n} 个文件。",
    "file": "归档-{year}{mark}.zip",
}
