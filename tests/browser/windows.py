"""Browser windows whose troubles are kept, and one that test after test may use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_SIZE = {"width": 1280, "height": 720}


@dataclass(frozen=True)
class Window:
    """A page in a browser context of its own.

    Attributes:
        page: of Playwright.
        troubles: what its scripts threw, and breaches of the content security policy.
    """

    page: Any
    troubles: list[str]

    @contextmanager
    def visiting(self, address: str) -> Iterator[Any]:
        """The page at an address, as new: for tests each with a site on a port of its own, which share no storage."""
        self.troubles.clear()
        self.page.context.set_offline(False)
        self.page.set_viewport_size(_SIZE)
        self.page.mouse.move(0, 0)  # where a test before left it, it would be near something
        self.page.goto(address)
        yield self.page
        self.page.evaluate("localStorage.clear()")
        self.page.goto("about:blank")  # nothing sounds or asks any more
        assert self.troubles == []

    def close(self) -> None:
        self.page.context.close()


def open_window(browser: Any) -> Window:
    """A new visitor's window."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", viewport=_SIZE)
    context.set_default_timeout(15_000)
    opened = Window(context.new_page(), [])
    opened.page.on("pageerror", lambda error: opened.troubles.append(str(error)))
    opened.page.on(
        "console", lambda said: opened.troubles.append(said.text) if "Security Policy" in said.text else None
    )
    return opened
