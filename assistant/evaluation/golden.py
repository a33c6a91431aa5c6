"""``anan check``: ask the golden questions and compare with what is expected. The file's format is told at its head."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Answerer
from assistant.errors import BadInput
from assistant.evaluation.judging import Expected, gives_wrong_figure, is_right
from assistant.store.yaml_list import read_yaml_list

_VERDICTS = ("right", "wrong", "silent")


@dataclass(frozen=True)
class GoldenQuestion:
    """A question, or a conversation, and the answer expected of it.

    Attributes:
        id: its name in the file.
        turns: what is asked, one after another, as citizens ask; the last answer is judged.
        expected: what that answer must be.
        tags: what kind of question it is, for counts by kind.
    """

    id: str
    turns: tuple[str, ...]
    expected: Expected
    tags: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What is asked, in one line."""
        return " → ".join(self.turns)


@dataclass(frozen=True)
class Outcome:
    """What became of a golden question.

    Attributes:
        golden: the question.
        answer: the answer to its last turn.
        verdict: right, wrong (answered, but not rightly) or silent (none where an answer was due).
        wrong_figure: whether the answer gave a number that is not the one asked for; the worst failure.
    """

    golden: GoldenQuestion
    answer: Answer
    verdict: str
    wrong_figure: bool = False


def read_golden_questions(path: Path) -> list[GoldenQuestion]:
    """The golden questions of a YAML file.

    Raises:
        BadInput: the file cannot be read, or a question is not right; the message names it.
    """
    rows = read_yaml_list(path, "标准问题文件")
    return [_golden(row, f"{path.name} 第 {number} 条") for number, row in enumerate(rows, start=1)]


def check(
    answerer: Answerer, questions: Sequence[GoldenQuestion], on_asked: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """Ask each question, a conversation turn by turn, and judge the (last) answer; ``on_asked`` is told of each."""
    outcomes = []
    for golden in questions:
        outcomes.append(_outcome(golden, _last_answer(answerer, golden.turns)))
        on_asked()
    return outcomes


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts over all, the share right of the answerable and of the unanswerable, and that of wrong figures in all."""
    answerable = [outcome for outcome in outcomes if not outcome.golden.expected.none]
    unanswerable = [outcome for outcome in outcomes if outcome.golden.expected.none]
    return {
        "questions": len(outcomes),
        **_verdicts(outcomes),
        "wrong_figure": sum(outcome.wrong_figure for outcome in outcomes),
        "answerable_right": _share([outcome.verdict == "right" for outcome in answerable]),
        "unanswerable_right": _share([outcome.verdict == "right" for outcome in unanswerable]),
        "wrong_figures": _share([outcome.wrong_figure for outcome in outcomes]),
    }


def summary_by_tag(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Counts for each tag, the most frequent tag first; a question counts under each of its tags."""
    counts = Counter(tag for outcome in outcomes for tag in outcome.golden.tags)
    found = {}
    for tag, questions in counts.most_common():
        tagged = [outcome for outcome in outcomes if tag in outcome.golden.tags]
        wrong_figure = sum(outcome.wrong_figure for outcome in tagged)
        found[tag] = {"questions": questions, **_verdicts(tagged), "wrong_figure": wrong_figure}
    return found


def _verdicts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {word: sum(outcome.verdict == word for outcome in outcomes) for word in _VERDICTS}


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None


def _last_answer(answerer: Answerer, turns: Sequence[str]) -> Answer:
    answer = answerer.ask(turns[0])
    for turn in turns[1:]:
        answer = answerer.ask(turn, answer.conversation)
    return answer


def _outcome(golden: GoldenQuestion, answer: Answer) -> Outcome:
    if is_right(golden.expected, answer):
        return Outcome(golden, answer, "right")
    verdict = "silent" if answer.kind == "none" else "wrong"
    return Outcome(golden, answer, verdict, gives_wrong_figure(golden.expected, answer))


def _golden(row: Any, where: str) -> GoldenQuestion:
    if not isinstance(row, dict):
        raise BadInput(f"{where}缺少 question")
    expected = row.get("expected")
    if not isinstance(expected, dict):
        raise BadInput(f"{where}缺少 expected")
    return GoldenQuestion(
        id=str(row.get("id", where)),
        turns=_turns(row, where),
        expected=_expected(expected, where),
        tags=_strings(row, "tags", where),
    )


def _turns(row: dict[str, Any], where: str) -> tuple[str, ...]:
    question = row.get("question")
    if ("question" in row) == ("turns" in row):
        raise BadInput(f"{where}缺少 question，或者 question 和 turns 都写了" if question else f"{where}缺少 question")
    if "turns" not in row:
        if not isinstance(question, str):
            raise BadInput(f"{where}的 question 应当是一句话")
        return (question,)
    turns = _strings(row, "turns", where)
    if len(turns) < 2:
        raise BadInput(f"{where}的 turns 应当至少有两句")
    return turns


def _expected(row: dict[str, Any], where: str) -> Expected:
    expected = Expected(
        report=str(row.get("report") or ""),
        contains=_strings(row, "contains", where),
        value=_number(row["value"], where) if "value" in row else None,
        text=_strings(row, "text", where),
        reports=_strings(row, "reports", where),
        values=tuple(_number(value, where) for value in _list(row, "values", where)),
        faq=str(row.get("faq") or ""),
        none=row.get("none") is True,
        urgent=row.get("urgent") is True,
    )
    named = (expected.report, expected.reports, expected.faq, expected.none, expected.urgent)
    if sum(map(bool, named)) != 1:
        raise BadInput(f"{where}的 expected 应当只写 report、reports、faq、none、urgent 中的一项")
    if (expected.contains or expected.value is not None) and not expected.report:
        raise BadInput(f"{where}的 contains 和 value 应当和 report 写在一起")
    if expected.value is not None and not expected.contains:
        raise BadInput(f"{where}写了 value，也要写 contains")
    if expected.values and not expected.reports:
        raise BadInput(f"{where}的 values 应当和 reports 写在一起")
    if expected.text and not (expected.report or expected.reports):
        raise BadInput(f"{where}的 text 应当和 report 或 reports 写在一起")
    return expected


def _list(row: dict[str, Any], key: str, where: str) -> list[Any]:
    found = row.get(key)
    if found is not None and not isinstance(found, list):
        raise BadInput(f"{where}的 {key} 应当是一个列表")
    return found or []


def _strings(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    return tuple(str(item) for item in _list(row, key, where))


def _number(value: Any, where: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or isinstance(value, bool):
        raise BadInput(f"{where}的 value 应当是数：{value}")
    return number
