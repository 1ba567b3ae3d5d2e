"""What is owed no more, in Chinese."""

SENTENCES = {
    "closed": "{title}已收尾，{ref} 不再办理。要补报，直接回复原来的提醒即可存档。",
    "done": "{ref} 已办结销号，不用再报，这次没有记录。要补充，请联系督查室。",
    "suspended": "{ref} 已暂停办理，恢复前不用报，这次没有记录。恢复时我会通知您。",
    "dropped": "{ref} 已取消，不用再报，这次没有记录。",
    "moved": "{ref} 已改由 {units} 办理，不用您再报，这次没有记录。",
}
