"""Uploaded files before they are read: what they may be called and be."""

import re
from pathlib import PurePosixPath

from assistant.desk.plain_text import one_line
from assistant.errors import BadInput
from assistant.search.files import REPORT_SUFFIXES

NAME_MOST = 120
_LEAST_BYTES = 1
# A form that names a picture or a document must be one: what calls itself 图.png and is a page is turned away.
_BEGINS = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".ofd": (b"PK\x03\x04",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".bmp": (b"BM",),
    ".webp": (b"RIFF",),
}
_PDF_WITHIN = 1024
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_LOOKED_AT = 4096


def checked_upload(name: str, data: bytes, limit_bytes: int) -> str:
    """The file's name as it is kept and shown: without folders, unseen characters and excess length.

    Raises:
        BadInput: no name, nothing in it, too large, or of a form that is not taken or not what its name says.
    """
    known = file_name(name)
    suffix = PurePosixPath(known).suffix.lower()
    if suffix not in REPORT_SUFFIXES:
        kinds = "、".join(each.lstrip(".") for each in REPORT_SUFFIXES)
        raise BadInput(f"“{known}”不是能读的文件；可以上传的有：{kinds}。", code="bad_upload")
    if len(data) < _LEAST_BYTES:
        raise BadInput(f"“{known}”是空的。", code="bad_upload")
    if len(data) > limit_bytes:
        raise BadInput(f"“{known}”太大：最大 {limit_bytes / 1024 / 1024:g} MB。", code="upload_too_large", status=413)
    if not _is_what_it_says(suffix, data):
        raise BadInput(f"“{known}”的内容与后缀不符，没有收。", code="bad_upload")
    return known


def file_name(name: str) -> str:
    """The last part of a name, on one line, the suffix kept where it must be cut."""
    last = one_line(name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(". ")
    if not last:
        raise BadInput("文件没有名字。", code="bad_upload")
    if len(last) <= NAME_MOST:
        return last
    suffix = PurePosixPath(last).suffix[:10]
    return last[: NAME_MOST - len(suffix)] + suffix


def _is_what_it_says(suffix: str, data: bytes) -> bool:
    head = data[:_LOOKED_AT]
    if suffix == ".pdf":
        return b"%PDF-" in data[:_PDF_WITHIN]
    if suffix in _BEGINS:
        return data.startswith(_BEGINS[suffix])
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    # A drawing is a programme as much as a picture, and no report; in a page it stands beside text.
    return not _SVG.search(head) or bool(_PAGE.search(head))
