"""The files of the neural voice: Kokoro-82M as ONNX with its Mandarin voices, and whether they are in place.

Kokoro-82M (weights and voices Apache-2.0, hexgrad) in the int8 export of kokoro-onnx (MIT). The sums are of the files
as published; what differs from them is not used.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20


@dataclass(frozen=True)
class NeuralFile:
    """A file of the neural voice.

    Attributes:
        name: in its folder.
        size: in bytes.
        sha256: of its content, hexadecimal.
    """

    name: str
    size: int
    sha256: str


MODEL = NeuralFile(
    "kokoro-v1.0.int8.onnx", 92_361_271, "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
)
# What ``kokoro_graph`` makes of the model; the number counts up when it makes another of it.
QUICKER_NAME = "kokoro-v1.0.quicker-2.onnx"
QUICKER_FILES = "kokoro-v1.0.quicker-*.onnx"
# float32, 510 rows (by the number of tokens) of 1 x 256.
_STYLE_BYTES = 522_240
STYLES = tuple(
    NeuralFile(f"{name}.bin", _STYLE_BYTES, sha256)
    for name, sha256 in (
        ("zf_xiaobei", "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640"),
        ("zf_xiaoni", "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba"),
        ("zf_xiaoxiao", "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169"),
        ("zf_xiaoyi", "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3"),
        ("zm_yunjian", "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa"),
        ("zm_yunxi", "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b"),
        ("zm_yunxia", "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d"),
        ("zm_yunyang", "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42"),
    )
)
FILES = (MODEL, *STYLES)
VOICES = tuple(style.name.removesuffix(".bin") for style in STYLES)


def neural_folder(speech: Path) -> Path:
    """Where the files stand under the folder of everything spoken."""
    return speech / "kokoro"


def missing_files(folder: Path) -> list[NeuralFile]:
    """The files that are not there whole, by their sizes: reading 92 MB at every start would cost a second."""
    return [file for file in FILES if not _has_size(folder / file.name, file.size)]


def is_right(path: Path, file: NeuralFile) -> bool:
    """Whether the file at the path is this one, by its sum."""
    if not _has_size(path, file.size):
        return False
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == file.sha256


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
