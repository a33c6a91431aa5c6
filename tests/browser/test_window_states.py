"""Every state of the widget on the real server: reached by its own buttons, checked by axe-core at four widths."""

import gzip
import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from axe import COLOURS, SIZES, seen_in, violations
from widget_ways import FIGURE, LABEL, NOWHERE, ask

from assistant.resources import web_folder
from assistant.site.trimming import trimmed

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect
Page = playwright_api.Page

WIDTHS = (320, 390, 768, 1280)
COMPARISON = "市政府2019年到2022年收到的申请变化趋势怎么样"
KILOBYTE = 1024
# Of a widget's moves: beside the answer nothing may jump.
SHIFT_MOST = 0.02
WATCH = """() => {
    window.moved = [];
    const seen = (list) => window.moved.push(...list.getEntries());
    new PerformanceObserver(seen).observe({ type: 'layout-shift', buffered: true });
}"""
SHIFTED = """() => {
    const shifts = window.moved.filter((entry) => !entry.hadRecentInput);
    return shifts.reduce((sum, entry) => sum + entry.value, 0);
}"""
# From sending to the frame in which it can be seen: waiting, answer (milliseconds).
TIMED = """([questions]) => {
    const widget = document.querySelector('anan-widget');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const one = async (question) => {
        const sent = performance.now();
        const come = new Promise((done) => widget.addEventListener('anan-answer', done, { once: true }));
        widget.ask(question);
        const waits = widget.shadowRoot.querySelector('.waiting') !== null;
        await frame();
        const waiting = performance.now() - sent;
        await come;
        await frame();
        return [waits, waiting, performance.now() - sent];
    };
    return questions.reduce(async (all, each) => [...(await all), await one(each)], Promise.resolve([]));
}"""

# What is typed for a question, sign by sign: how long each offer takes (milliseconds).
OFFERED = """([typed]) => typed.reduce(async (all, each) => {
    const taken = await all;
    const sent = performance.now();
    await (await fetch(`/api/v1/suggest?q=${encodeURIComponent(each)}`)).json();
    return [...taken, performance.now() - sent];
}, Promise.resolve([]))"""


def opened(browser: Any, address: str, width: int = 1280, **options: Any) -> Any:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 800}, **options
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.fixture
def visit(browser: Any, window: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of a new visitor; afterwards nothing was complained of and nobody else was asked for anything."""
    pages: list[Any] = []
    asked: list[str] = []
    troubles: list[str] = []

    def open_(path: str = "/", **options: Any) -> Any:
        page = opened(browser, "about:blank", **{"reduced_motion": "reduce", **options})
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(window + path)
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.context.close()
    assert troubles == []
    assert [url for url in asked if url.startswith("http") and not url.startswith(window)] == []


MOVING = "document.querySelector('anan-widget').shadowRoot.getAnimations().length"
SCROLLS_SIDEWAYS = """(host) => [...host.shadowRoot.querySelectorAll('.log, .sheet, .panel')]
    .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.className)"""


def switch_look(page: Page, look: str) -> None:
    """Turn one look on and the others off, as the page, the system or the citizen would."""
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced colours" else "none",
    )
    page.evaluate(
        """([look]) => {
            const page = document.documentElement;
            page.toggleAttribute('data-elder', look === 'elder');
            if (look === 'high contrast') page.dataset.contrast = 'high';
            else delete page.dataset.contrast;
            // Far too light for words on white.
            document.querySelector('anan-widget').color = look === 'own colour' ? '#ffcc33' : null;
        }""",
        [look],
    )


# The rules that each look can break; none named are all of them.
LOOKS = {
    "usual": (),
    **dict.fromkeys(("dark", "own colour", "high contrast", "forced colours"), COLOURS),
    "elder": (),
}


def assert_accessible(page: Page, state: str, looks: Sequence[str] = tuple(LOOKS)) -> None:
    """No violation in these looks at any width, and nothing to be scrolled sideways for."""
    widget = page.locator("anan-widget")
    seen: dict[str, set[int]] = {look: set() for look in looks}
    for width in (WIDTHS[0], WIDTHS[-1], *WIDTHS[1:-1]):
        page.set_viewport_size({"width": width, "height": 800})
        shown: set[int] | None = None
        for look in looks:
            # No name, part or colour depends on the width, nor any size on the colours.
            if LOOKS[look] and shown is not None and shown <= seen[look]:
                continue
            switch_look(page, look)
            if shown is None or not LOOKS[look]:
                assert widget.evaluate(SCROLLS_SIDEWAYS) == [], f"{state}, {look} at {width}"
                shown = seen_in(widget)
            rules = SIZES if shown <= seen[look] else LOOKS[look]
            assert violations(page, "anan-widget", rules) == [], f"{state}, {look} at {width}"
            seen[look] |= shown
    switch_look(page, "usual")


def test_every_state_is_accessible_in_every_look_and_width(visit: Any) -> None:
    """One page goes through every state, and in each through the looks and widths: opening it anew takes longest."""
    page = visit()
    assert_accessible(page, "closed")
    page.get_by_role("button", name="问安安").click()
    expect(page.get_by_role("dialog").locator(".suggestion").first).to_be_visible()
    page.get_by_role("button", name="更多").click()
    assert_accessible(page, "open, with the menu")
    page.get_by_role("button", name="更多").click()
    held: list[Any] = []
    page.route("**/api/v1/ask", lambda route: held.append(route))
    for look in LOOKS:  # one question each: an answer is not waited for without end
        reply = ask(page, FIGURE)
        expect(page.locator(".waiting")).to_be_visible()
        assert_accessible(page, "waiting", [look])
        if look == "usual":
            assert page.evaluate(MOVING) == 0
            page.emulate_media(reduced_motion="no-preference")
            assert page.evaluate(MOVING) > 0
            page.emulate_media(reduced_motion="reduce")
        held.pop().continue_()
        expect(reply.locator(".passage mark").first).to_be_visible()
    page.unroute("**/api/v1/ask")
    page.locator("anan-widget").evaluate("(host) => host.clear()")
    reply = ask(page, FIGURE)
    reply.get_by_role("button", name="没有帮助").click()
    assert_accessible(page, "answer")
    expect(ask(page, COMPARISON).get_by_role("table")).to_be_visible()
    assert_accessible(page, "comparison")
    expect(ask(page, NOWHERE)).to_have_attribute("data-kind", "none")
    page.get_by_label(LABEL).press_sequentially("申请公开")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert_accessible(page, "none, with suggestions")
    page.get_by_label(LABEL).fill("")
    page.route("**/api/v1/ask", lambda route: route.abort())
    expect(ask(page, FIGURE).get_by_role("button", name="再试一次")).to_be_visible()
    assert_accessible(page, "error")
    page.get_by_role("button", name="给工作人员留言").click()
    page.get_by_role("textbox", name="内容").fill("")
    page.get_by_role("button", name="提交留言").click()
    assert_accessible(page, "message form")


def test_elder_mode_is_larger_and_kept(visit: Any) -> None:
    page = visit(width=390)
    page.get_by_role("button", name="问安安").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("switch", name="长者模式").click()
    expect(page.get_by_role("switch", name="长者模式")).to_be_checked()
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.hasAttribute('data-elder')")
    expect(ask(page, FIGURE).locator(".passage mark").first).to_be_visible()
    targets = "(log) => [...log.querySelectorAll('.speak, .suggestion, .again')].map((it) => it.offsetHeight)"
    assert min(filter(None, page.locator(".log").evaluate(targets))) >= 60
    page.reload()
    assert page.evaluate("document.documentElement.hasAttribute('data-elder')")


def test_the_whole_widget_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    """All that it can ever load, what hears and the form for messages included; only the player is the reader's."""
    web = web_folder()
    sent = [trimmed(file.read_text("utf-8")).encode() for file in (web / "widget.js", *(web / "widget").iterdir())]
    whole = len(gzip.compress(b"".join(sent), 9))
    alone = sum(len(gzip.compress(each, 9)) for each in sent)
    with capsys.disabled():
        print(f"\nthe whole widget: {whole} bytes gzipped; its {len(sent)} files, each gzipped alone, {alone}")
    assert whole <= 30 * KILOBYTE


def test_it_is_light_quick_and_still(visit: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = visit()
    page.evaluate(WATCH)
    page.get_by_role("button", name="问安安").click()
    expect(page.get_by_role("dialog").locator(".suggestion").first).to_be_visible()
    questions = [FIGURE, COMPARISON, "公安局2021年存在哪些问题", NOWHERE, "怎样申请政府信息公开？"]
    timed = page.evaluate(TIMED, [questions])
    assert all(waits for waits, _, _ in timed)
    waiting, answers = ([each[at] for each in timed] for at in (1, 2))
    shifted = page.evaluate(SHIFTED)
    typed = [words[:end] for words in (FIGURE, COMPARISON, "zhudonggongkai", "sqgk") for end in range(2, len(words))]
    offers = statistics.quantiles(page.evaluate(OFFERED, [typed]), n=20)
    entries = page.evaluate(
        "performance.getEntriesByType('resource').map((each) => [new URL(each.name).pathname, each.encodedBodySize])"
    )
    # All that was loaded for asking, reading and comparing.
    own = {path: size for path, size in entries if path == "/widget.js" or path.startswith("/web/widget/")}
    with capsys.disabled():
        print(
            f"\nloaded before the first 播报: {sum(own.values())} bytes in {len(own)} files, each gzipped alone; "
            f"waiting shown after {max(waiting):.0f} ms at most, first answer {answers[0]:.0f} ms, "
            f"median {statistics.median(answers):.0f} ms; layout shift {shifted:.4f}; "
            f"an offer while typing: median {offers[9]:.0f} ms, p95 {offers[18]:.0f} ms over {len(typed)}"
        )
    assert 5_000 < sum(own.values()) <= 30 * KILOBYTE
    assert not [path for path, _ in entries if path.startswith("/web/reader/")]  # comes with the first 播报
    assert shifted <= SHIFT_MOST


def test_four_times_the_text_and_a_low_window_lose_nothing(visit: Any) -> None:
    # 1280 × 800 at 400 % is a window of 320 × 200 CSS pixels, each four of the screen's.
    page = visit()
    zoom = page.context.new_cdp_session(page)
    sizes = {"width": 320, "height": 200, "deviceScaleFactor": 4, "mobile": False}
    zoom.send("Emulation.setDeviceMetricsOverride", sizes)
    page.get_by_role("button", name="问安安").click()
    reply = ask(page, FIGURE)
    for part in (reply.locator(".answer"), reply.locator("a.source").first, page.get_by_role("button", name="发送")):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()
    assert page.get_by_role("dialog").evaluate("(panel) => panel.scrollWidth <= 320")


def test_zoomed_by_pinching_the_dialog_stays_whole(visit: Any) -> None:
    page = visit(width=390)
    page.get_by_role("button", name="问安安").click()
    expect(ask(page, FIGURE)).to_be_visible()
    panel = page.get_by_role("dialog")
    before = panel.evaluate("(it) => [it.offsetWidth, it.offsetHeight]")
    page.context.new_cdp_session(page).send("Emulation.setPageScaleFactor", {"pageScaleFactor": 4})
    assert page.evaluate("visualViewport.scale") == 4
    # What is enlarged is the picture: shrinking the dialog to what is in view would fight the person zooming.
    assert panel.evaluate("(it) => [it.offsetWidth, it.offsetHeight]") == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
