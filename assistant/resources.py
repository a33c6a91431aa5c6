"""Where the files that travel with the package are: the browser's (web/) and the sample corpus (corpus/).

In a checkout they stand beside the package; the wheel carries them inside it as ``_web`` and ``_corpus``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


def web_folder() -> Path:
    """The folder of what a browser loads."""
    return _folder("web")


def corpus_folder() -> Path:
    """The folder of the sample corpus: reports/, faq.yaml, questions.yaml and the tables of words (*.txt)."""
    return _folder("corpus")


def staff_file(data: Path, name: str) -> Path:
    """The data directory's own word list where staff keep one, else the one that came along."""
    own = data / name
    return own if own.is_file() else corpus_folder() / name
