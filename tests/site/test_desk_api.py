"""What other systems do at the desk by token: for a person, by the pages' own rules, and in the log as such."""

import io
import re
from dataclasses import replace

import pytest
from desk_checks import System, add_people, at_desk
from site_checks import assert_refused

from assistant.desk import OPERATOR, Draft
from assistant.errors import BadInput
from assistant.services import open_services
from assistant.site import create_app


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    opened = open_services(tmp_path_factory.mktemp("desk-api") / "data")
    add_people(opened)
    opened.desk.people.add_department(OPERATOR, "户政科")
    opened.desk.people.change(OPERATOR, opened.desk.people.named("editor").id, department="户政科")
    yield opened
    opened.close()


@pytest.fixture
def app(app_over, opened):
    return app_over(opened)


@pytest.fixture
def desk(app, opened):
    return lambda login: at_desk(app, opened, login)


@pytest.fixture
def by_token(app, opened):
    return lambda login="": System(app, opened, login)


def test_a_token_for_a_colleague_is_collected_by_them_and_seen_by_nobody_else(app, opened, desk):
    admin, editor = desk("admin"), desk("editor")
    form = {"name": "热线系统<b>", "scope": ["messages:read", "messages:write"], "days": "30", "acts_for": "editor"}
    assert admin.post("/desk/tokens", form).status_code == 303
    token = opened.desk.tokens.all()[0]
    assert "等领取" in admin.get("/desk/tokens").text
    own = f"/desk/account/tokens/{token.id}"
    assert "热线系统&lt;b&gt;" in editor.get("/desk/account").text
    assert "热线系统" not in desk("reviewer").get("/desk/account").text
    assert admin.post(f"{own}/collect").status_code == 404  # not even who made it
    secret = re.search(r'id="secret">(anan_[\w-]{43})<', editor.post(f"{own}/collect").text)[1]
    assert editor.post(f"{own}/collect").status_code == 404  # once
    headers = {"Authorization": f"Bearer {secret}"}
    assert app.test_client().get("/api/v1/desk/messages", headers=headers).status_code == 200
    assert desk("reviewer").post(f"{own}/give-up").status_code == 404
    assert editor.post(f"{own}/give-up").status_code == 303
    assert_refused(app.test_client().get("/api/v1/desk/messages", headers=headers), 401, "token_needed")
    told = [(each.actor, each.action) for each in opened.store.audit.entries(9, subject=f"token:{token.id}")]
    assert told == [("editor", "token.revoked"), ("editor", "token.collected"), ("admin", "token.made")]


@pytest.mark.parametrize(
    ("scopes", "login"),
    [(["messages:write"], ""), (["messages:approve"], "editor"), (["messages:write"], "nobody"), (["*"], "editor")],
)
def test_a_token_that_could_do_more_than_its_person_is_not_made(opened, scopes, login):
    before = len(opened.desk.tokens.all())
    with pytest.raises(BadInput):
        opened.desk.tokens.make("admin", "x", scopes, 1, login)
    assert len(opened.desk.tokens.all()) == before


def test_a_message_is_replied_to_by_token_and_approved_by_somebody_else(app, opened, by_token):
    editor, reviewer = by_token("editor"), by_token("reviewer")
    receipt = opened.desk.messages.receive(Draft("ask", "迁户口要带什么？", "王五 13800138000", True)).receipt
    seen = editor.get(f"/messages/{receipt}")
    assert seen.get_json()["edits"] == 0 and "王五" not in seen.text
    taken = editor.post(f"/messages/{receipt}/take", edits=0).get_json()
    assert (taken["owner"], taken["department"], taken["stage"]) == ("editor", "户政科", "assigned")
    assert "王五" not in editor.get(f"/messages/{receipt}").text  # handled, and still nothing of the contact
    stale = editor.post(f"/messages/{receipt}/reply", edits=0, text="带身份证。")
    assert_refused(stale, 409, "changed_meanwhile")
    sent = editor.post(f"/messages/{receipt}/reply", edits=taken["edits"], text="带身份证和户口簿。", submit=True)
    edits = sent.get_json()["edits"]
    assert (sent.get_json()["stage"], sent.get_json()["drafted_by"]) == ("review", "editor")
    assert_refused(editor.post(f"/messages/{receipt}/approve", edits=edits), 403, "scope_missing")
    back = reviewer.post(f"/messages/{receipt}/send-back", edits=edits, remark="写明地址").get_json()
    assert (back["stage"], back["remark"]) == ("drafted", "写明地址")
    again = editor.post(f"/messages/{receipt}/reply", edits=back["edits"], text="到派出所，带户口簿。", submit=True)
    done = reviewer.post(f"/messages/{receipt}/approve", edits=again.get_json()["edits"]).get_json()
    assert (done["stage"], done["reply"]) == ("replied", "到派出所，带户口簿。")
    assert "到派出所" in app.test_client().get(f"/api/v1/messages/{receipt}").text
    last = opened.store.audit.entries(1)[0]
    assert (last.actor, last.details["through"]) == ("reviewer", f"接口令牌 {reviewer.token.id}")


def test_nobody_approves_by_one_hand_what_the_other_wrote(opened, by_token, desk):
    receipt = opened.desk.messages.receive(Draft("ask", "周末开门吗？")).receipt
    token, page = by_token("reviewer"), desk("reviewer")
    edits = token.post(f"/messages/{receipt}/take", edits=0).get_json()["edits"]
    sent = token.post(f"/messages/{receipt}/reply", edits=edits, text="开。", submit=True).get_json()
    assert_refused(token.post(f"/messages/{receipt}/approve", edits=sent["edits"]), 403, "forbidden")
    assert page.post(f"/desk/messages/{receipt}/approve", {"edits": sent["edits"]}).status_code == 403
    assert opened.store.messages.get(receipt).replied is None


def test_a_token_goes_as_far_as_its_person_does_now(opened, by_token):
    people = opened.desk.people
    people.add(OPERATOR, "zhou", "周七", "reviewer", "", "灯塔下面的第七只灰雀", must_change=False)
    token, zhou = by_token("zhou"), people.named("zhou").id
    receipt = opened.desk.messages.receive(Draft("ask", "停车收费吗？")).receipt
    people.change(OPERATOR, zhou, role="editor")
    assert_refused(token.post(f"/messages/{receipt}/approve", edits=0), 403, "not_allowed")
    assert token.get("/messages").status_code == 200
    people.change(OPERATOR, zhou, active=False)
    assert_refused(token.get("/messages"), 403, "account_closed")
    assert_refused(token.post(f"/messages/{receipt}/take", edits=0), 403, "account_closed")


def test_a_token_sees_no_more_than_its_person(opened, by_token):
    receipt = opened.desk.messages.receive(Draft("ask", "违章在哪里交？")).receipt
    opened.desk.handling.assign(opened.desk.people.named("admin"), receipt, 0, "交管科", "admin")
    assert [by_token(who).get(f"/messages/{receipt}").status_code for who in ("editor", "reviewer", "")] == [
        404,
        200,
        200,
    ]
    assert_refused(by_token("editor").post(f"/messages/{receipt}/take", edits=1), 404, "message_unknown")


def test_what_is_no_step_is_refused_and_changes_nothing(opened, by_token):
    receipt = opened.desk.messages.receive(Draft("ask", "几点开门？")).receipt
    token, before = by_token("admin"), opened.store.audit.count()
    for body in ({}, {"edits": "0"}, {"edits": -1}, {"edits": 2**70}, {"edits": True}):
        assert token.post(f"/messages/{receipt}/take", **body).status_code == 400
    form = token.client.post(f"/api/v1/desk/messages/{receipt}/take", data={"edits": 0}, headers=token.headers)
    assert form.status_code == 415
    assert token.post(f"/messages/{receipt}/reply", edits=0, text="x" * 99_999).status_code == 413
    assert token.post("/messages/0000000000000000/take", edits=0).status_code in (400, 404)
    assert opened.store.audit.count() == before


def tried(opened, system, entry_id):
    """What a reviewer has to know once the golden questions were asked."""
    assert system.post("/faq/try", id=entry_id).status_code == 202
    for job in opened.faq_work.jobs._jobs.values():
        assert job.ended.wait(300)
    return system.get("/faq/review", id=entry_id).get_json()


def test_an_faq_entry_goes_by_token_from_a_draft_to_a_citizens_answer(app, opened, by_token):
    editor, reviewer = by_token("editor"), by_token("reviewer")
    made = editor.post("/faq/entry", question="殡仪馆几点开门？", answer="**每天 8:00** 开门。", tags=["殡葬"])
    entry = made.get_json()
    assert (made.status_code, entry["state"], entry["version"], entry["publisher"]) == (201, "draft", 1, "户政科")
    base = {"id": entry["id"], "version": 1}
    changed = editor.post("/faq/entry", **base, phrasings=["火葬场什么时候上班"], note="加了问法").get_json()
    assert changed["answer"] == "**每天 8:00** 开门。" and changed["version"] == 2
    assert_refused(editor.post("/faq/entry", **base, answer="不开。"), 409, "faq_changed")
    base["version"] = 2
    assert editor.post("/faq/submit", **base).get_json()["state"] == "review"
    assert_refused(reviewer.post("/faq/publish", **base), 400, "faq_untried")
    back = reviewer.post("/faq/send-back", **base, reason="写明依据").get_json()
    assert (back["state"], back["remark"]) == ("draft", "写明依据")
    editor.post("/faq/submit", **base)
    review = tried(opened, reviewer, entry["id"])
    assert review["authors"] == ["editor"] and review["trial"]["worse"] == 0 and not review["needs_reason"]
    assert review["trying"]["state"] == "done"
    ask = app.test_client().post
    assert ask("/api/v1/ask", json={"question": "火葬场什么时候上班"}).get_json()["kind"] != "faq"
    assert reviewer.post("/faq/publish", **base).get_json()["live"] == 2
    assert ask("/api/v1/ask", json={"question": "火葬场什么时候上班"}).get_json()["text"] == "每天 8:00 开门。"
    last = opened.store.audit.entries(1)[0]
    assert (last.actor, last.action) == ("reviewer", "faq.published")
    assert last.details["through"] == f"接口令牌 {reviewer.token.id}"
    whole = editor.get("/faq/entry", id=entry["id"]).get_json()
    assert [(each["version"], each["note"]) for each in whole["versions"]] == [(2, "加了问法"), (1, "")]
    listed = editor.get("/faq", state="published", tag="殡葬").get_json()
    assert ([each["id"] for each in listed["entries"]], listed["count"]) == ([entry["id"]], 1)
    assert_refused(editor.post("/faq/archive", **base), 403, "not_allowed")
    assert reviewer.post("/faq/archive", **base, reason="搬了").get_json()["live"] is None
    assert ask("/api/v1/ask", json={"question": "火葬场什么时候上班"}).get_json()["kind"] != "faq"
    assert editor.post("/faq/restore", **base, number=1).get_json()["version"] == 3


def test_who_wrote_an_entry_on_the_page_cannot_publish_it_by_token(opened, by_token, desk):
    page, token = desk("reviewer"), by_token("reviewer")
    form = {"question": "几号发养老金？", "answer": "每月 15 日。", "then": "submit"}
    assert page.post("/desk/faq/entry", form).status_code == 303
    entry = token.get("/faq", state="review").get_json()["entries"][0]
    tried(opened, token, entry["id"])
    own = token.post("/faq/publish", id=entry["id"], version=entry["version"])
    assert_refused(own, 403, "faq_own_change")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": "甲？"},
        {"question": ["甲？"], "answer": "乙"},
        {"question": "甲？", "answer": "乙", "phrasings": "丙"},
        {"question": "甲？", "answer": "乙", "phrasings": [1]},
        {"question": "甲？", "answer": "乙", "phrasings": ["丙"] * 5000},
        {"question": "甲？", "answer": "乙", "valid_until": "明天"},
        {"question": "甲？", "answer": "乙", "url": "javascript:alert(1)"},
        {"question": "甲？", "answer": "乙", "links": ["../../etc/passwd"]},
    ],
)
def test_what_is_no_entry_is_refused(opened, by_token, body):
    token, before = by_token("editor"), opened.store.audit.count()
    assert token.post("/faq/entry", **body).status_code == 400
    assert opened.store.audit.count() == before


def test_no_field_but_an_entrys_own_is_taken(by_token):
    sent = {"state": "published", "live": 1, "author": "admin", "ordinal": -1}
    made = by_token("editor").post("/faq/entry", question="甲怎么办？", answer="乙。", **sent).get_json()
    assert (made["state"], made["live"], made["author"]) == ("draft", None, "editor")


def test_a_report_is_uploaded_looked_at_published_and_withdrawn_by_token(app, opened, by_token):
    editor, reviewer = by_token("editor"), by_token("reviewer")
    title = "演示县林草局2031年政府信息公开工作年度报告"
    page = f"<h1>{title}</h1><p>一、概述</p><p>2031年公开政府信息41条，经办人电话13800138000。</p>"
    sent = editor.client.post(
        "/api/v1/desk/reports",
        data={"file": (io.BytesIO(page.encode()), "林草局.html")},
        headers=editor.headers,
        content_type="multipart/form-data",
    )
    assert sent.status_code == 201, sent.text
    address = f"/reports/{sent.get_json()['id']}"
    assert opened.reading.wait_until_idle(60)
    seen = editor.get(address).get_json()
    assert (seen["state"], seen["title"]) == ("uploaded", title)
    assert [each["text"] for each in seen["sensitive"]] == ["13800138000"]
    better = f"{title}（更正）"
    fixed = editor.post(f"{address}/correct", edits=seen["edits"], title=better).get_json()
    assert (fixed["title"], fixed["corrected"]) == (better, ["title"])
    again = editor.post(f"{address}/correct", edits=fixed["edits"], index_number="LC-1").get_json()
    assert again["corrected"] == ["index_number", "title"]
    assert_refused(editor.post(f"{address}/publish", edits=again["edits"]), 403, "scope_missing")
    assert_refused(reviewer.post(f"{address}/publish", edits=0), 409, "sensitive")
    assert_refused(reviewer.post(f"{address}/publish", edits=0, reason="已公开"), 409, "changed_meanwhile")
    done = reviewer.post(f"{address}/publish", edits=again["edits"], reason="号码已对外公布").get_json()
    assert done["state"] == "published"
    writing = System(app, opened, "reviewer", only=("reports:read", "reports:write"))
    late = writing.post(f"{address}/correct", edits=done["edits"], index_number="LC-2").get_json()
    assert (late["state"], late["waiting"]) == ("published", ["index_number"])
    public = f"/api/v1/reports/{late['report']}"
    assert app.test_client().get(public).get_json()["index_number"] == "LC-1"  # citizens see what was published
    own = reviewer.post(f"{address}/publish", edits=late["edits"], reason="号码已对外公布")
    assert_refused(own, 403, "own_change")
    admin = by_token("admin")
    done = admin.post(f"{address}/publish", edits=late["edits"], reason="号码已对外公布").get_json()
    assert (done["state"], done["waiting"], done["title"]) == ("published", [], better)
    assert app.test_client().get(public).get_json()["index_number"] == "LC-2"
    asked = app.test_client().post("/api/v1/ask", json={"question": "县林草局2031年公开政府信息多少条"}).get_json()
    assert "41条" in asked["text"]
    assert_refused(reviewer.post(f"{address}/withdraw", edits=done["edits"]), 400, "text_empty")
    gone = reviewer.post(f"{address}/withdraw", edits=done["edits"], reason="重发").get_json()
    assert gone["state"] == "withdrawn"
    told = [each.details.get("through") for each in opened.store.audit.entries(9, subject=f"filing:{gone['id']}")]
    assert len(told) >= 4 and None not in told


def test_what_is_no_report_is_not_taken_by_token(by_token):
    token = by_token("editor")
    for data in ({}, {"file": (io.BytesIO(b"MZ"), "x.exe")}, {"file": (io.BytesIO(b""), "../x.html")}):
        sent = token.client.post("/api/v1/desk/reports", data=data, headers=token.headers)
        assert sent.status_code == 400, data


def test_a_system_that_asks_too_often_is_told_to_wait(opened, by_token):
    slow = create_app(replace(opened, settings=replace(opened.settings, desk_rate="2 per minute")))
    token = System(slow, opened, "")
    assert [token.get("/people").status_code for _ in range(3)] == [200, 200, 429]
    assert token.get("/departments").status_code == 429


def test_who_tries_tokens_is_told_to_wait_as_well(opened):
    slow = create_app(replace(opened, settings=replace(opened.settings, desk_rate="2 per minute"))).test_client()

    def tries(secret):
        return slow.get("/api/v1/desk/people", headers={"Authorization": f"Bearer {secret}"})

    assert [tries(f"anan_{at}").status_code for at in range(4)] == [401, 401, 429, 429]
    refused = tries("anan_5")
    assert_refused(refused, 429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) > 0
