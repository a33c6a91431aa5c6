"""The words of an answer: cut from the evidence, or an honest nothing."""

import re
from collections.abc import Sequence

from assistant.answers.library import Shelf
from assistant.answers.model import Span
from assistant.answers.scope import Scope
from assistant.language import clauses

# A citizen reads this much at a glance; a longer sentence is cut at its clauses around the answering words.
_GLANCE = 120


def direct_text(passage: str, sentence: Span, highlights: Sequence[Span]) -> str:
    """The answering sentence as printed; of one too long for a glance the clauses around the answering words.

    What was cut off is shown by …… so that nothing reads as whole that is not.
    """
    start, end = sentence
    if end - start <= _GLANCE or not highlights:
        return _one_line(passage[start:end]).rstrip("，,；;")
    first, last = highlights[0][0], highlights[-1][1]
    cuts = [start, *(clause_end for _, clause_end in clauses(passage, start, end))]
    begin = max(cut for cut in cuts if cut <= first)
    finish = min(cut for cut in cuts if cut >= last)
    # Clauses before say of whom and when, so the text grows backwards first, then forwards.
    for cut in reversed([cut for cut in cuts if cut < begin]):
        if finish - cut <= _GLANCE:
            begin = cut
    for cut in [cut for cut in cuts if cut > finish]:
        if cut - begin <= _GLANCE:
            finish = cut
    text = _one_line(passage[begin:finish])
    return ("……" if begin > start else "") + text + ("……" if finish < end else "")


def nothing_found(scope: Scope, shelf: Shelf, contact: str) -> str:
    """What is said when the corpus does not hold the answer: why, what there is instead, and whom to ask."""
    there = sorted(_years_of(scope, shelf)) if scope.years else []
    missing = sorted(scope.years.difference(there))
    if missing and there:
        asked = "、".join(f"{year}年" for year in missing)
        text = f"没有找到{asked}的报告。这里有{year_ranges(there)}的报告，您可以问这些年份的内容。"
    else:
        text = "没有找到能回答这个问题的公开内容。您可以换个说法再问，写明单位和年份会更准。"
    return f"{text}也可以联系{contact}。" if contact else text


def _years_of(scope: Scope, shelf: Shelf) -> frozenset[int]:
    return frozenset(
        report.year
        for report in shelf.reports.values()
        if report.year is not None and (not scope.publishers or report.publisher in scope.publishers)
    )


def year_ranges(years: list[int]) -> str:
    """2016, 2017, 2018, 2020 → 2016—2018年、2020年."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(f"{run[0]}—{run[-1]}年" if len(run) > 1 else f"{run[0]}年" for run in runs)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).strip()
