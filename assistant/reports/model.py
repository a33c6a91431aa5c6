"""What a report is: its metadata, its outline of sections, its passages, its tables and its figures.

All offsets are character offsets into ``Report.text``, the text a citizen sees, so that any place found by the
engine can be shown in the page: ``report.text[passage.start:passage.end] == passage.text`` always holds.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Span = tuple[int, int]


@dataclass(frozen=True)
class Section:
    """One heading of the outline and what stands under it, up to the next heading of the same or a higher level.

    Attributes:
        heading: the heading as printed, e.g. ``(一)主动公开政府信息的情况。``; empty for text before the first heading.
        level: 0 for the text before the first heading, 1 for 一、, 2 for （一）, 3 for 1., 4 for (1).
        path: headings from the top down to this one, this one included; empty for level 0.
        start: offset of the heading's first character in the report's text.
        end: offset after the last character of the section, sub-sections included.
        anchor: fragment of the report page, unique in the report, e.g. ``s3``.
    """

    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    end: int
    anchor: str


@dataclass(frozen=True)
class Passage:
    """Some whole sentences of one section, about 120 to 250 characters: the unit that is found and shown.

    Attributes:
        text: the passage as printed.
        start: offset of its first character in the report's text.
        end: offset after its last character.
        section: index of its section in ``Report.sections``.
        anchor: fragment of the report page, unique in the report, e.g. ``p12``.
        recognised: whether some of it was recognised from a picture, not read; it may hold misread characters.
    """

    text: str
    start: int
    end: int
    section: int
    anchor: str
    recognised: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table; a merged cell is one cell.

    Attributes:
        text: as printed, tidy; empty where nothing stands. 0, / and — are kept apart: they say different things.
        row: its first row, from 0.
        column: its first column, from 0.
        rowspan: how many rows it covers.
        colspan: how many columns it covers.
        header: whether it names rows or columns.
        span: where its text stands in the report's text; None for headers and for empty cells.
        row_path: for a value, the names of its row from the outermost in (三、本年度办理结果, （三）不予公开, …).
        column_path: for a value, the names of its column likewise (法人或其他组织, 商业企业).
        canonical: for a value of a standard table, the name of its indicator (see ``reports.standard``); else empty.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    span: Span | None = None
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()
    canonical: str = ""


@dataclass(frozen=True)
class Table:
    """One table. Its rows stand as sentences in the report's text, so that they can be found, marked and read aloud.

    Attributes:
        caption: the line over it that names it; empty without one.
        kind: which standard table it is (``disclosure``, ``requests``, ``disputes``); empty for any other.
        form: the form the standard table follows, ``2019`` or ``2021``; empty for any other.
        rows: how many rows its grid has.
        columns: how many columns.
        cells: every cell, by row, then column.
        start: offset of its first sentence in the report's text.
        end: offset after its last sentence.
        anchor: fragment of the report page, unique in the report, e.g. ``t2``.
        recognised: whether it was recognised from a picture.
    """

    caption: str
    kind: str
    form: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    start: int
    end: int
    anchor: str
    recognised: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with its meaning and its place.

    Attributes:
        kind: ``count``, ``money``, ``percent``, ``ratio``, ``rank``, ``date`` or ``period``.
        text: as printed with qualifier and unit (1266余条, 近70万元, 第4名), or the words that say zero (未收到).
        span: where ``text`` stands in the report's text.
        value: the number in ``unit``, 万 and 亿 multiplied out (2万条 is 20000 条, 70余万元 is 700000 元); a percentage
            as printed (34% is 34); the quotient of a ratio; the place of a rank; None for dates and periods.
        unit: the measure word or unit (条, 元, %, 名); empty where none stands.
        qualifier: the word that makes the number inexact, as printed (余, 多, 近, 约, 超过); empty for an exact one.
        subject: whose figure it is (岚皋县公安局, @安康警务), the publisher by its full name however the text calls it
            (市公安局, 我局); empty when neither text nor report says.
        indicator: what is counted, as printed (发布警务公开信息, 消防知识讲座), completed from the figure before where
            the words alone say too little (回复 → 回复网民提问); for a cell its row and column names; for dates and
            periods what happened then; empty when nothing says.
        indicator_span: where its printed words stand; None for a cell and where none stand.
        year: the year it is about: the one its sentence names, else the report's; None when neither says. For dates
            and periods the year of the last day.
        first: for dates and periods the first day.
        last: for dates and periods the last day; for a day the same.
        table: for a cell, the index of its table in ``Report.tables``; else None.
        row: for a cell, its row.
        column: for a cell, its column.
        canonical: for a cell of a standard table, its indicator's canonical name; else empty.
    """

    kind: str
    text: str
    span: Span
    value: Decimal | None
    unit: str
    qualifier: str
    subject: str
    indicator: str
    indicator_span: Span | None
    year: int | None
    first: date | None = None
    last: date | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    canonical: str = ""


@dataclass(frozen=True)
class Contact:
    """How to reach the office that answers for a report; what it does not say stays empty, never guessed."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True)
class Imbalance:
    """A sum in a standard table that does not come out, to be shown to staff; the report is kept all the same.

    Attributes:
        table: index of the table in ``Report.tables``.
        rule: the rule in Chinese, e.g. 本年新收＋上年结转＝总计＋结转下年度.
        column: the names of the column (or row) it was found in.
        left: what the left side comes to.
        right: what the right side comes to.
        cells: (row, column) of every cell that takes part.
    """

    table: int
    rule: str
    column: tuple[str, ...]
    left: Decimal
    right: Decimal
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Report:
    """One published report, as read from its file.

    Attributes:
        id: 12 hexadecimal characters derived from what identifies the report (see ``identity``).
        identity: the 索引号 where the page has one, else the address it came from, else publisher and title.
        title: as printed.
        publisher: the body that answers for it (来源, ContentSource); empty when the page does not say.
        index_number: 索引号; empty when the page does not say.
        published: 发布日期; None when the page does not say.
        year: the year the report is about; None when it does not say.
        summary: 内容概述; empty when the page does not say.
        url: where the body publishes it; empty when the page does not say.
        text: the main content, paragraphs separated by a newline, page furniture left out.
        sections: the outline in the order of the text.
        passages: the passages in the order of the text.
        content_hash: SHA-256 (hex) over everything except ``id``; equal hashes mean nothing to do.
        period: first and last day that its numbers cover; None when it does not say.
        contact: how to reach the office that answers for it.
        tables: the tables in the order of the text.
        figures: the figures in the order of the text.
        imbalances: the sums of its standard tables that do not come out.
    """

    id: str
    identity: str
    title: str
    publisher: str
    index_number: str
    published: date | None
    year: int | None
    summary: str
    url: str
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    content_hash: str
    period: tuple[date, date] | None = None
    contact: Contact = Contact()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    imbalances: tuple[Imbalance, ...] = ()
