"""The signature at the end of a report (落款): the body that signs and the day, each on a line of its own or on one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.reports.about import BODY_NAME

_LAST_LINES = 5  # lines; the signature may be followed by 附件 or by how to reach the office
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(r"(.*?)((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日?")
_CHINESE_DAY = re.compile(
    r"(.*?)([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
)
_SIGNED = re.compile(rf"(?:\(?(?:印章|盖章|公章)\)?)?({BODY_NAME})(?:\(?(?:印章|盖章|公章)\)?)?")


@dataclass(frozen=True)
class Signature:
    """Who signed and when; empty and None where it does not say."""

    body: str = ""
    day: date | None = None


def find_signature(lines: Sequence[str]) -> Signature:
    """The signature among the last of ``lines``; empty when there is no line that is only a day or a body and a day."""
    last = [re.sub(r"\s", "", unicodedata.normalize("NFKC", line)) for line in lines[-_LAST_LINES:]]
    for at in range(len(last) - 1, -1, -1):
        found = _signed_day(last[at])
        if found:
            before, day = found
            signed = _SIGNED.fullmatch(before or (last[at - 1] if at else ""))
            if signed or not before:
                return Signature(signed[1] if signed else "", day)
    return Signature()


def _signed_day(line: str) -> tuple[str, date] | None:
    """What stands before the day that ends ``line``, and that day; None when it ends with none."""
    match = _DAY.fullmatch(line)
    if match:
        numbers = [int(match[part]) for part in (2, 3, 4)]
    else:
        match = _CHINESE_DAY.fullmatch(line)
        if not match:
            return None
        numbers = [int(match[2].translate(_DIGITS)), _small_number(match[3]), _small_number(match[4])]
    try:
        return match[1], date(*numbers)
    except ValueError:
        return None


def _small_number(text: str) -> int:
    """三 is 3, 十 10, 十二 12, 三十一 31."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
