"""axe-core in a page: what it complains of. It comes with a package; nothing is fetched."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

axe_api = pytest.importorskip("axe_playwright_python.base", reason="需要 axe-playwright-python（pip install '.[dev]'）")

_AXE = Path(axe_api.__file__).with_name("axe.min.js").read_text("utf-8")
# What changes only colours can break only these rules.
COLOURS = ("color-contrast", "link-in-text-block")
# What changes only sizes and places can break only these.
SIZES = ("target-size", "scrollable-region-focusable")
# The scope of those elements that ``seen_in`` found to be new.
NEW = {"include": ["[data-seen-anew]"]}
# The elements within the given one, and in its shadow, that can be seen, by their places there; new ones get a mark.
_SEEN = """(root, before) => {
    const known = new Set(before);
    const all = [...root.querySelectorAll('*'), ...(root.shadowRoot?.querySelectorAll('*') ?? [])];
    return all.flatMap((it, place) => {
        const seen = it.checkVisibility({ visibilityProperty: true });
        it.toggleAttribute('data-seen-anew', seen && !known.has(place));
        return seen ? [place] : [];
    });
}"""
# Only what is wrong is told: of a long page the rest is megabytes.
_RUN = """([scope, options]) => axe.run(scope, options).then((found) => found.violations.map((rule) =>
    [rule.id, rule.nodes.map((node) => [node.target, node.failureSummary])]))"""


def violations(page: Any, scope: Any = None, rules: tuple[str, ...] = ()) -> list[Any]:
    """Each rule that is broken, with the elements and what to mend.

    Args:
        page: of Playwright.
        scope: axe's context: a selector, or ``{"exclude": […]}``; the whole page without it.
        rules: look for nothing but these; without them for all that axe looks for, and the size of targets.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {"rules": {"target-size": {"enabled": True}}}
    options = {**only, "resultTypes": ["violations"]}
    return list(page.evaluate(_RUN, [scope or {"include": ["html"]}, options]))


def seen_in(element: Any, before: Collection[int] = ()) -> set[int]:
    """What can be seen in an element, its shadow included: places there, to compare one width with another.

    Those that are not among the places ``before`` are ``NEW`` from now on.
    """
    return set(element.evaluate(_SEEN, list(before)))
