"""``anan ingest``: reports come in from files, folders and archives, once or as they are dropped into a folder."""

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli_parts import on_one_line, opened_services, told
from assistant.errors import AnanError, BadInput

if TYPE_CHECKING:
    from assistant.search.ingest import Ingested
    from assistant.services import Services

_SAVED = {"added": "新增", "replaced": "更新", "unchanged": "没有变化", "withdrawn": "已撤下的，没有发布"}
_NAMED_AT_MOST = 20  # reports named in the summary for each thing that they lack; the count tells the rest


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="看着 PATHS 这个文件夹，新放进来的和改过的随时导入，直到 Ctrl+C。")
@click.option(
    "--every",
    default=2.0,
    show_default=True,
    type=click.FloatRange(0.05, 3600),
    help="配合 --watch：每隔几秒看一次；文件隔一次没有变化才导入。",
)
@click.pass_context
@told
def ingest_command(context: click.Context, paths: tuple[Path, ...], watch: bool, every: float) -> None:
    """导入或更新报告并立即公布：PATHS 为文件、文件夹或 zip 压缩包。有文件失败时其余照常导入，最后返回 1。

    在工作台撤下的报告，内容没有变就不再公布。
    """
    from assistant.search.files import ARCHIVE_SUFFIX, REPORT_SUFFIXES, report_files
    from assistant.store import Saved

    if watch:
        _watch(context, paths, every)
        return
    files = report_files(paths)
    if not files:
        suffixes = "、".join((*REPORT_SUFFIXES, ARCHIVE_SUFFIX))
        click.echo(f"没有找到可以导入的报告：文件夹里应有 {suffixes} 文件", err=True)
        sys.exit(1)
    with opened_services(context) as services:
        results = _ingest_with_bar(services, files)
    if any(result.saved in (Saved.ADDED, Saved.REPLACED) for result in results):
        click.echo("新增和更新的报告已经公布，市民马上就能问到；要先审核的，请在工作台上传。", err=True)
    for result in results:
        tell_failure(result)
    _tell_summary(results)
    if any(result.saved is None for result in results):
        sys.exit(1)


def tell_failure(result: "Ingested") -> None:
    """One line on stderr for a file that could not be read."""
    if result.saved is None:
        click.echo(f"{_named(result, whole=True)}：{result.error}", err=True)


def _ingest_with_bar(services: "Services", files: Sequence[Path]) -> "list[Ingested]":
    with click.progressbar(length=len(files), label="导入报告", file=sys.stderr) as bar:

        def counted(total: int) -> None:
            bar.length = total

        def done(result: "Ingested") -> None:
            _acknowledge(result)
            bar.update(1)

        return services.ingest(files, done, on_total=counted)


def _acknowledge(result: "Ingested") -> None:
    """The line on stdout: the report is in the store for good."""
    if result.saved is not None:
        name = _named(result, whole=False)
        click.echo(f"{_SAVED[result.saved.value]}\t{result.report_id}\t{name}\t{result.title}")
        sys.stdout.flush()


def _named(result: "Ingested", *, whole: bool) -> str:
    """The file as people know it, by its whole path or its name; in an archive ``包.zip/路径/文件``."""
    path, member = result.source.path, result.source.member
    shown = click.format_filename(path if whole else path.name)
    return on_one_line(f"{shown}/{member}" if member else shown)


def _tell_summary(results: "Sequence[Ingested]") -> None:
    kept = [result for result in results if result.saved is not None]
    words = [_SAVED[result.saved.value] for result in kept if result.saved is not None]
    click.echo(f"共 {len(results)} 个文件，成功 {len(kept)} 个，失败 {len(results) - len(kept)} 个。", err=True)
    rows: list[tuple[str, int]] = [(word, words.count(word)) for word in _SAVED.values()]
    rows += [("失败", len(results) - len(kept))]
    rows += [("表格", sum(result.tables for result in kept)), ("数字", sum(result.figures for result in kept))]
    for name, count in rows:
        click.echo(f"  {name}\t{count}", err=True)
    _tell_reports("表格合计不平", [result for result in kept if result.unbalanced])
    for name in dict.fromkeys(name for result in kept for name in result.missing):
        _tell_reports(f"没有写明{name}", [result for result in kept if name in result.missing])


def _tell_reports(what: str, results: "Sequence[Ingested]") -> None:
    if results:
        names = "、".join(_named(result, whole=False) for result in results[:_NAMED_AT_MOST])
        more = "等" if len(results) > _NAMED_AT_MOST else ""
        click.echo(f"  {what}\t{len(results)}\t{names}{more}", err=True)


def _watch(context: click.Context, paths: Sequence[Path], every: float) -> None:
    from assistant.search.watching import Watch

    folders = [path for path in paths if path.is_dir()]
    if len(folders) != len(paths):
        raise BadInput("--watch 只看文件夹；请检查文件夹是否存在")
    stop = threading.Event()
    _stop_on_signals(stop)
    with opened_services(context) as services:
        watch = Watch(folders)
        click.echo("正在看着文件夹，放进来的报告会自动导入；按 Ctrl+C 结束。", err=True)
        told_last = ""
        while files := watch.wait(every, stop):
            try:
                services.ingest(files, _tell_of_change, stopped=stop.is_set)
                told_last = ""
            except AnanError as error:
                # The store or the index is held by another program, or the disk is full: later it may go.
                watch.forget(files)
                if error.message != told_last:
                    click.echo(error.message, err=True)
                told_last = error.message
    click.echo("已停止。", err=True)


def _tell_of_change(result: "Ingested") -> None:
    """A line for what is new; a file that was held already says nothing."""
    from assistant.store import Saved

    tell_failure(result)
    if result.saved is not Saved.UNCHANGED:
        _acknowledge(result)


def _stop_on_signals(stop: threading.Event) -> None:
    """Ctrl+C, or a service manager's SIGTERM, ends after the file at hand; once more ends at once."""

    def asked(number: int, _: Any) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
