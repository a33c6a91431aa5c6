"""What every refusal looks like, whoever refuses."""

import re


def assert_refused(response, status=None, code=None):
    """The one error shape: a machine word and a Chinese sentence, and never a server's failure."""
    assert 400 <= response.status_code < 500, response.text
    if status is not None:
        assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    body = response.get_json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert re.fullmatch(r"[a-z_]+", body["error"]["code"])
    assert re.search(r"[\u4e00-\u9fff]", body["error"]["message"])
    if code is not None:
        assert body["error"]["code"] == code


def assert_page_refused(response, status):
    """An error page: Chinese, with a way on."""
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert 'lang="zh-CN"' in response.text
    assert re.search(r"<h1>[^<]*[\u4e00-\u9fff][^<]*</h1>", response.text)
    assert 'href="/"' in response.text
