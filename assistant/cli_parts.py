"""What the commands share: opening the services, telling errors, printing what came from outside."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from assistant.errors import AnanError

if TYPE_CHECKING:
    from assistant.services import Services


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """An AnanError becomes one Chinese line on stderr and exit status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except AnanError as error:
            click.echo(error.message, err=True)
            sys.exit(2)

    return run


@contextmanager
def opened_services(context: click.Context) -> "Iterator[Services]":
    """The services on the data directory of this call, closed at the end."""
    from assistant.services import open_services

    services = open_services(context.obj)
    try:
        yield services
    finally:
        services.close()


def on_one_line(name: str) -> str:
    """A name from outside, fit to be printed: no line break, no tab, nothing that turns the line round."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
