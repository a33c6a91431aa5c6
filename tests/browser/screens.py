"""The states of the pages that docs/screens.md shows: a line here is a state there, on a telephone and on a desktop.

``pytest tests/browser/test_screens.py --screens`` takes the pictures anew and writes the page.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from site_pages import QUESTION
from widget_ways import COMPARISON, FIGURE, NOWHERE, asked, failed, opened, typing, waiting, writing

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
# Pages have few colours; so many keep words and 安安's face as they are.
_COLOURS = 48
_INTRODUCTION = """# 页面的样子

这些图由浏览器测试拍下（`pytest tests/browser/test_screens.py --screens`），左边是手机，右边是电脑。
宽 390 和 1280 像素。加一个状态，在 `tests/browser/screens.py` 里加一行。
"""


@dataclass(frozen=True)
class State:
    """One state of a page.

    Attributes:
        name: of its pictures, before ``-phone.png`` and ``-desktop.png``.
        title: what docs/screens.md says over them.
        path: of the page; ``{police_2021}`` and the like are that report's.
        reach: what a visitor does there first, with Playwright's page.
        look: which switches are on, ``elder`` or ``contrast``.
        dark: whether the system asks for dark pages.
    """

    name: str
    title: str
    path: str
    reach: Callable[[Any], None] = lambda page: None
    look: Sequence[str] = ()
    dark: bool = False


def _to(selector: str) -> Callable[[Any], None]:
    """Scroll to a place, a little below the top of the window."""

    def reach(page: Any) -> None:
        page.locator(selector).evaluate(
            "(place) => window.scrollTo(0, place.getBoundingClientRect().top + scrollY - 120)"
        )

    return reach


STATES = (
    State("home", "首页", "/"),
    State("answer", "回答（不用脚本也能得到）", f"/?q={QUESTION}"),
    State("report", "报告页", "{police_2021}"),
    State("table", "报告里的表格和目录", "{police_2021}", _to("#s13")),
    State("share", "分享", "{police_2021}", lambda page: page.locator(".share summary").click()),
    State("changes", "和上一年相比", "{gov_2022}/changes"),
    State("elder", "长者模式", "{police_2021}", look=("elder",)),
    State("dark", "深色", "{gov_2022}", dark=True),
    State("contrast", "高对比", "/", look=("contrast",)),
    State("missing", "没有找到的页", "/reports/none"),
    State("widget-open", "安安", "/", opened),
    State("widget-typing", "安安：输入时的提示", "/", typing),
    State("widget-waiting", "安安：正在查找", "/", waiting),
    State("widget-answer", "安安：一个数", "/", asked(FIGURE)),
    State("widget-comparison", "安安：比较", "/", asked(COMPARISON)),
    State("widget-none", "安安：没有找到", "/", asked(NOWHERE)),
    State("widget-message", "安安：留言", "/", writing),
    State("widget-failed", "安安：断网", "/", failed),
    State("widget-report", "安安：在一份报告上", "{police_2021}", opened),
    State("widget-elder", "安安：长者模式", "/", asked(FIGURE), look=("elder",)),
    State("widget-dark", "安安：深色", "/", asked(FIGURE), dark=True),
)


def pictures(state: State) -> list[Path]:
    """Where the pictures of a state are, telephone first."""
    return [FOLDER / f"{state.name}-{size}.png" for size in SIZES]


def take(page: Any, file: Path) -> None:
    """Keep what the window shows, small."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file.parent.mkdir(exist_ok=True)
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def document() -> str:
    """docs/screens.md."""
    parts = [_INTRODUCTION]
    for state in STATES:
        phone, desktop = (file.relative_to(DOCS).as_posix() for file in pictures(state))
        images = f"![{state.title}，手机]({phone}) ![{state.title}，电脑]({desktop})"
        parts.append(f"## {state.title}\n\n{images}\n")
    return "\n".join(parts)
