"""Latin letters aloud for Kokoro: words that people say, names written in pinyin, and letters one by one.

Needs the extra ``voice``.
"""

from functools import cache

from misaki.zh import ZHG2P

from assistant.speech.letters import read_letters

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
# The words of ``letters.WORDS`` in misaki's English phonemes (A is the diphthong of "day", I of "my", O of "so").
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


def latin_phonemes(run: str) -> str:
    """The phonemes of a run of Latin letters, read as ``speech.letters`` says."""
    reading = read_letters(run)
    if reading.kind == "word":
        return _WORDS[reading.parts[0]]
    if reading.kind == "name":
        return "".join(_syllable(f"{each}1") for each in reading.parts)
    if run.lower() == "www":
        return f"{_syllable('san1')} {_LETTERS['w']}"
    return " ".join(_LETTERS[letter] for letter in reading.parts)


@cache
def _syllable(pinyin: str) -> str:
    """The phonemes of a syllable with its tone; empty for what is none."""
    try:
        return str(ZHG2P.py2ipa(pinyin)).replace(chr(815), "")
    except (ValueError, AssertionError, KeyError):
        return ""
