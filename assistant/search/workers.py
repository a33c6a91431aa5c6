"""Processes that work on one thing after the other, each thing within bounds of time and memory.

A process that goes beyond them, or dies, is replaced, and only the thing it worked on is lost. Each has a pipe of its
own: one killed in the middle of sending leaves nothing locked that another waits for, which is why no ready-made pool
is used (those that can kill a process let all of them share one queue).
"""

import contextlib
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

# Memory of one process, where the system can bound it (Linux): the largest files that are let in take half of it,
# recognition of pictures included. Elsewhere the system's own limits hold.
MEMORY_BYTES = 2 * 1024**3
# Things given out ahead of the one whose result is next in order, for each process: a slow one does not stop the
# others at once, and no more results than this wait in memory.
_AHEAD = 4
# A killed process is gone at once, unless a file server keeps the system itself waiting.
_GONE_SECONDS = 5.0
# "spawn" is the only way to start one that works on every system and beside threads.
_CONTEXT = get_context("spawn")

_Thing = TypeVar("_Thing")
_Shared = TypeVar("_Shared")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Lost:
    """In the place of a result: why there is none.

    Attributes:
        reason: one Chinese sentence.
    """

    reason: str


class Workers(Generic[_Shared, _Thing, _Result]):
    """Up to as many processes as there are cores, started when there is work for them; a context manager.

    Args:
        work: done in the processes on what all share and one thing; a function of a module, as is everything sent.
        shared: sent to each process once.
        seconds: how long one thing may take.
        count: how many processes at most; by default one for each core that this process may use.
    """

    def __init__(
        self, work: Callable[[_Shared, _Thing], _Result], shared: _Shared, seconds: float, count: int | None = None
    ) -> None:
        self._start = (work, shared, seconds)
        self._seconds = seconds
        self._count = count or cores()
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def map(self, things: Iterable[_Thing]) -> Iterator[tuple[_Thing, _Result | Lost]]:
        """Each thing and its result, in the order of the things, as soon as both it and those before it are done."""
        coming = enumerate(things)
        waiting: deque[tuple[int, _Thing]] = deque()
        results: dict[int, Any] = {}
        self._hand_out(coming, waiting)
        while waiting:
            number, thing = waiting[0]
            results.update(self._collect(wait_for_one=number not in results))
            self._hand_out(coming, waiting)  # nobody shall idle while the caller looks at the result
            if number in results:
                waiting.popleft()
                yield thing, results.pop(number)
                self._hand_out(coming, waiting)

    def close(self) -> None:
        """End all processes, also those at work."""
        for worker in self._idle + self._busy:
            worker.stop()
        self._idle.clear()
        self._busy.clear()

    def __enter__(self) -> "Workers[_Shared, _Thing, _Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hand_out(self, coming: Iterator[tuple[int, _Thing]], waiting: deque[tuple[int, _Thing]]) -> None:
        while len(self._busy) < self._count and len(waiting) < _AHEAD * self._count:
            numbered = next(coming, None)
            if numbered is None:
                return
            waiting.append(numbered)
            worker = self._idle.pop() if self._idle else _Worker(*self._start)
            worker.give(*numbered, time.monotonic() + self._seconds)
            self._busy.append(worker)

    def _collect(self, wait_for_one: bool) -> dict[int, Any]:
        """The results that are there by now, by the numbers of their things; those beyond their time are lost."""
        patience = max(0.0, min(worker.deadline for worker in self._busy) - time.monotonic()) if self._busy else 0.0
        ready = wait([worker.pipe for worker in self._busy], patience if wait_for_one else 0)
        results: dict[int, Any] = {}
        for worker in list(self._busy):
            if worker.pipe in ready:
                results[worker.number] = worker.take()
            elif worker.deadline <= time.monotonic():
                worker.stop()
                results[worker.number] = Lost(f"读了 {self._seconds:g} 秒还没有读完，已放弃")
            else:
                continue
            self._busy.remove(worker)
            if worker.fit:
                self._idle.append(worker)
        return results


class _Worker:
    """One process, seen from outside.

    Attributes:
        pipe: readable when it has a result, or is dead.
        number: of the thing it works on.
        deadline: when that must be done, by the monotonic clock.
        fit: whether it can be given another thing.
    """

    def __init__(self, work: Callable[[Any, Any], Any], shared: Any, seconds: float) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.number = 0
        self.deadline = 0.0
        self.fit = True
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, work, shared, seconds), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, number: int, thing: Any, deadline: float) -> None:
        self.number = number
        self.deadline = deadline
        with contextlib.suppress(OSError):  # it died meanwhile: taking its result tells
            self.pipe.send(thing)

    def take(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.stop()
            return Lost("读的时候程序意外中止（文件可能有问题，或内存不够），已放弃")

    def stop(self) -> None:
        self.fit = False
        self._process.kill()
        self._process.join(_GONE_SECONDS)
        self.pipe.close()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _serve(pipe: "Connection[Any, Any]", work: Callable[[Any, Any], Any], shared: Any, seconds: float) -> None:
    """What the process does: one thing after the other until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all; the parent decides what becomes of us
    _be_silent()
    _leave_with_parent()
    _bound_memory()
    while True:
        try:
            thing = pipe.recv()
        except (EOFError, OSError):
            return
        _bound_processor_time(seconds)
        pipe.send(_result(work, shared, thing))


def _result(work: Callable[[Any, Any], Any], shared: Any, thing: Any) -> Any:
    try:
        return work(shared, thing)
    except MemoryError:
        return Lost(f"读这个文件要的内存超过 {MEMORY_BYTES // 1024**2} MB，已放弃")
    except Exception as error:
        # A flaw in a reader must not keep the other files out; the words tell the people who can mend it.
        return Lost(
            f"读的时候程序出错，请把文件交给维护人员（{type(error).__name__}：{' '.join(str(error).split())[:100]}）"
        )


def _be_silent() -> None:
    """Libraries that warn about a file would write between the lines for people."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _leave_with_parent() -> None:
    """End when the parent is gone, even in the middle of work."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        # Data, not address space: libraries reserve far more addresses than they ever fill.
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def _bound_processor_time(seconds: float) -> None:
    """Beyond the parent's own bound: for one that hangs in a library and whose parent is gone."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        bound = int(used.ru_utime + used.ru_stime + seconds * cores()) + 2
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (bound if hard < 0 else min(bound, hard), hard))
