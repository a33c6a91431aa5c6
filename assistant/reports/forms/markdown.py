"""Markdown files: headings, paragraphs, lists and pipe tables as blocks."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.reports.forms.blocks import Block, Paragraph, TableBlock
from assistant.reports.tables import RawCell

_SUFFIXES = {".md", ".markdown"}
_TABLE_RULE = re.compile(r"^\s{0,3}\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*$", re.MULTILINE)


def is_markdown(text: str, name: str) -> bool:
    """Whether a text is Markdown: by its name, or by the rule of a pipe table, which no other text has."""
    return PurePath(name).suffix.lower() in _SUFFIXES or bool(_TABLE_RULE.search(text))


def read_markdown(text: str) -> list[Block]:
    """The document in ``text``; a line break in a paragraph stays one, for reports put each paragraph on its line."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")
    return list(_blocks(parser.parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    title_tag = min(headings, default="") if headings.count(min(headings, default="")) == 1 else ""
    number = ""  # of the list item that begins
    rows: list[list[RawCell]] = []
    inside = ""  # the heading or table cell that is open
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "heading_open":
            inside = token.tag
        elif token.type == "table_open":
            rows, inside = [], "table"
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield TableBlock(tuple(map(tuple, rows)))
            inside = ""
        elif token.type == "heading_close":
            inside = ""
        elif token.type == "inline" and inside == "table":
            rows[-1].append(RawCell(_plain(token)))
        elif token.type == "inline":
            yield Paragraph(f"{number}{_plain(token)}", title=inside == title_tag != "")
            number = ""
        elif token.type in ("fence", "html_block"):
            yield Paragraph(token.content)


def _plain(token: Token) -> str:
    """The words of a paragraph without its marks; what a picture shows is not told by its file's name."""
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type in ("text", "code_inline"):
            pieces.append(child.content)
    return "".join(pieces)
