"""Messages and reports at the desk as people use them: the forms, what citizens see meanwhile, and what is refused."""

import hashlib
import html
import io
import re

import pytest
from desk_checks import OWN_PAGE, PASSWORD, at_desk, csrf_of

from assistant.desk import OPERATOR, Draft, grouped
from assistant.speech import VoiceFailed

PAGE = """<html><head><title>{title}</title></head><body><h1>{title}</h1>
<p>一、概述</p><p>2031年，演示市林草局通过护林广播公开政府信息{count}条。</p>
<p>二、收费</p><p>全年没有收费。{more}</p></body></html>"""
TITLE = "演示市林草局2031年政府信息公开工作年度报告"


@pytest.fixture(scope="module", autouse=True)
def departments(services, people):
    """Two more editors, each of a department of its own."""
    for login, department in (("hu", "户政科"), ("jiao", "交管科")):
        services.desk.people.add_department(OPERATOR, department)
        services.desk.people.add(
            OPERATOR, login, f"{department}小王", "editor", department, PASSWORD, must_change=False
        )


@pytest.fixture
def browser(app, services):
    return lambda login: at_desk(app, services, login)


@pytest.fixture
def receipt(services):
    text = "<img src=x onerror=alert(1)>迁户口要带什么？我的手机是13800138000。"
    return services.desk.messages.receive(Draft("ask", text, "王五 13800138000", True)).receipt


def edits_of(page):
    found = re.search(r'name="edits" value="(\d+)"', page)
    return found[1] if found else "0"


def step(who, address, **fields):
    """Sends a form of a message's or report's page as the page stands now."""
    base = re.match(r"/desk/\w+/[^/]+", address)[0]
    return who.post(address, {"edits": edits_of(who.get(base).text), **fields})


def test_a_message_goes_from_the_inbox_to_a_reviewed_reply_and_an_faq_draft(services, client, browser, receipt):
    editor, reviewer = browser("hu"), browser("reviewer")
    address = f"/desk/messages/{receipt}"
    inbox = editor.get("/desk/messages?stage=waiting").text
    assert grouped(receipt) in inbox and "onerror=alert(1)>" not in inbox and "13800138000" not in inbox
    assert step(reviewer, f"{address}/assign", department="户政科", owner="hu").status_code == 303
    seen = editor.get(address).text
    assert "王五 13800138000" in seen and "<img src=x" not in seen
    assert "王五 13800138000" not in reviewer.get(address).text
    assert step(editor, f"{address}/reply", text="带身份证。").status_code == 303
    reply = "带身份证和户口簿，到任一派出所。"
    assert step(editor, f"{address}/reply", text=reply, submit="1").status_code == 303
    assert reply not in client.get(f"/messages?receipt={receipt}").text
    assert step(editor, f"{address}/approve").status_code == 403
    assert step(reviewer, f"{address}/send-back", remark="写明几楼").status_code == 303
    assert "写明几楼" in editor.get(address).text
    assert "退回给您的答复" in editor.get("/desk/").text and "退回给您的答复" not in reviewer.get("/desk/").text
    assert grouped(receipt) in editor.get("/desk/messages?back=1").text
    assert step(editor, f"{address}/reply", text=reply, submit="1").status_code == 303
    assert "退回给您的答复" not in editor.get("/desk/").text
    home = reviewer.get("/desk/").text
    assert 'href="/desk/messages?stage=review"' in home and 'href="/desk/messages?stage=waiting"' in home
    assert step(reviewer, f"{address}/approve").status_code == 303
    assert reply in client.get(f"/messages?receipt={receipt}").text
    told = re.search(
        r"今年受理 (\d+) 条，回复 (\d+) 条，其中当日或次一工作日答复的 (\d+) 条", reviewer.get("/desk/messages").text
    )
    assert int(told[1]) >= int(told[2]) >= int(told[3]) >= 1
    assert step(editor, f"{address}/faq").status_code == 303
    faq_id = services.store.messages.get(receipt).faq_id
    entry = services.store.faq_table.head(faq_id).entry
    assert (entry.state, entry.answer, entry.publisher) == ("draft", reply, "户政科")
    assert "13800138000" not in entry.question and "迁户口要带什么" in entry.question
    assert step(editor, f"{address}/faq").status_code == 409
    # Everybody sees an entry's number, and all staff its versions: neither tells the receipt, which opens the message.
    assert hashlib.sha256(receipt.encode()).hexdigest()[:8] not in faq_id
    versions = editor.get(f"/desk/faq/versions?id={faq_id}").text
    assert receipt not in versions and grouped(receipt) not in versions
    link = re.search(r'href="(/desk/faq/entry\?id=[^"]+)"', editor.get(address).text)[1]
    assert reply in editor.get(html.unescape(link)).text
    said = [each.action for each in services.store.audit.entries(50, subject=f"message:{receipt}")]
    assert said == [
        f"message.{step}" for step in "faq_drafted replied submitted sent_back submitted drafted assigned".split()
    ]
    shown = editor.get(address).text
    assert "审大海" in shown and "退回答复" in shown


def test_who_wrote_a_reply_cannot_approve_it_after_somebody_else_handed_it_in(services, client, browser, receipt):
    editor, reviewer = browser("hu"), browser("reviewer")
    address = f"/desk/messages/{receipt}"
    step(reviewer, f"{address}/assign", take="1")
    assert step(reviewer, f"{address}/reply", text="审核人自己写的答复。").status_code == 303
    assert step(reviewer, f"{address}/assign", department="户政科", owner="hu").status_code == 303
    assert step(editor, f"{address}/reply", text="审核人自己写的答复。", submit="1").status_code == 303
    assert step(reviewer, f"{address}/approve").status_code == 403
    assert "审核人自己写的" not in client.get(f"/messages?receipt={receipt}").text
    assert step(browser("admin"), f"{address}/approve").status_code == 303


def test_what_another_department_handles_is_not_there_whatever_is_sent(services, browser, receipt):
    services.desk.handling.assign(services.desk.people.named("admin"), receipt, 0, "户政科", "hu")
    other = browser("jiao")
    address = f"/desk/messages/{receipt}"
    assert other.get(address).status_code == 404
    assert grouped(receipt) not in other.get("/desk/messages").text
    for last in ("assign", "reply", "faq"):
        answer = other.post(f"{address}/{last}", {"edits": "1", "take": "1", "text": "好", "owner": "jiao"})
        assert answer.status_code == 404, last
    assert services.store.messages.get(receipt).owner == "hu"


def test_a_second_colleague_is_told_and_sees_what_is_stored(services, browser, receipt):
    reviewer = browser("reviewer")
    services.desk.handling.assign(services.desk.people.named("reviewer"), receipt, 0, "", "reviewer")
    stale = edits_of(reviewer.get(f"/desk/messages/{receipt}").text)
    step(reviewer, f"/desk/messages/{receipt}/reply", text="先存下的。")
    answer = reviewer.post(f"/desk/messages/{receipt}/reply", {"edits": stale, "text": "后来写的。"})
    assert answer.status_code == 409
    assert "先存下的。" in answer.text and "后来写的。" in answer.text and "刚被别人改过" in answer.text
    assert services.store.messages.get(receipt).draft == "先存下的。"


def test_a_refused_step_keeps_what_was_typed(browser, receipt):
    refused = step(browser("reviewer"), f"/desk/messages/{receipt}/due", due="2001-01-01", reason="要到派出所核实")
    assert refused.status_code == 400 and "天以内" in refused.text
    assert 'value="要到派出所核实"' in refused.text and 'value="2001-01-01"' in refused.text


def test_nothing_but_the_steps_fields_is_taken_from_a_form(services, browser, receipt):
    """Mass assignment: what a form of ours does not hold changes nothing."""
    editor = browser("hu")
    sent = {"take": "1", "stage": "replied", "reply": "好", "replied": "2026-01-01", "checked_by": "hu", "contact": ""}
    assert step(editor, f"/desk/messages/{receipt}/assign", **sent).status_code == 303
    kept = services.store.messages.get(receipt)
    assert (kept.stage, kept.reply, kept.replied, kept.checked_by, kept.contact[:2]) == (
        "assigned",
        "",
        None,
        "",
        "王五",
    )


@pytest.mark.parametrize("page", ["-1", "9" * 30, "x", "", "٣"])
def test_an_inbox_asked_for_nonsense_is_an_inbox(browser, page):
    query = f"?page={page}&stage=%27&late=x&department=%3Cb%3E&q=%25%00"
    assert browser("editor").get(f"/desk/messages{query}").status_code == 200
    assert browser("editor").get(f"/desk/reports{query}").status_code == 200


def page(count=12, title=TITLE, more=""):
    return PAGE.format(title=title, count=count, more=more).encode()


def upload(who, name, data, **fields):
    return who.post("/desk/reports", {"file": (io.BytesIO(data), name), **fields}, content_type="multipart/form-data")


def filed(services, who, data, name="林草局.html"):
    """Uploads one report and waits until it is read; its id."""
    assert upload(who, name, data).status_code == 303
    assert services.reading.wait_until_idle(120)
    return max(each.id for each in services.store.filings.page(50))


def answers(client, question="演示市林草局通过护林广播公开政府信息多少条"):
    found = client.post("/api/v1/ask", json={"question": question}).get_json()
    return [each["report"]["title"] for each in found["evidence"]]


def test_a_report_meets_no_citizen_before_it_is_published_nor_after_it_is_withdrawn(services, client, browser):
    editor, reviewer = browser("hu"), browser("reviewer")
    number = filed(services, editor, page())
    address = f"/desk/reports/{number}"
    shown = editor.get(address).text
    assert TITLE in shown and "没有写明：" in shown and "12条" in shown
    report_id = services.store.filings.get(number).report_id

    def places():
        return [
            client.get(f"/reports/{report_id}").status_code,
            client.get(f"/reports/{report_id}/qr.svg").status_code,
            client.get(f"/api/v1/reports/{report_id}").status_code,
            client.get(f"/api/v1/reports/{report_id}/utterances").status_code,
            client.get(f"/api/v1/reports/{report_id}/audio").status_code,
        ]

    def is_listed():
        listed = str(client.get("/api/v1/reports").get_json()) + client.get("/").text
        offered = client.get("/api/v1/suggest?q=林草局").get_json()["suggestions"]
        return TITLE in listed, any("林草局" in each for each in offered)

    assert places() == [404] * 5 and is_listed() == (False, False) and TITLE not in answers(client)
    assert browser("jiao").get(address).status_code == 404
    assert step(editor, f"{address}/publish").status_code == 403
    assert step(reviewer, f"{address}/publish").status_code == 303
    assert places()[:4] == [200] * 4 and is_listed()[0] and TITLE in answers(client)
    assert step(reviewer, f"{address}/withdraw", reason="数字有误").status_code == 303
    assert step(editor, f"{address}/render").status_code == 409
    assert places() == [404] * 5 and is_listed() == (False, False) and TITLE not in answers(client)
    assert step(reviewer, f"{address}/remove").status_code == 403
    assert step(browser("admin"), f"{address}/remove").status_code == 303
    assert browser("admin").get(address).status_code == 404


def test_corrections_and_a_new_version_through_the_forms(services, client, browser, monkeypatch):
    editor, reviewer = browser("hu"), browser("reviewer")
    number = filed(services, editor, page(more="联系人身份证号11010519491231002X。"))
    address = f"/desk/reports/{number}"
    assert "1101051949" in editor.get(address).text
    fields = {"title": "<b>改过的标题</b>", "year": "2030", "published": "2031-01-09"}
    assert step(editor, f"{address}/correct", **fields).status_code == 303
    assert step(editor, f"{address}/correct", year="千年").status_code == 400
    shown = editor.get(address).text
    assert "读到的：2031" in shown and "<b>改过的标题" not in shown and "&lt;b&gt;改过的标题" in shown
    assert step(reviewer, f"{address}/publish").status_code == 409
    assert step(reviewer, f"{address}/publish", reason="本人同意").status_code == 303
    report_id = services.store.filings.get(number).report_id
    assert "&lt;b&gt;改过的标题" in client.get(f"/reports/{report_id}").text
    count, said = map(int, re.search(r"播报：(\d+) 句，已读好 (\d+) 句", editor.get(address).text).groups())
    assert said < count

    def read_ahead():
        assert step(editor, f"{address}/render").status_code == 303
        assert services.audio_jobs.latest("", "report-audio", str(number)).ended.wait(120)
        return editor.get(address).text

    def fails(*_):
        raise VoiceFailed("播报的声音出了问题，请稍后再试")

    with monkeypatch.context() as broken:
        broken.setattr(services.speech.voice, "synthesize", fails)
        assert re.search("上次没有全部读好：.*声音.*出了?错。", read_ahead())
        broken.setattr(services.speech, "utterances", fails)
        assert step(editor, f"{address}/render").status_code == 303
        assert services.audio_jobs.latest("", "report-audio", str(number)).ended.wait(120)
    assert "上次没有读成：播报的声音出了问题" in editor.get(address).text
    assert f"播报：{count} 句，已读好 {count} 句。" in read_ahead()
    assert "上次没有" not in editor.get(address).text
    again = {**fields, "title": "又<i>改过的标题"}
    assert step(editor, f"{address}/correct", **again).status_code == 303
    waits = reviewer.get(address).text
    assert "标题：&lt;b&gt;改过的标题&lt;/b&gt; → 又&lt;i&gt;改过的标题</li>" in waits and "发布更正" in waits
    assert "更正等发布" in reviewer.get("/desk/reports?state=unpublished").text
    assert "又&lt;i&gt;改过的标题" not in client.get(f"/reports/{report_id}").text
    assert step(reviewer, f"{address}/publish", reason="本人同意").status_code == 303
    assert "又&lt;i&gt;改过的标题" in client.get(f"/reports/{report_id}").text
    assert "更正等发布" not in reviewer.get("/desk/reports?state=unpublished").text
    assert upload(editor, "新.html", page(count=15), replaces=report_id).status_code == 303
    assert services.reading.wait_until_idle(120)
    newer = max(each.id for each in services.store.filings.page(50))
    assert "发布后替换现在公布的" in reviewer.get(f"/desk/reports/{newer}").text
    assert step(reviewer, f"/desk/reports/{newer}/publish").status_code == 303
    assert "15条" in client.get(f"/reports/{report_id}").text
    assert step(reviewer, f"{address}/publish", reason="新的有误").status_code == 303
    assert "12条" in client.get(f"/reports/{report_id}").text
    assert step(reviewer, f"{address}/withdraw", reason="试完了").status_code == 303


def test_files_that_do_not_do_are_refused_by_name_and_the_others_taken(services, browser):
    editor = browser("editor")
    evil = "<img src=x onerror=alert(1)>.svg"
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    answer = upload(editor, evil, svg)
    assert answer.status_code == 400
    assert "<img src=x" not in answer.text and html.escape(evil) in answer.text
    headers = {**OWN_PAGE, "X-CSRF": csrf_of(editor.token), "Accept": "application/json"}
    sent = [(io.BytesIO(svg), "图.png"), (io.BytesIO(page(title="演示市林草局通知")), "../../好.html")]
    told = editor.client.post("/desk/reports", data={"file": sent}, headers=headers)
    assert told.status_code == 201
    assert [each["name"] for each in told.get_json()["refused"]] == ["图.png"]
    [taken] = told.get_json()["filings"]
    assert taken["name"] == "好.html"
    assert services.reading.wait_until_idle(120)
    [state] = editor.get(f"/desk/reports/queue?id={taken['id']}&id=999999&id=x").get_json()["filings"]
    assert (state["state"], state["title"]) == ("uploaded", "演示市林草局通知")
    assert browser("jiao").get(f"/desk/reports/queue?id={taken['id']}").get_json()["filings"] == [state]
    original = editor.get(f"/desk/reports/{taken['id']}/file")
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert original.headers["Content-Disposition"].startswith("attachment;")
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in original.headers["Content-Security-Policy"]


def test_an_upload_has_room_and_nothing_else_has(app, services, browser):
    """The limit of a file is told by name; a body beyond all files is refused before it is looked into."""
    editor = browser("editor")
    much = b"a" * (services.filings.limit_bytes + 1)
    answer = upload(editor, "大.txt", much)
    assert (answer.status_code, "太大" in answer.text) == (400, True)
    too_much = upload(editor, "大.txt", b"a" * (services.filings.limit_bytes + 41 * 1024 * 1024))
    assert too_much.status_code == 413
    long = editor.post("/desk/messages/none/reply", {"text": "长" * 40_000})
    assert long.status_code == 413


def test_another_system_reads_messages_without_contacts_and_reports_with_their_states(services, app, receipt):
    secret = services.desk.tokens.make("admin", "统计", ["messages:read", "reports:read"], 1)[1]
    client, headers = app.test_client(), {"Authorization": f"Bearer {secret}"}

    def read(path):
        answer = client.get(f"/api/v1/desk/{path}", headers=headers)
        assert "王五" not in answer.text
        return answer.status_code, answer.get_json()

    status, listed = read("messages?stage=waiting")
    assert status == 200 and receipt in [each["receipt"] for each in listed["messages"]]
    assert read(f"messages/{receipt}")[1]["stage"] == "new"
    assert read("messages/0000000000000000")[0] == 404
    assert read("messages?stage=x")[0] == 400 and read("reports?state=x")[0] == 400
    assert {each["state"] for each in read("reports?state=published")[1]["reports"]} == {"published"}
