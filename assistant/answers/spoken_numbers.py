"""Numbers said digit by digit: 幺二三四五热线 is 12345热线, as a recogniser writes what was spoken."""

import re

from assistant.search import SearchIndex

# Years are read where years are. Three digits alone may list items (一二三等奖), but not before a telephone.
_SAID = "零〇一二三四五六七八九幺"
_LARGER = r"十百千万亿两几\d"
_SPELLED = re.compile(
    rf"(?<![{_SAID}{_LARGER}第])(?:[{_SAID}]{{4,12}}|[{_SAID}]{{3}}(?=热线|电话|平台|台))(?![{_SAID}{_LARGER}年])"
)
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def spells_number(folded: str) -> bool:
    """Whether some number may be said digit by digit."""
    return _SPELLED.search(folded) is not None


def spoken_numbers(folded: str, index: SearchIndex) -> str:
    """The folded text with such numbers in digits, where the corpus holds the number as it would be written."""

    def written(found: re.Match[str]) -> str:
        number = found.group().translate(_DIGITS)
        return number if index.word_frequencies([number])[0] else found.group()

    return _SPELLED.sub(written, folded)
