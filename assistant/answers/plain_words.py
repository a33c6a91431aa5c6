"""The Markdown of FAQ answers: a safe subset, as plain words for citizens and as HTML for the desk.

Bold, emphasis, lists, links and line breaks; everything else, HTML first of all, is the characters it is written with.
What citizens read and hear are the published words: the marks go, the words and their lines stay. An answer without
marks stays as it is, character for character.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_RULES = ["paragraph", "list", "emphasis", "link", "newline", "escape", "balance_pairs", "fragments_join", "text_join"]
# Without one of these there is nothing to take out.
_MARKED = re.compile(r"[*_\[\\]|^ {0,3}(?:[-+]|\d{1,9}[.)]) ", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|/(?!/))", re.IGNORECASE)
_KEPT = 20_000


def _made() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True})
    parser.enable(_RULES, ignoreInvalid=True)
    parser.validateLink = lambda url: _ADDRESS.match(url.strip()) is not None  # type: ignore[method-assign]
    return parser


_PARSER = _made()


def plain_words(markdown: str) -> str:
    """The words of an answer without its marks; the items of lists each on a line, links with their address behind."""
    return _unmarked(markdown) if _MARKED.search(markdown) else markdown


@lru_cache(maxsize=_KEPT)
def _unmarked(markdown: str) -> str:
    lines: list[str] = []
    markers: list[str] = []
    pending = ""
    for token in _PARSER.parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            markers.append("bullet" if token.type.startswith("bullet") else "ordered")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            markers.pop()
        elif token.type == "list_item_open":
            # A bullet is read as nothing; the number of an item is the author's own.
            pending = f"{token.info}{token.markup} " if markers[-1] == "ordered" else ""
        elif token.type == "inline":
            lines.append(pending + _inline(token.children or []))
            pending = ""
    return "\n".join(lines)


def answer_html(markdown: str) -> str:
    """The answer as HTML, in which nothing of the author's is markup but the subset's own."""
    html: str = _PARSER.render(markdown)
    return html


def _inline(tokens: list[Token]) -> str:
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "link_open":
            opened.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = opened.pop()
            said = "".join(parts[start:])
            bare = address.partition(":")[2] if address.lower().startswith(("mailto:", "tel:")) else address
            if bare and bare != said:
                parts.append(f"（{bare}）")
        else:
            parts.append(token.content)
    return "".join(parts)
