"""The services of the running app and the reports they hold, for the routes."""

from typing import TypeVar, cast

from flask import Flask, current_app

from assistant.errors import NotFound
from assistant.services import Services
from assistant.store import ReportSummary, StoredReport

_NAME = "anan"
_Found = TypeVar("_Found", StoredReport, ReportSummary)


def hold_services(app: Flask, services: Services) -> None:
    """Hang ``services`` on the app; whoever opened them closes them."""
    app.extensions[_NAME] = services


def services() -> Services:
    """The services of the app that answers this request."""
    return cast(Services, current_app.extensions[_NAME])


def stored_report(report_id: str) -> StoredReport:
    """The whole report with this id.

    Raises:
        NotFound: there is none.
    """
    return _there(services().store.report(report_id))


def stored_summary(report_id: str) -> ReportSummary:
    """The report with this id without its text, which may be long.

    Raises:
        NotFound: there is none.
    """
    return _there(services().store.report_summaries([report_id]).get(report_id))


def _there(found: _Found | None) -> _Found:
    if found is None:
        raise NotFound("没有找到这份报告，它可能已经撤下。")
    return found
