"""Several FAQ entries published at once: chosen in the list, tried together, looked at, published."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk.four_eyes import CHECKING
from assistant.desk.jobs import Job
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person
from assistant.site.console.faq_forms import filter_of
from assistant.site.console.faq_pages import list_page
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told


@console.post("/faq/together")
@allowed(*CHECKING)
def try_faq_together() -> AnyResponse:
    """Ask the golden questions with all chosen entries in, in the background."""
    form, work, login = request.form, services().faq_work, person().login
    ids = services().store.faq_table.fitting_ids(filter_of(form)) if form.get("all") else form.getlist("id")
    if not ids:
        return list_page("请先选中要发布的条目，或勾选“符合条件的全部”。")
    job = work.together.start(login, ids)
    job.ended.wait(0.2)
    return done("已经开始检查。" if job.state == "running" else "", "console.faq_together", job=job.id)


@console.get("/faq/together")
@allowed(*CHECKING)
def faq_together() -> Response:
    """Show what ``?job=`` came to, and what cannot be published."""
    return _page(_job(request.args.get("job", "")))


@console.post("/faq/together/publish")
@allowed(*CHECKING)
def publish_faq_together() -> AnyResponse:
    """Publish all that was tried: the next questions are answered by it."""
    job = _job(request.form.get("job", ""))
    if job.state != "done":
        raise BadInput("标准问题还没有问完。", code="faq_untried")
    try:
        many = services().faq_work.together.publish(person().login, job.result, request.form.get("reason", ""))
    except AnanError as error:
        return _page(job, told(error), error.status)
    services().answerer.refresh()
    return done(f"{many} 条已发布。", "console.faq_list", state="published")


def _job(job_id: str) -> Job:
    return services().faq_work.together.find(person().login, job_id)


def _page(job: Job, refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/faq_together.html",
        job=job,
        chosen=job.given,
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")
