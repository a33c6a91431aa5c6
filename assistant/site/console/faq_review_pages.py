"""Before an FAQ entry is published: how it will answer and sound, the golden questions with it in, and the reviewer."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.answers.plain_words import answer_html, plain_words
from assistant.desk import ROLES
from assistant.desk.faq import STATE_NAMES
from assistant.desk.four_eyes import CHECKING
from assistant.errors import AnanError
from assistant.site.console.access import allowed, console, person
from assistant.site.console.faq_forms import linked, named_differences, number_of
from assistant.site.console.faq_pages import looked_at
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.speech import spoken_form
from assistant.store import FaqEntry
from assistant.store.faq_records import FaqHead


@console.get("/faq/review")
@allowed(*ROLES)
def faq_review() -> Response:
    """Show all that a reviewer has to know of ``?id=``."""
    return _review(services().desk.faq.head(request.args.get("id", "")))


@console.post("/faq/try")
@allowed(*ROLES)
def try_faq_entry() -> AnyResponse:
    """Ask the golden questions with the newest version in, in the background."""
    head = services().desk.faq.head(request.form.get("id", ""))
    services().faq_work.trials.start(person().login, head)
    return done("正在用标准问题检查……", "console.faq_review", id=head.entry.id)


@console.post("/faq/publish")
@allowed(*CHECKING)
def publish_faq_entry() -> AnyResponse:
    """Publish the version under review: the next question is answered by it."""
    entry_id = request.form.get("id", "")
    desk = services().desk.faq
    try:
        head = desk.publish(person().login, entry_id, number_of("version"), request.form.get("reason", ""))
    except AnanError as error:
        if error.status == 404:
            raise
        return _review(desk.head(entry_id), told(error), error.status)
    services().answerer.refresh()
    return done(f"第 {head.version} 版已发布。", "console.faq_review", id=entry_id)


@console.get("/faq/preview")
@allowed(*ROLES)
def faq_preview() -> str:
    """Show how the questions of ``?id=`` would be answered with its newest version in, and how that sounds."""
    head = services().desk.faq.head(request.args.get("id", ""))
    words = plain_words(head.entry.answer)
    return render_template(
        "desk/faq_preview.html",
        head=head,
        states=STATE_NAMES,
        previewed=services().faq_work.trials.preview(head.entry),
        html=answer_html(head.entry.answer),
        words=words,
        spoken=spoken_form(words),
        utterances=services().speech.utterances(words),
    )


def _review(head: FaqHead, refusal: str = "", status: int = 200) -> Response:
    desk = services().desk.faq
    job = services().faq_work.trials.latest(person().login, head)
    # Before its result is looked for, or a trial that ends between the two is shown as none at all.
    is_running = job is not None and job.state == "running"
    ready = desk.readiness(head)
    live = desk.live_entry(head)
    is_own = person().login in ready.authors
    page = render_template(
        "desk/faq_review.html",
        head=head,
        ready=ready,
        live=live,
        fields=named_differences(live or FaqEntry("", "", (), ""), head.entry),
        looked=looked_at(head.entry),
        linked=linked(services().store, head.entry),
        html=answer_html(head.entry.answer),
        job=job,
        is_running=is_running,
        states=STATE_NAMES,
        refusal=refusal,
        is_own=is_own,
        may_review=person().role in CHECKING and not is_own,
        spoken=spoken_form(plain_words(head.entry.answer)),
    )
    return Response(page, status=status, mimetype="text/html")
