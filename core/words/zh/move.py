"""The move to another database, in Chinese."""

SENTENCES = {
    "bad_url": "数据库地址写法不对。请写 sqlite:///路径 或 postgresql://用户:密码@主机/库名。",
    "no_place": "放不下新数据库 {file}（{why}）。请换一个位置。",
    "no_source": "找不到原数据库：{file}",
    "same": "两个地址是同一个数据库，没有可搬的。",
    "source_version": "原数据库的版本是 {found}，本程序是 {head}。请先运行 duban migrate（或升级 duban），再搬。",
    "source_in_use": "原数据库有机器人正在使用。请先停止所有 duban run，再搬。",
    "target_version": "目标数据库的版本是 {found}，本程序是 {head}。请换一个空数据库。",
    "target_foreign": "目标数据库里已有别的数据表。请换一个空数据库。",
    "target_full": "目标数据库里已有数据（{tables}），不会覆盖。请换一个空数据库。",
    "target_in_use": "目标数据库有机器人正在使用。请先停止它，再搬。",
    "differs": "{table} 核对不符：原有 {here} 行，搬后 {there} 行。已撤销，目标仍为空，原数据库未动。",
    "broken_off": "搬迁中断，已撤销：目标保持原样，原数据库未动，可以重来。",
    "all": "合计",
    "done": "{tables} 张表已搬完，行数和内容逐表核对一致，用时 {seconds} 秒，每秒 {rate} 行。\n请把 DATABASE_URL 改为新地址再启动；原数据库保持原样，确认无误前请留作备份，不要再让机器人使用它。",
}
