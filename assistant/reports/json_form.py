"""A whole report as JSON text and back, every part as it was: how a report is kept that is not published."""

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from assistant.reports.model import Report


def report_to_json(report: Report) -> str:
    """The report as JSON; fields that have their default are left out."""
    return json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"))


def report_from_json(text: str) -> Report:
    """The report that ``report_to_json`` made ``text`` of.

    Raises:
        ValueError: the text is of something else.
    """
    try:
        report = _made(Report, json.loads(text))
    except (TypeError, KeyError, ArithmeticError) as error:
        raise ValueError("not a report") from error
    if not isinstance(report, Report):
        raise ValueError("not a report")
    return report


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if each.default is MISSING or getattr(value, each.name) != each.default
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: Any, value: Any) -> Any:
    """``value`` as ``kind``, one of the types that the model's fields have."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _made(inner[0], value)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return tuple(_made(inner[0], each) for each in value)
        return tuple(_made(each_kind, each) for each_kind, each in zip(inner, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict):
            raise TypeError(kind)
        known = _kinds(kind)
        return kind(**{name: _made(known[name], each) for name, each in value.items() if name in known})
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


@lru_cache(maxsize=16)
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
