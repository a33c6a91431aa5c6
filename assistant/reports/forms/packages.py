"""Zip packages of XML (DOCX, XLSX, OFD): what is checked before a parser may open one."""

import io
import re
import zipfile
import zlib

from assistant.errors import Unreadable

MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # ten times the largest file taken; real ones unpack to under 50 MB
MAX_XML_BYTES = 64 * 1024 * 1024  # of one XML part: parsed, it takes some ten times that in memory
MAX_PARTS = 20_000
_XML = (".xml", ".rels")
_CHUNK = 1024 * 1024
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16, in which the words above would not be seen
BROKEN = "文件坏了或不完整，读不出来"


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package in ``data``, its parts counted and its XML looked at.

    Raises:
        Unreadable: broken, encrypted, too large unpacked, or with XML that declares entities, which can be made to
            swell without end and which no office program writes.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise Unreadable(f"文件解开后太大：最多 {MAX_UNPACKED_BYTES // 1024 // 1024} MB", code="too_large")
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("文件加了密码，请去掉密码再导入", code="encrypted")
        for part in parts:
            if part.filename.lower().endswith(_XML):
                _check_xml(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(BROKEN, code="broken_file") from error
    return package


def _check_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > MAX_XML_BYTES:
        raise Unreadable(f"文件里的内容太多：一部分最多 {MAX_XML_BYTES // 1024 // 1024} MB", code="too_large")
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            wide = not before and chunk.startswith(_WIDE_MARKS)
            window = before[-16:] + chunk
            if _FORBIDDEN.search(window.replace(b"\x00", b"") if wide or b"\x00" in window else window):
                raise Unreadable("文件里有不允许的 XML 声明，没有读入", code="broken_file")
            before = chunk
