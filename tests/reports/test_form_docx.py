"""Word files: numbers that Word sets by itself, text boxes, tracked changes, links, heads, merged cells."""

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.reports import read_bytes
from assistant.reports.forms.blocks import Paragraph, TableBlock
from assistant.reports.forms.docx import read_docx

W = nsdecls("w")
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("bullet", ""))


def _saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _numbered(levels: list[int]) -> docx.document.Document:
    """A document of paragraphs numbered at these levels by Word."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level in levels:
        paragraph = document.add_paragraph("事项")
        numbers = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(numbers))
    return document


def test_numbers_set_by_word() -> None:
    blocks = read_docx(_saved(_numbered([0, 1, 1, 2, 2, 0, 1, 3, *[0] * 10])))
    assert [block.text for block in blocks] == [
        *["一、事项", "（一）事项", "（二）事项", "1.事项", "2.事项", "二、事项", "（一）事项", "事项"],
        *[
            "三、事项",
            "四、事项",
            "五、事项",
            "六、事项",
            "七、事项",
            "八、事项",
            "九、事项",
            "十、事项",
            "十一、事项",
            "十二、事项",
        ],
    ]


def test_headings_numbered_by_word_are_the_outline() -> None:
    report = read_bytes(_saved(_numbered([0, 1, 0])), "某局2016年工作报告.docx")
    assert [section.path for section in report.sections] == [
        ("一、事项",),
        ("一、事项", "（一）事项"),
        ("二、事项",),
    ]


def test_what_a_reader_sees() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "眉头"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.core_properties.title = "另一个题目"
    document.add_paragraph("某局2016年工作报告", style="Title")
    paragraph = document.add_paragraph("全年公开")
    for markup in (
        '<w:del {0} w:id="1" w:author="x"><w:r><w:delText>删去的</w:delText></w:r></w:del>',
        '<w:ins {0} w:id="2" w:author="x"><w:r><w:t>信息</w:t></w:r></w:ins>',
        '<w:hyperlink {0} w:anchor="x"><w:r><w:t>12</w:t></w:r></w:hyperlink>',
        "<w:r {0}><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>藏起来的</w:t></w:r>",
        "<w:r {0}><w:t>条。</w:t></w:r>",
        "<w:r {0}><w:br/><w:t>另起一行。</w:t></w:r>",
        "<w:r {0}><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph._p.append(parse_xml(markup.format(W)))
    control = "<w:sdt {0}><w:sdtContent><w:p><w:r><w:t>控件里的话。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(2, parse_xml(control.format(W)))
    blocks = read_docx(_saved(document))
    assert [(block.text, block.title) for block in blocks if isinstance(block, Paragraph)] == [
        ("某局2016年工作报告", True),
        ("全年公开信息12条。\n另起一行。", False),
        ("框里的话。", False),
        ("控件里的话。", False),
    ]
    assert read_bytes(_saved(document), "x.docx").title == "某局2016年工作报告"


def test_merged_cells_and_boxes() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    merged = table.cell(0, 0).merge(table.cell(1, 0))
    merged.text = "竖"
    wide = table.cell(0, 1).merge(table.cell(0, 2))
    wide.text = "横"
    box = document.add_table(1, 1).cell(0, 0)
    box.text = "框里第一段。"
    box.add_paragraph("框里第二段。")
    inner = box.add_table(2, 2)
    inner.cell(1, 1).text = "里"
    first, *boxed, last = read_docx(_saved(document))
    assert isinstance(first, TableBlock)
    assert isinstance(last, TableBlock)
    assert [[(c.text, c.rowspan, c.colspan) for c in row] for row in first.rows] == [
        [("竖", 2, 1), ("横", 1, 2)],
        [("11", 1, 1), ("12", 1, 1)],
        [("20", 1, 1), ("21", 1, 1), ("22", 1, 1)],
    ]
    assert [block.text for block in boxed if isinstance(block, Paragraph)] == ["框里第一段。", "框里第二段。"]
    assert [[cell.text for cell in row] for row in last.rows] == [["", ""], ["", "里"]]
