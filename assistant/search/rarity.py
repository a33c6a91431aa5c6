"""How telling a word is: the rarer it is among the texts, the more."""

import math


def rarity(holding: int, of: int) -> float:
    """The inverse document frequency of BM25 (Robertson and Zaragoza 2009, eq. 3.2), never below 0.

    Args:
        holding: how many texts hold the word; more than there are counts as all of them.
        of: how many texts there are.
    """
    held = min(holding, of)
    return math.log(1 + (of - held + 0.5) / (held + 0.5))
