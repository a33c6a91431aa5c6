"""An FAQ question in everyday words: recognised by what it is about, where no wording is near.

Citizens tell a story around what they ask (老伴的身份证下个月就到期了，换新的得多少钱). So whom it concerns and when is
left out, everyday words are put as the FAQ puts them (corpus/everyday.txt, corpus/synonyms.txt), and an entry is judged
by a few signs, of which a logistic regression makes a probability. Its weights are those that ``anan bench everyday``
prints; docs/confidence.md says what they were learned from, and how well they do.

A question costs some 40 µs: no segmentation, and entries are found by the features they hold.
"""

import itertools
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from assistant.answers.entry_readings import EntryReader, all_words, changed_places, entries_ready
from assistant.answers.everyday_words import MARK, Everyday
from assistant.answers.names import missing_names
from assistant.answers.scope import body_aliases
from assistant.language import fold_text
from assistant.search.kept_readings import KeptReadings
from assistant.search.phrase_index import changed_holders
from assistant.search.rarity import rarity
from assistant.store import FaqEntry

# Which body is meant says little of what is asked: reports are asked about by their bodies too.
_BODY_SHARE = 0.4
# Entries that are told of; what lies further back is never the answer.
_CANDIDATES = 6
# What more entries share points to none of them, and counts only in the question's weight: bounds the work where there
# are thousands of entries.
_SHARED_BY_MOST = 100
# What only the answer says counts half: phrasings say what an entry is about.
_ANSWER_SHARE = 0.5
# A core of words rarer than this counts whole; what many entries share is the core of none of them.
_CORE_RARITY = 3.0
# An entry that lacks so much of what is asked, in words of known groups, is of something else: at most offered.
_LACKS = 0.2
# So is one of whose core the question names less than half: 公司注销 names only the verb of an entry on 注销户口.
_NAMED = 0.5
_LACKING = 0.1
# What stands in no entry is story more often than another matter.
_STORY_SHARE = 0.5
# Under which readings are kept.
_KIND = "everyday"
# Learned as the module says, in the order of ``NearSigns``.
_WEIGHTS = (3.4, -4.6, 2.9, 1.5)
_BIAS = -4.2


@dataclass(frozen=True)
class NearSigns:
    """What an entry is judged by.

    Attributes:
        cover: share of the question's weight that the entry holds.
        missed: share of the question's weight in words of known groups that the entry does not hold: of 护照丢了 the
            second half, where the entry is about applying for a passport.
        core: share of the weight of what the entry's phrasings repeat that the question holds.
        lead: how much both together are ahead of the next entry's; for any but the nearest how much behind it.
    """

    cover: float
    missed: float
    core: float
    lead: float


@dataclass(frozen=True)
class EverydayMatch:
    """An entry, with what speaks for it.

    Attributes:
        entry: the entry.
        signs: what it is judged by.
        tells_trouble: whether it says something of the trouble that the question asks a way out of; an entry on 上牌
            does not where 电动车被偷了怎么办 is asked.
    """

    entry: FaqEntry
    signs: NearSigns
    tells_trouble: bool = True

    @property
    def is_of_another(self) -> bool:
        """Whether the question is about something else: it hardly names what the entry is about, or names more."""
        return not self.tells_trouble or self.signs.missed >= _LACKS or self.signs.core < _NAMED

    @property
    def likelihood(self) -> float:
        """The probability that the entry is what was asked, by its signs alone."""
        score = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, astuple(self.signs), strict=True))
        return 1 / (1 + math.exp(-score))

    @property
    def sureness(self) -> float:
        """The probability that the entry is what was asked; little where the question is about something else."""
        return min(self.likelihood, _LACKING) if self.is_of_another else self.likelihood


@dataclass(frozen=True)
class _Read:
    """What an entry is about: its features with how often its phrasings say them, those of its answer and its body."""

    entry: FaqEntry
    folded: str
    times: Counter[str]
    held: dict[str, float]
    first: frozenset[str]
    body: frozenset[str]


class EverydayMatcher:
    """All published entries, ready to be asked in everyday words.

    Args:
        entries: the entries.
        everyday: puts everyday words as the FAQ puts them.
        last: a matcher with the same everyday words: what it has read of the same entries is not read again.
        kept: what was read at an earlier start.
    """

    def __init__(
        self,
        entries: Sequence[FaqEntry],
        everyday: Everyday,
        last: "EverydayMatcher | None" = None,
        kept: KeptReadings | None = None,
    ) -> None:
        self._everyday = everyday
        reader = EntryReader(_KIND, everyday.version, self._read_entry, kept)
        self._read: list[_Read] = entries_ready(entries, [] if last is None else last._read, reader, _made)
        self._of_bodies: frozenset[str] = frozenset().union(*{each.body for each in self._read})
        # How many entries hold a feature in a phrasing, and by feature the places of those that hold it anywhere.
        self._counts: Counter[str]
        self._holders: dict[str, list[int]]
        changed = None if last is None else changed_places(last._read, self._read)
        if last is not None and changed is not None:
            self._take_over(last, changed)
        else:
            self._counts, self._holders = Counter(), {}
            for place, each in enumerate(self._read):
                self._counts.update(each.times.keys())
                for feature in each.held:
                    self._holders.setdefault(feature, []).append(place)
        self._cores: dict[int, dict[str, float]] = {}

    def _take_over(self, last: "EverydayMatcher", changed: Sequence[int]) -> None:
        """Counts and holders as they were, but for the places that changed."""
        gone = {place: last._read[place] for place in changed if place < len(last._read)}
        come = {place: self._read[place] for place in changed}
        self._counts = last._counts.copy()
        for read in gone.values():
            self._counts.subtract(read.times.keys())
        for read in come.values():
            self._counts.update(read.times.keys())
        before, after = ({place: read.held for place, read in reads.items()} for reads in (gone, come))
        self._holders = last._holders | changed_holders(last._holders, before, after)

    def nearest(self, folded: str, names: Sequence[str] = ()) -> list[EverydayMatch]:
        """The nearest entries that hold every name, nearest first.

        Args:
            folded: the folded question.
            names: the places and bodies it names.
        """
        weights = {feature: self._weigh(feature) for feature in self._everyday.features(folded)}
        total = sum(weights.values()) or 1.0
        grouped = sum(weight for feature, weight in weights.items() if feature[0] == MARK)
        trouble = self._everyday.trouble(folded)
        covers, held_groups, cores = self._shared(weights)
        best = sorted(covers, key=lambda place: -(covers[place] / total + cores.get(place, 0.0)))
        fitting = (place for place in best if not missing_names(names, self._read[place].folded))
        judged = list(itertools.islice(fitting, _CANDIDATES))
        sums = [covers[place] / total + cores.get(place, 0.0) for place in judged[:2]] + [0.0, 0.0]
        matches: list[EverydayMatch] = []
        for place in judged:
            cover, core = covers[place] / total, cores.get(place, 0.0)
            missed = (grouped - held_groups.get(place, 0.0)) / total
            lead = cover + core - sums[0 if matches else 1]
            read, signs = self._read[place], NearSigns(cover, missed, core, lead)
            matches.append(
                EverydayMatch(read.entry, signs, not trouble or any(feature in read.held for feature in trouble))
            )
        return matches

    def _shared(self, weights: dict[str, float]) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
        """By the place of an entry: what it holds of the question, and of its groups; its core that the question holds.

        This is where the time goes, so nothing is done here that need not be done for each entry that holds a feature.
        """
        covers: dict[int, float] = {}
        groups: dict[int, float] = {}
        cores: dict[int, float] = {}
        for feature, weight in weights.items():
            holders = self._holders.get(feature, ())
            if len(holders) > _SHARED_BY_MOST:
                continue
            of_group = feature[0] == MARK
            for place in holders:
                much = weight * self._read[place].held[feature]
                covers[place] = covers.get(place, 0.0) + much
                if of_group:
                    groups[place] = groups.get(place, 0.0) + much
                share = self._core(place).get(feature)
                if share is not None:
                    cores[place] = cores.get(place, 0.0) + share
        return covers, groups, cores

    def _core(self, place: int) -> dict[str, float]:
        """What an entry's phrasings repeat, each with its share of the weight; worked out when first met."""
        shares = self._cores.get(place)
        if shares is None:
            read = self._read[place]
            core = {feature: count * self._rarity(feature) for feature, count in read.times.items() if count > 1}
            core = core or {feature: self._rarity(feature) for feature in read.first}
            # Many an entry tells when, where and how much: asking that names none of them.
            core = {feature: much for feature, much in core.items() if feature not in self._everyday.asking} or core
            counted = [feature for feature in core if feature not in self._of_bodies] or list(core)
            rarity = sum(core[feature] for feature in counted) / (sum(read.times[feature] for feature in counted) or 1)
            total = (sum(core.values()) or 1.0) * max(1.0, _CORE_RARITY / (rarity or 1.0))
            shares = self._cores[place] = {feature: weight / total for feature, weight in core.items()}
        return shares

    def _weigh(self, feature: str) -> float:
        """How much a feature of a question weighs."""
        told = feature[0] != MARK and not self._counts.get(feature)
        return self._rarity(feature) * (_STORY_SHARE if told else 1.0)

    def _rarity(self, feature: str) -> float:
        """Inverse document frequency over the entries' phrasings."""
        count = self._counts.get(feature, 0)
        weight = rarity(count, len(self._read))
        return weight * _BODY_SHARE if feature in self._of_bodies else weight

    def _features(self, text: str) -> list[str]:
        return sorted(self._everyday.features(fold_text(text)))

    def _read_entry(self, entry: FaqEntry) -> list[Any]:
        """What ``_made`` makes ready, as JSON takes it: features by phrasing, of the answer, of the body; all words."""
        phrasings = [self._features(text) for text in (entry.question, *entry.phrasings)]
        aliases = body_aliases(entry.publisher) if entry.publisher else ()
        body = sorted({feature for alias in aliases for feature in self._features(alias)})
        return [phrasings, self._features(entry.answer), body, all_words(entry)]


def _made(entry: FaqEntry, reading: Sequence[Any]) -> _Read:
    """An entry made ready by what ``EverydayMatcher`` read of it; equal features are one string."""
    told, answer, body, folded = reading
    phrasings = [list(map(sys.intern, each)) for each in told]
    times = Counter(feature for each in phrasings for feature in each)
    held = {**dict.fromkeys(map(sys.intern, answer), _ANSWER_SHARE), **dict.fromkeys(times, 1.0)}
    return _Read(entry, folded, times, held, frozenset(phrasings[0]), frozenset(map(sys.intern, body)))
