"""The sample reports as other forms of file, made by the tests themselves."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.reports import Report, read_file

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus/reports"
REAL_PAGE = ROOT.parent / "shared/reports/ankang-police-2015.txt"
SOFFICE = shutil.which("soffice")
STYLE = "<style>table{border-collapse:collapse} td,th{border:1px solid black}</style>"


def squeezed(text: str) -> str:
    """``text`` without whitespace: what stays the same when a form breaks lines elsewhere."""
    return re.sub(r"\s+", "", text)


def sources() -> list[Path]:
    """The sample reports, and the real page where it is at hand."""
    return [*sorted(CORPUS.glob("*.html")), *([REAL_PAGE] if REAL_PAGE.is_file() else [])]


def report_of(path: Path) -> Report:
    return read_file(path, 10_000_000)


def article(path: Path) -> str:
    """The report in ``path`` alone, as a body would give it out in a file: its title, its text, its tables ruled."""
    report = report_of(path)
    if path.suffix == ".txt":
        inner = "".join(f"<p style='text-indent:2em'>{line}</p>" for line in report.text.split("\n"))
    else:
        inner = _body(LexborHTMLParser(_decoded(path)), report)
    inner = re.sub(r"<table[^>]*>", '<table border="1" cellspacing="0">', inner, flags=re.IGNORECASE)
    head = f"<meta charset='utf-8'>{STYLE}"
    title = f"<h1 style='text-align:center;font-size:22pt'>{report.title}</h1>"
    inner = re.sub(r"(<t[dh][^>]*?) style=\"[^\"]*\"", r"\1", inner)
    inner = inner.replace(
        "text-align: justify", "text-align: left"
    )  # LibreOffice loses full stops at ends of such lines
    return f"<html><head>{head}</head><body style='font-size:12pt'>{title}{inner}</body></html>"


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _body(tree: LexborHTMLParser, report: Report) -> str:
    """The markup of the innermost element that holds the whole report."""
    lines = [squeezed(line) for line in report.text.split("\n")]
    found: LexborNode | None = None
    for node in tree.root.traverse() if tree.root else ():
        text = squeezed(node.text())
        if lines[0] in text and lines[-1] in text:
            found = node
    assert found is not None
    markup = (found.html or "").replace("<td id", "<div id")
    return re.sub(r"^<td|</td>$", lambda match: match[0].replace("td", "div"), markup)


def office(files: Iterable[Path], form: str, folder: Path) -> list[Path]:
    """``files`` converted by LibreOffice to ``form`` in one call, for its start is slow."""
    files = list(files)
    assert SOFFICE is not None
    profile = folder / "profile"
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    if files[0].suffix == ".html":
        command.append("--infilter=HTML (StarWriter)")
    command += ["--convert-to", form, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    made = [folder / f"{file.stem}.{form.split(':')[0]}" for file in files]
    assert all(path.is_file() for path in made)
    return made
