"""Reports: what one is, and reading one from a file of any form."""

from assistant.reports.about import Metadata
from assistant.reports.composing import compose, corrected
from assistant.reports.gaps import missing
from assistant.reports.model import Cell, Contact, Figure, Imbalance, Passage, Report, Section, Table
from assistant.reports.reading import read_bytes, read_file
from assistant.reports.report_words import ReportWords, heading_texts

__all__ = [
    "Cell",
    "Contact",
    "Figure",
    "Imbalance",
    "Metadata",
    "Passage",
    "Report",
    "ReportWords",
    "Section",
    "Table",
    "compose",
    "corrected",
    "heading_texts",
    "missing",
    "read_bytes",
    "read_file",
]
