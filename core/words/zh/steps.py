"""Long work in Chinese."""

SENTENCES = {
    "drawing": "⏳ 正在生成《{name}》：{step}。生成好就发来，其他操作可照常进行。",
    "drawing_over": "✓《{name}》已生成，见下方文件。",
    "reading": "⏳ 正在读取《{name}》：{step}。最多 {most} 秒。",
    "reading_over": "✓《{name}》已读完。",
    "seconds": "已用 {seconds} 秒",
    "gather": "整理通报 {number}/{count}（{percent}%）",
    "file": "第 {number}/{count} 份（{percent}%）",
    "row": "第 {number}/{count} 行（{percent}%）",
    "page": "第 {number}/{count} 页（{percent}%）",
    "layout": "排版 {percent}%",
    "fonts_only": "嵌入字体",
    "tasks_only": "识别任务",
}
