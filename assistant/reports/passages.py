"""Passages: whole sentences of one section, packed to about 120 to 250 characters."""

from collections.abc import Iterator

from assistant.language import sentences
from assistant.reports.model import Passage, Section
from assistant.reports.outline import Heading

ENOUGH = 120  # characters; a passage that has them takes no further sentence
MOST = 250  # characters; no sentence is added beyond
LONGEST_SENTENCE = 500  # characters; a longer one is cut at semicolons and commas, for it would fill a whole screen

Span = tuple[int, int]


def passages(text: str, headings: list[Heading], sections: tuple[Section, ...]) -> tuple[Passage, ...]:
    """The passages of a tidy text; ``sections`` and ``headings`` as ``outline`` gives and takes them.

    Every sentence below a heading stands in exactly one passage. A heading is a passage only where nothing stands in
    its section beside it.
    """
    spans: list[tuple[int, Span]] = []
    before = len(sections) - len(headings)  # 1 when there is text before the first heading
    starts = [heading.start for heading in headings] + [len(text)]
    if before:
        spans += [(0, span) for span in _packed(text, 0, starts[0])]
    for index, heading in enumerate(headings):
        section = index + before
        own = list(_packed(text, heading.end, starts[index + 1]))
        alone = not own and sections[section].end == heading.end
        spans += [(section, span) for span in (own or ([(heading.start, heading.end)] if alone else []))]
    return tuple(
        Passage(text[start:end], start, end, section, f"p{number}")
        for number, (section, (start, end)) in enumerate(spans, 1)
    )


def _packed(text: str, begin: int, end: int) -> list[Span]:
    """The sentences of ``text[begin:end]`` in passages; a short last one joins the one before if there is room."""
    packed: list[Span] = []
    for start, stop in _pieces(text, begin, end):
        if packed and packed[-1][1] - packed[-1][0] < ENOUGH and stop - packed[-1][0] <= MOST:
            packed[-1] = (packed[-1][0], stop)
        else:
            packed.append((start, stop))
    if len(packed) > 1 and packed[-1][1] - packed[-1][0] < ENOUGH and packed[-1][1] - packed[-2][0] <= MOST:
        packed[-2:] = [(packed[-2][0], packed[-1][1])]
    return packed


def _pieces(text: str, begin: int, end: int) -> Iterator[Span]:
    """The sentences, those beyond ``LONGEST_SENTENCE`` in pieces."""
    for start, stop in sentences(text[begin:end]):
        start, stop = start + begin, stop + begin
        while stop - start > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, start + 1, start + MOST) for mark in "；;")
            if cut < 0:
                cut = max(text.rfind(mark, start + 1, start + MOST) for mark in "，,、 ")
            cut = cut + 1 if cut > 0 else start + MOST
            yield start, start + len(text[start:cut].rstrip())
            start = cut + (text[cut] == " ")  # a tidy text has no two spaces on end
        yield start, stop
