"""Which form a file has, told by its bytes: names are often wrong."""

import io
import zipfile

from assistant.errors import Unreadable

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_PDF_WITHIN = 1024  # bytes; some programs write a few before the mark
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams in an old Office file, as they stand in it.
_OLE_KINDS = (
    ("EncryptedPackage", "文件加了密码，请去掉密码再导入", "encrypted"),
    ("WordDocument", "这是旧版 Word（.doc）文件，请用 Word 或 WPS 另存为 DOCX 或 PDF 再导入", "old_format"),
    ("Workbook", "这是旧版 Excel（.xls）文件，请用 Excel 或 WPS 另存为 XLSX 再导入", "old_format"),
    ("PowerPoint Document", "这是幻灯片，请另存为 PDF 再导入", "old_format"),
)
_PACKAGES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ofd.xml", "ofd"))


def kind_of(data: bytes) -> str:
    """``pdf``, ``docx``, ``xlsx``, ``ofd``, ``picture``, or empty for text, HTML and what is not known.

    Raises:
        Unreadable: a form that is known and cannot be read, with what to do instead.
    """
    if data.startswith(b"PK\x03\x04"):
        return _package_kind(data)
    if data.startswith(_OLE):
        for name, message, code in _OLE_KINDS:
            if name.encode("utf-16-le") in data:
                raise Unreadable(message, code=code)
        raise Unreadable("这是旧版 Office 文件，请另存为 DOCX、XLSX 或 PDF 再导入", code="old_format")
    if data.startswith(b"{\\rtf"):
        raise Unreadable("这是 RTF 文件，请用 Word 或 WPS 另存为 DOCX 或 PDF 再导入", code="old_format")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if _is_picture(data):
        return "picture"
    return ""


def _is_picture(data: bytes) -> bool:
    if data.startswith(b"BM"):  # also how a text may begin: a bitmap tells its own size and has zeros behind it
        return data[6:10] == bytes(4) and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    return data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _package_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable("Word、Excel、OFD 文件或压缩包坏了，或不完整，读不出来", code="broken_file") from error
    for name, kind in _PACKAGES:
        if name in names:
            return kind
    if "mimetype" in names or any(name.startswith("ppt/") for name in names):
        raise Unreadable("这种办公文件不能读，请另存为 DOCX、XLSX 或 PDF 再导入", code="old_format")
    raise Unreadable("这是压缩包，里面不是一份报告", code="binary_file")
