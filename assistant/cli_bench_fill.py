"""What ``anan bench desk`` measures over: FAQ entries, questions, messages, an audit log, all made up."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.services import Services
    from assistant.store import StoredMessage
    from assistant.store.question_records import AskedQuestion

_SEED = 20151231
_DAYS = 180
_GROUPS, _FORMS = 20_000, 100_000
# Counts by group are added up once for each so many questions.
_AT_ONCE = 50_000
BODIES = tuple(f"测速市第{number}局" for number in range(20))
_KINDS = ("faq", "figure", "passage", "none", "list", "contact", "smalltalk")
_MESSAGE_DAYS = 730
# Of a hundred messages old enough to be done, so many are replied to and closed; the others wait beyond their day.
_REPLIED_OF_100, _CLOSED_OF_100 = 93, 5
_ACTIONS = ("faq.saved", "faq.submitted", "session.opened", "message.drafted", "report.corrected", "group.drafted")


def fill_faq(services: "Services", entries: int) -> None:
    """Puts the sample FAQ and made entries in, so many together, all published."""
    from assistant.evaluation.made_faq import made_faq
    from assistant.evaluation.speed import corpus_sentences

    own = services.store.faq()
    made = made_faq(max(0, entries - len(own)), corpus_sentences(), services.indexer.segmenter)
    services.store.replace_faq([*own, *made])


def fill_log(services: "Services", entries: int) -> None:
    """Enters so many deeds of fifty people in the audit log."""
    chance = random.Random(_SEED)  # noqa: S311 - makes test entries, guards nothing
    with services.store.faq_table.changing() as changing:
        for number in range(entries):
            actor = f"bench-{chance.randrange(50)}"
            changing.record(actor, chance.choice(_ACTIONS), f"faq:made-{number % 10_000:06d}", {"version": number})


def fill_questions(services: "Services", questions: int) -> Iterator[int]:
    """Puts so many questions in, spread over the days that they are kept; yields how many each time."""
    from assistant.desk.periods import periods_of
    from assistant.store.question_records import NewForm

    chance = random.Random(_SEED)  # noqa: S311 - makes test questions, guards nothing
    store, now = services.store, datetime.now(timezone.utc)
    groups = min(_GROUPS, questions)
    labels = [(f"测速问题{number}怎么办", BODIES[number % len(BODIES)]) for number in range(groups)]
    ids: list[int] = []
    for first in range(0, groups, _AT_ONCE):
        ids += store.groups.create(labels[first : first + _AT_ONCE], now)
    known: set[int] = set()
    for first in range(0, questions, _AT_ONCE):
        many = min(_AT_ONCE, questions - first)
        asked, forms = [], []
        for number in range(first, first + many):
            day = _DAYS * (1 - number / questions)
            # Few are asked often, most hardly: what a cube of chance gives.
            form = int(chance.random() ** 3 * min(_FORMS, 5 * groups))
            asked.append(_question(chance, form, now - timedelta(days=day, seconds=chance.random() * 3600)))
            if form not in known:
                known.add(form)
                signature = ["how", [], "", "", {f"测速{form % groups}": 1.0}]
                text = f"测速问题{form % groups}怎么办，第{form // groups}种说法"
                forms.append(NewForm(str(form), text, ids[form % groups], form < groups, signature))
        store.questions.keep(asked, forms, periods_of)
        yield many


def fill_messages(services: "Services", messages: int) -> None:
    """Puts so many messages of two years in, at every stage; those whose days are over leave their times alone."""
    chance, now = random.Random(_SEED), datetime.now(timezone.utc)  # noqa: S311 - makes test messages, guards nothing
    made = [_message(chance, now, _MESSAGE_DAYS * (1 - number / messages)) for number in range(messages)]
    for first in range(0, messages, _AT_ONCE):
        services.store.messages.add(made[first : first + _AT_ONCE], 10 * messages)
    services.desk.messages.tidy()


def _message(chance: random.Random, now: datetime, days: float) -> "StoredMessage":
    """A message that came so many days ago."""
    from assistant.desk import KINDS
    from assistant.desk.handling import WAITING
    from assistant.desk.receipts import new_receipt
    from assistant.store import StoredMessage

    created, drawn = now - timedelta(days=days), chance.randrange(100)
    message = StoredMessage(
        receipt=new_receipt(),
        kind=chance.choice(tuple(KINDS)),
        text=f"测速用的留言：窗口周末办不办理，第{chance.randrange(1000)}号窗口能不能多开一会儿？" * 2,
        contact="13800138000" if drawn % 2 else "",
        consent="1" if drawn % 2 else "",
        question="",
        report_id="",
        created=created,
        department=chance.choice(("", *BODIES)),
        owner=f"bench-{chance.randrange(50)}",
    )
    took = timedelta(days=chance.random() * 10)
    if took < now - created and drawn < _REPLIED_OF_100:
        reply = "测速用的答复：周末不办理，工作日九时至十七时办理。" * 4
        return replace(message, stage="replied", reply=reply, draft=reply, replied=created + took)
    if took < now - created and drawn < _REPLIED_OF_100 + _CLOSED_OF_100:
        return replace(message, stage="closed", closing="测速用的理由", closed=created + took)
    stage = chance.choice(WAITING)
    return replace(message, stage=stage, owner="" if stage == "new" else message.owner)


def _question(chance: random.Random, form: int, moment: datetime) -> "AskedQuestion":
    from assistant.store.daily_table import local_day
    from assistant.store.question_records import AskedQuestion

    kind = chance.choice(_KINDS)
    return AskedQuestion(
        key=str(form),
        asked=moment,
        day=local_day(moment),
        kind=kind,
        answered=kind != "none",
        entry_id="faq-001" if kind == "faq" else "",
        report_id="",
        department=BODIES[form % len(BODIES)],
        confidence_percent=80,
        milliseconds=15,
        spoken=chance.random() < 0.1,
        conversation=None,
    )
