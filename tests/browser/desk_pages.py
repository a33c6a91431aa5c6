"""The pages of the desk that the browser tests open, and the server they are opened on.

A new page adds its line to ``PAGES``; what it needs to be seen is put there in ``_filled``.
"""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from app_server import app_serving
from made_once import made_once

from assistant.desk import OPERATOR, Draft, WordEdit
from assistant.desk.faq_sheets import write_sheet
from assistant.desk.signing_in import token_hash
from assistant.resources import corpus_folder
from assistant.services import Services, open_services
from assistant.site import create_app
from assistant.store import FaqEntry
from assistant.store.suggestion_table import Rephrasing

PASSWORD = "灯塔下面的第七只灰雀"
# Name of the page, its address, and who looks at it ("" for nobody, with "?" who still has to give the code);
# {zhao} is an account's number, and so on (``DeskSite.path``).
PAGES = {
    "sign-in": ("/desk/sign-in", ""),
    "code": ("/desk/sign-in/code", "editor?"),
    "home": ("/desk/", "admin"),
    "account": ("/desk/account", "editor"),
    "password": ("/desk/account/password", "editor"),
    "people": ("/desk/people", "admin"),
    "new person": ("/desk/people/new", "admin"),
    "one person": ("/desk/people/{zhao}", "admin"),
    "departments": ("/desk/departments", "admin"),
    "audit": ("/desk/audit", "admin"),
    "audit check": ("/desk/audit/check", "admin"),
    "tokens": ("/desk/tokens", "admin"),
    "questions": ("/desk/questions?show=all", "editor"),
    "phrasings": ("/desk/phrasings", "editor"),
    "faq": ("/desk/faq", "reviewer"),
    "faq entry": ("/desk/faq/entry?id=dibao&checks=1", "editor"),
    "faq import": ("/desk/faq/import", "editor"),
    "faq import job": ("/desk/faq/import/job?job={planned}", "editor"),
    "messages": ("/desk/messages", "reviewer"),
    "reports": ("/desk/reports", "editor"),
    "words": ("/desk/words", "reviewer"),
    "figures": ("/desk/figures", "editor"),
    "bulletin": ("/desk/bulletin/{month}", "editor"),
    "faq review": ("/desk/faq/review?id=dibao", "reviewer"),
    "faq together": ("/desk/faq/together?job={together}", "reviewer"),
    "faq versions": ("/desk/faq/versions?id=dibao", "editor"),
    "faq preview": ("/desk/faq/preview?id=dibao", "editor"),
    "watch words": ("/desk/faq/words", "admin"),
    "inbox": ("/desk/messages", "admin"),
    "message to review": ("/desk/messages/{in_review}", "reviewer"),
    "message closed": ("/desk/messages/{closed}", "reviewer"),
    "report": ("/desk/reports/{filing}", "admin"),
    "report corrected": ("/desk/reports/{corrected}", "reviewer"),
    "report corrected by oneself": ("/desk/reports/{corrected}", "admin"),
    "report withdrawn": ("/desk/reports/{withdrawn}", "reviewer"),
    "word lists": ("/desk/words", "editor"),
    "word list": ("/desk/words/spoken.txt", "reviewer"),
    "word trial": ("/desk/words/spoken.txt/trials/{trial}", "reviewer"),
    "word version": ("/desk/words/spoken.txt/versions/{version}", "reviewer"),
    "question group": ("/desk/questions/1", "editor"),
    "compilations": ("/desk/compilations", "editor"),
    "compilation": ("/desk/compilations/1", "reviewer"),
    "refused": ("/desk/people", "editor"),
}


@dataclass(frozen=True)
class DeskSite:
    """The running site.

    Attributes:
        address: where it listens, without a slash at the end.
        services: what it shows.
    """

    address: str
    services: Services

    def path(self, named: str) -> str:
        """A path with {zhao} and the like filled in."""
        waiting = self.services.store.filings.waiting_corrections()
        filings = {each.state: each.id for each in self.services.store.filings.page(50) if each.id not in waiting}
        receipts = {each.stage: each.receipt for each in self.services.desk.messages.newest(50)}
        known = {
            "zhao": self.services.desk.people.named("zhao").id,
            "in_review": receipts["review"],
            "closed": receipts["closed"],
            "filing": filings["published"],
            "withdrawn": filings["withdrawn"],
            "corrected": next(iter(waiting)),
            "together": _done(self.services, "faq-together", "reviewer", ""),
            "planned": _done(self.services, "faq-plan", "editor", "表.csv"),
            "trial": _done(self.services, "word-trial", "reviewer", "spoken.txt"),
            "month": f"{date.today():%Y-%m}",
            "version": self.services.words.see("spoken.txt").versions[-1].id,
        }
        return named.format_map(known)

    def token(self, login: str) -> str:
        """The token of a new session."""
        token = secrets.token_urlsafe(32)
        person = self.services.desk.people.named(login.removesuffix("?"))
        now = datetime.now(timezone.utc)
        awaits = login.endswith("?")
        self.services.store.sessions.open(token_hash(token), person.id, now, awaits_code=awaits, most=100)
        return token


def _done(services: Services, kind: str, owner: str, about: str) -> str:
    """The name of what ``_fill_jobs`` began, once it is done."""
    job = services.faq_work.jobs.latest(owner, kind, about)
    assert job is not None and job.ended.wait(120)
    return job.id


@contextlib.contextmanager
def desk_site(factory: pytest.TempPathFactory, *, jobs: bool = False) -> Iterator[DeskSite]:
    """The site, running, on data of its own, with an account of each role and something on every page.

    ``jobs``: also on those that show what is done behind pages, for which its end is waited for.
    """
    data = factory.mktemp("desk") / "data"
    shutil.copytree(made_once(factory, "desk-pages", _filled), data)
    services = open_services(data)
    if jobs:
        _fill_jobs(services)
    with contextlib.closing(services), app_serving(create_app(services)) as address:
        yield DeskSite(address, services)


def _filled(data: Path) -> None:
    """Puts something on every page but those of jobs."""
    services = open_services(data)
    _fill_people(services)
    _fill_faq(services)
    _fill_handled(services)
    _fill_asked(services)
    services.close()


def _fill_people(services: Services) -> None:
    people = services.desk.people
    for name in ("信息公开科", "办公室"):
        people.add_department(OPERATOR, name)
    for login, name, role, department in (
        ("admin", "管老王", "admin", "信息公开科"),
        ("reviewer", "审大海", "reviewer", "信息公开科"),
        ("editor", "编小丽", "editor", "办公室"),
        ("zhao", "赵六", "editor", ""),
    ):
        people.add(OPERATOR, login, name, role, department, PASSWORD, must_change=False)
    people.change("admin", people.named("zhao").id, active=False)
    services.store.sessions.refused("zhao", "closed")
    services.desk.tokens.make("admin", "市统计平台", ["people:read", "audit:read"], 365)
    golden = "- {id: q, question: 食堂几点开门, expected: {none: true}}\n"
    (services.data / "questions.yaml").write_text(golden, encoding="utf-8")


def _fill_faq(services: Services) -> None:
    """An entry that is published, with a newer version in review that there is much to say of."""
    entry = FaqEntry("dibao", "低保怎么申请？", ("怎样办低保",), "向乡镇政府提出。", "演示县民政局", tags=("低保",))
    services.store.replace_faq([entry, replace(entry, id="twin", question="低保怎样申请？")])
    told = "**向乡镇政府提出**，请找张三，身份证号11010519491231002X。\n\n- 甲\n- 乙"
    head = services.desk.faq.save("editor", replace(entry, answer=told), 1, "写得更全")
    services.desk.faq.submit("editor", "dibao", head.version)


def _fill_handled(services: Services) -> None:
    """Messages at several stages, a report that is published and one that was withdrawn, versions of a word list."""
    desk, admin = services.desk, services.desk.people.named("admin")
    reviewer = desk.people.named("reviewer")
    asked = ("周末能办身份证吗？", "<b>急</b>" + "小区门口长期堆放建筑垃圾，影响出行，请尽快清理。" * 38)
    first, second = (desk.messages.receive(Draft("ask", text, "0309-5557788", True)).receipt for text in asked)
    desk.handling.assign(admin, first, 0, "", "admin")
    desk.handling.draft(admin, first, 1, "周六上午可以办。", submit=True)
    desk.handling.close(admin, second, 0, "不属于本机关的职责，请拨打12345。")
    reports = corpus_folder() / "reports"
    files = ("edu-2021.html", "edu-2017.html", "police-2018.txt")
    services.ingest([reports / name for name in files], lambda _: None)
    of_year = {each.year: each for each in services.store.filings.page(len(files))}
    services.filings.withdraw(admin, of_year[2018].id, of_year[2018].edits, "数字有误")
    services.filings.correct(admin, of_year[2017].id, of_year[2017].edits, {"index_number": "QL-2017-7"})
    seen = services.words.see("spoken.txt")
    worse = {"id": "q", "question": "护林喇叭响了几次", "change": "worse"}
    worse |= {"before": {"verdict": "right", "text": "3次。"}, "after": {"verdict": "silent", "text": "没有找到。"}}
    effect = {"questions": 120, "worse": 1, "better": 0, "other": 0, "rows": [worse]}
    for person, text in ((reviewer, "护林喇叭响了 护林广播播了"), (admin, "护林喇叭坏了 护林广播停了")):
        changed = f"{seen.text.rstrip()}\n{text}\n"
        effect["basis"] = services.words.basis()
        services.words.propose(person, "spoken.txt", WordEdit(changed, seen.digest), "试一试", effect)
        if person is reviewer:
            services.words.let_pass(admin, "spoken.txt", services.words.see("spoken.txt").proposal.number, "值得")
            seen = services.words.see("spoken.txt")


def _fill_asked(services: Services) -> None:
    """Questions, a phrasing that waits, and a compilation."""
    client = create_app(services).test_client()
    for question in ("低保怎么申请", "申请低保要什么材料", "火星移民报名处在哪里", "深水合格那个证上哪儿弄"):
        client.post("/api/v1/ask", json={"question": question})
    client.post("/api/v1/heard", json={"what": "answer"})
    services.questions.write()
    now = datetime.now(timezone.utc)
    found = Rephrasing(1, "k", "穷人补助在哪弄", "低保怎么申请", "dibao", 9.0, True, ((), ()))
    services.store.suggestions.propose([found], 0, now)
    services.desk.compilations.begin("editor", services.desk.asked.period("d7"), "")


def _fill_jobs(services: Services) -> None:
    """What is done behind pages, and looked at from them."""
    services.faq_work.together.start("reviewer", ["dibao", "twin"])
    _done(services, "faq-together", "reviewer", "")
    text = services.words.see("spoken.txt").text
    edit = WordEdit(f"{text}\n护林喇叭哑了 护林广播哑了\n", "")
    services.word_trials.start("reviewer", "spoken.txt", edit)
    _done(services, "word-trial", "reviewer", "spoken.txt")
    rows = [FaqEntry("dibao", "低保怎么申请？", (), "到居委会办。"), FaqEntry("fee", "", (), "不收费。")]
    data, planning = write_sheet(rows, "csv"), services.desk.faq_import
    sheet = "表.csv"
    services.faq_work.jobs.start("faq-plan", "editor", sheet, lambda on: planning.read(sheet, data, on))
    _done(services, "faq-plan", "editor", sheet)
