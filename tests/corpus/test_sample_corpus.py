"""The sample corpus: what the issue that asked for it wants, checked on the files themselves."""

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from prepared import MakeSegmenter
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.evaluation.golden import GoldenQuestion, read_golden_questions
from assistant.evaluation.judging import Expected, numbers_in
from assistant.language import fold_text, read_synonyms, sentences
from assistant.reports import Report, read_file
from assistant.resources import corpus_folder
from assistant.store.faq_file import read_faq

CORPUS = corpus_folder()
FILES = sorted((CORPUS / "reports").iterdir())
FORMAT_CHANGE = 2019
SLIPS = {"slip", "pinyin", "traditional", "asr"}
# How many golden questions of a kind there are at least, by tag.
AT_LEAST = {
    "figure": 40,
    "table": 18,
    "comparison": 8,
    "trend": 5,
    "list": 8,
    "contact": 8,
    "metadata": 5,
    "who": 2,
    "what": 2,
    "why": 3,
    "yes-no": 5,
    "two-questions": 5,
    "relative-year": 6,
    "colloquial": 8,
    "faq": 5,
    "urgent": 3,
    "slip": 25,
    "pinyin": 6,
    "traditional": 6,
    "asr": 8,
    "conversation": 40,
    "empty-cell": 2,
    "neighbour": 2,
}
PARTS = ("总体情况", "主动公开", "公开申请", "复议", "存在的主要问题", "其他需要报告的事项")


@cache
def read(path: Path) -> Report:
    return read_file(path, 20 * 1024 * 1024)


def with_tables() -> list[Path]:
    return [path for path in FILES if path.suffix == ".html" and read(path).year >= FORMAT_CHANGE]


def grid(table: LexborNode) -> list[list[str]]:
    """The cells of a table, each repeated over the rows and columns it spans."""
    cells: dict[tuple[int, int], str] = {}
    for row, line in enumerate(table.css("tr")):
        column = 0
        for cell in line.css("td, th"):
            while (row, column) in cells:
                column += 1
            wide, high = (int(cell.attributes.get(name) or 1) for name in ("colspan", "rowspan"))
            text = re.sub(r"\s+", "", cell.text())
            cells |= {(row + down, column + right): text for down in range(high) for right in range(wide)}
            column += wide
    width = max(column for _, column in cells) + 1
    return [[cells.get((row, column), "") for column in range(width)] for row in range(max(cells)[0] + 1)]


def applications(path: Path) -> dict[str, list[int]]:
    """Table three: row label → its seven columns, 自然人 to 总计."""
    tables = [grid(table) for table in LexborHTMLParser(path.read_bytes().decode("utf-8")).css("table")]
    [table] = [each for each in tables if any("本年新收" in cell for row in each for cell in row)]
    rows = {}
    for row in table:
        figures = row[-7:]
        if all(re.fullmatch(r"\d+|/|", cell) for cell in figures):
            rows[" ".join(dict.fromkeys(row[:-7]))] = [int(cell) if cell.isdigit() else 0 for cell in figures]
    return rows


def test_three_bodies_have_six_years_on_both_sides_of_the_change_of_format():
    assert len(FILES) >= 18
    years = defaultdict(set)
    for path in FILES:
        years[read(path).publisher].add(read(path).year)
    long = {publisher: found for publisher, found in years.items() if len(found) >= 6}
    assert len(long) >= 3
    for found in long.values():
        assert min(found) < FORMAT_CHANGE <= max(found)


def test_files_are_as_sites_publish_them():
    """Some pages are GB18030 in fact and by their own word, some reports are plain text."""
    gb = []
    for path in FILES:
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            assert "�" not in data.decode("gb18030")
            assert re.search(rb"charset=[\"']?gb", data, re.IGNORECASE)
            gb.append(path)
    assert 3 <= len(gb) < len(FILES)
    assert Counter(path.suffix for path in FILES)[".txt"] >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_report_is_marked_and_reads_whole(path: Path) -> None:
    report = read(path)
    assert "演示" in report.title
    assert report.publisher
    assert report.index_number
    assert isinstance(report.published, date)
    assert report.year is not None
    assert report.published.year == report.year + 1, "due in the spring after"
    assert str(report.year) in report.title
    assert sum(section.level == 1 for section in report.sections) >= 3
    assert len(report.passages) >= 10
    if report.year >= FORMAT_CHANGE:
        headings = [section.heading for section in report.sections if section.level == 1]
        assert [part in heading for part, heading in zip(PARTS, headings, strict=True)] == [True] * 6


def test_no_two_reports_are_one_template():
    """Sentences of prose, figures blanked out: hardly any stands in two reports of one body."""
    for first in FILES:
        for second in FILES:
            if first < second and read(first).publisher == read(second).publisher:
                texts = [
                    {re.sub(r"\d+", "0", text) for text in re.split("[。；\n]", read(path).text) if len(text) >= 10}
                    for path in (first, second)
                ]
                shared = texts[0] & texts[1]
                prose = {text for text in shared if "，" in text and "自然人" not in text}
                assert len(prose) <= 0.15 * min(map(len, texts)), (first.name, second.name, sorted(prose)[:5])


def test_every_index_number_is_one_reports():
    assert max(Counter(read(path).index_number for path in FILES).values()) == 1


def test_the_new_format_has_tables():
    assert len(with_tables()) >= 9
    assert {read(path).year for path in with_tables()} >= {2019, 2021}


@pytest.mark.parametrize("path", with_tables(), ids=lambda path: path.name)
def test_table_three_balances(path: Path) -> None:
    rows = applications(path)

    def row(label: str) -> list[int]:
        [found] = [figures for key, figures in rows.items() if label in key]
        return found

    came, left_over, done, goes_on = row("本年新收"), row("上年结转"), row("（七）总计"), row("结转下年度")
    results = [figures for key, figures in rows.items() if key.startswith("三、") and "（七）" not in key]
    assert len(results) >= 15
    assert sum(came) > 0
    for column in range(7):
        assert came[column] + left_over[column] == done[column] + goes_on[column], column
        assert sum(figures[column] for figures in results) == done[column], column
    for key, figures in rows.items():
        assert sum(figures[:6]) == figures[6], key


def test_sixty_faq_entries():
    entries = read_faq(CORPUS / "faq.yaml")
    assert len(entries) >= 60
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({fold_text(entry.question) for entry in entries}) == len(entries)
    for entry in entries:
        assert len(entry.answer) >= 10, entry.id
        assert entry.phrasings, entry.id
    assert "演示" in (CORPUS / "faq.yaml").read_text(encoding="utf-8").splitlines()[0]


def golden_questions() -> list[GoldenQuestion]:
    return read_golden_questions(CORPUS / "questions.yaml")


def by_index_number() -> dict[str, Report]:
    return {report.index_number: report for report in map(read, FILES)}


def sentences_of(report: Report) -> list[str]:
    """The sentences of a report, a table's rows among them."""
    return [fold_text(report.text[start:end]) for start, end in sentences(report.text)]


def printed_numbers(text: str) -> set[Decimal]:
    return set(numbers_in(text))


def says(sentence: str, expected: Expected) -> bool:
    """Whether the strings and the number stand in the sentence; a zero may be said in words, 万 may head a column."""
    if not all(fold_text(text) in sentence for text in expected.contains):
        return False
    if expected.value == 0:
        return 0 in printed_numbers(sentence) or bool(re.search("没有|未", sentence))
    return bool({expected.value, expected.value / 10_000} & printed_numbers(sentence))


def metadata_of(report: Report) -> str:
    day = report.published
    return f"{report.index_number} {report.publisher} {report.title} {day.year}年{day.month}月{day.day}日"


def test_there_are_enough_golden_questions_of_each_kind():
    questions = golden_questions()
    tags = Counter(tag for each in questions for tag in each.tags)
    assert len(questions) == len({each.id for each in questions}) == 300
    assert len({each.turns for each in questions}) == 300
    assert sum(each.expected.none for each in questions) >= 60
    assert sum(bool(SLIPS & set(each.tags)) for each in questions) >= 60
    assert sum(len(each.turns) > 1 for each in questions) >= 40
    assert all(("conversation" in each.tags) == (len(each.turns) > 1) for each in questions)
    assert {tag: tags[tag] for tag, least in AT_LEAST.items() if tags[tag] < least} == {}


def test_golden_questions_can_be_answered_from_the_corpus():
    reports = by_index_number()
    faq = {entry.id for entry in read_faq(CORPUS / "faq.yaml")}
    for each in golden_questions():
        expected = each.expected
        if expected.faq:
            assert expected.faq in faq, each.id
        if expected.report:
            assert expected.contains or expected.text, each.id
        for words in expected.contains:
            assert fold_text(words) in fold_text(reports[expected.report].text), (each.id, words)
        named = [reports[number] for number in (expected.report, *expected.reports) if number]
        said = fold_text("\n".join(report.text + metadata_of(report) for report in named))
        # What a comparison comes to (fewer by 1714) stands in no report.
        changes = {str(abs(one - other)) for one in expected.values for other in expected.values}
        for words in expected.text:
            assert fold_text(words) in said or words in changes, (each.id, words)
        for number in expected.values:
            assert number in printed_numbers(said), (each.id, number)


def test_the_number_expected_stands_in_the_sentence_or_row_expected():
    reports = by_index_number()
    valued = [each for each in golden_questions() if each.expected.value is not None]
    assert len(valued) >= 70
    for each in valued:
        assert any(says(text, each.expected) for text in sentences_of(reports[each.expected.report])), each.id


def test_golden_questions_ask_for_every_report_and_are_no_copies():
    questions = golden_questions()
    assert {each.expected.report for each in questions} >= {read(path).index_number for path in FILES}
    asked = {
        fold_text(text)
        for entry in yaml.safe_load((CORPUS / "faq.yaml").read_text(encoding="utf-8"))
        for text in (entry["question"], *entry["phrasings"])
    }
    assert not [each.id for each in questions if fold_text(each.turns[-1]) in asked]


def test_lexicon_and_synonyms_load(make_segmenter: MakeSegmenter, tmp_path: Path) -> None:
    segmenter = make_segmenter(CORPUS / "lexicon.txt", tmp_path)
    assert segmenter.words("青澜市依申请公开") == ["青澜市", "依申请公开"]
    synonyms = read_synonyms(CORPUS / "synonyms.txt")
    assert len(synonyms.groups) >= 50
    assert "年度报告" in synonyms.find("教育局年报")["年报"]
    for group in synonyms.groups:
        assert all(fold_text(word) == word for word in group), "questions are folded before they are compared"
