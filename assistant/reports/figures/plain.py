"""The text that figures are looked for in: of the same length as the printed one, so that offsets hold."""

import re

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *map(ord, "％（）＠－～／．＄"))}
_SIMPLIFIED = str.maketrans("萬億兩餘馀約個條項張場類處戶臺塊幾後為", "万亿两余余约个条项张场类处户台块几后为")
_TABLE = {**_HALF_WIDTH, **_SIMPLIFIED}
_BLOT = "\ue000"
# Titles of documents, and addresses, hold no figures.
_NAMES = re.compile(
    r"《[^《》\n]{1,100}》|https?://[\x21-\x7e]{1,500}|(?<![\w.-])(?:www\.)[\x21-\x7e]{1,500}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}",
    re.ASCII,
)
_QUOTED = re.compile(r"“[^“”\n]{1,40}”")
_HAN_NUMERAL = re.compile(r"(?<![\d百千万亿])[零〇一二两三四五六七八九十百千万亿]")


def plain(text: str) -> str:
    """``text`` with half-width digits and signs and simplified measure words, character for character."""
    return text.translate(_TABLE)


def masked(text: str) -> str:
    """Plain ``text`` with what holds no figures blotted out, and Chinese numerals in “…”, where they are names."""
    text = _NAMES.sub(lambda match: _BLOT * len(match.group()), text)
    return _QUOTED.sub(lambda match: _HAN_NUMERAL.sub(_BLOT, match.group()), text)
