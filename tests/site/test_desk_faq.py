"""The FAQ at the desk, through its pages: from a draft to a citizen's answer, and everything that is in the way."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from desk_checks import OWN_PAGE, add_people, at_desk, csrf_of

from assistant.desk.faq_sheets import write_sheet
from assistant.reports import Metadata, compose
from assistant.services import open_services
from assistant.store import FaqEntry

REPORT = compose(
    Metadata(
        title="演示县民政局2020年政府信息公开工作年度报告", publisher="演示县民政局", year=2020, index_number="MZ-2020"
    ),
    "一、概述\n2020年，县民政局主动公开政府信息347条。受理低保申请512件。\n"
    "二、联系方式\n县民政局办公室电话0309-5557788。",
)
QUESTIONS = """\
- {id: q1, question: 低保怎么申请？, expected: {faq: dibao}}
- {id: q2, question: 县民政局2020年主动公开政府信息多少条？, expected: {report: MZ-2020, contains: [347条]}}
"""
DIBAO = FaqEntry(
    "dibao", "低保怎么申请？", ("怎样办低保",), "向户籍所在地乡镇政府提出。", "演示县民政局", tags=("低保",)
)
FORM = {
    "question": "殡仪馆几点开门？",
    "phrasings": "火葬场什么时候上班\n殡仪馆上班时间",
    "answer": "**每天 8:00** 开门。",
    "publisher": "演示县民政局",
    "tags": "殡葬 时间",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    data = tmp_path_factory.mktemp("desk-faq") / "data"
    opened = open_services(data)
    (data / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    opened.store.save(REPORT)
    opened.indexer.settle()
    add_people(opened.desk)
    yield opened
    opened.close()


@pytest.fixture
def services(opened):
    """One entry, published, and no word watched."""
    opened.store.replace_faq([])
    opened.store.replace_faq([DIBAO])
    opened.store.faq_table.replace_watch_words("admin", [])
    return opened


@pytest.fixture
def desk(app, services):
    return lambda login: at_desk(app, services, login)


def saved(browser, **fields):
    """Saves the form as a new entry; its id."""
    response = browser.post("/desk/faq/entry", {**FORM, **fields})
    assert response.status_code == 303, response.text
    return unquote(re.search(r"[?&]id=([^&]+)", response.headers["Location"])[1])


def sent(browser, path, **fields):
    response = browser.post(path, fields)
    assert response.status_code == 303, response.text
    return response


def tried(services, browser, entry_id):
    """The golden questions are asked; the page once they were."""
    sent(browser, "/desk/faq/try", id=entry_id)
    for job in services.faq_work.jobs._jobs.values():
        assert job.ended.wait(300)
    return page(browser, f"/desk/faq/review?id={entry_id}")


def page(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, response.text
    return unescape(response.text)


def ask(app, question):
    return app.test_client().post("/api/v1/ask", json={"question": question}).get_json()


def test_a_draft_becomes_the_answer_to_a_citizens_next_question(app, services, desk):
    editor, reviewer = desk("editor"), desk("reviewer")
    assert ask(app, "殡仪馆几点开门")["kind"] != "faq"
    entry_id = saved(editor, links=f"http://x/reports/{REPORT.id}#{REPORT.passages[0].anchor}")
    assert "殡仪馆几点开门？" in page(editor, "/desk/faq?state=draft&tag=殡葬&text=火葬场")
    sent(editor, "/desk/faq/move", id=entry_id, version=1, action="submit")
    assert editor.post("/desk/faq/publish", {"id": entry_id, "version": 1}).status_code == 403
    refused = reviewer.post("/desk/faq/publish", {"id": entry_id, "version": 1})
    assert refused.status_code == 400 and "标准问题" in refused.text
    assert ">发布</button>" not in page(reviewer, f"/desk/faq/review?id={entry_id}"), "not before it was tried"
    shown = tried(services, reviewer, entry_id)
    assert "问了 2 个：变差 0" in re.sub("</?strong>", "", shown)
    assert ask(app, "殡仪馆几点开门")["kind"] != "faq"
    sent(reviewer, "/desk/faq/publish", id=entry_id, version=1)
    answer = ask(app, "火葬场什么时候上班")
    assert (answer["kind"], answer["text"]) == ("faq", "每天 8:00 开门。")
    assert answer["evidence"][0]["passage"] == answer["text"]
    assert "347条" in answer["evidence"][1]["passage"] and answer["evidence"][1]["report"]["id"] == REPORT.id
    assert [utterance["text"] for utterance in answer["utterances"]]
    assert services.store.audit.entries(1)[0].action == "faq.published"


def test_what_gets_worse_is_shown_side_by_side_and_needs_a_reason(app, services, desk):
    editor, reviewer = desk("editor"), desk("reviewer")
    edited = {
        **FORM,
        "id": "dibao",
        "version": 1,
        "question": "城乡特困供养怎么办？",
        "phrasings": "",
        "answer": "问乡镇。",
    }
    assert editor.post("/desk/faq/entry", edited).status_code == 303
    sent(editor, "/desk/faq/move", id="dibao", version=2, action="submit")
    shown = tried(services, reviewer, "dibao")
    assert "变差" in shown and "向户籍所在地乡镇政府提出。" in shown
    refused = reviewer.post("/desk/faq/publish", {"id": "dibao", "version": 2})
    assert refused.status_code == 400 and "原因" in refused.text
    sent(reviewer, "/desk/faq/publish", id="dibao", version=2, reason="低保改由别的条目回答")
    assert services.store.audit.entries(1)[0].details["reason"] == "低保改由别的条目回答"
    assert ask(app, "城乡特困供养怎么办")["text"] == "问乡镇。"


def together(services, browser, **chosen):
    """Several are tried together; the name of the work, and the page once the questions were asked."""
    begun = browser.post("/desk/faq/together", chosen)
    assert begun.status_code == 303, begun.text
    job = re.search(r"job=([^&]+)", begun.headers["Location"])[1]
    assert services.faq_work.jobs.find(job, "reviewer", "faq-together").ended.wait(300)
    return job, page(browser, begun.headers["Location"])


def test_several_are_tried_and_published_at_once_and_each_that_cannot_be_is_told_why(app, services, desk):
    editor, reviewer = desk("editor"), desk("reviewer")
    places = ("殡仪馆", "婚姻登记处", "救助站")
    ids = [saved(editor, question=f"{each}几点开门？", phrasings="", then="submit") for each in places]
    draft = saved(editor, question="老年食堂几点开门？", phrasings="")
    own = saved(reviewer, question="福利院几点开门？", phrasings="", then="submit")
    assert editor.post("/desk/faq/together", {"id": ids}).status_code == 403
    job, shown = together(services, reviewer, id=[*ids, draft, own, "none"])
    assert "一起发布 3 条" in shown and "问了 2 个：变差 0" in re.sub("</?strong>", "", shown)
    assert "老年食堂几点开门？：现在是“草稿”" in shown and "福利院几点开门？：有您的改动" in shown
    assert "none：没有这一条" in shown
    assert desk("admin").get(f"/desk/faq/together?job={job}").status_code == 404
    sent(reviewer, "/desk/faq/together/publish", job=job)
    for each in places:
        assert ask(app, f"{each}几点开门")["text"] == "每天 8:00 开门。"
    assert ask(app, "老年食堂几点开门")["kind"] != "faq" and ask(app, "福利院几点开门")["kind"] != "faq"
    log = services.store.audit.entries(3)
    assert [(each.action, each.details["together"]) for each in log] == [("faq.published", 3)] * 3
    assert reviewer.post("/desk/faq/together/publish", {"job": job}).status_code == 400  # once


def test_what_is_watched_since_several_were_tried_has_them_tried_again(services, desk):
    editor, reviewer = desk("editor"), desk("reviewer")
    entry = saved(editor, question="内部食堂几点开门？", phrasings="", then="submit")
    job, shown = together(services, reviewer, id=[entry])
    assert "像是敏感信息" not in shown
    services.store.faq_table.replace_watch_words("admin", ["内部食堂"])
    refused = reviewer.post("/desk/faq/together/publish", {"job": job, "reason": "公开过"})
    assert refused.status_code == 400 and "再检查一次" in refused.text
    job, shown = together(services, reviewer, id=[entry])
    assert "像是敏感信息" in shown and "词表里的词" in shown
    assert "写明原因" in reviewer.post("/desk/faq/together/publish", {"job": job}).text
    sent(reviewer, "/desk/faq/together/publish", job=job, reason="公开过")
    services.store.faq_table.replace_watch_words("admin", [])


def test_of_several_none_is_published_where_one_was_changed_or_a_reason_is_missing(services, desk):
    editor, reviewer = desk("editor"), desk("reviewer")
    fine = saved(editor, question="甲甲局在几楼？", phrasings="", then="submit")
    private = saved(editor, question="乙乙局找谁？", phrasings="", answer="打13800138000找张三。", then="submit")
    job, shown = together(services, reviewer, all="1", state="review")
    assert "手机号" in shown
    assert "有像是敏感信息的内容，仍要发布的原因" in shown and "有变差的标准问题" not in shown
    refused = reviewer.post("/desk/faq/together/publish", {"job": job})
    assert refused.status_code == 400 and "请写明原因" in refused.text
    sent(editor, "/desk/faq/move", id=fine, version=1, action="withdraw")
    late = reviewer.post("/desk/faq/together/publish", {"job": job, "reason": "号码已公开"})
    assert late.status_code == 409 and "一条也没有发布" in late.text
    assert services.store.faq_table.head(private).live is None
    job, _ = together(services, reviewer, id=private)
    sent(reviewer, "/desk/faq/together/publish", job=job, reason="号码已公开")
    details = services.store.audit.entries(1)[0].details
    assert (details["reason"], details["sensitive"]) == ("号码已公开", ["手机号"])


def card(browser, title):
    """The number of a card on the first page, where the page it leads to lists just as many; None without the card."""
    found = re.search(rf'href="([^"]+)">\s*<span[^>]*>{title}</span>\s*<strong[^>]*>(\d+)<', page(browser, "/desk/"))
    if found is None:
        return None
    assert f'<h2 id="found">{found[2]} 条' in page(browser, unescape(found[1]))
    return int(found[2])


def test_who_wrote_it_cannot_publish_it_and_send_back_tells_why(desk):
    reviewer, admin = desk("reviewer"), desk("admin")
    entry_id = saved(reviewer, then="submit")
    own = reviewer.post("/desk/faq/publish", {"id": entry_id, "version": 1})
    assert own.status_code == 403 and "换一位审核人" in own.text
    assert "要由别人审核" in page(reviewer, f"/desk/faq/review?id={entry_id}")
    sent(admin, "/desk/faq/move", id=entry_id, version=1, action="send_back", reason="请写明依据")
    assert "请写明依据" in page(reviewer, f"/desk/faq/entry?id={entry_id}")
    assert (card(reviewer, "退回给您的常见问题"), card(admin, "退回给您的常见问题")) == (1, None)
    sent(reviewer, "/desk/faq/move", id=entry_id, version=1, action="submit")
    assert (card(reviewer, "退回给您的常见问题"), card(admin, "待审核的常见问题")) == (None, 1)
    sent(reviewer, "/desk/faq/move", id=entry_id, version=1, action="withdraw")
    assert "待审核" not in re.search("<tbody>.*</tbody>", page(admin, "/desk/faq?state=draft"), re.DOTALL)[0]


def test_the_second_of_two_editors_sees_the_difference_and_loses_nothing(services, desk):
    first, second = desk("editor"), desk("admin")
    entry_id = saved(first)
    change = {**FORM, "id": entry_id, "version": 1}
    assert second.post("/desk/faq/entry", {**change, "answer": "每天 9:00 开门。"}).status_code == 303
    told = first.post("/desk/faq/entry", {**change, "answer": "每天 8:30 开门。"})
    assert told.status_code == 409 and "现在是第 2 版" in told.text and "管老王" in told.text
    assert "<del>" in told.text and "<ins>" in told.text and 'name="version" value="2"' in told.text
    assert services.desk.faq.head(entry_id).entry.answer == "每天 9:00 开门。"
    assert first.post("/desk/faq/entry", {**change, "version": 2, "answer": "每天 8:30 开门。"}).status_code == 303
    assert [each.author for each in services.desk.faq.versions(entry_id)] == ["editor", "admin", "editor"]
    shown = page(first, f"/desk/faq/versions?id={entry_id}&from=1&to=3")
    assert "第 1 版 → 第 3 版" in shown and "<ins>30</ins>" in shown
    sent(first, "/desk/faq/move", id=entry_id, version=3, number=1, action="restore")
    assert services.desk.faq.head(entry_id).entry.answer == FORM["answer"]


def test_doubles_contradictions_and_sensitive_information_are_told_while_typing_and_on_saving(services, desk):
    editor = desk("editor")
    services.store.faq_table.replace_watch_words("admin", ["内部资料"])
    draft = {
        "question": "低保怎样申请呀？",
        "phrasings": "滴保怎么申请",
        "answer": "2020年县民政局主动公开政府信息300条，内部资料找张三，身份证11010519491231002X。",
        "publisher": "演示县民政局",
    }
    body = {**draft, "phrasings": [draft["phrasings"]], "id": ""}
    found = editor.client.post("/desk/faq/check", json=body, headers={**OWN_PAGE, "X-CSRF": csrf_of(editor.token)})
    told = found.get_json()
    assert [(each["id"], each["nearness"]) for each in told["near"]] == [("dibao", 1.0)]
    [figure] = told["contradictions"]
    assert figure["text"] == "300条" and "主动公开政府信息347条" in figure["reported"]
    assert [each["kind"] for each in told["sensitive"]] == ["词表里的词", "身份证号旁的姓名", "身份证号"]
    entry_id = saved(editor, **draft)
    shown = page(editor, f"/desk/faq/entry?id={entry_id}&checks=1")
    assert "可能重复" in shown and "347条" in shown and '<mark title="身份证号">11010519491231002X</mark>' in shown


def test_a_telephone_that_the_body_has_published_is_nothing_to_look_at(services, desk):
    """The report says 0309-5557788 of its office; the other number nobody has published."""
    entry_id = saved(
        desk("editor"), answer="请打（0309）5557788，或0309-5551234，发到 min@example.com。", then="submit"
    )
    shown = page(desk("reviewer"), f"/desk/faq/review?id={entry_id}")
    assert re.findall(r'<mark title="([^"]+)">([^<]+)</mark>', shown) == [
        ("没有公布过的电话", "0309-5551234"),
        ("没有公布过的邮箱", "min@example.com"),
    ]


def test_what_stands_in_the_name_of_the_department_is_looked_at_as_well(services, desk):
    entry = saved(desk("editor"), publisher="县民政局 13800138000")
    assert "13800138000</mark>" in page(desk("reviewer"), f"/desk/faq/review?id={entry}")


def test_a_preview_asks_each_phrasing_and_lets_the_words_be_heard(app, desk):
    editor = desk("editor")
    entry_id = saved(editor, phrasings="火葬场什么时候上班\n低保怎么申请？")
    shown = page(editor, f"/desk/faq/preview?id={entry_id}")
    assert shown.count("这一条</span>") == 2 and "八点" in shown
    sound = re.search(r'src="(/api/v1/speech/[^"]+)"', shown)[1]
    assert app.test_client().get(sound).status_code == 200
    assert ask(app, "殡仪馆几点开门")["kind"] != "faq"


def test_a_file_is_looked_at_before_it_comes_in_and_goes_out_again(services, desk):
    editor = desk("editor")
    new = [DIBAO, FaqEntry("fee", "=HYPERLINK(1)？", ("@收费",), "不收费。", "演示县民政局")]
    for name in ("表.xlsx", "表.csv", "表.yaml"):
        data = write_sheet(new, name.partition(".")[2])
        looked = editor.post("/desk/faq/import", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")
        assert looked.status_code == 303, looked.text
        assert "=HYPERLINK(1)？" in page(editor, looked.headers["Location"])
    shown = page(editor, looked.headers["Location"])
    assert "新增 1" in shown and "相同 1" in shown
    job = re.search(r'name="job" value="([^"]+)"', shown)[1]
    assert services.store.faq_table.head("fee") is None
    assert desk("admin").post("/desk/faq/import/carry-out", {"job": job}).status_code == 404
    done = editor.post("/desk/faq/import/carry-out", {"job": job})
    assert "导入的结果" in page(editor, done.headers["Location"])
    assert (services.store.faq_table.head("fee").entry.state, len(services.store.faq())) == ("draft", 1)
    exported = editor.get("/desk/faq/export?kind=csv&state=draft")
    assert "attachment" in exported.headers["Content-Disposition"]
    assert "'=HYPERLINK(1)？" in exported.data.decode("utf-8-sig") and "dibao" not in exported.data.decode("utf-8-sig")
    broken = editor.post(
        "/desk/faq/import", {"file": (io.BytesIO(b"PK"), "x.xlsx")}, content_type="multipart/form-data"
    )
    assert "refusal" in page(editor, broken.headers["Location"])


def test_an_import_overwrites_nothing_that_changed_after_its_rows_were_looked_at(services, desk):
    editor = desk("editor")
    rows = [FaqEntry("dibao", DIBAO.question, (), "由文件改的答案。"), FaqEntry("fee", "收费吗？", (), "不收费。")]
    data = {"file": (io.BytesIO(write_sheet(rows, "csv")), "表.csv")}
    looked = editor.post("/desk/faq/import", data, content_type="multipart/form-data")
    job = re.search(r'name="job" value="([^"]+)"', page(editor, looked.headers["Location"]))[1]
    services.desk.faq.save("admin", replace(DIBAO, answer="同事刚改的答案。"), 1)
    done = page(editor, editor.post("/desk/faq/import/carry-out", {"job": job}).headers["Location"])
    assert "看过之后有人改过这一条" in done and "新增 1" in done
    assert services.desk.faq.head("dibao").entry.answer == "同事刚改的答案。"
    assert services.desk.faq.head("fee").entry.answer == "不收费。"


def test_many_are_changed_by_one_form(app, services, desk):
    editor, admin = desk("editor"), desk("admin")
    ids = [saved(editor, question=f"第{number}个问题怎么办？", phrasings="") for number in range(3)]
    change = {"id": [*ids[:2], "dibao"], "add_tags": "新 重点", "new_owner": "li", "do": "edit"}
    sent(editor, "/desk/faq/bulk", **change)
    assert [services.desk.faq.head(each).entry.owner for each in (*ids, "dibao")] == ["li", "li", "", "li"]
    assert services.store.faq_table.head("dibao").entry.state == "published"
    sent(editor, "/desk/faq/bulk", all="1", tag="新", do="archive")
    assert services.desk.faq.head(ids[0]).entry.state == "archived" and len(services.store.faq()) == 1
    sent(admin, "/desk/faq/bulk", id="dibao", do="archive")
    assert ask(app, "低保怎么申请？")["kind"] != "faq"
    for path in ("/desk/faq/bulk", "/desk/faq/together"):
        none = admin.post(path, {"do": "edit", "state": "archived", "add_tags": "丙 丁"})
        assert none.status_code == 400 and "请先选中" in none.text
        assert 'value="丙 丁"' in none.text and 'value="archived" selected' in none.text


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/desk/faq/entry", {**FORM, "answer": ""}, 400),
        ("/desk/faq/entry", {**FORM, "url": "javascript:alert(1)"}, 400),
        ("/desk/faq/entry", {**FORM, "valid_until": "二月"}, 400),
        ("/desk/faq/entry", {**FORM, "links": "../../etc/passwd"}, 400),
        ("/desk/faq/entry", {**FORM, "links": "000000000000#p1"}, 400),
        ("/desk/faq/entry", {**FORM, "id": "none", "version": "1"}, 404),
        ("/desk/faq/entry", {**FORM, "answer": "答" * 200_000}, 413),
        ("/desk/faq/move", {"id": "dibao", "version": "1", "action": "explode"}, 400),
        ("/desk/faq/move", {"id": "dibao", "version": "9", "action": "withdraw"}, 409),
        ("/desk/faq/move", {"id": "dibao", "version": "1", "action": "archive"}, 403),
        ("/desk/faq/import", {}, 400),
        ("/desk/faq/import/carry-out", {"job": "x"}, 404),
        ("/desk/faq/try", {"id": "none"}, 404),
        ("/desk/faq/bulk", {"id": "dibao", "valid_until": "x", "do": "edit"}, 400),
    ],
)
def test_what_does_not_do_is_refused_and_changes_nothing(services, desk, path, fields, status):
    editor = desk("editor")
    before = services.store.audit.count()
    assert editor.post(path, fields).status_code == status
    assert services.store.audit.count() == before and services.store.faq() == [DIBAO]


def test_what_staff_wrote_is_never_markup_and_no_field_but_the_forms_own_is_taken(services, desk):
    editor = desk("editor")
    evil = "<img src=x onerror=alert(1)>\"'{{7*7}}"
    fields = dict.fromkeys(("question", "phrasings", "publisher", "source", "owner", "note"), evil)
    entry_id = saved(
        editor, **fields, answer=f"[x](javascript:alert(1)) {evil}", tags="<script>", state="published", live=1
    )
    head = services.desk.faq.head(entry_id)
    assert (head.entry.state, head.live) == ("draft", None)
    for path in ("", "/entry", "/versions", "/preview", "/review"):
        shown = editor.get(f"/desk/faq{path}?id={entry_id}&checks=1").text
        assert "<img src=x" not in shown and "<script>" not in shown and 'javascript:alert(1)"' not in shown


def test_what_is_about_to_expire_is_told_on_the_first_page_and_in_the_list(services, desk):
    editor, soon = desk("editor"), date.today() + timedelta(days=10)
    saved(editor, question="几号停水？", phrasings="", valid_until=soon.isoformat())
    saved(editor, question="几号停电？", phrasings="", valid_until=(soon + timedelta(days=90)).isoformat())
    assert re.search(r"快到期的常见问题.*?>1<", page(editor, "/desk/"), re.DOTALL)
    listed = page(editor, "/desk/faq?expiring=1")
    assert "几号停水？" in listed and "几号停电？" not in listed


def test_only_an_admin_keeps_the_words(desk, services):
    sent(desk("admin"), "/desk/faq/words", words="甲乙\n\n 丙丁 \n甲乙")
    assert services.store.faq_table.watch_words() == ("丙丁", "甲乙")
    assert services.store.audit.entries(1)[0].details == {"added": 2, "removed": 0}
    assert "甲乙" in page(desk("admin"), "/desk/faq/words")
