"""Reports: what one is, and reading one from a file of any form."""

from assistant.reports.about import Metadata
from assistant.reports.composing import compose, corrected
from assistant.reports.gaps import missing
from assistant.reports.model import Cell, Contact, Figure, Imbalance, Passage, Report, Section, Table
from assistant.reports.reading import read_bytes, read_file

__all__ = [
    "Cell",
    "Contact",
    "Figure",
    "Imbalance",
    "Metadata",
    "Passage",
    "Report",
    "Section",
    "Table",
    "compose",
    "corrected",
    "missing",
    "read_bytes",
    "read_file",
]
