"""Forms of file that are no web page and no plain text, each read into the same ``Page``."""

from collections.abc import Callable
from importlib import import_module

from assistant.reports.forms.blocks import Block, page_of
from assistant.reports.forms.kinds import kind_of
from assistant.reports.forms.markdown import is_markdown, read_markdown
from assistant.reports.page import Page

__all__ = ["form_page", "markdown_page"]

# Module and function of each kind, loaded when a file of that kind comes: their libraries take half a second, and most
# processes, also those that read one file for another process, meet none or one of them.
_READERS = {
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "ofd": ("ofd", "read_ofd"),
    "picture": ("images", "read_picture"),
}


def form_page(data: bytes) -> Page | None:
    """The page in ``data``, whatever form it has; None for text and HTML.

    Raises:
        Unreadable: broken, encrypted, over the bounds, without text, or a form that is known and not read.
    """
    kind = kind_of(data)
    return page_of(_reader(kind)(data)) if kind else None


def markdown_page(text: str, name: str) -> Page | None:
    """The page in ``text`` when it is Markdown, else None.

    Raises:
        Unreadable: over the bounds or without text.
    """
    return page_of(read_markdown(text)) if is_markdown(text, name) else None


def _reader(kind: str) -> Callable[[bytes], list[Block]]:
    module, function = _READERS[kind]
    reader: Callable[[bytes], list[Block]] = getattr(import_module(f"{__name__}.{module}"), function)
    return reader
