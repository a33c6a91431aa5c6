"""A watched folder: a file is told once it is complete, once for each change, and again when asked to."""

import threading
from collections.abc import Callable
from pathlib import Path

from assistant.search.watching import Watch


class Looks(threading.Event):
    """Stands between two looks at the folder: there something is done, and after the last thing the watch ends."""

    def __init__(self, *between: Callable[[], object]) -> None:
        super().__init__()
        self._between = list(between)

    def wait(self, timeout: float | None = None) -> bool:
        if not self._between:
            return True
        self._between.pop(0)()
        return False

    @property
    def left(self) -> int:
        return len(self._between)


def nothing() -> None:
    """Nobody touches the folder."""


def test_a_file_that_still_grows_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def grow() -> None:
        with path.open("a") as file:
            file.write("一行\n")

    looks = Looks(grow, grow, grow, nothing, nothing)
    assert Watch([tmp_path]).wait(0, looks) == [path]
    assert looks.left == 1


def test_each_change_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "b" / "a.txt"
    path.parent.mkdir()
    path.write_text("一")
    (tmp_path / "a.css").write_text("一")
    watch = Watch([tmp_path])
    assert watch.wait(0, Looks(nothing, nothing)) == [path]
    assert watch.wait(0, Looks(nothing, nothing, nothing)) == []
    assert watch.wait(0, Looks(lambda: path.write_text("一二"), nothing)) == [path]
    assert watch.wait(0, Looks(path.unlink, lambda: path.write_text("一二"), nothing)) == [path]


def test_what_could_not_be_taken_care_of_is_told_again(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"x")
    watch = Watch([tmp_path])
    assert watch.wait(0, Looks(nothing, nothing)) == [path]
    watch.forget([path])
    assert watch.wait(0, Looks(nothing)) == [path]


def test_a_folder_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    watch = Watch([folder])
    assert watch.wait(0, Looks(nothing, nothing)) == []

    def come() -> None:
        folder.mkdir()
        (folder / "a.txt").write_text("一")

    assert watch.wait(0, Looks(come, nothing)) == [folder / "a.txt"]
