"""An answer as a terminal shows it."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answers.model import Answer, Comparison

_HEAD = ("年份", "单位", "数值", "增减", "增幅")
_GAP = "  "


def readable(answer: "Answer") -> str:
    """The answer, the table of a comparison, the source and what else can be asked."""
    lines = [f"您是想问“{answer.understood}”吗？", answer.text] if answer.understood else [answer.text]
    if answer.comparison is not None:
        lines += table_lines(answer.comparison)
    for evidence in answer.evidence[:1]:
        report = evidence.report
        details = (report.publisher, report.index_number, report.published and report.published.isoformat())
        extra = "，".join(str(detail) for detail in details if detail)
        lines.append(f"出处：{report.title}" + (f"（{extra}）" if extra else ""))
        if evidence.section:
            lines.append("　　　" + " › ".join(evidence.section))
    if answer.suggestions:
        lines.append("您还可以问：" + "　".join(answer.suggestions))
    return "\n".join(lines)


def table_lines(comparison: "Comparison") -> list[str]:
    """The rows of a comparison in columns that stand under each other in a terminal."""
    rows = [_HEAD]
    for row in comparison.rows:
        percent = row.change.percent if row.change else None
        told = "" if percent is None else f"{percent:+}%"
        rows.append((f"{row.year}年", row.publisher, row.printed, row.change.text if row.change else "", told))
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEAD))]
    return [
        _GAP.join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
