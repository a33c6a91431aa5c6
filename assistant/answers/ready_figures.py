"""Figures of a report made ready to be matched with questions: their texts folded, what they count told once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.counting import flows, is_change, is_former
from assistant.answers.everyday import Stands, stands
from assistant.answers.model import Span
from assistant.answers.names import is_body
from assistant.answers.things import is_part_of_length
from assistant.language import fold_text
from assistant.reports.model import Figure
from assistant.store import StoredPassage, StoredReport

# Reports kept ready: a report has some hundred figures, a megabyte at most.
KEPT_REPORTS = 64
_TOTALS = ("总计", "合计")
# 收到政府信息公开申请 holds the words of 公开了多少信息, and counts something else.
_OWN_TOPIC = re.compile(r"申请|复议|诉讼")
# So does 辟谣通报阅读量 of 辟谣几次.
_AUDIENCE = re.compile(r"(?:阅读|播放|点击|访问|浏览|观看|收看|收听|转发|点赞)(?:量|数|次数|人次|总量)")
# What was left over from another year is what nobody means who does not say so.
_CARRIED = re.compile(r"结转")
# What all of a place's or a body's parts count is not its own number, and not the whole.
OF_PARTS = re.compile(r"各(?!级)|部门|单位|县区")
# A sentence that goes on from the one before it: 其中…, or after a semicolon.
_GOES_ON = re.compile(r"^\s*(?:其中|其余|其他|其它|这[些其]|以上|上述|分别|该|对)")
_LINKED = ("；", ";")
_LINKS = 2


@dataclass(frozen=True)
class Ready:
    """A figure made ready to be matched, its texts folded.

    ``name`` is what is counted and whose, ``led`` adds the words before the number in its sentence, ``held`` what the
    sentence goes on from and the headings. ``printed`` is of the name what stands beside the number, ``told`` all the
    words before the number with what they go on from.
    """

    figure: Figure
    name: str
    lead: str
    led: str
    held: str
    printed: str
    told: str
    own_topic: bool
    is_carried: bool
    of_audience: bool
    is_part: bool
    of_another: bool
    flow: tuple[str, ...]
    pairs: frozenset[str]
    stands: Stands
    is_change: bool
    is_former: bool
    is_total: bool


@lru_cache(maxsize=KEPT_REPORTS)
def _folded_head(names: tuple[str, ...]) -> str:
    return fold_text("\n".join(names))


def made_ready(report: StoredReport, figure: Figure, spans: Sequence[Span]) -> Ready:
    """The figure made ready.

    Args:
        report: whose it is.
        figure: the figure.
        spans: the report's sentences.
    """
    place = bisect_right(spans, (figure.span[0], len(report.text)))
    sentence = spans[place - 1] if place else figure.span
    end = figure.indicator_span[1] if figure.indicator_span else figure.span[1]
    # A cell's names say it all; its row's text holds the other cells.
    lead = "" if figure.table is not None else fold_text(report.text[sentence[0] : max(end, figure.span[1])])
    before = "" if figure.table is not None else _before(report.text, spans, place - 1)
    passage = passage_of(report, figure.span)
    path = passage.section_path if passage else ()
    head = _folded_head((report.summary.publisher, report.summary.title, *path))
    indicator = fold_text(figure.indicator)
    name = fold_text(f"{figure.subject} {figure.indicator}")
    return Ready(
        figure=figure,
        name=name,
        lead=lead,
        led=f"{name}\n{lead}",
        held=f"{name}\n{lead}\n{before}\n{head}",
        printed=f"{fold_text(figure.subject)} {_printed(report.text, figure)}",
        told=f"{name}\n{before}\n{lead}",
        own_topic=_OWN_TOPIC.search(name) is not None,
        is_carried=_CARRIED.search(name) is not None,
        of_audience=_AUDIENCE.search(name) is not None,
        flow=flows(indicator),
        is_part=is_part_of_length(report.text, figure.span),
        of_another=_is_another(fold_text(figure.subject), fold_text(report.summary.publisher)),
        pairs=frozenset(indicator[index : index + 2] for index in range(len(indicator) - 1)),
        stands=stands(name),
        is_change=is_change(figure),
        is_former=is_former(report.text, figure.span),
        is_total=any(indicator.endswith(total) for total in _TOTALS),
    )


def _printed(text: str, figure: Figure) -> str:
    """What is counted as it is printed beside the number, folded; a cell's names, which stand at its row and column."""
    if figure.table is not None or figure.indicator_span is None:
        return fold_text(figure.indicator)
    return fold_text(text[slice(*figure.indicator_span)])


def _before(text: str, spans: Sequence[Span], place: int) -> str:
    """What the sentence goes on from, folded; empty where it begins anew."""
    first = place
    while first > max(0, place - _LINKS) and _goes_on(text, spans[first - 1], spans[first]):
        first -= 1
    return fold_text(text[spans[first][0] : spans[place][0]]) if 0 <= first < place else ""


def _goes_on(text: str, last: Span, own: Span) -> bool:
    said = text[slice(*last)].rstrip()
    return "\n" not in text[last[0] : own[0]].strip() and (
        said.endswith(_LINKED) or _GOES_ON.match(text[slice(*own)]) is not None
    )


def _is_another(subject: str, publisher: str) -> bool:
    """Whether the number is another body's than the report's own, or that of all its parts."""
    return subject not in publisher and (is_body(subject) or OF_PARTS.search(subject) is not None)


def passage_of(report: StoredReport, span: Span) -> StoredPassage | None:
    """The passage that a span of the report stands in."""
    return next((each for each in report.passages if each.start <= span[0] and span[1] <= each.end), None)
