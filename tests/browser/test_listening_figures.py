"""What a listener waits for, measured from the browser: ``pytest tests/browser/test_listening_figures.py --figures``.

The figures are worth something on an idle machine, and a whole report takes minutes: so only on request.
"""

import json
import shutil
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from neural_packages import installed_speech_folder
from real_server import serving

from assistant.reports import read_file
from assistant.resources import corpus_folder
from assistant.services import open_services

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")

# Presses for each figure: every one on another report, which was not listened to before.
_PRESSES = 8
# The sentence that sounds and two after it, see web/reader/player.js.
_AHEAD = 3
_LONG = 7_000
# As fast as Chromium plays: what follows has a sixteenth of the time to come, and gaps are still measured by the clock.
_HURRY = 16
_PATIENCE_SECONDS = 600
AUDIO = "document.querySelector('anan-reader').shadowRoot.querySelector('audio')"
WATCH = f"""
window.heard = {{ pressed: 0, first: 0, gaps: [] }};
addEventListener('click', (event) => {{ heard.pressed ||= event.timeStamp; }}, {{ capture: true }});
const watch = () => {{
    let ended = 0;
    {AUDIO}.addEventListener('ended', (event) => {{ ended = event.timeStamp; }});
    {AUDIO}.addEventListener('playing', (event) => {{
        heard.first ||= event.timeStamp;
        if (ended) heard.gaps.push(event.timeStamp - ended);
        ended = 0;
    }});
}};
customElements.whenDefined('anan-reader').then(watch);
"""
# Each new source takes the default rate.
HURRY = f"""
for (const name of ['playbackRate', 'defaultPlaybackRate']) {{
    const {{ get, set }} = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name);
    Object.defineProperty(HTMLMediaElement.prototype, name, {{ get, set() {{ set.call(this, {_HURRY}); }} }});
}}
"""


@pytest.fixture(scope="module", params=["pyttsx3", "zf_xiaoxiao"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server with one voice and nothing read ahead: its address, and the voice."""
    if not request.config.getoption("--figures", default=False):
        pytest.skip("测量用：加 --figures")
    data = tmp_path_factory.mktemp("figures") / "data"
    if request.param != "pyttsx3":
        shutil.copytree(installed_speech_folder(tmp_path_factory), data / "speech")
    with serving(data, voice=request.param, render_ahead="0", speech_rate="100000 per minute") as address:
        _awake(address)
        yield address, request.param


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    contexts = []

    def opened(address: str, *scripts: str) -> Any:
        context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        for script in (WATCH, *scripts):
            page.add_init_script(script)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_first_sound_after_a_press(place: tuple[str, str], open_page: Any) -> None:
    address, voice = place
    reports = [each["id"] for each in _asked(f"{address}/api/v1/reports")["reports"]][:_PRESSES]
    waits: dict[str, list[float]] = {"没有读过": [], "读过": []}
    for report in reports:
        for kind in waits:
            page = open_page(f"{address}/reports/{report}")
            box = page.locator("anan-reader .main").bounding_box()
            # The mouse comes and presses in one go: nobody is as quick, so nothing is made ahead.
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_function("() => heard.first")
            waits[kind].append(page.evaluate("heard.first - heard.pressed"))
            page.context.close()
            # What the page had asked for ahead is still being made; the next listener comes when the voice is idle.
            for each in _asked(f"{address}/api/v1/reports/{report}/utterances")["utterances"][:_AHEAD]:
                _rendered(f"{address}/api/v1/speech/{each['key']}")
    for kind, each in waits.items():
        print(f"\n{voice} 从按下到出声，{kind}：中位 {statistics.median(each):.0f} 毫秒，最长 {max(each):.0f} 毫秒")
    assert statistics.median(waits["读过"]) <= 60
    assert statistics.median(waits["没有读过"]) <= (400 if voice == "pyttsx3" else 1500)


def test_a_long_report_has_no_gaps(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, open_page: Any
) -> None:
    if not request.config.getoption("--figures", default=False):
        pytest.skip("测量用：加 --figures")
    data = tmp_path_factory.mktemp("long") / "data"
    texts = [read_file(file, 10_000_000).text for file in sorted((corpus_folder() / "reports").iterdir())]
    longest = sorted(texts, key=len)[-2:]
    file = data.with_name("长报告.txt")
    file.write_text("青澜市2020年政府信息公开工作年度报告\n" + "\n".join(longest)[:_LONG], encoding="utf-8")
    services = open_services(data)
    services.ingest([file], lambda _: None)
    services.close()
    with serving(data, voice="pyttsx3", speech_rate="100000 per minute") as address:
        _awake(address)
        report = _asked(f"{address}/api/v1/reports")["reports"][0]["id"]
        _rendered(f"{address}/api/v1/reports/{report}/audio")
        count = len(_asked(f"{address}/api/v1/reports/{report}/utterances")["utterances"])
        page = open_page(f"{address}/reports/{report}", HURRY)
        page.locator("anan-reader .main").click()
        page.wait_for_function("(most) => heard.gaps.length === most", arg=count - 1, timeout=_PATIENCE_SECONDS * 1000)
        playwright_api.expect(page.locator(".bar")).to_have_attribute("data-state", "idle", timeout=30_000)
        gaps = sorted(page.evaluate("heard.gaps"))
    print(
        f"\n{_LONG} 字的报告 {count} 句，以 {_HURRY} 倍速读到底，{len(gaps)} 处空隙："
        f"中位 {gaps[len(gaps) // 2]:.0f} 毫秒，最长 {gaps[-1]:.0f} 毫秒"
    )
    assert gaps[-1] <= 300


def _asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as response:
        return json.load(response)


def _awake(address: str) -> None:
    """The voice's process is started behind the open door; wait for it as whoever comes later need not."""
    report = _asked(f"{address}/api/v1/reports")["reports"][0]["id"]
    last = _asked(f"{address}/api/v1/reports/{report}/utterances")["utterances"][-1]["key"]
    _rendered(f"{address}/api/v1/speech/{last}")


def _rendered(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                response.read()
            return
        except urllib.error.HTTPError as error:
            assert error.code == 503 and time.monotonic() < deadline
            time.sleep(1)
