"""The FAQ at the desk: the list with its filters, the editor, versions and their differences, many changed at once."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, jsonify, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.answers.plain_words import answer_html
from assistant.desk import ROLES, Person
from assistant.desk.contradictions import find_contradictions
from assistant.desk.faq import STATE_NAMES, BulkEdit, Conflict
from assistant.desk.faq_fields import ANSWER_MOST, QUESTION_MOST, all_texts
from assistant.desk.four_eyes import CHECKING
from assistant.desk.sensitive import SENSITIVE_KINDS
from assistant.errors import AnanError, BadInput
from assistant.site.body import json_object
from assistant.site.console.access import allowed, console, person, takes
from assistant.site.console.faq_forms import (
    EXPIRING_DAYS,
    FORM_BYTES,
    PER_PAGE,
    entry_of_form,
    filter_of,
    in_place,
    linked,
    named_differences,
    number_of,
    query_of,
    typed_entry,
)
from assistant.site.console.shell import Card, card, done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.store import FaqEntry
from assistant.store.faq_records import FaqFilter, FaqHead


@card
def waiting(someone: Person) -> Card | None:
    """How many entries wait for a reviewer."""
    if someone.role not in CHECKING:
        return None
    count = services().store.faq_table.count_by_state().get("review", 0)
    wanted = {"state": "review"}
    return Card("待审核的常见问题", count, "看过后发布，或退回。", "console.faq_list", wanted) if count else None


@card
def sent_back(someone: Person) -> Card | None:
    """How many entries a reviewer sent back to them."""
    count = services().store.faq_table.count(FaqFilter(sent_back=someone.login))
    wanted = {"sent_back": someone.login}
    return Card("退回给您的常见问题", count, "按审核意见改好，再送审。", "console.faq_list", wanted) if count else None


@card
def expiring(_: Person) -> Card | None:
    """How many entries are about to expire."""
    count = services().store.faq_table.count(filter_of({"expiring": "1"}))
    text = f"{EXPIRING_DAYS} 天内失效，或已失效"
    return Card("快到期的常见问题", count, text, "console.faq_list", {"expiring": "1"}) if count else None


@console.get("/faq")
@allowed(*ROLES)
def faq_list() -> Response:
    """Show the entries that fit the filters, a page at a time."""
    return list_page()


def list_page(refusal: str = "") -> Response:
    """The list; with a refusal of what was to be done to many at once, and what was typed for it."""
    table = services().store.faq_table
    wanted = filter_of(request.values)
    page = number_of("page", 1)
    count, heads = table.page(wanted, (page - 1) * PER_PAGE, PER_PAGE)
    publishers, owners, tags = table.words_used()
    shown = render_template(
        "desk/faq_list.html",
        wanted=wanted,
        heads=heads,
        count=count,
        page=page,
        pages=max(1, -(-count // PER_PAGE)),
        by_state=table.count_by_state(),
        states=STATE_NAMES,
        publishers=publishers,
        owners=owners,
        tags=tags,
        query=query_of,
        today=date.today(),
        may_archive=person().role in CHECKING,
        refusal=refusal,
        typed=request.form,
    )
    return Response(shown, status=BadInput.status if refusal else 200, mimetype="text/html")


@console.get("/faq/entry")
@allowed(*ROLES)
def faq_entry() -> Response:
    """Show the editor of ``?id=``, or of a new entry; with ``?checks=1`` what is to be looked at."""
    entry_id = request.args.get("id", "")
    if not entry_id:
        asked = request.args.get("question", "")[:QUESTION_MOST]
        return _editor(FaqEntry("", asked, (), "", publisher=person().department, owner=person().login), None)
    head = services().desk.faq.head(entry_id)
    return _editor(head.entry, head, checks=request.args.get("checks") == "1")


@console.post("/faq/entry")
@allowed(*ROLES)
@takes(FORM_BYTES)
def save_faq_entry() -> AnyResponse:
    """Save a version; sent to review at once where the button says so."""
    desk = services().desk.faq
    entry_id, base = request.form.get("id", ""), number_of("version")
    head = desk.head(entry_id) if entry_id else None
    before = head.entry if head else None
    try:
        entry = entry_of_form(services().store, before)
        saved = desk.save(person().login, entry, base if head else None, request.form.get("note", ""))
        if request.form.get("then") == "submit" and saved.entry.state == "draft":
            desk.submit(person().login, saved.entry.id, saved.version)
            return done("已保存并送审。", "console.faq_review", id=saved.entry.id)
    except Conflict as conflict:
        mine = entry_of_form(services().store, conflict.current.entry)
        return _editor(mine, conflict.current, refusal=conflict.message, status=409, theirs=conflict.current.entry)
    except BadInput as error:
        return _editor(typed_entry(before), head, refusal=told(error), status=error.status, base=base)
    words = "没有改动。" if head and saved.version == head.version else f"已保存为第 {saved.version} 版。"
    return done(words, "console.faq_entry", id=saved.entry.id, checks=1)


@console.post("/faq/move")
@allowed(*ROLES)
def move_faq_entry() -> AnyResponse:
    """Submit, withdraw, send back, archive or restore, as ``action`` says."""
    desk, login = services().desk.faq, person().login
    entry_id, base = request.form.get("id", ""), number_of("version")
    action, reason = request.form.get("action", ""), request.form.get("reason", "")
    if action == "submit":
        desk.submit(login, entry_id, base)
        return done("已送审。", "console.faq_review", id=entry_id)
    if action == "withdraw":
        desk.withdraw(login, entry_id, base)
        return done("已撤回，可以继续修改。", "console.faq_entry", id=entry_id)
    if action == "restore":
        head = desk.restore(login, entry_id, number_of("number"), base)
        return done(f"已恢复为第 {head.version} 版草稿。", "console.faq_entry", id=entry_id)
    if action == "send_back":
        _only_reviewers()
        desk.send_back(login, entry_id, base, reason)
        return done("已退回。", "console.faq_list", state="review")
    if action == "archive":
        desk.archive(login, entry_id, base, reason, may_withdraw=person().role in CHECKING)
        services().answerer.refresh()
        return done("已归档，不再用来回答。", "console.faq_entry", id=entry_id)
    raise BadInput("没有这个操作。", code="faq_action")


@console.get("/faq/versions")
@allowed(*ROLES)
def faq_versions() -> str:
    """Show the versions of ``?id=``, and how ``?to=`` differs from ``?from=``."""
    head = services().desk.faq.head(request.args.get("id", ""))
    versions = services().desk.faq.versions(head.entry.id)
    by_number = {each.number: each for each in versions}
    newer = by_number.get(number_of("to"), versions[0])
    older = by_number.get(number_of("from")) or by_number.get(newer.number - 1) or newer
    return render_template(
        "desk/faq_versions.html",
        head=head,
        versions=versions,
        older=older,
        newer=newer,
        fields=named_differences(older.entry, newer.entry),
        states=STATE_NAMES,
    )


@console.post("/faq/bulk")
@allowed(*ROLES)
def change_many_faq_entries() -> AnyResponse:
    """Do the same to the chosen entries, or to all that fit the filters."""
    form = request.form
    wanted = filter_of(form)
    ids = services().store.faq_table.fitting_ids(wanted) if form.get("all") else form.getlist("id")
    if not ids:
        return list_page("请先选中要改的条目，或勾选“符合条件的全部”。")
    try:
        edit = _bulk_edit()
        if edit == BulkEdit():
            return list_page("请先填写要改成什么。")
        result = services().desk.faq.bulk(person().login, ids, edit, may_withdraw=person().role in CHECKING)
    except BadInput as error:
        return list_page(told(error))
    if edit.archive:
        services().answerer.refresh()
    words = f"改了 {result.changed} 条，{result.same} 条本来就是这样"
    if result.refused:
        words += f"，{len(result.refused)} 条没有改（{result.refused[0][1]}）"
    return done(f"{words}。", "console.faq_list", **_named(wanted))


@console.post("/faq/check")
@allowed(*ROLES)
@takes(FORM_BYTES)
def check_faq_entry() -> Response:
    """While typing: near duplicates, figures that disagree with the reports, sensitive information."""
    body = json_object(FORM_BYTES)
    texts = {name: str(body.get(name) or "")[:ANSWER_MOST] for name in ("id", "question", "answer", "publisher")}
    given = body.get("phrasings")
    phrasings = tuple(str(each)[:QUESTION_MOST] for each in given) if isinstance(given, list) else ()
    entry = FaqEntry(texts["id"], texts["question"], phrasings, texts["answer"], texts["publisher"])
    looked = looked_at(entry)
    shape = {
        "near": [{**vars(each)} for each in looked["near"]],
        "contradictions": [
            {"text": each.text, "asked": each.asked, "reported": each.reported} for each in looked["contradictions"]
        ],
        "sensitive": [
            {"field": name, "kind": SENSITIVE_KINDS[find.kind], "start": find.start, "end": find.end}
            for name, finds in looked["found"].items()
            for find in finds
        ],
        "html": answer_html(entry.answer),
    }
    return jsonify(shape)


def _editor(
    entry: FaqEntry,
    head: FaqHead | None,
    *,
    refusal: str = "",
    status: int = 200,
    base: int | None = None,
    theirs: FaqEntry | None = None,
    checks: bool = False,
) -> Response:
    publishers, used, _ = services().store.faq_table.words_used()
    owners = sorted({*used, *(each.login for each in services().desk.people.all() if each.active)})
    page = render_template(
        "desk/faq_entry.html",
        entry=entry,
        note=request.form.get("note", ""),
        head=head,
        base=base or (head.version if head else 0),
        refusal=refusal,
        conflict=named_differences(theirs, entry) if theirs else (),
        states=STATE_NAMES,
        publishers=publishers,
        owners=owners,
        linked=linked(services().store, entry) if not refusal else [],
        looked=looked_at(entry) if checks else None,
        html=answer_html(entry.answer),
        limits={"question": QUESTION_MOST, "answer": ANSWER_MOST},
        may_archive=head is not None and (head.live is None or person().role in CHECKING),
    )
    return Response(page, status=status, mimetype="text/html")


def looked_at(entry: FaqEntry) -> dict[str, Any]:
    """What of an entry is to be looked at: doubles, figures that disagree, sensitive information in its place."""
    work = services().faq_work
    found = services().desk.faq.sensitive(entry)
    texts = all_texts(entry)
    return {
        "near": work.near.find(entry.question, entry.phrasings, entry.id),
        "contradictions": find_contradictions(entry, work.ask_reports),
        "found": found,
        "in_place": {name: in_place(texts[name], finds) for name, finds in found.items()},
    }


def _bulk_edit() -> BulkEdit:
    form = request.form
    until = form.get("valid_until", "").strip()
    if form.get("forever"):
        last: date | None = date.max
    else:
        try:
            last = date.fromisoformat(until) if until else None
        except ValueError:
            raise BadInput("失效日期应当写成 2026-03-01。", code="faq_day") from None
    return BulkEdit(
        add_tags=tuple(form.get("add_tags", "").replace("、", " ").split()),
        drop_tags=tuple(form.get("drop_tags", "").replace("、", " ").split()),
        publisher=form.get("new_publisher", "").strip() or None,
        owner=form.get("new_owner", "").strip() or None,
        valid_until=last,
        archive=form.get("do") == "archive",
    )


def _named(wanted: FaqFilter) -> dict[str, str]:
    named = {name: value for name, value in vars(replace(wanted, until=None)).items() if value}
    return {**named, "expiring": "1"} if wanted.until else named


def _only_reviewers() -> None:
    if person().role not in CHECKING:
        raise AnanError("这要由审核人来做。", code="not_allowed", status=403)
