"""The one error shape: every refusal carries a code, a Chinese sentence for a person, and an HTTP status."""

import errno

# What the system most often says about a file, in words for a person.
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
}


def os_reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the usual reasons, else in the system's words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class AnanError(Exception):
    """Something a person can be told about.

    Attributes:
        code: stable machine word, e.g. ``question_too_long``.
        message: one Chinese sentence that says what is wrong and, where possible, what to do.
        status: the HTTP status the site answers with.
    """

    status = 400
    code = "bad_request"

    def __init__(self, message: str, *, code: str | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code
        if status is not None:
            self.status = status


class BadInput(AnanError):
    """What was given cannot be used as it is."""


class NotFound(AnanError):
    """What was named does not exist."""

    status = 404
    code = "not_found"


class Unreadable(AnanError):
    """A file that cannot be read as a report."""

    status = 422
    code = "unreadable"


class Busy(AnanError):
    """A part is occupied or resting; trying again later may work."""

    status = 503
    code = "busy"


class SettingsError(AnanError):
    """A setting is unknown or has a value that does not fit."""

    code = "bad_setting"
