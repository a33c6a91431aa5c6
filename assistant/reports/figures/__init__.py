"""Figures: every number of a report with its meaning and its place, from sentences and from table cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.reports.figures.cells import cell_figures
from assistant.reports.figures.plain import masked, plain
from assistant.reports.figures.prose import prose_figures
from assistant.reports.model import Figure, Span, Table

__all__ = ["find_figures"]

MAX_FIGURES = 20_000  # from sentences; the longest real report has some hundred, and each takes its place in the store


def find_figures(text: str, tables: Sequence[Table], publisher: str, year: int | None) -> tuple[Figure, ...]:
    """The figures of a report in the order of its text.

    Args:
        text: the report's text, tidy.
        tables: its tables; what stands in their sentences is read from their cells.
        publisher: the body that answers for it: whose the figures are where the text names nobody.
        year: the year it is about: the figures' year where the text names none.
    """
    readable = plain(text)
    found = prose_figures(readable, masked(readable), _prose_lines(text, tables), publisher, year)
    told = [_as_printed(figure, text, readable) for figure in islice(found, MAX_FIGURES)]
    return tuple(sorted([*told, *cell_figures(text, tables, publisher, year)], key=lambda figure: figure.span))


def _as_printed(figure: Figure, text: str, readable: str) -> Figure:
    """``figure`` in the characters of ``text``, where it was found in the plain ones."""
    span = figure.indicator_span
    whole = span is not None and readable[slice(*span)] == figure.indicator
    indicator = text[slice(*span)] if span and whole else figure.indicator
    return replace(figure, text=text[slice(*figure.span)], indicator=indicator)


def _prose_lines(text: str, tables: Sequence[Table]) -> Iterator[Span]:
    """The lines that belong to no table."""
    places = iter([*sorted((table.start, table.end) for table in tables), (len(text) + 1, len(text) + 1)])
    table = next(places)
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        while table[1] <= start:
            table = next(places)
        if end <= table[0]:
            yield start, end
        start = end + 1
