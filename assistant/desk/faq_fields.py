"""What an FAQ entry may hold: the bounds of each field, and the Chinese sentence for what does not do."""

import re
from dataclasses import replace

from assistant.answers.links import read_link
from assistant.answers.plain_words import plain_words
from assistant.desk.plain_text import bounded, one_line, plain, written
from assistant.errors import BadInput
from assistant.store import FaqEntry

QUESTION_MOST = 200
ANSWER_MOST = 5_000
PHRASINGS_MOST = 60
TAGS_MOST = 20
TAG_MOST = 30
LINKS_MOST = 10
NAME_MOST = 100
SOURCE_MOST = 200
URL_MOST = 500
_ID = re.compile(r"\S[^\n\r\t]{0,199}")
_URL = re.compile(r"https?://[^\s<>\"]+")

# The fields of an entry that staff edit, and what they are called.
FIELDS = {
    "question": "问题",
    "phrasings": "其他问法",
    "answer": "答案",
    "publisher": "部门",
    "source": "依据",
    "url": "网址",
    "tags": "标签",
    "updated": "核对日期",
    "owner": "负责人",
    "valid_from": "生效日期",
    "valid_until": "失效日期",
    "links": "报告段落",
}
# What nobody but staff ever sees: changing it changes nothing that is published.
INTERNAL = frozenset({"owner", "tags"})


def checked(entry: FaqEntry) -> FaqEntry:
    """The entry with tidy texts.

    Raises:
        BadInput: a field that does not do; the sentence names it.
    """
    question = written(bounded(one_line(entry.question), QUESTION_MOST, "问题"), "问题")
    phrasings = _list(entry.phrasings, PHRASINGS_MOST, QUESTION_MOST, "其他问法")
    answer = bounded(plain(entry.answer), ANSWER_MOST, "答案")
    written(plain_words(answer), "答案")
    url = bounded(entry.url.strip(), URL_MOST, "网址")
    if url and not _URL.fullmatch(url):
        raise BadInput("网址应当以 http:// 或 https:// 开头，中间没有空格。", code="faq_url")
    if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
        raise BadInput("失效日期不能早于生效日期。", code="faq_days")
    links = _list(entry.links, LINKS_MOST, URL_MOST, "报告段落")
    for link in links:
        if read_link(link) is None:
            raise BadInput(f"报告段落“{link[:40]}”看不懂，应当写成“报告编号#p段落号”。", code="faq_link")
    if not _ID.fullmatch(entry.id):
        raise BadInput("编号最多 200 个字，中间不能换行。", code="faq_id")
    return replace(
        entry,
        question=question,
        phrasings=tuple(each for each in phrasings if each != question),
        answer=answer,
        publisher=bounded(one_line(entry.publisher), NAME_MOST, "部门"),
        source=bounded(one_line(entry.source), SOURCE_MOST, "依据"),
        url=url,
        tags=_list(entry.tags, TAGS_MOST, TAG_MOST, "标签"),
        owner=bounded(one_line(entry.owner), NAME_MOST, "负责人"),
        links=links,
    )


def changed_fields(before: FaqEntry, after: FaqEntry) -> tuple[str, ...]:
    """The fields that differ, in the order of ``FIELDS``."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def all_texts(entry: FaqEntry) -> dict[str, str]:
    """What of an entry citizens read or match, by field: where sensitive information is looked for."""
    return {
        "question": entry.question,
        "phrasings": "\n".join(entry.phrasings),
        "answer": entry.answer,
        "publisher": entry.publisher,
        "source": entry.source,
    }


def _list(values: tuple[str, ...], most: int, longest: int, what: str) -> tuple[str, ...]:
    tidy = dict.fromkeys(filter(None, map(one_line, values)))
    if len(tidy) > most:
        raise BadInput(f"{what}最多 {most} 个，现在有 {len(tidy)} 个。", code="faq_too_many")
    return tuple(bounded(each, longest, what) for each in tidy)
