"""Serving the app with waitress until somebody stops it."""

import errno
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from types import FrameType

import click
from waitress.server import create_server
from waitress.task import ErrorTask

from assistant.errors import AnanError, os_reason
from assistant.services import Services
from assistant.site.app import create_app
from assistant.site.console.access import room_in
from assistant.site.errors import error_shape, sentence
from assistant.site.upload_room import RoomyChannel, RoomyParser
from assistant.speech import render

_LOG = logging.getLogger(__name__)

# The app refuses bodies over 64 KiB in the one error shape; the server itself only stops what nobody sends by mistake.
# What routes of the desk take has room of its own (upload_room).
_BODY_BYTES = 1024 * 1024
# Addresses stay under 8 KiB and browsers' headers under 8 KiB; the rest is what proxies add.
_HEADER_BYTES = 32 * 1024
# A page keeps up to six connections open for a while, so this is what some sixty people hold at once; also below the
# 512 sockets that select() takes on Windows.
_CONNECTIONS = 400
# A silent connection is given up after this many seconds.
_SILENT_SECONDS = 60


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """What waitress refuses before the app sees it, in the one error shape too."""

    def execute(self) -> None:
        status = int(self.request.error.code)
        body = json.dumps(error_shape(*sentence(status)), ensure_ascii=False).encode()
        self.status = f"{status} {self.request.error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(RoomyChannel):
    """A connection that answers its own refusals so."""

    error_task_class = _ErrorTask


def serve(services: Services) -> None:
    """Serve until SIGINT (Ctrl+C) or SIGTERM, then return; ``services`` stay the caller's to close.

    Raises:
        AnanError: the address cannot be listened on.
        SettingsError: a setting of the site that cannot be understood.
    """
    settings = services.settings
    app = create_app(services)
    # One warning for each request that waits for a thread: under load that hides every other line.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with _until_stopped(), closing(_listen(settings.host, settings.port)) as listening:
        server = create_server(
            app,
            sockets=[listening],
            threads=settings.threads,
            ident="anan",
            max_request_body_size=_BODY_BYTES,
            max_request_header_size=_HEADER_BYTES,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENT_SECONDS,
            asyncore_use_poll=True,
            # The app itself believes as many proxies as the settings name, and no header without one.
            clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
        )
        server.channel_class = _Channel
        RoomyParser.room = staticmethod(room_in(app))
        with closing(server):
            stopped = threading.Event()
            services.upkeep.begin()
            getting_ready = threading.Thread(target=_warm_up, args=(services, stopped), name="warm-up", daemon=True)
            getting_ready.start()
            click.echo(f"安安已就绪，请用浏览器打开 {_address(listening)} （按 Ctrl+C 停止）")
            if not services.desk.people.all():
                click.echo("工作台还没有账号；需要时另开一个终端运行 anan user add 登录名 --role admin")
            try:
                server.run()  # stopped inside, it still finishes the requests under way
            finally:
                stopped.set()


def _warm_up(services: Services, stopped: threading.Event) -> None:
    """Get ready behind the open door, then read ahead what is published, where the settings say so.

    A voice that cannot start is told again when it is asked for.
    """
    try:
        services.warm_up()
        if services.settings.render_ahead and services.speech.voice.is_slow:
            made = render(services.speech, services.published_texts(), stopped)
            _LOG.info("%d sentences were read ahead", made.said)
    except AnanError as error:
        _LOG.warning("the voice did not start: %s", error.message)


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; waitress's own binding would raise bare errors."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise AnanError(f"监听地址 {host} 无效，请检查设置 host。", code="bad_host") from None
    # A name such as localhost may mean both families; IPv4 is the one everybody types.
    family, kind, protocol, _, address = min(found, key=lambda item: item[0] != socket.AF_INET)
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise AnanError(_why_not(error, host, port), code="cannot_listen") from error
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用：请停掉占用它的程序，或用设置 port 换一个端口（如 ANAN_PORT={port + 1}）。"
    if error.errno == errno.EACCES:
        return f"没有权限监听端口 {port}：请换一个 1024 以上的端口。"
    return f"无法在 {host} 的端口 {port} 上监听：{os_reason(error)}。"


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - said to a person, who opens it on the same machine
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ends its block, quietly, at Ctrl+C and at SIGTERM alike, so that what is open gets closed."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)
