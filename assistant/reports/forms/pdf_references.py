"""References of a PDF that go in a ring: pdfminer follows them for ever.

Object 2 that says no more than "see object 2" ends a reading never. pdfminer follows references in many places, all of
them by ``PDFObjRef.resolve``, so that is where a ring is broken.
"""

from typing import Any

from pdfminer.pdftypes import PDFObjRef

# References followed one after the other; writers of PDF use one, a repaired file perhaps two.
MAX_REFERENCES = 16
_resolve_once = PDFObjRef.resolve


def _resolve(self: PDFObjRef, default: object = None) -> Any:
    """What the reference means in the end; ``default`` when that is nothing but further references."""
    found = _resolve_once(self, default)
    for _ in range(MAX_REFERENCES):
        if not isinstance(found, PDFObjRef):
            return found
        found = _resolve_once(found, default)
    return default


def break_rings() -> None:
    """Have pdfminer follow no reference for ever, from now on in this process."""
    PDFObjRef.resolve = _resolve  # type: ignore[method-assign]
