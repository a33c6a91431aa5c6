"""The audit log as staff read it: what each action is called, who may be asked for, whether the chain holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from assistant.desk.people import ROLES
from assistant.store import AuditEntry, Store, Verified

# What actions there are, and what people read; the part before the dot is what it is about.
ACTIONS = {
    "person.added": "添加账号",
    "person.changed": "修改账号",
    "person.password": "设置密码",
    "person.totp_on": "开启动态码",
    "person.totp_off": "关闭动态码",
    "session.opened": "登录",
    "session.refused": "登录被拒绝",
    "session.closed_all": "退出所有设备",
    "department.added": "添加部门",
    "department.removed": "删除部门",
    "faq.added": "新建常见问题",
    "faq.saved": "修改常见问题",
    "faq.submitted": "送审常见问题",
    "faq.withdrawn": "撤回送审",
    "faq.sent_back": "退回常见问题",
    "faq.published": "发布常见问题",
    "faq.archived": "归档常见问题",
    "faq.restored": "恢复旧版本",
    "faq.bulk": "批量修改常见问题",
    "faq.imported": "导入常见问题",
    "faq.replaced": "替换全部常见问题",
    "watch_words.changed": "修改敏感词表",
    "message.assigned": "分办留言",
    "message.put_off": "留言延期",
    "message.drafted": "拟答复",
    "message.submitted": "提交答复审核",
    "message.sent_back": "退回答复",
    "message.replied": "发布答复",
    "message.closed": "不答复办结",
    "message.reopened": "重新打开留言",
    "message.faq_drafted": "留言做成常见问题草稿",
    "message.removed": "删除留言",
    "report.uploaded": "上传报告",
    "report.read_again": "重新读取报告",
    "report.corrected": "更正报告信息",
    "report.published": "发布报告",
    "report.withdrawn": "撤下报告",
    "report.removed": "删除报告",
    "words.proposed": "提交词表的改动",
    "words.saved": "修改词表",
    "words.refused": "退回词表的改动",
    "store.backed_up": "备份",
    "store.restored": "从备份恢复",
    "token.made": "发放接口令牌",
    "token.collected": "领取接口令牌",
    "token.revoked": "收回接口令牌",
    "group.drafted": "由市民的问题起草常见问题",
    "group.phrased": "把市民的问法加进常见问题",
    "group.linked": "给市民的问题指定报告段落",
    "group.out_of_scope": "把市民的问题标为不在范围",
    "group.open": "撤销对市民问题的处理",
    "phrasing.accepted": "采纳建议的问法",
    "phrasing.refused": "不采纳建议的问法",
    "compilation.saved": "保存热点问题汇编",
    "compilation.published": "公布热点问题汇编",
    "compilation.withdrawn": "撤下热点问题汇编",
}
# What is told of a change, and how people read it; what is not here stands as it is.
FIELDS = {
    "name": "姓名",
    "role": "角色",
    "department": "部门",
    "active": "在用",
    "reason": "原因",
    "sessions": "登录着的浏览器",
    "scopes": "能做什么",
    "expires": "到期",
    "file": "文件",
    "made": "备份于",
    "acts_for": "代谁办事",
    "through": "经由",
    "alone": "没有别的审核人",
    "sensitive": "敏感信息",
}
_VALUES = {("role", each): word for each, word in ROLES.items()} | {
    ("reason", "password"): "密码不对",
    ("reason", "code"): "动态码不对",
    ("reason", "closed"): "账号已停用",
    ("reason", "unknown"): "没有这个账号",
}
PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted.

    Attributes:
        actor: of this person; empty for everybody.
        action: of ``ACTIONS``, or what stands before the dot; empty for all.
        subject: done to this; empty for anything.
        first: from this day on, by the clock of the server's place.
        last: up to this day.
        before: with a lower sequence, for the next page.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


class Audit:
    """Reads and checks the log; what is done is entered by whoever does it (``store.audit_table.record``)."""

    def __init__(self, store: Store) -> None:
        self._kept = store.audit

    def entries(self, wanted: Wanted, limit: int = PER_PAGE) -> list[AuditEntry]:
        """The newest entries that are wanted, the newest first."""
        return self._kept.entries(
            limit,
            before=wanted.before,
            actor=wanted.actor,
            action=wanted.action,
            subject=wanted.subject,
            since=_start(wanted.first),
            until=_start(wanted.last + timedelta(days=1)) if wanted.last and wanted.last < date.max else "",
        )

    def actors(self) -> list[str]:
        """Everybody who did something."""
        return self._kept.actors()

    def head(self) -> tuple[int, str]:
        """The sequence and the hash of the newest entry: to be noted down elsewhere."""
        return self._kept.head()

    def count(self, action: str, since: datetime) -> int:
        """How many entries of an action there are since then."""
        return self._kept.count(action=action, since=_utc(since))

    def verify(self, head: str = "") -> Verified:
        """Whether every entry follows from the one before; ``head`` was the newest hash once."""
        return self._kept.verify(head.strip().lower())


def action_in_words(action: str) -> str:
    """The action as people read it."""
    return ACTIONS.get(action, action)


def details_in_words(entry: AuditEntry) -> list[str]:
    """The details as people read them, one line for each field; a pair under a ``….changed`` is before and after."""
    lines = []
    for field, value in entry.details.items():
        name = FIELDS.get(field, field)
        if entry.action.endswith(".changed") and isinstance(value, list) and len(value) == 2:
            lines.append(f"{name}：{_value(field, value[0])} → {_value(field, value[1])}")
        else:
            lines.append(f"{name}：{_value(field, value)}")
    return lines


def moment(entry: AuditEntry) -> datetime:
    """When it was, by the clock of the server's place."""
    return datetime.fromisoformat(entry.at).astimezone()


def _start(day: date | None) -> str:
    """The beginning of a day of the server's place, as the log writes times."""
    if day is None or day == date.min:
        return ""
    return _utc(datetime.combine(day, time()).astimezone())


def _utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="microseconds")


def _value(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value in ("", None, []):
        return "（空）"
    if isinstance(value, (list, tuple)):
        return "、".join(_value(field, each) for each in value)
    return _VALUES.get((field, str(value)), str(value))
