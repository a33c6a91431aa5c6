"""Reports made directly, of any size, so that a version's whole content follows from its number and version."""

import hashlib
from datetime import date
from pathlib import Path

from assistant.reports.model import Passage, Report, Section


def make_report(number=1, version=1, *, passages=6, identity=None, **changes):
    """Report ``number`` in its ``version``: two sections, ``passages`` passages that all name the version."""
    identity = identity or f"索引号-{number}"
    heading = f"一、第{number}号报告的总体情况"
    lines = [
        f"第{number}号报告第{version}版第{place}段：公开政府信息{number * 100 + place}条。" for place in range(passages)
    ]
    text = "\n".join([f"第{number}号报告导语。", heading, *lines])
    start = text.index(heading)
    sections = (
        Section("", 0, (), 0, start, "s0"),
        Section(heading, 1, (heading,), start, len(text), "s1"),
    )
    made = []
    at = start + len(heading) + 1
    for place, line in enumerate(lines):
        made.append(Passage(line, at, at + len(line), 1, f"p{place}"))
        at += len(line) + 1
    fields = {
        "id": hashlib.sha256(identity.encode()).hexdigest()[:12],
        "identity": identity,
        "title": f"第{number}号年度报告（第{version}版）",
        "publisher": "演示市公安局",
        "index_number": f"演示-{number}",
        "published": date(2016, 3, 9),
        "year": 2015,
        "summary": "内容概述",
        "url": f"https://example.gov.cn/{number}.html",
        "text": text,
        "sections": sections,
        "passages": tuple(made),
        **changes,
    }
    content = hashlib.sha256(repr(sorted(fields.items(), key=lambda item: item[0])).encode()).hexdigest()
    return Report(content_hash=content, **fields)


def is_whole(stored, report):
    """Whether the stored report is ``report``, every part of it."""
    return (
        stored.summary.content_hash == report.content_hash
        and stored.summary.title == report.title
        and stored.summary.passage_count == len(report.passages)
        and stored.text == report.text
        and stored.sections == report.sections
        and [(p.text, p.start, p.end, p.anchor, p.ordinal, p.section) for p in stored.passages]
        == [(p.text, p.start, p.end, p.anchor, place, p.section) for place, p in enumerate(report.passages)]
        and all(p.section_path == report.sections[p.section].path for p in stored.passages)
    )


def make_tables_of(path: Path, revision: str) -> None:
    """An empty SQLite store with the tables of an earlier revision."""
    from alembic import command
    from alembic.config import Config

    from assistant.store.database import Database
    from assistant.store.migrate import MIGRATIONS

    database = Database(path)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.migrate() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    database.close()
