"""What stands around every page of the desk: its navigation, and the cards of its first page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from assistant.desk import Person
from assistant.site.console.access import PREFIX, console, roles_of, signed, unsigned
from assistant.site.console.parts import name_of

_SAID = "anan-desk-said"
# A cookie holds four kilobytes, and a character of Chinese takes nine of them here.
_SAID_MOST = 200


@dataclass(frozen=True)
class Way:
    """A line of the navigation; it is shown to those who may open it.

    Attributes:
        label: what people read.
        endpoint: where it leads.
        beside: other pages that belong to it.
    """

    label: str
    endpoint: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """Something that waits for somebody, on the first page.

    Attributes:
        title: what it is about.
        count: how many there are.
        text: one sentence on it.
        endpoint: where it is dealt with.
        values: what narrows that page to just what is counted.
    """

    title: str
    count: int
    text: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)


# The navigation in its order; a new page adds its line.
WAYS: tuple[Way, ...] = (
    Way("工作台", "console.home"),
    Way("市民在问", "console.questions", ("console.phrasings", "console.compilations")),
    Way("常见问题", "console.faq_list"),
    Way("留言", "console.messages"),
    Way("报告", "console.filings"),
    Way("词表", "console.word_lists"),
    Way("统计", "console.figures", ("console.newest_bulletin",)),
    Way("人员", "console.people"),
    Way("部门", "console.departments"),
    Way("操作记录", "console.audit"),
    Way("接口令牌", "console.tokens"),
)

# Each looks at what waits for this person; a new page adds its own with ``card``.
CARDS: list[Callable[[Person], Card | None]] = []


def card(look: Callable[[Person], Card | None]) -> Callable[[Person], Card | None]:
    """Registers a card of the first page: a function of the person that gives a ``Card``, or None for nothing."""
    CARDS.append(look)
    return look


def cards_for(person: Person) -> list[Card]:
    """The cards of this person, of pages that they may open."""
    shown = (look(person) for look in CARDS)
    return [each for each in shown if each is not None and _may_open(person, each.endpoint)]


def give_templates_the_shell(app: Flask) -> None:
    """Give every template ``ways`` of the person who looks, ``said``, what the form before did, and ``name_of``."""
    app.context_processor(lambda: {"ways": _ways(), "said": _said, "name_of": name_of})
    app.add_template_filter(name_of, "name_of")


def done(message: str, endpoint: str, **values: Any) -> Response:
    """After a form: says what was done on the page ``endpoint``, opened anew so that a reload repeats nothing."""
    response = redirect(url_for(endpoint, **values), code=303)
    response.set_cookie(
        _SAID,
        quote(signed(message[:_SAID_MOST])),
        path=PREFIX,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def _said() -> str:
    """What ``done`` left for this page, once."""
    kept = request.cookies.get(_SAID, "")
    g.said_is_read = bool(kept)
    return unsigned(unquote(kept)) if kept else ""


@console.after_request
def _forget_said(response: Response) -> Response:
    if g.get("said_is_read") and response.status_code < 300:
        response.delete_cookie(_SAID, path=PREFIX, secure=request.is_secure, httponly=True, samesite="Strict")
    return response


def _ways() -> list[dict[str, object]]:
    person = g.get("person")
    if person is None:
        return []
    return [
        {"label": way.label, "address": url_for(way.endpoint), "here": any(map(_is_here, (way.endpoint, *way.beside)))}
        for way in WAYS
        if _may_open(person, way.endpoint)
    ]


def _is_here(endpoint: str) -> bool:
    """The page itself, or one under it."""
    if endpoint == "console.home":
        return request.endpoint == endpoint
    address = url_for(endpoint)
    return request.path == address or request.path.startswith(f"{address}/")


def _may_open(person: Person, endpoint: str) -> bool:
    return person.role in roles_of(current_app, endpoint)
