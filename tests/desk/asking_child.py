"""Asks one question after another, and prints how many are surely written; ends only when killed."""

import itertools
import sys
from pathlib import Path

from assistant.answers.model import Answer
from assistant.desk.question_log import QuestionLog
from assistant.store import Store

with Store.open(Path(sys.argv[1]) / "anan.db") as store:
    log = QuestionLog(store, None)
    for number in itertools.count(1):
        log.note(Answer(f"第{number}个问题", "", "none", "没有找到", "", 0.0), 0.001)
        if number % 50 == 0:
            log.write()
            print(number, flush=True)
