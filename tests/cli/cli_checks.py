"""`anan` as people run it: in this process where only its words matter, in one of its own where the process matters."""

import os
import subprocess
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from assistant.cli import main

Anan = Callable[..., Result]
ANAN = Path(sysconfig.get_path("scripts")) / "anan"

FAQ = """\
- id: card
  question: 身份证丢了怎么补办？
  phrasings: [身份证不见了怎么办]
  answer: 本人带户口簿到户籍所在地派出所申请补领，60日内领取。
  publisher: 演示县公安局
  url: https://ga.yanshi.example/faq/card
  tags: [户政]
  updated: 2023-03-01
- question: 012345热线几点有人接？
  answer: "热线: 每天24小时有人接听。"
"""


def report(published: str = "347条", index_number: str = "DA-2018-001") -> str:
    """A plain-text report of an invented body; ``published`` is its figure of the year."""
    return f"""演示县档案局2017年政府信息公开工作年度报告

索引号 {index_number} 发布日期 2018-02-09 10:30
来源 演示县档案局
内容概述 演示县档案局2017年政府信息公开工作年度报告
  一、概述
  2017年,县档案局成立政务公开领导小组,由副局长担任组长,配备专职人员2名。
  二、主动公开政府信息的情况
  全年通过门户网站主动公开政府信息{published}。微信公众号推送消息58期,关注人数3106人。
  三、依申请公开政府信息的情况
  全年收到政府信息公开申请9件,全部按时答复,其中不予公开1件,原因是涉及商业秘密。
  四、联系方式
  县档案局办公室电话0309-5557788,地址演示县文苑路3号。
"""


def run_anan(data: Path, *arguments: str, typed: str | None = None) -> Result:
    """One command in this process; a traceback fails the test that caused it."""
    result = CliRunner().invoke(main, ["--data", str(data), *arguments], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def process(
    data: Path, *arguments: str | bytes | Path, typed: bytes = b"", cwd: Path | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """One command in a process of its own, where the terminal takes nothing but whole UTF-8."""
    command: Sequence[str | bytes | Path] = [ANAN, "--data", data, *arguments]
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    return subprocess.run(command, input=typed, capture_output=True, env=environ, cwd=cwd, timeout=120)


def is_chinese_line(text: str) -> bool:
    """Whether the text is one line for a person: Chinese, and no trace of the program's inside."""
    return text.count("\n") == 1 and any("一" <= char <= "鿿" for char in text) and "Error" not in text
