"""安安: answers questions about the reports that public bodies publish, and reads them aloud."""

__version__ = "0.1.0"
