"""Reports with tables and figures, made by hand: what the readers make of files, without the readers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.reports import Metadata, compose
from assistant.reports.model import Cell, Contact, Figure, Imbalance, Report, Table

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_ORGANISATIONS = "法人或其他组织"
# Table three in the form of 2021: names of each row from the outermost in.
_RESULTS = "三、本年度办理结果"
ROWS: tuple[tuple[str, ...], ...] = (
    ("一、本年新收政府信息公开申请数量",),
    ("二、上年结转政府信息公开申请数量",),
    (_RESULTS, "（一）予以公开"),
    (_RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    *(
        (_RESULTS, "（三）不予公开", name)
        for name in ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”")
    ),
    *((_RESULTS, "（四）无法提供", name) for name in ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作")),
    (_RESULTS, "（七）总计"),
    ("四、结转下年度继续办理",),
)


@dataclass
class Sentences:
    """Text that grows, and where words of it stand."""

    text: str = ""
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def add(self, words: str, cell: tuple[int, int] | None = None) -> None:
        if cell is not None and words:
            self.spans[cell] = (len(self.text), len(self.text) + len(words))
        self.text += words


def value(row: int, column: int) -> str:
    """What stands in a cell of table three: small numbers, some zeros, a stroke and an empty cell."""
    if (row, column) == (4, 2):
        return ""
    if (row, column) == (4, 3):
        return "/"
    return str((row * 7 + column * 3) % 41)


def _row_sentence(made: Sentences, row: int, grid_row: int) -> None:
    made.add(" ".join(ROWS[row]) + "：")
    for column, name in enumerate(COLUMNS):
        text = value(row, column)
        made.add({0: "", 1: f"，{_ORGANISATIONS}（", 6: "，"}.get(column, "，"))
        if text:
            made.add(f"{name} ")
            made.add(text, (grid_row, column + 3))
        if column == 5:
            made.add("）")
    made.add("。\n")


def _head() -> list[Cell]:
    over = [
        Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3, header=True),
        Cell("申请人情况", 0, 3, 1, 7, header=True),
        Cell("自然人", 1, 3, 2, 1, header=True),
        Cell(_ORGANISATIONS, 1, 4, 1, 5, header=True),
        Cell("总计", 1, 9, 2, 1, header=True),
    ]
    return over + [Cell(name, 2, column + 3, header=True) for column, name in enumerate(COLUMNS[:6]) if column]


def _labels(row: int, grid_row: int) -> list[Cell]:
    names = ROWS[row]
    made = []
    for depth, name in enumerate(names):
        if row and ROWS[row - 1][: depth + 1] == names[: depth + 1]:
            continue
        rowspan = sum(1 for other in ROWS if other[: depth + 1] == names[: depth + 1])
        last = depth == len(names) - 1
        made.append(Cell(name, grid_row, depth, rowspan, 3 - depth if last else 1, header=True))
    return made


def requests_table(text: str, anchor: str = "t1") -> tuple[str, Table]:
    """``text`` with table three's sentences behind it, and the table."""
    made = Sentences(text)
    start = len(text)
    cells = _head()
    for row, names in enumerate(ROWS):
        grid_row = row + 3
        _row_sentence(made, row, grid_row)
        cells += _labels(row, grid_row)
        for column, name in enumerate(COLUMNS):
            path = (_ORGANISATIONS, name) if 0 < column < 6 else (name,)
            span = made.spans.get((grid_row, column + 3))
            text_ = value(row, column)
            cells.append(Cell(text_, grid_row, column + 3, span=span, row_path=names, column_path=path))
    table = Table("", "requests", "2021", len(ROWS) + 3, 10, tuple(cells), start, len(made.text) - 1, anchor)
    return made.text, table


def plain_table(text: str, caption: str, rows: Sequence[tuple[str, str]], anchor: str) -> tuple[str, Table]:
    """``text`` with a table of two columns behind it that was recognised; its caption is its first line."""
    made = Sentences(text)
    start = len(text)
    made.add(f"{caption}\n")
    cells = [Cell("项目", 0, 0, header=True), Cell("数量", 0, 1, header=True)]
    for row, (name, number) in enumerate(rows, 1):
        made.add(f"{name}：")
        made.add(number, (row, 1))
        made.add("。\n" if number else "（空）。\n")
        cells.append(Cell(name, row, 0, header=True))
        span = made.spans.get((row, 1))
        cells.append(Cell(number, row, 1, span=span, row_path=(name,), column_path=("数量",)))
    table = Table(caption, "", "", len(rows) + 1, 2, tuple(cells), start, len(made.text) - 1, anchor, recognised=True)
    return made.text, table


def cell_figures(tables: Sequence[Table], year: int, subject: str) -> list[Figure]:
    """A figure for each cell that holds a number."""
    return [
        Figure(
            "count", cell.text, cell.span, Decimal(cell.text), "件", "", subject,
            " ".join((*cell.row_path, *cell.column_path)), None, year,
            table=index, row=cell.row, column=cell.column,
        )
        for index, table in enumerate(tables)
        for cell in table.cells
        if cell.span and cell.text.isdigit()
    ]  # fmt: skip


def table_report() -> Report:
    """A report of an invented body with prose figures, table three and a table that was recognised."""
    body = "演示市档案局"
    text = (
        "一、总体情况\n全年主动公开政府信息2600余条，其中微信推送占34.5%。办理期限内答复<b>率</b>为100%。\n"
        "二、收到和处理政府信息公开申请情况\n"
    )
    text, requests = requests_table(text)
    text += "三、其他需要报告的事项\n"
    text, other = plain_table(
        text, "附表：机构情况", [("专职人员", "12"), ("兼职人员", ""), ("<i>培训</i>次数", "7")], "t2"
    )
    text += "联系地址：演示市文苑路3号。\n"
    report = compose(Metadata(title=f"{body}2021年政府信息公开工作年度报告", publisher=body, year=2021), text)
    assert report.text == text.rstrip("\n")
    tables = (requests, other)
    prose = [
        _prose(text, "count", "2600余条", Decimal(2600), "条", "余", "主动公开政府信息"),
        _prose(text, "percent", "34.5%", Decimal("34.5"), "%", "", "微信推送"),
        _prose(text, "percent", "100%", Decimal(100), "%", "", "办理期限内答复<b>率</b>"),
    ]
    figures = sorted([*prose, *cell_figures(tables, 2021, body)], key=lambda figure: figure.span)
    return replace(
        report,
        tables=tables,
        figures=tuple(figures),
        imbalances=(
            Imbalance(
                0, "本年新收＋上年结转＝总计＋结转下年度", (_ORGANISATIONS, "商业企业"),
                Decimal(13), Decimal(15), ((3, 4), (4, 4), (12, 4), (13, 4)),
            ),
        ),
        period=(date(2021, 1, 1), date(2021, 12, 31)),
        contact=Contact(address="演示市文苑路3号"),
    )  # fmt: skip


def _prose(text: str, kind: str, words: str, number: Decimal, unit: str, qualifier: str, indicator: str) -> Figure:
    start, named = text.index(words), text.index(indicator)
    span, indicator_span = (start, start + len(words)), (named, named + len(indicator))
    return Figure(kind, words, span, number, unit, qualifier, "演示市档案局", indicator, indicator_span, 2021)
