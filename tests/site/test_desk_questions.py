"""What people ask, at the desk: a citizen's question becomes a group, and staff act on it."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from desk_checks import at_desk

from assistant.desk.question_upkeep import QuestionUpkeep
from assistant.store import FaqEntry


@pytest.fixture
def editor(app, services, people):
    return at_desk(app, services, "editor")


@pytest.fixture
def ask(client, services):
    """Asks as a citizen does, and has it written down."""

    def asking(question, **more):
        answer = client.post("/api/v1/ask", json={"question": question, **more}).get_json()
        services.questions.write()
        return answer

    return asking


def group_of(editor, label, **query):
    """The address of the group of this label, as the list gives it."""
    page = editor.get("/desk/questions", query_string={"show": "all", "word": label, **query})
    assert page.status_code == 200
    found = re.search(rf'href="(/desk/questions/\d+)">{label}<', page.text)
    assert found, page.text
    return found[1]


def newest(services):
    return services.store.audit.entries(1)[0]


def test_a_question_without_answer_becomes_a_draft(ask, editor, services):
    assert ask("火星移民报名处在哪里")["kind"] == "none"
    assert ask("火星移民报名处在什么地方")["kind"] == "none"
    path = group_of(editor, "火星移民报名处在哪里", show="unsolved")
    page = editor.get(path).text
    assert "火星移民报名处在什么地方" in page
    refused = editor.post(f"{path}/entry", {"question": "火星移民在哪报名", "answer": ""})
    assert refused.status_code == 400
    assert "请写下答案" in refused.text
    assert " checked" not in refused.text and 'value="火星移民在哪报名"' in refused.text
    sent = {
        "question": "火星移民在哪报名",
        "answer": "本市不办理。",
        "publisher": "市政府",
        "owner": "admin",
        "state": "published",
    }
    done = editor.post(f"{path}/entry", {**sent, "phrasing": ["火星移民报名处在什么地方"]})
    made = newest(services)
    assert (made.actor, made.action, made.details["before"]) == ("editor", "group.drafted", "open")
    opened = editor.get(done.headers["Location"]).text
    assert "还没有送审" in opened and "保存并送审" in opened
    head = services.store.faq_table.head(made.details["entry_id"])
    assert (head.entry.state, head.live, head.entry.owner) == ("draft", None, "editor")
    assert head.entry.phrasings == ("火星移民报名处在什么地方",)
    assert "已起草" in editor.get(path).text
    assert "火星移民" not in editor.get("/desk/questions?show=unsolved&word=火星移民报名").text.partition("<tbody>")[2]


def test_whose_question_it_is_stands_nowhere(ask, client, editor):
    said = ask("我叫钱多多，身份证号11010519491231002X，火星车牌粤B12345怎么报名")
    ask("家住火星路12号3单元402室的路灯坏了")
    bad = {"question": "家住火星路12号3单元402室的路灯坏了", "kind": "none", "verdict": "down"}
    assert client.post("/api/v1/feedback", json={**bad, "conversation": said["conversation"]}).status_code < 300
    month = datetime.now().astimezone().strftime("%Y-%m")
    pages = [editor.get("/desk/questions?show=all&word=的路灯坏了").text]
    pages += [editor.get(group_of(editor, re.escape("*" * 15) + "的路灯坏了", word="的路灯坏了")).text]
    assert all("***的路灯坏了" in page for page in pages)
    pages += [editor.get("/desk/questions?show=all&word=怎么报名").text, editor.get(f"/desk/bulletin/{month}").text]
    assert not re.search("钱多多|19491231|B12345|402室|火星路", "".join(pages))


def test_out_of_scope_needs_a_reason_and_can_be_undone(ask, editor, services):
    ask("手机怎么截屏呀")
    path = group_of(editor, "手机怎么截屏呀")
    assert editor.post(f"{path}/out-of-scope", {"note": " "}).status_code == 400
    editor.post(f"{path}/out-of-scope", {"note": "不是政务"})
    assert "不是政务" in editor.get(path).text
    assert newest(services).details == {"before": "open", "note": "不是政务", "state": "out_of_scope"}
    editor.post(f"{path}/undo")
    assert "不是政务" not in editor.get(path).text
    assert newest(services).action == "group.open"


def test_a_passage_and_an_entry_can_be_named(ask, editor, services):
    ask("微博一共发了多少条信息呢")
    path = group_of(editor, "微博一共发了多少条信息呢")
    passage = re.search(r'name="passage" value="([^"]+)"', editor.get(path).text)[1]
    editor.post(f"{path}/passage", {"passage": passage})
    assert newest(services).action == "group.linked"
    assert editor.post(f"{path}/passage", {"passage": "none#p1"}).status_code == 404
    head = services.desk.asked._faq.save("editor", FaqEntry("", "微博发多少条", (), "见年报。"), None)
    assert editor.post(f"{path}/phrasing", {"entry": head.entry.id}).status_code == 400
    editor.post(f"{path}/phrasing", {"entry": head.entry.id, "phrasing": ["微博一共发了多少条信息呢"]})
    assert services.store.faq_table.head(head.entry.id).entry.phrasings == ("微博一共发了多少条信息呢",)
    assert editor.post(f"{path}/phrasing", {"entry": "none", "phrasing": ["x"]}).status_code == 404


def test_what_a_stranger_typed_is_shown_as_typed(ask, editor):
    ask("<script>alert(7)</script>猫咪上户口{{ 7 * 7 }}")
    listed = editor.get("/desk/questions?show=all&word=猫咪上户口").text
    path = re.search(r'href="(/desk/questions/\d+)">&lt;script', listed)[1]
    for page in (listed, editor.get(path).text):
        assert "<script>alert(7)" not in page
        assert "{{ 7 * 7 }}" in page


def test_asked_again_in_other_words_is_proposed_and_waits_for_a_yes(client, ask, editor, services):
    services.store.replace_faq([*services.store.faq(), FaqEntry("faq-yyz", "游泳证在哪里办？", (), "到体育局办。")])
    first = ask("深水合格那个证上哪儿弄")
    assert first["kind"] == "none"
    second = ask("游泳证在哪里办", conversation=first["conversation"])
    assert second["kind"] == "faq"
    client.post(
        "/api/v1/feedback",
        json={"conversation": first["conversation"], "question": "游泳证在哪里办", "kind": "faq", "verdict": "up"},
    )
    soon = datetime.now(timezone.utc) + timedelta(hours=1)
    upkeep = QuestionUpkeep(services.store, services.questions, 180, lambda: soon)
    upkeep.learn()
    upkeep.learn()
    page = editor.get("/desk/phrasings").text
    assert "深水合格那个证上哪儿弄" in page
    which = re.search(r'name="which" value="([^"]+ faq-yyz)"', page)[1]
    editor.post("/desk/phrasings", {"which": which, "verdict": "yes"})
    assert newest(services).action == "phrasing.accepted"
    head = services.store.faq_table.head("faq-yyz")
    assert head.entry.phrasings == ("深水合格那个证上哪儿弄",)
    assert (head.entry.state, head.version) == ("draft", 2)
    editor.post("/desk/phrasings", {"which": which, "verdict": "yes"})
    assert services.store.faq_table.head("faq-yyz").version == 2


@pytest.mark.parametrize("query", ["period=x&show=y&page=-1", "page=99999999999", "word=%00%FF", "department=x" * 50])
def test_any_query_gives_a_page(editor, query):
    assert editor.get(f"/desk/questions?{query}").status_code == 200


def test_what_is_not_there_is_told(editor):
    assert editor.get("/desk/questions/999999").status_code == 404
    assert editor.post("/desk/questions/999999/undo").status_code == 404
