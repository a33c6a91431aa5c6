"""The staff's desk (工作台) under ``/desk``: each module gives one page or a few, ``access`` says who may open it."""

from flask import Flask

from assistant.site.console.access import console, guard
from assistant.site.console.left_behind import give_templates_what_was_left_behind
from assistant.site.console.shell import give_templates_the_shell

# Each of these hangs its routes on ``console`` when it is imported; a new page's module is added here.
from assistant.site.console import (  # isort: skip  # noqa: F401
    account,
    audit,
    compilations,
    faq_file_pages,
    faq_pages,
    faq_review_pages,
    faq_together_pages,
    figures,
    home,
    message_pages,
    people,
    questions,
    report_pages,
    sign_in,
    tokens,
    word_pages,
)


def install_console(app: Flask) -> None:
    """Put the desk on ``app``."""
    guard(app)
    give_templates_the_shell(app)
    give_templates_what_was_left_behind(app)
    app.register_blueprint(console)


__all__ = ["console", "install_console"]
