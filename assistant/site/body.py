"""Reading a JSON body that may hold anything."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from assistant.errors import BadInput

# Beyond what any database counts to.
_NUMBER_MOST = 2**31


def json_object(limit: int) -> dict[str, Any]:
    """The JSON object that the request carries, at most ``limit`` bytes of it.

    Only ``application/json`` is taken: a form of another site cannot send it without asking first (CORS).

    Raises:
        BadInput: not UTF-8, not JSON, not an object.
        RequestEntityTooLarge: more than ``limit`` bytes.
        UnsupportedMediaType: another content type.
    """
    request.max_content_length = limit
    data = request.get_data()
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        value = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput("请求的内容不是 UTF-8 编码的文字。", code="bad_encoding") from None
    except (ValueError, RecursionError):  # RecursionError: thousands of nested brackets
        raise BadInput("请求的内容不是有效的 JSON。", code="bad_json") from None
    if not isinstance(value, dict):
        raise BadInput('请求的内容应当是 JSON 对象，如 {"question": "…"}。', code="bad_json")
    return value


def text_of(body: dict[str, Any], name: str) -> str | None:
    """The text under ``name``, None where it is absent or null.

    Raises:
        BadInput: a value that is not text, or text that holds half a character (a lone surrogate).
    """
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f"{name} 应当是文字。", code="bad_type")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(f"{name} 里有不完整的字符。", code="bad_encoding") from None
    return value


def texts_of(body: dict[str, Any], name: str, most: int) -> tuple[str, ...]:
    """The texts under ``name``; none where it is absent or null.

    Args:
        body: the request's.
        name: of the field.
        most: how many its own rules take; a few more are for them to tell, a great many are not even looked at.

    Raises:
        BadInput: a value that is no list of texts.
    """
    given = body.get(name)
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > 10 * most:
        raise BadInput(f"{name} 应当是文字的清单。", code="bad_type")
    return tuple(text_of({name: each}, name) or "" for each in given)


def flag_of(body: dict[str, Any], name: str) -> bool:
    """The yes or no under ``name``; no where it is absent or null.

    Raises:
        BadInput: a value that is neither.
    """
    value = body.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise BadInput(f"{name} 应当是 true 或 false。", code="bad_type")
    return value


def number_of(body: dict[str, Any], name: str) -> int:
    """The whole number under ``name``, not negative.

    Raises:
        BadInput: it is absent or none.
    """
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _NUMBER_MOST:
        raise BadInput(f"{name} 应当是 0 或更大的整数。", code="bad_type")
    return value
