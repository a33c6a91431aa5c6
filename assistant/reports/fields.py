"""The 索引号, 发布日期, 来源 … lines that a page prints about itself, and what is read from them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

# Stands in a line where markup ended or began, so that a label may end where its cell, span or bold print ends.
BOUNDARY = "\x1f"

# Label groups, most telling first. A date of issue is taken only where no date of publishing stands.
INDEX = ("索引号码", "索引号", "信息索引号", "索引编号")
PUBLISHED = ("发布日期", "发布时间", "公开日期", "公开时间", "日期", "时间")
ISSUED = ("发文日期", "印发日期", "成文日期", "生成日期", "生成时间")
BODY = ("发布机构", "发布机关", "发布单位", "发文机关", "发文单位", "制发机关", "公开机构", "公开主体")
SOURCE = ("信息来源", "文章来源", "稿件来源", "内容来源", "来源")
SUMMARY = ("内容概述", "内容摘要", "内容简介", "摘要")
TITLE = ("信息名称", "文件名称", "名称", "标题")
_OTHER = (
    "公开责任部门 责任部门 公开目录 公开形式 公开方式 公开范围 公开时限 公开程序 文号 发文字号 文件编号 "
    "主题词 关键词 主题分类 体裁分类 体裁 服务对象 分类 信息分类 信息类别 组配分类 所属类别 所属栏目 栏目 "
    "效力状态 有效性 有效期 生效日期 失效日期 废止日期 作者 责任编辑 编辑 审核 审核人 录入 浏览次数 浏览量 "
    "浏览 点击次数 点击数 点击量 点击 阅读次数 阅读量 阅读 访问次数 访问量 人气 字号 字体 语种 载体 "
    "媒体类型 文件格式 记录形式 更新时间 更新日期 视力保护色 保护视力色 分享 分享到"
).split()
# The labels whose value is wanted.
WANTED = {*INDEX, *PUBLISHED, *ISSUED, *BODY, *SOURCE, *SUMMARY, *TITLE}
_LABELS = {*WANTED, *_OTHER}

_PAD = rf"[\s{BOUNDARY}]*"
_NAMES = "|".join(_PAD.join(label) for label in sorted(_LABELS, key=len, reverse=True))
_OPENERS = "【\\[（(｜|；;，,"
# A label with a colon may stand anywhere but inside a word; without one it needs space or markup on both sides.
_LABEL = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[{BOUNDARY}]))(?:(?P<marked>{_NAMES})[】\]]?{_PAD}[:：]"
    rf"|(?:^|(?<=[\s{BOUNDARY}{_OPENERS}]))(?P<bare>{_NAMES})[】\]]?(?=[\s{BOUNDARY}]|$))"
    # ... or right behind another field's value, if the label is too long to be part of it by chance.
    rf"|(?P<glued>{'|'.join(_PAD.join(label) for label in sorted(_LABELS, key=len, reverse=True) if len(label) > 2)})"
    rf"{_PAD}[:：]"
)
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_EDGES = f" \t\u3000\xa0{BOUNDARY}:：|｜【】[]"
MAX_FIELD_LINE = 600  # characters; a longer line is prose
_NOBODY = {"本站", "本网", "本网站", "网站", "本站原创", "原创", "未知", "互联网", "网络", "管理员", "admin", "佚名"}


def squeeze(text: str) -> str:
    """``text`` without whitespace and boundaries, full width folded: for comparing what people space differently."""
    return "".join(unicodedata.normalize("NFKC", text).replace(BOUNDARY, "").split())


def is_label(text: str) -> bool:
    """Whether ``text`` is a label and nothing else, e.g. ``索 引 号：``."""
    return squeeze(text).strip(":[]【】") in _LABELS


def read_fields(line: str) -> list[tuple[str, str]]:
    """The labels of a line with their values, in order; empty when the line is not made of such fields.

    ``line`` may hold ``BOUNDARY``. A line counts when it begins with a label, or with a date before one.
    """
    if len(line) > MAX_FIELD_LINE:
        return []
    matches = list(_LABEL.finditer(line))
    if not matches:
        return []
    before = line[: matches[0].start()].strip(_EDGES + "（(")
    fields: list[tuple[str, str]] = []
    if before:
        dated = _DATE.match(before)
        if not dated or len(before) - dated.end() > 12:
            return []
        fields.append(("时间", before))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = line[match.end() : following.start() if following else len(line)]
        name = squeeze(match["marked"] or match["bare"] or match["glued"])
        fields.append((name, " ".join(value.replace(BOUNDARY, " ").strip(_EDGES).split())))
    return fields


def first_value(fields: Iterable[tuple[str, str]], names: Iterable[str]) -> str:
    """The first non-empty value under the first of ``names`` that has one; empty when none has."""
    known = list(fields)
    return next((value for name in names for label, value in known if label == name and value), "")


def read_date(text: str) -> date | None:
    """The first date in ``text`` (2016-03-09, 2016/3/9, 2016年3月9日); None without one or when no such day exists."""
    match = _DATE.search(unicodedata.normalize("NFKC", text))
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def named_body(text: str) -> str:
    """``text`` if it can be the name of a body; empty for 本站, 原创 and other words that name nobody."""
    name = text.strip()
    return "" if squeeze(name).lower() in _NOBODY or len(name) > 60 else name
