"""Which FAQ entries citizens are answered from, in which words, with which passages; and drafts tried beside them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import read_word_lists
from assistant.answers.everyday_faq import EverydayMatcher
from assistant.answers.faq import FaqMatcher
from assistant.answers.library import Library
from assistant.answers.links import PassageLink, digest_of
from assistant.answers.plain_words import answer_html, plain_words
from assistant.reports import Metadata, compose
from assistant.resources import corpus_folder
from assistant.services import open_services
from assistant.store import FaqEntry
from assistant.store.faq_file import read_faq

HOURS = FaqEntry("hours", "图书馆几点开门？", ("图书馆开放时间",), "**9:00** 开门，见[通知](https://a.example/b)。")
WORDS = st.text(alphabet="甲乙，。：（）0123456789%\n &<>#`|~!", max_size=60)
MARKED = st.text(alphabet="甲1*_[]()<>\\-. \n\"'/:&;hjt", max_size=60)


def report(text):
    metadata = Metadata(title="演示县图书馆2020年年度报告", publisher="演示县图书馆", year=2020, index_number="TS-1")
    return compose(metadata, text)


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    opened = open_services(tmp_path_factory.mktemp("faq") / "data")
    yield opened
    opened.close()


@given(WORDS)
def test_words_without_marks_stay_as_they_are(text):
    assert plain_words(text) == text


@given(MARKED)
def test_an_answers_html_holds_no_tag_but_the_subsets(text):
    html = answer_html(text)
    for tag in ("p", "strong", "em", "ul", "ol", "li", "br"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<script" not in html and "javascript:" not in html.partition('href="')[2]
    rest = [part for part in html.split("<")[1:] if not part.startswith(('a href="', "/a>", "ol start="))]
    assert rest == []


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**20个工作日**内*答复*", "20个工作日内答复"),
        ("先：\n\n- 甲\n- 乙", "先：\n甲\n乙"),
        ("1. 甲\n2. 乙", "1. 甲\n2. 乙"),
        ("见[指南](https://a.example/b)", "见指南（https://a.example/b）"),
        ("打[12345](tel:12345)", "打12345"),
        ("<b>不是标签</b> [x](javascript:alert(1))", "<b>不是标签</b> [x](javascript:alert(1))"),
        (r"3\*4 2*3=6 a_b_c", "3*4 2*3=6 a_b_c"),
    ],
)
def test_marks_go_and_words_stay(markdown, words):
    assert plain_words(markdown) == words


def test_citizens_read_and_hear_the_words_without_marks(services):
    services.store.replace_faq([HOURS])
    answer = services.answerer.ask("图书馆几点开门")
    assert (answer.kind, answer.text) == ("faq", "9:00 开门，见通知（https://a.example/b）。")
    assert answer.text == answer.evidence[0].passage and "*" not in answer.say
    assert next(iter(services.published_texts())) == answer.text


@pytest.mark.parametrize(
    ("first", "last", "answers"), [(0, 0, True), (None, 0, True), (0, None, True), (1, None, False), (None, -1, False)]
)
def test_only_entries_that_are_valid_today_answer(services, first, last, answers):
    today = date.today()

    def day(offset):
        return None if offset is None else today + timedelta(days=offset)

    services.store.replace_faq([replace(HOURS, valid_from=day(first), valid_until=day(last))])
    assert (services.answerer.ask("图书馆几点开门").kind == "faq") is answers


def test_an_entry_ends_at_midnight_though_nothing_else_changes(services):
    days = [date(2026, 3, 31)]
    services.store.replace_faq([replace(HOURS, valid_until=date(2026, 3, 31))])
    lists = read_word_lists(lambda name: corpus_folder() / name)
    segmenter = services.indexer.segmenter
    library = Library(services.store, segmenter, lists.synonyms, services.index, today=lambda: days[0])
    assert len(library.shelf().faq.entries) == 1
    days[0] += timedelta(days=1)
    services.store.own_changes += 1  # looked up at once, not a quarter of a second later
    assert library.shelf().faq.entries == ()


class HeldStore:
    """A store whose next reading of the FAQ waits, once it was made, until it is let go."""

    def __init__(self, store):
        self._store = store
        self.holds, self.held, self.let_go = False, threading.Event(), threading.Event()

    def __getattr__(self, name):
        return getattr(self._store, name)

    def faq(self):
        entries = self._store.faq()
        if self.holds:
            self.holds = False
            self.held.set()
            assert self.let_go.wait(30)
        return entries


def test_what_was_just_published_is_there_though_an_older_shelf_is_being_made(services):
    services.store.replace_faq([])
    store = HeldStore(services.store)
    lists = read_word_lists(lambda name: corpus_folder() / name)
    library = Library(store, services.indexer.segmenter, lists.synonyms, services.index)
    services.store.replace_faq([HOURS])
    store.holds = True
    with ThreadPoolExecutor() as threads:
        older = threads.submit(library.shelf)
        assert store.held.wait(30)
        services.store.replace_faq([HOURS, replace(HOURS, id="fee", question="收费吗？", phrasings=())])
        assert len(library.shelf().faq.entries) == 0  # a citizen does not wait
        newest = threads.submit(library.newest)
        store.let_go.set()
        assert len(newest.result(30).faq.entries) == 2
        older.result(30)
    assert len(library.shelf().faq.entries) == 2


def test_linked_passages_stand_behind_the_answer_as_long_as_the_report_holds_their_words(services):
    made = report("一、概述\n2020年，接待读者3000人次。\n二、时间\n周一闭馆。")
    services.store.save(made)
    services.indexer.settle()
    passage = made.passages[1]
    link = str(PassageLink(made.id, passage.anchor, digest_of(passage.text)))
    services.store.replace_faq([replace(HOURS, links=(link, "0123456789ab#p1"))])
    evidence = services.answerer.ask("图书馆几点开门").evidence
    assert [each.passage for each in evidence[1:]] == [passage.text]
    # Moved by a new paragraph before it, it is found again; changed, it is left out.
    services.store.save(report("一、概述\n2020年，接待读者3000人次。\n二、新增\n新书500册。\n三、时间\n周一闭馆。"))
    assert [each.passage for each in services.answerer.ask("图书馆几点开门").evidence[1:]] == [passage.text]
    services.store.save(report("一、概述\n2020年，接待读者3000人次。\n二、时间\n周二闭馆。"))
    assert len(services.answerer.ask("图书馆几点开门").evidence) == 1
    services.store.remove(made.id)


def test_a_draft_is_tried_without_a_trace(services):
    services.store.replace_faq([HOURS])
    draft = FaqEntry("fee", "办读者证收费吗？", ("读者证要钱吗",), "免费。")
    trial = services.trying([HOURS, draft])
    answer = trial.ask("读者证要钱吗")
    assert (answer.kind, answer.text) == ("faq", "免费。")
    assert trial.ask("图书馆几点开门").kind == "faq"
    assert services.answerer.ask("读者证要钱吗").kind != "faq"
    services.conversations.write()
    assert services.store.conversation(answer.conversation) is None


def test_what_was_read_before_gives_the_same_as_reading_it_anew(services):
    """Publishing reads only what changed: nothing may differ from a start with the same entries."""
    segmenter = services.indexer.segmenter
    entries = read_faq(corpus_folder() / "faq.yaml")
    changed = [*entries[1:30], replace(entries[0], answer="换了说法。"), *entries[31:], HOURS]
    everyday = services.answerer._library.shelf().faq.words
    last = FaqMatcher(entries, segmenter)
    kept = FaqMatcher(changed, segmenter, last)
    anew = FaqMatcher(changed, segmenter)
    kept_everyday = EverydayMatcher(changed, everyday, EverydayMatcher(entries, everyday))
    anew_everyday = EverydayMatcher(changed, everyday)
    assert kept.words == anew.words
    for entry in (*entries, HOURS):
        for question in (entry.question, *entry.phrasings):
            words = segmenter.words(question)
            assert kept.match(question, words, (), 8) == anew.match(question, words, (), 8)
            assert kept_everyday.nearest(question) == anew_everyday.nearest(question)


def test_a_trial_of_what_is_published_answers_as_the_answerer_does(services):
    entries = read_faq(corpus_folder() / "faq.yaml")
    services.store.replace_faq(entries)
    trial = services.trying(entries)
    for entry in entries[::7]:
        mine, theirs = services.answerer.ask(entry.phrasings[0]), trial.ask(entry.phrasings[0])
        assert replace(mine, conversation="") == replace(theirs, conversation="")
