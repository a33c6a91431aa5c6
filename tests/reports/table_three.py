"""The standard table three as bodies publish it in Word: narrow label columns that wrap, over a page's end."""

from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

_GROUPS = (
    ("（三）不予公开", "1.属于国家秘密|2.其他法律行政法规禁止公开|3.危及“三安全一稳定”|4.保护第三方合法权益|"
     "5.属于三类内部事务信息|6.属于四类过程性信息|7.属于行政执法案卷|8.属于行政查询事项|9.法律法规规定的其他情形"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息|2.没有现成信息需要另行制作|3.补正后申请内容仍不明确|"
     "4.其他无法提供的情形"),
    ("（五）不予处理", "1.信访举报投诉类申请|2.重复申请|3.要求提供公开出版物|4.无正当理由大量反复申请|"
     "5.要求行政机关确认或重新出具已获取信息"),
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|"
     "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|3.其他"),
)  # fmt: skip
ROWS = 27
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_WIDTHS = (1.6, 1.9, 4.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.2, 1.3)  # centimetres
_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADER = 3


def values() -> list[list[str]]:
    """The 27 rows by 7 columns of numbers, no two rows alike, with empty cells, zeros and long ones."""
    rows = [[str((row * 37 + column * 101) % 977) for column in range(7)] for row in range(ROWS)]
    rows[3] = ["0"] * 7
    rows[9][2], rows[15][4], rows[20][0] = "", "/", "12345"
    return rows


def grid() -> list[list[str]]:
    """The whole table, every merged cell's text in each place that it covers."""
    head = [
        [_NOTE] * 3 + ["申请人情况"] * 7,
        [_NOTE] * 3 + ["自然人"] + ["法人或其他组织"] * 5 + ["总计"],
        [_NOTE] * 3 + list(COLUMNS),
    ]
    labels = [["一、本年新收政府信息公开申请数量"] * 3, ["二、上年结转政府信息公开申请数量"] * 3]
    top = "三、本年度办理结果"
    labels += [
        [top, name, name] for name in ("（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    ]
    labels += [[top, group, item] for group, items in _GROUPS for item in items.split("|")]
    labels += [[top, "（七）总计", "（七）总计"], ["四、结转下年度继续办理"] * 3]
    return head + [label + row for label, row in zip(labels, values(), strict=True)]


def write(path: Path, lines_before: int, repeat_header: bool = False, centred: bool = True, size: float = 10.5) -> None:
    """A Word file with ``lines_before`` lines of text, the table, and a line after it; a head and a page number too."""
    document = docx.Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = "某市人民政府办公室"
    _page_number(section.footer.paragraphs[0])
    document.styles["Normal"].font.size = Pt(size)
    for number in range(lines_before):
        document.add_paragraph(f"第{number + 1}段说明文字到此为止。")
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    _table(document, repeat_header, centred)
    document.add_paragraph("四、政府信息公开行政复议、行政诉讼情况")
    document.add_paragraph("没有发生。")
    document.save(str(path))


def _table(document: docx.document.Document, repeat_header: bool, centred: bool) -> None:
    texts = grid()
    table = document.add_table(len(texts), 10, style="Table Grid")
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    done: set[tuple[int, int]] = set()
    for top in range(len(texts)):
        for left in range(10):
            if (top, left) not in done:
                done |= _fill(table, texts, top, left, centred)
    if repeat_header:
        for row in table.rows[:HEADER]:
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)


def _fill(table: Table, texts: list[list[str]], top: int, left: int, centred: bool) -> set[tuple[int, int]]:
    """Set one cell's text, merged over the places that hold the same; numbers are never merged."""
    text = texts[top][left]
    bottom, right = top + 1, left + 1
    if left < 3 or top < HEADER:
        while right < (3 if left < 3 else 10) and texts[top][right] == text:
            right += 1
        while bottom < (HEADER if top < HEADER else len(texts)) and all(
            texts[bottom][c] == text for c in range(left, right)
        ):
            bottom += 1
    cell = table.cell(top, left)
    if (bottom, right) != (top + 1, left + 1):
        cell = cell.merge(table.cell(bottom - 1, right - 1))
    cell.text = text
    if centred:
        cell.vertical_alignment = 1  # in the middle
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER if left >= 3 else WD_ALIGN_PARAGRAPH.LEFT
    return {(row, column) for row in range(top, bottom) for column in range(left, right)}


def _page_number(paragraph: docx.text.paragraph.Paragraph) -> None:
    run = paragraph.add_run("- ")
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    paragraph.add_run(" -")
