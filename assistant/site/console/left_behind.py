"""What a refused form held and which page it came from, for the error page: nobody types it twice."""

from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Flask, request, url_for
from werkzeug.exceptions import HTTPException

from assistant.errors import AnanError
from assistant.site.console.access import PREFIX, own_path
from assistant.site.same_origin import check_same_origin

# What people write sentences into, by the name of its field up to a hyphen; never a password or a code.
_WRITTEN = {
    "title": "标题",
    "intro": "说明",
    "question": "问题",
    "phrasings": "其他问法",
    "answer": "答案",
    "text": "内容",
    "links": "报告段落",
    "note": "说明",
    "reason": "理由",
    "remark": "意见",
}
# A textarea is shown with so many lines at the most; longer ones scroll.
_LINES_SHOWN = 8


class Written(NamedTuple):
    """A field that somebody wrote into.

    Attributes:
        label: what the field is called.
        text: what stands in it.
        lines: in how many lines it is shown.
    """

    label: str
    text: str
    lines: int


def give_templates_what_was_left_behind(app: Flask) -> None:
    """Give every template ``left_behind`` and ``came_from``; the error page calls them."""
    app.context_processor(lambda: {"left_behind": left_behind, "came_from": came_from})


def left_behind() -> list[Written]:
    """What was written into the form of this request; nothing where the form is not from our own page."""
    if request.method != "POST":
        return []
    try:
        check_same_origin()
        fields = [(_WRITTEN.get(name.partition("-")[0]), text) for name, text in request.form.items()]
    except (AnanError, HTTPException):  # a foreign form, or one that is too large to be read
        return []
    return [
        Written(label, text, min(_LINES_SHOWN, 1 + text.count("\n") + len(text) // 40))
        for label, text in fields
        if label and text.strip()
    ]


def came_from() -> str:
    """The page of the desk that this form stood on; empty where the browser does not tell, or it is the first page."""
    try:
        told = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if request.method != "POST" or told.netloc != request.host or not told.path.startswith(f"{PREFIX}/"):
        return ""
    page = own_path(told._replace(scheme="", netloc="", fragment="").geturl())
    return "" if page == url_for("console.home") else page
