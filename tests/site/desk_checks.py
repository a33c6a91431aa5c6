"""Somebody at the desk, as a test drives them: signed in without the cost of a password, sending forms as pages do."""

import hashlib
import hmac
import secrets
from datetime import datetime, timezone

from assistant.desk import ACTING, OPERATOR, SCOPES, signing_in

PASSWORD = "灯塔下面的第七只灰雀"
ROLES = ("editor", "reviewer", "admin")
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def add_people(desk):
    """One account of each role, its login the role's name, all with ``PASSWORD``; ``desk`` may be all services."""
    desk = getattr(desk, "desk", desk)
    for role in ROLES:
        names = {"editor": "编小丽", "reviewer": "审大海", "admin": "管老王"}
        desk.people.add(OPERATOR, role, names[role], role, "", PASSWORD, must_change=False)


def open_session(services, login, awaits_code=False):
    """The token of a new session."""
    token = secrets.token_urlsafe(32)
    person = services.store.people.by_login(login)
    now = datetime.now(timezone.utc)
    digest = signing_in.token_hash(token)
    assert services.store.sessions.open(digest, person.id, now, awaits_code=awaits_code, most=100)
    return token


def csrf_of(token):
    return hmac.new(token.encode(), b"anan csrf", hashlib.sha256).hexdigest()


class AtDesk:
    """A browser of somebody at the desk.

    Args:
        app: the site.
        token: of the session; empty for nobody.
    """

    def __init__(self, app, token=""):
        self.client = app.test_client()
        self.token = token
        if token:
            self.client.set_cookie("anan-desk", token, path="/desk")

    def get(self, path, **options):
        return self.client.get(path, **options)

    def post(self, path, data=None, **options):
        """A form of ours, from our own page, with its token; a file is a value of ``data``."""
        csrf = {"csrf": csrf_of(self.token)} if self.token else {}
        return self.client.post(path, data={**csrf, **(data or {})}, headers=OWN_PAGE, **options)


def at_desk(app, services, login):
    """A new browser in which ``login`` is signed in; "" for nobody."""
    return AtDesk(app, open_session(services, login) if login else "")


class System:
    """Another system with a token that acts for ``login`` and may do all that the role may, or ``only`` this."""

    def __init__(self, app, opened, login, only=()):
        role = opened.desk.people.named(login).role if login else ""
        scopes = only or [scope for scope in SCOPES if role in ACTING.get(scope, {role})]
        self.token, secret = opened.desk.tokens.make(login or "admin", "统计平台", scopes, 1, login)
        self.client, self.headers = app.test_client(), {"Authorization": f"Bearer {secret}"}

    def get(self, path, **query):
        return self.client.get(f"/api/v1/desk{path}", query_string=query, headers=self.headers)

    def post(self, path, **body):
        return self.client.post(f"/api/v1/desk{path}", json=body, headers=self.headers)
