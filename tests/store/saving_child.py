"""What processes do that are made to be killed: save reports and tell of each save that was acknowledged."""

import resource

import alembic.command  # noqa: F401  loaded once for all, so that a kill finds the tables being made
from store_samples import make_report

from assistant.errors import AnanError
from assistant.store import Store


def save_and_tell(path, first, count, passages, versions, version, told):
    """Saves ``count`` reports again and again; ``(number, version)`` for each save.

    Args:
        path: of the database.
        first: the first report's number.
        count: how many reports.
        passages: of each report.
        versions: how often all are saved; 0 until it is killed.
        version: the first one.
        told: gets ``"opening"`` and then the saves.
    """
    told.send("opening")
    with Store.open(path) as store:
        last = version + versions
        while not versions or version < last:
            for number in range(first, first + count):
                store.save(make_report(number, version, passages=passages))
                told.send((number, version))
            version += 1


def open_and_tell(path, most_bytes, told):
    """Opens a store where no file may become larger than so; tells the code of the refusal."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        Store.open(path)
    except AnanError as error:
        told.send(error.code)
