"""The widget where all is against it: other sites' styles and scripts, frames, a missing server, published attacks."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hostile_page import DIFFERENT_MOST, HEAD, different, embedding
from widget_ways import FIGURE, LABEL
from window_server import PAYLOADS, Site, codeword

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens pages of new visitors; afterwards no script has thrown and no policy was broken."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_(address: str, width: int = 1280, **options: Any) -> Any:
        contexts.append(
            browser.new_context(
                locale="zh-CN", reduced_motion="reduce", viewport={"width": width, "height": 800}, **options
            )
        )
        contexts[-1].set_default_timeout(20_000)
        page = contexts[-1].new_page()
        page.clock.set_fixed_time("2026-03-01T15:00:00+08:00")
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_hostile_page_changes_nothing(visit: Any, window: str, other: Site, width: int) -> None:
    shots: list[list[bytes]] = []
    for hostile in (False, True):
        page = visit(embedding(other, window, "/hostile" if hostile else "/clean", hostile), width)
        launcher = page.get_by_role("button", name="问一问")
        expect(launcher).to_be_visible()
        taken = [page.screenshot(animations="disabled")]
        launcher.click()
        expect(page.locator(".suggestion").first).to_be_visible()
        taken.append(page.screenshot(animations="disabled"))
        page.get_by_label(LABEL).fill(FIGURE)
        page.get_by_role("button", name="发送").click()
        expect(page.locator(".passage mark").first).to_be_visible()
        page.get_by_label(LABEL).press_sequentially("申请")
        expect(page.get_by_role("listbox")).to_be_visible()
        taken.append(page.screenshot(animations="disabled"))
        page.get_by_role("button", name="更多").click()
        page.get_by_role("button", name="留言", exact=True).click()
        page.get_by_label("我同意").check()
        taken.append(page.screenshot(animations="disabled"))
        shots.append(taken)
        assert page.evaluate("Object.keys(document.adoptedStyleSheets ?? []).length") == 0
    assert [different(clean, hostile) <= DIFFERENT_MOST for clean, hostile in zip(*shots, strict=True)] == [True] * 4


def test_a_frame_of_the_server_where_no_script_is_let_in(visit: Any, window: str, other: Site) -> None:
    embedding(other, window, "/clean", hostile=False)
    frame = f'<iframe src="{window}/embed?body=青澜市教育局&years=2021" title="安安" width="380" height="640"></iframe>'
    other.pages["/frame"] = ("text/html", f"{HEAD}<body>{frame}</body></html>")
    page = visit(other.origin + "/frame")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("正在问：青澜市教育局2021年度")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    inside.get_by_label(LABEL).fill("收到多少件政府信息公开申请")
    inside.get_by_label(LABEL).press("Enter")
    expect(inside.locator(".understood")).to_contain_text("青澜市教育局2021年")
    expect(inside.locator("a.source").first).to_have_attribute("target", "_blank")
    expect(inside.get_by_role("button", name="关闭")).to_have_count(0)


def test_what_a_page_shows_is_what_is_asked_about(visit: Any, window: str, other: Site, browser: Any) -> None:
    report = browser.new_context().request.get(f"{window}/api/v1/reports?year=2019").json()["reports"][0]
    address = embedding(other, window, "/clean", hostile=False)
    path = "/content/2020/0120/10274.html"
    body = f"<table><tr><th>索 引 号</th><td>{report['index_number']}</td></tr></table>"
    other.pages[path] = ("text/html", other.pages["/clean"][1].replace("<body>", f"<body>{body}"))
    for shown in (other.origin + path, f"{window}/reports/{report['id']}"):
        page = visit(shown)
        widget = page.locator("anan-widget")
        expect(widget.get_by_role("button", name="问")).to_be_visible()
        # Asked at once, before the widget can know what the page is about.
        widget.evaluate("(host) => { host.ask('收到多少件政府信息公开申请') }")
        reply = page.locator(".turn .reply:not(.waiting)")
        chip = page.locator(".about")
        expect(chip).to_contain_text(f"正在问：{report['title']}")
        expect(reply.locator(".understood")).to_contain_text(f"{report['publisher']}2019年")
        page.get_by_role("button", name="不限").click()
        expect(chip).to_be_hidden()
        expect(page.get_by_label(LABEL)).to_be_focused()
    page = visit(address)
    page.get_by_role("button", name="问一问").click()
    expect(page.locator(".suggestion").first).to_be_visible()
    expect(page.locator(".about")).to_be_hidden()


def test_without_the_server_or_javascript_a_link_is_left(visit: Any, window: str, other: Site) -> None:
    other.policy = ""
    inner = f'<anan-widget><a href="{window}/">问安安</a></anan-widget>'
    gone = "http://127.0.0.1:9"
    for path, script in (("/gone", gone), ("/noscript", window)):
        page_ = f'{HEAD}<body>{inner}<script type="module" src="{script}/widget.js"></script></body></html>'
        other.pages[path] = ("text/html", page_)
    for path, scripts in (("/gone", True), ("/noscript", False)):
        page = visit(other.origin + path, java_script_enabled=scripts)
        expect(page.get_by_role("link", name="问安安")).to_be_visible()
    page = visit(other.origin + "/noscript")
    expect(page.get_by_role("button", name="问安安")).to_be_visible()
    expect(page.get_by_role("link", name="问安安")).to_have_count(0)


# What the widget holds once every question was asked: each is an attack, and so is the answer that the FAQ gives to it.
ATTACKED = """async ([questions]) => {
    const widget = document.querySelector('anan-widget');
    const over = () => new Promise((done) => {
        const told = (event) => done(event.detail);
        for (const type of ['anan-answer', 'anan-error']) widget.addEventListener(type, told, { once: true });
    });
    const shown = [];
    for (const question of questions) {
        const come = over();
        widget.ask(question);
        shown.push((await come).answer?.text ?? '');
        await new Promise((done) => setTimeout(done));
    }
    const inside = [...widget.shadowRoot.querySelectorAll('*')];
    const known = new Set(('div span p a ul li button h2 h3 form input label section dialog audio blockquote mark '
        + 'details summary svg path circle ellipse g i table caption thead tbody tr th td rect text title desc')
        .split(' '));
    return {
        shown,
        strange: inside.filter((it) => !known.has(it.localName)).map((it) => it.outerHTML),
        handlers: inside.filter((it) => [...it.attributes].some(({ name }) => /^on|^style$/.test(name))).length,
        links: inside.filter((it) => it.href && !/^https?:|^tel:/.test(it.href)).length,
    };
}"""


BROKEN_OUT = "[window.__xss, document.querySelectorAll('main :is([src=x], iframe, object, embed, base, style)').length]"


def test_what_strangers_write_stays_words(visit: Any, window: str) -> None:
    assert len(PAYLOADS) >= 100
    page = visit(window)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    strangers: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(window) else strangers.append(request.url))
    questions = [f"{codeword(number)}{payload}怎么办" for number, payload in enumerate(PAYLOADS)]
    held = page.evaluate(ATTACKED, [questions])
    answered = sum(payload in text for payload, text in zip(PAYLOADS, held["shown"], strict=True))
    assert answered >= 100  # the attack came back as an answer, word for word
    assert (held["strange"], held["handlers"], held["links"]) == ([], 0, 0)
    # Kept in the browser and shown again.
    page.reload()
    page.get_by_role("button", name="问安安").click()
    expect(page.locator(".turn")).to_have_count(30)
    report = page.request.get(f"{window}/api/v1/reports?year=2014").json()["reports"][0]
    odd = page.request.get(f"{window}/api/v1/reports?year=2013").json()["reports"]
    for path in (f"/reports/{report['id']}", *(f"/reports/{each['id']}" for each in odd), "/"):
        page.goto(window + path)
        assert page.evaluate("window.__xss") is None
    page.route("**/*.js", lambda route: route.abort())  # the server's own pages, as fast as they come
    for both in zip(PAYLOADS[::2], PAYLOADS[1::2], strict=False):
        page.goto(f"{window}/?{urlencode({'q': ' '.join(both)})}", wait_until="domcontentloaded")
        assert page.evaluate(BROKEN_OUT) == [None, 0], both
    assert strangers == []
