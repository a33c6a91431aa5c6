"""A small server for what the real one cannot be made to do on demand: break off, be busy, be slow, answer at a signal.

It serves web/ as the real one does, with the same content security policy, and answers with the real Answer shape.
"""

import io
import json
import math
import threading
import wave
from array import array
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from assistant.answers.model import Answer, Evidence, Source

WEB = Path(__file__).parents[2] / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}

# One character outside the basic plane before the marks, so that offsets in UTF-16 units would be one off.
PASSAGE = "𠮷祥县公安局主动公开信息。全年主动公开政府信息2600条，其中<b>规范性文件</b>12条。欢迎监督。"
SENTENCE = "全年主动公开政府信息2600条，其中<b>规范性文件</b>12条。"
MARK = "2600条"
SUGGESTED = "收到多少件申请？"
POPULAR = "主动公开了多少条信息？"


def span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def _source(url: str = "") -> Source:
    return Source(
        "r1", "演示县公安局2015年政府信息公开工作年度报告", "演示县公安局", "GA-2016-001", date(2016, 3, 9), 2015, url
    )


def _evidence(passage: str, sentence: str, mark: str, url: str = "") -> Evidence:
    return Evidence(
        report=_source(url),
        section=("二、主动公开政府信息的情况",),
        passage=passage,
        start=0,
        sentence=span(passage, sentence),
        highlights=(span(passage, mark),),
        score=14.2,
        anchor="p3",
    )


def answer(question: str, kind: str = "passage", text: str = SENTENCE) -> dict[str, Any]:
    """The reply of the API; ``link`` and ``utterances`` are what site/ adds to an Answer."""
    found = kind == "passage"
    evidence = (
        _evidence(PASSAGE, SENTENCE, MARK),
        _evidence("去年公开2500条。", "去年公开2500条。", "2500条", "javascript:alert(1)"),
    )
    made = Answer(question, "c1", kind, text, text, 0.9, evidence if found else (), (SUGGESTED,))
    reply = made.to_dict()
    links = ("/reports/r1?highlight=13-40#p3", None)
    for item, link in zip(reply["evidence"], links, strict=False):
        item["link"] = link
    reply["utterances"] = [
        {"key": f"{question}-{n}", "text": text, "start": 0, "end": len(text), "kept": True} for n in (1, 2)
    ]
    return reply


@lru_cache
def tone(seconds: float) -> bytes:
    """A WAV file that can be heard."""
    rate = 8000
    samples = array("h", (int(3000 * math.sin(n / 3)) for n in range(int(rate * seconds))))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    return file.getvalue()


Hooked = tuple[int, str, bytes] | None


class FakeSite:
    """The server and its switches.

    Attributes:
        address: where it listens, without a slash at the end.
        pages: HTML by path, for the test at hand.
        down: while true, questions with 断 get no reply and questions with 忙 are refused.
        policy: the content security policy sent with everything.
        release: questions with 慢 wait for it.
        busy: how many of the next speech requests are refused with 503.
        seconds: how long an utterance sounds; one whose key holds ``long`` sounds for a minute.
        asked: bodies of every ask, in order.
        spoken: keys of every speech request, in order.
        voices: of every speech request, the voice that was asked for.
        hooks: by path, what answers instead: status, media type and body; None breaks the connection off.
    """

    def __init__(self) -> None:
        self.pages = {"/": page_html('<script type="module" src="/widget.js"></script>')}
        self.policy = POLICY
        self.down = True
        self.release = threading.Event()
        self.busy = 0
        self.seconds = 0.15
        self.utterances: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.spoken: list[str] = []
        self.voices: list[str] = []
        self.hooks: dict[str, Callable[[str], Hooked]] = {}
        self._server = _Server(self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        # The default looks for shutdown() twice a second only, and every test would wait for that.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()


def page_html(head: str, body: str = "<h1>一个网站</h1>") -> str:
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页</title><link rel="icon" href="data:,">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}<body>{body}</body></html>'
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: FakeSite) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def site(self) -> FakeSite:
        return self.server.site

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path = unquote(address.path)
        if path.startswith("/api/v1/speech/"):
            self.site.spoken.append(path.rsplit("/", 1)[1])
            self.site.voices.append(unquote(address.query.removeprefix("voice=")))
        hook = next((hook for prefix, hook in self.site.hooks.items() if path.startswith(prefix)), None)
        if hook:
            self._hooked(hook(self.path))
        elif path == "/api/v1/suggest":
            self._json({"suggestions": [POPULAR]})
        elif path.startswith("/api/v1/speech/"):
            self._speech(path.rsplit("/", 1)[1])
        elif path.endswith("/utterances"):
            self._json({"utterances": self.site.utterances})
        elif path in self.site.pages:
            self._send(200, "text/html", self.site.pages[path].encode())
        else:
            self._file("/web/widget.js" if path == "/widget.js" else path)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.site.asked.append(body)
        question = body["question"]
        if "慢" in question:
            self.site.release.wait()
        if self.site.down and "断" in question:
            self.close_connection = True
            return
        self._answer(question)

    def _answer(self, question: str) -> None:
        if self.site.down and "忙" in question:
            self._refuse(503, "busy", "现在问的人太多，请稍后再试。")
        elif "太长" in question:
            self._refuse(400, "question_too_long", "问题太长了，请缩短到500字以内。")
        elif "网关" in question:
            self._send(502, "text/html", b"<h1>Bad Gateway</h1>")
        elif "登录页" in question:
            self._send(200, "text/html", b"<h1>Wi-Fi</h1>")
        elif "没有" in question:
            self._json(answer(question, "none", "没有找到相关内容。"))
        elif "公按" in question:
            self._json({**answer(question), "understood": "<b>公安</b>局公开了多少条"})
        else:
            self._json(answer(question))

    def do_OPTIONS(self) -> None:
        self._send(204, "text/plain", b"", **{"Access-Control-Allow-Headers": "Content-Type"})

    def _hooked(self, given: Hooked) -> None:
        if given is None:
            self.close_connection = True
        else:
            self._send(*given, **({"Retry-After": "0"} if given[0] == 503 else {}))

    def _speech(self, key: str) -> None:
        if "broken" in key:
            self._send(200, "audio/mpeg", b"this is not sound")
        elif self.site.busy > 0:
            self.site.busy -= 1
            self._refuse(503, "busy", "语音正忙，请稍后再试。")
        else:
            self._send(200, "audio/wav", tone(60 if "long" in key else self.site.seconds))

    def _file(self, path: str) -> None:
        file = (WEB / path.removeprefix("/web/")).resolve()
        if path.startswith("/web/") and file.is_relative_to(WEB) and file.is_file():
            self._send(200, _TYPES[file.suffix], file.read_bytes())
        else:
            self._send(404, "text/plain", b"")

    def _json(self, value: object, status: int = 200, **headers: str) -> None:
        self._send(status, "application/json", json.dumps(value).encode(), **headers)

    def _refuse(self, status: int, code: str, message: str) -> None:
        self._json({"error": {"code": code, "message": message}}, status, **{"Retry-After": "0"})

    def _send(self, status: int, media_type: str, body: bytes, **headers: str) -> None:
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        sent = {"Content-Type": media_type + charset, "Content-Length": str(len(body)), **headers}
        sent |= {"Content-Security-Policy": self.site.policy, "Access-Control-Allow-Origin": "*"}
        self.send_response(status)
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a failing test tells what it needs."""
