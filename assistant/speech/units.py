"""Signs of units, currencies and comparisons, and the words that a newsreader says for them."""

import re

# Bytes are missing on purpose: people say the letters (10GB), hardly anybody 吉字节.
UNITS = {
    **dict.fromkeys(("km²", "km2", "㎢"), "平方公里"),
    **dict.fromkeys(("m²", "m2", "㎡"), "平方米"),
    **dict.fromkeys(("m³", "m3", "㎥"), "立方米"),
    **dict.fromkeys(("km", "KM", "㎞"), "公里"),
    **dict.fromkeys(("cm", "㎝"), "厘米"),
    **dict.fromkeys(("mm", "㎜"), "毫米"),
    **dict.fromkeys(("kg", "KG", "㎏"), "公斤"),
    **dict.fromkeys(("mg", "㎎"), "毫克"),
    **dict.fromkeys(("ml", "mL"), "毫升"),
    **dict.fromkeys(("kWh", "kwh", "kW·h", "kW•h"), "千瓦时"),
    **dict.fromkeys(("kW", "KW"), "千瓦"),
    **dict.fromkeys(("μg", "µg", "ug"), "微克"),
    **dict.fromkeys(("hm²", "hm2", "ha"), "公顷"),
    "MW": "兆瓦",
    "kV": "千伏",
    "Hz": "赫兹",
    "MHz": "兆赫",
    "GHz": "吉赫",
    "dB": "分贝",
    "Mbps": "兆比特每秒",
    "m": "米",
    "g": "克",
    "t": "吨",
    "L": "升",
    "h": "小时",
}
# What comes after the stroke of a rate (km/h, 元/㎡) besides the units that also stand after a number.
PER = UNITS | {"s": "秒", "min": "分钟", "d": "天", "a": "年"}
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
PER_UNIT = "|".join(sorted(map(re.escape, PER), key=len, reverse=True))
CURRENCIES = {"$": "美元", "＄": "美元", "US$": "美元", "HK$": "港元", "€": "欧元", "£": "英镑"}
SIGNS = {"≥": "不低于", "≤": "不高于", "＞": "大于", ">": "大于", "＜": "小于", "<": "小于", "≈": "约"}
