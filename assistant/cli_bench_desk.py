"""``anan bench desk``: what the desk's pages take over a great many questions, each asked for as a browser does."""

import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli_bench import show
from assistant.cli_bench_fill import BODIES, fill_faq, fill_log, fill_messages, fill_questions

if TYPE_CHECKING:
    from werkzeug.test import Client

    from assistant.services import Services

_TRIES = 5
_INBOX = ("", "?page=100", "?stage=waiting", "?stage=replied&page=50", "?late=overdue", "?mine=1", "?q=第19号")


@dataclass(frozen=True)
class PageTime:
    """What a page took.

    Attributes:
        page: its address.
        p50_ms: the median of some tries, in milliseconds.
        worst_ms: the longest of them.
        kilobytes: its size.
    """

    page: str
    p50_ms: float
    worst_ms: float
    kilobytes: float


@click.command("desk")
@click.option("--questions", default=1_000_000, show_default=True, type=click.IntRange(1, 10_000_000), help="问题数。")
@click.option("--faq", default=10_000, show_default=True, type=click.IntRange(60, 100_000), help="常见问题条数。")
@click.option("--log", default=100_000, show_default=True, type=click.IntRange(1, 1_000_000), help="操作记录条数。")
@click.option("--messages", default=20_000, show_default=True, type=click.IntRange(1, 100_000), help="两年里的留言数。")
@click.option("--rows", default=5_000, show_default=True, type=click.IntRange(1, 20_000), help="导入的行数。")
@click.option("--data", type=click.Path(path_type=Path), help="造在这个目录里，留着再用；不给就造在临时目录里。")
@click.option("--only-fill", "fill", is_flag=True, help="只造，不测。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def bench_desk(
    questions: int, faq: int, log: int, messages: int, rows: int, data: Path | None, fill: bool, as_json: bool
) -> None:
    """工作台的页面、导入、公布在许多问题和条目上要多久：造出数据，逐页打开。"""
    from assistant.services import open_services

    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        services = open_services(data or Path(folder) / "data")
        try:
            figures = _fill(services, questions, faq, log) if services.store.questions.count() == 0 else {}
            if not services.store.messages.newest(1):
                fill_messages(services, messages)
                figures["messages"] = messages
            if not fill:
                figures |= _ready(services)
                client = _signed_in(services)
                pages = [asdict(each) for each in _page_times(services, client)]
                slowest = {"slowest_p50_ms": max(each["p50_ms"] for each in pages)}
                slowest["slowest_ms"] = max(each["worst_ms"] for each in pages)
                figures |= slowest | _import_time(services, rows) | _publish_time(services) | {"pages": pages}
        finally:
            services.close()
    show(figures, as_json)


def _fill(services: "Services", questions: int, faq: int, log: int) -> dict[str, Any]:
    from assistant.services import load_sample_corpus

    load_sample_corpus(services, lambda _: None)
    fill_faq(services, faq)
    fill_log(services, log)
    begun = time.perf_counter()
    with click.progressbar(fill_questions(services, questions), length=questions, label="造问题") as bar:
        for done in bar:
            bar.update(done - 1)
    filled = time.perf_counter() - begun
    begun = time.perf_counter()
    services.upkeep.each_day()
    upkeep = time.perf_counter() - begun
    return {
        "questions": questions,
        "faq": faq,
        "log": log,
        "questions_a_second": round(questions / filled),
        "each_day_s": round(upkeep, 1),
    }


def _ready(services: "Services") -> dict[str, float]:
    """Seconds until questions are answered and drafts looked at: what a start takes, the FAQ's readings kept or not."""
    begun = time.perf_counter()
    services.answerer.warm_up()
    services.faq_work.make_ready()
    return {"ready_s": round(time.perf_counter() - begun, 1)}


def _import_time(services: "Services", rows: int) -> dict[str, Any]:
    """Seconds to bring a sheet of new entries in: read and planned, then carried out; how often progress is told."""
    from assistant.desk.faq_sheets import read_sheet, write_sheet
    from assistant.evaluation.made_faq import made_faq
    from assistant.evaluation.speed import corpus_sentences

    mark = secrets.token_hex(4)
    made = made_faq(rows, corpus_sentences(), services.indexer.segmenter)
    entries = [replace(each, id=f"{mark}-{each.id}", question=f"{each.question}{mark}") for each in made]
    data = write_sheet(entries, "xlsx")
    told: list[tuple[int, int]] = []

    def on_progress(done: int, total: int) -> None:
        told.append((done, total))

    begun = time.perf_counter()
    sheet = read_sheet(data, "bench.xlsx")
    planned = services.desk.faq_import.plan(sheet, on_progress)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    services.desk.faq_import.carry_out("bench-editor", sheet, "bench.xlsx", on_progress, planned)
    return {
        "import_rows": rows,
        "import_read_s": round(read, 1),
        "import_write_s": round(time.perf_counter() - begun, 1),
        "import_progress_told": len(told),
    }


def _publish_time(services: "Services") -> dict[str, float]:
    """Seconds of trying a draft on the golden questions, and from publishing it until a question is answered by it."""
    from assistant.store import FaqEntry

    desk, mark = services.desk.faq, secrets.token_hex(4)
    entry = FaqEntry("", f"测速专用窗口{mark}几点开门？", (), "测速专用窗口上午九点开门。", publisher=BODIES[0])
    draft = desk.save("bench-editor", entry, None)
    desk.submit("bench-editor", draft.entry.id, draft.version)
    begun = time.perf_counter()
    services.faq_work.trials.run(desk.head(draft.entry.id))
    tried = time.perf_counter() - begun
    begun = time.perf_counter()
    desk.publish("bench", draft.entry.id, draft.version, "测速")
    answer = services.answerer.ask(entry.question)
    if answer.text != entry.answer:
        raise click.ClickException("刚公布的一条没有用来回答")
    return {"trial_s": round(tried, 1), "publish_s": round(time.perf_counter() - begun, 2)}


def _page_times(services: "Services", client: "Client") -> Iterator[PageTime]:
    for path in _paths(services):
        times, size = [], 0
        for _ in range(_TRIES):
            begun = time.perf_counter()
            response = client.get(path)
            size = len(response.data)
            times.append((time.perf_counter() - begun) * 1000)
            if response.status_code != 200:
                raise click.ClickException(f"{path} 打不开：{response.status_code}")
        yield PageTime(path, round(statistics.median(times), 1), round(max(times), 1), round(size / 1024, 1))


def _paths(services: "Services") -> list[str]:
    """The pages of the desk, those that list much by what narrows them too."""
    months = services.desk.figures.table("month")
    group = services.store.groups.page("d30", "all", limit=1)[0].group
    entry = next(each for each in services.store.faq() if each.id.startswith("made-"))
    periods = ("d7", "d30", "d90", months[-1].name, str(months[-1].first.year))
    return [
        "/desk/",
        "/desk/faq",
        "/desk/faq?page=150",
        "/desk/faq?text=专线",
        f"/desk/faq?tag={entry.tags[0]}",
        f"/desk/faq?publisher={entry.publisher}&state=published",
        "/desk/faq?expiring=1",
        *(f"/desk/faq/{page}?id={entry.id}" for page in ("entry", "versions", "review", "preview")),
        f"/desk/faq/entry?id={entry.id}&checks=1",
        "/desk/faq/import",
        "/desk/faq/words",
        *(f"/desk/questions?period={name}" for name in periods),
        "/desk/questions?period=d90&show=all&page=100",
        f"/desk/questions?period=d90&show=all&department={BODIES[0]}",
        "/desk/questions?period=d90&show=all&word=问题19",
        f"/desk/questions/{group.id}",
        "/desk/phrasings",
        "/desk/compilations",
        *(f"/desk/figures?by={step}" for step in ("day", "month", "quarter", "year")),
        f"/desk/figures?by=year&department={BODIES[0]}",
        "/desk/figures.xlsx?by=month",
        *(f"/desk/bulletin/{month.name}" for month in months[-2:]),
        *(f"/desk/messages{query}" for query in _INBOX),
        f"/desk/messages?department={BODIES[0]}",
        f"/desk/messages/{services.store.messages.newest(1, answered=True)[0].receipt}",
        "/desk/reports",
        "/desk/words",
        "/desk/people",
        "/desk/tokens",
        "/desk/account",
        "/desk/audit",
        "/desk/audit?action=faq",
        "/desk/audit?action=message.drafted",
        "/desk/audit?action=token.made",
        "/desk/audit?actor=bench-7",
        f"/desk/audit?actor=bench-7&action=report.corrected&subject=faq:{entry.id}",
    ]


def _signed_in(services: "Services") -> "Client":
    """A browser in which an administrator is signed in."""
    from assistant.desk import OPERATOR
    from assistant.site import create_app
    from assistant.site.console.access import COOKIE, PREFIX

    client, password = create_app(services).test_client(), secrets.token_urlsafe(24)
    login = f"bench-{secrets.token_hex(3)}"
    services.desk.people.add(OPERATOR, login, "测速", "admin", "", password, must_change=False)
    opened = services.desk.signing_in.enter(login, password, "")
    client.set_cookie(COOKIE, opened.token, path=PREFIX)
    return client
