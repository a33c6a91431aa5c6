"""The pictures in docs/ are those of the states in screens.py; with ``--screens`` they are taken anew."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from screens import DOCS, FOLDER, SIZES, STATES, document, pictures, take
from site_pages import MANY, site_pages

# All pictures together; they travel with every copy of the repository.
BYTES_MOST = 2_500_000


@pytest.fixture
def taken(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--screens", default=False):
        return
    browser = request.getfixturevalue("browser")
    with site_pages(tmp_path / "data", MANY, public_url="https://anan.example.gov.cn") as site:
        for state in STATES:
            for file, (width, height) in zip(pictures(state), SIZES.values(), strict=True):
                _take(browser, site, state, file, {"width": width, "height": height})
    (DOCS / "screens.md").write_text(document(), encoding="utf-8")


def _take(browser: Any, site: Any, state: Any, file: Path, viewport: dict[str, int]) -> None:
    scheme = "dark" if state.dark else "light"
    context = browser.new_context(
        viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", color_scheme=scheme
    )
    context.add_cookies([{"name": f"anan-{name}", "value": "1", "url": site.address} for name in state.look])
    page = context.new_page()
    page.clock.set_fixed_time("2026-05-11T09:30:00+08:00")  # 安安 greets by the time of day
    page.goto(site.address + site.path(state.path))
    page.wait_for_load_state("networkidle")
    state.reach(page)
    take(page, file)
    context.close()


def test_the_page_of_pictures_shows_every_state_and_no_other(taken: None) -> None:
    assert (DOCS / "screens.md").read_text("utf-8") == document()
    files = {file for state in STATES for file in pictures(state)}
    assert set(FOLDER.iterdir()) == files
    assert sum(file.stat().st_size for file in files) < BYTES_MOST
    for state in STATES:
        assert [Image.open(file).size for file in pictures(state)] == list(SIZES.values())
