"""How to bring the widget into the states that docs/screens.md shows."""

from collections.abc import Callable
from typing import Any

LABEL = "请输入您的问题"
FIGURE = "青澜市公安局2018年主动公开信息多少条？"
COMPARISON = "市政府2020年到2022年收到的申请变化趋势怎么样"
NOWHERE = "火星上的氧气卖多少钱一斤"


def opened(page: Any) -> None:
    """The dialog, with its offers."""
    page.locator("anan-widget .launcher").click()
    page.locator("anan-widget .suggestion").first.wait_for()


def ask(page: Any, question: str) -> Any:
    """Asks in the open dialog; the reply, once it has come."""
    count = page.locator(".turn").count()
    page.get_by_label(LABEL).fill(question)
    page.get_by_label(LABEL).press("Enter")
    return page.locator(".turn").nth(count).locator(".reply:not(.waiting)")


def asked(question: str) -> Callable[[Any], None]:
    """A question and its reply."""

    def reach(page: Any) -> None:
        opened(page)
        ask(page, question).wait_for()

    return reach


def waiting(page: Any) -> None:
    """A question whose answer does not come."""
    opened(page)
    page.route("**/api/v1/ask", lambda route: None)
    page.get_by_label(LABEL).fill(FIGURE)
    page.get_by_label(LABEL).press("Enter")
    page.locator(".waiting").wait_for()


def failed(page: Any) -> None:
    """A question that cannot be sent."""
    page.route("**/api/v1/ask", lambda route: route.abort())
    asked(FIGURE)(page)


def typing(page: Any) -> None:
    """Suggestions, one of them chosen with the arrow key."""
    opened(page)
    page.get_by_label(LABEL).press_sequentially("申请公开")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("ArrowDown")


def writing(page: Any) -> None:
    """The form for a message, with the question that had no answer."""
    asked(NOWHERE)(page)
    page.get_by_role("button", name="给工作人员留言").click()
    page.get_by_label("我同意").wait_for()
