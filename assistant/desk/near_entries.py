"""FAQ entries that ask nearly the same: by their wording and by their sound, drafts and published ones alike."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from assistant.answers.faq import core_and_sound
from assistant.language import fold_text, syllables
from assistant.store import Store

# From here on a person should look whether it is the same question.
_NEAR_WORDING = 75.0
_NEAR_SOUND = 0.85
_SHOWN = 5
# Of the entry itself its question and so many phrasings are compared.
_COMPARED = 21


@dataclass(frozen=True)
class NearEntry:
    """Another entry that asks nearly the same.

    Attributes:
        id: the entry.
        state: its state.
        question: its question.
        asked: of the two, how this one puts it.
        near: how the other puts it.
        nearness: 0 to 1.
        by_sound: whether they are nearer in sound than in writing.
    """

    id: str
    state: str
    question: str
    asked: str
    near: str
    nearness: float
    by_sound: bool


@dataclass(frozen=True)
class _Phrasing:
    entry_id: str
    state: str
    question: str
    text: str


class NearEntries:
    """Finds entries like one that is being written; safe to use from many threads.

    Args:
        store: where the entries are; what is made of them is made anew when one changes.
    """

    def __init__(self, store: Store) -> None:
        self._faq = store.faq_table
        self._lock = threading.Lock()
        self._made_of: tuple[int, str] | None = None
        self._known: dict[str, tuple[str, str]] = {}
        self._phrasings: list[_Phrasing] = []
        self._cores: list[str] = []
        self._sounds: list[str] = []

    def find(self, question: str, phrasings: Sequence[str], own_id: str = "") -> list[NearEntry]:
        """The entries that ask nearly the same, the nearest first, each once.

        Args:
            question: what is being written.
            phrasings: its other phrasings.
            own_id: the entry itself, which is not its own double; empty for a new one.
        """
        phrased, cores, sounds = self._read()
        best: dict[str, NearEntry] = {}
        for asked in filter(None, (question, *phrasings)[:_COMPARED]):
            core, sound = _core_and_sound(asked)
            hits = [
                (place, score / 100, False)
                for _, score, place in process.extract(
                    core, cores, scorer=fuzz.ratio, processor=None, score_cutoff=_NEAR_WORDING, limit=_SHOWN * 4
                )
            ]
            hits += [
                (place, score, True)
                for _, score, place in process.extract(
                    sound,
                    sounds,
                    scorer=Indel.normalized_similarity,
                    processor=None,
                    score_cutoff=_NEAR_SOUND,
                    limit=_SHOWN * 4,
                )
            ]
            for place, nearness, by_sound in hits:
                other = phrased[place]
                known = best.get(other.entry_id)
                if other.entry_id != own_id and (known is None or known.nearness < nearness):
                    best[other.entry_id] = NearEntry(
                        other.entry_id,
                        other.state,
                        other.question,
                        asked,
                        other.text,
                        round(nearness, 3),
                        by_sound,
                    )
        return sorted(best.values(), key=lambda each: (-each.nearness, each.id))[:_SHOWN]

    def _read(self) -> tuple[list[_Phrasing], list[str], list[str]]:
        with self._lock:
            newest = self._faq.newest_change()
            if newest != self._made_of:
                phrasings = [
                    _Phrasing(each.id, each.state, each.question, text)
                    for each in self._faq.asked()
                    for text in (each.question, *each.phrasings)
                ]
                known = {each.text: self._known.get(each.text) or _core_and_sound(each.text) for each in phrasings}
                self._known, self._phrasings, self._made_of = known, phrasings, newest
                self._cores = [known[each.text][0] for each in phrasings]
                self._sounds = [known[each.text][1] for each in phrasings]
            return self._phrasings, self._cores, self._sounds


def _core_and_sound(text: str) -> tuple[str, str]:
    folded = fold_text(text)
    return core_and_sound(folded, syllables(folded))
