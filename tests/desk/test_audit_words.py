"""The audit log in words: nothing in it that only a programmer reads."""

import pytest

from assistant.desk import ACTIONS, details_in_words, subject_in_words, subject_of
from assistant.desk.audit_words import SUBJECTS
from assistant.store import AuditEntry


def told(action, **details):
    return details_in_words(AuditEntry(1, "2026-03-01T00:00:00+00:00", "wang", action, "", details, ""))


@pytest.mark.parametrize(
    ("action", "details", "words"),
    [
        ("faq.published", {"sensitive": {"answer": ["mobile"]}, "reason": ""}, ["敏感信息：答案 手机号"]),
        (
            "report.published",
            {"sensitive": {"mobile": 2}, "corrected": ["year"]},
            ["敏感信息：手机号 2", "更正了：年度"],
        ),
        ("report.corrected", {"year": [None, 2013]}, ["年度：（空） → 2013"]),
        (
            "faq.imported",
            {"new": 30, "ids": list("0123456789abc")},
            ["新增：30", "条目：0、1、2、3、4、5、6、7、8、9 等 13 个"],
        ),
        (
            "token.made",
            {"scopes": ["figures:read"], "expires": "2027-11-30T13:00"},
            ["能做什么：读统计", "到期：2027-11-30"],
        ),
        ("message.assigned", {"stage": "assigned"}, ["状态：已分办"]),
        ("faq.saved", {"fields": ["answer", "publisher"], "version": 2}, ["改了：答案、部门", "第几版：2"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_done_is_told_in_chinese(action, details, words):
    assert action in ACTIONS
    assert told(action, **details) == words


@pytest.mark.parametrize("kind", SUBJECTS)
def test_what_it_was_done_to_can_be_looked_for_as_it_is_read(kind):
    for subject in (kind, f"{kind}:某 一"):
        assert subject_of(subject_in_words(subject)) == subject_of(subject) == subject
