"""Reading a hand-written YAML file that holds a list, and saying in Chinese where it is broken."""

from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadInput, os_reason

# Such a file is written by hand; more than this is a mistake, and YAML is slow to read.
_LIMIT_BYTES = 20 * 1024 * 1024
# The entries need four levels; libyaml builds what it read by recursion and takes the process down with it at some
# tens of thousands.
_DEEPEST = 50

_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml_list(path: Path, what: str) -> list[Any]:
    """The items of the list in the YAML file ``path``; ``what`` it is called in messages.

    Raises:
        BadInput: the file cannot be read or is no YAML list; the message says why, and the line where one is to blame.
    """
    name = f"{what} {path.name}"
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise BadInput(f"{name} 太大，最大 {_LIMIT_BYTES // 1024 // 1024} MB")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{name} 读不出来：{os_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} 读不出来，应为 UTF-8 编码的 YAML 文件") from error
    return parse_yaml_list(text, name)


def parse_yaml_list(text: str, name: str) -> list[Any]:
    """The items of the list in a YAML text; ``name`` it is called in messages.

    Raises:
        BadInput: it is no YAML list; the message says why, and the line where one is to blame.
    """
    try:
        _check_depth(text, name)
        rows = yaml.load(text, Loader=_SafeLoader)  # noqa: S506 - a safe loader, in C
    except yaml.YAMLError as error:
        raise BadInput(f"{name} 不是有效的 YAML{_place(error, text)}") from error
    except ValueError as error:
        # The loader makes dates of what looks like one.
        raise BadInput(f"{name} 里有不存在的日期，如 2023-02-31") from error
    if not isinstance(rows, list):
        raise BadInput(f"{name} 应当是一个列表")
    return rows


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BadInput(f"{name} 层次太深，请检查括号和缩进")


def _place(error: yaml.YAMLError, text: str) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return f"：第 {text.count(chr(10), 0, error.position) + 1} 行有不能用的字符"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return f"：第 {mark.line + 1} 行附近写错了" if mark else ""
