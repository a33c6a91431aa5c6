"""Word lists at the desk: checked, tried on the golden questions, saved, in effect at once, put back."""

import re

import pytest
from desk_checks import add_people, at_desk

from assistant.desk import OPERATOR, recover_words
from assistant.resources import corpus_folder
from assistant.services import open_services
from assistant.store import FaqEntry, Store

GOLDEN = """
- id: asked
  question: 市公安局的食堂几点开门
  expected: {none: true}
"""
# The report's index number is of the corpus.
KNOWN_BY_A_WORD = """
- id: named
  question: 警方2018年主动公开信息多少条
  expected: {report: 010203122-GK-2019-00243, text: [青澜市公安局]}
"""


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """Of these tests alone: they change what answers are made of."""
    opened = open_services(tmp_path_factory.mktemp("words") / "data")
    add_people(opened.desk)
    opened.ingest([corpus_folder() / "reports" / "police-2018.txt"], lambda _: None)
    (opened.data / "questions.yaml").write_text(GOLDEN, "utf-8")
    yield opened
    opened.close()


@pytest.fixture
def reviewer(app, services):
    return at_desk(app, services, "reviewer")


@pytest.fixture
def admin(app, services):
    return at_desk(app, services, "admin")


def form(who, name, text, **fields):
    """The form of the list's page as somebody sends it who has just opened it."""
    return who.post(f"/desk/words/{name}", {**base(who.get(f"/desk/words/{name}").text), "text": text, **fields})


def base(page):
    """What the form of a page says that it was made from."""
    form = page[page.index('id="text-title"') :]
    return {each: re.search(rf'name="{each}" value="(\w*)"', form)[1] for each in ("digest", "waiting")}


def tried(services, who, name, text, **fields):
    """The list is tried on the golden questions; the address of the page that shows it, and the trial's name."""
    return ended(services, form(who, name, text, **{**fields, "try": "1"}), "reviewer", name)


def ended(services, answer, login, name):
    """A trial that was begun has ended; the address of its page, and its name."""
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    trial = services.word_trials.find(login, name, re.search(r"/trials/([^?]+)", address)[1])
    assert trial.ended.wait(120) and trial.error == ""
    return address, trial.id


def proposed(services, who, name, text, **fields):
    """The reviewer tries a list and hands it in; the number of what waits."""
    _, trial = tried(services, who, name, text)
    answer = form(who, name, text, trial=trial, **fields)
    assert answer.status_code == 303, answer.text
    return services.words.see(name).proposal.number


def passed(services, who, admin, name, text, **fields):
    """The reviewer hands a list in, and the admin lets it pass."""
    number = proposed(services, who, name, text, **fields)
    answer = admin.post(f"/desk/words/{name}/approve", {"number": number})
    assert answer.status_code == 303, answer.text


def corpus(name):
    return (corpus_folder() / name).read_text("utf-8")


def test_every_list_that_comes_along_passes_its_own_check(services):
    for name in services.words.lists:
        assert services.words.check(name, corpus(name))


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("synonyms.txt", "警方 公安局 甲乙丙\n甲乙丙 丁", "已在别的组里"),
        ("lexicon.txt", "词 多 少 项", "看不懂"),
        ("pronunciation.txt", "重庆 chong2", "有 2 个字，拼音有 1 个"),
        ("workdays.txt", "休 明天", "看不懂"),
        ("spoken.txt", "长" * 200_001, "最多 200000 个字"),
    ],
)
def test_a_line_that_does_not_do_is_named_and_nothing_saved(services, reviewer, name, line, told):
    before = services.words.see(name).text
    answer = form(reviewer, name, line)
    assert answer.status_code == 400 and told in answer.text
    assert services.words.see(name).text == before


def test_a_synonym_takes_effect_without_a_restart_and_can_be_put_back(services, app, reviewer, admin, client):
    before = services.words.see("synonyms.txt").text
    assert form(reviewer, "synonyms.txt", before + "\n局里那摊 公安局那摊\n", check="1").status_code == 200
    assert services.words.see("synonyms.txt").text == before
    answering = services.answerer
    number = proposed(services, reviewer, "synonyms.txt", before + "\n局里那摊 公安局那摊\n", note="<b>试</b>")
    assert services.answerer is answering and services.words.see("synonyms.txt").text == before
    own = reviewer.post("/desk/words/synonyms.txt/approve", {"number": number})
    assert own.status_code == 403 and "另一位审核人" in own.text
    shown = admin.get("/desk/words/synonyms.txt").text
    assert "等审核的改动" in shown and "局里那摊" in shown and "<b>试" not in shown
    assert admin.post("/desk/words/synonyms.txt/approve", {"number": "x"}).status_code == 409
    assert admin.post("/desk/words/synonyms.txt/approve", {"number": number}).status_code == 303
    assert services.answerer is not answering
    assert client.post("/api/v1/ask", json={"question": "局里那摊事"}).status_code == 200
    seen = services.words.see("synonyms.txt")
    assert (seen.versions[0].note, seen.versions[0].saved_by) == ("<b>试</b>", "reviewer")
    assert seen.versions[0].written and seen.proposal is None
    last = services.store.audit.entries(1)[0]
    assert (last.actor, last.action, last.details["author"]) == ("admin", "words.saved", "reviewer")
    page = reviewer.get(f"/desk/words/synonyms.txt/versions/{seen.versions[-1].id}").text
    assert "局里那摊" in page and "<b>试" not in page
    passed(services, reviewer, admin, "synonyms.txt", before)
    assert services.words.see("synonyms.txt").text.strip() == before.strip()
    editor = at_desk(app, services, "editor")
    assert editor.post("/desk/words/synonyms.txt", {"text": "甲 乙"}).status_code == 403


def test_two_at_one_list_the_second_is_told(services, reviewer, admin):
    before = services.words.see("everyday.txt").text
    number = proposed(services, reviewer, "everyday.txt", before + "\n老爷车 旧车\n")
    later = proposed(services, reviewer, "everyday.txt", before + "\n老爷车 旧车 破车\n")
    assert admin.post("/desk/words/everyday.txt/approve", {"number": number}).status_code == 409  # not what was seen
    assert admin.post("/desk/words/everyday.txt/approve", {"number": later}).status_code == 303
    answer = reviewer.post("/desk/words/everyday.txt", {"digest": "0" * 16, "text": before})
    assert answer.status_code == 409 and "老爷车" in services.words.see("everyday.txt").text
    assert "老爷车 旧车 破车</li>" in answer.text  # what differs is shown
    assert base(answer.text)["digest"] == services.words.see("everyday.txt").digest


def test_a_colleagues_change_that_waits_is_not_overwritten_unseen(services, reviewer, admin):
    before = services.words.see("pronunciation.txt").text
    opened_early = base(admin.get("/desk/words/pronunciation.txt").text)
    assert form(reviewer, "pronunciation.txt", before + "\n重庆 chong2 qing4\n").status_code == 303
    first = services.words.see("pronunciation.txt").proposal
    own = {**opened_early, "text": before + "\n重庆 zhong4 qing4\n", "note": "<i>"}
    late = admin.post("/desk/words/pronunciation.txt", own)
    assert late.status_code == 409 and services.words.see("pronunciation.txt").proposal == first
    assert "− 重庆 chong2 qing4</li>" in late.text and "+ 重庆 zhong4 qing4</li>" in late.text
    assert "重庆 zhong4 qing4\n</textarea>" in late.text and 'value="&lt;i&gt;"' in late.text
    # Typed wrong in between, the form still says what it was made from.
    wrong = admin.post("/desk/words/pronunciation.txt", {**own, "text": before + "\n重庆 zhong4\n"})
    assert wrong.status_code == 400 and base(wrong.text) == opened_early
    assert admin.post("/desk/words/pronunciation.txt", {**own, **base(late.text)}).status_code == 303
    assert services.words.see("pronunciation.txt").proposal.author == "admin"
    assert services.store.audit.entries(1)[0].details["replaces"] == "reviewer"


def test_what_was_typed_is_kept_where_its_trial_is_forgotten(services, reviewer):
    typed = services.words.see("spoken.txt").text + "\n大喇叭 广播\n"
    answer = form(reviewer, "spoken.txt", typed, trial="forgotten", note="又一次")
    assert answer.status_code == 400 and "要再试一次" in answer.text
    assert "大喇叭 广播\n</textarea>" in answer.text and 'value="又一次"' in answer.text


def test_a_change_is_tried_again_when_something_was_published_since(services, reviewer, admin):
    text = services.words.see("spoken.txt").text + "\n大喇叭 广播\n"
    number = proposed(services, reviewer, "spoken.txt", text)
    services.store.replace_faq([FaqEntry("new", "广播站几点开门？", (), "九点。")])
    late = admin.post("/desk/words/spoken.txt/approve", {"number": number, "reason": "急"})
    assert late.status_code == 409 and "请照现在的再试一次" in late.text
    again = {**base(late.text), "text": text, "try": "1"}
    address, trial = ended(services, admin.post("/desk/words/spoken.txt", again), "admin", "spoken.txt")
    assert f'name="trial" value="{trial}"' in admin.get(address).text.partition("text-title")[0]
    assert admin.post("/desk/words/spoken.txt/approve", {"number": number, "trial": trial}).status_code == 303
    assert services.words.see("spoken.txt").versions[0].saved_by == "reviewer"


def test_what_is_not_let_pass_changes_nothing(services, reviewer, admin):
    before = services.words.see("workdays.txt").text
    assert form(reviewer, "workdays.txt", before + "\n休 2031-10-01 2031-10-07\n").status_code == 303
    number = services.words.see("workdays.txt").proposal.number
    answer = admin.post("/desk/words/workdays.txt/refuse", {"number": number, "remark": "还没有公布"})
    assert answer.status_code == 303 and services.words.see("workdays.txt").proposal is None
    assert services.words.see("workdays.txt").text == before
    assert services.store.audit.entries(1)[0].details == {"remark": "还没有公布"}
    assert admin.post("/desk/words/workdays.txt/approve", {"number": number}).status_code == 409


def test_what_was_not_tried_is_not_taken(services, reviewer):
    ways = services.words.see("spoken.txt").text
    untried = form(reviewer, "spoken.txt", ways + "\n甲甲甲 乙乙乙\n")
    assert untried.status_code == 400 and "先用标准问题试一试" in untried.text
    _, trial = tried(services, reviewer, "spoken.txt", ways + "\n甲甲甲 乙乙乙\n")
    changed = form(reviewer, "spoken.txt", ways + "\n甲甲甲 丙丙丙\n", trial=trial)
    assert changed.status_code == 400 and "再试一次" in changed.text


def test_what_really_gets_worse_is_let_pass_only_for_a_reason_which_is_logged(services, reviewer, admin):
    """The golden question names the body as people do; without the word it is not known whose figure it is."""
    (services.data / "questions.yaml").write_text(KNOWN_BY_A_WORD, "utf-8")
    without = services.words.see("synonyms.txt").text.replace(" 警方", "")
    number = proposed(services, reviewer, "synonyms.txt", without)
    shown = admin.get("/desk/words/synonyms.txt").text
    assert "有 1 个标准问题会答得更差" in shown and "警方2018年主动公开信息多少条" in shown
    refused = admin.post("/desk/words/synonyms.txt/approve", {"number": number})
    assert refused.status_code == 400 and "请写明理由" in refused.text
    assert " 警方" in services.words.see("synonyms.txt").text
    reason = {"number": number, "reason": "改由常见问题回答"}
    assert admin.post("/desk/words/synonyms.txt/approve", reason).status_code == 303
    told = services.store.audit.entries(1)[0].details
    assert (told["worse"], told["reason"]) == (1, "改由常见问题回答")
    (services.data / "questions.yaml").write_text(GOLDEN, "utf-8")


def test_who_reviews_alone_lets_their_own_pass_for_a_reason_which_is_logged(services, admin):
    people = services.desk.people
    before = services.words.see("workdays.txt").text
    assert form(admin, "workdays.txt", before + "\n休 2032-10-01 2032-10-07\n").status_code == 303
    number = services.words.see("workdays.txt").proposal.number
    assert admin.post("/desk/words/workdays.txt/approve", {"number": number, "reason": "急"}).status_code == 403
    people.change(OPERATOR, people.named("reviewer").id, active=False)
    try:
        assert "单位里没有别的审核人" in admin.get("/desk/words/workdays.txt").text
        assert admin.post("/desk/words/workdays.txt/approve", {"number": number}).status_code == 409
        reason = {"number": number, "reason": "国务院办公厅已经公布"}
        assert admin.post("/desk/words/workdays.txt/approve", reason).status_code == 303
    finally:
        people.change(OPERATOR, people.named("reviewer").id, active=True)
    assert "2032-10-01" in services.words.see("workdays.txt").text
    told = next(each for each in services.store.audit.entries(9) if each.action == "words.saved").details
    assert (told["alone"], told["reason"]) == (True, "国务院办公厅已经公布")


def test_a_file_edited_by_hand_is_a_version_and_no_list_leads_out_of_the_folder(services, reviewer):
    (services.data / "spoken-things.txt").write_text("大伙 大家\n", "utf-8")
    seen = services.words.see("spoken-things.txt")
    assert (seen.text, seen.versions[0].saved_by) == ("大伙 大家\n", "（直接改文件）")
    for name in ("anan.toml", "../anan.db", "..%2Fanan.db", "questions.yaml"):
        assert reviewer.get(f"/desk/words/{name}").status_code == 404
        assert reviewer.post(f"/desk/words/{name}", {"text": "甲 乙"}).status_code in (404, 405)


@pytest.mark.parametrize("name", ["lexicon.txt", "synonyms.txt"])
def test_the_effect_on_the_golden_questions_is_shown_and_nothing_saved(services, reviewer, name):
    (services.data / "questions.yaml").write_text(GOLDEN, "utf-8")
    before = services.words.see(name).text
    indexed = services.index.passage_count
    line = "\n护林广播\n" if name == "lexicon.txt" else "\n护林广播 护林喇叭\n"
    address, trial = tried(services, reviewer, name, before + line)
    assert services.word_trials.find("reviewer", name, trial).result["questions"] == 1
    page = reviewer.get(address).text
    assert "问了 1 个" in page and "护林广播" in page
    assert services.words.see(name).text == before and services.index.passage_count == indexed
    assert reviewer.get("/desk/words/spoken.txt/trials/1").status_code == 404


def test_a_new_word_of_the_lexicon_takes_effect_without_a_restart(services, reviewer, admin, client):
    old = services.indexer.segmenter
    longer = services.words.see("lexicon.txt").text + "\n护林广播站 20000 n\n"
    passed(services, reviewer, admin, "lexicon.txt", longer)
    assert services.wait_until_reworded(120)
    assert "护林广播站" in services.indexer.segmenter.words("护林广播站开了")
    assert services.indexer.segmenter is not old and services.indexer.agrees()
    assert client.post("/api/v1/ask", json={"question": "市公安局公开了多少条信息"}).get_json()["evidence"]


def test_what_was_saved_when_the_process_died_is_written_at_the_next_start(tmp_path):
    with Store.open(tmp_path / "anan.db") as store:
        store.words.add("synonyms.txt", "甲 乙\n", "wang", "", written=False, characters=3)
        recover_words(store, tmp_path)
        assert (tmp_path / "synonyms.txt").read_text("utf-8") == "甲 乙\n"
        assert not store.words.unwritten()
