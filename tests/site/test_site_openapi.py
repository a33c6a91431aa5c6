"""The OpenAPI document is valid, names every route, and the answers are as it says."""

import re

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from report_samples import table_report

from assistant.desk import SCOPES, Draft, WordEdit
from assistant.site import create_app
from assistant.site.openapi import document

METHODS = {"get", "post", "put", "delete", "patch"}


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").get_json()


def test_the_document_is_valid(described):
    validate(described)
    assert described == document()


def test_every_route_is_described_and_every_description_has_its_route(app, described):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, item in described["paths"].items() for method in METHODS & set(item)}


def check(described, path, method, response):
    answers = described["paths"][path][method]["responses"]
    answer = answers[str(response.status_code)]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = {**answer["content"]["application/json"]["schema"], "components": described["components"]}
    OAS31Validator(schema).validate(response.get_json())


def test_answers_are_as_described(client, services, described, report_of):
    report_id = report_of("青澜市公安局").id
    receipt = services.desk.messages.receive(Draft("ask", "周末开门吗？")).receipt
    services.desk.messages.reply(receipt, "周末休息。")
    for path, method, sent in [
        ("/ask", "post", {"json": {"question": "青澜市公安局2018年主动公开信息多少条？"}}),
        ("/ask", "post", {"json": {"question": "你好"}}),
        ("/ask", "post", {"json": {"question": "火星上的氧气价格是多少？"}}),
        ("/ask", "post", {"json": {"question": ""}}),
        ("/ask", "post", {"data": "x"}),
        ("/ask", "post", {"json": {"question": "x" * 20000}}),
        ("/reports", "get", {}),
        ("/reports", "get", {"query_string": {"year": "x"}}),
        ("/reports/{report_id}", "get", {}),
        ("/reports/{report_id}/utterances", "get", {}),
        ("/suggest", "get", {}),
        ("/suggest", "get", {"query_string": {"q": "x" * 999}}),
        ("/messages", "get", {}),
        ("/messages", "post", {"json": {"kind": "ask", "text": "周末开门吗？"}}),
        ("/messages", "post", {"json": {"kind": "ask", "text": ""}}),
        ("/messages/{receipt}", "get", {}),
        ("/feedback", "post", {"json": {}}),
        ("/listen", "get", {}),
        ("/listen", "post", {"data": "x", "content_type": "audio/wav"}),
        ("/listen", "post", {"data": "x"}),
        ("/voices", "get", {}),
        ("/health", "get", {}),
        ("/openapi.json", "get", {}),
    ]:
        response = client.open(
            f"/api/v1{path.format(report_id=report_id, receipt=receipt)}", method=method.upper(), **sent
        )
        check(described, path, method, response)
    check(described, "/reports/{report_id}", "get", client.get("/api/v1/reports/none"))


def test_a_report_with_tables_and_figures_is_as_described(services, described):
    report = table_report()
    services.store.save(report)
    client = create_app(services).test_client()
    check(described, "/reports/{report_id}", "get", client.get(f"/api/v1/reports/{report.id}"))
    services.store.remove(report.id)
    services.settle()  # the others of these tests find index and store in agreement


def test_answers_of_the_desk_are_as_described(client, services, people, described):
    _, secret = services.desk.tokens.make("admin", "测试", list(SCOPES), 1, "admin")
    headers = {"Authorization": f"Bearer {secret}"}
    receipt = services.desk.messages.receive(Draft("ask", "周末开门吗？")).receipt
    client.post("/api/v1/ask", json={"question": "青澜市公安局2018年主动公开信息多少条？"})
    services.questions.write()
    group = services.desk.asked.page("d7", "all").rows[0].group.id
    filing = services.store.filings.page(1)[0].id
    made = services.desk.compilations.begin("editor", services.desk.asked.period("d7"), "")
    reviewer = services.desk.people.named("reviewer")
    seen = services.words.see("workdays.txt")
    services.words.propose(reviewer, "workdays.txt", WordEdit("休 2035-10-01\n", seen.digest))
    names = {
        "receipt": receipt,
        "group": group,
        "filing_id": filing,
        "person_id": reviewer.id,
        "compilation": made,
        "name": "workdays.txt",
        "version_id": services.store.words.add("workdays.txt", "", "x", "", written=True, characters=0),
    }
    for path, query in [
        ("/desk/people", ""),
        ("/desk/people/{person_id}", ""),
        ("/desk/phrasings", ""),
        ("/desk/compilations", ""),
        ("/desk/compilations/{compilation}", ""),
        ("/desk/words", ""),
        ("/desk/words/{name}", ""),
        ("/desk/words/{name}/versions/{version_id}", ""),
        ("/desk/departments", ""),
        ("/desk/audit", "?limit=3"),
        ("/desk/audit", "?limit=0"),
        ("/desk/audit", "?first=x"),
        ("/desk/audit/verify", "?head=" + "0" * 64),
        ("/desk/faq", ""),
        ("/desk/faq", "?state=x"),
        ("/desk/faq/entry", "?id=dibao"),
        ("/desk/faq/review", "?id=dibao"),
        ("/desk/questions", "?show=all"),
        ("/desk/questions", "?show=x"),
        ("/desk/questions/{group}", ""),
        ("/desk/figures", "?by=day"),
        ("/desk/figures", "?by=x"),
        ("/desk/messages", ""),
        ("/desk/messages", "?stage=x"),
        ("/desk/messages/{receipt}", ""),
        ("/desk/reports", ""),
        ("/desk/reports/{filing_id}", ""),
        ("/desk/reports", "?state=x"),
    ]:
        address = f"/api/v1{path.format_map(names)}{query}"
        check(described, path, "get", client.get(address, headers=headers))
        check(described, path, "get", client.get(address))


def test_speech_that_is_not_there_is_as_described(client, described):
    check(described, "/speech/{key}", "get", client.get("/api/v1/speech/none"))
