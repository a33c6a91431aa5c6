"""`anan serve` on the sample corpus in a process of its own, and a small other site that embeds 安安."""

import contextlib
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The sample corpus is read and indexed before the server listens; this long means that it never will.
_START_SECONDS = 240
_ANAN = [sys.executable, "-c", "from assistant.cli import main; main()"]


@contextlib.contextmanager
def serving(data: Path, **settings: str) -> Iterator[str]:
    """The address of a running server on ``data``; a free port is the system's choice."""
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "ANAN_PORT": "0", "ANAN_HOST": "127.0.0.1"}
    environ.update({f"ANAN_{name.upper()}": value for name, value in settings.items()})
    log = data.with_suffix(".log")
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*_ANAN, "--data", str(data), "serve"], stdout=subprocess.PIPE, stderr=errors, env=environ, encoding="utf-8"
        )
        too_late = threading.Timer(_START_SECONDS, process.kill)
        too_late.start()
        try:
            address = _address(process, log)
            too_late.cancel()
            yield address
        finally:
            too_late.cancel()
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _address(process: "subprocess.Popen[str]", log: Path) -> str:
    """Reads on until the line that says where: the server listens from then on."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            with urllib.request.urlopen(f"{found[0]}/healthz", timeout=30) as answer:
                assert answer.status == 200
            return found[0]
    raise AssertionError(f"anan serve ended before it was ready:\n{log.read_text(encoding='utf-8', errors='replace')}")


class OtherSite:
    """Another body's web page, on another origin, that knows nothing of 安安 but one script tag."""

    def __init__(self) -> None:
        site = self
        self.embedded = ""

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = (
                    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>某局</title>'
                    '<link rel="icon" href="data:,"><style>* { color: red; font-size: 30px }</style><h1>某局网站</h1>'
                    f'<script type="module" src="{site.embedded}/widget.js"></script>'
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
