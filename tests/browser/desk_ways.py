"""A site with a desk, for browsers: people of each role, and something on every page of messages, reports and words."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_pages import Pages, site_pages

from assistant.desk import OPERATOR, Draft

axe_api = pytest.importorskip("axe_playwright_python.base", reason="需要 axe-playwright-python（pip install '.[dev]'）")

PASSWORD = "灯塔下面的第七只灰雀"
_AXE = Path(axe_api.__file__).with_name("axe.min.js").read_text("utf-8")
_PEOPLE = {"editor": "编小丽", "reviewer": "审大海", "admin": "管老王"}


class DeskPages:
    """The running site.

    Attributes:
        address: where it listens, without a slash at the end.
        services: what it shows.
    """

    def __init__(self, pages: Pages) -> None:
        self.address, self.services = pages.address, pages.services
        self._receipts: list[str] = []

    def fill(self) -> None:
        """Messages at several stages, and versions of a word list; once."""
        if self._receipts:
            return
        desk, admin = self.services.desk, self.services.desk.people.named("admin")
        for text in ("周末能办身份证吗？", "路灯坏了三天了，请尽快修。", "<b>广告</b>" + "长" * 900):
            self._receipts.append(desk.messages.receive(Draft("ask", text, "0309-5557788", True, "问过的")).receipt)
        first, second, third = self._receipts
        desk.handling.assign(admin, first, 0, "", "admin")
        desk.handling.draft(admin, first, 1, "周六上午可以办。", submit=True)
        desk.messages.reply(second, "已经修好。")
        desk.handling.close(desk.people.named("reviewer"), third, 0, "广告")
        words = self.services.words
        seen = words.see("spoken.txt")
        words.save(admin, "spoken.txt", seen.digest, seen.text + "\n护林喇叭响了 护林广播播了\n", "试一试")

    def paths(self) -> list[str]:
        """An address of every page."""
        filing = next(each.id for each in self.services.store.filings.page(50, states=("published",)))
        version = self.services.words.see("spoken.txt").versions[-1].id
        return [
            *("/desk/", "/desk/messages", "/desk/messages?late=overdue", "/desk/reports", "/desk/words"),
            *(f"/desk/messages/{receipt}" for receipt in self._receipts),
            f"/desk/reports/{filing}",
            *("/desk/words/synonyms.txt", "/desk/words/workdays.txt", f"/desk/words/spoken.txt/versions/{version}"),
        ]


@contextlib.contextmanager
def desk_pages(data: Path) -> Iterator[DeskPages]:
    """The site with people of each role, all with ``PASSWORD``."""
    with site_pages(data, {"edu": (2021,)}) as pages:
        for role, name in _PEOPLE.items():
            pages.services.desk.people.add(OPERATOR, role, name, role, "", PASSWORD, must_change=False)
        yield DeskPages(pages)


def violations(page: Any) -> list[str]:
    """What axe-core has against the page."""
    page.evaluate(_AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
