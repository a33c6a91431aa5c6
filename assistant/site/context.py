"""The services of the running app, for the routes."""

from typing import cast

from flask import Flask, current_app

from assistant.services import Services

_NAME = "anan"


def hold_services(app: Flask, services: Services) -> None:
    """Hang ``services`` on the app; whoever opened them closes them."""
    app.extensions[_NAME] = services


def services() -> Services:
    """The services of the app that answers this request."""
    return cast(Services, current_app.extensions[_NAME])
