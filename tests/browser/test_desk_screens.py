"""The pictures in docs/ are those of the pages in desk_screens.py; with ``--screens`` they are taken anew."""

import pytest
from desk_pages import PAGES, desk_site
from desk_screens import FOLDER, SHOWN, document
from PIL import Image
from screens import DOCS, SIZES, take

# All pictures together; they travel with every copy of the repository.
BYTES_MOST = 1_500_000


@pytest.fixture
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not request.config.getoption("--screens", default=False):
        return
    browser = request.getfixturevalue("browser")
    with desk_site(tmp_path_factory, jobs=True) as site:
        for shown in SHOWN:
            path, login = PAGES[shown.page]
            for file, (width, height) in zip(shown.pictures, SIZES.values(), strict=True):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="zh-CN",
                    timezone_id="Asia/Shanghai",
                    reduced_motion="reduce",
                )
                if login:
                    cookie = {"name": "anan-desk", "value": site.token(login), "url": f"{site.address}/desk"}
                    context.add_cookies([cookie])
                page = context.new_page()
                page.goto(site.address + site.path(path))
                page.wait_for_load_state("networkidle")
                take(page, file)
                context.close()
    (DOCS / "desk-screens.md").write_text(document(), encoding="utf-8")


def test_the_page_of_pictures_shows_every_page_and_no_other(taken: None) -> None:
    assert (DOCS / "desk-screens.md").read_text("utf-8") == document()
    files = {file for shown in SHOWN for file in shown.pictures}
    assert set(FOLDER.iterdir()) == files
    assert sum(file.stat().st_size for file in files) < BYTES_MOST
    for shown in SHOWN:
        assert [Image.open(file).size for file in shown.pictures] == list(SIZES.values())
