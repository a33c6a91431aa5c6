"""Where on a page the report stands: the box with the prose, then the lines in it that are the report's own.

Chosen by what text looks like (sentences, numbered headings, rows of figures; few links), never by a site's names.
"""

from dataclasses import dataclass
from itertools import accumulate

from assistant.errors import Unreadable
from assistant.reports.about import publisher_of, year_of
from assistant.reports.fields import SUMMARY, TITLE, WANTED, first_value, is_label, read_fields, squeeze
from assistant.reports.furniture import ends_report, is_furniture
from assistant.reports.outline import HEADING_NUMBER
from assistant.reports.page import Box, Line, Page

_PROSE = 20  # characters; a shorter line with a comma may be a caption or a slogan
_OWN_BOX = 0.85  # a box with this share of its parent's prose holds the report; the rest beside it is furniture
_STRAY_PROSE = 50  # characters; so long a sentence beside the box is an introduction or an ending of the report
_APART_AT_MOST = 0.3  # a navigation-like box with more of the page's prose than this is misnamed
_PARAGRAPHS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "pre"}
_TITLE_BOXES = {"h1", "h2", "h3"}
_SHORTEST_TITLE = 6  # characters
_TITLE_LINES = 3  # lines; a centred title has no more
_REPORT_WORDS = ("报告", "年报", "公报", "通报")


@dataclass(frozen=True)
class Content:
    """A report's own words on a page.

    Attributes:
        title: as printed; empty when none was found.
        lines: the paragraphs and rows of the main content.
        fields: the page's own lines about the report, label and value.
    """

    title: str
    lines: list[Line]
    fields: list[tuple[str, str]]


def find_content(page: Page) -> Content:
    """The report on ``page``.

    Raises:
        Unreadable: no line on the page is the report's.
    """
    lines = page.lines
    weights = _weights(page)
    chosen = _chosen_lines(page, weights)
    if not chosen:
        raise Unreadable("没有找到可读的正文", code="no_text")
    first, last = _extent(lines, chosen, weights)
    fields, used = _page_fields(lines, first, last)
    title, title_lines = _title(page, first, fields, used)
    used |= title_lines
    start = max((index + 1 for index in used if index < first), default=chosen[0])
    kept: list[Line] = []
    for index in chosen:
        line = lines[index]
        if index > last and ends_report(line.text):
            break
        own = line.row or not (is_furniture(line.text) or _repeats(line.text, title, kept))
        if index >= start and index not in used and own:
            kept.append(line)
    if not kept:
        raise Unreadable("没有找到可读的正文", code="no_text")
    return Content(title, kept, fields)


def _weights(page: Page) -> list[int]:
    """How much each line looks like a report's: its characters, or 0 for links, furniture, fields and bare words."""
    weights = []
    for line in page.lines:
        own = len(line.text) - line.linked
        prose = own >= _PROSE and any(mark in line.text for mark in "，。；：！？,;")
        looks = line.row or prose or HEADING_NUMBER.match(line.text)
        outside = not looks or line.is_link or is_furniture(line.text) or (not line.row and read_fields(line.marked))
        weights.append(0 if outside else own)
    for index, line in enumerate(page.lines[:-1]):
        if is_label(line.text) and not line.is_link:  # 内容概述 in one cell, a sentence in the next
            weights[index + 1] = 0
    total = sum(weights)
    waiting = [page.box]
    while waiting:
        box = waiting.pop()
        if box.apart and sum(weights[box.start : box.end]) <= _APART_AT_MOST * total:
            weights[box.start : box.end] = [0] * (box.end - box.start)
        else:
            waiting.extend(box.boxes)
    return weights


def _chosen_lines(page: Page, weights: list[int]) -> list[int]:
    """Indices of the lines in the report's box, of introductions beside it, without links and navigation."""
    sums = [0, *accumulate(weights)]
    headings = [
        0,
        *accumulate(bool(w and HEADING_NUMBER.match(li.text)) for w, li in zip(weights, page.lines, strict=True)),
    ]
    box = page.box
    while inner := _inner_box(box, sums, headings):
        box = inner
    total = sums[-1]
    apart: set[int] = set()
    waiting = [page.box]
    while waiting:
        part = waiting.pop()
        if part.apart and sums[part.end] - sums[part.start] == 0 and total:
            apart.update(range(part.start, part.end))
        else:
            waiting.extend(part.boxes)
    return [
        index
        for index, line in enumerate(page.lines)
        if not line.is_link
        and index not in apart
        and (box.start <= index < box.end or (weights[index] >= _STRAY_PROSE and not line.row))
    ]


def _extent(lines: list[Line], chosen: list[int], weights: list[int]) -> tuple[int, int]:
    """The first and the last of the chosen lines that look like a report's."""
    own = [index for index in chosen if weights[index]]
    if not own:  # a few words only: all but what is plainly about the report
        own = [i for i in chosen if not read_fields(lines[i].marked) and not is_furniture(lines[i].text)]
        own = own[1:] if len(own) > 1 and _is_title(lines[own[0]].text) else own
    return (own[0], own[-1]) if own else (len(lines), len(lines))


def _inner_box(box: Box, sums: list[int], headings: list[int]) -> Box | None:
    """The box inside that holds nearly all of the prose and all the headings; None when this is the one."""

    def within(part: Box, counts: list[int]) -> int:
        return counts[part.end] - counts[part.start]

    if not box.boxes or not within(box, sums):
        return None
    best = max(box.boxes, key=lambda part: within(part, sums))
    holds_all = within(best, headings) == within(box, headings)
    enough = within(best, sums) >= _OWN_BOX * within(box, sums)
    is_text = best.tag in _PARAGRAPHS or (best.tag == "table" and not best.boxes)
    return best if enough and holds_all and not is_text else None


def _page_fields(lines: list[Line], first: int, last: int) -> tuple[list[tuple[str, str]], set[int]]:
    """The fields printed above line ``first`` and below ``last``, and the lines they take."""
    fields: list[tuple[str, str]] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        if first <= index <= last or index in used or line.row or line.is_link or is_furniture(line.text):
            continue
        found = read_fields(line.marked)
        if not found:
            continue
        used.add(index)
        follows = index + 1 < len(lines) and not (first <= index + 1 <= last)
        if len(found) == 1 and not found[0][1] and found[0][0] in WANTED and follows:
            value = lines[index + 1]
            if not (value.is_link or read_fields(value.marked) or is_furniture(value.text)):
                found = [(found[0][0], value.text)]
                used.add(index + 1)
        fields += found
    return fields, used


def _title(page: Page, first: int, fields: list[tuple[str, str]], used: set[int]) -> tuple[str, set[int]]:
    """The title and the lines above the content that print it."""
    above = [index for index in range(first) if not page.lines[index].is_link and index not in used]
    known = page.meta.get("articletitle", "")
    wanted = squeeze(known or page.title)
    runs = [range(index, end) for index in above for end in (index + 1, index + 2, index + 3) if end <= first]
    for run in runs:
        text = "".join(page.lines[index].text for index in run)
        whole = squeeze(text)
        if len(whole) >= 6 and (whole == wanted or (not known and wanted.startswith(whole) and _is_title(text))):
            longer = range(run.start, run.stop + 1)
            if longer in runs and wanted.startswith(squeeze("".join(page.lines[index].text for index in longer))):
                continue
            return known or text, set(run)
    if known:
        return known, set()
    printed = _boxed_title(page, first) or first_value(fields, TITLE)
    nearest = [
        index
        for index in reversed(above)
        if _is_title(text := page.lines[index].text) and not is_furniture(text) and not text.startswith(SUMMARY)
    ]
    telling = next((i for i in nearest if any(word in page.lines[i].text for word in _REPORT_WORDS)), None)
    if not printed and telling is not None:
        run = range(telling, telling + 1) if page.title else _wrapped(page.lines, telling, nearest)
        return "".join(page.lines[index].text for index in run), set(run)
    if printed:
        return printed, {index for index in above if squeeze(page.lines[index].text) == squeeze(printed)}
    if not page.title and nearest:
        return page.lines[nearest[-1]].text, {nearest[-1]}
    return _without_site(page.title), set()


def _wrapped(lines: list[Line], telling: int, short: list[int]) -> range:
    """The lines from the one that begins the title to ``telling``, the one that says it is a report.

    A title wrapped over lines (市公安局 / 2015年政府信息公开工作年度报告) names no year or body before it is whole.
    """

    def says(first: int) -> int:
        title = "".join(line.text for line in lines[first : telling + 1])
        return bool(publisher_of(title)) + (year_of(title, "") is not None)

    best = telling
    for first in range(telling - 1, max(telling - _TITLE_LINES, -1), -1):
        if first not in short and len(lines[first].text) >= _SHORTEST_TITLE:
            break
        if says(first) > says(best):
            best = first
    return range(best, telling + 1)


def _boxed_title(page: Page, first: int) -> str:
    """The only h1 (else h2, h3) above the content, its lines joined."""
    found: dict[str, list[str]] = {}
    waiting = [page.box]
    while waiting:
        box = waiting.pop()
        waiting.extend(box.boxes)
        if box.tag in _TITLE_BOXES and box.start < box.end <= first:
            text = "".join(line.text for line in page.lines[box.start : box.end] if not line.is_link)
            if _is_title(text):
                found.setdefault(box.tag, []).append(text)
    return next((found[tag][0] for tag in sorted(found) if len(found[tag]) == 1), "")


def _is_title(text: str) -> bool:
    return _SHORTEST_TITLE <= len(text) <= 80 and text[-1] not in "。；：，、;:," and not HEADING_NUMBER.match(text)


def _without_site(title: str) -> str:
    """A title element without the site's name behind a dash or underscore."""
    for mark in ("_", " - ", "——", "--", "|", "-", "—", "–"):
        head, _, tail = title.partition(mark)
        if tail and len(head.strip()) >= 6 and not head.strip()[-1].isdigit():
            return head.strip()
    return title


def _repeats(text: str, title: str, kept: list[Line]) -> bool:
    """Whether a line at the head of the content only repeats the title."""
    return not kept and squeeze(text) == squeeze(title)
