"""Failures of the database, told in Chinese: the one place where SQLAlchemy's errors are turned into ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assistant.errors import AnanError, BadInput, Busy

_FULL_STATUS = 507  # Insufficient Storage


class StoreError(AnanError):
    """The database cannot be used as it is; somebody has to look after it."""

    status = 503
    code = "store_failed"


# Words of the engines' own messages → code and sentence. SQLite's are those of sqlite3_errstr, the same since 3.0
# (Python 3.10 does not tell the error's name); the last one is libpq's.
_LOCKED = ("database is locked", "database table is locked", "database schema is locked")
_SAYINGS = (
    ("file is not a database", "store_not_database", "{name} 不是数据库文件；请检查是否选错了文件，或从备份恢复"),
    ("malformed", "store_corrupt", "数据库 {name} 已损坏；请停止服务并从备份恢复"),
    ("readonly", "store_readonly", "数据库 {name} 不能写入；请检查文件和文件夹的写权限"),
    ("unable to open", "store_unopenable", "打不开数据库 {name}；请检查文件夹是否存在、是否有读写权限"),
    ("disk i/o error", "store_io", "读写数据库 {name} 时磁盘出错；请检查磁盘空间和磁盘状况后重试"),
    ("connection failed", "store_unreachable", "连不上数据库 {name}；请检查它是否在运行，地址、用户名和密码是否正确"),
)


@contextmanager
def told_in_chinese(name: str) -> Iterator[None]:
    """Raises every database error of the block as an ``AnanError``; ``name`` is what a person calls the database.

    Raises:
        Busy: another program held the database for longer than the time to wait.
        BadInput: a text that no database can keep (half of a surrogate pair).
        StoreError: anything else.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise Busy("数据库连接都在使用中；请稍后再试") from error
    except DBAPIError as error:
        raise _explained(str(error.orig), name) from error
    except sqlite3.Error as error:  # of statements that go past SQLAlchemy
        raise _explained(str(error), name) from error
    except UnicodeEncodeError as error:
        raise BadInput("文字里有无法保存的残缺字符；请检查文件的编码", code="unstorable_text") from error
    except ModuleNotFoundError as error:
        raise StoreError(f"数据库 {name} 需要的驱动 {error.name} 没有安装；请先安装它", code="store_driver") from error
    except ArgumentError as error:
        raise StoreError(f"数据库地址 {name} 不正确；请检查设置 database", code="store_address") from error
    except SQLAlchemyError as error:
        raise _explained(str(error), name) from error


def _explained(detail: str, name: str) -> AnanError:
    lowered = detail.lower()
    if any(words in lowered for words in _LOCKED):
        return Busy("数据库正被另一个程序占用，等待后仍未空出来；请稍后再试")
    if "disk is full" in lowered:
        return StoreError("磁盘已满，这次没有保存；请腾出空间后重试", code="store_full", status=_FULL_STATUS)
    for words, code, sentence in _SAYINGS:
        if words in lowered:
            return StoreError(sentence.format(name=name), code=code)
    return StoreError(f"数据库 {name} 出错：{detail.strip()}")
