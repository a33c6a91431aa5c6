"""A report's table is a table of its page; what the reader says and what an address marks is found in it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from report_samples import COLUMNS, ROWS, plain_table, requests_table, table_report, value

from assistant.reports.model import Cell, Figure, Passage, Section, Table
from assistant.site.page_table import TableBlock
from assistant.site.page_text import blocks

REPORT = table_report()


def made(mark=None, report=REPORT):
    return list(blocks(report.text, report.sections, report.passages, mark, report.tables, report.figures))


def tables_of(page):
    return [block for block in page if isinstance(block, TableBlock)]


def words(cell):
    return "".join(piece.text for piece in cell.pieces)


def marked(page):
    runs = [run.pieces for block in page if not isinstance(block, TableBlock) for run in block.runs]
    for table in tables_of(page):
        runs += [table.caption, *(cell.pieces for row in table.rows for cell in row.cells)]
    return [piece.text for run in runs for piece in run if piece.marked]


def span_of(row, column):
    return next(cell.span for cell in REPORT.tables[0].cells if (cell.row, cell.column) == (row, column))


def test_every_cell_stands_in_its_row_and_nothing_of_the_sentences_is_left():
    page = made()
    first = tables_of(page)[0]
    assert [[words(cell) for cell in row.cells][-len(COLUMNS) :] for row in first.rows[3:]] == [
        [value(row, column) for column in range(len(COLUMNS))] for row in range(len(ROWS))
    ]
    shown = "".join(piece.text for block in page if block.tag != "table" for run in block.runs for piece in run.pieces)
    assert "自然人" not in shown
    assert "总计" not in shown
    assert shown.startswith("一、总体情况全年主动公开")
    assert shown.endswith("联系地址：演示市文苑路3号。")


def test_headers_say_what_they_name():
    rows = tables_of(made())[0].rows
    assert [cell.scope for cell in rows[0].cells] == ["colgroup", "colgroup"]
    assert [cell.scope for cell in rows[2].cells] == ["col"] * 5
    assert [cell.scope for cell in rows[7].cells[:3]] == ["rowgroup", "row", ""]
    assert [(cell.rowspan, cell.colspan) for cell in rows[5].cells[:2]] == [(8, 1), (1, 2)]
    assert [cell.names_row for cell in rows[7].cells[:2]] == [False, True]


def test_a_caption_in_the_sentences_is_shown_once_and_a_row_without_a_value_stays():
    other = tables_of(made())[1]
    assert "".join(piece.text for piece in other.caption) == "附表：机构情况"
    assert other.caption_run == (other_start := REPORT.tables[1].start, other_start + len("附表：机构情况"))
    assert [[words(cell) for cell in row.cells] for row in other.rows] == [
        ["项目", "数量"], ["专职人员", "12"], ["兼职人员", ""], ["<i>培训</i>次数", "7"],
    ]  # fmt: skip
    assert other.recognised


def test_a_caption_right_above_the_table_is_not_shown_twice():
    text, table = plain_table("表一\n", "", [("甲", "1"), ("乙", "2")], "t1")
    text = text.replace("表一\n\n", "表一\n")
    table = replace(table, caption="表一")
    assert tables_of(blocks(text, [], [], None, [table]))[0].caption_above


def test_a_mark_on_a_value_marks_its_cell_alone():
    assert marked(made(span_of(8, 8))) == [value(5, 5)]


def test_a_mark_on_a_sentence_marks_its_row():
    line = REPORT.text.index("四、结转下年度继续办理")
    assert marked(made((line, REPORT.text.index("\n", line)))) == [
        "四、结转下年度继续办理", *(value(10, column) for column in range(7)),
    ]  # fmt: skip


def test_a_mark_on_words_that_the_table_does_not_show_marks_the_row():
    start, _ = span_of(3, 3)
    assert marked(made((start - 2, start - 1))) == [ROWS[0][0], *(value(0, column) for column in range(7))]


def test_every_anchor_and_every_figure_is_there_once():
    anchors = all_anchors(made())
    wanted = [item.anchor for item in (*REPORT.passages, *REPORT.sections) if item.anchor != "s0"]
    wanted += [f"f{number}" for number in range(1, len(REPORT.figures) + 1)]
    assert sorted(anchors) == sorted(wanted)


def test_a_row_whose_words_are_not_in_the_text_is_found_as_a_whole():
    text = "甲 乙：（空）。"
    cells = (Cell("甲  乙", 0, 0, header=True), Cell("", 0, 1), Cell("乙", 1, 0, header=True), Cell("", 1, 1))
    table = Table("", "", "", 2, 2, cells, 0, len(text), "t1")
    rows = tables_of(blocks(text, [], [], (0, 3), [table]))[0].rows
    assert [row.run for row in rows] == [None, None]  # 乙 stands in the text, so its own words are the run
    assert rows[1].cells[0].run == (2, 3)


def test_a_line_that_no_row_tells_is_a_paragraph():
    text = "说明文字。\n甲：1。"
    cells = (Cell("甲", 0, 0, header=True), Cell("1", 0, 1, span=(8, 9)))
    page = list(blocks(text, [], [], None, [Table("", "", "", 1, 2, cells, 0, len(text), "t1")]))
    assert [block.tag for block in page] == ["p", "table"]
    assert text[page[0].runs[0].start : page[0].runs[0].end] == "说明文字。"


def all_anchors(page):
    found = []
    for block in page:
        if isinstance(block, TableBlock):
            found += [*block.caption_anchors, *(anchor for piece in block.caption for anchor in piece.anchors)]
            for row in block.rows:
                found += [
                    *row.anchors,
                    *(anchor for cell in row.cells for piece in cell.pieces for anchor in piece.anchors),
                ]
        else:
            found += [block.anchor] if block.anchor else []
            for run in block.runs:
                found += [anchor for anchor in (run.anchor, run.heading_anchor) if anchor]
                found += [anchor for piece in run.pieces for anchor in piece.anchors]
    return found


@st.composite
def reports(draw):
    """Text around and between tables whose names and values may hold anything, connectors and markup included."""
    word = st.text(alphabet="甲乙1/，（）：。 <&😀", max_size=6).map(str.strip)
    text, tables = draw(st.sampled_from(["", "前文。\n", "表\n"])), []
    for number in range(draw(st.integers(0, 2))):
        rows = draw(st.lists(st.tuples(word, word), min_size=1, max_size=5))
        text, table = plain_table(text, draw(word), rows, f"t{number}")
        tables.append(table)
        text += draw(st.sampled_from(["", "文字。\n", "\n"]))
    at = st.integers(0, len(text))
    cuts = sorted(draw(st.sets(at, max_size=8)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip() == text[a:b] != ""]
    passages = [Passage(text[a:b], a, b, 0, f"p{number}") for number, (a, b) in enumerate(spans)]
    starts = sorted(draw(st.sets(st.sampled_from([i for i, c in enumerate(text) if c.strip()] or [0]), max_size=6)))
    figures = [Figure("count", "", (a, a + 1), None, "", "", "", "", None, None) for a in starts if text]
    mark = draw(st.none() | st.tuples(at, at))
    return text, passages, tables, figures, mark


@given(reports())
def test_the_page_holds_every_word_at_its_place_and_every_anchor(report):
    text, passages, tables, figures, mark = report
    sections = [Section("", 0, (), 0, len(text), "s0")]
    page = list(blocks(text, sections, passages, mark, tables, figures))
    covered = set()
    for block in page:
        if isinstance(block, TableBlock):
            runs = [(cell.run, words(cell)) for row in block.rows for cell in row.cells if cell.run]
            if block.caption_run:
                runs.append((block.caption_run, "".join(piece.text for piece in block.caption)))
        else:
            runs = [((run.start, run.end), "".join(piece.text for piece in run.pieces)) for run in block.runs]
        for (start, end), shown in runs:
            assert shown == text[start:end]
            assert covered.isdisjoint(range(start, end))
            covered |= set(range(start, end))
    in_tables = {at for table in tables for at in range(table.start, table.end)}
    values = {at for table in tables for cell in table.cells if cell.span for at in range(*cell.span)}
    assert values <= covered
    assert {at for at, char in enumerate(text) if char.strip()} - in_tables <= covered
    anchors = all_anchors(page)
    assert sorted(anchors) == sorted(
        [*(item.anchor for item in passages), *(f"f{number + 1}" for number in range(len(figures)))]
    )


def test_a_table_that_is_not_where_it_says_leaves_its_sentences():
    text, table = requests_table("前文。\n")
    assert not tables_of(blocks(text, [], [], None, [replace(table, end=len(text) + 9)]))
