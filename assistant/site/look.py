"""How a visitor wants the pages to look: 长者模式 and high contrast, kept in the visitor's own browser.

Scripts keep the choice in ``localStorage`` (``anan-elder``), which the widget reads too, and in a cookie of the same
name; the cookie lets the server send the page right at once, and lets the switches work without JavaScript. It says
nothing about who somebody is.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.datastructures import MultiDict

# What a visitor may switch on; each is a cookie of this name after the prefix, and a field of the form.
SWITCHES = ("elder", "contrast")
_PREFIX = "anan-"
_YEAR_SECONDS = 365 * 24 * 3600
_LONGEST_ADDRESS = 2_000  # characters of a page to go back to; a browser's own addresses are not longer

look = Blueprint("look", __name__)


@dataclass(frozen=True)
class Look:
    """What is switched on.

    Attributes:
        elder: larger type and targets, fewer things.
        contrast: high contrast.
    """

    elder: bool = False
    contrast: bool = False


@look.post("/look")
def choose() -> Response:
    """Switch ``elder`` or ``contrast`` (1 on, 0 off) and go back to the page ``next`` of this site."""
    response = redirect(_own_path(request.form), code=303)
    for name in SWITCHES:
        value = request.form.get(name)
        if value == "1":
            response.set_cookie(f"{_PREFIX}{name}", "1", max_age=_YEAR_SECONDS, samesite="Lax")
        elif value == "0":
            response.delete_cookie(f"{_PREFIX}{name}", samesite="Lax")
    return response  # type: ignore[return-value]


def chosen() -> Look:
    """What the visitor of this request has switched on."""
    return Look(**{name: request.cookies.get(f"{_PREFIX}{name}") == "1" for name in SWITCHES})


def install_look(app: Flask) -> None:
    """Give every template of ``app`` the visitor's ``look``."""
    app.register_blueprint(look)
    app.context_processor(lambda: {"look": chosen()})
    app.after_request(_told_apart)


def _told_apart(response: Response) -> Response:
    """A cache between here and the visitor must not give one visitor the look of another."""
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    return response


def _own_path(form: "MultiDict[str, str]") -> str:
    """The page to go back to; the home page for anything that may lead to another site."""
    path = form.get("next", "")
    if not path.startswith("/") or len(path) > _LONGEST_ADDRESS or "\\" in path or not path.isprintable():
        return "/"
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    return "/" if path.startswith("//") or parts.scheme or parts.netloc else path
