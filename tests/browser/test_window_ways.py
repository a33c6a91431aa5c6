"""A citizen's ways through the widget on the real server: by keyboard alone, messages, what is kept, what is heard."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from widget_ways import FIGURE, LABEL, NOWHERE, ask

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

# The name of what has the focus, in whatever shadow tree; and whether a ring shows where it is.
FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const ring = getComputedStyle(focused).outlineStyle !== 'none' || focused.matches('.title, .sheet-title');
    const name = focused.getAttribute('aria-label') ?? (focused.labels?.[0] ?? focused).textContent;
    return [focused.localName, name, ring];
}"""
# A voice may take its time on a busy machine, and the first sentence starts it.
SOUND = """(audio) => new Promise((resolve, reject) => {
    const heard = () => { if (audio.duration > 0 && audio.currentTime > 0) resolve(audio.duration); };
    audio.addEventListener('timeupdate', heard);
    setTimeout(() => reject(new Error('silent')), 60000);
    heard();
})"""


@pytest.fixture
def visitor(browser: Any, window: str) -> Iterator[Any]:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", viewport={"width": 1280, "height": 860})
    context.set_default_timeout(20_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(window)
    yield page
    context.close()
    assert troubles == []


def press_until(page: Any, key: str, name: str, most: int = 60) -> None:
    """Press a key until what is called so has the focus; the focus is seen all the way."""
    for _ in range(most):
        page.keyboard.press(key)
        tag, told, ring = page.evaluate(FOCUSED)
        if tag != "body":
            assert ring, f"no ring around {told!r}"
        if told.startswith(name):
            return
    raise AssertionError(f"{key} never came to {name}")


def test_by_keyboard_alone_from_the_page_to_hearing_an_answer_and_leaving_a_message(visitor: Any) -> None:
    page, keyboard = visitor, visitor.keyboard
    press_until(page, "Tab", "问安安")
    keyboard.press("Enter")
    expect(page.get_by_label(LABEL)).to_be_focused()
    keyboard.insert_text("申请公开")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    keyboard.press("ArrowUp")  # back to what was typed
    expect(chosen).to_have_count(0)
    keyboard.press("ArrowUp")
    words = chosen.inner_text()
    assert words == page.get_by_role("option").last.inner_text()
    keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_visible()
    keyboard.insert_text("吗")
    expect(box).to_have_attribute("aria-expanded", "true")
    keyboard.press("ArrowDown")
    words = chosen.inner_text()
    keyboard.press("Enter")
    expect(page.locator(".turn .question")).to_contain_text(words)
    expect(page.locator(".turn .answer")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    press_until(page, "Shift+Tab", "播报")
    keyboard.press("Enter")
    assert page.locator("anan-widget audio").evaluate(SOUND) > 0
    expect(page.locator(".status")).to_have_text("正在播报")
    keyboard.press("Enter")
    press_until(page, "Tab", LABEL)
    keyboard.insert_text(NOWHERE)
    keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator('[data-kind="none"]')).to_be_visible()
    press_until(page, "Shift+Tab", "给工作人员留言")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="留言")).to_be_focused()
    expect(page.get_by_label("我同意")).to_be_visible()
    press_until(page, "Tab", "咨询")
    keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="建议")).to_be_checked()
    press_until(page, "Tab", "联系方式")
    keyboard.insert_text("13800000000")
    press_until(page, "Tab", "提交留言")
    keyboard.press("Enter")
    expect(page.get_by_role("checkbox")).to_be_focused()
    expect(page.locator(".error")).to_have_text("填了联系方式，要先勾选同意。")
    keyboard.press("Space")
    press_until(page, "Tab", "提交留言")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="留言收到了")).to_be_focused()
    receipt = page.locator(".receipt").inner_text()
    assert re.fullmatch(r"\d{4}( \d{4}){3}", receipt)
    keyboard.press("Escape")
    expect(page.get_by_label(LABEL)).to_be_focused()
    press_until(page, "Shift+Tab", "更多")
    keyboard.press("Enter")
    press_until(page, "Tab", "查回复")
    keyboard.press("Enter")
    press_until(page, "Tab", receipt.replace(" ", ""))
    keyboard.press("Enter")
    expect(page.locator(".result .passage")).to_have_text(NOWHERE)
    expect(page.locator(".result .answer")).to_contain_text("还没有答复")
    keyboard.press("Escape")
    keyboard.press("Escape")
    expect(page.get_by_role("button", name="问安安")).to_be_focused()


def test_a_conversation_is_kept_until_it_is_cleared(visitor: Any) -> None:
    visitor.get_by_role("button", name="问安安").click()
    expect(ask(visitor, FIGURE).locator(".answer")).to_contain_text("2801条")
    kept = "JSON.stringify([localStorage['anan-history'] ?? null, localStorage['anan-receipts'] ?? null])"
    visitor.reload()
    visitor.get_by_role("button", name="问安安").click()
    expect(visitor.locator(".turn .answer")).to_contain_text("2801条")
    expect(visitor.locator("[aria-live]")).to_have_text("")  # nothing old is announced
    expect(ask(visitor, "那2017年呢").locator(".understood")).to_contain_text("2017年")  # and it is gone on from
    visitor.get_by_role("button", name="更多").click()
    visitor.get_by_role("button", name="清空对话").click()
    expect(visitor.locator(".turn")).to_have_count(0)
    expect(visitor.get_by_role("button", name="更多")).to_be_focused()
    assert json.loads(visitor.evaluate(kept)) == [None, None]
    for broken in ('"x"', "[1]", '[{"question":"a","answer":{"text":"b"}}]', "{", '[{"question":1}]'):
        visitor.evaluate("(text) => localStorage.setItem('anan-history', text)", broken)
        visitor.reload()
        visitor.get_by_role("button", name="问安安").click()
        expect(visitor.locator(".suggestion").first).to_be_visible()
        expect(visitor.locator(".turn")).to_have_count(0)


def test_an_answer_is_judged_copied_and_shared(visitor: Any, window: str) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=window)
    visitor.add_init_script("delete Navigator.prototype.share")
    visitor.reload()
    visitor.get_by_role("button", name="问安安").click()
    reply = ask(visitor, FIGURE)
    with visitor.expect_response("**/api/v1/feedback") as given:
        reply.get_by_role("button", name="有帮助", exact=True).click()
    assert given.value.status == 204
    expect(reply.locator(".done")).to_have_text("谢谢您的评价。")
    reply.get_by_role("button", name="没有帮助").click()
    expect(reply.get_by_role("button", name="答得不对")).to_be_focused()
    with visitor.expect_response("**/api/v1/feedback") as given:
        reply.get_by_role("button", name="看不懂").click()
    sent = given.value.request.post_data_json
    assert (given.value.status, sent["verdict"], sent["reason"], sent["question"]) == (204, "down", "unclear", FIGURE)
    expect(reply.get_by_role("button", name="没有帮助")).to_be_focused()
    expect(reply.get_by_role("button", name="没有帮助")).to_have_attribute("aria-pressed", "true")
    reply.get_by_role("button", name="复制回答").click()
    expect(reply.locator(".done")).to_have_text("已复制。")
    copied = visitor.evaluate("navigator.clipboard.readText()")
    assert "2801条" in copied and "——青澜市公安局2018年" in copied and f"{window}/reports/" in copied
    reply.get_by_role("button", name="分享").click()
    expect(reply.locator(".done")).to_have_text("链接已复制，可以粘贴给别人。")
    visitor.goto(visitor.evaluate("navigator.clipboard.readText()"))
    expect(visitor.locator("main")).to_contain_text("2801条")


def test_answers_are_read_unasked_only_when_that_is_switched_on(visitor: Any) -> None:
    visitor.get_by_role("button", name="问安安").click()
    expect(ask(visitor, FIGURE)).to_be_visible()
    expect(visitor.locator("[aria-live]")).to_contain_text("安安回答：")
    assert visitor.locator("anan-widget audio").evaluate("(audio) => audio.currentSrc") == ""
    visitor.get_by_role("button", name="更多").click()
    visitor.get_by_role("switch", name="自动播报").click()
    visitor.keyboard.press("Escape")
    expect(ask(visitor, FIGURE)).to_be_visible()
    # A screen reader is not given the words that the voice is saying.
    expect(visitor.locator("[aria-live]")).to_have_text("安安正在播报回答。")
    assert visitor.locator("anan-widget audio").evaluate(SOUND) > 0
    visitor.reload()
    visitor.get_by_role("button", name="问安安").click()
    visitor.get_by_role("button", name="更多").click()
    expect(visitor.get_by_role("switch", name="自动播报")).to_be_checked()


def test_whom_to_ring_can_be_rung_and_a_mute_widget_says_nothing(visitor: Any) -> None:
    visitor.locator("anan-widget").evaluate("(host) => { host.voice = 'off'; host.greeting = '有事请问'; }")
    visitor.get_by_role("button", name="问安安").click()
    expect(visitor.get_by_text("有事请问")).to_be_visible()
    reply = ask(visitor, "有人落水了怎么办")
    expect(reply).to_have_attribute("data-kind", "urgent")
    expect(reply.get_by_role("link", name="120")).to_have_attribute("href", "tel:120")
    expect(reply.get_by_role("button", name="播报")).to_have_count(0)
    visitor.get_by_role("button", name="更多").click()
    expect(visitor.get_by_role("switch", name="自动播报")).to_have_count(0)
