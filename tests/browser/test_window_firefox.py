"""The widget in Firefox: on a page where all is against it, and a citizen's way by keyboard alone.

Sound is not asked of it: without an audio device, as on the machines that test, Firefox plays nothing.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from firefox import Firefox, Page, firefox_running
from hostile_page import DIFFERENT_MOST, different, embedding
from site_pages import site_pages
from websockets.sync.client import connect
from widget_ways import FIGURE, LABEL, NOWHERE
from window_server import Site

PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="没有 Firefox（apt-get install -y firefox-esr）")

REPORTS = {"police": (2018,), "gov": (2021, 2022)}
COMPARED = "市政府2021年和2022年收到的申请各多少"
# Parts that lie where they lie however words wrap; the field is wider where the browser has no ears of its own.
PARTS = (".launcher", ".panel", ".head", ".more", ".close", ".log", ".composer", ".send")
PLACES = """const inside = document.querySelector('anan-widget').shadowRoot;
return values[0].map((part) => {
    const { x, y, width, height } = inside.querySelector(part).getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
});"""
# Fonts are measured to fractions of a pixel, in each browser to others.
APART_MOST = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, other: Site) -> Iterator[str]:
    with site_pages(tmp_path_factory.mktemp("firefox") / "data", REPORTS, allowed_origins=other.origin) as site:
        yield site.address


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox_running(PROGRAM, connect, tmp_path_factory.mktemp("profiles") / "firefox") as running:
        print(f"\nFirefox {running.version}")
        yield running


@pytest.fixture
def visit(firefox: Firefox) -> Iterator[Callable[[str, int], Page]]:
    """Opens a page of a new visitor; afterwards no script has thrown and no policy was broken."""
    pages: list[Page] = []

    def open_(address: str, width: int) -> Page:
        pages.append(Page(firefox, address, width))
        return pages[-1]

    yield open_
    for page in pages:
        page.close()


def pictures(page: Page) -> list[bytes]:
    """What the window shows closed, open, with a number, a comparison, and a form with its consent given."""
    page.text(".launcher")
    taken = [page.screenshot()]
    page.click(".launcher")
    page.text(".suggestion")
    taken.append(page.screenshot())
    for question, comes in ((FIGURE, ".passage mark"), (COMPARED, ".comparison .chart text")):
        page.click(".input")
        page.type(question)
        page.click(".send")
        page.evaluate("await come(() => seen(values[0], ''));", comes)
        taken.append(page.screenshot())
    page.click(".more")
    page.click(".menu button", "留言")
    page.click(".consent")
    return [*taken, page.screenshot()]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_hostile_page_changes_nothing(visit: Any, server: str, other: Site, width: int) -> None:
    shots = []
    for path, hostile in (("/clean", False), ("/hostile", True)):
        shots.append(pictures(visit(embedding(other, server, path, hostile), width)))
    assert [different(clean, hostile) <= DIFFERENT_MOST for clean, hostile in zip(*shots, strict=True)] == [True] * 5


@pytest.mark.parametrize("width", [390, 1280])
def test_it_lies_where_it_lies_in_chromium(browser: Any, visit: Any, server: str, other: Site, width: int) -> None:
    address = embedding(other, server, "/clean", hostile=False)
    page = visit(address, width)
    page.text(".launcher")
    places = page.evaluate(PLACES, [".launcher"])
    page.click(".launcher")
    page.text(".suggestion")
    places += page.evaluate(PLACES, PARTS[1:])
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", locale="zh-CN")
    chromium = context.new_page()
    chromium.goto(address)
    launcher = chromium.locator(".launcher")
    launcher.wait_for()
    look = f"(values) => {{ {PLACES} }}"
    others = chromium.evaluate(look, [[".launcher"]])
    launcher.click()
    chromium.locator(".suggestion").first.wait_for()
    others += chromium.evaluate(look, [PARTS[1:]])
    context.close()
    apart = {
        part: (mine, theirs)
        for part, mine, theirs in zip(PARTS, places, others, strict=True)
        if max(abs(one - another) for one, another in zip(mine, theirs, strict=True)) > APART_MOST
    }
    assert apart == {}


def press_until(page: Page, keys: str, name: str, most: int = 60) -> None:
    """Press a key until what is called so has the focus, with a ring around it."""
    for _ in range(most):
        page.press(keys)
        told, ring = page.evaluate(
            """let at = document.activeElement;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return [named(at), getComputedStyle(at).outlineStyle !== 'none'];"""
        )
        if told.startswith(name):
            assert ring, f"no ring around {told!r}"
            return
    raise AssertionError(f"{keys} never came to {name}")


def test_by_keyboard_alone_from_the_page_to_a_receipt(visit: Any, server: str, other: Site) -> None:
    page = visit(embedding(other, server, "/clean", hostile=False), 1280)
    page.text(".launcher")
    press_until(page, "Tab", "问一问")
    page.press("Enter")
    page.text(".suggestion")
    page.type(FIGURE)
    page.press("Enter")
    assert "2801条" in page.text("[data-kind=figure] .answer")
    page.type(COMPARED)
    page.press("Enter")
    assert "新收政府信息公开申请" in page.text("[data-kind=comparison] caption")
    press_until(page, "Shift+Tab", "播报")
    press_until(page, "Tab", LABEL)
    page.type(NOWHERE)
    page.press("Enter")
    page.text("[data-kind=none] .answer")
    press_until(page, "Shift+Tab", "给工作人员留言")
    page.press("Enter")
    page.text(".consent")
    press_until(page, "Tab", "咨询")
    page.press("ArrowRight")
    press_until(page, "Tab", "提交留言")
    page.press("Enter")
    assert re.fullmatch(r"\d{4}( \d{4}){3}", page.text(".receipt"))
    for _ in range(2):
        page.press("Escape")
    page.text(".launcher")
