"""Headers that every response carries, other sites' permission to embed, and how often one address may ask."""

from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request
from flask.typing import RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.errors import SettingsError
from assistant.settings import Settings

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",  # frame-ancestors for browsers that do not know it
    "Referrer-Policy": "same-origin",  # a question stands in the address of the page that answers it
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
}
# What another site needs to run the widget: the API and the modules. Pages stay closed.
_SHARED_PATHS = ("/api/v1/", "/web/", "/widget.js")
# Of the API, what other systems use by token: never a page of another site.
_STAFF_ONLY = "/api/v1/desk/"
_PREFLIGHT_SECONDS = "600"
# The one page that named sites may show in a frame.
_FRAMED = "embed.framed"

# Views that cost an answer, and views that cost speech or a look into the index, share a rate each.
_ASKING = ("api.ask", "pages.home")
_LISTENING = ("api.speech", "api.suggest", "api.report_utterances")
# Views that keep something, and views that tell whether a receipt exists: who tries them all gets nowhere.
_LEAVING = ("message_api.leave", "message_pages.leave")
_LOOKING_UP = ("message_api.message", "message_pages.look_up")
_SPEAKING = ("listen_api.listen",)
_JUDGING = ("feedback_api.give", "feedback_api.heard")
# A whole report's audio is some ten megabytes, and asks again while it is being made.
_DOWNLOADING = ("report_audio.whole",)
_DOWNLOAD_RATE = "12 per minute"
# Signing in to the desk costs an argon2 hash; tries are also counted by account and address (desk.signing_in).
_SIGNING_IN = ("console.enter", "console.enter_code")
_SIGN_IN_RATE = "30 per minute"
# All that other systems do by token.
_OF_DESK = "desk_api"


def install_security(app: Flask, settings: Settings) -> None:
    """Put the headers, the origins and the rates of ``settings`` on ``app``; call it after the routes are there.

    Raises:
        SettingsError: an origin or a rate that cannot be understood.
    """
    if settings.trusted_proxies > 0:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    origins = _origins(settings.allowed_origins)

    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == _FRAMED and origins:
            _allow_frame(response, origins)
        if request.path.startswith(_SHARED_PATHS) and not request.path.startswith(_STAFF_ONLY):
            _allow_origin(response, origins)
        return _only_when_refused(response)

    app.after_request(add_headers)
    _limit_rates(app, settings)


def _origins(listed: str) -> frozenset[str]:
    origins = set()
    for item in listed.split():
        parts = urlsplit(item)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise SettingsError(f"设置 allowed_origins 里的 {item} 不是网站地址，应当像 https://www.example.gov.cn")
        origins.add(f"{parts.scheme}://{parts.netloc}".lower())
    return frozenset(origins)


def _only_when_refused(response: Response) -> Response:
    """Retry-After means "come back later": flask-limiter puts it on every reply that was counted."""
    if response.status_code not in (429, 503):
        response.headers.pop("Retry-After", None)
    return response


def _allow_origin(response: Response, origins: frozenset[str]) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin.lower() not in origins:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS


def _allow_frame(response: Response, origins: frozenset[str]) -> None:
    policy = _HEADERS["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = " ".join((policy, *sorted(origins)))  # frame-ancestors stands last
    del response.headers["X-Frame-Options"]  # it knows no list


def _limit_rates(app: Flask, settings: Settings) -> None:
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    for scope, setting, names in (
        ("ask", "ask_rate", _ASKING),
        ("speech", "speech_rate", _LISTENING),
        ("listen", "listen_rate", _SPEAKING),
        ("message", "message_rate", _LEAVING),
        ("receipt", "receipt_rate", _LOOKING_UP),
        ("feedback", "ask_rate", _JUDGING),
        ("download", _DOWNLOAD_RATE, _DOWNLOADING),
        ("sign-in", _SIGN_IN_RATE, _SIGNING_IN),
    ):
        rate = setting if " per " in setting else _rate(setting, getattr(settings, setting))
        limit = limiter.shared_limit(rate, scope=scope, exempt_when=_only_looking)
        for name in names:
            app.view_functions[name] = cast(RouteCallable, limit(app.view_functions[name]))
    # Of the whole blueprint: it is counted before the token is looked at, so that tokens cannot be tried unbounded.
    desk_rate = _rate("desk_rate", settings.desk_rate)
    limiter.shared_limit(desk_rate, scope="desk", exempt_when=_only_looking)(cast(Blueprint, app.blueprints[_OF_DESK]))


def _only_looking() -> bool:
    """A preflight, or a page that is opened without the query that costs something."""
    # HEAD runs the view as GET does and is counted like it.
    if request.method == "OPTIONS":
        return True
    query = {"pages.home": "q", "message_pages.look_up": "receipt"}.get(request.endpoint or "")
    return query is not None and query not in request.args


def _rate(name: str, value: str) -> str:
    try:
        parse_many(value)
    except ValueError:
        raise SettingsError(f"设置 {name} 应当写成“60 per minute”这样，得到的是 {value!r}") from None
    return value
