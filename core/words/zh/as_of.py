"""Answers about a past moment in Chinese."""

SENTENCES = {
    "head": "<b>截至{at}</b>（以下均为当时情况）",
    "day": "{day}当日",
    "moment": "{day} {clock} ",
    "future": "这个时间还没到，请换一个现在以前的日期或时刻。",
    "before": "首份通知于 {day} 交办，此前没有记录，请换一个之后的时间。",
    "nothing": "还没有交办过通知，没有可查的历史。",
    "bad_date": "没看懂“{text}”里的时间。可以写：2023-04-10，4月10日 15:00，昨天。",
    "not_this": "这一项只能看现在的，不能看过去某一时刻的。",
}
