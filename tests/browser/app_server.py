"""The site on a port of its own, inside the process of the tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


class _Handler(WSGIRequestHandler):
    # A page is some fifty small files: each on a connection of its own costs a fifth of a test.
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: object) -> None:
        """Quiet: a failing test tells what it needs."""


@contextmanager
def app_serving(app: Any) -> Iterator[str]:
    """The address at which the app listens, without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
    running = threading.Thread(target=server.serve_forever, args=(0.05,))
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        running.join()
        server.server_close()
