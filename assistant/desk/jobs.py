"""Work at the desk that takes longer than a page may: done in the background, looked at from a page.

What is under way is in memory: a restart forgets it, and whatever it wrote was one transaction, done or not.
"""

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import AnanError, Busy, NotFound

# Under way at one time: each takes a core, and citizens ask meanwhile.
_AT_ONCE = 2
# Kept for their pages, the oldest finished ones go first.
_KEPT = 12

_LOGGER = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


@dataclass
class Job:
    """One piece of work.

    Attributes:
        id: unguessable.
        kind: what it is.
        owner: the login of who began it; nobody else sees it.
        about: what it is about, for its page.
        given: what it was begun with, for its page.
        done: how much is done.
        total: of how much; 0 as long as nobody knows.
        state: running, done or failed.
        result: what came of it.
        error: the Chinese sentence, where it failed.
    """

    id: str
    kind: str
    owner: str
    about: str
    given: Any = None
    done: int = 0
    total: int = 0
    state: str = "running"
    result: Any = None
    error: str = ""
    ended: threading.Event = field(default_factory=threading.Event, repr=False)

    def progress(self, done: int, total: int) -> None:
        """Tells how far it is."""
        self.done, self.total = done, total


class Jobs:
    """Starts work and finds it again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, kind: str, owner: str, about: str, work: Callable[[Progress], Any], given: Any = None) -> Job:
        """Begins work in a thread of its own.

        Raises:
            Busy: so much is under way already.
        """
        job = Job(secrets.token_urlsafe(12), kind, owner, about, given)
        with self._lock:
            if sum(each.state == "running" for each in self._jobs.values()) >= _AT_ONCE:
                raise Busy("还有别的检查或导入在进行，请稍后再试。")
            self._jobs[job.id] = job
            finished = [each.id for each in self._jobs.values() if each.state != "running"]
            for old in finished[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
        threading.Thread(target=self._run, args=(job, work), name=f"job-{kind}", daemon=True).start()
        return job

    def find(self, job_id: str, owner: str, kind: str) -> Job:
        """A piece of work of this person.

        Raises:
            NotFound: there is none, or no longer, or it is somebody else's.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None or job.owner != owner or job.kind != kind:
            raise NotFound("没有这项工作，或者它已过期，请重新开始。", code="job_unknown")
        return job

    def latest(self, owner: str, kind: str, about: str) -> Job | None:
        """The newest piece of work of this person of one kind about one thing; None where there is none."""
        with self._lock:
            fitting = [j for j in self._jobs.values() if (j.owner, j.kind, j.about) == (owner, kind, about)]
        return fitting[-1] if fitting else None

    def _run(self, job: Job, work: Callable[[Progress], Any]) -> None:
        try:
            job.result = work(job.progress)
            job.state = "done"
        except AnanError as error:
            job.error, job.state = error.message, "failed"
        except Exception:
            # What staff wrote may be in the traceback's values, but not in the traceback.
            _LOGGER.exception("a job of kind %s failed", job.kind)
            job.error, job.state = "出了意外的差错，没有做完；请再试一次，或请维护人员看日志。", "failed"
        finally:
            job.ended.set()
