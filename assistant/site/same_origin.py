"""Forms are taken from our own pages only: another site could make its visitors' browsers send them."""

from urllib.parse import urlsplit

from flask import request

from assistant.errors import AnanError
from assistant.site.context import services


def check_same_origin() -> None:
    """Refuses a form that another site's page sent.

    Browsers say where a form comes from: in ``Sec-Fetch-Site``, the older ones in ``Origin`` or ``Referer``. There is
    no cookie here that a token could be bound to.

    Raises:
        AnanError: another site's form, or one whose origin is not told (403).
    """
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched:
        allowed = fetched in ("same-origin", "none")
    else:
        told = request.headers.get("Origin") or request.headers.get("Referer") or ""
        allowed = _origin(told) in {_origin(request.host_url), _origin(services().settings.public_url)} - {""}
    if not allowed:
        raise AnanError("请在本站的页面上填写并提交，谢谢。", code="foreign_form", status=403)


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""
