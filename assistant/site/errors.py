"""One error shape: every refusal, whoever raises it, leaves here as JSON for programs or as a page for people."""

import logging

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from assistant.errors import AnanError
from assistant.store import StoreError

_LOG = logging.getLogger(__name__)

# What people and programs are told about errors that Werkzeug raises: status -> (code, sentence).
_SENTENCES = {
    400: ("bad_request", "请求的格式不对，请检查后再试。"),
    404: ("not_found", "没有找到您要的内容，可能已经移动或删除。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方式。"),
    413: ("body_too_large", "发送的内容太大了，请缩短后再试。"),
    414: ("address_too_long", "请求的地址太长了。"),
    415: ("not_json", "请求的内容应当是 JSON（Content-Type: application/json）。"),
    416: ("bad_range", "请求的范围超出了文件的长度。"),
    429: ("too_many_requests", "您操作得太频繁了，请稍等片刻再试。"),
    431: ("headers_too_large", "请求的头部太大了。"),
    500: ("internal_error", "安安出了点问题，请稍后再试。"),
    503: ("busy", "安安正忙，请稍后再试。"),
    507: ("store_full", "安安暂时存不下新的内容，请稍后再试。"),
}
# After this many seconds a busy part (the voice's queue, mostly) has normally caught up.
_RETRY_SECONDS = "3"
# Characters of a refused question that the error page keeps for another try: the longest that the settings allow.
_ASKED_KEPT = 2_000


def error_shape(code: str, message: str) -> dict[str, dict[str, str]]:
    """The one JSON shape of an error."""
    return {"error": {"code": code, "message": message}}


def sentence(status: int) -> tuple[str, str]:
    """The code and the Chinese sentence for an HTTP ``status`` that says nothing more itself."""
    return _SENTENCES.get(status) or _SENTENCES[500 if status >= 500 else 400]


def told(error: AnanError) -> str:
    """What the public is told of ``error``: its own sentence, but a general one of a broken store, which names files.

    The store's own sentence, which is for staff, goes to the log; no question and no visitor's address stands in it.
    """
    if not isinstance(error, StoreError):
        return error.message
    _LOG.error("the store failed (%s): %s", error.code, error.message)
    return sentence(error.status)[1]


def install_errors(app: Flask) -> None:
    """Answer every exception of ``app`` in the one shape."""
    app.register_error_handler(AnanError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _known(error: AnanError) -> Response:
    response = _answer(error.status, error.code, told(error))
    if error.status == 503:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:  # A redirect is raised as an exception too.
        return error
    response = _answer(status, *sentence(status))
    # Keep what the status promises (Allow for 405, Content-Range for 416), not the English body's own type and length.
    kept = {"allow", "content-range", "retry-after"}
    response.headers.extend((name, value) for name, value in error.get_headers() if name.lower() in kept)
    return response


def _unforeseen(error: Exception) -> Response:
    # The rule, not the path: a path may hold a receipt; questions travel in bodies and query strings.
    _LOG.error("%s %s failed", request.method, request.url_rule or "no route", exc_info=error)
    return _answer(500, *sentence(500))


def _again() -> str:
    """The address to try once more; empty where that would do something, or lead off this site."""
    path = request.full_path.removesuffix("?")
    return path if request.method == "GET" and not path.startswith("//") else ""


def _answer(status: int, code: str, message: str) -> Response:
    # A script of the desk asks for JSON and shows the sentence where it stands.
    by_script = request.headers.get("Accept", "").startswith("application/json")
    if request.path.startswith("/api/") or request.path == "/healthz" or by_script:
        response = jsonify(error_shape(code, message))
    else:
        asked = request.args.get("q", "")[:_ASKED_KEPT]
        template = "desk/error.html" if request.path.startswith("/desk/") else "error.html"
        page = render_template(template, status=status, message=message, asked=asked, again=_again())
        response = Response(page, mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
