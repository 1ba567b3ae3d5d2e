"""The owner's link in Chinese."""

SENTENCES = {
    "link": "请管理员本人点开这个链接（{days} 天内有效，用一次即失效；再次运行会作废旧链接）：\n{link}",
}
