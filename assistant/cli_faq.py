"""``anan faq``: the FAQ in and out of files, by the operator, past the desk's review."""

from pathlib import Path

import click
from click import format_filename

from assistant.cli_parts import told
from assistant.errors import BadInput, os_reason


@click.group()
def faq() -> None:
    """常见问题。"""


@faq.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只列出每一条会怎样，不写入。")
@click.pass_context
@told
def faq_import(context: click.Context, file: Path, dry_run: bool) -> None:
    """用 XLSX、CSV 或 YAML 文件里的条目替换全部常见问题，没有写状态的即为已发布。"""
    from assistant.desk import opened_desk
    from assistant.desk.faq_import import FATES, entries_of, fates_of_replacement
    from assistant.desk.faq_sheets import read_sheet
    from assistant.store.faq_file import read_faq

    if file.suffix.lower() in (".xlsx", ".csv"):
        entries = entries_of(read_sheet(_read(file), file.name), file.name)
    else:
        entries = read_faq(file)
    with opened_desk(context.obj) as desk:
        if dry_run:
            for fate in fates_of_replacement(desk.store, entries):
                if fate.fate != "same":
                    click.echo("\t".join(filter(None, (FATES[fate.fate], fate.id, fate.question, fate.reason))))
            return
        changes = desk.store.replace_faq(entries)
    click.echo(f"新增 {changes.added} 条，改动 {changes.changed} 条，删除 {changes.removed} 条。")


@faq.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
@told
def faq_export(context: click.Context, file: Path) -> None:
    """把全部常见问题写成文件；后缀为 .xlsx、.csv 或 .yaml。"""
    from assistant.desk import opened_desk
    from assistant.desk.faq_sheets import KINDS, write_sheet

    with opened_desk(context.obj) as desk:
        entries = desk.store.faq(state=None)
    kind = file.suffix.lower().lstrip(".")
    data = write_sheet(entries, kind if kind in KINDS else "yaml")
    try:
        file.write_bytes(data)
    except OSError as error:
        raise BadInput(f"文件 {format_filename(file)} 写不了：{os_reason(error)}") from error
    click.echo(f"已写出 {len(entries)} 条。")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"文件 {format_filename(file)} 读不出来：{os_reason(error)}") from error
