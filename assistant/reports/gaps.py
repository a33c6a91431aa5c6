"""What a report does not say about itself and staff should supply."""

from assistant.reports.model import Contact, Report

UNTITLED = "未命名报告"  # the title of a report that has none, not even a file's name


def missing(report: Report) -> tuple[str, ...]:
    """The Chinese labels of what is not known about ``report``, the most wanted first; empty when all is."""
    contact = report.contact
    known = {
        "标题": report.title != UNTITLED,
        "发布机构": bool(report.publisher),
        "年度": report.year is not None,
        "发布日期": report.published is not None,
        "索引号": bool(report.index_number),
        "统计期限": report.period is not None,
        "联系方式": contact != Contact() and bool(contact.phone or contact.email or contact.address),
    }
    return tuple(label for label, is_known in known.items() if not is_known)
