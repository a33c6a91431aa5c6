"""Reports: what one is, and reading one from a web page or plain text."""

from assistant.reports.about import Metadata
from assistant.reports.composing import compose
from assistant.reports.model import Passage, Report, Section
from assistant.reports.reading import read_bytes, read_file

__all__ = ["Metadata", "Passage", "Report", "Section", "compose", "read_bytes", "read_file"]
