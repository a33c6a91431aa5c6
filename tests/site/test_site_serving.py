"""The real server over real sockets: start, refusals of its own, stop."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from assistant.errors import AnanError
from assistant.site import serve
from assistant.site.upload_room import UPLOADS_AT_ONCE

# What `anan serve` does, without its loading of the sample corpus.
SERVE = """
import sys
from contextlib import closing
from pathlib import Path
from assistant.errors import AnanError
from assistant.services import open_services
from assistant.site import serve
try:
    with closing(open_services(Path(sys.argv[1]))) as services:
        serve(services)
except AnanError as error:
    sys.exit(error.message)
print("closed", flush=True)
"""


def _minding_signals():
    """A shell gives what it starts in the background SIGINT ignored, which tests may have inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def serving(data, **settings):
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "ANAN_PORT": "0"}
    environ.update({f"ANAN_{name.upper()}": str(value) for name, value in settings.items()})
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
        encoding="utf-8",
        preexec_fn=_minding_signals if os.name == "posix" else None,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def port_of(process):
    """Waits for the line that says where the server is: it listens from then on."""
    return int(re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())[1])


def exchange(port, request):
    """Send raw bytes, read until the server closes: (status, headers, body)."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        with contextlib.suppress(ConnectionError):  # the server may refuse before it has read everything
            connection.sendall(request)
        received = b""
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(65536):
                received += part
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(status.split()[1]), headers, body


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One data directory for all servers: the first start in it takes seconds."""
    return tmp_path_factory.mktemp("serving") / "data"


@pytest.fixture(scope="module")
def port(data):
    with serving(data) as process:
        yield port_of(process)


def post(path, body, *headers):
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


REFUSALS = {
    "not http": (b"hello\r\n\r\n", 400),
    "headers too large": (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n", 431),
    "address too long": (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
    "huge body": (post("/api/v1/ask", b"x" * 3_000_000, "Content-Type: application/json"), 413),
    "large body": (post("/api/v1/ask", b"x" * 100_000, "Content-Type: application/json"), 413),
    "no such length": (b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
    "two lengths": (
        b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        400,
    ),
    "bad chunks": (
        b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        400,
    ),
    "climbing path": (b"GET /api/v1/speech/../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
    "bytes in the path": (b"GET /api/v1/reports/\xff\xfe\x80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400),
}


@pytest.mark.parametrize(("request_bytes", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_the_server_refuses_in_the_one_shape(port, request_bytes, expected):
    status, headers, body = exchange(port, request_bytes)
    assert status == expected
    assert headers["content-type"].startswith("application/json")
    assert set(json.loads(body)["error"]) == {"code", "message"}


def test_chunked_questions_are_taken(port):
    chunk = '{"question": "你好"}'.encode()
    body = f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n0\r\n\r\n"
    lines = ["POST /api/v1/ask HTTP/1.1", "Host: x", "Connection: close", "Content-Type: application/json"]
    head = "\r\n".join([*lines, "Transfer-Encoding: chunked", "", ""]).encode()
    status, _, answer = exchange(port, head + body)
    assert (status, json.loads(answer)["kind"]) == (200, "smalltalk")


@pytest.mark.parametrize("host", ["a b", "x@y", "[::1", "\\", '"><script>'])
def test_an_odd_host_gets_no_failure(port, host):
    status, _, body = exchange(port, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert status in (200, 400)
    assert b"<script>" not in body


def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(data):
    question = '{"question": "你好"}'.encode()

    def statuses(port):
        return [
            exchange(
                port, post("/api/v1/ask", question, "Content-Type: application/json", f"X-Forwarded-For: {address}")
            )[0]
            for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2")
        ]

    with serving(data, ask_rate="1 per hour", trusted_proxies=1) as process:
        assert statuses(port_of(process)) == [200, 200, 429]
    with serving(data, ask_rate="1 per hour") as process:
        assert statuses(port_of(process)) == [200, 429, 429]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(data, number):
    with serving(data) as process:
        port_of(process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode == 0
    assert "closed" in out


def refusal(services, **settings):
    """The sentence that an operator gets where the server cannot listen."""
    with pytest.raises(AnanError, match=r"[\u4e00-\u9fff]") as refused:
        serve(replace(services, settings=replace(services.settings, **settings)))
    return refused.value.message


def test_a_taken_port_is_told_in_chinese(services):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"端口 {port} 已被占用" in refusal(services, port=port)


@pytest.mark.parametrize("settings", [{"host": "no.such.host.invalid"}, {"host": "203.0.113.1"}])
def test_an_address_that_cannot_be_listened_on_is_told(services, settings):
    assert settings["host"] in refusal(services, **settings)


def test_why_it_does_not_start_is_one_sentence_on_the_terminal(data):
    with serving(data, port=70000) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert re.search(r"[\u4e00-\u9fff]", err)
    assert "Traceback" not in err


def test_only_uploads_of_somebody_with_a_session_may_be_large_and_few_at_a_time(port):
    cookie = "Cookie: anan-desk=x"
    five_megabytes = b"a" * (5 * 1024 * 1024)

    def status(path, *headers):
        return exchange(port, post(path, five_megabytes, *headers))[0]

    assert [status("/api/v1/ask", cookie), status("/desk/reports"), status("/desk/reports/1/file", cookie)] == [413] * 3
    assert status("/desk/reports", cookie) == 403, "the app itself looks who sends it"
    by_token = [status("/api/v1/desk/reports", *sent) for sent in ((), ("Authorization: Bearer anan_x",))]
    assert by_token == [413, 401]
    long_list = post("/desk/words/lexicon.txt", five_megabytes[: 3 * 512 * 1024], cookie)
    assert exchange(port, long_list)[0] == 403, "every route has the room that it declares"
    with contextlib.ExitStack() as opened:
        uploads = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(UPLOADS_AT_ONCE)]
        for each in uploads:
            opened.callback(each.close)
            each.sendall(post("/desk/reports", five_megabytes, cookie, "Expect: 100-continue")[:-100])
            assert b" 100 " in each.recv(100), "it is being received"
        assert status("/desk/reports", cookie) == 413
        uploads[0].close()
        # The server hears of it a moment later; each try asks it anew.
        assert any(status("/desk/reports", cookie) == 403 for _ in range(100))
