"""``anan backup`` and ``anan restore``."""

from pathlib import Path

import click
from click import format_filename

from assistant.cli_parts import told

_MB = 1024 * 1024


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
@told
def backup(context: click.Context, file: Path) -> None:
    """把数据库、设置、词表和录音备份成一个文件；服务不用停。"""
    from assistant.backup import make_backup

    made = make_backup(context.obj, file)
    click.echo(f"已备份到 {format_filename(file)}：{len(made.files)} 个文件，{made.size / _MB:.1f} MB。")
    click.echo("里面有市民的留言和联系方式，请像保护数据库一样保护它。")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="不再询问。")
@click.pass_context
@told
def restore(context: click.Context, file: Path, yes: bool) -> None:
    """用备份替换数据目录里的一切；先停止服务。先全部核对，有一处不对就什么也不动。"""
    from assistant.backup import restore_backup

    if not yes:
        click.confirm(f"数据目录 {context.obj} 里现有的内容会被备份替换，继续吗？", abort=True)
    held = restore_backup(context.obj, file)
    click.echo(f"已恢复到 {held.made} 的备份。工作台上的登录都已退出；索引会在下次启动时重建。")
