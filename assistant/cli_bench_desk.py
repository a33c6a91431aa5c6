"""``anan bench desk``: what the desk's pages take over a great many questions, each asked for as a browser does."""

import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli_bench import show

if TYPE_CHECKING:
    from werkzeug.test import Client

    from assistant.services import Services
    from assistant.store.question_records import AskedQuestion

_SEED = 20151231
_DAYS = 180
_GROUPS, _FORMS = 20_000, 100_000
_AT_ONCE = 5_000
_TRIES = 5
_BODIES = tuple(f"测速市第{number}局" for number in range(20))
_KINDS = ("faq", "figure", "passage", "none", "list", "contact", "smalltalk")


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
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def bench_desk(questions: int, as_json: bool) -> None:
    """工作台的页面在许多问题上要多久：在临时的数据目录里造出问题，逐页打开。"""
    from assistant.services import load_sample_corpus, open_services

    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        services = open_services(Path(folder) / "data")
        try:
            load_sample_corpus(services, lambda _: None)
            begun = time.perf_counter()
            with click.progressbar(_fill(services, questions), length=questions, label="造问题") as bar:
                for done in bar:
                    bar.update(done - 1)
            filled = time.perf_counter() - begun
            begun = time.perf_counter()
            services.upkeep.each_day()
            upkeep = time.perf_counter() - begun
            pages = [asdict(each) for each in _page_times(services)]
        finally:
            services.close()
    slowest = max(each["p50_ms"] for each in pages)
    figures = {"questions": questions, "questions_a_second": round(questions / filled), "each_day_s": round(upkeep, 1)}
    show({**figures, "slowest_p50_ms": slowest, "pages": pages}, as_json)


def _fill(services: "Services", questions: int) -> Iterator[int]:
    """Puts so many questions in, spread over the days that they are kept; yields how many each time."""
    from assistant.desk.periods import periods_of
    from assistant.store.question_records import NewForm

    chance = random.Random(_SEED)  # noqa: S311 - makes test questions, guards nothing
    store, now = services.store, datetime.now(timezone.utc)
    groups = min(_GROUPS, questions)
    labels = [(f"测速问题{number}怎么办", _BODIES[number % len(_BODIES)]) for number in range(groups)]
    ids: list[int] = []
    for first in range(0, groups, _AT_ONCE):
        ids += store.groups.create(labels[first : first + _AT_ONCE], now)
    known: set[int] = set()
    for first in range(0, questions, _AT_ONCE):
        many = min(_AT_ONCE, questions - first)
        day = _DAYS * (1 - (first + many) / questions)
        asked, forms = [], []
        for _ in range(many):
            # Few are asked often, most hardly: what a cube of chance gives.
            form = int(chance.random() ** 3 * min(_FORMS, 5 * groups))
            asked.append(_question(chance, form, now - timedelta(days=day, seconds=chance.random() * 3600)))
            if form not in known:
                known.add(form)
                signature = ["how", [], "", "", {f"测速{form % groups}": 1.0}]
                text = f"测速问题{form % groups}怎么办，第{form // groups}种说法"
                forms.append(NewForm(str(form), text, ids[form % groups], form < groups, signature))
        store.questions.keep(asked, forms, periods_of)
        yield many


def _question(chance: random.Random, form: int, moment: datetime) -> "AskedQuestion":
    from assistant.store.daily_table import local_day
    from assistant.store.question_records import AskedQuestion

    kind = chance.choice(_KINDS)
    return AskedQuestion(
        key=str(form),
        asked=moment,
        day=local_day(moment),
        kind=kind,
        answered=kind != "none",
        entry_id="faq-001" if kind == "faq" else "",
        report_id="",
        department=_BODIES[form % len(_BODIES)],
        confidence_percent=80,
        milliseconds=15,
        spoken=chance.random() < 0.1,
        conversation=None,
    )


def _page_times(services: "Services") -> Iterator[PageTime]:
    from assistant.site import create_app

    services.answerer.warm_up()
    client = _signed_in(services, create_app(services).test_client())
    months = services.desk.figures.table("month")
    group = services.store.groups.page("d30", "all", limit=1)[0].group
    paths = [
        *(
            f"/desk/questions?period={name}"
            for name in ("d7", "d30", "d90", months[-1].name, str(months[-1].first.year))
        ),
        "/desk/questions?period=d90&show=all&page=100",
        f"/desk/questions?period=d90&show=all&department={_BODIES[0]}",
        "/desk/questions?period=d90&show=all&word=问题19",
        f"/desk/questions/{group.id}",
        "/desk/phrasings",
        *(f"/desk/figures?by={step}" for step in ("day", "month", "quarter", "year")),
        f"/desk/figures?by=year&department={_BODIES[0]}",
        "/desk/figures.xlsx?by=month",
        f"/desk/bulletin/{months[-1].name}",
        "/desk/",
    ]
    for path in paths:
        times, size = [], 0
        for _ in range(_TRIES):
            begun = time.perf_counter()
            response = client.get(path)
            times.append((time.perf_counter() - begun) * 1000)
            if response.status_code != 200:
                raise click.ClickException(f"{path} 打不开：{response.status_code}")
            size = len(response.data)
        yield PageTime(path, round(statistics.median(times), 1), round(max(times), 1), round(size / 1024, 1))


def _signed_in(services: "Services", client: "Client") -> "Client":
    """A browser in which an administrator is signed in."""
    from assistant.desk import OPERATOR
    from assistant.site.console.access import COOKIE, PREFIX

    password = secrets.token_urlsafe(24)
    services.desk.people.add(OPERATOR, "bench", "测速", "admin", "", password, must_change=False)
    opened = services.desk.signing_in.enter("bench", password, "")
    client.set_cookie(COOKIE, opened.token, path=PREFIX)
    return client
