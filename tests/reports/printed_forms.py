"""Table three of a report as the format of 2021 prints it, with numbers that balance, to be marked up in many ways."""

from assistant.reports import Metadata, Report, compose
from assistant.reports.page import table_lines
from assistant.reports.tables import RawCell, expand

DONE = "三、本年度办理结果"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
ROWS: list[tuple[tuple[str, ...], str]] = [
    (("一、本年新收政府信息公开申请数量",), "new"),
    (("二、上年结转政府信息公开申请数量",), "carried_over"),
    ((DONE, "（一）予以公开"), "results.disclosed"),
    ((DONE, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), "results.partly_disclosed"),
    ((DONE, "（三）不予公开", "1.属于国家秘密"), "results.not_disclosed.state_secret"),
    ((DONE, "（三）不予公开", "2.其他法律行政法规禁止公开"), "results.not_disclosed.forbidden_by_law"),
    ((DONE, "（三）不予公开", "3.危及“三安全一稳定”"), "results.not_disclosed.security_and_stability"),
    ((DONE, "（三）不予公开", "4.保护第三方合法权益"), "results.not_disclosed.third_party"),
    ((DONE, "（三）不予公开", "5.属于三类内部事务信息"), "results.not_disclosed.internal_affairs"),
    ((DONE, "（三）不予公开", "6.属于四类过程性信息"), "results.not_disclosed.in_process"),
    ((DONE, "（三）不予公开", "7.属于行政执法案卷"), "results.not_disclosed.enforcement_files"),
    ((DONE, "（三）不予公开", "8.属于行政查询事项"), "results.not_disclosed.administrative_queries"),
    ((DONE, "（四）无法提供", "1.本机关不掌握相关政府信息"), "results.not_available.not_held"),
    ((DONE, "（四）无法提供", "2.没有现成信息需要另行制作"), "results.not_available.not_made"),
    ((DONE, "（四）无法提供", "3.补正后申请内容仍不明确"), "results.not_available.still_unclear"),
    ((DONE, "（五）不予处理", "1.信访举报投诉类申请"), "results.not_processed.complaints"),
    ((DONE, "（五）不予处理", "2.重复申请"), "results.not_processed.repeated"),
    ((DONE, "（五）不予处理", "3.要求提供公开出版物"), "results.not_processed.publications"),
    ((DONE, "（五）不予处理", "4.无正当理由大量反复申请"), "results.not_processed.massive"),
    ((DONE, "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"), "results.not_processed.confirmation"),
    (
        (DONE, "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        "results.other.correction_overdue",
    ),
    (
        (DONE, "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        "results.other.fee_overdue",
    ),
    ((DONE, "（六）其他处理", "3.其他"), "results.other.other"),
    ((DONE, "（七）总计"), "results.total"),
    (("四、结转下年度继续办理",), "carried_forward"),
]
COLUMNS = [
    (("自然人",), "natural_person"),
    (("法人或其他组织", "商业企业"), "companies"),
    (("法人或其他组织", "科研机构"), "research_institutions"),
    (("法人或其他组织", "社会公益组织"), "public_welfare"),
    (("法人或其他组织", "法律服务机构"), "legal_services"),
    (("法人或其他组织", "其他"), "other_organisations"),
    (("总计",), "total"),
]


def balanced() -> list[list[str]]:
    """Numbers, all different where they can be, for ``ROWS`` by ``COLUMNS``."""
    numbers = [[100 + 7 * row + 31 * column for column in range(6)] for row in range(len(ROWS))]
    for column in range(6):
        numbers[-2][column] = sum(line[column] for line in numbers[2:-2])
        numbers[1][column] = 11 + column
        numbers[-1][column] = 5 + column
        numbers[0][column] = numbers[-2][column] + numbers[-1][column] - numbers[1][column]
    return [[str(number) for number in (*line, sum(line))] for line in numbers]


def expected(values: list[list[str]]) -> dict[str, str]:
    """The text of each indicator."""
    return {
        f"requests.{row}.{column}": text
        for (_, row), line in zip(ROWS, values, strict=True)
        for (_, column), text in zip(COLUMNS, line, strict=True)
    }


def marked_rows(values: list[list[str]]) -> list[list[RawCell]]:
    """The cells as a web page marks them up, with all spans."""
    rows = [
        [RawCell(NOTE, rowspan=3, colspan=3), RawCell("申请人情况", colspan=7)],
        [RawCell("自然人", rowspan=2), RawCell("法人或其他组织", colspan=5), RawCell("总计", rowspan=2)],
        [RawCell(path[-1]) for path, _ in COLUMNS[1:-1]],
    ]
    before: tuple[str, ...] = ()
    for (path, _), line in zip(ROWS, values, strict=True):
        cells = []
        for depth, name in enumerate(path):
            if path[: depth + 1] == before[: depth + 1]:
                continue
            covered = sum(other[: depth + 1] == path[: depth + 1] for other, _ in ROWS)
            cells.append(RawCell(name, rowspan=covered, colspan=3 - depth if depth == len(path) - 1 else 1))
        rows.append([*cells, *map(RawCell, line)])
        before = path
    return rows


def html(rows: list[list[RawCell]]) -> str:
    """The rows as a table element."""
    return (
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td rowspan={c.rowspan} colspan={c.colspan}>{c.text}</td>" for c in row) + "</tr>"
            for row in rows
        )
        + "</table>"
    )


def blank_rows(values: list[list[str]]) -> list[list[RawCell]]:
    """The cells as the text layer of a PDF gives them: merged cells are a text with blanks beside and below."""
    seen: set[int] = set()
    rows = []
    for line in expand(marked_rows(values)):
        rows.append([RawCell("" if id(cell) in seen else cell.text) for cell in line])
        seen |= {id(cell) for cell in line}
        for at, cell in enumerate(line):
            if at and cell is line[at - 1]:
                rows[-1][at] = RawCell("")
    return rows


def report_of(rows: list[list[RawCell]], year: int | None = None) -> Report:
    """A report that holds the table and nothing else."""
    return compose(Metadata("某局工作报告", year=year), table_lines(expand(rows)))


def found(report: Report) -> dict[str, str]:
    """The text of each indicator in the tables of a report."""
    return {cell.canonical: cell.text for table in report.tables for cell in table.cells if cell.canonical}
