"""From bytes to text: UTF-8 or GB18030 (which contains GB2312 and GBK), read rightly or refused.

A page's own word about its encoding is a hint only, since pages are often mislabelled; what the bytes can be decides.
"""

import codecs
import re

from assistant.errors import Unreadable
from assistant.language import fold_text

_READ = "能读的有网页、PDF、DOCX、XLSX、OFD、Markdown、纯文本和图片"
# Files that are no text and of no form that is read, by their first bytes.
_KINDS = (
    (b"PK\x05\x06", "空的压缩包"),
    (b"RIFF", "声音或视频"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x7fELF", "程序文件"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_DECLARATION_WITHIN = 4096  # bytes; HTML asks for it in the first 1024, real pages put comments before
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A page with a character cut in two by its own system (a shortened headline in a side bar) is still readable: one bad
# character in a thousand is let through here, and a report whose own words hold one is refused later.
_BAD_SHARE = 0.001
_BAD_ALWAYS = 3
# Real prose is made of the 3,755 everyday characters to 98 in 100; bytes read in the wrong encoding give under 60.
_COMMON_SHARE = 0.8
_SAMPLE = 20_000  # characters looked at for that, so that its cost does not grow with the file
_REFUSED = "看不出文件的文字编码，为免出现乱码没有读入；请另存为 UTF-8 或 GB18030 再试"


def decode(data: bytes) -> str:
    """The text of ``data``.

    Raises:
        Unreadable: empty, not a text file, or in no encoding that gives sensible text.
    """
    if not data.strip():
        raise Unreadable("文件是空的", code="empty_file")
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise Unreadable(f"这是{kind}，不能读取；{_READ}", code="binary_file")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\x00" in data:
        raise Unreadable(f"这是二进制文件，不能读取；{_READ}", code="binary_file")
    for encoding in _candidates(data):
        text = data.decode(encoding, errors="replace")
        bad = text.count("\ufffd")
        if bad <= max(_BAD_ALWAYS, _BAD_SHARE * len(text)) and (encoding == "utf-8" or _plausible(text)):
            return text
    raise Unreadable(_REFUSED, code="bad_encoding")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_REFUSED, code="bad_encoding") from error


def _candidates(data: bytes) -> tuple[str, str]:
    """UTF-8 first, for bytes that are valid UTF-8 hardly ever are anything else; except short GB text that happens to
    be valid UTF-8 without one Chinese character, on a page that says it is GB."""
    declared = _DECLARED.search(data[:_DECLARATION_WITHIN])
    if declared and declared[1].lower().startswith((b"gb", b"x-gbk", b"cp936")):
        as_utf8 = data.decode("utf-8", errors="replace")
        if not _HAN.search(as_utf8):
            return "gb18030", "utf-8"
    return "utf-8", "gb18030"


def _plausible(text: str) -> bool:
    """Whether the Chinese in ``text`` is made of everyday characters."""
    han = _HAN.findall(fold_text("".join(_HAN.findall(text)[:_SAMPLE])))
    common = sum(1 for char in han if char.encode("gb2312", errors="replace")[0] in range(0xB0, 0xD8))
    return common >= _COMMON_SHARE * len(han)
