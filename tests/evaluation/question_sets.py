"""A tiny question set whose ranks are known, and how a set is written down."""

import json
from pathlib import Path

# Three bodies of words that share nothing, so that every rank is known.
DOCUMENTS = {
    "d1": ("护林报告", "全年巡护山林三百公里，扑灭火情两起。护林员共有四十人。"),
    "d2": ("供水报告", "自来水厂日产水八万吨，更换老旧水管十二公里。"),
    "d3": ("图书馆报告", "图书馆藏书二十万册，办理借书证九千张。"),
}
QUESTIONS = {"q1": "扑灭火情几起", "q2": "更换老旧水管多少公里", "q3": "办理借书证多少张"}
RIGHT = {"q1": "d1", "q2": "d2", "q3": "d3"}


def written(
    folder: Path,
    documents: dict[str, tuple[str, str]] = DOCUMENTS,
    questions: dict[str, str] = QUESTIONS,
    right: dict[str, str] = RIGHT,
) -> Path:
    """Makes the folder, in the BEIR layout."""
    folder.mkdir()
    corpus = ({"_id": key, "title": title, "text": text} for key, (title, text) in documents.items())
    queries = ({"_id": key, "text": text} for key, text in questions.items())
    for file, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / file).write_text("".join(lines), encoding="utf-8")
    pairs = "".join(f"{question}\t{document}\t1\n" for question, document in right.items())
    (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{pairs}", encoding="utf-8")
    return folder
