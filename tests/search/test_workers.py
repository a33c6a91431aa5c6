"""Workers: whatever one thing does to the process that works on it, the other things are done, in order."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from misreading import misread

from assistant.search.workers import Lost, Workers

MANY = [f"thing {number}" for number in range(60)]


def done(folder: Path, things: list[str], seconds: float = 60, count: int = 2) -> list[str | Lost]:
    with Workers(misread, folder, seconds, count) as workers:
        found = list(workers.map(things))
    assert [thing for thing, _ in found] == things
    return [result for _, result in found]


def test_results_come_in_the_order_of_the_things(tmp_path: Path) -> None:
    assert done(tmp_path, MANY, count=3) == [thing * 2 for thing in MANY]
    assert done(tmp_path, []) == []


def test_no_more_processes_than_things(tmp_path: Path) -> None:
    with Workers(misread, tmp_path, 60, 8) as workers:
        [(_, first)] = workers.map(["pid"])
        [(_, second)] = workers.map(["pid"])
    assert first == second


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        pytest.param("die", "意外中止", marks=pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")),
        ("exit", "意外中止"),
        ("raise", "KeyError"),
        pytest.param("fill", "内存", marks=pytest.mark.skipif(sys.platform != "linux", reason="bounded on Linux only")),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_what_goes_wrong_costs_its_own_thing_only(tmp_path: Path, thing: str, words: str, count: int) -> None:
    results = done(tmp_path, ["a", thing, "b", thing, *MANY], count=count)
    assert (results[0], results[2]) == ("aa", "bb")
    for lost in (results[1], results[3]):
        assert isinstance(lost, Lost)
        assert words in lost.reason
        assert "\n" not in lost.reason
    assert results[4:] == [thing * 2 for thing in MANY]


@pytest.mark.skipif(sys.platform == "win32", reason="process numbers are asked the POSIX way")
def test_what_hangs_is_killed_and_the_others_are_done(tmp_path: Path) -> None:
    first, lost, last = done(tmp_path, ["a", "hang", "b"], seconds=4)
    assert (first, last) == ("aa", "bb")
    assert isinstance(lost, Lost)
    assert "4 秒" in lost.reason
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "hanging").read_text()), 0)


def test_nothing_that_libraries_write_is_seen(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from misreading import misread\n"
        "from assistant.search.workers import Workers\n"
        "with Workers(misread, Path('.'), 60, 1) as workers:\n"
        "    print(list(workers.map(['noise'])))\n"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("[('noise', 'noisenoise')]\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("thing", ["hang", "idle"])
def test_no_process_outlives_a_killed_parent(tmp_path: Path, thing: str) -> None:
    if not hasattr(os, "pidfd_open"):
        pytest.skip("只有 Linux 能等别人的子进程结束")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import os\n"
        "from pathlib import Path\n"
        "from misreading import misread\n"
        "from assistant.search.workers import Workers\n"
        "with Workers(misread, Path(sys.argv[2]), 60, 2) as workers:\n"
        "    for thing, result in workers.map(['pid', 'pid', sys.argv[3]]):\n"
        "        print(result, flush=True)\n"
        "    print('idle', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    place = str(Path(__file__).parent)
    parent = subprocess.Popen(
        [sys.executable, "-c", code, place, str(tmp_path), thing],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    for pid in set(workers):
        wait_until_gone(pid)


def wait_until_gone(pid: int) -> None:
    """Waits for the end of a process that is no child of this one."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ready, _, _ = select.select([descriptor], [], [], 30)
        assert ready
    finally:
        os.close(descriptor)
