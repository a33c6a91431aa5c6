"""From an editor's draft to a citizen's next answer, in a browser: written, reviewed, tried, published, asked."""

from collections.abc import Iterator

import pytest
from desk_pages import PASSWORD, DeskSite, desk_site

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

# The questions are asked twice behind the page, on a machine that has other things to do.
TRIAL_MS = 120_000
GOLDEN = "- {id: q1, question: 低保怎么申请？, expected: {faq: dibao}}\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[DeskSite]":
    with desk_site(tmp_path_factory) as running:
        (running.services.data / "questions.yaml").write_text(GOLDEN, encoding="utf-8")
        yield running


def sign_in(page: "playwright_api.Page", desk: DeskSite, login: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{desk.address}/desk/sign-in?next=/desk/faq")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="常见问题", exact=True)).to_be_visible()


def test_a_draft_is_reviewed_tried_published_and_answers_the_next_question(page, desk):
    sign_in(page, desk, "editor")
    page.get_by_role("link", name="新建").click()
    page.get_by_label("问题", exact=True).fill("低保怎样申请呀？")
    # While typing: the same question is there already.
    expect(page.locator("#looked")).to_contain_text("低保怎么申请？")
    page.get_by_label("问题", exact=True).fill("殡仪馆几点开门？")
    expect(page.locator("#looked")).to_be_empty()
    page.get_by_label("其他问法").fill("火葬场什么时候上班")
    page.get_by_label("答案").fill("**每天 8:00** 开门。")
    page.get_by_role("button", name="保存并送审").click()
    expect(page.get_by_role("status")).to_have_text("已保存并送审。")
    expect(page.get_by_role("button", name="发布")).to_have_count(0)

    sign_in(page, desk, "reviewer")
    page.get_by_label("状态").select_option("review")
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("row", name="殡仪馆几点开门？").get_by_role("link", name="去审核").click()
    page.get_by_role("button", name="用标准问题检查").click()
    expect(page.get_by_role("region", name="标准问题")).to_contain_text("问了 1 个：变差 0", timeout=TRIAL_MS)
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("status")).to_have_text("第 1 版已发布。")
    asked = page.request.post(f"{desk.address}/api/v1/ask", data={"question": "火葬场什么时候上班"}).json()
    assert (asked["kind"], asked["text"]) == ("faq", "每天 8:00 开门。")
    actions = [each.action for each in desk.services.store.audit.entries(10) if each.action.startswith("faq.")]
    assert actions[:3] == ["faq.published", "faq.submitted", "faq.added"]


def test_a_question_asked_in_vain_is_answered_and_spoken_the_next_time(page, desk):
    page.goto(f"{desk.address}/?q=滑雪场几点开放")
    expect(page.locator(".answer").first).to_contain_text("没有找到")
    desk.services.questions.write()

    sign_in(page, desk, "editor")
    page.get_by_role("link", name="市民在问").click()
    page.get_by_role("link", name="滑雪场几点开放").click()
    page.get_by_label("答案").fill("冬季每天 9:00 至 16:00 开放。")
    page.get_by_label("部门").fill("演示县体育局")
    page.get_by_role("button", name="起草").click()
    expect(page.locator(".said")).to_contain_text("还没有送审")
    page.get_by_role("button", name="保存并送审").click()
    expect(page.get_by_role("status")).to_have_text("已保存并送审。")
    asked = page.request.post(f"{desk.address}/api/v1/ask", data={"question": "滑雪场几点开放"}).json()
    assert asked["kind"] == "none"

    sign_in(page, desk, "reviewer")
    page.goto(f"{desk.address}/desk/faq?state=review")
    page.get_by_role("row", name="滑雪场几点开放").get_by_role("link", name="去审核").click()
    page.get_by_role("button", name="用标准问题检查").click()
    expect(page.get_by_role("region", name="标准问题")).to_contain_text("问了 1 个：变差 0", timeout=TRIAL_MS)
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("status")).to_have_text("第 1 版已发布。")
    page.goto(f"{desk.address}/?q=滑雪场几点开放")
    expect(page.locator(".answer").first).to_contain_text("冬季每天 9:00 至 16:00 开放。")
    asked = page.request.post(f"{desk.address}/api/v1/ask", data={"question": "滑雪场几点开放"}).json()
    spoken = page.request.get(f"{desk.address}/api/v1/speech/{asked['utterances'][0]['key']}")
    assert (spoken.status, spoken.headers["content-type"], len(spoken.body()) > 1000) == (200, "audio/mpeg", True)

    sign_in(page, desk, "admin")
    page.goto(f"{desk.address}/desk/audit")
    rows = page.get_by_role("row")
    for who, what in (("editor", "起草"), ("editor", "送审"), ("reviewer", "发布常见问题")):
        expect(rows.filter(has_text=who).filter(has_text=what).first).to_be_visible()
    assert desk.services.store.audit.verify().broken_at is None
