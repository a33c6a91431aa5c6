"""A citizen's whole way through the real server: ask, read, follow the source, listen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from real_server import OtherSite, serving

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

QUESTION = "青澜市公安局2018年主动公开信息多少条？"
ANSWER = "2801条"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}
# A voice may take its time on a busy machine, and the first sentence starts it.
SOUND_MS = 60_000
# Playwright's own waiting evaluates strings, which the pages' security policy forbids.
SOUND = """(audio, patience) => new Promise((resolve, reject) => {
    const heard = () => { if (audio.duration > 0 && audio.currentTime > 0) resolve(audio.duration); };
    audio.addEventListener('timeupdate', heard);
    setTimeout(() => reject(new Error(`silent: ${audio.duration} s, at ${audio.currentTime} s`)), patience);
    heard();
})"""


@pytest.fixture(scope="module")
def other_site() -> Iterator[OtherSite]:
    running = OtherSite()
    yield running
    running.close()


@pytest.fixture(scope="module")
def server(
    sample_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory, other_site: OtherSite
) -> Iterator[str]:
    with serving(
        sample_data(tmp_path_factory.mktemp("journey") / "data"), allowed_origins=other_site.origin
    ) as address:
        other_site.embedded = address
        yield address


def is_complaint(said: Any) -> bool:
    """What the browser complains of, but that a server without a choice of voices does not list them."""
    return said.type in ("error", "warning") and not said.location["url"].endswith("/api/v1/voices")


@contextmanager
def visiting(browser: Any, *hosts: str, **options: Any) -> Iterator[Any]:
    """A new visitor's page; afterwards nothing was complained of, and nobody but ``hosts`` was asked for anything."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **options)
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("request", lambda request: asked.add(request.url))
    yield page
    context.close()
    assert complaints == []
    assert {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))} <= {
        urlsplit(host).netloc for host in hosts
    }


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def visitor(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Any]:
    with visiting(browser, server, viewport=request.param) as page:
        yield page


def ask(page: Any) -> None:
    page.get_by_role("button", name="问安安").click()
    page.get_by_label("请输入您的问题").fill(QUESTION)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("dialog").locator(".answer", has_text=ANSWER)).to_be_visible()


def assert_sounds(page: Any, element: str) -> None:
    assert page.locator(f"{element} audio").evaluate(SOUND, SOUND_MS) > 0


def first_sound(page: Any) -> float:
    """Milliseconds from a press on the reader to its sound, which is at hand on the server."""
    return page.evaluate(
        """() => new Promise((resolve) => {
            const { shadowRoot } = document.querySelector('anan-reader');
            const pressed = performance.now();
            const heard = (event) => resolve(event.timeStamp - pressed);
            shadowRoot.querySelector('audio').addEventListener('playing', heard, { once: true });
            shadowRoot.querySelector('.main').click();
        })"""
    )


def assert_marked_in_view(page: Any) -> None:
    mark = page.locator(".report-text mark", has_text=ANSWER).first
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport(ratio=1)
    # In the window is not enough: nothing may lie over it either.
    seen = """(mark) => {
        const box = mark.getClientRects()[0];
        return mark.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }"""
    page.wait_for_function(seen, arg=mark.element_handle())


def test_ask_read_follow_listen(visitor: Any, server: str) -> None:
    visitor.goto(server)
    ask(visitor)
    reply = visitor.locator("anan-widget .reply[data-kind=figure]")
    expect(reply.locator(".passage mark", has_text="2801").first).to_be_visible()
    reply.get_by_role("button", name="播报").click()
    assert_sounds(visitor, "anan-widget")
    reply.locator("a.source").first.click()
    visitor.wait_for_url("**/reports/*highlight=*")
    assert_marked_in_view(visitor)
    visitor.get_by_role("button", name="点击我为您语音播报").click()
    assert_sounds(visitor, "anan-reader")
    visitor.get_by_role("button", name="停止").click()
    print(f"\n按下到出声，声音已在服务器上：{first_sound(visitor):.0f} 毫秒")


def test_a_report_is_found_by_body_and_year(visitor: Any, server: str) -> None:
    visitor.goto(server)
    row = visitor.get_by_role("row").filter(has_text="青澜市人民政府")
    row.get_by_role("link", name="2021年度").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("2021年")
    outline = visitor.get_by_role("navigation", name="目录")
    if outline.get_by_role("button").is_visible():  # folded on a telephone
        outline.get_by_role("button").click()
    last = outline.get_by_role("link").filter(has_text="其他需要报告的事项")
    last.click()
    expect(visitor.locator(".report-text h2", has_text="其他需要报告的事项")).to_be_in_viewport()


def test_the_text_size_is_chosen_and_kept(visitor: Any, server: str) -> None:
    visitor.goto(f"{server}/?q={QUESTION}")
    visitor.locator(".evidence a").first.click()
    text = visitor.locator(".report-text")
    medium = float(text.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)"))
    visitor.get_by_role("button", name="大", exact=True).click()
    expect(visitor.get_by_role("button", name="大", exact=True)).to_have_attribute("aria-pressed", "true")
    visitor.reload()
    assert float(text.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")) > medium


def test_all_but_the_voice_works_without_javascript(browser: Any, server: str) -> None:
    with visiting(browser, server, viewport=SIZES["phone"], java_script_enabled=False) as page:
        page.goto(server)
        page.get_by_label("您的问题").fill(QUESTION)
        page.get_by_role("button", name="提问").click()
        expect(page.locator(".answer-text")).to_contain_text(ANSWER)
        page.locator(".evidence a").first.click()
        mark = page.locator("mark", has_text=ANSWER).first
        expect(mark).to_be_visible()
        expect(mark).to_be_in_viewport()


def test_another_site_embeds_it_with_one_tag(browser: Any, server: str, other_site: OtherSite) -> None:
    with visiting(browser, server, other_site.origin, viewport=SIZES["desktop"]) as page:
        page.goto(other_site.origin)
        ask(page)
        page.get_by_role("button", name="播报").first.click()
        assert_sounds(page, "anan-widget")
        with page.context.expect_page() as opened:
            page.locator("anan-widget a.source").first.click()
        expect(opened.value.locator(".report-text mark", has_text=ANSWER).first).to_be_visible()
