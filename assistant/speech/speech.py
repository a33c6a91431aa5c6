"""Speech: published text in, utterances with keys out; a key in, audio out."""

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import BadInput, Busy, NotFound
from assistant.speech.cache import TEXTS_LIMIT, Registered, SpeechCache
from assistant.speech.pieces import Piece, first_clause_apart, pieces
from assistant.speech.sound import Audio, formats, in_form, to_audio
from assistant.speech.voice import Voice, VoiceFailed
from assistant.speech.voices import CARDS, VoiceCard, open_voices

_LOGGER = logging.getLogger(__name__)

# For the eight threads that the site has unless set otherwise.
QUEUE_LIMIT = 6
# How long a request waits: one hang of ten seconds, a new start and the second try fit in.
_PATIENCE_SECONDS = 25.0
# Reports are listened to again and again, and to cut one of 5,000 characters into what is said takes 40 ms: so many are
# kept cut, of such a length; together they take 20 MB at most.
_REPORTS_CUT = 32
_REPORT = 1_000
_LONGEST_CUT = 50_000


@dataclass(frozen=True)
class Utterance:
    """A piece of published text that is said in one go.

    Attributes:
        key: the address of its audio; does not reveal the text and cannot be made up for another.
        text: the piece as published.
        start: where it begins in the text given.
        end: where it ends there.
        kept: whether its audio is at hand: to fetch it costs nobody anything.
    """

    key: str
    text: str
    start: int
    end: int
    kept: bool


class Speech:
    """Reads published text aloud. Only what was given to :meth:`utterances` can be had as audio.

    Args:
        folder: everything written stays there.
        voice: ``auto`` or the name of a voice, or a voice, which is closed with this.
        cache_mb: how much audio is kept.
        queue_limit: how many requests may wait for the voice at once, the one that it serves included. Each holds one
            of the site's threads, and some must stay free for questions when the voice hangs: choose two fewer than
            there are threads, and at least 1.
        pronunciation: the file of how words are said, as staff keep it.
        texts_limit: how many pieces of text stay registered; the longest unused go first.

    Attributes:
        words: how a text falls into words, for the first clause of one without a mark; None: cut at marks alone.

    Raises:
        SettingsError: there is no voice of that name.
    """

    def __init__(
        self,
        folder: Path,
        voice: str | Voice = "auto",
        cache_mb: float = 512,
        *,
        pronunciation: Path | None = None,
        queue_limit: int = QUEUE_LIMIT,
        texts_limit: int = TEXTS_LIMIT,
    ) -> None:
        voices = open_voices(voice, folder, pronunciation) if isinstance(voice, str) else [voice]
        self.voice = voices[0]
        self._voices = {each.name: each for each in voices}
        self._limit = int(cache_mb * 1_000_000)
        self._cache = SpeechCache(folder / "speech.sqlite3", self.voice.rendering, self._limit, texts_limit)
        self._queue_limit = queue_limit
        self._lock = threading.Lock()
        self._waiting = 0
        self._making: dict[str, Future[Audio]] = {}
        self.words: Callable[[str], Sequence[str]] | None = None

    def utterances(self, text: str) -> list[Utterance]:
        """Registers published text and says in which pieces it is read: a sentence each, long ones in several; see
        :func:`assistant.speech.pieces.pieces`.

        What has nothing to say (a line of marks) gives no utterance.
        """
        said = [piece for piece in self._pieces(text) if piece.spoken]
        keys = [_key(self.voice, piece.spoken) for piece in said]
        words = [text[piece.start : piece.end] for piece in said]
        try:
            kept = self._cache.register(
                (key, each, piece.spoken) for key, each, piece in zip(keys, words, said, strict=True)
            )
        except sqlite3.Error as error:  # a full disk or a broken cache must not cost the citizen the answer itself
            _LOGGER.warning("read-aloud is off for a text, it could not be registered: %s", _reason(error))
            return []
        return [
            Utterance(key, each, piece.start, piece.end, key in kept)
            for key, each, piece in zip(keys, words, said, strict=True)
        ]

    def voices(self) -> list[VoiceCard]:
        """The voices that may be chosen here, the one that speaks unless told otherwise first."""
        known = {card.name: card for card in CARDS}
        return [known.get(name, VoiceCard(name, name, "unknown", False)) for name in self._voices]

    def audio(self, key: str, voice: str | None = None, form: str = "mp3") -> Audio:
        """The audio of an utterance, made now unless it is kept from before.

        Args:
            key: of the utterance.
            voice: the name of one of ``voices``; None for the first.
            form: one of ``formats()``.

        Raises:
            BadInput: there is no such voice or form.
            NotFound: no utterance of that key is registered.
            Busy: too many wait for the voice, or it did not answer in time, or it or the cache failed.
        """
        chosen = self._chosen(voice)
        if form not in formats():
            raise BadInput(f"没有这种声音格式；可以用 {'、'.join(formats())}", code="no_such_format")
        audio = self._said(key, chosen)
        try:
            return in_form(audio, form)
        except ValueError as error:
            raise VoiceFailed("播报的声音出了问题，请稍后再试") from error

    def _chosen(self, voice: str | None) -> Voice:
        if voice is not None and voice not in self._voices:
            raise BadInput(f"没有这个声音；可以用 {'、'.join(self._voices)}", code="no_such_voice")
        return self.voice if voice is None else self._voices[voice]

    def _said(self, key: str, chosen: Voice) -> Audio:
        registered = self._registered(key)
        if chosen is self.voice:
            return registered.audio or self._queued(key, chosen)
        # The same words in another voice are other audio: they are registered under a key of their own.
        own = _key(chosen, registered.spoken)
        try:
            if self._cache.find(own, chosen.rendering) is None:
                self._cache.register([(own, "", registered.spoken)], chosen.rendering)
        except sqlite3.Error as error:
            raise _unusable(error) from error
        return self._registered(own, chosen).audio or self._queued(own, chosen)

    def _pieces(self, text: str) -> Iterator[Piece]:
        """What is said in one go; with a slow voice the first clause first, so that it is heard at once."""
        found = iter(_cut(text, self.voice.longest))
        first = next(found, None)
        if first is None:
            return
        # A sentence that is at hand whole, for it stands in a report, is heard at once as it is.
        if not self.voice.is_slow or self.is_kept(_key(self.voice, first.spoken)):
            yield first
        else:
            yield from first_clause_apart(text, first, self.words)
        yield from found

    @property
    def waiting(self) -> int:
        """How many requests wait for the voice now, the one that it serves included."""
        return self._waiting

    def is_kept(self, key: str, voice: str | None = None) -> bool:
        """Whether the utterance's audio is at hand; asking counts as use.

        Args:
            key: of the utterance.
            voice: as in ``audio``.

        Raises:
            BadInput: there is no such voice.
        """
        chosen = self._chosen(voice)
        try:
            registered = self._cache.find(key)
            if registered is not None and chosen is not self.voice:
                registered = self._cache.find(_key(chosen, registered.spoken), chosen.rendering)
        except sqlite3.Error:
            return False
        return registered is not None and registered.audio is not None

    def fullness(self) -> float:
        """How full the cache is, as a share of what it may hold; full where it cannot be used."""
        try:
            return self._cache.sizes()[1] / self._limit
        except sqlite3.Error:
            return 1.0

    def warm_up(self) -> None:
        """Starts the voice, so that the first sentence comes without delay.

        Raises:
            Busy: it cannot speak; the message says why.
        """
        self.voice.warm_up()

    def status(self) -> dict[str, Any]:
        """How it is doing, for health and doctor; never waits for the voice."""
        state = self.voice.state()
        error = state.error
        try:
            texts, size = self._cache.sizes()
        except sqlite3.Error as failure:
            texts, size, error = 0, 0, f"the speech cache cannot be used: {_reason(failure)}"
        return {
            "voice": self.voice.name,
            "language": self.voice.language,
            "ready": state.ready,
            "queue": self._waiting,
            "queue_limit": self._queue_limit,
            "restarts": state.restarts,
            "error": error,
            "stand_in": state.stand_in,
            "texts": texts,
            "cached_mb": round(size / 1_000_000, 1),
        }

    def close(self) -> None:
        """Ends the voice and closes the cache. May be called again."""
        for voice in self._voices.values():
            voice.close()
        self._cache.close()

    def _registered(self, key: str, voice: Voice | None = None) -> Registered:
        try:
            registered = self._cache.find(key, voice.rendering if voice else None)
        except sqlite3.Error as error:
            raise _unusable(error) from error
        if registered is None:
            raise NotFound("没有这段播报；请刷新页面后再试")
        return registered

    def _queued(self, key: str, voice: Voice) -> Audio:
        with self._lock:
            if self._waiting >= self._queue_limit:
                raise Busy("播报的人较多，请稍后再试")
            self._waiting += 1
        try:
            return self._made_once(key, voice)
        finally:
            with self._lock:
                self._waiting -= 1

    def _made_once(self, key: str, voice: Voice) -> Audio:
        """Of several requests for one key the first makes the audio and the others wait for it."""
        with self._lock:
            future = self._making.get(key)
            mine = future is None
            if future is None:
                future = self._making[key] = Future()
        if not mine:
            try:
                return future.result(_PATIENCE_SECONDS)
            except FutureTimeout:
                raise Busy("播报的人较多，请稍后再试") from None
        try:
            registered = self._registered(key, voice)  # once more: another may have finished just before
            audio = registered.audio or self._make(key, registered.spoken, voice)
            future.set_result(audio)
            return audio
        except BaseException as error:
            future.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._making[key]

    def _make(self, key: str, spoken: str, voice: Voice) -> Audio:
        recording = voice.synthesize(spoken, _PATIENCE_SECONDS)
        try:
            audio = to_audio(recording.sound)
        except ValueError as error:
            raise VoiceFailed("播报的声音出了问题，请稍后再试") from error
        if recording.rendering != voice.rendering:
            return audio  # another voice stood in; the next listener may hear the right one
        try:
            self._cache.keep(key, audio)
        except sqlite3.Error as error:
            _LOGGER.warning("audio was made and could not be kept: %s", _reason(error))
        return audio


def _cut(text: str, longest: int) -> Iterable[Piece]:
    return _cut_report(text, longest) if _REPORT <= len(text) <= _LONGEST_CUT else pieces(text, longest)


@lru_cache(_REPORTS_CUT)
def _cut_report(text: str, longest: int) -> tuple[Piece, ...]:
    return tuple(pieces(text, longest))


def _key(voice: Voice, spoken: str) -> str:
    return hashlib.sha256(f"{voice.rendering}\n{spoken}".encode()).hexdigest()[:32]


def _unusable(error: sqlite3.Error) -> Busy:
    _LOGGER.warning("the speech cache could not be used for reading aloud: %s", _reason(error))
    return Busy("播报暂时用不了，请稍后再试")


def _reason(error: sqlite3.Error) -> str:
    """What kind of error it is; SQLite's own message may quote the text."""
    return str(getattr(error, "sqlite_errorname", None) or type(error).__name__)  # the name from Python 3.11 on
