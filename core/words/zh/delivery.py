"""What is said about messages themselves."""

SENTENCES = {
    "repeated": "（网络中断，这条消息可能重复）\n{text}",
}
