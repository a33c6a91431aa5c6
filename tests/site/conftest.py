"""The real services over a small store: two sample reports, and one that tries to break the pages."""

import shutil
from dataclasses import replace

import pytest
from desk_checks import add_people, at_desk

from assistant.desk import desk_over
from assistant.reports import Metadata, compose
from assistant.resources import corpus_folder
from assistant.search.ingest import ingest
from assistant.services import open_services
from assistant.settings import Settings
from assistant.site import create_app
from assistant.store import Store

SAMPLES = ("police-2018.txt", "edu-2021.html")
HOSTILE_TEXT = "\n".join(
    [
        "一、概述<script>alert(1)</script>",
        "全年主动公开信息77条，比上年增加7条。</span><img src=x onerror=alert(2)>机关设有专人负责。",
        "（一）渠道“建设”&amp;'维护'",
        "开通{{ 7 * 7 }}信箱2个，受理来信15件。",
    ]
)
HOSTILE = Metadata(
    title='<script>alert("题")</script>年度报告',
    publisher='<b onclick="x">测试局</b>',
    index_number='"><svg onload=alert(3)>',
    year=2014,
    summary="{{ config }}",
    url="javascript:alert(4)",
)


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    services = open_services(tmp_path_factory.mktemp("site") / "data")
    files = [corpus_folder() / "reports" / name for name in SAMPLES]
    services.store.save(compose(HOSTILE, HOSTILE_TEXT))
    results = ingest(files, services.store, services.indexer, 20 * 1024 * 1024, lambda _: None)
    assert not [result.error for result in results if result.error]
    yield services
    services.close()


@pytest.fixture(scope="session")
def app_over():
    """``app_over(services)``: the app, made once over the same services; its rate limits start anew."""
    made = {}

    def over(services):
        if id(services) not in made:
            made[id(services)] = create_app(services)  # which keeps the services
        app = made[id(services)]
        for limiter in app.extensions["limiter"]:
            limiter.reset()
        return app

    return over


@pytest.fixture
def app(app_over, services):
    return app_over(services)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def report_of(services):
    """The stored report of a publisher."""

    def find(publisher):
        return next(item for item in services.store.reports() if item.publisher == publisher)

    return find


@pytest.fixture(scope="session")
def people(services):
    """An account of each role; the login is the role's name."""
    add_people(services.desk)


@pytest.fixture
def desk(app, services, people):
    """``desk("editor")``: a browser in which the editor is signed in; ``desk("")`` for nobody."""
    return lambda login="": at_desk(app, services, login)


@pytest.fixture(scope="session")
def with_people(tmp_path_factory):
    """The file of a store with nothing in it but the accounts."""
    path = tmp_path_factory.mktemp("people") / "anan.db"
    with Store.open(path) as store:
        add_people(desk_over(store, Settings(), path.parent))
    return path


@pytest.fixture
def desk_services(services, with_people, tmp_path):
    """Services whose desk is of this test alone, the rest shared: for what changes people or reads the whole log."""
    path = tmp_path / "anan.db"
    shutil.copyfile(with_people, path)
    with Store.open(path) as store:
        yield replace(services, data=tmp_path, store=store, desk=desk_over(store, services.settings, tmp_path))


@pytest.fixture
def own_services(tmp_path):
    """Services of this test alone, empty but for the accounts; dear to open."""
    opened = open_services(tmp_path / "data")
    add_people(opened.desk)
    yield opened
    opened.close()
