"""Latin letters aloud for Kokoro: words that people say, names written in pinyin, and letters one by one.

Needs the extra ``voice``.
"""

from functools import cache

from misaki.zh import ZHG2P

# The letters as Chinese speakers name them (APP is ei pi pi): a Mandarin voice says most of these clearly and the
# English names not (Whisper heard AB比 for APP and BN for PM, both right in this form). C, N, V and W keep the English
# names, which it says better.
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "ei→ pi↘ sˈi ti↘ i→ ai↗fu ʨi↘ ei↗ꭧʰɨ ai↘ ꭧei↘ kʰei↘ ai↗lou ai↗mu "
            "ˈɛn ou→ pʰi→ kʰjou→ a→ ai↗sɨ tʰi↘ jou→ vˈi dˈʌbəljˌu ai↗kʰɤsɨ wai↘ ʦei↘"
        ).split(),
        strict=True,
    )
)
# What is said as a word; other abbreviations (GDP, APP, CPI) are said by their letters. In misaki's English phonemes
# (A is the diphthong of "day", I of "my", O of "so").
_WORDS = {
    "wifi": "wai→fai→",
    "word": "wˈɜɹd",
    "excel": "ɪksˈɛl",
    "office": "ˈɔfəs",
    "windows": "wˈɪndOz",
    "android": "ˈændɹYd",
    "iphone": "ˈIfˌOn",
    "ipad": "ˈIpˌæd",
    "internet": "ˈɪntəɹnˌɛt",
    "email": "ˈimˌAl",
    "logo": "lˈOɡˌO",
    "covid": "kˈOvɪd",
    "sars": "sˈɑɹz",
    "gov": "ɡˈʌv",
    "com": "kˈɑm",
    "org": "ˈɔɹɡ",
    "net": "nˈɛt",
}
_LONGEST_SYLLABLE = 6
# A shorter run may be an abbreviation that happens to look like pinyin.
_SHORTEST_NAME = 4


def latin_phonemes(run: str) -> str:
    """The phonemes of a run of Latin letters.

    A word that people say is said; a run in small letters that is pinyin, such as the names in web addresses
    (ankang), is said in its syllables; everything else is spelled.
    """
    word = run.lower()
    if word in _WORDS:
        return _WORDS[word]
    if word == "www":
        return f"{_syllable('san1')} {_LETTERS['w']}"
    name = _as_name(run) if run.islower() and len(run) >= _SHORTEST_NAME else None
    return name or " ".join(_LETTERS[letter] for letter in word)


def _as_name(run: str) -> str | None:
    """The run as two pinyin syllables or more in the first tone, the longest first; None where it is no pinyin."""
    # ends[i] is the syllable that starts at i and leaves a rest that is pinyin as well.
    ends: list[int | None] = [None] * len(run) + [len(run)]
    for start in range(len(run) - 1, -1, -1):
        stops = range(min(len(run), start + _LONGEST_SYLLABLE), start, -1)
        ends[start] = next(
            (stop for stop in stops if ends[stop] is not None and _syllable(f"{run[start:stop]}1")), None
        )
    parts = []
    at: int | None = 0
    while at is not None and at < len(run):
        stop = ends[at]
        if stop is not None:
            parts.append(_syllable(f"{run[at:stop]}1"))
        at = stop
    return "".join(parts) if at is not None and len(parts) > 1 else None


@cache
def _syllable(pinyin: str) -> str:
    """The phonemes of a syllable with its tone; empty for what is none."""
    try:
        return str(ZHG2P.py2ipa(pinyin)).replace(chr(815), "")
    except (ValueError, AssertionError, KeyError):
        return ""
