"""The widget and the reader in a real browser, against a server that fails on demand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fake_site
import pytest
from fake_site import MARK, PASSAGE, POPULAR, SENTENCE, SUGGESTED, FakeSite, page_html, span, tone
from windows import Window, open_window

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
Browser = playwright_api.Browser
Page = playwright_api.Page
Locator = playwright_api.Locator
expect = playwright_api.expect

LABEL = "请输入您的问题"
PHONE = {"width": 320, "height": 568}


@pytest.fixture
def site() -> Iterator[FakeSite]:
    running = FakeSite()
    yield running
    running.close()


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page for importing modules that keep nothing between calls."""
    running = FakeSite()
    opened = browser.new_page()
    opened.goto(running.address)
    yield opened
    opened.close()
    running.close()


@pytest.fixture(scope="module")
def used_window(browser: Browser) -> Iterator[Window]:
    opened = open_window(browser)
    yield opened
    opened.close()


@pytest.fixture
def widget(used_window: Window, site: FakeSite) -> Iterator[Page]:
    """The page of a site that embeds the widget, with the dialog open."""
    with used_window.visiting(site.address) as page:
        page.get_by_role("button", name="问安安").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        yield page


def ask(page: Page, question: str) -> None:
    page.get_by_label(LABEL).fill(question)
    page.get_by_role("button", name="发送").click()


def module(page: Page, path: str, expression: str, argument: object = None) -> Any:
    """The value of ``expression`` with the module's exports as ``m`` and the argument as ``a``."""
    return page.evaluate(f"(a) => import('/web/{path}').then(async (m) => ({expression}))", argument)


def record(page: Page, *events: str) -> None:
    page.evaluate(
        "(events) => { window.heard = []; for (const type of events)"
        " document.addEventListener(type, (e) => window.heard.push([type, e.detail])) }",
        list(events),
    )


# Pure modules


@pytest.mark.parametrize("text", ["", "无标记", "𠮷𠮷ab", "a😀b👨‍👩‍👧c", "行一\n行二\r\n", PASSAGE], ids=repr)
def test_offsets_count_what_python_counts(modules: Page, text: str) -> None:
    asked = list(range(-1, len(text) + 3))
    units = module(modules, "widget/marks.js", "a[1].map(m.unitOffsets(a[0]))", [text, asked])
    clamped = [min(max(at, 0), len(text)) for at in asked]
    assert units == [len(text[:at].encode("utf-16-le")) // 2 for at in clamped]
    assert module(modules, "widget/marks.js", "m.pointLength(a)", text) == len(text)


def test_segments_carry_sentence_and_highlights(modules: Page) -> None:
    spans = [PASSAGE, span(PASSAGE, SENTENCE), [span(PASSAGE, MARK), span(PASSAGE, "12条")]]
    found = module(modules, "widget/marks.js", "m.segments(...a)", spans)
    assert "".join(piece["text"] for piece in found) == PASSAGE
    assert "".join(piece["text"] for piece in found if piece["sentence"]) == SENTENCE
    assert [piece["text"] for piece in found if piece["mark"]] == [MARK, "12条"]


@pytest.mark.parametrize(
    ("sentence", "highlights"),
    [(None, []), ([0, 999], [[-5, 2]]), ([3, 1], [[2, 2]]), ([1, 3], [[0, 2], [1, 4]]), ([None, "x"], [])],
)
def test_segments_never_lose_text(modules: Page, sentence: object, highlights: object) -> None:
    found = module(modules, "widget/marks.js", "m.segments(...a)", ["𠮷甲乙丙", sentence, highlights])
    assert "".join(piece["text"] for piece in found) == "𠮷甲乙丙"
    assert all(piece["text"] for piece in found)


def test_greeting_of_every_hour(modules: Page) -> None:
    words = module(modules, "widget/greeting.js", "a.map(m.greeting)", list(range(24)))
    assert words == ["晚上好"] * 5 + ["上午好"] * 7 + ["下午好"] * 6 + ["晚上好"] * 6


def test_fallback_tokens_are_those_of_the_css_file(modules: Page) -> None:
    css = (fake_site.WEB / "tokens.css").read_text("utf-8")
    usual, _, others = css.partition("\n}")
    dark = others.partition("prefers-color-scheme: dark")[2].partition("\n}")[0]
    for name, block in (("TOKENS", usual), ("DARK", dark)):
        fallbacks = module(modules, "widget/tokens.js", f"m.{name}")
        assert fallbacks and fallbacks.items() <= dict(re.findall(r"(--anan-[\w-]+): (.+);", block)).items()


@pytest.mark.parametrize(
    ("server", "base"),
    [
        (None, "{site}/"),
        ("", "{site}/"),
        ("https://a.example/安安", "https://a.example/%E5%AE%89%E5%AE%89/"),
        ("https://a.example//", "https://a.example/"),
        ("javascript:alert(1)", "{site}/"),
        ("http://", "{site}/"),
    ],
)
def test_server_attribute(modules: Page, server: str | None, base: str) -> None:
    assert module(modules, "widget/api.js", "m.baseAddress(a)", server) == base.format(site=modules.url.rstrip("/"))


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/reports/r1#p", "https://a.example/under/reports/r1#p"),
        ("https://b.example/x", "https://b.example/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
        (None, None),
    ],
)
def test_links_stay_on_the_web(modules: Page, link: str | None, address: str | None) -> None:
    resolved = "new m.ApiClient('https://a.example/under/').resolve(a)?.href ?? null"
    assert module(modules, "widget/api.js", resolved, link) == address


def test_a_call_gives_up_after_its_time(modules: Page) -> None:
    call = "new m.ApiClient(m.HOME, {ask: 30}).ask('慢', '').catch((e) => [e.code, e.retryable, e.message])"
    assert module(modules, "widget/api.js", call) == ["timeout", True, "等了很久还没有收到回音，请再试一次。"]


def test_a_busy_voice_is_asked_again_by_itself(page: Page, site: FakeSite) -> None:
    page.goto(site.address)
    site.busy = 2
    assert module(page, "widget/api.js", "(await new m.ApiClient(m.HOME).speech('k')).size") > 1000
    site.busy = 9
    refused = module(page, "widget/api.js", "new m.ApiClient(m.HOME).speech('k').catch((e) => [e.code, e.message])")
    assert refused == ["busy", "语音正忙，请稍后再试。"]


# Opening, closing, embedding


def test_one_script_tag_adds_one_widget(page: Page, site: FakeSite) -> None:
    page.goto(site.address)
    expect(page.get_by_role("button", name="问安安")).to_be_visible()
    assert page.locator("anan-widget").count() == 1
    assert page.locator("body > anan-widget:last-child").count() == 1


def test_a_page_with_its_own_element_keeps_it(page: Page, site: FakeSite) -> None:
    own = '<main><anan-widget position="left" heading="问问公安局"></anan-widget></main>'
    site.pages["/own"] = page_html('<script type="module" src="/widget.js"></script>', own)
    page.goto(site.address + "/own")
    button = page.get_by_role("button", name="问安安")
    expect(button).to_be_visible()
    assert button.bounding_box()["x"] < 100
    button.click()
    expect(page.get_by_role("dialog", name="问问公安局")).to_be_visible()
    assert page.locator("anan-widget").count() == 1


def test_another_site_embeds_it_and_its_style_stays_out(page: Page, site: FakeSite) -> None:
    other = FakeSite()
    hostile = (
        "* { font-size: 5px !important; color: red; display: none; letter-spacing: 9px } html, body { display: block }"
    )
    other.pages["/"] = page_html(f'<script type="module" src="{site.address}/widget.js"></script>')
    try:
        other.policy = (
            f"default-src 'none'; script-src {site.address}; connect-src {site.address}; media-src blob:; img-src data:"
        )
        page.goto(other.address)
        page.get_by_role("button", name="问安安").wait_for()
        page.evaluate(
            "(css) => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }", hostile
        )
        button = page.get_by_role("button", name="问安安")
        expect(button).to_be_visible()
        expect(button).to_have_css("font-size", "18px")
        expect(button).to_have_css("letter-spacing", "normal")
        modules = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
        assert set(modules) == {site.address}
        button.click()
        ask(page, "long公开")
        expect(page.get_by_role("link")).to_have_attribute("target", "_blank")
        expect(page.get_by_role("link")).to_have_attribute("href", re.compile(f"^{site.address}/reports/"))
        page.get_by_role("button", name="播报").click()
        expect(page.locator('.speak[data-state="playing"]')).to_be_visible()
    finally:
        other.close()


def test_greeting_by_the_clock_of_the_reader(page: Page, site: FakeSite) -> None:
    page.clock.set_fixed_time("2026-03-01T15:00:00+08:00")
    page.goto(site.address)
    page.get_by_role("button", name="问安安").click()
    expect(page.get_by_role("dialog")).to_contain_text("下午好！我是安安")


def test_keyboard_opens_focuses_and_escape_closes(page: Page, site: FakeSite) -> None:
    page.goto(site.address)
    record(page, "anan-open")
    button = page.get_by_role("button", name="问安安")
    button.press("Enter")
    expect(page.get_by_label(LABEL)).to_be_focused()
    page.keyboard.type("想问的话")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.get_by_label(LABEL)).to_have_value("想问的话")
    assert [event for event, _ in page.evaluate("window.heard")] == ["anan-open"] * 2


def test_an_input_method_keeps_its_enter_and_escape(widget: Page, site: FakeSite) -> None:
    box = widget.get_by_label(LABEL)
    box.fill("你好")
    for key in ("Enter", "Escape"):
        box.dispatch_event("keydown", {"key": key, "isComposing": True, "bubbles": True, "composed": True})
    expect(widget.get_by_role("dialog")).to_be_visible()
    expect(box).to_have_value("你好")
    assert site.asked == []


def test_typing_does_not_reach_the_shortcuts_of_the_page(widget: Page) -> None:
    record(widget, "keydown", "keyup", "keypress")
    widget.get_by_label(LABEL).press_sequentially("a/")
    expect(widget.get_by_label(LABEL)).to_have_value("a/")
    assert widget.evaluate("window.heard") == []


def test_a_small_screen_is_filled_and_turning_it_keeps_the_dialog(page: Page, site: FakeSite) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site.address)
    page.get_by_role("button", name="问安安").click()
    dialog = page.get_by_role("dialog")
    assert dialog.bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert dialog.evaluate("(it) => it.matches(':modal')")
    page.set_viewport_size({"width": 1280, "height": 800})
    # The page hears of its new size when it is next drawn.
    page.wait_for_function("(it) => it.open && !it.matches(':modal')", arg=dialog.element_handle())
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_at_320_pixels_nothing_is_cut_and_every_target_is_large(page: Page, site: FakeSite) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site.address)
    page.get_by_role("button", name="问安安").click()
    ask(page, "断了")
    page.get_by_role("button", name="再试一次").wait_for()
    ask(page, "公开了多少条")
    page.get_by_text("其他相关段落").click()
    page.get_by_role("button", name="更多").click()
    boxes = page.get_by_role("dialog").evaluate(
        "(it) => [...it.querySelectorAll('button:not([hidden] *), a, summary, input')]"
        ".map((e) => [e.textContent, e.getBoundingClientRect()])"
        ".map(([name, box]) => [name, box.width, box.height, box.left, box.right])"
    )
    assert len(boxes) >= 8
    assert [box for box in boxes if min(box[1:3]) < 44 or box[3] < 0 or box[4] > PHONE["width"]] == []
    assert page.locator(".log").evaluate("(it) => it.scrollWidth - it.clientWidth") == 0


# Asking


def test_an_answer_with_its_marks_source_and_suggestions(widget: Page, site: FakeSite) -> None:
    record(widget, "anan-ask", "anan-answer")
    ask(widget, "  公开了多少条？ ")
    reply = widget.locator(".turn .reply")
    expect(reply.locator(".answer")).to_have_text(SENTENCE)
    expect(reply.locator("> blockquote")).to_have_text(PASSAGE)
    expect(reply.locator("> blockquote mark")).to_have_text(MARK)
    assert "".join(reply.locator("> blockquote .sentence").all_text_contents()) == SENTENCE
    source = widget.get_by_role("link")
    expect(source).to_have_attribute("href", site.address + "/reports/r1?highlight=13-40#p3")
    facts = ("演示县公安局2015年政府信息公开工作年度报告", "演示县公安局", "2015年度", "GA-2016-001", "2016年3月9日")
    for fact in facts:
        expect(source).to_contain_text(fact)
    expect(widget.get_by_text("去年公开")).to_be_hidden()
    widget.get_by_text("其他相关段落（1）").click()
    expect(widget.get_by_text("去年公开")).to_be_visible()
    expect(widget.get_by_label(LABEL)).to_have_value("")
    (asked, answered) = widget.evaluate("window.heard")
    assert asked == ["anan-ask", {"question": "公开了多少条？"}]
    assert answered[1]["answer"]["text"] == SENTENCE
    assert widget.locator("b").count() == 0  # the markup in the report's words stays words

    widget.get_by_role("button", name=SUGGESTED).click()
    expect(widget.locator(".turn")).to_have_count(2)
    expect(widget.locator(".answer").nth(2)).to_be_visible()
    assert site.asked == [{"question": "公开了多少条？"}, {"question": SUGGESTED, "conversation": "c1"}]


def test_popular_questions_are_offered_and_asked(widget: Page, site: FakeSite) -> None:
    widget.get_by_role("button", name=POPULAR).click()
    expect(widget.locator(".turn .answer")).to_have_text(SENTENCE)
    assert site.asked == [{"question": POPULAR}]


def test_what_was_understood_instead_stands_above_the_answer_as_text(widget: Page) -> None:
    ask(widget, "公按局公开了多少条")
    expect(widget.locator(".reply .understood + .answer")).to_have_text(SENTENCE)
    expect(widget.locator(".understood")).to_have_text("您是想问“<b>公安</b>局公开了多少条”吗？")
    ask(widget, "公安局公开了多少条")
    expect(widget.locator(".reply .answer")).to_have_count(3)
    expect(widget.locator(".understood")).to_have_count(1)


def test_no_answer_still_shows_ways_on(widget: Page) -> None:
    ask(widget, "没有的事")
    expect(widget.locator(".turn .answer")).to_have_text("没有找到相关内容。")
    expect(widget.get_by_role("button", name=SUGGESTED)).to_be_visible()
    assert widget.get_by_role("link").count() == 0


def test_waiting_is_shown_at_once_and_the_answer_announced_once(widget: Page, site: FakeSite) -> None:
    widget.evaluate(
        "() => { const live = document.querySelector('anan-widget').shadowRoot.querySelector('[aria-live]');"
        " window.said = [];"
        " new MutationObserver(() => window.said.push(live.textContent)).observe(live, {childList: true}) }"
    )
    ask(widget, "慢慢找")
    expect(widget.locator(".waiting")).to_contain_text("安安正在查找")
    widget.get_by_label(LABEL).fill("等不及的下一个")
    widget.keyboard.press("Enter")
    expect(widget.locator(".hint")).to_have_text("安安正在查找上一个问题，请稍候。")
    site.release.set()
    expect(widget.locator(".turn .answer")).to_have_text(SENTENCE)
    expect(widget.locator(".hint")).to_be_hidden()
    expect(widget.get_by_label(LABEL)).to_have_value("等不及的下一个")
    assert len(site.asked) == 1
    said = widget.evaluate("window.said")
    assert said == ["安安正在查找，请稍候。", "安安正在查找上一个问题，请稍候。", f"安安回答：{SENTENCE}"]
    assert widget.locator("[aria-live]").count() == 1


def test_a_long_wait_says_so(page: Page, site: FakeSite) -> None:
    page.clock.install()
    page.goto(site.address)
    page.get_by_role("button", name="问安安").click()
    ask(page, "慢慢找")
    expect(page.locator(".waiting")).to_be_visible()
    page.clock.fast_forward(7_000)
    expect(page.locator(".waiting")).to_contain_text("还在查找")


def test_a_blank_question_is_not_sent(widget: Page, site: FakeSite) -> None:
    for question in ("", "   ", "\u3000\n"):
        widget.get_by_label(LABEL).fill("字")
        expect(widget.locator(".hint")).to_be_hidden()
        ask(widget, question)
        expect(widget.locator(".hint")).to_have_text("请先输入您的问题。")
        expect(widget.get_by_label(LABEL)).to_be_focused()
        assert site.asked == []


TROUBLES = {
    "断了吗": "暂时连不上安安，请稍后再试一次。",
    "忙不忙": "现在问的人太多，请稍后再试。",
    "网关": "安安这边出了点问题，请稍后再试一次。",
    "登录页": "收到的内容不完整，请再试一次。",
}


def test_trouble_in_plain_words_keeps_the_question(widget: Page, site: FakeSite) -> None:
    for question, words in TROUBLES.items():
        ask(widget, question)
        expect(widget.locator(".failed").last).to_contain_text(words)
        expect(widget.get_by_role("button", name="再试一次").last).to_be_visible()
        expect(widget.get_by_label(LABEL)).to_have_value(question)
        expect(widget.locator("[aria-live]")).to_have_text(words)


def test_trying_again_replaces_the_trouble(widget: Page, site: FakeSite) -> None:
    ask(widget, "断了吗")
    again = widget.get_by_role("button", name="再试一次")
    again.wait_for()
    site.down = False
    again.click()
    expect(widget.locator(".turn .answer")).to_have_text(SENTENCE)
    expect(widget.locator(".failed")).to_have_count(0)
    expect(widget.locator(".turn")).to_have_count(1)
    expect(widget.get_by_label(LABEL)).to_have_value("")


def test_offline_is_told_from_a_server_that_is_away(widget: Page, site: FakeSite) -> None:
    widget.context.set_offline(True)
    ask(widget, "公开了多少条？")
    expect(widget.locator(".failed")).to_contain_text("网络好像断开了")
    widget.context.set_offline(False)
    widget.get_by_role("button", name="再试一次").click()
    expect(widget.locator(".turn .answer")).to_have_text(SENTENCE)


def test_a_refused_question_is_for_changing_not_for_repeating(widget: Page) -> None:
    ask(widget, "太长")
    expect(widget.locator(".failed")).to_contain_text("问题太长了，请缩短到500字以内。")
    assert widget.get_by_role("button", name="再试一次").count() == 0
    expect(widget.get_by_label(LABEL)).to_have_value("太长")


def test_moving_the_element_keeps_it_working(widget: Page) -> None:
    widget.evaluate("document.body.prepend(document.querySelector('anan-widget'))")
    expect(widget.get_by_role("dialog")).to_be_hidden()
    widget.get_by_role("button", name="问安安").click()
    ask(widget, "公开了多少条？")
    expect(widget.locator(".turn .answer")).to_have_text(SENTENCE)
    expect(widget.get_by_text("我是安安。")).to_have_count(1)


# Speaking


def watch(page: Page, host: str, selector: str) -> None:
    """Keep every state that ``selector`` shows and the length of every sound, so that none is missed however short."""
    page.evaluate(
        """([host, selector]) => {
            const root = document.querySelector(host).shadowRoot;
            const shown = root.querySelector(selector);
            const heard = { states: [], sounds: [] };
            root.querySelector('audio').addEventListener('playing', (e) => heard.sounds.push(e.target.duration));
            window.over = new Promise((resolve) => {
                const note = () => {
                    heard.states.push(shown.dataset.state);
                    if (heard.states.includes('playing') && shown.dataset.state === 'idle') resolve(heard);
                };
                new MutationObserver(note).observe(shown, { attributes: true });
            });
        }""",
        [host, selector],
    )


def played(page: Page) -> tuple[set[str], list[float]]:
    """The states shown and the lengths of the sounds, once silence has come back."""
    heard = page.evaluate("window.over")
    return set(heard["states"]), heard["sounds"]


def duration(page: Page, host: str = "anan-widget") -> float:
    return page.evaluate(f"document.querySelector('{host}').shadowRoot.querySelector('audio').duration")


def test_an_answer_is_played_to_its_end_in_order(widget: Page, site: FakeSite) -> None:
    ask(widget, "公开")
    button = widget.get_by_role("button", name="播报")
    # Coming near fetches what a press will want; nothing sounds.
    with widget.expect_response(lambda response: "/api/v1/speech/" in response.url):
        button.hover()
    expect(button).to_have_text("播报")
    button.wait_for()
    watch(widget, "anan-widget", ".speak")
    button.click()
    states, sounds = played(widget)
    assert states == {"loading", "playing", "idle"}
    assert sounds == pytest.approx([site.seconds] * 2, abs=0.05)
    expect(button).to_have_text("播报")
    assert site.spoken == ["公开-1", "公开-2"]


@pytest.mark.parametrize("lost", ["/web/widget/speaking.js", "/web/reader/sounds.js"])
def test_what_reads_aloud_is_loaded_when_it_is_wanted_and_asked_for_again_when_lost(
    page: Page, site: FakeSite, lost: str
) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(site.address).split("?")[0]))
    site.hooks[lost] = lambda _: None
    page.goto(site.address)
    page.get_by_role("button", name="问安安").click()
    ask(page, "公开")
    button = page.get_by_role("button", name="播报")
    expect(button).to_be_visible()
    assert lost not in loaded
    button.click()
    note = page.locator(".reply .note")
    expect(note).to_have_text("播报没有加载成功，请检查网络后再按一次。")
    expect(button).to_have_attribute("data-state", "idle")
    expect(page.locator("[aria-live]")).to_have_text("播报没有加载成功，请检查网络后再按一次。")
    del site.hooks[lost]
    watch(page, "anan-widget", ".speak")
    button.click()
    _, sounds = played(page)
    assert len(sounds) == 2
    expect(note).to_be_hidden()


def test_stopping_one_answer_leaves_the_next_playable(widget: Page, site: FakeSite) -> None:
    for question in ("long一", "long二"):
        ask(widget, question)
        widget.locator(".turn .speak").last.wait_for()
    expect(widget.locator(".speak")).to_have_count(2)
    first, second = widget.locator(".speak").all()
    first.click()
    expect(first).to_have_attribute("data-state", "playing")
    first.click()
    expect(first).to_have_attribute("data-state", "idle")
    second.click()
    expect(second).to_have_attribute("data-state", "playing")
    first.click()  # straight from one to the other
    expect(first).to_have_attribute("data-state", "playing")
    expect(second).to_have_attribute("data-state", "idle")
    widget.keyboard.press("Escape")
    expect(widget.locator("anan-widget audio")).to_have_js_property("paused", True)
    assert site.spoken[0] == "long一-1"


def test_an_answer_is_read_in_the_chosen_voice_and_changes_with_it(widget: Page, site: FakeSite) -> None:
    ask(widget, "long")
    widget.get_by_role("button", name="播报").click()
    expect(widget.locator('.speak[data-state="playing"]')).to_be_visible()
    choose = "(name) => import('/web/reader/choices.js').then(({ choices }) => choices.set('voice', { name }))"
    with widget.expect_response("**/api/v1/speech/long-1?voice=second"):
        widget.evaluate(choose, "second")
    expect(widget.locator('.speak[data-state="playing"]')).to_be_visible()
    # One that the server no longer has is given up.
    gone = lambda path: (400, "application/json", b"{}") if "third" in path else (200, "audio/wav", tone(60))  # noqa: E731
    site.hooks["/api/v1/speech/"] = gone
    widget.evaluate(choose, "third")
    expect(widget.locator('.speak[data-state="playing"]')).to_be_visible()
    expect(widget.locator(".note")).to_be_hidden()


def test_a_pause_from_outside_is_shown_and_resumed(widget: Page) -> None:
    ask(widget, "long")
    widget.get_by_role("button", name="播报").click()
    expect(widget.locator('.speak[data-state="playing"]')).to_be_visible()
    widget.evaluate("document.querySelector('anan-widget').shadowRoot.querySelector('audio').pause()")
    widget.get_by_role("button", name="继续播报").click()
    expect(widget.get_by_role("button", name="停止播报")).to_be_visible()


def test_a_silent_voice_is_explained_and_can_be_tried_again(widget: Page, site: FakeSite) -> None:
    ask(widget, "long")
    site.busy = 99
    widget.get_by_role("button", name="播报").click()
    expect(widget.locator(".note")).to_have_text("语音正忙，请稍后再试。")
    expect(widget.locator(".speak")).to_have_attribute("data-state", "idle")
    site.busy = 0
    widget.get_by_role("button", name="播报").click()
    expect(widget.locator('.speak[data-state="playing"]')).to_be_visible()
    expect(widget.locator(".note")).to_be_hidden()


def test_sound_that_cannot_be_decoded_is_explained(widget: Page) -> None:
    ask(widget, "broken")
    widget.get_by_role("button", name="播报").click()
    expect(widget.locator(".note")).to_have_text("这段语音放不出来，请稍后再试。")


# The reader

REPORT = "𠮷祥县报告\n一、总体情况。全年公开2600条。\n二、收到申请34件。都答复了。"
SENTENCES = ["𠮷祥县报告", "一、总体情况。", "全年公开2600条。", "二、收到申请34件。", "都答复了。"]


def utterances(kind: str) -> list[dict[str, Any]]:
    return [
        {"key": f"{kind}-{number}", "text": text, "start": span(REPORT, text)[0], "end": span(REPORT, text)[1]}
        for number, text in enumerate(SENTENCES)
    ]


@pytest.fixture
def report(page: Page, site: FakeSite) -> Page:
    first, second = (span(REPORT, line) for line in REPORT.split("\n")[1:])
    body = (
        '<anan-reader report="r1" server=""></anan-reader><h1>𠮷祥县报告</h1>'
        f'<p><span class="passage" data-start="{first[0]}" data-end="{first[1]}">'
        "一、总体情况。全年<mark>公开2600条</mark>。</span></p>"
        + "<p>空</p>"
        * 80
        + f'<p><span class="passage" data-start="{second[0]}" data-end="{second[1]}">'
        f"{REPORT[slice(*second)]}</span></p>"
    )
    site.pages["/report"] = page_html('<script type="module" src="/web/reader/reader-define.js"></script>', body)
    site.utterances = utterances("long")
    page.clock.set_fixed_time("2026-03-01T15:00:00+08:00")
    page.add_init_script(
        "window.marked = []; const put = HighlightRegistry.prototype.set; HighlightRegistry.prototype.set = function"
        " (name, value) { window.marked.push([...value].map(String).join('')); return put.call(this, name, value) }"
    )
    page.goto(site.address + "/report")
    return page


def test_the_bar_reads_the_page_and_marks_every_sentence(report: Page, site: FakeSite) -> None:
    site.utterances = utterances("short")
    report.reload()
    watch(report, "anan-reader", ".bar")
    report.get_by_role("button", name="下午好！我是安安 点击我为您语音播报").click()
    _, sounds = played(report)
    assert sounds == pytest.approx([site.seconds] * 5, abs=0.05)
    expect(report.get_by_role("button", name="停止")).to_have_count(0)
    assert site.spoken == [f"short-{number}" for number in range(5)]
    assert report.evaluate("window.marked") == SENTENCES[1:]  # the page does not number its title
    assert report.evaluate("CSS.highlights.has('anan-spoken')") is False
    expect(report.get_by_text("都答复了。")).to_be_in_viewport()


def test_reading_pauses_resumes_and_stops(report: Page, site: FakeSite) -> None:
    main = report.get_by_role("button", name="我是安安")
    main.click()
    expect(main).to_contain_text("暂停播报")
    expect(report.get_by_text("第 1 句，共 5 句")).to_be_visible()
    assert duration(report, "anan-reader") == pytest.approx(60, abs=0.1)
    main.click()
    expect(main).to_contain_text("继续播报")
    main.click()
    expect(main).to_contain_text("暂停播报")
    report.get_by_role("button", name="停止").click()
    expect(main).to_contain_text("点击我为您语音播报")
    expect(main).to_be_focused()
    main.click()
    expect(main).to_contain_text("暂停播报")


def test_the_bar_stays_in_reach_while_the_page_moves_on(report: Page, site: FakeSite) -> None:
    site.utterances = utterances("long")[3:]
    report.reload()
    report.get_by_role("button", name="我是安安").click()
    stop = report.get_by_role("button", name="停止")
    expect(report.get_by_text("都答复了。")).to_be_in_viewport()
    expect(report.get_by_role("heading")).not_to_be_in_viewport()
    expect(stop).to_be_in_viewport()
    stop.click()
    expect(report.get_by_role("button", name="我是安安")).not_to_be_in_viewport()


def test_without_the_highlight_api_the_passage_is_marked(report: Page, site: FakeSite) -> None:
    report.add_init_script("delete CSS.highlights")
    site.utterances = utterances("long")[2:]
    report.reload()
    report.get_by_role("button", name="我是安安").click()
    expect(report.locator(".anan-spoken")).to_contain_text("全年公开2600条")
    report.get_by_role("button", name="停止").click()
    expect(report.locator(".anan-spoken")).to_have_count(0)


def test_text_that_does_not_match_is_marked_as_a_whole(report: Page) -> None:
    report.locator("mark").evaluate("(it) => it.append('（页面另加的字）')")
    start, end = span(REPORT, "全年公开2600条。")
    found = module(
        report, "reader/page-text.js", "m.placesOf(document, ...a).map((place) => String(place.range))", [start, end]
    )
    assert found == ["一、总体情况。全年公开2600条（页面另加的字）。"]


def test_a_sentence_over_two_elements_has_both_places(report: Page) -> None:
    span_ = [REPORT.index("2600"), REPORT.index("34件")]
    found = module(
        report, "reader/page-text.js", "m.placesOf(document, ...a).map((place) => String(place.range))", span_
    )
    assert found == ["2600条。", "二、收到申请"]


def test_scrolling_by_hand_is_respected(report: Page, site: FakeSite) -> None:
    site.seconds = 1
    site.utterances = [utterances("long")[0], *utterances("last")[3:]]
    report.reload()
    report.get_by_role("button", name="我是安安").click()
    expect(report.get_by_text("第 1 句")).to_be_visible()
    report.evaluate("window.dispatchEvent(new WheelEvent('wheel'))")
    report.evaluate("document.querySelector('anan-reader').shadowRoot.querySelector('audio').currentTime = 59.9")
    expect(report.get_by_text("第 2 句")).to_be_visible()
    assert report.evaluate("window.scrollY") == 0


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda site: site.utterances.clear(), "这份报告没有可以播报的文字。"),
        (lambda site: setattr(site, "busy", 99), "语音正忙，请稍后再试。"),
    ],
    ids=["nothing to read", "busy voice"],
)
def test_reading_that_fails_says_why(report: Page, site: FakeSite, prepare: Any, words: str) -> None:
    prepare(site)
    report.reload()
    main = report.get_by_role("button", name="我是安安")
    main.click()
    expect(report.get_by_role("alert")).to_have_text(words)
    expect(main).to_contain_text("点击我为您语音播报")


def test_one_voice_at_a_time(report: Page, site: FakeSite) -> None:
    report.evaluate("import('/web/widget/widget-define.js')")
    main = report.get_by_role("button", name="我是安安")
    main.click()
    expect(main).to_contain_text("暂停播报")
    report.get_by_role("button", name="问安安").click()
    ask(report, "long")
    report.locator(".speak").click()
    expect(report.locator('.speak[data-state="playing"]')).to_be_visible()
    expect(main).to_contain_text("点击我为您语音播报")


def test_no_module_builds_markup_from_text() -> None:
    sources = [file for folder in ("widget", "reader") for file in Path(fake_site.WEB, folder).glob("*.js")]
    assert len(sources) > 10
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|setAttribute\('style'|\.style\b"
    )
    assert [file.name for file in sources if forbidden.search(file.read_text("utf-8"))] == []
