"""The command line: ``anan``. Thin: every command opens the services, calls one thing, prints.

What a command works with is imported when it runs: the processes that read files import this module first.
"""

import json
import sys
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click import format_filename

from assistant import __version__
from assistant.cli_answer import readable
from assistant.cli_backup import backup, restore
from assistant.cli_bench import bench
from assistant.cli_bench_desk import bench_desk
from assistant.cli_bench_voice import bench_voice
from assistant.cli_faq import faq
from assistant.cli_figures import figures
from assistant.cli_ingest import ingest_command, tell_failure
from assistant.cli_listen import listen
from assistant.cli_messages import feedback, messages
from assistant.cli_parts import opened_services, told
from assistant.cli_user import audit, user
from assistant.cli_voice import voice
from assistant.errors import AnanError, BadInput, Busy, NotFound, os_reason
from assistant.resources import corpus_folder

if TYPE_CHECKING:
    from assistant.services import Services


@click.group()
@click.version_option(__version__, prog_name="anan")
@click.option(
    "--data",
    envvar="ANAN_DATA",
    default="anan-data",
    show_default=True,
    type=click.Path(path_type=Path),
    help="数据目录；也可用环境变量 ANAN_DATA 指定。",
)
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """安安：回答公开报告里的问题，并读给您听。"""
    context.obj = data


@main.command()
@click.pass_context
@told
def serve(context: click.Context) -> None:
    """启动网页服务；数据目录为空时先装入演示语料。"""
    from assistant.services import load_sample_corpus
    from assistant.site import serve as run_server

    with opened_services(context) as services:
        if not services.store.counts().reports:
            click.echo("数据目录是空的，正在装入演示语料……")
            load_sample_corpus(services, tell_failure)
        run_server(services)


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，与网页接口相同。")
@click.option("--say", type=click.Path(path_type=Path), help="把回答读出来，存成 MP3 文件。")
@click.pass_context
@told
def ask(context: click.Context, question: str, as_json: bool, say: Path | None) -> None:
    """问一个问题。"""
    with opened_services(context) as services:
        answer = services.answerer.ask(_well_formed(question))
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) if as_json else readable(answer))
        if say is not None:
            _write_speech(services, answer.text, say)


@main.command()
@click.pass_context
@told
def chat(context: click.Context) -> None:
    """在终端里对话；空行或 Ctrl-D 结束。"""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # one line that is no UTF-8 does not end the conversation
    with opened_services(context) as services:
        conversation = None
        while True:
            try:
                question = click.prompt("您", default="", show_default=False)
            except click.Abort:
                break
            if not question.strip():
                break
            try:
                answer = services.answerer.ask(_well_formed(question), conversation)
            except AnanError as error:
                click.echo(error.message)
                continue
            conversation = answer.conversation
            click.echo(f"安安：{readable(answer)}\n")


@main.command()
@click.argument("text", required=False)
@click.option("--report", "report_id", help="读这份报告（编号见 anan ingest 的输出）。")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="MP3 文件。")
@click.option(
    "--speed", default=1.0, show_default=True, type=click.FloatRange(0.5, 2), help="平常语速的几倍；音高不变。"
)
@click.pass_context
@told
def speak(context: click.Context, text: str | None, report_id: str | None, output: Path, speed: float) -> None:
    """把一段文字或一份报告读成 MP3 文件。"""
    if (text is None) == (report_id is None):
        raise BadInput("请给出要读的文字，或用 --report 指定一份报告（二者选一）")
    with opened_services(context) as services:
        if report_id is not None:
            report = services.store.report(report_id)
            if report is None:
                raise NotFound(f"没有编号为 {report_id} 的报告")
            text = report.text
        _write_speech(services, _well_formed(text or ""), output, speed)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def check(context: click.Context, file: Path | None, as_json: bool) -> None:
    """用标准问题检查回答；FILE 默认为随附的 questions.yaml。有答错的返回 1。"""
    from assistant.evaluation.golden import check as run_check
    from assistant.evaluation.golden import read_golden_questions, summary, summary_by_tag
    from assistant.services import load_sample_corpus

    questions = read_golden_questions(file or corpus_folder() / "questions.yaml")
    with opened_services(context) as services:
        if not services.store.counts().reports:
            load_sample_corpus(services, tell_failure)
        outcomes = run_check(services.answerer, questions)
    figures = summary(outcomes)
    if as_json:
        rows = [
            {
                "id": each.golden.id,
                "question": each.golden.question,
                "tags": each.golden.tags,
                "verdict": each.verdict,
                "wrong_figure": each.wrong_figure,
                "text": each.answer.text,
            }
            for each in outcomes
        ]
        shape = {**figures, "tags": summary_by_tag(outcomes), "outcomes": rows}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
    else:
        for each in outcomes:
            if each.verdict != "right":
                word = "数错" if each.wrong_figure else {"wrong": "答错", "silent": "没答"}[each.verdict]
                click.echo(f"{word}\t{each.golden.id}\t{each.golden.question}\t{each.answer.text}")
        click.echo(
            f"共 {figures['questions']} 问：答对 {figures['right']}，答错 {figures['wrong']}，"
            f"该答没答 {figures['silent']}，给出错数 {figures['wrong_figure']}；"
            f"有答案的答对率 {figures['answerable_right']}，没有答案的如实说没有 {figures['unanswerable_right']}，"
            f"错数占比 {figures['wrong_figures']}"
        )
    if figures["wrong"]:
        sys.exit(1)


@main.command()
@click.argument("report_ids", nargs=-1, required=True, metavar="REPORT…")
@click.pass_context
@told
def remove(context: click.Context, report_ids: tuple[str, ...]) -> None:
    """撤下报告：REPORT 为报告编号（见 anan ingest 的输出）。有编号不存在时其余照撤，最后返回 1。"""
    missing = []
    with opened_services(context) as services:
        for report_id in report_ids:
            if services.store.remove(report_id):
                click.echo(f"已撤下 {report_id}")
            else:
                missing.append(report_id)
                click.echo(f"没有编号为 {_well_formed(report_id)} 的报告", err=True)
        services.indexer.settle()
    if missing:
        sys.exit(1)


@main.command()
@click.pass_context
@told
def reindex(context: click.Context) -> None:
    """只凭数据库重建索引。"""
    with opened_services(context) as services:
        total = services.store.counts().reports
        with click.progressbar(length=total, label="重建索引", file=sys.stderr) as bar:
            services.indexer.rebuild(bar.update)
        if services.semantic is not None:
            passages = services.store.counts().passages
            with click.progressbar(length=passages, label="计算语义向量", file=sys.stderr) as bar:
                services.semantic.rebuild(bar.update)
        click.echo(f"已为 {services.index.report_count} 份报告、{services.index.passage_count} 个段落建好索引。")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def doctor(context: click.Context, as_json: bool) -> None:
    """看看各部分是否正常，可选的部分有没有、怎样添加。有不正常的返回 1。"""
    from assistant.doctor import examine

    with opened_services(context) as services:
        findings = examine(services)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        click.echo(f"数据目录：{context.obj}")
        for finding in findings:
            mark = "好" if finding.fine else "－" if finding.optional else "坏"
            click.echo(f"[{mark}] {finding.part}：{finding.detail}")
    if not all(finding.fine or finding.optional for finding in findings):
        sys.exit(1)


bench.add_command(bench_voice)
bench.add_command(bench_desk)
main.add_command(bench)
main.add_command(ingest_command)
main.add_command(faq)
main.add_command(figures)
main.add_command(listen)
main.add_command(voice)
main.add_command(messages)
main.add_command(feedback)
main.add_command(user)
main.add_command(backup)
main.add_command(restore)
main.add_command(audit)


def _write_speech(services: "Services", text: str, path: Path, speed: float = 1.0) -> None:
    """All utterances of the text, one after the other."""
    from assistant.speech import joined

    sounds = [services.speech.audio(utterance.key) for utterance in services.speech.utterances(text)]
    if not sounds:
        raise BadInput("没有可以读出来的文字。")
    try:
        whole = joined(sounds, speed)
    except ValueError as error:  # another voice had to stand in for a sentence, and sounds at another rate
        raise Busy("播报的声音中途换了，请再试一次。") from error
    try:
        path.write_bytes(whole.data)
    except OSError as error:
        raise BadInput(f"文件 {format_filename(path)} 写不了：{os_reason(error)}") from error
    click.echo(f"已存为 {format_filename(path)}", err=True)


def _well_formed(text: str) -> str:
    """What was typed, fit to be printed: bytes that are no UTF-8 arrive from the system as lone surrogates."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
