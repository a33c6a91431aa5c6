"""Work that goes wrong in every way a reader can, for the workers to survive; imported by their processes."""

import os
import signal
import time
from pathlib import Path


def misread(folder: Path, thing: str) -> str:
    """Does what ``thing`` says; ``pid`` leaves the process's number in the folder."""
    if thing == "hang":
        (folder / "hanging").write_text(str(os.getpid()))
        while True:
            time.sleep(60)
    if thing == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if thing == "exit":
        os._exit(3)
    if thing == "fill":
        return str(len(b"x" * 3 * 1024**3))
    if thing == "raise":
        raise KeyError("something\nunforeseen")
    if thing == "pid":
        return str(os.getpid())
    if thing == "noise":
        os.write(1, b"noise on stdout\n")
        os.write(2, b"noise on stderr\n")
    return thing * 2
