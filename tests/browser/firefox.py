"""A Firefox as distributions ship it, driven by WebDriver BiDi: as much of it as the tests of the widget need.

Playwright drives only builds of its own, or a Firefox as new as itself.
"""

import base64
import contextlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# WebDriver's names of keys without a character.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Escape": "\ue00c", "Space": " ", "ArrowRight": "\ue014"}
PREFERENCES = {"ui.prefersReducedMotion": 1, "intl.accept_languages": "zh-CN", "ui.caretBlinkTime": 0}
# A machine whose cores are shared takes its time (seconds).
PATIENCE = 60
# Scripts of the tests run in a world of their own: what a page has done to its prototypes does not reach them.
_APART = "tests"
# Keeps what the page complains of; a breach of its policy is no error of any script.
_WATCH = """() => {
    window.complaints = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.complaints.push(`${violatedDirective}: ${blockedURI}`));
    addEventListener('error', ({ message }) => window.complaints.push(message));
    addEventListener('unhandledrejection', ({ reason }) => window.complaints.push(String(reason)));
}"""
# An element of the widget that can be seen, by selector and by how its name begins; a promise, for it may still come.
_SEEN = """
    const named = (it) => (it.getAttribute('aria-label') ?? (it.labels?.[0] ?? it).textContent).trim();
    const seen = (selector, name) => [...document.querySelector('anan-widget').shadowRoot.querySelectorAll(selector)]
        .findLast((it) => it.getClientRects().length && named(it).startsWith(name));
    const come = (look) => new Promise((done) => {
        const again = () => { const found = look(); if (found) done(found); else requestAnimationFrame(again); };
        again();
    });
"""


class Page:
    """A tab of a new visitor, who keeps nothing of others."""

    def __init__(self, firefox: "Firefox", url: str, width: int, height: int = 800) -> None:
        self._firefox = firefox
        self._visitor = firefox.command("browser.createUserContext")["userContext"]
        opened = firefox.command("browsingContext.create", type="tab", userContext=self._visitor)
        self._tab = opened["context"]
        size = {"width": width, "height": height}
        firefox.command("browsingContext.setViewport", context=self._tab, viewport=size)
        firefox.command("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, body: str, *values: Any) -> Any:
        """What the body of an async function of ``values`` returns; ``seen`` and ``come`` are known in it."""
        function = f"async (given) => {{ {_SEEN} const values = JSON.parse(given); {body} }}"
        result = self._firefox.command(
            "script.callFunction",
            functionDeclaration=f"async (given) => JSON.stringify((await ({function})(given)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(values)}],
            target={"context": self._tab, "sandbox": _APART},
            awaitPromise=True,
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        return json.loads(result["result"]["value"])

    def text(self, selector: str, name: str = "") -> str:
        """The text of the last such element, once it can be seen."""
        return str(self.evaluate("return (await come(() => seen(...values))).innerText;", selector, name))

    def click(self, selector: str, name: str = "") -> None:
        """Press the middle of the element with a pointer, as soon as it can be seen."""
        at = self.evaluate(
            """const found = await come(() => seen(...values));
            found.scrollIntoView({ block: 'nearest' });
            const { x, y, width, height } = found.getBoundingClientRect();
            return [x + width / 2, y + height / 2].map(Math.round);""",
            selector,
            name,
        )
        move = {"type": "pointerMove", "x": at[0], "y": at[1]}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def press(self, keys: str) -> None:
        """Press a key, with others held: ``Shift+Tab``."""
        values = [KEYS[key] for key in keys.split("+")]
        ups = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._act("key", [*({"type": "keyDown", "value": value} for value in values), *ups])

    def type(self, text: str) -> None:
        each = ((kind, character) for character in text for kind in ("keyDown", "keyUp"))
        self._act("key", [{"type": kind, "value": character} for kind, character in each])

    def screenshot(self) -> bytes:
        return base64.b64decode(self._firefox.command("browsingContext.captureScreenshot", context=self._tab)["data"])

    def close(self) -> None:
        complaints = self.evaluate("return window.complaints;")
        self._firefox.command("browser.removeUserContext", userContext=self._visitor)
        assert complaints == []

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        self._firefox.command(
            "input.performActions", context=self._tab, actions=[{"type": kind, "id": kind, "actions": actions}]
        )


class Firefox:
    """A running browser at the other end of a WebSocket."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._sent = 0
        self.version = self.command("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.command("script.addPreloadScript", functionDeclaration=_WATCH, sandbox=_APART)

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while (reply := json.loads(self._socket.recv(timeout=PATIENCE))).get("id") != self._sent:
            pass
        assert reply["type"] == "success", f"{method}: {reply.get('message')}"
        return dict(reply["result"])


@contextlib.contextmanager
def firefox_running(program: str, connect: Any, profile: Path) -> Iterator[Firefox]:
    """A Firefox without a window and without a past; ``connect`` is that of websockets.sync.client."""
    profile.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with (profile / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
    try:
        with connect(f"{_address(process)}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found[1]
    raise AssertionError("Firefox ended before it could be driven")
