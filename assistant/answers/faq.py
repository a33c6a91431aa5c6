"""Matching a question with the FAQ: candidates from an index, then nearness in writing, in sound and in content.

Citizens rarely use the words of an FAQ entry. So beside the nearness of the strings (rapidfuzz, in characters and in
pinyin) an entry is judged by how much of the question's content its phrasings and answer hold, rare words counting
more. Sounds stand beside words as features of their own, which forgives same-sounding slips (身分证, 身份证).
"""

import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from assistant.answers.entry_readings import EntryReader, all_words, changed_places, entries_ready
from assistant.answers.names import missing_names
from assistant.answers.scope import find_years
from assistant.answers.things import find_things, fits_measure
from assistant.answers.wanted import Wanted
from assistant.language import Segmenter, fold_text, sound_pairs, syllables, terms_of
from assistant.search.kept_readings import KeptReadings
from assistant.search.phrase_index import PhraseIndex
from assistant.search.rarity import rarity
from assistant.store import FaqEntry

# Entries that the index proposes for a closer look.
_CANDIDATES = 10
# What only the answer says of the question's content counts half: phrasings say what an entry is about.
_ANSWER_SHARE = 0.5
# Sounding the same is weaker evidence than being written the same.
_SOUND_SHARE = 0.97
# Strings this near are the same question but for a slip or a particle.
_SAME_WORDING = 0.8
# Near enough in content, and nearer than any other entry by so much. Leaving each phrasing of the sample FAQ out and
# asking it: .79 of what passes finds its own entry, most others a neighbouring one; of 1,200 public questions about
# other things .005 pass.
_SURE_NEARNESS = 0.3
_SURE_MARGIN = 0.1
# Kinds of things that an answer either holds or does not.
_TOLD_BY_FORM = frozenset({"amount", "date", "phone", "postcode", "email", "url"})
# Under which readings are kept.
_KIND = "words"
# Politeness and filler around what is asked; leaving them out must not change what is asked.
_PADDING = re.compile(
    r"请问一?下?|我?想(?:要)?(?:问|咨询|了解|知道)(?:一下|下)?|麻烦(?:您|你)?|您好|你好|帮我|告诉我|劳驾|同志|"
    r"[吗呢呀啊吧嘛哦了的我您你]|(?<=[怎咋])[么样个]|[^\w]"
)


@dataclass(frozen=True)
class FaqMatch:
    """An FAQ entry and how near the question is to it.

    Attributes:
        entry: the entry.
        wording: nearness of the strings, 0 to 1; 1 is one of the entry's own phrasings.
        nearness: mean of the share of content held and of the nearness to the best phrasing, 0 to 1.
    """

    entry: FaqEntry
    wording: float
    nearness: float


def sure_match(matches: Sequence[FaqMatch]) -> FaqMatch | None:
    """The entry that is surely what was asked; None when the best is not near enough or another is as near."""
    if not matches:
        return None
    best = max(matches, key=lambda match: match.wording)
    if best.wording >= _SAME_WORDING:
        return best
    first = matches[0]
    second = matches[1].nearness if len(matches) > 1 else 0.0
    return first if first.nearness >= _SURE_NEARNESS and first.nearness - second >= _SURE_MARGIN else None


def same_wording(matches: Sequence[FaqMatch]) -> bool:
    """Whether the question is one of an entry's own, but for a slip or a particle."""
    return any(match.wording >= _SAME_WORDING for match in matches)


@dataclass(frozen=True)
class _Phrasing:
    core: str
    sound: str
    features: frozenset[str]


@dataclass(frozen=True)
class _Asked:
    """A question made ready: its phrasing, and its features with their weights, looked up once for all entries."""

    phrasing: _Phrasing
    weights: dict[str, float]
    weight: float


@dataclass(frozen=True)
class _Prepared:
    entry: FaqEntry
    phrasings: tuple[_Phrasing, ...]
    features: dict[str, float]
    folded: str
    years: frozenset[int]

    @property
    def asked(self) -> frozenset[str]:
        """The features of all phrasings."""
        return frozenset().union(*(phrasing.features for phrasing in self.phrasings))


def holds_wanted(wanted: Wanted, match: FaqMatch) -> bool:
    """Whether the entry answers the kind of question: who asks how many or when is not served by how to apply.

    A question in an entry's own wording is served by whatever staff wrote for it.
    """
    if match.wording >= _SAME_WORDING or wanted.kind not in _TOLD_BY_FORM:
        return True
    answer = fold_text(match.entry.answer)
    return any(fits_measure(wanted, answer[slice(*span)]) for span in find_things(wanted, answer))


class FaqMatcher:
    """All published FAQ entries, ready to be asked.

    Args:
        entries: the entries.
        segmenter: makes the content words.
        last: a matcher by the same segmenter: what it has read of the same entries is not read again, for reading ten
            thousand entries takes half a minute.
        kept: what was read at an earlier start.
    """

    def __init__(
        self,
        entries: Sequence[FaqEntry],
        segmenter: Segmenter,
        last: "FaqMatcher | None" = None,
        kept: KeptReadings | None = None,
    ) -> None:
        self._segmenter = segmenter
        reader = EntryReader(_KIND, segmenter.version, self._read_entry, kept)
        self._prepared: list[_Prepared] = entries_ready(
            entries, [] if last is None else last._prepared, reader, _prepared
        )
        self._index, self._counts = self._counted(last)
        # Looked up when first asked for: most features of most entries never are.
        self._weights: dict[str, float] = {}
        self._phrasing_weights: dict[frozenset[str], float] = {}

    def _counted(self, last: "FaqMatcher | None") -> tuple[PhraseIndex, Counter[str]]:
        """The candidate index, and how many entries hold a feature in a phrasing; of the last ones if few changed."""
        now, before = self._prepared, [] if last is None else last._prepared
        changed = changed_places(before, now)
        if last is None or changed is None:
            counts = Counter(feature for each in now for feature in each.asked)
            return PhraseIndex([each.features for each in now]), counts
        gone = {place: before[place].features for place in changed if place < len(before)}
        counts = last._counts.copy()
        for place in gone:
            counts.subtract(before[place].asked)
        for place in changed:
            counts.update(now[place].asked)
        return last._index.changed(gone, {place: now[place].features for place in changed}), counts

    @property
    def words(self) -> frozenset[str]:
        """The content words of all entries."""
        return frozenset(feature for feature in self._index.features() if feature[0] != "~")

    def pairs_at(self, place: int) -> set[str]:
        """Neighbouring characters of what the entry at a place asks and answers."""
        # The last two lines are the body and the source.
        lines = self._prepared[place].folded.split("\n")[:-2]
        return {line[at : at + 2] for line in lines for at in range(len(line) - 1)}

    def match(self, folded: str, words: Sequence[str], names: Sequence[str], limit: int) -> list[FaqMatch]:
        """The nearest entries, nearest first: of the years the question names, holding every name it names.

        Args:
            folded: the folded question.
            words: its words.
            names: the places and bodies it names.
            limit: how many entries at most.
        """
        phrasing = self._phrasing(folded, words)
        weights = {feature: self._weigh(feature) for feature in phrasing.features}
        asked = _Asked(phrasing, weights, sum(weights.values()))
        years = find_years(folded)
        matches = []
        for position in self._index.candidates(phrasing.features, _CANDIDATES):
            prepared = self._prepared[position]
            if years <= prepared.years and not missing_names(names, prepared.folded):
                matches.append(self._match(asked, prepared))
        return sorted(matches, key=lambda match: -match.nearness)[:limit]

    def _match(self, asked: _Asked, prepared: _Prepared) -> FaqMatch:
        wording = max(_wording(asked.phrasing, phrasing) for phrasing in prepared.phrasings)
        overlap = max(self._overlap(asked, phrasing.features) for phrasing in prepared.phrasings)
        share = prepared.features.get
        held = sum(weight * share(feature, 0.0) for feature, weight in asked.weights.items()) / (asked.weight or 1.0)
        return FaqMatch(prepared.entry, wording, (held + max(overlap, wording)) / 2)

    def _overlap(self, asked: _Asked, phrasing: frozenset[str]) -> float:
        """Weighted Dice coefficient of the question's features and a phrasing's."""
        shared = sum(asked.weights[feature] for feature in asked.phrasing.features & phrasing)
        own = self._phrasing_weights.get(phrasing)
        if own is None:
            own = self._phrasing_weights[phrasing] = self._weight(phrasing)
        return 2 * shared / ((asked.weight + own) or 1.0)

    def _weight(self, features: Iterable[str]) -> float:
        return sum(self._weigh(feature) for feature in features)

    def _weigh(self, feature: str) -> float:
        count = self._counts.get(feature, 0)
        if not count:  # of a stranger's words nothing is kept
            return rarity(0, len(self._prepared))
        weight = self._weights.get(feature)
        if weight is None:
            weight = self._weights[feature] = rarity(count, len(self._prepared))
        return weight

    def _read_entry(self, entry: FaqEntry) -> list[Any]:
        """What ``_prepared`` makes ready, as JSON takes it: phrasings, features of the answer, all words, years."""
        phrasings = [self._read(text) for text in (entry.question, *entry.phrasings)]
        told = [[each.core, each.sound, sorted(each.features)] for each in phrasings]
        # A year in an answer (a law in force since …) is not what the entry is about.
        years = find_years(fold_text("\n".join((entry.question, *entry.phrasings))))
        return [told, sorted(self._read(entry.answer).features), all_words(entry), sorted(years)]

    def _read(self, text: str) -> _Phrasing:
        folded = fold_text(text)
        return self._phrasing(folded, self._segmenter.words(folded))

    def _phrasing(self, folded: str, words: Sequence[str]) -> _Phrasing:
        heard = syllables(folded)
        features = {
            *terms_of(folded, words, self._segmenter).words,
            *(f"~{pair}" for pair in sound_pairs(heard, words)),
        }
        return _Phrasing(*core_and_sound(folded, heard), features=frozenset(features))


def _prepared(entry: FaqEntry, reading: Sequence[Any]) -> _Prepared:
    """An entry made ready by what ``FaqMatcher`` read of it; equal features are one string, for there are millions."""
    told, answer, folded, years = reading
    phrasings = tuple(_Phrasing(core, sound, frozenset(map(sys.intern, features))) for core, sound, features in told)
    features = dict.fromkeys(map(sys.intern, answer), _ANSWER_SHARE)
    for phrasing in phrasings:
        features.update(dict.fromkeys(phrasing.features, 1.0))
    return _Prepared(entry, phrasings, features, folded, frozenset(years))


def core_and_sound(folded: str, heard: Sequence[str]) -> tuple[str, str]:
    """What a folded question asks without politeness, and how that sounds, a character a syllable.

    Args:
        folded: the question.
        heard: its syllables.
    """
    kept = _without_padding(folded)
    return "".join(folded[position] for position in kept), "".join(_letter_of(heard[position]) for position in kept)


def _without_padding(folded: str) -> list[int]:
    """Positions of the characters that are no politeness, filler or punctuation; all of them where that leaves none."""
    padding = {position for match in _PADDING.finditer(folded) for position in range(*match.span())}
    return [position for position in range(len(folded)) if position not in padding] or list(range(len(folded)))


@lru_cache(maxsize=4096)
def _letter_of(syllable: str) -> str:
    """One character for one syllable, in a private use plane: strings of these compare faster than lists of syllables.

    Two syllables share a character by chance once in 65,000 pairs, which costs a comparison a little nearness.
    """
    return chr(0xF0000 + zlib.crc32(syllable.encode()) % 0xFFFD)


def _wording(asked: _Phrasing, phrasing: _Phrasing) -> float:
    return max(
        fuzz.ratio(asked.core, phrasing.core) / 100,
        _SOUND_SHARE * Indel.normalized_similarity(asked.sound, phrasing.sound),
    )
