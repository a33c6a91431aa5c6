"""The player of a report in a real browser: steering, pointing, remembering, failing well; its figures are printed."""

import gzip
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fake_site import WEB, FakeSite, page_html, tone

from assistant.site.trimming import trimmed

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
Page = playwright_api.Page
expect = playwright_api.expect

LINES = [
    "一、总体情况。全年公开2600条。比上年多212条。",
    "二、收到申请34件。都答复了。没有复议。",
    "三、联系我们。电话在下面。",
]
TEXT = "\n".join(LINES)
SENTENCES = [sentence + "。" for sentence in TEXT.replace("\n", "").split("。") if sentence]
VOICES = [
    {"name": "first", "label": "晓晓", "sex": "female", "neural": True, "default": True},
    {"name": "second", "label": "云健", "sex": "male", "neural": True, "default": False},
]
# What a citizen hears, seen from outside: the audio element, the marks, and what the system is told.
WATCH = """
window.seen = { marks: [], actions: {}, positions: [], playing: [], ended: [] };
const put = HighlightRegistry.prototype.set;
HighlightRegistry.prototype.set = function (name, value) {
    seen.marks.push([...value].map(String).join(''));
    return put.call(this, name, value);
};
navigator.mediaSession.setActionHandler = (action, handler) => { seen.actions[action] = handler; };
navigator.mediaSession.setPositionState = (state) => { seen.positions.push(state ?? null); };
"""
AUDIO = "document.querySelector('anan-reader').shadowRoot.querySelector('audio')"


def utterances(kind: str) -> list[dict[str, Any]]:
    found, at = [], 0
    for number, text in enumerate(SENTENCES):
        at = TEXT.index(text, at)
        found.append({"key": f"{kind}-{number}", "text": text, "start": at, "end": at + len(text), "kept": False})
    return found


def report_page(more: str = "", report: str = "r1") -> str:
    body = f'<main tabindex="-1"><anan-reader report="{report}" server=""></anan-reader><h1>某县报告</h1>{more}'
    for line in LINES:
        start = TEXT.index(line)
        body += (
            f'<p><span data-start="{start}" data-end="{start + len(line)}">{line}</span></p>'
            + "<p>"
            + "<br>" * 40
            + "</p>"
        )
    return page_html('<script type="module" src="/web/reader/reader-define.js"></script>', f"{body}</main>")


@pytest.fixture
def site() -> Iterator[FakeSite]:
    running = FakeSite()
    running.utterances = utterances("long")
    running.pages["/report"] = report_page(
        '<p><label>问 <input id="field"></label> <a href="#x" id="link">链接</a></p>'
    )
    running.hooks["/api/v1/voices"] = lambda _: (404, "text/plain", b"")
    yield running
    running.close()


@pytest.fixture
def report(page: Page, site: FakeSite) -> Page:
    page.add_init_script(WATCH)
    page.clock.set_fixed_time("2026-03-01T09:00:00+08:00")
    page.goto(site.address + "/report")
    return page


def main(page: Page) -> Any:
    """The one button that begins, holds and goes on."""
    return page.locator("anan-reader .main")


def state(page: Page, wanted: str) -> None:
    expect(page.locator(".bar")).to_have_attribute("data-state", wanted)


def at(page: Page, number: int) -> None:
    expect(page.get_by_text(f"第 {number} 句，共 {len(SENTENCES)} 句")).to_be_visible()


def audio(page: Page, what: str) -> Any:
    return page.evaluate(f"{AUDIO}.{what}")


def marked(page: Page) -> str:
    return page.evaluate("seen.marks.at(-1)")


def near_end(page: Page) -> None:
    """Let the sentence come to its end: a minute is not waited for. How long it is, is known once it is loaded."""
    page.evaluate(
        f"""() => new Promise((done) => {{
            const audio = {AUDIO};
            const end = () => done(audio.currentTime = audio.duration - 0.05);
            if (audio.readyState) end();
            else audio.addEventListener('loadedmetadata', end, {{ once: true }});
        }})"""
    )


def point(page: Page, sentence: str, **options: Any) -> None:
    """A press in the middle of a sentence of the page."""
    place = page.evaluate(
        """(sentence) => {
            const spans = [...document.querySelectorAll('[data-start]')];
            const span = spans.find((each) => each.textContent.includes(sentence));
            const range = document.createRange();
            const from = span.textContent.indexOf(sentence);
            range.setStart(span.firstChild, from);
            range.setEnd(span.firstChild, from + sentence.length);
            span.scrollIntoView({ block: 'center' });
            const { left, top, width, height } = range.getBoundingClientRect();
            return [left + width / 2, top + height / 2];
        }""",
        sentence,
    )
    page.mouse.click(*place, **options)


def select(page: Page, start: int, end: int) -> None:
    page.evaluate(
        """([start, end]) => {
            const place = (offset) => {
                const spans = [...document.querySelectorAll('[data-start]')];
                const span = spans.find(({ dataset }) => offset <= dataset.end);
                return [span.firstChild, offset - span.dataset.start];
            };
            document.getSelection().setBaseAndExtent(...place(start), ...place(end));
        }""",
        [start, end],
    )


def test_steering_by_buttons_slider_keys_and_the_system(report: Page, site: FakeSite) -> None:
    with report.expect_response("**/api/v1/reports/r1/utterances"):
        report.reload()  # the list comes as the bar comes into view
    # Coming near asks for what a press will want; nothing sounds.
    come = threading.Event()
    site.hooks["/api/v1/speech/long-0"] = lambda _: come.wait() and (200, "audio/wav", tone(60))
    with report.expect_request("**/api/v1/speech/long-0"):
        main(report).hover()
    state(report, "idle")
    assert audio(report, "paused")
    # That the press was felt is shown before there is anything to hear.
    report.get_by_role("button", name="上午好！我是安安 点击我为您语音播报").click()
    state(report, "loading")
    expect(report.locator(".bar")).to_contain_text("正在准备")
    come.set()
    state(report, "playing")
    at(report, 1)
    report.get_by_role("button", name="下一句").click()
    at(report, 2)
    state(report, "playing")
    assert marked(report) == SENTENCES[1]
    report.get_by_role("button", name="上一句").click()
    at(report, 1)
    slider = report.get_by_role("slider", name="读到第几句")
    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "End", "ArrowLeft"):
        report.keyboard.press(key)
    at(report, 7)
    expect(slider).to_have_attribute("aria-valuetext", "第 7 句，共 8 句")
    # Within the reader the arrows are sentences and space holds; on its buttons space stays the button's.
    report.get_by_role("button", name="下一句").focus()
    report.keyboard.press("ArrowRight")
    at(report, 8)
    report.keyboard.press("ArrowRight")  # there is none after the last
    at(report, 8)
    main(report).focus()
    report.keyboard.press("Space")
    state(report, "paused")
    report.keyboard.press("ArrowLeft")  # moving while held stays held
    at(report, 7)
    state(report, "paused")
    assert audio(report, "paused")
    report.keyboard.press("Space")
    state(report, "playing")
    # A field and a link keep their keys, and space scrolls the page; with the focus on nothing the arrows steer.
    report.locator("#field").fill("甲乙")
    for key in ("ArrowLeft", "Escape", "Space"):
        report.keyboard.press(key)
    assert report.locator("#field").input_value() == "甲 乙"
    report.locator("#link").focus()
    report.keyboard.press("ArrowLeft")
    at(report, 7)
    state(report, "playing")
    report.locator("main").focus()
    report.keyboard.press("ArrowLeft")
    at(report, 6)
    report.keyboard.press("Space")
    state(report, "playing")
    # The lock screen and media keys.
    assert report.evaluate("navigator.mediaSession.metadata.artist") == "安安"
    for action, number in (("nexttrack", 7), ("previoustrack", 6)):
        report.evaluate("(action) => seen.actions[action]({})", action)
        at(report, number)
    position = report.evaluate("seen.positions.at(-1)")
    assert 0 < position["position"] < position["duration"]
    report.evaluate("seen.actions.seekto({ seekTime: 0.1 })")
    at(report, 1)
    report.evaluate("seen.actions.pause({})")
    state(report, "paused")
    assert report.evaluate("navigator.mediaSession.playbackState") == "paused"
    report.evaluate("seen.actions.play({})")
    state(report, "playing")
    report.locator("main").focus()
    report.keyboard.press("Escape")
    state(report, "idle")
    assert report.evaluate("[navigator.mediaSession.metadata, seen.actions.play]") == [None, None]
    # After stopping, it can be heard again.
    main(report).click()
    state(report, "playing")
    assert not audio(report, "paused")


def test_what_the_server_has_at_hand_is_fetched_before_anybody_comes_near(page: Page, site: FakeSite) -> None:
    site.utterances = [each | {"kept": True} for each in site.utterances]
    with page.expect_response("**/api/v1/speech/long-0"):
        page.goto(site.address + "/report")
    state(page, "idle")
    assert site.spoken == ["long-0"]
    # It waits in the player, decoded: a press has nothing to wait for. Nothing sounds by itself.
    page.wait_for_function(f"() => {AUDIO}.readyState === {AUDIO}.HAVE_ENOUGH_DATA")
    ready = audio(page, "src")
    assert audio(page, "paused")
    main(page).click()
    state(page, "playing")
    assert audio(page, "src") == ready
    assert site.spoken.count("long-0") == 1
    # From another place nothing of it is heard.
    page.get_by_role("button", name="下一句").click()
    at(page, 2)
    page.keyboard.press("Escape")
    state(page, "idle")
    page.reload()
    page.wait_for_function(f"() => {AUDIO}?.readyState === {AUDIO}.HAVE_ENOUGH_DATA")
    ready = audio(page, "src")
    page.get_by_role("button", name="接着上次听").click()
    at(page, 2)
    state(page, "playing")
    assert audio(page, "src") != ready


def test_speed_volume_and_loops_are_chosen_and_kept(report: Page, site: FakeSite) -> None:
    report.get_by_role("button", name="设置").click()
    report.get_by_label("语速").select_option("2 倍")
    volume = report.get_by_role("slider", name="音量")
    volume.fill("0.5")
    expect(volume).to_have_attribute("aria-valuetext", "百分之50")
    report.get_by_label("循环").select_option("本句循环")
    main(report).click()
    state(report, "playing")
    report.get_by_role("button", name="下一句").click()
    state(report, "playing")
    heard = report.evaluate(
        f"(({{ playbackRate, preservesPitch, volume }}) => [playbackRate, preservesPitch, volume])({AUDIO})"
    )
    assert heard == [2, True, 0.5]
    report.get_by_label("语速").select_option("0.5 倍")
    assert audio(report, "playbackRate") == 0.5
    near_end(report)
    report.wait_for_function(f"() => {AUDIO}.currentTime < 30 && !{AUDIO}.paused")
    at(report, 2)
    report.get_by_label("循环").select_option("全文循环")
    report.get_by_role("slider", name="读到第几句").focus()
    report.keyboard.press("End")
    at(report, 8)
    state(report, "playing")
    near_end(report)
    at(report, 1)
    report.reload()
    report.get_by_role("button", name="设置").click()
    expect(report.get_by_label("语速")).to_have_value("0.5")
    expect(report.get_by_label("循环")).to_have_value("all")
    report.get_by_label("循环").select_option("不循环")
    report.evaluate('localStorage.setItem(\'anan-listening\', \'{"rate": 99, "volume": "x", "voice": 7}\')')
    report.evaluate("localStorage.setItem('anan-bookmarks', '[1, [\"r1\", \"x\"]]')")
    report.reload()  # what makes no sense is as if nothing had been chosen
    main(report).click()
    state(report, "playing")
    assert [audio(report, "playbackRate"), audio(report, "volume")] == [1, 1]


def test_pointing_at_a_sentence_or_selecting_text(report: Page, site: FakeSite) -> None:
    point(report, SENTENCES[4])
    state(report, "idle")  # a stray press starts no voice
    report.keyboard.press("Escape")
    offer = report.get_by_role("button", name="从这句读起")
    expect(offer).to_be_hidden()
    point(report, SENTENCES[4])
    expect(offer).to_be_in_viewport(ratio=1)
    offer.click()
    at(report, 5)
    state(report, "playing")
    assert marked(report) == SENTENCES[4]
    point(report, SENTENCES[1])
    at(report, 2)
    report.get_by_role("button", name="暂停播报").click()
    point(report, SENTENCES[2])
    at(report, 3)
    state(report, "playing")
    # From within the third sentence to within the fifth: three whole sentences and no other.
    site.utterances = utterances("short")
    site.hooks["/api/v1/speech/short-4"] = lambda _: (200, "audio/wav", tone(60))
    report.reload()
    spans = [(item["start"], item["end"]) for item in site.utterances]
    select(report, spans[2][1] - 3, spans[4][0] + 2)
    report.get_by_role("button", name="读选中的句子").click()
    at(report, 5)
    state(report, "playing")
    near_end(report)
    state(report, "idle")
    assert report.evaluate("seen.marks") == SENTENCES[2:5]
    expect(report.get_by_role("button", name="接着上次听")).to_be_visible()  # the place of before is kept
    assert report.evaluate("getSelection().toString().length") > 0


def test_the_place_is_remembered_until_the_end(report: Page, site: FakeSite) -> None:
    site.utterances = utterances("short")
    site.hooks["/api/v1/speech/short-3"] = lambda _: (200, "audio/wav", tone(60))
    report.reload()
    go_on = report.get_by_role("button", name="接着上次听")
    expect(go_on).to_have_count(0)
    main(report).click()
    at(report, 4)
    report.reload()
    go_on.click()
    at(report, 4)
    assert report.evaluate("seen.marks") == [SENTENCES[3]]
    state(report, "playing")
    near_end(report)
    state(report, "idle")
    assert report.evaluate("seen.marks") == SENTENCES[3:]
    expect(go_on).to_have_count(0)
    site.pages["/other"] = report_page(report="r2")
    report.goto(site.address + "/other")
    expect(report.get_by_role("button", name="接着上次听")).to_have_count(0)


def test_another_voice_with_another_figure(report: Page, site: FakeSite) -> None:
    change = report.get_by_role("button", name="切换声音")
    main(report).click()
    state(report, "playing")
    expect(change).to_have_count(0)  # the server does not say what voices it has
    site.hooks["/api/v1/voices"] = lambda _: (200, "application/json", json.dumps({"voices": VOICES}).encode())
    report.reload()
    main(report).click()
    state(report, "playing")
    at(report, 1)
    figure = report.locator(".face").inner_html()
    expect(change).to_have_text("切换声音：晓晓")
    with report.expect_response("**/api/v1/speech/long-0?voice=second"):
        change.click()
    expect(change).to_have_text("切换声音：云健")
    expect(report.locator(".bar")).to_have_class("bar other")
    state(report, "playing")
    report.reload()
    expect(report.locator(".bar")).to_have_class("bar other")
    site.voices.clear()
    gone = lambda path: (404, "text/plain", b"") if "second" in path else (200, "audio/wav", tone(60))  # noqa: E731
    site.hooks["/api/v1/speech/"] = gone  # the server no longer has it: its own choice speaks
    main(report).click()
    state(report, "playing")
    expect(report.locator(".bar")).to_have_class("bar")
    assert site.voices[:2] == ["second", ""]
    assert report.locator(".face").inner_html() == figure


def fails(times: int, status: int = 0) -> Any:
    left = [times]

    def answer(_: str) -> Any:
        left[0] -= 1
        if left[0] < 0:
            return 200, "audio/wav", tone(60)
        return (status, "application/json", b"{}") if status else None

    return answer


def test_a_request_that_fails_is_made_again(report: Page, site: FakeSite) -> None:
    site.hooks["/api/v1/speech/"] = fails(2)
    main(report).click()
    state(report, "playing")
    assert len(site.spoken) >= 3
    # A key that the server has forgotten is had again with the list, at the same place.
    report.get_by_role("button", name="下一句").click()
    at(report, 2)
    site.utterances = utterances("fresh")
    site.hooks["/api/v1/speech/long"] = lambda _: (404, "application/json", b"{}")
    site.hooks = dict(reversed(site.hooks.items()))
    report.get_by_role("slider", name="读到第几句").focus()
    report.keyboard.press("End")
    at(report, 8)
    state(report, "playing")
    assert any(key == "fresh-7" for key in site.spoken)


DEVICE = """
window.said = [];
const voices = [{ lang: 'zh-HK', localService: true }, { lang: 'zh-CN' }, { lang: 'zh-CN', localService: true }];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, 'speechSynthesis', { value: {
    getVoices: () => voices, cancel: () => {},
    speak: (it) => { said.push([it.text, voices.indexOf(it.voice), it.rate]); it.onend(); },
} });
"""


def test_without_the_server_the_device_speaks_and_says_so(report: Page, site: FakeSite) -> None:
    note = report.get_by_role("alert")
    site.hooks["/api/v1/speech/"] = fails(99, 500)
    main(report).click()
    expect(note).to_have_text("安安这边出了点问题，请稍后再试一次。")  # no voice on this device
    state(report, "idle")
    report.add_init_script(DEVICE)
    site.hooks["/api/v1/speech/long-0"] = lambda _: (500, "text/plain", b"")
    site.hooks["/api/v1/speech/"] = lambda _: (200, "audio/wav", tone(60))
    site.hooks = dict(sorted(site.hooks.items(), reverse=True))
    report.reload()
    main(report).click()
    at(report, 2)
    state(report, "playing")
    assert report.evaluate("said") == [[SENTENCES[0], 2, 1]]
    expect(note).to_have_text("")  # the server's voice is back
    assert not audio(report, "paused")


def test_a_blocked_sound_waits_for_a_press(page: Page, site: FakeSite) -> None:
    # What a browser does that has not seen a press; Playwright's own looking counts as one, so it is done by hand.
    page.add_init_script(
        "const play = HTMLMediaElement.prototype.play; HTMLMediaElement.prototype.play = function () {"
        " HTMLMediaElement.prototype.play = play; return Promise.reject(new DOMException('', 'NotAllowedError')); };"
    )
    page.goto(site.address + "/report")
    page.evaluate("document.querySelector('anan-reader').start()")
    state(page, "paused")
    expect(page.get_by_role("alert")).to_have_text("浏览器没有允许出声，请再按一次。")
    page.get_by_role("button", name="继续播报").click()
    state(page, "playing")
    expect(page.get_by_role("alert")).to_have_text("")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_bar_follows_and_gives_way(report: Page, site: FakeSite, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 700})
    report.get_by_role("button", name="设置").click()
    small = (
        "[...document.querySelector('anan-reader').shadowRoot.querySelectorAll('button, select, input[type=range]')]"
    )
    small += ".filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect())"
    small += ".filter(({ width, height }) => width < 44 || height < 44).length"
    assert report.evaluate(small) == 0
    assert report.evaluate("document.documentElement.scrollWidth") <= width
    main(report).click()
    report.get_by_role("slider", name="读到第几句").focus()
    report.keyboard.press("End")
    state(report, "playing")
    top = report.evaluate("document.querySelector('h1').offsetTop")
    expect(report.locator(".bar.afloat")).to_be_visible()
    assert report.evaluate("document.querySelector('h1').offsetTop") == top  # the page does not jump
    for name in ("暂停播报", "上一句", "下一句", "停止"):
        expect(report.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert report.evaluate(small) == 0
    assert report.evaluate("document.documentElement.scrollWidth") <= width
    floating = report.locator(".bar").bounding_box()
    assert floating["height"] < 140 and floating["y"] < 20
    # 长者模式 changes the tokens: larger words and targets, still within the window.
    report.evaluate("document.documentElement.style.cssText = '--anan-font-size: 24px; --anan-target: 56px'")
    assert report.evaluate(small.replace("44", "56")) == 0
    assert report.evaluate("document.documentElement.scrollWidth") <= width
    report.evaluate("document.documentElement.style.cssText = ''")
    # The citizen scrolls away: the page stays where she went, and a button leads back.
    back = report.get_by_role("button", name="回到朗读处")
    expect(back).to_have_count(0)
    report.mouse.move(width / 2, 500)
    report.mouse.wheel(0, -600)
    expect(back).to_be_visible()
    before = report.evaluate("scrollY")
    near_end(report)
    state(report, "idle")
    main(report).click()
    at(report, 1)
    state(report, "playing")
    # With a screen reader: a moved focus holds the reading, where the citizen chose that.
    report.locator("#link").focus()
    state(report, "playing")
    report.get_by_role("checkbox", name="移动焦点就暂停").check()
    report.locator("#field").focus()
    state(report, "paused")
    expect(report.get_by_role("alert")).to_have_text("您移动了焦点，播报已暂停。")
    assert before >= 0


def test_the_report_is_taken_along(report: Page, site: FakeSite) -> None:
    waits = [
        json.dumps(
            {"error": {"code": "audio_not_ready", "message": "语音还在准备：共 8 句，做好了 3 句，请稍后再试。"}}
        )
    ]
    asked = busy_first(waits, tone(0.5))
    site.hooks["/api/v1/reports/r1/audio"] = asked
    report.get_by_role("button", name="设置").click()
    with report.expect_download() as saved:
        report.get_by_role("button", name="下载 MP3").click()
        expect(report.get_by_role("button", name="共 8 句，做好了 3 句，请稍候")).to_be_visible()
    assert saved.value.suggested_filename == "页.mp3"
    assert saved.value.path().read_bytes() == tone(0.5)
    # In the voice that she chose; one that the server no longer has is given up.
    report.evaluate('localStorage.setItem(\'anan-listening\', \'{"voice": {"name": "second"}}\')')
    report.reload()
    asked = []

    def in_one_voice(path: str) -> Any:
        asked.append(path)
        return (400, "application/json", b"{}") if "second" in path else (200, "audio/mpeg", tone(0.5))

    site.hooks["/api/v1/reports/r1/audio"] = in_one_voice
    report.get_by_role("button", name="设置").click()
    with report.expect_download():
        report.get_by_role("button", name="下载 MP3").click()
    assert [path.partition("?")[2] for path in asked] == ["voice=second", ""]
    expect(report.get_by_role("button", name="下载 MP3")).to_be_enabled()
    site.hooks["/api/v1/reports/r1/audio"] = lambda _: (
        422,
        "application/json",
        json.dumps({"error": {"code": "too_long_to_download", "message": "这份报告太长。"}}).encode(),
    )
    report.get_by_role("button", name="下载 MP3").click()
    expect(report.get_by_role("alert")).to_have_text("这份报告太长。")


def busy_first(refusals: list[str], sound: bytes) -> Any:
    def answer(_: str) -> Any:
        if refusals:
            return 503, "application/json", refusals.pop(0).encode()
        return 200, "audio/mpeg", sound

    return answer


def test_a_whole_report_without_gaps_and_without_timers(page: Page, site: FakeSite) -> None:
    """A sleeping tab runs no timers: without any the report still comes to its end."""
    site.utterances = [{**item, "key": f"short-{n}"} for n, item in enumerate(utterances("short") * 2)]
    page.add_init_script(WATCH)
    page.add_init_script(
        "window.setTimeout = () => 0; window.setInterval = () => 0; window.requestAnimationFrame = () => 0;"
        "window.asked = []; const ask = fetch;"
        "window.fetch = (url, ...more) => { asked.push(String(url).split('/').at(-1)); return ask(url, ...more); };"
    )
    page.goto(site.address + "/report")
    gaps, early = page.evaluate(
        f"""() => new Promise((resolve) => {{
            const [gaps, early] = [[], []];
            let [ended, turn] = [0, 0];
            {AUDIO}.addEventListener('ended', (event) => {{
                ended = event.timeStamp;
                turn += 1;
                early.push(asked.includes(`short-${{turn}}`));
            }}, {{ capture: true }});
            {AUDIO}.addEventListener('playing', (event) => {{ if (ended) gaps.push(event.timeStamp - ended); }});
            const bar = document.querySelector('anan-reader').shadowRoot.querySelector('.bar');
            const over = () => bar.dataset.state === 'idle' && gaps.length && resolve([gaps, early]);
            new MutationObserver(over).observe(bar, {{ attributes: true }});
            document.querySelector('anan-reader').start();
        }})"""
    )
    assert len(gaps) == len(site.utterances) - 1
    gaps.sort()
    print(f"\n{len(gaps)} 处句间空隙：中位 {gaps[len(gaps) // 2]:.0f} 毫秒，最长 {gaps[-1]:.0f} 毫秒")
    # Each was on its way before the one before it had ended; after the last there is none.
    assert early == [True] * len(gaps) + [False]


def test_the_reader_is_small() -> None:
    sizes = {
        path.name: len(gzip.compress(trimmed(path.read_text("utf-8")).encode(), 9))
        for path in (WEB / "reader").glob("*.js")
    }
    print(f"\n播报栏的脚本 gzip 后共 {sum(sizes.values())} 字节")
    assert sum(sizes.values()) <= 15 * 1024, sizes
