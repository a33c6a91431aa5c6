"""What browsers get of a script runs as what stands in the repository: an independent parser reads both alike."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tree_sitter
import tree_sitter_javascript

from assistant.resources import web_folder
from assistant.site.trimming import trimmed

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
# Where a blank, a line's end or something like a comment counts.
HARD = r"""
const a = 'no // comment', b = "nor /* this */", c = `nor // this
    ${a /* but this */ + `${b}  // ${ { x: '}' }.x }`}  kept`;
const p = /[/"'`]\/\/ x/gu.test(a), q = 4 / 2 / 1, r = (1) / 2; // gone
let s = q + +r - -q, t = s++ + s, u = typeof s in {}, v = a ? .5 : 1;
class K { #x = 1; static async *y() { yield* []; } get z() { return /x  \/ '"/.test('x') } has(o) { return #x in o } }
function f() { return /* gone */
  1 }
f()
;[1].map((it) => it)
label: for (const x of [1]) continue label
function g(a, b) { if (a) return/* gone */b; else return a/* gone */in b }
let h = a / /x/.y, i = a * /"/.y, j = 1 .toFixed(2)
var k/* gone */= typeof /'/.y // gone
"""


def signs(code: str) -> list[tuple[str, bytes]]:
    """The leaves of the syntax tree: their kind and text."""
    tree = PARSER.parse(code.encode())
    assert not tree.root_node.has_error
    return list(_leaves(tree.root_node))


def _leaves(node: Any) -> Iterator[tuple[str, bytes]]:
    if node.type == "comment":
        return
    if not node.children:
        yield node.type, node.text
    for child in node.children:
        yield from _leaves(child)


def shape(code: str) -> str:
    """The tree without its comments: where the parser ends a statement by itself, nothing stands among the leaves."""
    return str(PARSER.parse(code.encode()).root_node).replace(" (comment)", "").replace("(comment) ", "")


@pytest.mark.parametrize("path", sorted(web_folder().rglob("*.js")), ids=lambda path: path.stem)
def test_a_module_is_read_as_before(path: Path) -> None:
    code = path.read_text("utf-8")
    assert signs(trimmed(code)) == signs(code)
    assert shape(trimmed(code)) == shape(code)


def test_blanks_that_count_are_kept() -> None:
    assert signs(trimmed(HARD)) == signs(HARD)
    assert shape(trimmed(HARD)) == shape(HARD)
    assert "gone" not in trimmed(HARD)
    assert trimmed(trimmed(HARD)) == trimmed(HARD)


def test_a_comment_over_lines_ends_the_line() -> None:
    # The other parser does not know that it does.
    assert trimmed("x = y /* gone\n */ z = x") == "x=y\nz=x\n"
