"""What the command line says, in Chinese."""

SENTENCES = {
    "storage": "数据库暂时无法使用：{why}\n请运行 duban doctor 查看原因。",
    "newer": "数据库由更新的版本（{revision}）建立，本版本（{head}）无法使用，未作任何改动。请升级 duban。",
    "unnumbered": "数据库里已有数据表，但看不出版本，未作任何改动。请核对 DATABASE_URL 是否写错。",
    "migrated": "数据库已更新：{before} → {after}",
    "retried": "已把 {n} 条另存的消息放回待处理，duban run 会按顺序重新处理。",
    "nothing_aside": "没有另存的消息。",
    "migrated_already": "数据库已是最新版本：{after}",
    "empty": "（空）",
    "interrupted": "已中断。",
    "unwritable": "无法写入 {file}：{why}",
}
