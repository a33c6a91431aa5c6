"""Accounts, departments and the audit log, as the admin looks after them in a browser."""

import re
import sqlite3

import pytest
from desk_checks import PASSWORD, at_desk
from site_checks import assert_page_refused

from assistant.site import create_app

OTHER = "第一次登录用的一句话"


@pytest.fixture
def browse(desk_services):
    app = create_app(desk_services)
    return lambda login: at_desk(app, desk_services, login)


@pytest.fixture
def admin(browse):
    return browse("admin")


def new(admin, **fields):
    sent = {"login": "zhao", "name": "赵六", "role": "editor", "department": "", "password": OTHER}
    return admin.post("/desk/people/new", {**sent, **fields})


def test_an_account_is_made_changed_and_closed_and_each_step_is_told(admin, browse, desk_services):
    assert admin.post("/desk/departments", {"name": "信息科"}).status_code == 303
    assert new(admin).status_code == 303
    assert "已添加账号 zhao" in admin.get("/desk/people").text
    zhao = desk_services.desk.people.named("zhao")
    assert (zhao.role, zhao.must_change) == ("editor", True)
    path = f"/desk/people/{zhao.id}"
    changed = admin.post(path, {"name": "赵六六", "role": "reviewer", "department": "信息科"})
    assert (changed.status_code, changed.headers["Location"]) == (303, path)
    at_work = browse("zhao")
    assert at_work.get("/desk/account/password").status_code == 200
    assert admin.post(f"{path}/sign-out").status_code == 303
    assert at_work.get("/desk/account/password").status_code == 303
    assert admin.post(f"{path}/password", {"password": "又是一句新的长长的话"}).status_code == 303
    assert admin.post(f"{path}/active", {"active": "0"}).status_code == 303
    assert "已停用" in admin.get(path).text
    log = admin.get("/desk/audit").text
    for words in (
        "添加部门",
        "添加账号",
        "姓名：赵六 → 赵六六",
        "角色：编辑 → 审核",
        "部门：（空） → 信息科",
        "设置密码",
        "在用：是 → 否",
    ):
        assert words in log, words
    assert OTHER not in log


@pytest.mark.parametrize(
    "fields",
    [
        {"login": "ADMIN"},
        {"login": "赵"},
        {"role": "boss"},
        {"name": ""},
        {"department": "没有的"},
        {"password": "short"},
    ],
)
def test_an_account_that_does_not_do_is_refused_and_what_was_typed_stays(admin, desk_services, fields):
    before = len(desk_services.desk.people.all())
    refused = new(admin, **fields)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert fields.get("name", "赵六") in refused.text
    assert OTHER not in refused.text
    assert len(desk_services.desk.people.all()) == before


def test_fields_that_no_form_has_change_nothing(admin, desk_services):
    editor = desk_services.desk.people.named("editor")
    extra = {"login": "root", "id": "1", "active": "0", "password_hash": "x", "must_change": "1", "totp_secret": "A"}
    admin.post(f"/desk/people/{editor.id}", {"name": "编小丽", "role": "editor", "department": "", **extra})
    assert desk_services.desk.people.named("editor") == editor


def test_nobody_raises_or_closes_themselves(admin, desk_services):
    me = desk_services.desk.people.named("admin")
    path = f"/desk/people/{me.id}"
    assert admin.post(path, {"name": "管老王", "role": "editor"}).status_code == 400
    assert admin.post(f"{path}/active", {"active": "0"}).status_code == 400
    assert admin.post(f"{path}/password", {"password": OTHER}).status_code == 400
    assert admin.post(path, {"name": "管小王"}).status_code == 303
    after = desk_services.desk.people.named("admin")
    assert (after.role, after.active, after.name) == ("admin", True, "管小王")


def test_a_new_role_counts_at_once(admin, browse, desk_services):
    reviewer = desk_services.desk.people.named("reviewer")
    second = browse("reviewer")
    admin.post(f"/desk/people/{reviewer.id}", {"role": "admin"})
    assert second.get("/desk/people").status_code == 303  # signed out: signs in anew
    assert browse("reviewer").get("/desk/people").status_code == 200


def test_who_is_not_there_is_not_found(admin):
    assert_page_refused(admin.get("/desk/people/999"), 404)
    for path in ("", "/active", "/password", "/totp-off", "/sign-out"):
        sent = {"active": "0", "password": OTHER, "name": "无名"}
        assert admin.post(f"/desk/people/999{path}", sent).status_code == 404, path
    assert admin.post("/desk/departments/remove", {"name": "没有"}).status_code == 404


def test_names_of_people_and_departments_are_text_wherever_they_stand(admin, desk_services):
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    assert admin.post("/desk/departments", {"name": hostile}).status_code == 303
    new(admin, name=hostile, department=hostile)
    zhao = desk_services.desk.people.named("zhao")
    for path in ("/desk/people", f"/desk/people/{zhao.id}", "/desk/departments", "/desk/audit", "/desk/people/new"):
        page = admin.get(path).text
        assert "<img src=x" not in page, path
        assert "&lt;img src=x" in page, path
        assert "{{7*7}}" in page, path
    looked_for = admin.get("/desk/audit", query_string={"subject": f'"><script>{hostile}'}).text
    assert "<script>" not in looked_for.replace('<script src="/web/site/early.js"></script>', "")


def test_the_log_is_looked_through_by_person_day_and_action(admin, desk_services):
    new(admin)
    everything = admin.get("/desk/audit").text
    assert everything.count("添加账号</th>") == 4
    mine = admin.get("/desk/audit?actor=admin&action=person.added").text
    assert mine.count("添加账号</th>") == 1
    for written in ("person:zhao", "账号 zhao"):
        found = admin.get("/desk/audit", query_string={"subject": written}).text
        assert found.count("添加账号</th>") == 1
        assert "账号 zhao</a>" in found
        assert all(word in found for word in ("姓名：", "角色：编辑"))
    assert "没有这样的记录" in admin.get("/desk/audit?last=2001-01-01").text
    assert "没有这样的记录" in admin.get("/desk/audit?first=9999-12-31&last=9999-12-31").text
    assert admin.get("/desk/audit?first=0001-01-01&last=9999-12-31").text.count("添加账号</th>") == 4
    assert_page_refused(admin.get("/desk/audit?first=yesterday"), 400)
    assert admin.get("/desk/audit?before=nonsense&actor=" + "x" * 5000).status_code == 200


def test_a_long_log_goes_on_to_older_pages(admin, desk_services):
    for number in range(60):
        desk_services.desk.people.add_department("admin", f"第{number}科")
    page = admin.get("/desk/audit?action=department.added").text
    assert page.count("添加部门</th>") == 50
    older = re.search(r'href="([^"]*before=[^"]*)"', page)[1].replace("&amp;", "&")
    assert admin.get(older).text.count("添加部门</th>") == 10


def test_tampering_shows_on_the_page(admin, desk_services):
    head = desk_services.desk.audit.head()[1]
    assert "操作记录完整" in admin.get("/desk/audit/check").text
    assert "还在记录里" in admin.get(f"/desk/audit/check?head={head}").text
    assert "没有这个指纹" in admin.get(f"/desk/audit/check?head={'0' * 63}1").text
    behind = sqlite3.connect(desk_services.data / "anan.db")
    behind.execute("UPDATE audit SET actor = 'somebody' WHERE sequence = 2")
    behind.commit()
    behind.close()
    assert "第 2 条" in admin.get("/desk/audit/check").text


def test_refused_sign_ins_wait_for_the_admin_only(admin, browse):
    stranger = browse("")
    stranger.post("/desk/sign-in", {"login": "admin", "password": "guessing along"})
    assert "被拒绝的登录" in admin.get("/desk/").text
    assert "被拒绝的登录" not in browse("editor").get("/desk/").text
    stranger.post("/desk/sign-in", {"login": "nobody", "password": PASSWORD})
    log = admin.get("/desk/audit?action=session.refused").text
    assert "密码不对" in log and "没有这个账号" in log
    assert "person:nobody" not in log
