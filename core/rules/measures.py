"""Knows the units in which targets and figures are counted, and how one becomes another."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
SCALES |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

_MEASURES: dict[str, dict[str, Fraction]] = {
    "money": {"元": Fraction(1), "人民币": Fraction(1)},
    "dollars": {"美元": Fraction(1), "美金": Fraction(1)},
    "area": {
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10000),
        "顷": Fraction(200000, 3),
        "平方米": Fraction(1),
        "平米": Fraction(1),
        "㎡": Fraction(1),
        "m²": Fraction(1),
        "平方公里": Fraction(10**6),
        "平方千米": Fraction(10**6),
    },
    "length": {
        "米": Fraction(1),
        "公里": Fraction(1000),
        "千米": Fraction(1000),
        "km": Fraction(1000),
        "里": Fraction(500),
        "延米": Fraction(1),
    },
    "weight": {
        "吨": Fraction(1000),
        "公斤": Fraction(1),
        "千克": Fraction(1),
        "kg": Fraction(1),
        "斤": Fraction(1, 2),
        "标准煤": Fraction(1000),
    },
    "volume": {"立方米": Fraction(1), "方": Fraction(1), "立方": Fraction(1)},
    "power": {
        "千瓦": Fraction(1),
        "兆瓦": Fraction(1000),
        "瓦": Fraction(1, 1000),
        "kw": Fraction(1),
        "mw": Fraction(1000),
    },
    "energy": {"千瓦时": Fraction(1), "度": Fraction(1), "kwh": Fraction(1)},
    "share": {"%": Fraction(1), "‰": Fraction(1, 10), "成": Fraction(10)},
    "points": {"个百分点": Fraction(1), "百分点": Fraction(1)},
    "duration": {"小时": Fraction(1), "个小时": Fraction(1)},
    "people": {"人": Fraction(1), "名": Fraction(1), "位": Fraction(1)},
    "people times": {"人次": Fraction(1)},
    "buildings": {"幢": Fraction(1), "栋": Fraction(1)},
    "containers": {"标箱": Fraction(1), "teu": Fraction(1)},
}
_COUNTED = [
    *"个家项座条套户台辆次件所处艘只头株棵盏块场篇支床张部宗起份间段口眼孔片对组期班例门道架根尾羽册本类种款样扇面笔单桩枪桌席",
    *("批次", "人份", "辆次", "艘次", "架次", "户次", "班次", "场次", "泊位"),
]
for _unit in _COUNTED:
    _MEASURES[_unit] = {_unit: Fraction(1)}

_KINDS = {unit: (kind, factor) for kind, units in _MEASURES.items() for unit, factor in units.items()}
_ALIASES = {"％": "%", "﹪": "%", "km²": "平方公里", "平方": "平方米", "户家": "户"}

UNITS = tuple(sorted({*_KINDS, *_ALIASES}, key=lambda unit: (-len(unit), unit)))
"""Every unit that is read, longest first."""

NOT_COUNTED = (
    "个月",
    "个工作日",
    "个交易日",
    "年",
    "月",
    "日",
    "号",
    "点",
    "时",
    "分",
    "周",
    "届",
    "章",
    "版",
    "级",
    "楼",
    "层",
)
"""What follows a number without making it a figure: times, ordinals, floors."""


def measure(unit: str) -> tuple[str, Fraction] | None:
    """The kind of a unit and its size in the kind's base unit: 亿元 is ("money", 10⁸). None for a unit not known."""
    unit = unit.strip().lower()
    unit = _ALIASES.get(unit, unit)
    if unit in _KINDS:
        return _KINDS[unit]
    for length in (2, 1):
        scale, rest = unit[:length], _ALIASES.get(unit[length:], unit[length:])
        if scale in SCALES and rest in _KINDS:
            kind, factor = _KINDS[rest]
            return kind, factor * SCALES[scale]
    return None


def convert(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """`value` of `unit` in `wanted`; None where the two can't be compared. Exact where a decimal can be."""
    if unit.strip() == wanted.strip():
        return value
    have, want = measure(unit), measure(wanted)
    if have is None or want is None or have[0] != want[0]:
        return None
    exact = Fraction(value) * have[1] / want[1]
    with localcontext() as context:
        context.prec = 28
        return _plain(Decimal(exact.numerator) / Decimal(exact.denominator))


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 20 else value
