"""The published compilations of what was asked most, as citizens read them and take them along."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template

from assistant.desk.compilations import LISTED, as_docx, as_xlsx
from assistant.site.context import services

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

hot_pages = Blueprint("hot_pages", __name__)


@hot_pages.get("/hot")
def compilations() -> str:
    """Show which there are."""
    return render_template("hot_list.html", found=services().store.compilations.newest(LISTED, public=True))


@hot_pages.get("/hot/<int:compilation>")
def compilation(compilation: int) -> str:
    """Show one."""
    return render_template("hot.html", found=services().desk.compilations.public(compilation))


@hot_pages.get("/hot/<int:compilation>.docx")
def word_file(compilation: int) -> Response:
    """Give one as a Word file."""
    found = services().desk.compilations.public(compilation)
    return file_answer(as_docx(found), found.text.title, "docx")


@hot_pages.get("/hot/<int:compilation>.xlsx")
def sheet(compilation: int) -> Response:
    """Give one as a spreadsheet."""
    found = services().desk.compilations.public(compilation)
    return file_answer(as_xlsx(found), found.text.title, "xlsx")


def file_answer(data: bytes, title: str, kind: str) -> Response:
    """A file to keep: a Word one (``docx``) or a spreadsheet (``xlsx``), under its title."""
    name = quote(f"{title}.{kind}", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, mimetype=_TYPES[kind], headers=headers)
