"""Tokens of other systems: shown once, kept as a hash, taken back at once."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from desk_checks import at_desk
from site_checks import assert_refused

from assistant.desk.tokens import TOKENS_MOST, Tokens
from assistant.errors import BadInput
from assistant.site import create_app


@pytest.fixture
def app_of_one(desk_services):
    return create_app(desk_services)


@pytest.fixture
def admin(app_of_one, desk_services):
    return at_desk(app_of_one, desk_services, "admin")


def people_by(app, secret):
    return app.test_client().get("/api/v1/desk/people", headers={"Authorization": f"Bearer {secret}"})


def test_a_token_is_shown_once_works_and_is_taken_back(admin, app_of_one, desk_services):
    made = admin.post("/desk/tokens", {"name": "统计平台<b>", "scope": ["people:read"], "days": "30"})
    secret = re.search(r'id="secret">(anan_[\w-]{43})<', made.text)[1]
    assert "<b>" not in made.text
    answer = people_by(app_of_one, secret)
    assert [each["login"] for each in answer.get_json()["people"]] == ["admin", "editor", "reviewer"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "argon2" not in answer.text
    listed = admin.get("/desk/tokens").text
    assert secret not in listed and "统计平台&lt;b&gt;" in listed and "没有用过" not in listed
    token = desk_services.desk.tokens.all()[0]
    stored = b"".join(path.read_bytes() for path in desk_services.data.glob("anan.db*"))
    assert secret.encode() not in stored
    assert admin.post(f"/desk/tokens/{token.id}/revoke").status_code == 303
    assert_refused(people_by(app_of_one, secret), 401, "token_needed")
    assert admin.post(f"/desk/tokens/{token.id}/revoke").status_code == 404
    log = admin.get("/desk/audit").text
    assert "发放接口令牌" in log and "收回接口令牌" in log
    assert secret not in log


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "scope": ["people:read"], "days": "1"},
        {"name": "x", "days": "1"},
        {"name": "x", "scope": ["people:write-everything"], "days": "1"},
        {"name": "x", "scope": ["people:read", "*"], "days": "1"},
        {"name": "x", "scope": ["people:read"], "days": "0"},
        {"name": "x", "scope": ["people:read"], "days": "９"},
        {"name": "x", "scope": ["people:read"], "days": "9" * 5000},
    ],
)
def test_a_token_that_does_not_do_is_not_made(admin, desk_services, sent):
    assert admin.post("/desk/tokens", sent).status_code == 400
    assert desk_services.desk.tokens.all() == []


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer anan_" + "x" * 5000, "bearer x"])
def test_what_is_no_token_opens_nothing(app_of_one, given):
    answer = app_of_one.test_client().get("/api/v1/desk/people", headers={"Authorization": given})
    assert_refused(answer, 401, "token_needed")


def test_a_token_ends(desk_services):
    now = datetime(2026, 3, 2, tzinfo=timezone.utc)
    tokens = Tokens(desk_services.store, lambda: now)
    _, secret = tokens.make("admin", "x", ["people:read"], 2)
    assert tokens.check(secret)
    now += timedelta(days=2)
    assert tokens.check(secret) is None


def test_there_are_only_so_many(desk_services):
    for _ in range(TOKENS_MOST):
        desk_services.desk.tokens.make("admin", "x", ["people:read"], 1)
    with pytest.raises(BadInput):
        desk_services.desk.tokens.make("admin", "x", ["people:read"], 1)


def test_no_page_of_another_site_reads_the_desk(desk_services):
    from dataclasses import replace

    site = "https://www.example.gov.cn"
    open_to = replace(desk_services, settings=replace(desk_services.settings, allowed_origins=site))
    answer = create_app(open_to).test_client().get("/api/v1/desk/people", headers={"Origin": site})
    assert "Access-Control-Allow-Origin" not in answer.headers
