"""The documents say what the code does: nothing missing, no number stale, no link dead, no machine's own path."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.cli import main
from assistant.services import open_services
from assistant.site import create_app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
ELEMENTS = [ROOT / "web/widget/widget-element.js", ROOT / "web/reader/reader-element.js"]

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
# A row of a table that quotes a constant: what it bounds, the value as written in the code, file and name.
QUOTED = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `(assistant/[\w/]+\.py)` `(\w+)` \|$", re.MULTILINE)
MACHINES = ("/work/", "/root/", "/tmp/", "/home/", "file://", "pypi.org", "pythonhosted", "npmjs", "index-url")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands(group: click.Group, name: str) -> Iterator[str]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}"


def test_every_command_is_told() -> None:
    told = read(ROOT / "README.md") + read(DOCS / "architecture.md").partition("## 还没有的")[0]
    assert [name for name in commands(main, "anan") if not re.search(rf"`{name}\b", told)] == []


def test_every_route_is_told(tmp_path: Path) -> None:
    services = open_services(tmp_path / "data")
    try:
        rules = [rule.rule for rule in create_app(services).url_map.iter_rules()]
    finally:
        services.close()
    told = read(DOCS / "api.md") + read(DOCS / "desk.md")
    addresses = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule) for rule in rules}
    assert len(addresses) > 10
    missing = [each for each in addresses if not re.search(rf"`(?:GET |POST )?{re.escape(each)}`", told)]
    assert sorted(missing) == []


@pytest.mark.parametrize("path", ELEMENTS, ids=lambda path: path.stem)
def test_every_attribute_event_and_method_is_told(path: Path) -> None:
    code, told = read(path), read(DOCS / "embedding.md")
    listed = re.search(r"observedAttributes = \[([^\]]*)\]", code)
    assert listed is not None
    attributes = re.findall(r"'([\w-]+)'", listed[1])
    events = re.findall(r"(?:#tell|new CustomEvent)\('([\w-]+)'", code)
    methods = [
        name
        for name in re.findall(r"^  (?:async )?([a-z]\w*)\([^)]*\) \{$", code, re.MULTILINE)
        if name != "constructor" and not name.endswith("Callback")
    ]
    getters = re.findall(r"^  get (\w+)\(\)", code, re.MULTILINE)
    assert attributes and methods
    names = {*attributes, *events, *getters, *(f"{name}(" for name in methods)}
    assert sorted(name for name in names if f"`{name}" not in told) == []


def modules() -> set[tuple[str, str]]:
    """Room and name of every module of the package, and of the browser's."""
    package = ROOT / "assistant"
    found = {
        ("" if path.parent == package else path.relative_to(package).parts[0], path.name)
        for path in package.rglob("*.py")
        if path.name != "__init__.py"
    }
    return found | {("web", path.name) for path in (ROOT / "web").rglob("*.js")}


def listed_modules() -> set[tuple[str, str]]:
    """Room and name of every module that has a row in the architecture; a heading such as `store/` begins a room."""
    found = set()
    room = ""
    for line in read(DOCS / "architecture.md").splitlines():
        if line.startswith("#"):
            named = re.match(r"### `(\w+)/`", line)
            room = named[1] if named else ""
        elif row := re.match(r"\| ((?:`[\w-]+\.(?:py|js)` ?)+)\|", line):
            found |= {(room, name) for name in re.findall(r"`([^`]+)`", row[1])}
    return found


def test_every_module_has_its_line_and_no_other_has() -> None:
    assert sorted(modules() - listed_modules()) == []
    assert sorted(listed_modules() - modules()) == []


def test_quoted_values_are_those_of_the_code() -> None:
    quoted = QUOTED.findall(read(DOCS / "architecture.md"))
    assert len(quoted) > 40
    stale = []
    for value, file, name in quoted:
        pattern = rf"^\s*{name}(?:: \w+)? = (?:_setting\()?{re.escape(value)}(?:,|\s|$)"
        if not re.search(pattern, read(ROOT / file), re.MULTILINE):
            stale.append(f"{file} {name} = {value}")
    assert stale == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    dead = []
    for target, fragment in LINK.findall(read(path)):
        file = (path.parent / target).resolve() if target else path
        if not file.exists() or (fragment and file.suffix == ".md" and fragment not in fragments(read(file))):
            dead.append(f"{target}#{fragment}")
    assert dead == []


def fragments(text: str) -> set[str]:
    """The fragments that a forge gives the headings: lower case, punctuation gone, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_machine_and_no_registry_is_named(path: Path) -> None:
    text = read(path)
    assert [words for words in MACHINES if words in text] == []
