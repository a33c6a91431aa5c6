"""The door of the desk: who gets in, how, and what ends it."""

import re
import time

import pytest
from desk_checks import OWN_PAGE, PASSWORD, AtDesk, at_desk, csrf_of, open_session
from site_checks import assert_page_refused

from assistant.desk.signing_in import ACCOUNT_TRIES, CODE_TRIES, token_hash
from assistant.desk.totp import code_at
from assistant.site import create_app

NEW_PASSWORD = "换过以后的长长的一句话"


@pytest.fixture
def own(desk_services):
    """A browser at a site of this test alone, and whoever else is wanted there."""
    app = create_app(desk_services)
    return lambda login="": at_desk(app, desk_services, login)


def sign_in(browser, login="editor", password=PASSWORD, **fields):
    return browser.post("/desk/sign-in", {"login": login, "password": password, **fields})


def cookie_of(response):
    return next(each for each in response.headers.getlist("Set-Cookie") if each.startswith("anan-desk="))


def token_of(response):
    return re.match(r"anan-desk=([^;]+)", cookie_of(response))[1]


def test_the_right_password_lets_in_with_a_cookie_that_stays_here(own):
    browser = own()
    response = sign_in(browser)
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/")
    cookie = cookie_of(response)
    for part in ("HttpOnly", "SameSite=Strict", "Path=/desk"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "编小丽" in browser.get("/desk/").text
    safe = own().client.post(
        "/desk/sign-in", data={"login": "editor", "password": PASSWORD}, headers=OWN_PAGE, base_url="https://localhost"
    )
    assert "Secure" in cookie_of(safe)


def test_pages_of_the_desk_are_kept_nowhere_and_framed_nowhere(own):
    for login in ("", "editor"):
        for path in ("/desk/", "/desk/sign-in", "/desk/account", "/desk/nothing"):
            response = own(login).get(path)
            assert response.headers["Cache-Control"] == "no-store", path
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_is_wrong_is_never_told_apart(own, desk_services):
    desk_services.desk.people.change("admin", desk_services.desk.people.named("reviewer").id, active=False)
    answers = [
        sign_in(own(), login, password)
        for login, password in [("editor", "x" * 12), ("nobody", PASSWORD), ("reviewer", PASSWORD), ("", "")]
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert all("登录名或密码不对。" in answer.text for answer in answers)
    assert not [answer for answer in answers if answer.headers.getlist("Set-Cookie")]


def test_a_session_given_beforehand_is_not_the_one_signed_in_with(own, desk_services):
    browser = own()
    browser.client.set_cookie("anan-desk", "planted", path="/desk")
    fresh = token_of(sign_in(browser))
    assert fresh != "planted"
    assert desk_services.desk.signing_in.session("planted") is None
    before = open_session(desk_services, "reviewer")
    again = AtDesk(browser.client.application, before)
    assert token_of(sign_in(again)) != before
    assert desk_services.desk.signing_in.session(before) is None


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/desk/",
        "/\\evil.example",
        "/desk/../../evil",
        "/desk\\@evil.example",
        "/desk/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/messages",
        "/desk/" + "x" * 3000,
    ],
)
def test_signing_in_leads_to_pages_of_the_desk_only(own, wanted):
    response = sign_in(own(), next=wanted)
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/")


def test_whoever_was_sent_to_the_door_comes_back_where_they_wanted(own):
    browser = own()
    sent = browser.get("/desk/account?x=1")
    assert sent.status_code == 303
    page = browser.get(sent.headers["Location"])
    wanted = re.search(r'name="next" value="([^"]*)"', page.text)[1]
    assert sign_in(browser, next=wanted).headers["Location"] == "/desk/account?x=1"


def test_guessing_ends_soon_and_the_right_password_waits_too(own):
    statuses = [sign_in(own(), password=f"wrong password {number}").status_code for number in range(ACCOUNT_TRIES + 1)]
    assert statuses == [400] * ACCOUNT_TRIES + [429]
    assert sign_in(own()).status_code == 429
    assert sign_in(own(), "reviewer").status_code == 303


def test_a_right_password_begins_the_count_anew(own):
    for _ in range(2):
        for _ in range(ACCOUNT_TRIES - 1):
            assert sign_in(own(), password="wrong password").status_code == 400
        assert sign_in(own()).status_code == 303


def totp_on(desk_services, login="editor"):
    person = desk_services.desk.people.named(login)
    secret = desk_services.desk.people.offer_totp(person.id)
    step = int(time.time()) // 30 - 1
    desk_services.desk.people.start_totp(person.id, code_at(secret, step), "")
    return secret


def test_with_a_code_the_password_alone_opens_nothing(own, desk_services):
    secret = totp_on(desk_services)
    browser = own()
    first = sign_in(browser, next="/desk/account")
    assert first.headers["Location"].startswith("/desk/sign-in/code")
    browser.token = half = token_of(first)
    assert browser.get("/desk/account").headers["Location"].startswith("/desk/sign-in/code")
    assert browser.post("/desk/account/password", {"old": PASSWORD}).status_code == 401
    assert browser.post("/desk/sign-in/code", {"code": "12345"}).status_code == 400
    code = code_at(secret, int(time.time()) // 30)
    done = browser.post("/desk/sign-in/code", {"code": f"{code[:3]} {code[3:]}", "next": "/desk/account"})
    assert (done.status_code, done.headers["Location"]) == (303, "/desk/account")
    assert token_of(done) != half
    assert desk_services.desk.signing_in.session(half) is None
    assert browser.get("/desk/account").status_code == 200
    used = own()
    used.token = token_of(sign_in(used))
    assert used.post("/desk/sign-in/code", {"code": code}).status_code == 400


def test_codes_cannot_be_tried_for_long(own, desk_services):
    totp_on(desk_services)
    statuses = []
    for _ in range(CODE_TRIES + 1):
        browser = own()
        browser.token = token_of(sign_in(browser))
        statuses.append(browser.post("/desk/sign-in/code", {"code": "000000"}).status_code)
    assert statuses == [400] * CODE_TRIES + [429]


def test_codes_are_switched_on_by_the_first_one_and_off_by_the_password(own, desk_services):
    browser, elsewhere = own("editor"), own("editor")
    page = browser.post("/desk/account/totp").text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "data:image/svg+xml" in page
    assert browser.post("/desk/account/totp/start", {"code": "x"}).status_code == 400
    code = code_at(secret, int(time.time()) // 30)
    assert browser.post("/desk/account/totp/start", {"code": code}).status_code == 303
    assert "动态码已开启" in browser.get("/desk/account").text
    assert elsewhere.get("/desk/").status_code == 303
    assert secret not in browser.get("/desk/account").text
    browser.post("/desk/account/totp/stop", {"password": "wrong password"})
    assert desk_services.desk.people.named("editor").totp_secret == secret
    browser.post("/desk/account/totp/stop", {"password": PASSWORD})
    assert desk_services.desk.people.named("editor").totp_secret is None


def test_signing_out_ends_this_browser_and_everywhere_ends_all(own):
    first, second, third = own("editor"), own("editor"), own("editor")
    left = first.post("/desk/sign-out")
    assert left.headers["Location"] == "/desk/sign-in?left=1"
    first.client.set_cookie("anan-desk", first.token, path="/desk")  # whoever kept the token has nothing
    assert first.get("/desk/").status_code == 303
    assert second.get("/desk/").status_code == 200
    assert "3 个浏览器" not in second.get("/desk/account").text
    assert second.post("/desk/sign-out-everywhere").status_code == 303
    assert [each.get("/desk/").status_code for each in (second, third)] == [303, 303]


def test_a_new_password_ends_the_other_browsers_and_only_this_one_stays(own, desk_services):
    browser, elsewhere = own("editor"), own("editor")
    sent = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    for wrong in ({"old": "wrong password"}, {"again": "differs at the end"}, {"new": "short", "again": "short"}):
        assert browser.post("/desk/account/password", {**sent, **wrong}).status_code == 400
    assert browser.post("/desk/account/password", sent).status_code == 303
    assert "密码已修改" in browser.get("/desk/account").text
    assert "密码已修改" not in browser.get("/desk/account").text
    assert elsewhere.get("/desk/").status_code == 303
    assert sign_in(own()).status_code == 400
    assert sign_in(own(), password=NEW_PASSWORD).status_code == 303


def test_a_closed_account_is_out_at_once(own, desk_services):
    browser = own("editor")
    assert browser.get("/desk/").status_code == 200
    desk_services.desk.people.change("admin", desk_services.desk.people.named("editor").id, active=False)
    assert browser.get("/desk/").status_code == 303
    assert browser.post("/desk/account/password", {"old": PASSWORD}).status_code == 401


def test_a_password_of_another_hand_has_to_be_changed_first(own, desk_services):
    desk_services.desk.people.set_password("admin", desk_services.desk.people.named("editor").id, NEW_PASSWORD)
    browser = own()
    browser.token = token_of(sign_in(browser, password=NEW_PASSWORD))
    assert browser.get("/desk/account").headers["Location"] == "/desk/account/password"
    assert "别人设的" in browser.get("/desk/account/password").text
    mine = "只有我自己知道的一句话"
    assert browser.post("/desk/account/password", {"old": NEW_PASSWORD, "new": mine, "again": mine}).status_code == 303
    assert browser.get("/desk/account").status_code == 200


def test_a_name_is_text_on_every_page(own, desk_services):
    hostile = "<script>alert(1)</script>{{7*7}}"
    desk_services.desk.people.change("admin", desk_services.desk.people.named("editor").id, name=hostile)
    for path in ("/desk/", "/desk/account"):
        page = own("editor").get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_no_field_of_a_form_makes_an_admin(own, desk_services):
    browser = own("editor")
    extra = {"role": "admin", "login": "admin", "id": "1", "active": "1", "department": "", "must_change": "0"}
    browser.post("/desk/account/password", {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD, **extra})
    assert desk_services.desk.people.named("editor").role == "editor"


def test_nothing_secret_is_in_the_store_or_in_the_log(own, desk_services):
    browser = own()
    token = token_of(sign_in(browser))
    sign_in(own(), login=PASSWORD, password="editor")  # a password typed where the name is meant
    stored = b"".join(path.read_bytes() for path in desk_services.data.glob("anan.db*"))
    assert token_hash(token).encode() in stored
    for secret in (token, PASSWORD, csrf_of(token)):
        assert secret.encode() not in stored


def test_what_was_said_cannot_be_put_into_another_s_mouth(own):
    browser = own("editor")
    browser.client.set_cookie("anan-desk-said", "0" * 64 + "hello", path="/desk")
    assert "hello" not in browser.get("/desk/").text


def test_what_somebody_wrote_before_the_session_ended_is_given_back_to_them(own, desk_services):
    browser = own("editor")
    desk_services.desk.people.change("admin", desk_services.desk.people.named("editor").id, active=False)
    written = {"csrf": csrf_of(browser.token), "question": "几点开门", "answer": "九点。<b>", "password": PASSWORD}
    own_page = {**OWN_PAGE, "Referer": "http://localhost/desk/faq/entry?id=a"}
    late = browser.client.post("/desk/faq/entry", data=written, headers=own_page)
    assert late.status_code == 401
    assert "九点。&lt;b&gt;" in late.text and "几点开门" in late.text and PASSWORD not in late.text
    assert "/desk/sign-in?next=/desk/faq/entry?id%3Da" in late.text
    # A script is told in its own shape; another site's form is not shown again as ours.
    asked = browser.client.post("/desk/reports", data=written, headers={**OWN_PAGE, "Accept": "application/json"})
    assert asked.status_code == 401 and "重新登录" in asked.get_json()["error"]["message"]
    foreign = browser.client.post("/desk/faq/entry", data=written, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403 and "九点" not in foreign.text


def test_an_error_of_the_desk_leads_back_to_the_desk(own):
    assert_page_refused(own("editor").get("/desk/nothing"), 404)
    assert 'href="/desk/' in own("editor").get("/desk/nothing").text
