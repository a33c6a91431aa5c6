"""A small index in memory over short texts (FAQ entries): candidates by the features they share with a question."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from tantivy import Document, Index, Occur, SchemaBuilder
from tantivy import Query as EngineQuery

_WRITER_HEAP_BYTES = 15_000_000


class PhraseIndex(Protocol):
    """Draws candidates; deciding between them is the caller's."""

    def candidates(self, features: Iterable[str], limit: int) -> list[int]:
        """Positions of the texts that share most with the features, best first."""


class TantivyPhraseIndex:
    """PhraseIndex on tantivy, in memory: FAQ entries are few and the index is made anew whenever they change.

    Args:
        texts: each text's features (no whitespace in them), in the order their positions count.
    """

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        builder = SchemaBuilder()
        builder.add_unsigned_field("position", fast=True)
        builder.add_text_field("features", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = Index(self._schema)
        writer = index.writer(_WRITER_HEAP_BYTES, 1)
        for position, features in enumerate(texts):
            document = Document()
            document.add_unsigned("position", position)
            document.add_text("features", " ".join(features))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def candidates(self, features: Iterable[str], limit: int) -> list[int]:
        """See PhraseIndex."""
        terms = [
            (Occur.Should, EngineQuery.term_query(self._schema, "features", feature, "freq"))
            for feature in dict.fromkeys(features)
        ]
        if not terms:
            return []
        hits = self._searcher.search(EngineQuery.boolean_query(terms), limit=limit, count=False).hits
        positions: list[Any] = self._searcher.fast_field_values("position", [address for _, address in hits])
        return [int(position) for position in positions]
