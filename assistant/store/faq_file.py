"""Reading FAQ entries from a YAML file: a list of mappings with question, answer and what goes with them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadInput, os_reason
from assistant.store.records import FaqEntry
from assistant.store.yaml_list import read_yaml_list

_KEYS = {"id", "question", "phrasings", "answer", "publisher", "source", "url", "tags", "updated", "state"}
_STATES = ("draft", "review", "published", "archived")


def read_faq(path: Path) -> list[FaqEntry]:
    """The entries of a FAQ file; one that names no state is published.

    Raises:
        BadInput: the file cannot be read, or an entry is not right; the message names the entry.
    """
    rows = read_yaml_list(path, "常见问题文件")
    return [_entry(row, f"{path.name} 第 {number} 条") for number, row in enumerate(rows, start=1)]


def write_faq(entries: Iterable[FaqEntry], path: Path) -> None:
    """Write entries so that ``read_faq`` reads the same again.

    Raises:
        BadInput: the file cannot be written.
    """
    rows = [{key: value for key, value in _row(entry).items() if value} for entry in entries]
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"文件 {path} 写不了：{os_reason(error)}") from error


def _row(entry: FaqEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "question": entry.question,
        "phrasings": list(entry.phrasings),
        "answer": entry.answer,
        "publisher": entry.publisher,
        "source": entry.source,
        "url": entry.url,
        "tags": list(entry.tags),
        "updated": entry.updated,
        # The ordinary state goes without saying.
        "state": "" if entry.state == "published" else entry.state,
    }


def _entry(row: Any, where: str) -> FaqEntry:
    if not isinstance(row, dict):
        raise BadInput(f"{where}应当写成“名称: 内容”的形式")
    unknown = sorted(str(key) for key in row if key not in _KEYS)
    if unknown:
        raise BadInput(f"{where}有不认识的项目：{'、'.join(unknown)}")
    question, answer = _text(row.get("question", ""), where, "question"), _text(row.get("answer", ""), where, "answer")
    if not question or not answer:
        raise BadInput(f"{where}缺少 question 或 answer")
    updated = row.get("updated")
    if updated is not None and not isinstance(updated, date):
        raise BadInput(f"{where}的 updated 应当是日期，如 2023-03-01")
    state = _text(row.get("state", "published"), where, "state")
    if state not in _STATES:
        raise BadInput(f"{where}的 state 应当是 {'、'.join(_STATES)} 之一")
    return FaqEntry(
        id=_text(row.get("id") or question, where, "id"),
        question=question,
        phrasings=_texts(row, "phrasings", where),
        answer=answer,
        publisher=_text(row.get("publisher", ""), where, "publisher"),
        source=_text(row.get("source", ""), where, "source"),
        url=_text(row.get("url", ""), where, "url"),
        tags=_texts(row, "tags", where),
        updated=updated,
        state=state,
    )


def _texts(row: dict[Any, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise BadInput(f"{where}的 {key} 应当是一个列表")
    return tuple(_text(value, where, key) for value in values)


def _text(value: Any, where: str, key: str) -> str:
    if not isinstance(value, (str, int)):
        raise BadInput(f"{where}的 {key} 应当是文字")
    return str(value).strip()
