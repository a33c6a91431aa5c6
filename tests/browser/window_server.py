"""The site on the sample corpus and on published words that try to break out, and sites that embed 安安."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from app_server import app_serving

from assistant.reports import Metadata, compose
from assistant.services import Services, open_services
from assistant.site import create_app
from assistant.store import FaqEntry

PAYLOADS = tuple(Path(__file__).with_name("xss_payloads.txt").read_text("utf-8").splitlines())
_RATES = ("ask_rate", "speech_rate", "message_rate", "receipt_rate")
_MOST = "100000 per minute"


def codeword(number: int) -> str:
    """A word that no other entry has: eight different characters for each number."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}") + "号怪事"


@contextlib.contextmanager
def window_serving(data: Path, origins: str) -> Iterator[str]:
    """The address of a server whose FAQ and one report hold every payload, over what ``data`` holds already."""
    services = open_services(data)
    try:
        _attack(services, data)
        settings = replace(services.settings, allowed_origins=origins, **dict.fromkeys(_RATES, _MOST))
        services.answerer.warm_up()
        with app_serving(create_app(replace(services, settings=settings))) as address:
            yield address
    finally:
        services.close()


def _attack(services: Services, data: Path) -> None:
    faq = [
        FaqEntry(f"x{n}", f"{codeword(n)}{text[:40]}怎么办", (f"{codeword(n)}怎么办",), f"{codeword(n)}：{text}")
        for n, text in enumerate(PAYLOADS)
    ]
    services.store.replace_faq([*services.store.faq(state=None), *faq])
    named = dict(zip(("title", "publisher", "index_number", "summary", "url"), PAYLOADS, strict=False))
    text = "\n".join(f"一、{payload}全年公开怪事{n}条。" for n, payload in enumerate(PAYLOADS))
    services.store.save(compose(Metadata(**named, year=2014), text))
    odd = data.with_name("<img src=x onerror=window.__xss=1>.txt")
    odd.write_text("怪事局2013年报告\n一、概述\n全年公开怪事五百条。", encoding="utf-8")
    services.ingest([odd], lambda _: None)


class Site:
    """A site of another body: pages by path, each with its media type, under one security policy."""

    def __init__(self) -> None:
        site = self
        self.pages: dict[str, tuple[str, str]] = {}
        self.policy = ""

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                media_type, text = site.pages.get(self.path.split("?")[0], ("text/plain", ""))
                self.send_response(200)
                self.send_header("Content-Type", f"{media_type}; charset=utf-8")
                self.send_header("Content-Length", str(len(text.encode())))
                if site.policy:
                    self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
