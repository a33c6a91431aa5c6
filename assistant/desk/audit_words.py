"""What stands in the audit log, in the words that staff read: actions, what they were done to, what is told of them."""

from typing import Any

from assistant.desk import faq_fields
from assistant.desk.handling import STAGES
from assistant.desk.people import ROLES
from assistant.desk.sensitive import SENSITIVE_KINDS
from assistant.desk.tokens import SCOPES
from assistant.store import AuditEntry

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
# What an action was done to: the part of its subject before the colon.
SUBJECTS = {
    "person": "账号",
    "department": "部门",
    "faq": "常见问题",
    "watch_words": "敏感词表",
    "message": "留言",
    "filing": "报告",
    "words": "词表",
    "store": "全部数据",
    "token": "接口令牌",
    "group": "市民的问题",
    "compilation": "热点问题汇编",
}
# What was decided about what citizens ask.
GROUP_STATES = {
    "open": "未处理",
    "drafted": "已起草",
    "phrased": "已加问法",
    "linked": "已指定段落",
    "out_of_scope": "不在范围",
}
# What is told of a change, and how people read it; what is not here stands as it is.
FIELDS = faq_fields.FIELDS | {
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
    "version": "第几版",
    "from": "恢复自第几版",
    "fields": "改了",
    "worse": "变差的标准问题",
    "together": "一起发布的条数",
    "archive": "归档",
    "ids": "条目",
    "new": "新增",
    "added": "新增",
    "changed": "改动",
    "same": "相同",
    "refused": "不收",
    "removed": "删除",
    "remark": "意见",
    "note": "说明",
    "before": "原来",
    "state": "处理",
    "entry_id": "常见问题",
    "faq": "常见问题",
    "report_id": "报告",
    "report": "报告",
    "phrasing": "问法",
    "title": "标题",
    "publisher": "发布机构",
    "year": "年度",
    "index_number": "索引号",
    "published": "发布日期",
    "corrected": "更正了",
    "replaces": "替换",
    "author": "提交的人",
    "drafted_by": "拟稿的人",
    "characters": "字数",
    "due": "期限",
    "stage": "状态",
}
_VALUES = (
    {("role", each): word for each, word in ROLES.items()}
    | {("scopes", each): word for each, word in SCOPES.items()}
    | {("stage", each): word for each, word in STAGES.items()}
    | {("sensitive", each): word for each, word in SENSITIVE_KINDS.items()}
    | {("fields", each): word for each, word in faq_fields.FIELDS.items()}
    | {("corrected", each): word for each, word in FIELDS.items()}
    | {(field, each): word for field in ("before", "state") for each, word in GROUP_STATES.items()}
    | {
        ("reason", "password"): "密码不对",
        ("reason", "code"): "动态码不对",
        ("reason", "closed"): "账号已停用",
        ("reason", "unknown"): "没有这个账号",
    }
)
# The pair of a field is what it was and what it is.
_TOLD_AS_PAIRS = frozenset({"person.changed", "report.corrected"})
_NOTHING: tuple[Any, ...] = ("", None, [], {})
# Of an import of thousands of entries, so many are named.
_NAMED_MOST = 10


def action_in_words(action: str) -> str:
    """The action as people read it."""
    return ACTIONS.get(action, action)


def details_in_words(entry: AuditEntry) -> list[str]:
    """The details as people read them, one line for each field; a change is told as before and after."""
    lines = []
    for field, value in entry.details.items():
        name = FIELDS.get(field, field)
        if entry.action in _TOLD_AS_PAIRS and isinstance(value, list) and len(value) == 2:
            lines.append(f"{name}：{_value(field, value[0])} → {_value(field, value[1])}")
        elif value not in _NOTHING:
            lines.append(f"{name}：{_value(field, value)}")
    return lines


def subject_in_words(subject: str) -> str:
    """What something was done to, as people read it: ``person:wang`` is 账号 wang."""
    kind, _, name = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {name}".strip()


def subject_of(words: str) -> str:
    """The subject that somebody means who writes it as ``subject_in_words`` does, or as it stands in the log."""
    called, _, name = words.strip().partition(" ")
    kind = next((kind for kind, word in SUBJECTS.items() if word == called), "")
    return ":".join(filter(None, (kind, name.strip()))) if kind else words.strip()


def _value(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value in _NOTHING:
        return "（空）"
    if isinstance(value, dict):  # what is sensitive: in which field, or how often which kind
        return "；".join(f"{_called(each)} {_value(field, told)}" for each, told in value.items())
    if isinstance(value, (list, tuple)):
        more = f" 等 {len(value)} 个" if len(value) > _NAMED_MOST else ""
        return "、".join(_value(field, each) for each in value[:_NAMED_MOST]) + more
    if field == "expires":
        return str(value)[: len("2026-03-01")]
    return _VALUES.get((field, str(value)), str(value))


def _called(name: str) -> str:
    return SENSITIVE_KINDS.get(name) or FIELDS.get(name, name)
