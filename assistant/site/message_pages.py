"""Leaving a message and looking up its reply, for those without JavaScript."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request, url_for

from assistant.desk import CONTACT_MOST, KINDS, TEXT_MOST, Draft, consent_line, grouped
from assistant.errors import AnanError
from assistant.site.context import services
from assistant.site.errors import told
from assistant.site.message_api import MESSAGE_BODY_BYTES
from assistant.site.same_origin import check_same_origin

message_pages = Blueprint("message_pages", __name__)


@message_pages.get("/messages/new")
def form() -> Response:
    """Show the form; ``?question=`` and ``?report=`` say what the message is about."""
    return _form_page(
        Draft("ask", "", question=request.args.get("question", ""), report_id=request.args.get("report", ""))
    )


@message_pages.post("/messages/new")
def leave() -> Response:
    """Keep a message and show its receipt, at an address that can be opened again."""
    request.max_content_length = MESSAGE_BODY_BYTES
    check_same_origin()
    sent = {name: request.form.get(name, "") for name in ("kind", "text", "contact", "question", "report")}
    draft = Draft(
        sent["kind"], sent["text"], sent["contact"], "consent" in request.form, sent["question"], sent["report"]
    )
    try:
        kept = services().desk.messages.receive(draft)
    except AnanError as error:
        return _form_page(draft, told(error), error.status)
    # Opened anew, not answered here: a reload must not leave the message twice.
    address = url_for("message_pages.look_up", receipt=kept.receipt, left="1")
    response = Response(status=303)
    response.headers["Location"] = address
    return _unkept(response)


@message_pages.get("/messages")
def look_up() -> Response:
    """Show the message with ``?receipt=`` and its reply, or the form that asks for the receipt."""
    typed = request.args.get("receipt", "")
    found, refusal, status = None, "", 200
    if typed.strip():
        try:
            found = services().desk.messages.look_up(typed)
        except AnanError as error:
            refusal, status = told(error), error.status
    page = render_template(
        "messages.html",
        typed=grouped(found.receipt) if found else typed,
        found=found,
        just_left=found is not None and request.args.get("left") == "1",
        kinds=KINDS,
        refusal=refusal,
        said_on=_said_on,
    )
    return _unkept(Response(page, status=status, mimetype="text/html"))


def _form_page(draft: Draft, refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "message_new.html",
        draft=draft,
        kinds=KINDS,
        text_limit=TEXT_MOST,
        contact_limit=CONTACT_MOST,
        consent=consent_line(services().desk.messages.days),
        refusal=refusal,
    )
    return _unkept(Response(page, status=status, mimetype="text/html"))


def _said_on(moment: datetime) -> str:
    """A moment as people of the server's place say it."""
    here = moment.astimezone()
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
