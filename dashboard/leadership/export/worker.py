"""The thread that makes the files: takes job after job, tells how far it is, leaves nothing half done."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from dashboard.leadership.address import AddressInvalid
from dashboard.leadership.export.makers import Told, suffix_of
from data.clock import Clock
from data.errors import AccountsError, ExportCancelled, ExportError, OutOfScope, ReadModelError
from data.exports.jobs import KEPT, Job, Jobs

LOG = logging.getLogger(__name__)
# Another server's order is seen this late at most; one's own wakes the thread at once.
_LOOK_S = 2.0
_SWEEP_EVERY = timedelta(minutes=10)
Make = Callable[[Job, Told], bytes]


class Worker:
    """One per web server; the queue gives no job to two."""

    def __init__(self, jobs: Jobs, make: Make, folder: Path, clock: Clock) -> None:
        self._jobs, self._make, self._folder, self._clock = jobs, make, folder, clock
        self._wake, self._stop = threading.Event(), threading.Event()
        self._swept = clock() - _SWEEP_EVERY
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def wake(self) -> None:
        """There is something to do; the first time starts the thread."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="exports", daemon=True)
                self._thread.start()
        self._wake.set()

    def stop(self, patience_s: float = 10) -> None:
        """End after the running job."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(patience_s)

    def file(self, job: Job) -> Path | None:
        """The file of a finished job; None when there is none (any more)."""
        found = self._folder / job.file if job.file else None
        return found if job.state == "done" and found is not None and found.is_file() else None

    def run_one(self) -> bool:
        """Make the oldest waiting job; False when none waits. Raises AccountsUnreachable."""
        self._sweep()
        job = self._jobs.take()
        if job is None:
            return False
        file = self._folder / f"{job.id}.{suffix_of(job.kind)}"
        try:
            content = self._make(job, lambda share, step: self._jobs.progress(job, share, step))
            self._keep(file, content)
            self._jobs.done(job, file.name, len(content))
        except ExportCancelled:
            file.unlink(missing_ok=True)
        except Exception as problem:
            file.unlink(missing_ok=True)
            self._jobs.fail(job, reason_of(problem, job))
        return True

    def _keep(self, file: Path, content: bytes) -> None:
        """A file that is there is whole; nobody else on the machine reads it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = file.with_suffix(".part")
        beside.touch(mode=0o600)
        beside.write_bytes(content)
        os.replace(beside, file)

    def _sweep(self) -> None:
        now = self._clock()
        if now - self._swept < _SWEEP_EVERY:
            return
        self._swept = now
        gone = set(self._jobs.expired())
        known = self._jobs.files()
        for file in self._folder.glob("*.*"):
            # What a killed server left: no job names it and it is as old as a file may get.
            forgotten = file.name not in known and time.time() - file.stat().st_mtime > KEPT.total_seconds()
            if file.name in gone or forgotten:
                file.unlink(missing_ok=True)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                if self.run_one():
                    continue
            except AccountsError as problem:
                LOG.warning("no exports: %s", problem)
            except OSError:
                LOG.exception("the folder of exports cannot be swept")
            self._wake.wait(_LOOK_S)
            self._wake.clear()


def reason_of(problem: Exception, job: Job) -> str:
    """Why a job failed, in words of the interface; what nobody expected is logged."""
    if isinstance(problem, ExportError):
        return problem.reason
    if isinstance(problem, OutOfScope):
        return "这一页或这个组织不在您的查看范围内"
    if isinstance(problem, AddressInvalid):
        return f"这个地址打不开：{problem.expected}"
    if isinstance(problem, ReadModelError):
        return "暂时读不到数据，请稍后重新导出"
    LOG.error("export %s (%s) failed", job.id, job.kind, exc_info=problem)
    return f"生成时出错，已记入服务器日志（编号 {job.id[:8]}）"
