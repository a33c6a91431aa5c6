"""Forms of file that are no web page and no plain text, each read into the same ``Page``."""

from collections.abc import Callable

from assistant.reports.forms.blocks import Block, page_of
from assistant.reports.forms.docx import read_docx
from assistant.reports.forms.images import read_picture
from assistant.reports.forms.kinds import kind_of
from assistant.reports.forms.markdown import is_markdown, read_markdown
from assistant.reports.forms.ofd import read_ofd
from assistant.reports.forms.pdf import read_pdf
from assistant.reports.forms.xlsx import read_xlsx
from assistant.reports.page import Page

__all__ = ["form_page", "markdown_page"]

_READERS: dict[str, Callable[[bytes], list[Block]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "ofd": read_ofd,
    "picture": read_picture,
}


def form_page(data: bytes) -> Page | None:
    """The page in ``data``, whatever form it has; None for text and HTML.

    Raises:
        Unreadable: broken, encrypted, over the bounds, without text, or a form that is known and not read.
    """
    kind = kind_of(data)
    return page_of(_READERS[kind](data)) if kind else None


def markdown_page(text: str, name: str) -> Page | None:
    """The page in ``text`` when it is Markdown, else None.

    Raises:
        Unreadable: over the bounds or without text.
    """
    return page_of(read_markdown(text)) if is_markdown(text, name) else None
