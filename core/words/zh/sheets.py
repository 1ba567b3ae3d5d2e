"""The words that stand in sheets."""

SENTENCES = {
    "unit": "单位",
    "role": "身份",
    "link": "加入链接",
    "code": "二维码",
    "sheet": "清单",
}
