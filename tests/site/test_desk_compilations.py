"""热点问题汇编: begun from what was asked most, edited, published by another, read and taken along by citizens."""

import io
import re
from html import unescape

import pytest
from desk_checks import at_desk
from docx import Document
from openpyxl import load_workbook

from assistant.store import FaqEntry


@pytest.fixture
def editor(app, services, people):
    return at_desk(app, services, "editor")


@pytest.fixture
def reviewer(app, services, people):
    return at_desk(app, services, "reviewer")


@pytest.fixture
def begun(client, editor, services):
    """The address of a compilation with one answered and some unanswered questions."""
    others = [each for each in services.store.faq(state=None) if each.id != "faq-hot"]
    services.store.replace_faq([*others, FaqEntry("faq-hot", "滑雪证怎么办？", (), "=到体育局办<b>。")])
    for _ in range(3):
        client.post("/api/v1/ask", json={"question": "滑雪证怎么办"})
    client.post("/api/v1/ask", json={"question": "月球基地招人吗"})
    services.questions.write()
    return editor.post("/desk/compilations", {"period": "d7"}).headers["Location"]


def fields(page):
    """The fields of the form, as the page fills them."""
    form = dict(re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', page))
    form |= dict(re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    return {name: unescape(value) for name, value in form.items() if name != "csrf"}


def test_a_compilation_goes_its_way(client, editor, reviewer, services, begun):
    page = editor.get(begun).text
    form = fields(page)
    at = next(name[9:] for name, value in form.items() if name.startswith("question-") and value == "滑雪证怎么办")
    assert form[f"answer-{at}"] == "=到体育局办<b>。"
    assert "还有问题没有答案" in reviewer.post(f"{begun}/publish", {"base": "1"}).text
    kept = {name: value for name, value in form.items() if name.endswith(f"-{at}") or "-" not in name}
    saved = editor.post(f"{begun}/save", {**kept, "title": "十月热点", f"question-{at}": "=滑雪证怎么办？"})
    assert saved.status_code == 303
    late = editor.post(f"{begun}/save", {**kept, "title": "迟到的"})
    assert (late.status_code, "别人刚刚改过" in late.text) == (409, True)
    # What was typed stays, beside what was saved meanwhile; how often it was asked is not the form's to say.
    overtaken = fields(late.text)
    assert (overtaken["title"], overtaken["base"]) == ("迟到的", "2")
    assert re.search(r"<dt>标题</dt><dd>.*<del>.*</del><ins>.*</ins>", late.text)
    assert "（问过 3 次）" in late.text
    assert editor.post(f"{begun}/publish", {"base": "2"}).status_code == 403
    number = begun.rpartition("/")[2]
    assert client.get(f"/hot/{number}").status_code == 404
    assert reviewer.post(f"{begun}/publish", {"base": "2"}).status_code == 303
    assert services.store.audit.entries(1)[0].action == "compilation.published"
    public = client.get(f"/hot/{number}").text
    assert "十月热点" in client.get("/hot").text
    assert "=到体育局办&lt;b&gt;。" in public
    assert "月球基地" not in public
    words = [each.text for each in Document(io.BytesIO(client.get(f"/hot/{number}.docx").data)).paragraphs]
    assert words == ["十月热点", "1. =滑雪证怎么办？", "=到体育局办<b>。"]
    rows = list(load_workbook(io.BytesIO(client.get(f"/hot/{number}.xlsx").data)).active.iter_rows())
    assert [cell.value for cell in rows[1]] == [1, "'=滑雪证怎么办？", "'=到体育局办<b>。", 3]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    editor.post(f"{begun}/save", {**kept, "base": "2", "title": "新的一版"})
    assert "十月热点" in client.get(f"/hot/{number}").text
    reviewer.post(f"{begun}/withdraw")
    assert client.get(f"/hot/{number}").status_code == 404


def test_sensitive_information_is_shown_in_its_place_and_published_only_for_a_reason(editor, reviewer, services, begun):
    form = {**fields(editor.get(begun).text), "intro": "请找张三，微信号zhang_san3，电话一三八零零一三八零零零。"}
    answered = {name: "到体育局办。" for name in form if name.startswith("answer-")}
    last = max(int(name[9:]) for name in form if name.startswith("question-"))
    assert editor.post(f"{begun}/save", {**form, **answered, f"drop-{last}": "1"}).status_code == 303
    shown = reviewer.get(begun).text
    assert re.findall(r'<mark title="([^"]+)">([^<]+)<', shown) == [
        ("微信号、QQ号", "zhang_san3"),
        ("手机号", "一三八零零一三八零零零"),
    ]
    refused = reviewer.post(f"{begun}/publish", {"base": "2"})
    assert refused.status_code == 409 and "请写明理由" in refused.text
    assert reviewer.post(f"{begun}/publish", {"base": "2", "reason": "本人同意"}).status_code == 303
    told = services.store.audit.entries(1)[0].details
    assert told == {"version": 2, "sensitive": {"account": 1, "mobile": 1}, "reason": "本人同意"}


def test_nobody_publishes_their_own_words(editor, reviewer, begun):
    form = fields(reviewer.get(begun).text)
    assert reviewer.post(f"{begun}/save", {**form, "drop-0": "1"}).status_code == 303
    assert "由另一位审核人员公布" in reviewer.get(begun).text
    assert "自己改的要由别人公布" in reviewer.post(f"{begun}/publish", {"base": "2"}).text
    # Nor after somebody else has saved a word of theirs over it.
    assert editor.post(f"{begun}/save", {**fields(editor.get(begun).text), "title": "换个题目"}).status_code == 303
    assert "自己改的要由别人公布" in reviewer.post(f"{begun}/publish", {"base": "3"}).text


def test_what_does_not_do_is_refused(editor, begun):
    form = fields(editor.get(begun).text)
    refused = editor.post(f"{begun}/save", {**form, "title": "", "answer-0": "写了很久的答案"})
    assert (refused.status_code, fields(refused.text)["answer-0"]) == (400, "写了很久的答案")
    forged = editor.post(f"{begun}/save", {**form, "title": "", "asked-0": "x" * 43 + "999 faq-hot"})
    assert "（问过 999 次）" not in forged.text
    assert editor.post(f"{begun}/save", {**form, "answer-0": "长" * 5001}).status_code == 400
    assert editor.post("/desk/compilations", {"period": "2001-01"}).status_code == 400
    assert editor.post("/desk/compilations/999999/save", form).status_code == 404
