"""留言 at the desk: the inbox, one message, and every step from handing it out to the reply."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import KINDS, ROLES, STAGES, Handled, Person, grouped, mask
from assistant.desk.four_eyes import CHECKING
from assistant.desk.handling import REASON_MOST
from assistant.desk.messages import REPLY_MOST
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person
from assistant.site.console.parts import edits_of_form, page_number, steps_of
from assistant.site.console.shell import Card, card, done
from assistant.site.context import services
from assistant.site.errors import told

_EXCERPT = 60


@card
def replies_to_review(who: Person) -> Card | None:
    """The replies that wait for a reviewer."""
    review = services().desk.handling.tally(who).counts.get("review", 0) if who.role in CHECKING else 0
    wanted = {"stage": "review"}
    return Card("留言答复待审核", review, "看过后发布，或退回修改。", "console.messages", wanted) if review else None


@card
def replies_sent_back(who: Person) -> Card | None:
    """The replies that a reviewer sent back to them."""
    many = services().desk.handling.tally(who).sent_back
    return Card("退回给您的答复", many, "按审核意见改好，再提交。", "console.messages", {"back": "1"}) if many else None


@card
def waiting_messages(who: Person) -> Card | None:
    """What waits for a reply, and how much of it is overdue or due soon."""
    tally = services().desk.handling.tally(who)
    late = f"其中超期 {tally.overdue} 条，快到期 {tally.soon} 条。" if tally.overdue or tally.soon else "都还没有到期。"
    return Card("待办留言", tally.waiting, late, "console.messages", {"stage": "waiting"}) if tally.waiting else None


@console.get("/messages")
@allowed(*ROLES)
def messages() -> str:
    """Show the inbox; what waits longest stands first."""
    asked = {name: request.args.get(name, "") for name in ("stage", "department", "late", "q", "mine", "back")}
    page = page_number()
    inbox = services().desk.handling.inbox(
        person(),
        stage=asked["stage"],
        department=asked["department"],
        mine=asked["mine"] == "1",
        sent_back=asked["back"] == "1",
        lateness=asked["late"],
        words=asked["q"],
        page=page,
    )
    return render_template(
        "desk/messages.html",
        inbox=inbox,
        asked=asked,
        page=page,
        stages=STAGES,
        kinds=KINDS,
        grouped=grouped,
        excerpt=_excerpt,
        departments=services().desk.people.departments(),
        year_is_known=date.today().year in services().desk.handling.years_known,
        this_year=date.today().year,
        figures=services().desk.handling.figures(
            date.today().replace(month=1, day=1), date.today(), asked["department"]
        ),
        turned=_turned,
    )


@console.get("/messages/<receipt>")
@allowed(*ROLES)
def message(receipt: str) -> Response:
    """Show one message, with what this person may do with it."""
    return _page(services().desk.handling.see(person(), receipt))


@console.post("/messages/<receipt>/assign")
@allowed(*ROLES)
def assign_message(receipt: str) -> AnyResponse:
    """Give it to a department and a colleague, or take it oneself."""
    handling = services().desk.handling
    if request.form.get("take") == "1":
        return _step(receipt, lambda edits: handling.take(person(), receipt, edits), "已领办。")
    department, owner = request.form.get("department", ""), request.form.get("owner", "").strip().lower()
    if owner and not services().desk.people.named(owner).active:
        raise BadInput("这个账号已经停用。", code="not_active")
    if department and department not in services().desk.people.departments():
        raise BadInput("没有这个部门。", code="no_department")
    return _step(receipt, lambda edits: handling.assign(person(), receipt, edits, department, owner), "已分办。")


@console.post("/messages/<receipt>/reply")
@allowed(*ROLES)
def draft_reply(receipt: str) -> AnyResponse:
    """Keep the reply so far, or send it to be reviewed."""
    text = request.form.get("text", "")
    submit = request.form.get("submit") == "1"
    return _step(
        receipt,
        lambda edits: services().desk.handling.draft(person(), receipt, edits, text, submit=submit),
        "已提交审核。" if submit else "草稿已保存。",
        draft=text,
    )


@console.post("/messages/<receipt>/approve")
@allowed(*CHECKING)
def approve_reply(receipt: str) -> AnyResponse:
    """Publish the reply under the receipt."""
    return _step(
        receipt,
        lambda edits: services().desk.handling.approve(person(), receipt, edits),
        "答复已发布，市民凭回执号可以看到。",
    )


@console.post("/messages/<receipt>/send-back")
@allowed(*CHECKING)
def send_reply_back(receipt: str) -> AnyResponse:
    """Send the reply back to be written again."""
    remark = request.form.get("remark", "")
    return _step(
        receipt, lambda edits: services().desk.handling.send_back(person(), receipt, edits, remark), "已退回修改。"
    )


@console.post("/messages/<receipt>/close")
@allowed(*CHECKING)
def close_message(receipt: str) -> AnyResponse:
    """Close it without a reply."""
    reason = request.form.get("reason", "")
    return _step(receipt, lambda edits: services().desk.handling.close(person(), receipt, edits, reason), "已办结。")


@console.post("/messages/<receipt>/reopen")
@allowed(*CHECKING)
def reopen_message(receipt: str) -> AnyResponse:
    """Open it again."""
    return _step(receipt, lambda edits: services().desk.handling.reopen(person(), receipt, edits), "已重新打开。")


@console.post("/messages/<receipt>/due")
@allowed(*CHECKING)
def put_message_off(receipt: str) -> AnyResponse:
    """Put the due day off."""
    day, reason = request.form.get("due", ""), request.form.get("reason", "")

    def put_off(edits: int) -> None:
        try:
            due = date.fromisoformat(day)
        except ValueError:
            raise BadInput("期限应当写成 2026-03-09。", code="bad_due") from None
        services().desk.handling.put_off(person(), receipt, edits, due, reason)

    return _step(receipt, put_off, "已延期。")


@console.post("/messages/<receipt>/faq")
@allowed(*ROLES)
def make_faq_of_message(receipt: str) -> AnyResponse:
    """Make an FAQ draft of it."""
    return _step(
        receipt,
        lambda edits: services().desk.handling.make_faq(person(), receipt, edits),
        "已做成常见问题的草稿，个人信息打了星号；改好后送审。",
    )


@console.post("/messages/<receipt>/remove")
@allowed("admin")
def remove_message(receipt: str) -> AnyResponse:
    """Delete it for good."""
    services().desk.handling.remove(person(), receipt)
    return done("留言已删除。", "console.messages")


def _step(receipt: str, act: Callable[[int], Any], said: str, draft: str | None = None) -> AnyResponse:
    """Does one step and opens the message anew; what was refused stands over it, and what was typed stays."""
    # Looked at first: of what this person may not see, nothing is told but that it is not there.
    services().desk.handling.see(person(), receipt)
    try:
        act(edits_of_form())
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(services().desk.handling.see(person(), receipt), told(error), error.status, draft)
    return done(said, "console.message", receipt=receipt)


def _page(seen: Handled, refusal: str = "", status: int = 200, draft: str | None = None) -> Response:
    message = seen.message
    people = services().desk.people
    colleagues = [each for each in people.all() if each.active]
    report = services().store.report_summaries([message.report_id]).get(message.report_id)
    page = render_template(
        "desk/message.html",
        seen=seen,
        message=message,
        number=grouped(message.receipt),
        kinds=KINDS,
        stages=STAGES,
        report=report,
        colleagues=colleagues,
        departments=people.departments(),
        is_mine=message.owner == person().login,
        may_check=person().role in CHECKING,
        is_author=message.drafted_by == person().login,
        draft=message.draft if draft is None else draft,
        reply_most=REPLY_MOST,
        reason_most=REASON_MOST,
        steps=steps_of(f"message:{message.receipt}"),
        faq_address=_faq_address(message.faq_id),
        refusal=refusal,
        refused_step=(request.endpoint or "").removeprefix("console.") if refusal else "",
        typed=request.form,
    )
    return Response(page, status=status, mimetype="text/html")


def _faq_address(faq_id: str) -> str:
    """Where the FAQ draft is worked on; empty where there is none."""
    there = faq_id and services().store.faq_table.head(faq_id) is not None
    return url_for("console.faq_entry", id=faq_id) if there else ""


def _excerpt(text: str) -> str:
    short = mask(" ".join(text.split()))
    return short if len(short) <= _EXCERPT else f"{short[:_EXCERPT]}…"


def _turned(page: int) -> str:
    asked: dict[str, Any] = {**request.args.to_dict(), "page": page}
    return url_for("console.messages", **asked)
