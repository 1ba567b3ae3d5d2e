"""What there is to say about days: a calendar not yet published, a day that can't be told."""

SENTENCES = {
    "year_unknown": "{year}年的放假安排尚未录入，暂按周一至周五推算，公布后请更新工作日历。",
    "moved": "{due}（原为{nominal}，遇休息日提前）",
    "empty": "请写一个日期，例如 4月10日、下周五、5月底。",
    "unreadable": "没看懂“{text}”是哪一天。可以这样写：2023-04-10、4月10日、下周五、5月底。",
    "impossible": "“{text}”这一天不存在，请核对后再写。",
    "vague": "“{text}”不是确切的一天，请写到日，例如 4月10日。",
    "ambiguous": "“{text}”可能指不同的两天，请写成 2023-04-10 这样。",
}
