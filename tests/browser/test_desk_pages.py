"""Every page of the desk in a real browser: axe-core, widths and looks; and the door, by keyboard."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe import COLOURS, NEW, SIZES, seen_in, violations
from desk_pages import PAGES, PASSWORD, DeskSite, desk_site
from windows import Window, open_window

from assistant.desk.totp import code_at
from assistant.site import create_app

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    with desk_site(tmp_path_factory, jobs=True) as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser: Any, site: DeskSite) -> Iterator[Callable[[str], Window]]:
    """``windows(login)``: of whoever looks at the desk, opened once."""
    opened: dict[str, Window] = {}

    def of(login: str) -> Window:
        if login not in opened:
            opened[login] = open_window(browser)
            if login:  # without the form: its cookie is put into the browser
                cookie = {"name": "anan-desk", "value": site.token(login), "url": f"{site.address}/desk"}
                opened[login].page.context.add_cookies([cookie])
        return opened[login]

    yield of
    for window in opened.values():
        window.close()


def assert_accessible(page: Any, state: str, *rules: str) -> None:
    assert violations(page, rules=rules) == [], state
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state


# What is no page: files, JSON, and where one is only led on from.
NO_PAGES = {
    "console.export_faq",
    "console.figures_sheet",
    "console.filed_file",
    "console.filing_queue",
    "console.newest_bulletin",
}


def test_every_page_of_the_desk_is_among_those_looked_at(site: DeskSite) -> None:
    app = create_app(site.services)
    addresses = app.url_map.bind("")
    looked_at = {addresses.match(urlsplit(site.path(path)).path)[0] for path, _ in PAGES.values()}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {rule.endpoint for rule in rules if rule.rule.startswith("/desk")}
    assert pages - looked_at == NO_PAGES


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_at_every_width_and_in_every_look(windows: Any, site: DeskSite, name: str) -> None:
    path, login = PAGES[name]
    page, troubles = windows(login).page, windows(login).troubles
    troubles.clear()
    page.emulate_media(color_scheme="light")
    page.goto(site.address + site.path(path))
    seen: set[int] = set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        shown = seen_in(page.locator("body"), seen)
        # Names and parts do not depend on the width: what was seen before was looked at.
        assert_accessible(page, f"{name} at {width}", *(SIZES if seen else ()))
        if seen and not shown <= seen:
            assert violations(page, NEW) == [], f"{name}, new at {width}"
        seen |= shown
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, f"{name}, dark", *COLOURS)
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    assert_accessible(page, f"{name}, high contrast", *COLOURS)
    assert troubles == []


def test_the_door_and_the_code_by_keyboard_and_without_scripts(browser: Any, site: DeskSite) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{site.address}/desk/account")
    page.get_by_label("登录名").fill("reviewer")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="开启动态码").click()
    secret = re.sub(r"\s", "", page.locator(".secret").text_content())
    assert page.get_by_alt_text("登记动态码的二维码").evaluate("each => each.naturalWidth") > 100
    step = int(time.time()) // 30
    page.get_by_role("textbox", name="动态码").fill(code_at(secret, step))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("动态码已开启")
    page.get_by_role("button", name="退出", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已退出登录")
    page.get_by_label("登录名").fill("reviewer")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="动态码").fill(code_at(secret, step + 1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("审大海")
    context.close()
