"""The demo's cast and its announcement in Chinese."""

SENTENCES = {
    "office": "云屿区政府督查室",
    "owner": "苏晓棠（管理员）",
    "supervisor": "顾明哲（督查员）",
    "stranger": "路过的人",
    "group": "区重点工作推进群",
    "preparing": "正在准备演示：读通知、请各单位联系人入场，稍候……",
    "ready": "演示已就绪，请在浏览器打开：{url}\n按 Ctrl+C 结束。",
    "no_file": "找不到通知文件：{file}",
    "bad_start": "--start 要写成 2023-03-03T09:00 的样子。",
    "port_taken": "端口 {port} 已被占用，请换一个 --port。",
}
