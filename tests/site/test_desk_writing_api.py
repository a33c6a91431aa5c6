"""What other systems do at the desk by token beside replies and reports: people, word lists, compilations, groups."""

import io
from datetime import datetime, timezone

import pytest
from desk_checks import PASSWORD, System, add_people, at_desk
from docx import Document
from openpyxl import load_workbook
from site_checks import assert_refused

from assistant.desk import OPERATOR
from assistant.resources import corpus_folder
from assistant.services import open_services
from assistant.site import create_app
from assistant.store import FaqEntry
from assistant.store.suggestion_table import Rephrasing

GOLDEN = "- {id: q, question: 市公安局的食堂几点开门, expected: {none: true}}\n"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    opened = open_services(tmp_path_factory.mktemp("writing-api") / "data")
    add_people(opened)
    opened.ingest([corpus_folder() / "reports" / "police-2018.txt"], lambda _: None)
    opened.store.replace_faq([FaqEntry("ski", "滑雪证怎么办？", (), "=到体育局办。")])
    (opened.data / "questions.yaml").write_text(GOLDEN, "utf-8")
    yield opened
    opened.close()


@pytest.fixture
def app(opened):
    return create_app(opened)


@pytest.fixture
def by_token(app, opened):
    return lambda login: System(app, opened, login)


@pytest.fixture
def last_entry(opened):
    """Who did the last thing in the audit log, what, and through which token."""

    def last():
        entry = opened.store.audit.entries(1)[0]
        return entry.actor, entry.action, entry.details.get("through")

    return last


# People


def test_an_account_is_made_changed_and_closed_by_token_and_no_secret_is_told(app, opened, by_token, last_entry):
    admin = by_token("admin")
    assert admin.post("/departments", name="户政科").status_code == 201
    new = {"login": "sun", "name": "孙六", "role": "editor", "department": "户政科", "password": PASSWORD}
    made = admin.post("/people", **new)
    assert made.status_code == 201 and PASSWORD not in made.text and "hash" not in made.text
    assert last_entry() == ("admin", "person.added", f"接口令牌 {admin.token.id}")
    address = f"/people/{made.get_json()['id']}"
    door = at_desk(app, opened, "sun")
    assert door.get("/desk/").headers["Location"] == "/desk/account/password"  # a password from another's hand
    changed = admin.post(address, role="reviewer").get_json()
    assert (changed["role"], changed["name"], changed["department"]) == ("reviewer", "孙六", "户政科")
    signed_in = at_desk(app, opened, "sun")
    form = admin.client.post(f"/api/v1/desk{address}/sign-out", headers=admin.headers)
    assert_refused(form, 415, "not_json")
    assert admin.post(f"{address}/sign-out").status_code == 200
    assert signed_in.get("/desk/").headers["Location"].startswith("/desk/sign-in")
    again = admin.post(f"{address}/password", password="另一只灰雀在灯塔上面")
    assert again.status_code == 200 and "灰雀" not in again.text
    assert opened.store.people.by_login("sun").must_change
    assert admin.post(f"{address}/active", active=False).get_json()["active"] is False
    assert admin.get(address).get_json()["active"] is False
    assert_refused(admin.post(f"{address}/active", active=None), 400, "bad_type")
    assert_refused(admin.post("/departments/remove", name="户政科"), 400, "department_used")
    assert admin.post(address, department="").get_json()["department"] == ""
    assert admin.post("/departments/remove", name="户政科").get_json() == {"departments": []}
    told = [each for each in opened.store.audit.entries(20, subject="person:sun") if each.actor != "sun"]
    assert len(told) > 4 and all(each.details["through"] == f"接口令牌 {admin.token.id}" for each in told)
    assert not [each for each in told if "灰雀" in str(each.details)]


def test_a_token_raises_nobody_to_admin_and_touches_no_admin(opened, by_token):
    people = opened.desk.people
    admin, own = by_token("admin"), people.named("admin").id
    other = people.add(OPERATOR, "boss", "局长", "admin", "", PASSWORD, must_change=False).id
    editor, before = people.named("editor").id, opened.store.audit.count()
    new = {"login": "evil", "name": "某", "role": "admin", "password": PASSWORD}
    assert_refused(admin.post("/people", **new), 403, "admin_account")
    assert_refused(admin.post(f"/people/{editor}", role="admin"), 403, "admin_account")
    for step, body in (
        ("", {"name": "别人"}),
        ("/active", {"active": False}),
        ("/password", {"password": "另一只灰雀在灯塔上面"}),
        ("/totp-off", {}),
        ("/sign-out", {}),
    ):
        assert_refused(admin.post(f"/people/{other}{step}", **body), 403, "admin_account")
        assert admin.post(f"/people/{own}{step}", **body).status_code in (400, 403)
    assert_refused(admin.post(f"/people/{own}/password", password="另一只灰雀在灯塔上面"), 400, "own_account")
    assert opened.store.audit.count() == before
    assert opened.store.tokens.all()[0].scopes == tuple(admin.token.scopes)
    people.change(OPERATOR, other, active=False)


def test_people_are_an_admins_and_only_by_a_token_that_says_so(app, opened, by_token):
    new = {"login": "qian", "name": "钱七", "role": "editor", "password": PASSWORD}
    for token in (by_token("editor"), by_token("reviewer"), System(app, opened, "admin", only=("people:read",))):
        assert_refused(token.post("/people", **new), 403, "scope_missing")
    token = System(app, opened, "admin", only=("people:write",))
    assert_refused(token.get("/people"), 403, "scope_missing")
    for wrong in ({"login": ""}, {"login": "A B"}, {"role": "chief"}, {"department": "没有的"}, {"password": "123"}):
        assert token.post("/people", **{**new, **wrong}).status_code == 400
    assert_refused(token.post("/people", **{**new, "login": ["qian"]}), 400, "bad_type")
    assert opened.store.people.by_login("qian") is None


# Word lists


def tried(opened, system, name, text):
    """The trial of a text, ended."""
    started = system.post(f"/words/{name}/try", text=text)
    assert started.status_code == 202, started.text
    trial = started.get_json()["trial"]
    assert opened.word_trials.find(system.token.acts_for, name, trial).ended.wait(120)
    return system.get(f"/words/{name}/trials/{trial}").get_json()


def test_a_word_list_is_tried_proposed_and_let_pass_by_somebody_else(opened, by_token, last_entry):
    reviewer, admin, editor = by_token("reviewer"), by_token("admin"), by_token("editor")
    assert "spoken.txt" in [each["name"] for each in editor.get("/words").get_json()["lists"]]
    seen = editor.get("/words/spoken.txt").get_json()
    text = seen["text"] + "\n大喇叭 广播\n"
    assert_refused(editor.post("/words/spoken.txt/try", text=text), 403, "scope_missing")
    sent = {"text": text, "digest": seen["digest"]}
    assert_refused(reviewer.post("/words/spoken.txt/propose", **sent), 400, "words_untried")
    trial = tried(opened, reviewer, "spoken.txt", text)
    assert (trial["state"], trial["effect"]["questions"], trial["effect"]["worse"]) == ("done", 1, 0)
    assert admin.get(f"/words/spoken.txt/trials/{trial['trial']}").status_code == 404  # their own only
    waiting = reviewer.post("/words/spoken.txt/propose", **sent, trial=trial["trial"], note="群众这样说").get_json()
    number = waiting["proposal"]["number"]
    assert waiting["text"] == seen["text"] and waiting["proposal"]["effect"]["questions"] == 1
    assert_refused(reviewer.post("/words/spoken.txt/approve", number=number), 403, "own_change")
    assert_refused(admin.post("/words/spoken.txt/approve", number="x"), 409, "changed_meanwhile")
    now = admin.post("/words/spoken.txt/approve", number=number).get_json()
    assert "大喇叭 广播" in now["text"] and now["proposal"] is None
    assert last_entry() == ("admin", "words.saved", f"接口令牌 {admin.token.id}")
    version = now["versions"][0]
    assert (version["saved_by"], version["note"]) == ("reviewer", "群众这样说")
    kept = editor.get(f"/words/spoken.txt/versions/{version['id']}").get_json()
    assert kept["text"] == now["text"]
    assert_refused(reviewer.post("/words/spoken.txt/propose", **sent, trial=trial["trial"]), 409, "changed_meanwhile")


def test_who_comes_second_to_a_word_list_replaces_nothing_unseen(app, opened, by_token):
    reviewer, admin = by_token("reviewer"), by_token("admin")
    seen = reviewer.get("/words/workdays.txt").get_json()
    first, second = (f"{seen['text']}\n休 203{at}-10-01 203{at}-10-07\n" for at in (3, 4))
    sent = {"digest": seen["digest"]}
    reviewer.post("/words/workdays.txt/propose", **sent, text=first)
    assert_refused(admin.post("/words/workdays.txt/propose", **sent, text=second), 409, "proposal_waits")
    waiting = admin.get("/words/workdays.txt").get_json()["proposal"]
    assert waiting["author"] == "reviewer" and "2033" in waiting["text"]
    now = admin.post("/words/workdays.txt/propose", **sent, text=second, waiting=waiting["number"]).get_json()
    assert now["proposal"]["author"] == "admin"
    writing = System(app, opened, "reviewer", only=("words:read", "words:write"))
    number = now["proposal"]["number"]
    assert_refused(writing.post("/words/workdays.txt/refuse", number=number), 403, "scope_missing")
    assert admin.post("/words/workdays.txt/refuse", number=number).get_json()["proposal"] is None
    assert_refused(admin.post("/words/workdays.txt/propose", **sent, text="休 明天"), 400)
    assert_refused(admin.get("/words/anan.toml"), 404, "words_unknown")
    assert admin.post("/words/workdays.txt/propose", **sent, text="长" * 500_000).status_code == 413


# What people ask


@pytest.fixture
def group(app, opened):
    """Asks a question; the number of its group, as another system finds it."""

    def asked(question, system):
        app.test_client().post("/api/v1/ask", json={"question": question})
        opened.questions.write()
        found = system.get("/questions", show="all", period="d7").get_json()["groups"]
        return next(each["id"] for each in found if each["label"] == question)

    return asked


def test_what_is_done_about_a_group_is_done_by_token(opened, by_token, group, last_entry):
    editor = by_token("editor")
    number = group("月球基地招人吗", editor)
    address = f"/questions/{number}"
    drafted = editor.post(f"{address}/entry", answer="不招。", phrasings=["月球上要人吗"]).get_json()
    assert drafted["state"] == "drafted" and drafted["decided_by"] == "editor"
    assert last_entry() == ("editor", "group.drafted", f"接口令牌 {editor.token.id}")
    entry = editor.get("/faq/entry", id=drafted["faq"]).get_json()
    assert (entry["state"], entry["question"], entry["phrasings"]) == ("draft", "月球基地招人吗", ["月球上要人吗"])
    assert editor.post(f"{address}/undo").get_json()["state"] == "open"
    phrased = editor.post(f"{address}/phrasing", faq="ski", phrasings=["月球基地招人吗"]).get_json()
    assert (phrased["state"], phrased["faq"]) == ("phrased", "ski")
    ski = editor.get("/faq/entry", id="ski").get_json()
    assert ski["state"] == "draft" and ski["live"] == 1  # reviewed before a citizen is answered by it
    report = opened.store.reports()[0].id
    linked = editor.post(f"{address}/passage", report=report, anchor="p1").get_json()
    assert (linked["state"], linked["report"], linked["anchor"]) == ("linked", report, "p1")
    away = editor.post(f"{address}/out-of-scope", note="不归本市管").get_json()
    assert (away["state"], away["note"]) == ("out_of_scope", "不归本市管")
    for step, body, status in (
        ("entry", {"answer": ""}, 400),
        ("entry", {"answer": "不招。", "phrasings": "甲"}, 400),
        ("phrasing", {"faq": "ski", "phrasings": []}, 400),
        ("phrasing", {"faq": "none", "phrasings": ["甲"]}, 404),
        ("passage", {"report": report, "anchor": "none"}, 404),
        ("out-of-scope", {"note": ""}, 400),
    ):
        assert editor.post(f"{address}/{step}", **body).status_code == status
    assert editor.get(address).get_json()["state"] == "out_of_scope"
    assert editor.post("/questions/999999/undo").status_code == 404
    reading = System(editor.client.application, opened, "editor", only=("questions:read",))
    assert_refused(reading.post(f"{address}/undo"), 403, "scope_missing")


def test_a_suggested_phrasing_is_taken_or_not_by_token(opened, by_token):
    now, editor = datetime.now(timezone.utc), by_token("editor")
    found = [
        Rephrasing(at, f"k{at}", text, "滑雪证怎么办", "ski", 9.0, True, ((), ())) for at, text in enumerate("甲乙")
    ]
    opened.store.suggestions.propose(found, 2, now)
    waiting = editor.get("/phrasings").get_json()["phrasings"]
    assert [(each["text"], each["question"]) for each in waiting] == [
        ("甲", "滑雪证怎么办？"),
        ("乙", "滑雪证怎么办？"),
    ]
    assert_refused(editor.post("/phrasings", key="k0", faq="ski"), 400, "bad_type")
    left = editor.post("/phrasings", key="k0", faq="ski", accepted=True).get_json()["phrasings"]
    assert [each["text"] for each in left] == ["乙"]
    assert "甲" in editor.get("/faq/entry", id="ski").get_json()["phrasings"]
    assert editor.post("/phrasings", key="k1", faq="ski", accepted=False).get_json() == {"phrasings": []}
    assert "乙" not in editor.get("/faq/entry", id="ski").get_json()["phrasings"]
    assert editor.post("/phrasings", key="k0", faq="ski", accepted=True).status_code == 404


# Compilations


def test_a_compilation_is_made_published_fetched_and_withdrawn_by_token(app, opened, by_token, group, last_entry):
    editor, reviewer = by_token("editor"), by_token("reviewer")
    group("滑雪证怎么办", editor)
    group("金星基地招人吗", editor)
    assert_refused(editor.post("/compilations", period="x"), 400, "bad_period")
    made = editor.post("/compilations", period="d7")
    begun = made.get_json()
    assert made.status_code == 201 and begun["version"] == 1
    address, at = f"/compilations/{begun['id']}", [each["question"] for each in begun["items"]].index("滑雪证怎么办")
    assert begun["items"][at]["answer"] == "=到体育局办。" and begun["items"][at]["faq"] == "ski"
    assert_refused(reviewer.post(f"{address}/publish", base=1), 400, "compilation_unanswered")
    items = [
        {"was": at, "question": "=滑雪证怎么办？", "answer": "到体育局办，问一三八零零一三八零零零。", "times": 99}
    ]
    saved = editor.post(f"{address}/save", base=1, title="十一月热点", items=items).get_json()
    assert (saved["version"], saved["title"], saved["intro"]) == (2, "十一月热点", begun["intro"])
    [item] = saved["items"]
    assert item["times"] == begun["items"][at]["times"]  # counted, not told
    assert [each["kind"] for each in saved["sensitive"]] == ["手机号"]
    assert_refused(editor.post(f"{address}/save", base=1, title="迟到的"), 409, "compilation_changed")
    assert_refused(editor.post(f"{address}/publish", base=2), 403, "scope_missing")
    assert_refused(reviewer.post(f"{address}/publish", base=2), 409, "sensitive")
    number, citizen = begun["id"], app.test_client()
    assert citizen.get(f"/hot/{number}").status_code == 404
    done = reviewer.post(f"{address}/publish", base=2, reason="值班手机，已对外公布").get_json()
    assert done["public_version"] == 2
    assert last_entry() == ("reviewer", "compilation.published", f"接口令牌 {reviewer.token.id}")
    assert "十一月热点" in citizen.get(f"/hot/{number}").text
    words = [each.text for each in Document(io.BytesIO(editor.get(f"{address}.docx").data)).paragraphs]
    assert words[:2] == ["十一月热点", "1. =滑雪证怎么办？"]
    sheet = load_workbook(io.BytesIO(editor.get(f"{address}.xlsx").data)).active
    assert sheet["B2"].value == "'=滑雪证怎么办？" and sheet["B2"].data_type == "s"
    assert [each["id"] for each in editor.get("/compilations").get_json()["compilations"]] == [number]
    reviewer.post(f"{address}/save", base=2, intro="新的说明")
    assert_refused(reviewer.post(f"{address}/publish", base=3, reason="x"), 400, "own_change")
    assert reviewer.post(f"{address}/withdraw").get_json()["public_version"] is None
    assert citizen.get(f"/hot/{number}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"base": "1"},
        {"base": 1, "items": "甲"},
        {"base": 1, "items": [1]},
        {"base": 1, "items": [{"was": 999, "question": "甲", "answer": "乙"}]},
        {"base": 1, "items": [{"question": "甲", "answer": ["乙"]}]},
        {"base": 1, "items": [{"question": "", "answer": "乙"}]},
        {"base": 1, "items": [{"question": "甲", "answer": "乙"}] * 31},
        {"base": 1, "title": ""},
        {"base": 1, "intro": "长" * 2001},
    ],
)
def test_what_is_no_compilation_is_refused_and_nothing_saved(opened, by_token, group, body):
    editor = by_token("editor")
    group("滑雪证怎么办", editor)
    address = f"/compilations/{editor.post('/compilations', period='d7').get_json()['id']}"
    assert editor.post(f"{address}/save", **body).status_code == 400
    assert editor.get(address).get_json()["version"] == 1
