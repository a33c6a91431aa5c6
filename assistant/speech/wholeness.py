"""Whether a recording on disk is finished. Apart from sound.py because the worker does without numpy."""

from pathlib import Path

# 44 bytes of WAV header or 54 of AIFF header alone are no sound.
_HEADERS = 60


def is_whole(path: Path) -> bool:
    """Whether a WAV or AIFF file is there with sound in it and has all the bytes that its header announces."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return False
    if head[:4] == b"RIFF":
        announced = int.from_bytes(head[4:], "little")
    elif head[:4] == b"FORM":
        announced = int.from_bytes(head[4:], "big")
    else:
        return False
    return size > _HEADERS and announced + 8 == size
