"""``anan listen``: what is said in a recording."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from click import format_filename

from assistant.cli_parts import told
from assistant.errors import BadInput, os_reason

# An hour of any of the formats at a usual rate; what is larger is no recording of speech.
_MOST_BYTES = 200 * 1024 * 1024
_LONGEST_SECONDS = 3600.0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def listen(context: click.Context, file: Path, as_json: bool) -> None:
    """听一段录音（WebM、MP4、Ogg、WAV、FLAC、MP3），写出说的是什么。"""
    from assistant.settings import load_settings
    from assistant.speech.recognition import listen_folder, open_recogniser
    from assistant.speech.recording import read_recording

    recogniser = open_recogniser(listen_folder(load_settings(context.obj).listen_model, context.obj))
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise BadInput(f"文件 {format_filename(file)} 太大，最多 {_MOST_BYTES // 1024 // 1024} MB")
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"文件 {format_filename(file)} 读不了：{os_reason(error)}") from error
    heard = recogniser.hear(read_recording(data, _LONGEST_SECONDS))
    click.echo(json.dumps(asdict(heard), ensure_ascii=False) if as_json else heard.text or "（没有听到说话）")
