"""A conversation over HTTP: the id comes back, a follow-up is understood by it, also after the server started anew."""

from pathlib import Path

from assistant.resources import corpus_folder
from assistant.search.ingest import ingest
from assistant.services import open_services
from assistant.site import create_app


def ask(data: Path, *turns: str, conversation: str | None = None) -> dict:
    """The answer to the last of several questions, asked of a server opened for them."""
    services = open_services(data)
    try:
        client = create_app(services).test_client()
        answer = {"conversation": conversation}
        for turn in turns:
            body = {"question": turn, "conversation": answer["conversation"]}
            answer = client.post("/api/v1/ask", json=body).get_json()
        return answer
    finally:
        services.close()


def with_reports(data: Path) -> Path:
    services = open_services(data)
    try:
        files = [corpus_folder() / "reports" / name for name in ("police-2018.txt", "edu-2018.txt")]
        assert not [
            each.error for each in ingest(files, services.store, services.indexer, 10**7, lambda _: None) if each.error
        ]
    finally:
        services.close()
    return data


def test_a_follow_up_is_understood_also_after_a_restart(tmp_path: Path) -> None:
    data = with_reports(tmp_path / "data")
    first = ask(data, "公安局2018年收到多少件申请")
    assert "9件" in first["text"]
    after = ask(data, "教育局的呢", conversation=first["conversation"])
    assert after["conversation"] == first["conversation"]
    assert after["understood"] == "教育局2018年收到多少件申请"
    assert "21件" in after["text"]
    assert after["evidence"][0]["report"]["publisher"] == "青澜市教育局"


def test_an_id_of_nobody_begins_a_new_conversation(tmp_path: Path) -> None:
    data = with_reports(tmp_path / "data")
    known = ask(data, "公安局2018年收到多少件申请")["conversation"]
    for foreign in ("f" * 32, "not an id", known.upper() + "0"):
        answer = ask(data, "教育局的呢", conversation=foreign)
        assert (answer["kind"], answer["evidence"]) == ("none", [])
        assert len(answer["conversation"]) == len(known)
