"""What a question, or a report's sentence, counts of what every report counts, in whatever words it is said.

The State Council's forms make every body count the same: requests received and how they ended, reconsiderations and
lawsuits, documents, penalties and fees. Citizens say these in their own words (手里没有这个信息, 告上法庭), and so do
reports of the years before the forms. Both are read here into the canonical names of ``reports.standard_forms``, and
only as a whole: where a word is left that is not understood, it may narrow what is meant (关于征地的申请), and nothing
is read at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.scope import without_scope
from assistant.answers.standard_words import (
    COLUMNS,
    DECIDED,
    DECISIONS,
    DOCUMENT_COLUMNS,
    DOCUMENTS,
    ENDS,
    FEES,
    FILLERS,
    FLOWS,
    HAPPENED,
    LOST,
    PURCHASE,
    REQUEST,
    RESULTS,
    SUITS,
    WON,
)
from assistant.answers.understanding import Question
from assistant.answers.wanted import without_asking
from assistant.language.measures import MONEY, SHARES

_LONGEST = 60  # characters; a longer question or name of a figure says more than what every report counts
_KEPT = 4096  # texts remembered with what they say: the same few names return in every report


@dataclass(frozen=True)
class Counted:
    """What is counted.

    Attributes:
        kind: ``requests``, ``disputes``, ``disclosure`` as in ``Table.kind``, or ``fees``: what was charged for
            information.
        row: the row, by its canonical name; of disputes the group (``litigation`` alone is both of its groups).
        column: the column, or the result of disputes; empty where neither is said.
    """

    kind: str
    row: str = ""
    column: str = ""

    @property
    def name(self) -> str:
        """Its canonical name."""
        return f"{self.kind}.{self.row}.{self.column}"


def asked_of_every_report(question: Question) -> Counted | None:
    """What the question wants counted if it is among what every report counts, and no word narrows it."""
    wanted = question.wanted
    if wanted.kind != "amount" or wanted.change or wanted.measures & SHARES or _PEOPLE.search(question.folded):
        return None
    if not _MAY_BE.search(question.folded):
        return None
    rest = without_asking(without_scope(question.folded, question.scope))
    is_money = bool(wanted.measures & MONEY) or _MONEY_ASKED.search(question.folded) is not None
    # 打了几场官司: without what asks, the words around it are one.
    found = _read(rest, is_money) or _read("".join(rest.split()), is_money)
    return found[0] if len(found) == 1 else None


def items_change_asked(core: str, asks: str) -> Counted | None:
    """The change in the number of items (行政许可项目增减了几项), which the forms of 2019 and 2020 have a column for.

    Args:
        core: what is compared, folded.
        asks: the question; 件 or no measure would mean the decisions, and those have a column too.
    """
    if not _ITEMS.search(asks):
        return None
    row, rest = _take(without_asking(core), DECISIONS)
    return Counted("disclosure", row, "items_change") if row and _is_empty(_ITEMS_LEFT.sub(" ", rest)) else None


_ITEMS = re.compile("项目|事项|(?:多少|几)项")
_ITEMS_LEFT = re.compile("项目|事项|数量|[,，]")


def counted_in(words: str, group: str) -> tuple[Counted, ...]:
    """What a figure counts whose indicator says ``words`` (folded); nothing where a word is left.

    Args:
        words: what the report calls it.
        group: the disputes that its sentence spoke of last (其中维持16件); empty for none.
    """
    if not _MAY_BE.search(words):
        return ()
    found = _read(words, is_money=False)
    if found or not group:
        return found
    return _read(f"{_GROUP_WORDS[group]}{words}", is_money=False)


_GROUP_WORDS = {"reconsideration": "行政复议", "litigation": "行政诉讼"}
# 多少人申请 asks for people, and the forms count requests.
_PEOPLE = re.compile(r"(?:多少|几)(?:个|名|位)?人(?!次?民)")
_MONEY_ASKED = re.compile(r"多少(?:钱|费)|金额")
_MAY_BE = re.compile(
    r"申请|公开|提供|制作|掌握|手[里上头]|信息|复议|诉|官司|法[院庭]|维持|纠正|规章|文件|许可|处罚|强制|收费|收取|"
    r"收了|费|采购|结转|补正|其他对外"
)


@lru_cache(maxsize=_KEPT)
def _read(text: str, is_money: bool) -> tuple[Counted, ...]:
    if len(text) > _LONGEST:
        return ()
    for reader in (_fees, _disputes, _disclosures, _requests):
        found = tuple(reader(text, is_money))
        if found:
            return found
    return ()


def _take(text: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The first of the names whose words the text holds, and the text without them; "" and the text where none does."""
    for name, words in names.items():
        rest, count = re.subn(words, " ", text)
        if count:
            return name, rest
    return "", text


def _is_empty(text: str) -> bool:
    return not FILLERS.sub("", text)


_FEE_WORDS = re.compile(
    r"(?:信息处理|检索|复制|邮寄|复印|成本|公开|任何|相关|的|、|和|及|等|政府信息公开|政府信息|依申请(?:提供|"
    r"公开)?)*费用?|收费|信息处理费"
)
_CHARGED = re.compile(r"收取?")
_CHARGED_WHOM = re.compile(r"老百姓|群众|申请人|市民|公民|任何|提供|依申请(?:公开)?|依|检索|复制|邮寄|复印|成本")


def _fees(text: str, is_money: bool) -> Iterator[Counted]:
    """What was charged for information: it must speak of information, and of charging."""
    rest, named = _FEE_WORDS.subn(" ", text)
    rest, charged = _CHARGED.subn(" ", rest)
    of_information = "公开" in text or "信息" in text or (named and not is_money)
    if (
        (named or is_money)
        and (charged or "收费" in text)
        and of_information
        and _is_empty(_CHARGED_WHOM.sub(" ", rest))
    ):
        yield Counted("fees")


def _disputes(text: str, is_money: bool) -> Iterator[Counted]:
    """Reconsiderations and lawsuits; both where both are said in one (未发生行政复议和行政诉讼)."""
    result, rest = _take(text, {**ENDS, "corrected ": LOST, "upheld ": WON})
    group, rest = _take(rest, SUITS)
    other, rest = _take(rest, {"reconsideration": SUITS["reconsideration"]}) if group == "litigation" else ("", rest)
    if group.startswith("litigation."):
        rest = re.sub(SUITS["litigation"], " ", rest)
    if not group or is_money or not _is_empty(re.sub(HAPPENED, " ", rest)):
        return
    for each in filter(None, (group, other)):
        yield Counted("disputes", each, result.strip() or "total")


def _disclosures(text: str, is_money: bool) -> Iterator[Counted]:
    """Documents made or repealed, decisions of each kind, and what fees and purchases came to."""
    row, rest = _take(text, DOCUMENTS)
    column, rest = _take(rest, DOCUMENT_COLUMNS) if row else ("", rest)
    if row and column and _is_empty(rest):
        yield Counted("disclosure", row, column)
        return
    row, rest = _take(text, DECISIONS)
    if row and not is_money and _is_empty(re.sub(DECIDED, " ", rest)):
        yield Counted("disclosure", row, "decisions")
    for row, words in (("20-8.fees", FEES), ("20-9.procurement", PURCHASE)):
        rest, count = re.subn(words, " ", text)
        if count and is_money and _is_empty(re.sub(r"总?金额|花|收取?|用|总", " ", rest)):
            yield Counted("disclosure", row, "amount")


def _requests(text: str, is_money: bool) -> Iterator[Counted]:
    """Requests by how they came or ended, and by who made them."""
    if is_money:
        return
    result, rest = _take(text, RESULTS)
    if "." in result.removeprefix("results."):
        # 因为是国家秘密不给公开的: the group is said beside the reason.
        rest = re.sub(RESULTS[result.rpartition(".")[0]], " ", rest)
    column, rest = _take(rest, COLUMNS)
    about, without = re.search(REQUEST, rest), re.sub(REQUEST, " ", rest)
    if not about and not result:
        return
    if result:
        rest = re.sub("|".join((FLOWS["results.total"], FLOWS["new"])), " ", without)
        row = result
    else:
        row, rest = _take(rest, {name: words for name, words in FLOWS.items() if name != "new"})
        rest = re.sub(FLOWS["new"], " ", re.sub(REQUEST, " ", rest))
        row = row or ("new" if re.search(FLOWS["new"], text) else "")
    if row and _is_empty(rest):
        yield Counted("requests", row, column or "total")
