"""``anan check``: ask the golden questions and compare with what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Answerer
from assistant.errors import BadInput
from assistant.language import fold_text
from assistant.store.yaml_list import read_yaml_list


@dataclass(frozen=True)
class GoldenQuestion:
    """A question and the answer expected of it.

    Attributes:
        id: its name in the file.
        question: as a citizen asks it.
        report: 索引号 of the report that must answer; empty when another answer is expected.
        contains: strings that the marked sentence must hold, as printed.
        faq: id of the FAQ entry that must answer; empty when another answer is expected.
        none: whether the corpus does not hold the answer.
    """

    id: str
    question: str
    report: str = ""
    contains: tuple[str, ...] = ()
    faq: str = ""
    none: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a golden question: right, wrong (answered, but not rightly) or silent (none where one was due)."""

    golden: GoldenQuestion
    answer: Answer
    verdict: str


def read_golden_questions(path: Path) -> list[GoldenQuestion]:
    """The golden questions of a YAML file.

    Raises:
        BadInput: the file cannot be read, or a question is not right; the message names it.
    """
    rows = read_yaml_list(path, "标准问题文件")
    return [_golden(row, f"{path.name} 第 {number} 条") for number, row in enumerate(rows, start=1)]


def check(answerer: Answerer, questions: Sequence[GoldenQuestion]) -> list[Outcome]:
    """Ask each question and judge the answer."""
    outcomes = []
    for golden in questions:
        answer = answerer.ask(golden.question)
        outcomes.append(Outcome(golden, answer, _verdict(golden, answer)))
    return outcomes


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts over all, and the share right of the answerable and of the unanswerable."""
    answerable = [outcome for outcome in outcomes if not outcome.golden.none]
    unanswerable = [outcome for outcome in outcomes if outcome.golden.none]
    return {
        "questions": len(outcomes),
        "right": sum(outcome.verdict == "right" for outcome in outcomes),
        "wrong": sum(outcome.verdict == "wrong" for outcome in outcomes),
        "silent": sum(outcome.verdict == "silent" for outcome in outcomes),
        "answerable_right": _share(answerable),
        "unanswerable_right": _share(unanswerable),
    }


def _share(outcomes: Sequence[Outcome]) -> float | None:
    return round(sum(each.verdict == "right" for each in outcomes) / len(outcomes), 4) if outcomes else None


def _verdict(golden: GoldenQuestion, answer: Answer) -> str:
    if answer.kind == "none":
        return "right" if golden.none else "silent"
    return "right" if not golden.none and _is_right(golden, answer) else "wrong"


def _is_right(golden: GoldenQuestion, answer: Answer) -> bool:
    if not answer.evidence:
        return False
    first = answer.evidence[0]
    if golden.faq:
        return first.report.id == f"faq:{golden.faq}"
    start, end = first.sentence
    marked = fold_text(first.passage[start:end])
    return first.report.index_number == golden.report and all(fold_text(text) in marked for text in golden.contains)


def _golden(row: Any, where: str) -> GoldenQuestion:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BadInput(f"{where}缺少 question")
    expected = row.get("expected")
    if not isinstance(expected, dict):
        raise BadInput(f"{where}缺少 expected")
    golden = GoldenQuestion(
        id=str(row.get("id", where)),
        question=row["question"],
        report=str(expected.get("report", "")),
        contains=tuple(str(text) for text in expected.get("contains") or ()),
        faq=str(expected.get("faq", "")),
        none=expected.get("none") is True,
    )
    if sum((bool(golden.report), bool(golden.faq), golden.none)) != 1:
        raise BadInput(f"{where}的 expected 应当只写 report、faq、none 中的一项")
    return golden
