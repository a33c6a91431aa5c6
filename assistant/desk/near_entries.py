"""FAQ entries that ask nearly the same: by their wording and by their sound, drafts and published ones alike."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from assistant.answers.faq import core_and_sound
from assistant.language import fold_text, syllables
from assistant.store import Store
from assistant.store.faq_records import FaqAsked

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
    core: str
    sound: str


class NearEntries:
    """Finds entries like one that is being written; safe to use from many threads.

    Args:
        store: where the entries are; of those that changed since the last look, what is made of them is made anew.
    """

    def __init__(self, store: Store) -> None:
        self._faq = store.faq_table
        self._lock = threading.Lock()
        self._made_of: tuple[int, str] | None = None
        self._newest: datetime | None = None
        self._by_entry: dict[str, list[_Phrasing]] = {}
        self._phrasings: list[_Phrasing] = []
        self._cores: list[str] = []
        self._sounds: list[str] = []

    def make_ready(self) -> None:
        """Read now what the first look would wait for: some seconds where there are ten thousand entries."""
        self._read()

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
                self._take_in(self._faq.asked(self._newest))
                if len(self._by_entry) != newest[0]:  # some are gone
                    self._by_entry.clear()
                    self._take_in(self._faq.asked())
                self._made_of = newest
                self._phrasings = [each for some in self._by_entry.values() for each in some]
                self._cores = [each.core for each in self._phrasings]
                self._sounds = [each.sound for each in self._phrasings]
            return self._phrasings, self._cores, self._sounds

    def _take_in(self, entries: Sequence[FaqAsked]) -> None:
        """The phrasings of these entries as they stand now; an archived one is like none."""
        for each in entries:
            texts = () if each.state == "archived" else (each.question, *each.phrasings)
            known = {kept.text: (kept.core, kept.sound) for kept in self._by_entry.get(each.id, ())}
            self._by_entry[each.id] = [
                _Phrasing(each.id, each.state, each.question, text, *(known.get(text) or _core_and_sound(text)))
                for text in texts
            ]
            self._newest = each.changed if self._newest is None else max(self._newest, each.changed)


def _core_and_sound(text: str) -> tuple[str, str]:
    folded = fold_text(text)
    return core_and_sound(folded, syllables(folded))
