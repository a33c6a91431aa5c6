"""Reading FAQ entries from a YAML file: a list of mappings with question, answer and what goes with them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadInput, os_reason
from assistant.store.faq_records import FAQ_STATES
from assistant.store.records import FaqEntry
from assistant.store.yaml_list import read_yaml_list

_LISTS = ("phrasings", "tags", "links")
_DAYS = ("updated", "valid_from", "valid_until")
_KEYS = {"id", "question", "answer", "publisher", "source", "url", "owner", "state", *_LISTS, *_DAYS}
# The one in C writes ten thousand entries in two seconds, the other in forty.
_SafeDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read_faq(path: Path) -> list[FaqEntry]:
    """The entries of a FAQ file; one that names no state is published.

    Raises:
        BadInput: the file cannot be read, or an entry is not right; the message names the entry.
    """
    rows = read_yaml_list(path, "常见问题文件")
    return [read_entry(row, f"{path.name} 第 {number} 条") for number, row in enumerate(rows, start=1)]


def write_faq(entries: Iterable[FaqEntry], path: Path) -> None:
    """Write entries so that ``read_faq`` reads the same again.

    Raises:
        BadInput: the file cannot be written.
    """
    try:
        path.write_text(faq_yaml(entries), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"文件 {path} 写不了：{os_reason(error)}") from error


def faq_yaml(entries: Iterable[FaqEntry]) -> str:
    """Entries as the text of a FAQ file."""
    rows = [{key: value for key, value in _row(entry).items() if value} for entry in entries]
    text: str = yaml.dump(rows, Dumper=_SafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return text


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
        "owner": entry.owner,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "links": list(entry.links),
        # The ordinary state goes without saying.
        "state": "" if entry.state == "published" else entry.state,
    }


def read_entry(row: Any, where: str) -> FaqEntry:
    """The entry of one row of a FAQ file.

    Raises:
        BadInput: it is not right; the message begins with ``where``.
    """
    if not isinstance(row, dict):
        raise BadInput(f"{where}应当写成“名称: 内容”的形式")
    unknown = sorted(str(key) for key in row if key not in _KEYS)
    if unknown:
        raise BadInput(f"{where}有不认识的项目：{'、'.join(unknown)}")
    question, answer = _text(row.get("question", ""), where, "question"), _text(row.get("answer", ""), where, "answer")
    if not question or not answer:
        raise BadInput(f"{where}缺少 question 或 answer")
    state = _text(row.get("state", "published"), where, "state")
    if state not in FAQ_STATES:
        raise BadInput(f"{where}的 state 应当是 {'、'.join(FAQ_STATES)} 之一")
    fields: dict[str, Any] = {
        **{key: _text(row.get(key, ""), where, key) for key in ("publisher", "source", "url", "owner")},
        **{key: _texts(row, key, where) for key in _LISTS},
        **{key: _day(row, key, where) for key in _DAYS},
    }
    entry_id = _text(row.get("id") or question, where, "id")
    return FaqEntry(id=entry_id, question=question, answer=answer, state=state, **fields)


def _day(row: dict[Any, Any], key: str, where: str) -> date | None:
    day = row.get(key)
    if day is not None and not isinstance(day, date):
        raise BadInput(f"{where}的 {key} 应当是日期，如 2023-03-01")
    return day


def _texts(row: dict[Any, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise BadInput(f"{where}的 {key} 应当是一个列表")
    return tuple(_text(value, where, key) for value in values)


def _text(value: Any, where: str, key: str) -> str:
    if not isinstance(value, (str, int)):
        raise BadInput(f"{where}的 {key} 应当是文字")
    return str(value).strip()
