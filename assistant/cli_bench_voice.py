"""``anan bench voice``: see ``assistant.evaluation.intelligible``."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli_parts import told

if TYPE_CHECKING:
    from assistant.reports import Report
    from assistant.speech import Voice

# Golden questions asked for the 95th percentile.
_QUESTIONS = 120
_FOLDER = click.Path(path_type=Path)


@click.command("voice")
@click.option("--voice", "names", multiple=True, help="测哪些声音，可写几次；不写就测本机最好的和系统的。")
@click.option("--sentences", default=100, show_default=True, type=click.IntRange(1, 10_000), help="读多少句。")
@click.option("--questions", type=_FOLDER, help="再把这个问题集（BEIR 格式）的问题说出来问，与打字的比较。")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="其中说多少问。")
@click.option("--rendering", is_flag=True, help="再测后台读着的时候，提问是否一样快。")
@click.option("--verbose", is_flag=True, help="逐句写出说的和听到的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def bench_voice(
    context: click.Context,
    names: tuple[str, ...],
    sentences: int,
    questions: Path | None,
    limit: int,
    rendering: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """声音听不听得清、读得快不快；把问题说出来问，是否和打字一样准。"""
    from assistant.cli_bench import show
    from assistant.errors import BadInput
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.bench_corpus import bench_corpus
    from assistant.evaluation.intelligible import (
        ears_of,
        measure_spoken,
        measure_voice,
        said_and_known,
        sentences_with_numbers,
        voice_report,
    )
    from assistant.resources import staff_file
    from assistant.settings import load_settings
    from assistant.speech.recognition import listen_folder, open_recogniser
    from assistant.speech.voices import open_voices

    settings = load_settings(context.obj)
    recogniser = open_recogniser(listen_folder(settings.listen_model, context.obj))
    asked = read_question_set(questions) if questions else None
    voices = {
        each.name: each
        for each in open_voices(settings.voice, context.obj / "speech", staff_file(context.obj, "pronunciation.txt"))
    }
    wrong = [name for name in names if name not in voices]
    with contextlib.ExitStack() as stack:
        for voice in voices.values():
            stack.callback(voice.close)
        if wrong:
            raise BadInput(f"没有名为 {wrong[0]} 的声音；可以用 {'、'.join(voices)}")
        tell = _tell if verbose else _silent
        best = next(iter(voices))
        chosen = names or tuple(dict.fromkeys((best, "pyttsx3")))
        reports = _sample_reports(settings.file_limit_mb * 1024 * 1024)
        said, known = said_and_known(reports)
        with bench_corpus(known) as corpus:
            ears, texts = ears_of(recogniser, corpus), sentences_with_numbers(said, sentences)
            cut = corpus.segmenter.words
            figures = {name: measure_voice(voices[name], texts, ears, tell, cut) for name in chosen}
        beside = _beside(reports, voices[best]) if rendering else None
        spoken = measure_spoken(asked, voices[best], recogniser, limit, tell) if asked else None
    show(_flat(voice_report(figures, spoken, beside), as_json), as_json)


def _beside(reports: "list[Report]", voice: "Voice") -> dict[str, float]:
    from assistant.evaluation.bench_corpus import bench_corpus
    from assistant.evaluation.contention import measure_contention

    with bench_corpus(reports) as corpus:
        return measure_contention(corpus.answerer.ask, _golden(), voice, [report.text for report in reports])


def _sample_reports(limit_bytes: int) -> "list[Report]":
    from assistant.reports import read_file
    from assistant.resources import corpus_folder

    return [read_file(file, limit_bytes) for file in sorted((corpus_folder() / "reports").iterdir())]


def _golden() -> list[str]:
    """Questions enough for a 95th percentile."""
    from assistant.evaluation.golden import read_golden_questions
    from assistant.resources import corpus_folder

    return [each.question for each in read_golden_questions(corpus_folder() / "questions.yaml")][:_QUESTIONS]


def _flat(report: dict[str, Any], as_json: bool) -> dict[str, Any]:
    """For people, a line for each figure of each voice."""
    if as_json:
        return report
    lines = {f"{name}.{key}": value for name, figures in report["voices"].items() for key, value in figures.items()}
    lines |= {"rendering": report["rendering"] or "没有测（--rendering）"}
    return lines | {"spoken": report["spoken"] or "没有测（--questions 问题集文件夹）"}


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _silent(line: str) -> None:
    pass
