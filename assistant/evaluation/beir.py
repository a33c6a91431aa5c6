"""Question sets in the BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv (Thakur et al. 2021)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput


@dataclass(frozen=True)
class QuestionSet:
    """Documents, questions, and which documents answer which question.

    Attributes:
        name: the folder's name.
        documents: document id → (title, text).
        questions: question id → question; only those with a relevant document.
        relevant: question id → ids of the documents that answer it.
    """

    name: str
    documents: dict[str, tuple[str, str]]
    questions: dict[str, str]
    relevant: dict[str, frozenset[str]]


def read_question_set(folder: Path) -> QuestionSet:
    """Read a folder in the BEIR layout.

    Raises:
        BadInput: a file is missing or a line is not as the layout has it; the message names file and line.
    """
    documents = {
        _text(row, "_id", where): (str(row.get("title", "")), _text(row, "text", where))
        for row, where in json_lines(folder / "corpus.jsonl")
    }
    questions = {
        _text(row, "_id", where): _text(row, "text", where) for row, where in json_lines(folder / "queries.jsonl")
    }
    relevant: dict[str, set[str]] = {}
    for number, line in enumerate(_lines(folder / "qrels.tsv"), start=1):
        columns = line.split("\t")
        if len(columns) != 3:
            raise BadInput(f"qrels.tsv 第 {number} 行应有三列：query-id、corpus-id、score")
        if columns[2].strip().isdigit() and int(columns[2]) > 0:
            relevant.setdefault(columns[0], set()).add(columns[1])
    asked = {key: text for key, text in questions.items() if key in relevant}
    if not asked:
        raise BadInput("qrels.tsv 没有为 queries.jsonl 里的任何问题写明答案在哪份文档，无从评测")
    return QuestionSet(folder.name, documents, asked, {key: frozenset(ids) for key, ids in relevant.items()})


def json_lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects of a file of one JSON object a line, each with its place as messages name it.

    Raises:
        BadInput: the file cannot be read, or a line is no JSON object.
    """
    for number, line in enumerate(_lines(path), start=1):
        where = f"{path.name} 第 {number} 行"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(f"{where}不是有效的 JSON") from error
        if not isinstance(row, dict):
            raise BadInput(f"{where}应当是一个 JSON 对象")
        yield row, where


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"评测文件 {path} 读不出来：应有 corpus.jsonl、queries.jsonl、qrels.tsv，均为 UTF-8") from error


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise BadInput(f"{where}缺少 {key}")
    return value
