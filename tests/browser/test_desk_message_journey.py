"""The desk in a real browser: a message's whole way to the citizen and into the FAQ, reports dropped and published."""

import re
from pathlib import Path
from typing import Any

import pytest
from desk_pages import desk_site

from assistant.desk import grouped

REPORT = """<html><head><title>演示市林草局2031年政府信息公开工作年度报告</title></head><body>
<h1>演示市林草局2031年政府信息公开工作年度报告</h1><p>一、概述</p>
<p>2031年，演示市林草局通过护林广播公开政府信息12条。</p><p>二、收费</p><p>全年没有收费。</p></body></html>"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with desk_site(tmp_path_factory) as running:
        yield running


@pytest.fixture
def somebody(browser: Any, site: Any):
    """``somebody("editor")``: a page of a browser in which they signed in; without a name, a citizen's."""
    contexts, troubles = [], []

    def opened(login: str = "", **options: Any) -> Any:
        context = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", base_url=site.address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda told: troubles.append(told.text) if "Security Policy" in told.text else None)
        if login:  # its cookie is put into the browser: the door has a test of its own
            cookie = {"name": "anan-desk", "value": site.token(login), "url": f"{site.address}/desk"}
            context.add_cookies([cookie])
            page.goto("/desk/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def test_a_citizens_message_comes_to_a_reviewed_reply_and_an_faq_draft(site, somebody, shots):
    citizen = somebody(viewport=PHONE)
    citizen.goto("/messages/new")
    citizen.get_by_label("留言内容").fill("周末能办身份证吗？我的手机是13800138000。")
    citizen.get_by_role("button", name="提交").click()
    receipt = re.sub(r"\s", "", citizen.locator(".receipt-number").inner_text())

    reviewer = somebody("reviewer")
    reviewer.get_by_role("link", name="留言", exact=True).click()
    shots(reviewer, "inbox")
    reviewer.get_by_role("link", name=grouped(receipt)).click()
    reviewer.get_by_label("办理人").select_option("editor")
    reviewer.get_by_role("button", name="分办").click()
    reviewer.get_by_text("已分办。").wait_for()

    editor = somebody("editor")
    editor.goto("/desk/messages?mine=1")
    editor.get_by_role("link", name=grouped(receipt)).click()
    editor.get_by_label("写给市民的答复").fill("周六上午可以办，带户口簿。")
    shots(editor, "message")
    editor.get_by_role("button", name="提交审核").click()
    editor.get_by_text("已提交审核。").wait_for()

    citizen.goto(f"/messages?receipt={receipt}")
    assert "周六上午" not in citizen.inner_text("main")
    reviewer.goto(f"/desk/messages/{receipt}")
    reviewer.get_by_role("button", name="通过并发布").click()
    reviewer.get_by_text("答复已发布").wait_for()
    citizen.reload()
    assert "周六上午可以办" in citizen.inner_text("main")

    editor.goto(f"/desk/messages/{receipt}")
    editor.get_by_role("button", name="做成常见问题").click()
    editor.get_by_text("已做成常见问题的草稿").wait_for()
    shots(editor, "message-done")
    steps = editor.locator(".steps li").all_inner_texts()
    told = ["收到", "分办留言", "提交答复审核", "发布答复", "留言做成常见问题草稿"]
    assert [next(word for word in told if word in step) for step in steps] == told
    draft = site.services.store.faq_table.head(site.services.store.messages.get(receipt).faq_id).entry
    assert (draft.state, draft.answer) == ("draft", "周六上午可以办，带户口簿。")
    assert "13800138000" not in draft.question
    assert site.services.store.audit.verify().broken_at is None


def test_reports_dropped_on_the_page_are_read_looked_at_and_published(site, somebody, shots, tmp_path):
    editor = somebody("editor")
    editor.goto("/desk/reports")
    (tmp_path / "林草局.html").write_text(REPORT, "utf-8")
    (tmp_path / "坏.pdf").write_text("不是 PDF", "utf-8")
    # What a drop gives the page, by the field that takes the same files.
    editor.locator("#file").set_input_files([str(tmp_path / "林草局.html"), str(tmp_path / "坏.pdf")])
    editor.get_by_text("内容与后缀不符").wait_for()
    editor.locator(".uploads a").wait_for(timeout=120_000)
    shots(editor, "reports")
    address = editor.locator(".uploads a").get_attribute("href")

    citizen = somebody()
    citizen.goto("/?q=演示市林草局通过护林广播公开政府信息多少条")
    assert "12条" not in citizen.inner_text(".answer")
    reviewer = somebody("reviewer")
    reviewer.goto(address)
    shots(reviewer, "report")
    reviewer.get_by_role("button", name="发布", exact=True).click()
    reviewer.get_by_text("市民现在就能看到、问到").wait_for()
    citizen.reload()
    assert "12条" in citizen.inner_text(".answer")


def test_a_word_list_is_tried_handed_in_and_let_pass_by_keyboard(site, somebody, shots):
    (site.services.data / "questions.yaml").write_text(
        "- id: q\n  question: 食堂几点开门\n  expected: {none: true}\n", "utf-8"
    )
    reviewer = somebody("reviewer")
    reviewer.goto("/desk/words")
    reviewer.get_by_role("link", name=re.compile("^同义词")).focus()
    reviewer.keyboard.press("Enter")
    field = reviewer.get_by_role("textbox").first
    field.focus()
    reviewer.keyboard.press("Control+End")
    reviewer.keyboard.type("\n护林喇叭 护林广播")
    reviewer.get_by_role("button", name="用标准问题试一试").press("Enter")
    reviewer.get_by_text("问了 1 个").wait_for(timeout=120_000)
    shots(reviewer, "words")
    reviewer.get_by_role("button", name="提交审核").press("Enter")
    reviewer.get_by_text("自己提交的，由另一位审核人通过。").wait_for()
    admin = somebody("admin")
    admin.goto("/desk/words/synonyms.txt")
    admin.get_by_role("button", name="通过，马上生效").press("Enter")
    admin.get_by_text("已通过，已经生效。").wait_for()


@pytest.mark.parametrize("path", ["/desk/reports", "/desk/messages"])
def test_the_pages_do_without_scripts(site, somebody, tmp_path, path):
    page = somebody("editor", java_script_enabled=False)
    page.goto(path)
    if path == "/desk/reports":
        (tmp_path / "林草局 2.html").write_text(REPORT.replace("2031", "2032"), "utf-8")
        page.locator("#file").set_input_files(str(tmp_path / "林草局 2.html"))
        page.get_by_role("button", name="上传").first.click()
        page.get_by_text("收到 1 个文件").wait_for()
        assert site.services.reading.wait_until_idle(120)
        page.reload()
        page.get_by_role("link", name=re.compile("林草局2032年")).wait_for()
    else:
        page.get_by_label("内容里有").fill("没有这样的内容")
        page.get_by_role("button", name="查找").click()
        page.get_by_text("没有这样的留言。").wait_for()


@pytest.fixture
def shots(request):
    """Keeps a picture of each state where ``--shots`` names a folder, to be looked at."""
    folder = request.config.getoption("--shots", default="")

    def take(page: Any, name: str) -> None:
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return take
