"""A desk and what is open at it, in Chinese."""

SENTENCES = {
    "nothing": "目前没有待办事项。",
    "how": "直接<b>回复本条</b>即可报送，多项请写序号；或点下方按钮。",
    "all": "全部 {n} 项",
}
