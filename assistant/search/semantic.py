"""The optional semantic layer's door: passages that mean what a question means, whatever their words.

Off by default and never needed: whoever ranks passages asks it for nearness, and an empty answer (no layer, no vectors
yet, the endpoint fails) leaves the ranking as it is without.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Makes vectors of length 1; those of one name fit each other.

    Attributes:
        name: the model. Vectors kept under another name are made again.
        at_once: how many passages it takes in one call.
    """

    name: str
    at_once: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a passage.

        Raises:
            Busy: it does not work now; the message says why.
        """

    def question(self, text: str) -> Vectors:
        """One row. Raises as ``passages``."""


class SemanticLayer(Protocol):
    """How near passages are to a question."""

    def nearest(self, question: str, ids: Sequence[int], others: int) -> dict[int, float]:
        """Cosine similarities of these passages, of those that have vectors, and of so many nearest others."""


def unit_rows(rows: npt.NDArray[np.float64] | Vectors) -> Vectors:
    """The rows at length 1; rows of nothing stay nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
