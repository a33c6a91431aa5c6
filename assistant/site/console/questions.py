"""What people ask (市民在问): groups, what is done about them, and wordings that wait for a yes."""

from datetime import timedelta

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES, Person
from assistant.desk.periods import ROLLING, month_of, quarter_of
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person
from assistant.site.console.shell import Card, card, done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.site.links import evidence_link
from assistant.store.group_table import FILTERS

SHOWN = {
    "unsolved": "未解决",
    "all": "全部",
    "drafted": "已起草",
    "phrased": "已加问法",
    "linked": "已指定段落",
    "out_of_scope": "不在范围",
}
STATES = {**SHOWN, "open": "未处理"}
ANSWER_KINDS = {
    "faq": "常见问题",
    "figure": "数字",
    "comparison": "比较",
    "list": "清单",
    "contact": "联系方式",
    "metadata": "报告信息",
    "passage": "报告段落",
    "smalltalk": "寒暄",
    "urgent": "紧急求助",
    "none": "没有找到",
}
# Passages that are proposed for a group.
_PASSAGES_SHOWN = 5
_MONTHS_SHOWN = 12
# So many of the most frequent wordings are taken along unless somebody unticks them.
_PHRASINGS_TICKED = 10


@console.get("/questions")
@allowed(*ROLES)
def questions() -> str:
    """Show the groups of a period, unsolved ones first."""
    wish = {name: request.args.get(name, "") for name in ("period", "show", "department", "word", "page")}
    page = services().desk.asked.page(
        wish["period"],
        wish["show"],
        department=wish["department"],
        word=wish["word"],
        page=int(wish["page"]) if wish["page"].isascii() and wish["page"].isdigit() and len(wish["page"]) < 5 else 1,
    )
    return render_template(
        "desk/questions.html",
        found=page,
        wish={**wish, "show": wish["show"] if wish["show"] in FILTERS else FILTERS[0]},
        shown=SHOWN,
        states=STATES,
        periods=periods_to_choose(),
        departments=department_names(),
        waiting=services().store.suggestions.count_waiting(),
    )


@console.get("/questions/<int:group>")
@allowed(*ROLES)
def question_group(group: int) -> Response:
    """Show one group, and what can be done about it."""
    return _group_page(group)


@console.post("/questions/<int:group>/entry")
@allowed(*ROLES)
def draft_entry(group: int) -> AnyResponse:
    """Draft an FAQ entry that answers the group."""
    sent = {name: request.form.get(name, "") for name in ("question", "answer", "publisher")}
    try:
        head = services().desk.asked.write_entry(
            person().login, group, **sent, phrasings=request.form.getlist("phrasing")
        )
    except BadInput as error:
        return _group_page(group, told(error), error.status)
    words = "已起草，还没有送审：可以接着改，改好再送审，审核以后市民才看到。"
    return done(words, "console.faq_entry", id=head.entry.id, checks=1)


@console.post("/questions/<int:group>/phrasing")
@allowed(*ROLES)
def add_phrasing(group: int) -> AnyResponse:
    """Add the group's wordings to an entry."""
    entry_id = request.form.get("entry", "").strip()
    try:
        services().desk.asked.add_phrasings(person().login, group, entry_id, request.form.getlist("phrasing"))
    except AnanError as error:
        return _group_page(group, told(error), error.status)
    return done("已加进这条常见问题的新版本，审核以后才公布。", "console.question_group", group=group)


@console.post("/questions/<int:group>/passage")
@allowed(*ROLES)
def link_passage(group: int) -> AnyResponse:
    """Say which passage answers the group."""
    report_id, _, anchor = request.form.get("passage", "").partition("#")
    try:
        services().desk.asked.link_passage(person().login, group, report_id, anchor)
    except AnanError as error:
        return _group_page(group, told(error), error.status)
    return done("已记下由哪个段落回答。", "console.question_group", group=group)


@console.post("/questions/<int:group>/out-of-scope")
@allowed(*ROLES)
def out_of_scope(group: int) -> AnyResponse:
    """Say that this service is not for what the group asks."""
    try:
        services().desk.asked.out_of_scope(person().login, group, request.form.get("note", ""))
    except BadInput as error:
        return _group_page(group, told(error), error.status)
    return done("已标为不在范围。", "console.question_group", group=group)


@console.post("/questions/<int:group>/undo")
@allowed(*ROLES)
def undo_decision(group: int) -> AnyResponse:
    """Take back what was decided about the group."""
    services().desk.asked.undo(person().login, group)
    return done("已撤销，这组问题又是未处理的。", "console.question_group", group=group)


@console.get("/phrasings")
@allowed(*ROLES)
def phrasings() -> str:
    """Show the wordings that wait for a yes."""
    return render_template("desk/phrasings.html", found=services().desk.asked.suggestions())


@console.post("/phrasings")
@allowed(*ROLES)
def settle_phrasing() -> AnyResponse:
    """Say yes or no to a wording."""
    key, _, entry_id = request.form.get("which", "").partition(" ")
    accepted = request.form.get("verdict") == "yes"
    try:
        services().desk.asked.settle(person().login, key, entry_id, accepted=accepted)
    except AnanError as error:
        return done(told(error), "console.phrasings")
    said = "已加进这条常见问题的新版本，审核以后才公布。" if accepted else "已记下不采纳。"
    return done(said, "console.phrasings")


@card
def _unsolved(_: Person) -> Card | None:
    """The unsolved questions of the last days."""
    times = services().store.groups.unanswered("d7")
    wanted = {"period": "d7"}
    return Card("没有回答的问题", times, "近7天没有找到答案的次数", "console.questions", wanted) if times else None


@card
def _proposed(_: Person) -> Card | None:
    """The wordings that wait."""
    many = services().store.suggestions.count_waiting()
    return Card("建议的问法", many, "等您看看要不要采纳", "console.phrasings") if many else None


def _group_page(group: int, refusal: str = "", status: int = 200) -> Response:
    view = services().desk.asked.group(group)
    found = services().answerer.find(view.group.label)[:_PASSAGES_SHOWN] if view.group.state == "open" else []
    passages = [
        (f"{each.report.id}#{each.evidence.anchor}", each.evidence, evidence_link(each.evidence))
        for each in found
        if each.evidence.anchor
    ]
    entries = services().store.faq_table.heads({each.entry_id for each in view.answers if each.entry_id})
    usual = [each.text for each in view.forms[:_PHRASINGS_TICKED]] if view.group.state == "open" else []
    months = sorted((name, count) for name, count in view.counts.items() if "-" in name)[-_MONTHS_SHOWN:]
    page = render_template(
        "desk/question_group.html",
        view=view,
        months=months,
        most=max((count.asked for _, count in months), default=1),
        lately=view.counts.get("d30"),
        states=STATES,
        kinds=ANSWER_KINDS,
        entries=entries,
        decided_entry=_question_of(view.group.entry_id),
        nearest=services().desk.asked.nearest_entries(view.group.label),
        passages=passages,
        refusal=refusal,
        sent={"question": view.group.label, "publisher": view.group.department, **request.form.to_dict()},
        ticked=request.form.getlist("phrasing") if refusal else usual,
    )
    return Response(page, status=status, mimetype="text/html")


def _question_of(entry_id: str) -> str:
    """What an entry asks; empty where there is no such entry."""
    head = services().store.faq_table.head(entry_id) if entry_id else None
    return head.entry.question if head else ""


def periods_to_choose() -> list[tuple[str, str]]:
    """The periods to choose from: the last days, this and the last month and quarter, this and the last year."""
    asked = services().desk.asked
    today = asked.period("d7").last
    eve_of_month = asked.period(month_of(today)).first - timedelta(days=1)
    eve_of_quarter = asked.period(quarter_of(today)).first - timedelta(days=1)
    names = [f"d{days}" for days in ROLLING]
    names += [month_of(today), month_of(eve_of_month), quarter_of(today), quarter_of(eve_of_quarter)]
    names += [f"{today.year:04d}", f"{today.year - 1:04d}"]
    return [(name, asked.period(name).words) for name in names]


def department_names() -> list[str]:
    """The bodies there are reports or entries of."""
    return sorted({report.publisher for report in services().store.reports() if report.publisher})
