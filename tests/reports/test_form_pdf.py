"""PDF as bodies publish it: tables over pages, running heads and page numbers, boxes, wrapped lines."""

from pathlib import Path

import docx
import pytest
import sample_files
import table_three
from docx.shared import Pt
from made_files import full_grid
from sample_files import squeezed

from assistant.reports.forms.blocks import Paragraph, TableBlock
from assistant.reports.forms.breaks import joined
from assistant.reports.forms.docx import read_docx
from assistant.reports.forms.layout import PlacedCell, PlacedTable
from assistant.reports.forms.pdf import read_pdf
from assistant.reports.forms.positioned import as_typed
from assistant.reports.tables import RawCell

# Lines before the table (so that the page ends at ever other rows, some of them cut), header repeated, text centred.
BREAKS = [
    (3, False, True),
    (8, True, True),
    (13, False, False),
    (19, True, False),
    (24, False, True),
    (31, False, True),
]
PROSE = (
    "全年主动公开政府信息{}条，其中通过门户网站公开的占九成以上，其余通过新媒体和政务服务大厅公开，群众可以随时查阅。"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    if sample_files.SOFFICE is None:
        pytest.skip("LibreOffice (soffice), which makes these files, is not installed")
    folder = tmp_path_factory.mktemp("pdf")
    words = []
    for lines, repeated, centred in BREAKS:
        words.append(folder / f"break{lines}.docx")
        table_three.write(words[-1], lines, repeated, centred)
    words.append(folder / "prose.docx")
    _write_prose(words[-1])
    pdfs = sample_files.office(words, "pdf", folder)
    return {word.stem: (word, pdf) for word, pdf in zip(words, pdfs, strict=True)}


def _write_prose(path: Path) -> None:
    """Three pages of indented paragraphs, a boxed one among them, under a title of two lines."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "某市某局 2023年度报告"
    table_three._page_number(section.footer.paragraphs[0])
    for text in ("某市某局", "2023年政府信息公开工作年度报告"):
        paragraph = document.add_paragraph()
        paragraph.alignment = 1
        paragraph.add_run(text).font.size = Pt(22)
    document.add_paragraph("一、总体情况")
    for number in range(40):
        document.add_paragraph(PROSE.format(1000 + number) * 2).paragraph_format.first_line_indent = Pt(22)
    box = document.add_table(1, 1, style="Table Grid").cell(0, 0)
    box.text = "提示：本报告的电子版可以在门户网站下载，也可以到政务服务大厅领取纸质版。"
    box.add_paragraph("联系电话：0915-0000000。")
    document.save(str(path))


@pytest.mark.parametrize("lines", [lines for lines, _, _ in BREAKS])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_table_three_over_two_pages(lines: int, form: str, made: dict[str, tuple[Path, Path]]) -> None:
    word, pdf = made[f"break{lines}"]
    blocks = read_docx(word.read_bytes()) if form == "docx" else read_pdf(pdf.read_bytes())
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    assert len(tables) == 1
    got, want = full_grid(tables[0]), [[squeezed(text) for text in row] for row in table_three.grid()]
    assert [row[3:] for row in got[table_three.HEADER :]] == table_three.values()
    assert got == want
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert texts[lines:] == [
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "没有发生。",
    ]


def test_paragraphs_over_lines_and_pages(made: dict[str, tuple[Path, Path]]) -> None:
    blocks = read_pdf(made["prose"][1].read_bytes())
    assert not [block for block in blocks if isinstance(block, TableBlock)]
    title, heading, *rest = blocks
    assert (title.text, title.title) == ("某市某局2023年政府信息公开工作年度报告", True)
    assert heading.text == "一、总体情况"
    assert [block.text for block in rest[:40]] == [PROSE.format(1000 + number) * 2 for number in range(40)]
    assert [block.text for block in rest[40:]] == [
        "提示：本报告的电子版可以在门户网站下载，也可以到政务服务大厅领取纸质版。",
        "联系电话：0915-0000000。",
    ]


def _table(rows: list[list[str]], xs: tuple[float, ...] = (0, 100, 200, 300)) -> PlacedTable:
    cells = tuple(PlacedCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return PlacedTable(xs, len(rows), cells, 0, 100)


@pytest.mark.parametrize(
    ("above", "below", "want"),
    [
        ([["行政许", "12", "3"]], [["可", "", ""], ["处罚", "4", "5"]], [["行政许可", "12", "3"], ["处罚", "4", "5"]]),
        ([["行政许", "", ""]], [["可", "12", "3"]], [["行政许可", "12", "3"]]),
        ([["项目", "数量", "比重"], ["许可", "1", "2"]], [["项目", "数量", "比重"], ["处罚", "3", "4"]],
         [["项目", "数量", "比重"], ["许可", "1", "2"], ["处罚", "3", "4"]]),
        ([["许可", "1", ""]], [["处罚", "", "2"]], [["许可", "1", ""], ["处罚", "", "2"]]),
        ([["许可", "1", "2"]], [["", "", ""], ["处罚", "3", "4"]], [["许可", "1", "2"], ["处罚", "3", "4"]]),
    ],
)  # fmt: skip
def test_parts_of_a_table(above: list[list[str]], below: list[list[str]], want: list[list[str]]) -> None:
    whole = joined(_table(above), _table(below))
    assert whole is not None
    rows: list[list[RawCell]] = [[] for _ in range(whole.rows)]
    for cell in whole.cells:
        rows[cell.row].append(RawCell(cell.text, rowspan=cell.rowspan, colspan=cell.colspan))
    assert full_grid(TableBlock(tuple(map(tuple, rows)))) == want


def test_two_tables_stay_two() -> None:
    assert joined(_table([["甲", "1", "2"]]), _table([["乙", "1", "2"]], (0, 60, 200, 300))) is None
    assert joined(_table([["甲", "1", "2"]]), _table([["乙", "1", "2"]], (50, 100, 200, 300))) is None


def test_look_alikes_are_read_as_what_was_typed() -> None:
    """Browsers and WPS give many characters as the radicals that they look like."""
    assert as_typed("⻘澜市⼈⺠政府，家⻓〈⽤⼾〉⻋管Ａ1") == "青澜市人民政府，家长〈用户〉车管Ａ1"
    assert as_typed("\u2329\uf9dd\u232a") == "〈利〉"
