"""/api/v1 as programs use it."""

import io
import re

import soundfile
from site_checks import assert_refused

from assistant.speech import Speech

POLICE_QUESTION = "青澜市公安局2018年全年主动公开信息多少条，比上年增长多少？"


def ask(client, question, **more):
    return client.post("/api/v1/ask", json={"question": question, **more})


def test_an_answer_carries_its_evidence_and_leads_to_its_place(client):
    answer = ask(client, POLICE_QUESTION).get_json()
    assert answer["kind"] in ("figure", "passage")
    assert "2801条" in answer["text"]
    best = answer["evidence"][0]
    assert best["report"]["publisher"] == "青澜市公安局"
    assert best["highlights"]
    link = re.fullmatch(r"/reports/([0-9a-f]{12})\?highlight=(\d+)-(\d+)#(\w+)", best["link"])
    text = client.get(f"/api/v1/reports/{link[1]}").get_json()["text"]
    first, last = best["sentence"]
    assert all(first <= start < end <= last for start, end in best["highlights"])
    assert text[int(link[2]) : int(link[3])] == best["passage"][first:last]


def test_every_utterance_of_an_answer_can_be_heard(client):
    answer = ask(client, POLICE_QUESTION).get_json()
    assert answer["utterances"]
    for utterance in answer["utterances"]:
        assert answer["text"][utterance["start"] : utterance["end"]] == utterance["text"]
        audio = client.get(f"/api/v1/speech/{utterance['key']}")
        assert audio.status_code == 200
        assert audio.mimetype == "audio/mpeg"
        assert soundfile.info(io.BytesIO(audio.data)).duration > 0.5


def test_audio_can_be_fetched_in_parts_and_is_kept_by_the_browser(client):
    key = ask(client, POLICE_QUESTION).get_json()["utterances"][0]["key"]
    whole = client.get(f"/api/v1/speech/{key}")
    assert "private" in whole.headers["Cache-Control"]
    part = client.get(f"/api/v1/speech/{key}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    again = client.get(f"/api/v1/speech/{key}", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert_refused(client.get(f"/api/v1/speech/{key}", headers={"Range": "bytes=99999999-"}), 416, "bad_range")


def test_a_conversation_goes_on(client):
    first = ask(client, POLICE_QUESTION).get_json()
    assert ask(client, "您好", conversation=first["conversation"]).get_json()["conversation"] == first["conversation"]


def test_nothing_found_is_said_with_ways_on(client):
    answer = ask(client, "火星上的氧气价格是多少？").get_json()
    assert (answer["kind"], answer["evidence"]) == ("none", [])
    assert answer["text"]


def test_reports_can_be_listed_by_publisher_and_year(client):
    everything = client.get("/api/v1/reports").get_json()["reports"]
    assert len(everything) == 3
    assert all(item["passages"] > 0 for item in everything)
    police = client.get("/api/v1/reports?publisher=青澜市公安局").get_json()["reports"]
    assert [item["year"] for item in police] == [2018]
    assert client.get("/api/v1/reports?publisher=青澜市公安局&year=2021").get_json()["reports"] == []
    assert len(client.get("/api/v1/reports?publisher=&year=").get_json()["reports"]) == 3
    assert_refused(client.get("/api/v1/reports?year=去年"), 400, "bad_year")


def test_a_report_is_given_whole(client, report_of):
    summary = report_of("青澜市公安局")
    report = client.get(f"/api/v1/reports/{summary.id}").get_json()
    assert report["index_number"] == "010203122-GK-2019-00243"
    assert report["published"] == "2019-01-22"
    assert "2801条" in report["text"]
    for section in report["sections"]:
        assert report["text"].startswith(section["heading"], section["start"])


def test_a_report_is_heard_sentence_by_sentence(client, report_of):
    report_id = report_of("青澜市公安局").id
    text = client.get(f"/api/v1/reports/{report_id}").get_json()["text"]
    utterances = client.get(f"/api/v1/reports/{report_id}/utterances").get_json()["utterances"]
    assert len(utterances) > 20
    assert all(text[item["start"] : item["end"]] == item["text"] for item in utterances)
    assert [item["start"] for item in utterances] == sorted(item["start"] for item in utterances)
    assert client.get(f"/api/v1/speech/{utterances[0]['key']}").status_code == 200


def test_only_published_text_can_be_heard(client, tmp_path):
    elsewhere = Speech(tmp_path)
    try:
        key = elsewhere.utterances("这句话从来没有公布过。")[0].key
    finally:
        elsewhere.close()
    assert_refused(client.get(f"/api/v1/speech/{key}"), 404)


def test_suggestions_are_questions(client):
    for query in ("", "?q=", "?q=公开", "?q=%E5%85"):
        suggestions = client.get(f"/api/v1/suggest{query}").get_json()["suggestions"]
        assert isinstance(suggestions, list)
    assert_refused(client.get("/api/v1/suggest", query_string={"q": "问" * 301}), 400, "question_too_long")


def test_health_counts_what_is_there(client):
    for path in ("/api/v1/health", "/healthz"):
        state = client.get(path).get_json()
        assert (state["status"], state["reports"], state["index_agrees"]) == ("ok", 3, True)
