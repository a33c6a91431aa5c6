"""HTML made safe to parse: what no reader sees is dropped, and depth and size are bounded before the parser runs.

The parser's time grows with tags times nesting depth (100,000 nested divs took 17 s) and with the square of the
attributes of one tag; unclosed formatting tags are repeated in every following paragraph. Hence the bounds here.
"""

import re

from assistant.errors import Unreadable

MAX_DEPTH = 500  # real pages nest 10 to 60 deep
MAX_TAGS = 500_000  # a page of 20 MB has about as many
_MAX_ATTRIBUTES = 2_000  # characters of attributes in one tag; more (embedded images) are dropped

# A name ends where attributes begin, so that a tag that is never closed is given up in one pass. Names have no bound
# here: the parser takes any, so that one that is overlooked would be counted neither as a tag nor in the depth.
_TAG = re.compile(r"<!--|<(/?)([A-Za-z][^\s/<>]*)(?=[\s/>])([^<>]*)>")
_RAW = {"script", "style", "noscript", "template", "textarea", "select", "iframe", "object", "svg", "xml"}
# Formatting says nothing about the text; a <wbr> keeps the place, for a label may end where its bold print ends.
_FORMATTING = set("b big code em font i math nobr s small strike strong tt u".split())
# Elements that never nest in a body: without content, ignored there, or (form) let in once.
_UNTRACKED = set(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr "
    "html head body form".split()
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TABLE_PARTS = set("table caption colgroup thead tbody tfoot tr td th".split())
_CELLS = {"table", "td", "th", "caption", "applet", "marquee"}
# "Special" elements of the HTML standard (13.2.4.2): an end tag of another name does not reach through them.
_SPECIAL = _TABLE_PARTS | set(
    "address applet article aside blockquote button center dd details dir div dl dt fieldset figcaption figure footer "
    "frameset h1 header hgroup li listing main marquee menu nav ol p plaintext pre search section summary "
    "title ul xmp".split()
)
_ENDING_PARAGRAPHS = (_SPECIAL - _TABLE_PARTS - {"button", "applet", "marquee"}) | {"table", "hr"}
# A start tag of these may end an open element of the same name, as browsers have it where end tags are left out.
_REPEATED = set("a p li dd dt caption colgroup thead tbody tfoot tr td th".split())


def slim(source: str) -> str:
    """``source`` without comments, scripts, styles, hidden form parts and formatting tags.

    Raises:
        Unreadable: more than ``MAX_TAGS`` tags, or nested deeper than ``MAX_DEPTH``.
    """
    kept: list[str] = []
    position = tags = 0
    open_tags: list[str] = []
    endings: dict[str, int] = {}
    while match := _TAG.search(source, position):
        kept.append(source[position : match.start()])
        position = match.end()
        if match[2] is None:
            found = source.find("-->", position)
            position = len(source) if found < 0 else found + 3  # an endless comment swallows the rest, as in browsers
            continue
        tags += 1
        if tags > MAX_TAGS:
            raise Unreadable(f"网页太大：标签超过 {MAX_TAGS} 个", code="too_large")
        closing, name, attributes = bool(match[1]), match[2].lower(), match[3]
        if name in _RAW:
            if not closing and not attributes.endswith("/"):
                position = _after_element(source, name, position, endings)
        elif name in _FORMATTING:
            kept.append("<wbr>")
        else:
            _track(open_tags, name, closing)
            kept.append(match.group() if len(attributes) <= _MAX_ATTRIBUTES else f"<{match[1]}{name}>")
    kept.append(source[position:])
    return "".join(kept)


def _after_element(source: str, name: str, position: int, endings: dict[str, int]) -> int:
    """Where reading goes on after the end tag of ``name``; ``position`` when there is none.

    ``endings`` remembers where the search last came to, so that a thousand unclosed elements cost one search.
    """
    if endings.get(name, -1) < position:
        found = re.compile(rf"</{re.escape(name)}\b[^<>]*>", re.IGNORECASE).search(source, position)
        endings[name] = found.end() if found else len(source) + 1
    return endings[name] if endings[name] <= len(source) else position


def _track(open_tags: list[str], name: str, closing: bool) -> None:
    """Keep the stack of open elements as a browser would, or taller."""
    if name in _HEADINGS:
        name = "h1"  # any of them ends any other
    if name in _TABLE_PARTS and name != "table" and "table" not in open_tags:
        return  # browsers ignore rows and cells outside a table
    if closing:
        _end(open_tags, name, _barriers(name))
        return
    if name in _ENDING_PARAGRAPHS:
        _end(open_tags, "p", _SPECIAL)
    if name in _REPEATED:
        _end(open_tags, name, _start_barriers(name))
    if name not in _UNTRACKED:
        open_tags.append(name)
        if len(open_tags) > MAX_DEPTH:
            raise Unreadable(f"网页嵌套过深（超过 {MAX_DEPTH} 层）", code="too_deep")


def _end(open_tags: list[str], name: str, barriers: set[str]) -> None:
    """Take the innermost open ``name`` and all in it off the stack, unless a barrier stands in it."""
    for index in range(len(open_tags) - 1, -1, -1):
        if open_tags[index] == name:
            del open_tags[index:]
            return
        if open_tags[index] in barriers:
            return


def _barriers(name: str) -> set[str]:
    """The open elements that an end tag of ``name`` cannot reach through."""
    if name in _TABLE_PARTS:
        return {"table"}
    if name in ("li", "p"):
        return _CELLS | {"ul", "ol", "button"}
    return _CELLS if name in _SPECIAL else _SPECIAL


def _start_barriers(name: str) -> set[str]:
    """The open elements through which a start tag of ``name`` cannot close the one before it."""
    if name in _TABLE_PARTS:
        return {"table"}
    return _SPECIAL - {"p", "div", "address"} if name in ("li", "dd", "dt") else _SPECIAL
