"""What is said about messages themselves."""

SENTENCES = {
    "repeated": "（网络中断，这条消息可能重复）\n{text}",
    "undrawn": "（文件“{name}”没能生成，可能是机器太忙。请稍后再要一次；仍不行，请系统维护人员在命令行导出。）",
}
