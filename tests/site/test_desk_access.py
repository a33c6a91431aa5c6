"""Who may open what, as a table: every route of the app, every role and nobody, each cell really asked for."""

import re
from pathlib import Path

import pytest
from desk_checks import OWN_PAGE, ROLES, at_desk, csrf_of

from assistant.desk import SCOPES

TABLE = Path(__file__).with_name("desk_access.tsv")
# The scope is that of the token which opens the route; most have none, and their lines end before it.
COLUMNS = ("method", "rule", "nobody", *ROLES, "scope")
# What stands in an address for a name that is not there: behind the door it gives 404.
NONE = {"int": "999999", "path": "none.js", "default": "none"}


def rows():
    lines = TABLE.read_text("utf-8").splitlines()
    assert tuple(lines[0].split("\t")) == COLUMNS
    return [dict(zip(COLUMNS, [*line.split("\t"), ""], strict=False)) for line in lines[1:]]


def address(rule):
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: NONE[found[1] or "default"], rule)


def is_refused(response):
    """Sent to the door, or told that it may not be."""
    to_the_door = response.status_code == 303 and response.headers["Location"].startswith("/desk/sign-in?next=")
    return to_the_door or response.status_code in (401, 403)


def test_every_route_is_in_the_table_and_every_line_has_its_route(app):
    routes = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}}
    listed = [(row["method"], row["rule"]) for row in rows()]
    assert len(listed) == len(set(listed))
    assert sorted(routes) == sorted(listed)


@pytest.mark.parametrize("who", ["nobody", *ROLES])
def test_each_may_open_what_the_table_says_and_nothing_else(app, services, people, who):
    wrong = []
    for row in rows():
        browser = at_desk(app, services, "" if who == "nobody" else who)
        send = browser.get if row["method"] == "GET" else browser.post
        response = send(address(row["rule"]))
        if is_refused(response) != {"yes": False, "no": True}[row[who]]:
            wrong.append((who, row["method"], row["rule"], response.status_code))
    assert wrong == []


def test_a_token_opens_what_its_scope_says_and_nothing_else(app, services, people):
    client, tokens = app.test_client(), services.desk.tokens
    secret = {scope: tokens.make("admin", scope, [scope], 1, "admin")[1] for scope in SCOPES}
    but = {scope: [each for each in SCOPES if each != scope] for scope in SCOPES}
    others = {scope: tokens.make("admin", "others", but[scope], 1, "admin")[1] for scope in SCOPES}
    scoped = [row for row in rows() if row["rule"].startswith("/api/v1/desk/")]
    assert scoped and {row["scope"] for row in scoped} <= set(SCOPES)
    assert not [row for row in rows() if row["scope"] and row not in scoped]
    wrong = []
    for row in scoped:
        for bearer, refused in ((secret[row["scope"]], False), (others[row["scope"]], True), ("anan_none", True)):
            headers = {"Authorization": f"Bearer {bearer}"}
            response = client.open(address(row["rule"]), method=row["method"], headers=headers)
            if is_refused(response) != refused:
                wrong.append((row["method"], row["rule"], refused, response.status_code))
    assert wrong == []
    signed_in = at_desk(app, services, "admin")
    headers = {"Authorization": f"Bearer {secret['people:read']}"}
    assert app.test_client().get("/desk/people", headers=headers).status_code == 303  # no page opens by token
    assert signed_in.get("/api/v1/desk/people").status_code == 401


def test_every_view_of_the_desk_declares_its_roles(app):
    desk = [rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/desk")]
    assert len(desk) > 10
    assert [endpoint for endpoint in desk if not getattr(app.view_functions[endpoint], "allowed_roles", None)] == []


def test_a_view_that_declares_nothing_is_closed_to_everybody(app, services, people, monkeypatch):
    monkeypatch.setitem(app.view_functions, "console.home", lambda: "open")
    for role in ROLES:
        assert at_desk(app, services, role).get("/desk/").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_the_token_changes_nothing_wherever_it_is_sent(app, services, people, role):
    """Every form of the desk, to the last one: no token, another session's token, another site's page."""
    other = at_desk(app, services, role)
    wrong = []
    for row in rows():
        if row["method"] == "GET" or not row["rule"].startswith("/desk/"):
            continue
        browser = at_desk(app, services, role)
        path = address(row["rule"])
        from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
        answers = [
            browser.client.post(path, headers=OWN_PAGE),
            browser.client.post(path, data={"csrf": "0" * 64}, headers=OWN_PAGE),
            browser.client.post(path, data={"csrf": csrf_of(other.token)}, headers=OWN_PAGE),
            browser.client.post(path, headers=from_elsewhere),
        ]
        wrong += [(path, response.status_code) for response in answers if response.status_code != 403]
    assert wrong == []
