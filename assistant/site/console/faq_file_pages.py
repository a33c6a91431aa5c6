"""The FAQ in and out of files, with each row's fate before anything is written; and the words that staff watch."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES
from assistant.desk.faq_import import FATES, PlannedImport
from assistant.desk.faq_sheets import FILE_MOST_BYTES, KINDS, ROWS_MOST, write_sheet
from assistant.desk.plain_text import bounded, one_line
from assistant.errors import BadInput
from assistant.site.console.access import allowed, console, person, takes
from assistant.site.console.faq_forms import filter_of, number_of
from assistant.site.console.shell import done
from assistant.site.context import services

_PLAN, _CARRY_OUT = "faq-plan", "faq-import"
# A file with what a browser puts around it.
_UPLOAD_BYTES = FILE_MOST_BYTES + 64 * 1024
_FATES_PER_PAGE = 200
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
# Words that staff watch: more than this is a dictionary, and a search for it is no longer quick.
WORDS_MOST = 5_000
WORD_MOST = 50


@console.get("/faq/import")
@allowed(*ROLES)
def faq_import_form() -> str:
    """Show the form that takes a file."""
    return render_template("desk/faq_import.html", kinds=KINDS, rows_most=ROWS_MOST, mb=FILE_MOST_BYTES // 1024 // 1024)


@console.post("/faq/import")
@allowed(*ROLES)
@takes(_UPLOAD_BYTES)
def read_faq_file() -> AnyResponse:
    """Read a file and work out, in the background, what would become of each row; nothing is written yet."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadInput("请先选一个文件。", code="sheet_missing")
    name, data = one_line(sent.filename)[:200], sent.read()
    importing = services().desk.faq_import
    job = services().faq_work.jobs.start(
        _PLAN, person().login, name, lambda progress: importing.read(name, data, progress)
    )
    job.ended.wait(1.0)  # a small file is read by now, and its page need not be looked at twice
    return done("文件已收到，下面是每一行会怎样。", "console.faq_import_job", job=job.id)


@console.get("/faq/import/job")
@allowed(*ROLES)
def faq_import_job() -> str:
    """Show how far ``?job=`` is, then each row's fate."""
    kind = _CARRY_OUT if request.args.get("done") else _PLAN
    job = services().faq_work.jobs.find(request.args.get("job", ""), person().login, kind)
    fates = (job.result.fates if kind == _PLAN else job.result) if job.state == "done" else []
    wanted = request.args.get("fate", "")
    shown = [fate for fate in fates if not wanted or fate.fate == wanted]
    page = number_of("page", 1)
    counts = {fate: sum(each.fate == fate for each in fates) for fate in FATES}
    return render_template(
        "desk/faq_import_job.html",
        job=job,
        is_plan=kind == _PLAN,
        fates=FATES,
        counts={fate: count for fate, count in counts.items() if count},
        rows=shown[(page - 1) * _FATES_PER_PAGE : page * _FATES_PER_PAGE],
        wanted=wanted,
        page=page,
        pages=max(1, -(-len(shown) // _FATES_PER_PAGE)),
        writes=counts["new"] + counts["changed"],
    )


@console.post("/faq/import/carry-out")
@allowed(*ROLES)
def carry_out_faq_import() -> AnyResponse:
    """Bring in what was planned, all of it in one transaction."""
    jobs, login = services().faq_work.jobs, person().login
    plan = jobs.find(request.form.get("job", ""), login, _PLAN)
    if plan.state != "done":
        raise BadInput("文件还没有读完，或者读不出来。", code="sheet_unread")
    planned: PlannedImport = plan.result
    importing = services().desk.faq_import
    job = jobs.start(
        _CARRY_OUT,
        login,
        planned.name,
        lambda progress: importing.carry_out(login, planned.rows, planned.name, progress, planned.fates),
    )
    job.ended.wait(1.0)
    return done("正在导入……", "console.faq_import_job", job=job.id, done=1)


@console.get("/faq/export")
@allowed(*ROLES)
def export_faq() -> Response:
    """The entries that fit the filters as a file of ``?kind=``."""
    kind = request.args.get("kind", "xlsx")
    if kind not in KINDS:
        raise BadInput("只能导出 XLSX、CSV、YAML。", code="sheet_kind")
    table = services().store.faq_table
    heads = table.heads(table.fitting_ids(filter_of(request.args)))
    ordered = sorted(heads.values(), key=lambda head: head.ordinal)
    data = write_sheet((head.entry for head in ordered), kind)
    response = Response(data, mimetype=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="faq.{kind}"'
    return response


@console.get("/faq/words")
@allowed("admin")
def watch_words() -> str:
    """Show the words that must not be published unseen."""
    words = services().store.faq_table.watch_words()
    return render_template("desk/watch_words.html", words=words, most=WORDS_MOST)


@console.post("/faq/words")
@allowed("admin")
@takes(WORDS_MOST * WORD_MOST * 9)
def change_watch_words() -> AnyResponse:
    """Put the given words, one a line, in the place of all."""
    words = list(dict.fromkeys(filter(None, map(one_line, request.form.get("words", "").splitlines()))))
    if len(words) > WORDS_MOST:
        raise BadInput(f"最多 {WORDS_MOST} 个词。", code="words_too_many")
    services().store.faq_table.replace_watch_words(person().login, [bounded(each, WORD_MOST, "词") for each in words])
    return done(f"词表已保存，共 {len(words)} 个词。", "console.watch_words")
