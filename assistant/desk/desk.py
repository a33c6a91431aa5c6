"""The desk of one data directory: what the site and the operator's commands share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.backup import finish_restore
from assistant.desk.accounts import Accounts
from assistant.desk.asked import Asked
from assistant.desk.audit import Audit
from assistant.desk.compilations import Compilations
from assistant.desk.faq import FaqDesk
from assistant.desk.faq_import import FaqImport
from assistant.desk.feedback import Feedback
from assistant.desk.handling import Handling
from assistant.desk.messages import Messages
from assistant.desk.people import People
from assistant.desk.service_figures import ServiceFigures
from assistant.desk.signing_in import SigningIn
from assistant.desk.tokens import Tokens
from assistant.desk.workdays import Workdays, workdays_of
from assistant.resources import staff_file
from assistant.settings import Settings, load_settings
from assistant.store import Store


@dataclass(frozen=True)
class Desk:
    """The parts of the desk over one store."""

    store: Store
    messages: Messages
    feedback: Feedback
    faq: FaqDesk
    faq_import: FaqImport
    handling: Handling
    people: People
    accounts: Accounts
    signing_in: SigningIn
    audit: Audit
    asked: Asked
    figures: ServiceFigures
    compilations: Compilations
    tokens: Tokens


def desk_over(store: Store, settings: Settings, data: Path) -> Desk:
    """The desk over an open store, which stays the caller's to close.

    Args:
        store: where all is kept.
        settings: of the data directory.
        data: the data directory, for the calendar of working days.
    """

    def calendar() -> Workdays:
        return workdays_of(staff_file(data, "workdays.txt"))

    people = People(store)
    signing_in = SigningIn(store, settings.desk_hours, settings.desk_idle_minutes)
    return Desk(
        store,
        Messages(store, settings.message_days, settings.question_limit),
        Feedback(store, settings.feedback_days, settings.question_limit),
        FaqDesk(store, office=settings.contact),
        FaqImport(store),
        Handling(store, calendar, settings.reply_workdays),
        people,
        Accounts(people, signing_in),
        signing_in,
        Audit(store),
        Asked(store),
        ServiceFigures(store),
        Compilations(store, office=settings.contact),
        Tokens(store),
    )


@contextmanager
def opened_desk(data: Path) -> Iterator[Desk]:
    """The desk alone, without index and voice, which a look into the messages need not wait for.

    Raises:
        SettingsError: a setting is wrong.
        AnanError: the database cannot be used; the message says why.
    """
    finish_restore(data)
    settings = load_settings(data)
    with Store.open(settings.database or data / "anan.db") as store:
        yield desk_over(store, settings, data)
