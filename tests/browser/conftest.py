"""A real Chromium for every browser test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from window_server import Site, window_serving
from windows import open_window

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")

# A machine whose cores are shared takes its time; what comes is seen at once all the same.
playwright_api.expect.set_options(timeout=20_000)
# Debian's Chromium; Playwright's own download is not needed.
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Those that Playwright turns off itself, for ours take their place; and two processes for each new visitor that nobody
# looks at: the browser's own pages beside the window, and one at hand for the next site.
_TURNED_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable "
    "LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect "
    "OptimizationHints NetworkTimeServiceQuerying AimEnabled PreconnectToSearch "
    "PreloadTopChromeWebUI SpareRendererForSitePerProcess"
)
_ARGUMENTS = [
    f"--disable-features={','.join(_TURNED_OFF.split())}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screens", action="store_true", help="take the pictures of docs/screens.md anew")
    parser.addoption("--shots", default="", help="a folder that gets pictures of the desk as it is tested")
    parser.addoption("--figures", action="store_true", help="measure what a listener waits for")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> "Iterator[playwright_api.Browser]":
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("没有 Chromium（apt-get install -y chromium fonts-noto-cjk）")
    with playwright_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: "playwright_api.Browser") -> "Iterator[playwright_api.Page]":
    """A fresh page; a script that throws or a breach of the content security policy fails the test that caused it."""
    opened = open_window(browser)
    yield opened.page
    opened.close()
    assert opened.troubles == []


@pytest.fixture(scope="session")
def other() -> Iterator[Site]:
    """The site of another body, which the server lets embed 安安."""
    running = Site()
    yield running
    running.close()


@pytest.fixture(scope="session")
def window(sample_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory, other: Site) -> Iterator[str]:
    """The address of one real server for all tests of the citizen's window."""
    with window_serving(sample_data(tmp_path_factory.mktemp("window") / "data"), other.origin) as address:
        yield address
