"""``anan bench …``: measurements for the people who look after 安安 and those who build it."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from assistant.errors import AnanError
from assistant.resources import corpus_folder

_FOLDER = click.Path(path_type=Path)


@click.group()
def bench() -> None:
    """测量：检索是否准、答句是否准、提问是否快、把握是否可信；重新拟合排名、把握和日常话。"""


@bench.command()
@click.argument("folder", type=_FOLDER)
@click.option("--slips", is_flag=True, help="再把每个问题里最要紧的词换成同音的别字，比较差多少。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def retrieval(folder: Path, slips: bool, as_json: bool) -> None:
    """检索准确率；FOLDER 为 BEIR 格式（corpus.jsonl、queries.jsonl、qrels.tsv）。"""
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.retrieval import measure_retrieval, measure_slips

    try:
        questions = read_question_set(folder)
        figures = (measure_slips(questions) if slips else measure_retrieval(questions)).to_dict()
    except AnanError as error:
        _refuse(error)
    show(figures, as_json)


@bench.command()
@click.argument("folder", type=_FOLDER)
@click.option("--limit", type=click.IntRange(1), help="最多问多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def offtopic(folder: Path, limit: int | None, as_json: bool) -> None:
    """装着演示语料问别的事，如实说没有的份额；FOLDER 为 BEIR 格式，问的都与演示语料无关。"""
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.off_topic import measure_off_topic

    try:
        figures = measure_off_topic(read_question_set(folder), limit)
    except AnanError as error:
        _refuse(error)
    show(asdict(figures), as_json)


@bench.command()
@click.argument("file", type=_FOLDER)
@click.option("--limit", type=click.IntRange(1), help="最多问多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def answers(file: Path, limit: int | None, as_json: bool) -> None:
    """标出的答句对不对；FILE 为 answers.jsonl，与它的问题集（BEIR 格式）放在一起。"""
    from assistant.evaluation.answers import measure_answers

    try:
        figures = measure_answers(file, limit)
    except AnanError as error:
        _refuse(error)
    show(asdict(figures), as_json)


@bench.command()
@click.option("--passages", default=10_000, show_default=True, type=click.IntRange(1, 5_000_000), help="段落数。")
@click.option("--questions", default=200, show_default=True, type=click.IntRange(1, 100_000), help="提问次数。")
@click.option("--compare/--no-compare", default=True, help="同时测量其他引擎（需要开发依赖）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def speed(passages: int, questions: int, compare: bool, as_json: bool) -> None:
    """提问和导入的速度，与其他引擎在同样的数据上比较。"""
    from assistant.evaluation.speed import measure_speed

    try:
        figures = measure_speed(passages, questions, compare, lambda text: click.echo(text, err=True))
    except AnanError as error:
        _refuse(error)
    show(asdict(figures), as_json)


@bench.command()
@click.option("--few", default=100, show_default=True, type=click.IntRange(1, 100_000), help="少的一份有几条。")
@click.option("--many", default=10_000, show_default=True, type=click.IntRange(1, 100_000), help="多的一份有几条。")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 1000), help="每个问题问几遍，取最短的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def faq(few: int, many: int, rounds: int, as_json: bool) -> None:
    """常见问题很多时，提问慢多少，启动、公布要多久：少的和多的轮流问同样的问题。"""
    from assistant.evaluation.faq_speed import measure_faq

    figures = measure_faq(few, many, rounds, lambda text: click.echo(text, err=True))
    show(asdict(figures), as_json)


@bench.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--limit", type=click.IntRange(1), help="每个问题集最多用多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def confidence(folders: tuple[Path, ...], limit: int | None, as_json: bool) -> None:
    """重新拟合把握：每个问题集（BEIR 格式，至少两个）既问自己的文档，也问别人的。"""
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.calibration import calibrate

    try:
        result = calibrate([read_question_set(folder) for folder in folders], limit)
    except AnanError as error:
        _refuse(error)
    show(asdict(result), as_json)


@bench.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--limit", type=click.IntRange(1), help="每个问题集最多用多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def ranking(folders: tuple[Path, ...], limit: int | None, as_json: bool) -> None:
    """重新学习排名的权重：每个问题集（BEIR 格式）一半用来学，一半用来验。"""
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.reranking import learn

    try:
        result = learn([read_question_set(folder) for folder in folders], limit)
    except AnanError as error:
        _refuse(error)
    show(asdict(result), as_json)


@bench.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--faq", "faq_file", type=_FOLDER, help="常见问题的 YAML 文件，默认为随附的。")
@click.option("--limit", type=click.IntRange(1), help="每个问题集最多用多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def everyday(folders: tuple[Path, ...], faq_file: Path | None, limit: int | None, as_json: bool) -> None:
    """重新拟合日常话认常见问题的权重：常见问题的说法轮流拿掉再问；问题集（BEIR 格式）问的都是别的事。"""
    from assistant.answers.everyday_words import Everyday
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.everyday_fit import fit_everyday
    from assistant.language import read_synonyms
    from assistant.store.faq_file import read_faq

    corpus = corpus_folder()
    try:
        words = Everyday(*(read_synonyms(corpus / name) for name in ("everyday.txt", "synonyms.txt")))
        sets = [read_question_set(folder) for folder in folders]
        result = fit_everyday(read_faq(faq_file or corpus / "faq.yaml"), words, sets, limit)
    except AnanError as error:
        _refuse(error)
    show(asdict(result), as_json)


@bench.command()
@click.argument("folder", type=_FOLDER)
@click.option("--vectors", required=True, type=_FOLDER, help="存放段落向量的文件；没有就新做，中断了再运行会接着做。")
@click.option("--limit", type=click.IntRange(1), help="最多问多少问。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def semantic(folder: Path, vectors: Path, limit: int | None, as_json: bool) -> None:
    """语义检索（附加部分 semantic）有多大用处，它的分量该是多少；FOLDER 为 BEIR 格式。"""
    from assistant.evaluation.beir import read_question_set
    from assistant.evaluation.meaning import measure_semantic

    try:
        with click.progressbar(length=0, label="做向量", file=sys.stderr, show_percent=False, show_pos=True) as bar:
            rows = measure_semantic(read_question_set(folder), vectors, limit, bar.update)
    except AnanError as error:
        _refuse(error)
    show({"weights": [asdict(row) for row in rows]}, as_json)


def _refuse(error: AnanError) -> None:
    click.echo(error.message, err=True)
    sys.exit(2)


def show(figures: dict[str, Any], as_json: bool) -> None:
    """Figures as one JSON object, or a line each for people."""
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            for inner, figure in value.items():
                click.echo(f"{name}.{inner}\t{figure}")
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            for row in value:
                click.echo(f"{name}\t" + "  ".join(f"{key}={figure}" for key, figure in row.items()))
        else:
            click.echo(f"{name}\t{value}")
