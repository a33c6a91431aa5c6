"""Files of web/ as browsers get them: scripts without comments and blanks, everything that is text packed.

The modules are written to be read and sent to be run: on a phone the comments are a third of what is waited for.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound as NoPage
from werkzeug.security import safe_join

from assistant.resources import web_folder
from assistant.site.trimming import trimmed

# What a browser may load from web/, and as what: the system's own table may call .js text/plain (Windows does).
_MEDIA_TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
}
_PACKED = frozenset(_MEDIA_TYPES) - {"png"}
# More files than web/ has; a file is read again when it changes.
_FILES_KEPT = 256


@dataclass(frozen=True)
class _Asset:
    """A file ready to be sent; ``packed`` is empty for what does not get smaller."""

    data: bytes
    packed: bytes
    tag: str


def web_file_response(name: str) -> Response:
    """The file ``name`` of web/ as a response that may be answered with 304.

    Raises:
        NotFound: no such file, a file of a kind that browsers do not load, or a path out of web/.
    """
    kind = name.rpartition(".")[2]
    path = safe_join(str(web_folder()), name)
    if kind not in _MEDIA_TYPES or path is None or not Path(path).is_file():
        raise NoPage
    asset = _asset(path, Path(path).stat().st_mtime_ns)
    packed = bool(asset.packed) and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packed else asset.data, mimetype=_MEDIA_TYPES[kind])
    # Names carry no version: the browser asks each time and mostly hears 304.
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(f"{asset.tag}-gz" if packed else asset.tag)
    if asset.packed:
        response.vary.add("Accept-Encoding")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


@lru_cache(_FILES_KEPT)
def _asset(path: str, changed: int) -> _Asset:
    data = Path(path).read_bytes()
    kind = path.rpartition(".")[2]
    if kind == "js":
        data = trimmed(data.decode("utf-8")).encode()
    # mtime=0: the same file gives the same bytes, whenever it was packed.
    packed = gzip.compress(data, 9, mtime=0) if kind in _PACKED else b""
    return _Asset(data, packed, hashlib.sha256(data).hexdigest()[:32])
