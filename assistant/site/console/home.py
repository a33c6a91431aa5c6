"""The desk's first page: what waits for whoever opens it."""

from flask import render_template

from assistant.desk import ROLES
from assistant.site.console.access import allowed, console, person
from assistant.site.console.shell import cards_for


@console.get("/")
@allowed(*ROLES)
def home() -> str:
    """Show the cards of this person."""
    return render_template("desk/home.html", cards=cards_for(person()))
