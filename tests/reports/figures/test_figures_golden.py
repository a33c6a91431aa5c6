"""The figures of whole paragraphs against lists made by hand: each with place, value, indicator, subject and year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.reports import Figure, Report, read_file
from assistant.reports.figures import find_figures

_HERE = Path(__file__).parent
_ROOT = Path(__file__).parents[3]
_PAGE = _ROOT.parent / "shared/reports/ankang-police-2015.txt"
_WIDTH = str.maketrans("，；：（）", ",;:()")  # the lists are typed with either width
_FIELDS = ("kind", "value", "unit", "qualifier", "indicator", "subject", "year")


@dataclass
class Score:
    """What was right: ``found`` of ``expected`` with every field right, and ``given`` in all."""

    expected: int = 0
    given: int = 0
    right: int = 0
    placed: int = 0  # right but for indicator and subject
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.expected

    @property
    def precision(self) -> float:
        return self.right / self.given


def _golden(lines: list[str]) -> Iterator[tuple[str, str, str, dict[str, set[str]]]]:
    for line in lines:
        around, *values = (part.strip() for part in line.split(" | "))
        before, number, after = re.fullmatch(r"(.*?)\[(.+)\](.*)", around).groups()  # type: ignore[union-attr]
        fields = {name: set(value.split(" // ")) for name, value in zip(_FIELDS, values, strict=False)}
        yield before, number, after, fields


def _said(figure: Figure, name: str) -> str:
    if name == "value" and figure.value is None:
        return f"{figure.first}..{figure.last}"
    value = getattr(figure, name)
    return str(value) if value not in ("", None) else "-"


def _same(figure: Figure, name: str, wanted: set[str], report: Report) -> bool:
    defaults = {"subject": report.publisher, "year": str(report.year)}
    wanted = {defaults.get(name, "-") if each == "-" else each for each in wanted}
    if name == "value" and figure.value is not None:
        return any(Decimal(each) == figure.value for each in wanted)
    return _said(figure, name) in wanted


def _score(report: Report, lines: list[str], start: int, end: int, score: Score) -> None:
    figures = {
        figure.span: figure for figure in find_figures(report.text, report.tables, report.publisher, report.year)
    }
    inside = {span: figure for span, figure in figures.items() if start <= span[0] < end}
    score.given += len(inside)
    text = report.text.translate(_WIDTH)
    for before, number, after, fields in _golden(lines):
        score.expected += 1
        around = (before + number + after).translate(_WIDTH)
        place = text.find(around, start, end)
        assert place >= 0 and text.find(around, place + 1, end) < 0, f"not once in the text: {around}"
        span = (place + len(before), place + len(before) + len(number))
        figure = inside.pop(span, None)
        if figure is None:
            score.misses.append(f"missed: {around}")
            continue
        fields = {"subject": {"-"}, "year": {"-"}, **fields}
        wrong = [name for name in _FIELDS if not _same(figure, name, fields[name], report)]
        score.right += not wrong
        score.placed += not set(wrong) - {"indicator", "subject"}
        if wrong:
            told = "; ".join(f"{name} {_said(figure, name)!r} not {sorted(fields[name])}" for name in wrong)
            score.misses.append(f"wrong: {around}: {told}")
    score.misses += [f"too many: {figure.text} at {span}" for span, figure in inside.items()]


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _samples(name: str) -> Score:
    score = Score()
    report: Report | None = None
    start, own = 0, []

    def close() -> None:
        if report and own:
            _score(report, own, start, report.text.find("\n", start), score)

    for line in _lines(name):
        if line.startswith("== "):
            close()
            own = []
            report = read_file(_ROOT / "corpus/reports" / line[3:], 1_000_000)
        elif line.startswith("-- "):
            close()
            own = []
            assert report is not None
            start = report.text.index(line[3:])
        else:
            own.append(line)
    close()
    return score


def _tell(score: Score) -> None:
    print(f"recall {score.recall:.3f}, precision {score.precision:.3f} of {score.expected}; placed {score.placed}")
    print("\n".join(score.misses))


def test_real_page() -> None:
    if not _PAGE.is_file():
        pytest.skip("the real page is not beside this checkout")
    report = read_file(_PAGE, 1_000_000)
    score = Score()
    _score(report, _lines("golden-real-page.txt"), 0, len(report.text), score)
    _tell(score)
    assert score.expected >= 60
    assert score.recall >= 0.95
    assert score.precision >= 0.97


@pytest.mark.parametrize("name", ["golden-samples.txt", "golden-second.txt"])
def test_samples(name: str) -> None:
    score = _samples(name)
    _tell(score)
    assert score.expected >= 80
    assert score.recall >= 0.95
    assert score.precision >= 0.97
