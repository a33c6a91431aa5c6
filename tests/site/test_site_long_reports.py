"""Reports of any length are shown: half a million characters, however they are laid out."""

import pytest

from assistant.reports import Metadata, compose

SENTENCE = "全年主动公开政府信息二千八百零一条。"
# Without a number: how long reports of numbers may take to be read has tests of its own.
WORDS = "全年主动公开政府信息很多很多条。"
SIZE = 500_000


@pytest.mark.parametrize(
    "line",
    [SENTENCE * 20 + "\n", f"一、标题\n{WORDS}\n", WORDS, "一条。\n"],
    ids=["paragraphs", "headings everywhere", "one endless line", "words everywhere"],
)
def test_half_a_million_characters_are_shown(services, client, line):
    report = compose(Metadata(title="很长的报告", publisher="很长的局", year=2013), line * (SIZE // len(line)))
    services.store.save(report)
    try:
        start = report.text.index("条", SIZE // 2)
        page = client.get(f"/reports/{report.id}?highlight={start}-{start + 1}")
        assert page.status_code == 200
        assert page.text.count("条") >= report.text.count("条")
        assert page.text.count("<mark>条</mark>") == 1
    finally:
        services.store.remove(report.id)
