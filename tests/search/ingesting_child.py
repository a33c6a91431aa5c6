"""Ingests a folder of reports and prints each one's id as it is acknowledged; made to be killed at any moment."""

import sys
from pathlib import Path


def acknowledge(result: "Ingested") -> None:
    """One line an acknowledged report."""
    print(result.report_id, flush=True)


if __name__ == "__main__":
    # Here, for the processes that read the files load this module first.
    from assistant.search.files import report_files
    from assistant.search.ingest import Ingested, ingest
    from assistant.services import open_services

    services = open_services(Path(sys.argv[1]))
    print("ready", flush=True)
    ingest(report_files([Path(sys.argv[2])]), services.store, services.indexer, 1_000_000, acknowledge)
    services.close()
    print("done", flush=True)
