"""The pages of the desk that docs/desk-screens.md shows, on a telephone and on a desktop.

``pytest tests/browser/test_desk_screens.py --screens`` takes the pictures anew and writes the page.
"""

from dataclasses import dataclass
from pathlib import Path

from desk_pages import PAGES
from screens import DOCS, SIZES

FOLDER = DOCS / "desk-screenshots"
_INTRODUCTION = """# 工作台的样子

这些图由浏览器测试拍下（`pytest tests/browser/test_desk_screens.py --screens`），左边是手机，右边是电脑，
宽 390 和 1280 像素。怎样用，见[工作台](desk.md)。加一页，在 `tests/browser/desk_screens.py` 里加一行。
"""


@dataclass(frozen=True)
class Shown:
    """A page that is shown.

    Attributes:
        page: its name in ``PAGES``.
        title: what docs/desk-screens.md says over it.
    """

    page: str
    title: str

    @property
    def pictures(self) -> list[Path]:
        """Where its pictures are, telephone first."""
        name = self.page.replace(" ", "-")
        return [FOLDER / f"{name}-{size}.png" for size in SIZES]


SHOWN = (
    Shown("sign-in", "登录"),
    Shown("home", "等我办的事"),
    Shown("faq", "常见问题"),
    Shown("faq entry", "编辑一条，重复、敏感信息就在旁边"),
    Shown("faq review", "检查与审核"),
    Shown("faq together", "几条一起检查、一起发布"),
    Shown("faq versions", "版本和差别"),
    Shown("questions", "市民在问"),
    Shown("question group", "一组问题"),
    Shown("compilation", "热点问题汇编"),
    Shown("inbox", "留言：收件箱"),
    Shown("message to review", "留言：待审核的答复"),
    Shown("reports", "报告：上传"),
    Shown("report", "报告：读到了什么"),
    Shown("report corrected", "报告：更正等另一位审核人发布"),
    Shown("word list", "词表：等审核的改动，和对标准问题的影响"),
    Shown("figures", "统计"),
    Shown("bulletin", "通报"),
    Shown("people", "人员"),
    Shown("audit", "操作记录"),
    Shown("tokens", "接口令牌"),
    Shown("account", "我的账号"),
)
assert {each.page for each in SHOWN} <= set(PAGES)


def document() -> str:
    """docs/desk-screens.md."""
    parts = [_INTRODUCTION]
    for each in SHOWN:
        phone, desktop = (file.relative_to(DOCS).as_posix() for file in each.pictures)
        parts.append(f"## {each.title}\n\n![{each.title}，手机]({phone}) ![{each.title}，电脑]({desktop})\n")
    return "\n".join(parts)
