"""Between the forms of the FAQ's pages and its entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request

from assistant.answers.links import PassageLink, digest_of, linked_passage, read_link
from assistant.desk.differences import FieldDifference, entry_differences
from assistant.desk.sensitive import SENSITIVE_KINDS, Sensitive
from assistant.errors import BadInput
from assistant.site.console.parts import name_of
from assistant.store import FaqEntry, Store, StoredPassage
from assistant.store.faq_records import FAQ_STATES, FaqFilter

PER_PAGE = 50
# The longest entry as a form sends it, each character of Chinese as nine; as JSON it is no longer.
FORM_BYTES = 512 * 1024
# Entries whose validity ends within so many days are told of.
EXPIRING_DAYS = 30
_SEARCH_MOST = 60
_PLACE = re.compile(r"(?P<report>[0-9a-f]{12})(?:\?[^#\s]*)?#(?P<anchor>p[0-9]{1,6})(?:@(?P<digest>[0-9a-f]{8}))?")


@dataclass(frozen=True)
class Linked:
    """A link of an entry, with the passage it stands for; None where its words are gone."""

    link: str
    title: str
    address: str
    passage: StoredPassage | None


def filter_of(values: Any) -> FaqFilter:
    """The filter that an address or a form names; what makes no sense is left out."""
    state = values.get("state", "")
    until = date.today() + timedelta(days=EXPIRING_DAYS) if values.get("expiring") else None
    return FaqFilter(
        state=state if state in FAQ_STATES else "",
        publisher=values.get("publisher", "")[:_SEARCH_MOST],
        tag=values.get("tag", "")[:_SEARCH_MOST],
        owner=values.get("owner", "")[:_SEARCH_MOST],
        text=values.get("text", "").strip()[:_SEARCH_MOST],
        until=until,
        sent_back=values.get("sent_back", "")[:_SEARCH_MOST],
    )


def query_of(wanted: FaqFilter, **more: Any) -> str:
    """The filter as an address's query."""
    named = {name: value for name, value in vars(wanted).items() if value and name != "until"}
    if wanted.until is not None:
        named["expiring"] = "1"
    return urlencode({**named, **{name: value for name, value in more.items() if value}})


def number_of(name: str, least: int = 0) -> int:
    """A whole number of the form or the address; ``least`` where there is none."""
    text = request.values.get(name, "")
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else least


def entry_of_form(store: Store, before: FaqEntry | None) -> FaqEntry:
    """The entry that the editor's form holds; what the form has no field for stays.

    Raises:
        BadInput: a day that is none, or a passage that is not there.
    """
    form = request.form
    base = before or FaqEntry("", "", (), "")
    return replace(
        base,
        question=form.get("question", ""),
        phrasings=_lines(form.get("phrasings", "")),
        answer=form.get("answer", ""),
        publisher=form.get("publisher", ""),
        source=form.get("source", ""),
        url=form.get("url", ""),
        tags=_tags(),
        owner=form.get("owner", ""),
        updated=_day("updated", "核对日期"),
        valid_from=_day("valid_from", "生效日期"),
        valid_until=_day("valid_until", "失效日期"),
        links=links_of(store, _lines(form.get("links", ""))),
    )


def typed_entry(before: FaqEntry | None) -> FaqEntry:
    """The entry as typed, to show the form again where something in it does not do."""
    form = request.form
    fields: dict[str, Any] = {
        name: form.get(name, "") for name in ("question", "answer", "publisher", "source", "url", "owner")
    }
    fields |= {name: _lines(form.get(name, "")) for name in ("phrasings", "links")}
    fields |= {name: _day_or_none(name) for name in ("updated", "valid_from", "valid_until")}
    return replace(before or FaqEntry("", "", (), ""), tags=_tags(), **fields)


def links_of(store: Store, lines: Sequence[str]) -> tuple[str, ...]:
    """Links as typed or pasted from a report page's address, each with the digest of the words it is made for.

    Raises:
        BadInput: a line that names no passage, or one that is not there.
    """
    links = []
    for line in lines:
        match = _PLACE.search(line)
        if match is None:
            raise BadInput(f"报告段落“{line[:40]}”看不懂，请粘贴报告页上段落的网址。", code="faq_link")
        link = PassageLink(match["report"], match["anchor"], match["digest"] or "")
        passage = linked_passage(link, store.report_passages(link.report_id))
        if passage is None and not link.digest:
            raise BadInput(f"没有找到报告段落“{link}”。", code="faq_link")
        links.append(
            str(link if passage is None else PassageLink(link.report_id, link.anchor, digest_of(passage.text)))
        )
    return tuple(dict.fromkeys(links))


def linked(store: Store, entry: FaqEntry) -> list[Linked]:
    """The links of an entry with what they stand for."""
    found = []
    links = [(text, link) for text in entry.links if (link := read_link(text)) is not None]
    titles = store.report_summaries({link.report_id for _, link in links})
    for text, link in links:
        passage = linked_passage(link, store.report_passages(link.report_id))
        summary = titles.get(link.report_id)
        anchor = passage.anchor if passage is not None else link.anchor
        address = f"/reports/{link.report_id}#{anchor}"
        found.append(Linked(text, summary.title if summary else "报告已撤下", address, passage))
    return found


def named_differences(before: FaqEntry, after: FaqEntry) -> tuple[FieldDifference, ...]:
    """The fields that differ between two versions, with the name of who looks after it, not the login."""
    return entry_differences(*(replace(each, owner=name_of(each.owner)) for each in (before, after)))


def in_place(text: str, finds: Sequence[Sensitive]) -> list[tuple[str, str]]:
    """The text in stretches, each with the Chinese name of what was found there, or empty."""
    parts: list[tuple[str, str]] = []
    at = 0
    for find in finds:
        parts += [("", text[at : find.start]), (SENSITIVE_KINDS[find.kind], text[find.start : find.end])]
        at = find.end
    return [(kind, part) for kind, part in [*parts, ("", text[at:])] if part]


def _tags() -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s、，,；;]+", request.form.get("tags", ""))))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _day(name: str, label: str) -> date | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{label}“{text[:20]}”不是日期，应当写成 2026-03-01。", code="faq_day") from None


def _day_or_none(name: str) -> date | None:
    try:
        return _day(name, "")
    except BadInput:
        return None
