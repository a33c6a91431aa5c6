"""Speaking a question: the real page, a browser whose microphone plays a recording, and Whisper where it can be had."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from real_server import serving
from spoken_question import spoken_question, wav
from whisper_packages import installed_whisper_folder

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
axe_api = pytest.importorskip("axe_playwright_python", reason="需要 axe-playwright-python（pip install '.[dev]'）")
expect = playwright_api.expect

AXE = Path(axe_api.__file__).with_name("axe.min.js").read_text("utf-8")
LABEL = "请输入您的问题"
NO_RECOGNITION = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
# Recognition gives way to everything else that runs on the machine.
HEARD_MS = 90_000


@dataclass(frozen=True)
class Ears:
    """A server, a browser with a microphone, and whether the server hears."""

    address: str
    browser: Any
    hears: bool


def question_or_tones(factory: pytest.TempPathFactory) -> bytes:
    """What the microphone hears: a spoken question, or where no voice can be had a second of tone; then silence."""
    try:
        return spoken_question(factory)
    except pytest.skip.Exception:
        tone = (np.sin(np.arange(16_000) / 5) / 3).astype(np.float32)
        return wav(np.concatenate([tone, np.zeros(16_000, dtype=np.float32)]), 16_000)


@pytest.fixture(scope="module")
def ears(browser: Any, sample_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ears]:
    folder = tmp_path_factory.mktemp("ears")
    (folder / "said.wav").write_bytes(question_or_tones(tmp_path_factory))
    try:
        model = str(installed_whisper_folder(tmp_path_factory))
    except pytest.skip.Exception:
        model = ""
    running = browser.browser_type.launch(
        executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
        args=[
            *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={folder / 'said.wav'}%noloop",
        ],
    )
    settings = {"voice": "pyttsx3", "listen_model": model, "listen_rate": "999 per minute"}
    with serving(sample_data(folder / "data"), **settings) as address:
        yield Ears(address, running, bool(model))
    running.close()


@pytest.fixture
def visit(ears: Ears) -> Iterator[Any]:
    contexts: list[Any] = []
    troubles: list[str] = []

    def opened(script: str = "", *, may_record: bool = True, claims: bool = False) -> Any:
        """The widget, open. ``claims`` has the page believe that the server hears, whether it does or not."""
        context = ears.browser.new_context(locale="zh-CN", reduced_motion="reduce")
        context.set_default_timeout(30_000)
        contexts.append(context)
        if may_record:
            context.grant_permissions(["microphone"], origin=ears.address)
        context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None)
        if claims:
            there = json.dumps({"works": True, "seconds": 30, "bytes": 1_000_000, "kept_days": 7})
            answer = {"status": 200, "content_type": "application/json", "body": there}
            page.route(
                "**/api/v1/listen",
                lambda route: route.fulfill(**answer) if route.request.method == "GET" else route.continue_(),
            )
        page.goto(ears.address)
        page.get_by_role("button", name="问安安").click()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def microphone(page: Any) -> Any:
    return page.get_by_role("button", name="说话提问")


def test_from_a_press_to_what_was_said_in_the_field(visit: Any, ears: Ears) -> None:
    if not ears.hears or find_spec("misaki") is None:
        pytest.skip("needs the extras listen and voice with their models")
    page = visit()
    microphone(page).click()
    expect(microphone(page)).to_have_attribute("aria-pressed", "true")
    # Silence ends it; nothing is sent unasked.
    expect(page.get_by_label(LABEL)).not_to_have_value("", timeout=HEARD_MS)
    heard = page.get_by_label(LABEL).input_value()
    assert "2018年主动公开信息多少" in heard.replace("，", "")
    expect(page.locator(".hint")).to_contain_text(f"听到的是“{heard}”")
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".turn .reply:not(.waiting)")).to_contain_text("2801")


def test_what_was_recorded_goes_to_the_server_in_a_form_that_it_reads(visit: Any, ears: Ears) -> None:
    page = visit(NO_RECOGNITION, claims=True)
    expect(page.get_by_text("录音会保存 7 天")).to_be_visible()
    page.get_by_label(LABEL).fill("青澜市公安局2018年主动公开信息多少条？")
    page.get_by_label(LABEL).press("Enter")
    speak = page.locator(".turn .speak")
    speak.click()
    expect(speak).to_have_attribute("data-state", re.compile("loading|playing"))
    with page.expect_request(lambda sent: sent.url.endswith("/listen") and sent.method == "POST") as sending:
        microphone(page).click()
        expect(page.locator(".ears-words")).to_contain_text("正在听，请说出您的问题")
        expect(speak).to_have_attribute("data-state", "idle")
        expect(page.locator(".level [data-on]").first).to_be_attached()
        assert box(microphone(page)) >= (44, 44)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(AXE)
            found = page.evaluate("axe.run('anan-widget', {resultTypes: ['violations']})")["violations"]
            assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
        # Where all this takes the half minute that is recorded, it has ended by itself, and a press would call it off.
        if "正在听" in page.locator(".ears-words").inner_text():
            microphone(page).press("Enter")
    sent = sending.value
    assert sent.headers["content-type"].startswith("audio/webm")
    expect(page.locator(".ears")).to_be_hidden(timeout=HEARD_MS)
    expect(page.locator(".hint")).to_contain_text("听到" if ears.hears else "没有装语音识别")


def box(locator: Any) -> tuple[float, float]:
    found = locator.bounding_box()
    return found["width"], found["height"]


def test_holding_a_key_records_while_it_is_held_and_escape_gives_up(visit: Any) -> None:
    page = visit(NO_RECOGNITION, claims=True)
    posted: list[str] = []
    page.on("request", lambda sent: posted.append(sent.url) if sent.method == "POST" else None)
    microphone(page).focus()
    page.keyboard.down("Space")
    expect(microphone(page)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(microphone(page)).to_have_attribute("aria-pressed", "false")
    page.keyboard.up("Space")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert posted == []
    page.keyboard.down("Space")
    expect(page.locator(".level [data-on]").first).to_be_attached()
    page.wait_for_function("(began) => performance.now() - began > 600", arg=page.evaluate("performance.now()"))
    with page.expect_request(lambda sent: sent.url.endswith("/listen")):
        page.keyboard.up("Space")


@pytest.mark.parametrize(
    ("script", "may_record", "words"),
    [
        ("", False, "没有得到使用麦克风的许可"),
        (
            "MediaDevices.prototype.getUserMedia = async () => { throw new DOMException('', 'NotFoundError') };",
            True,
            "没有找到麦克风",
        ),
    ],
)
def test_why_it_cannot_hear_is_said_in_plain_words(visit: Any, script: str, may_record: bool, words: str) -> None:
    page = visit(script, may_record=may_record, claims=True)
    microphone(page).click()
    expect(page.locator(".hint")).to_contain_text(words)
    expect(microphone(page)).to_have_attribute("aria-pressed", "false")


def test_without_ears_on_the_server_the_browsers_own_are_used_if_the_citizen_agrees(visit: Any, ears: Ears) -> None:
    gone = "**/api/v1/listen"
    page = visit()
    page.route(gone, lambda route: route.fulfill(status=404, json={}))
    page.reload()
    page.get_by_role("button", name="问安安").click()
    microphone(page).click()
    expect(page.locator(".ears-words")).to_contain_text("可能把您的声音发给浏览器的厂商")
    expect(page.get_by_role("button", name="知道了，开始说")).to_be_focused()
    page.get_by_role("button", name="取消").click()
    expect(microphone(page)).to_be_focused()
    page.add_init_script(NO_RECOGNITION)
    page.reload()
    with page.expect_response(gone):
        page.get_by_role("button", name="问安安").click()
    expect(page.get_by_role("dialog").locator(".suggestion").first).to_be_visible()
    expect(microphone(page)).to_be_hidden()
