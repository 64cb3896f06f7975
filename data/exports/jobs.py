"""Jobs of taking away: a queue in the side database that several web servers share without doing one twice."""

from __future__ import annotations

import os
import socket
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from data.accounts.store import make_tables
from data.clock import Clock
from data.driver_errors import accounts_errors
from data.errors import ExportCancelled, ExportRefused
from data.exports.schema import METADATA, export_jobs
from data.viewer import Viewer

State = Literal["queued", "running", "done", "failed", "cancelled"]
OPEN: tuple[State, ...] = ("queued", "running")
# Longer than the longest step without a word of progress (one printed page waits at most 60 s).
TTL = timedelta(seconds=150)
KEPT = timedelta(hours=24)
MOST_OPEN = 10
LOST = "服务已重启，这项导出没有完成，请重新导出"
# Tells this life of the process from a former one with the same number: a container starts with 1 each time.
_LIFE = uuid.uuid4().hex[:8]
_J = export_jobs.c


@dataclass(frozen=True)
class Job:
    """One export as its owner sees it; ``progress`` 0-1, ``file`` its name in the folder of exports when done."""

    id: str
    viewer: Viewer
    kind: str
    address: str
    part: str
    title: str
    state: State
    progress: float
    step: str
    error: str
    file: str
    size: int
    created_at: datetime
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN


@dataclass(frozen=True)
class Order:
    """What a viewer asks for: the kind of file, the address of the page, one part of it or none, its title."""

    kind: str
    address: str
    title: str
    part: str = ""


_VIEWER = tuple(Viewer.__dataclass_fields__)
_OWN = tuple(name for name in Job.__dataclass_fields__ if name != "viewer")
_COLUMNS = [_J[name] for name in (*_VIEWER, *_OWN)]


class Jobs:
    """The queue; ``holder`` names host, process, its life and this worker."""

    def __init__(self, store: sa.Engine, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{_LIFE}:{uuid.uuid4().hex[:8]}"

    def prepare(self) -> None:
        """Make the tables where they are missing. Raises AccountsUnreachable."""
        make_tables(self._store, METADATA)

    def add(self, viewer: Viewer, order: Order) -> Job:
        """Put an order into the queue. Raises ExportRefused while the account has too many open ones."""
        now = self._clock()
        mine = sa.and_(_J.account_id == viewer.account_id, _J.state.in_(OPEN))
        values = {
            **asdict(viewer), **asdict(order), "id": uuid.uuid4().hex, "state": "queued", "progress": 0.0,
            "step": "排队中", "error": "", "file": "", "size": 0, "holder": "", "created_at": now,
            "expires_at": now + KEPT,
        }  # fmt: skip
        with accounts_errors(self._store), self._store.begin() as connection:
            waiting = connection.execute(sa.select(sa.func.count()).where(mine)).scalar_one()
            if waiting >= MOST_OPEN:
                raise ExportRefused(f"已有{waiting}项导出未完成，请等待或取消其中一项")
            connection.execute(export_jobs.insert().values(**values))
        return self._read(_J.id == values["id"])[0]

    def of(self, viewer: Viewer) -> list[Job]:
        """Jobs of an account as it is now, newest first; those of a former role or scope are not its own."""
        mine = [_J[name] == getattr(viewer, name) for name in ("account_id", "role", "org_id")]
        return self._read(sa.and_(*mine))

    def one(self, viewer: Viewer, job_id: str) -> Job | None:
        """A job of this viewer that has not expired; None otherwise, whether unknown or another's."""
        now = self._clock()
        return next((job for job in self.of(viewer) if job.id == job_id and job.expires_at > now), None)

    def cancel(self, viewer: Viewer, job_id: str) -> bool:
        """End an open job; its worker learns it at its next word of progress. False: nothing to end."""
        mine = sa.and_(_J.id == job_id, _J.account_id == viewer.account_id, _J.state.in_(OPEN))
        return self._change(mine, state="cancelled", step="已取消", held_until=None)

    def take(self) -> Job | None:
        """The oldest waiting job, now running here; None when nothing waits. No job is taken twice."""
        self.fail_lost()
        while found := self._read(_J.state == "queued", oldest=True, limit=1):
            waiting = sa.and_(_J.id == found[0].id, _J.state == "queued")
            now = self._clock()
            if self._change(
                waiting, state="running", step="正在准备", holder=self.holder, held_until=now + TTL
            ):
                return self._read(_J.id == found[0].id)[0]
        return None

    def progress(self, job: Job, share: float, step: str) -> None:
        """Tell how far it is and keep the job. Raises ExportCancelled when it is no longer this worker's."""
        if not self._change(self._held(job), progress=share, step=step[:100], held_until=self._clock() + TTL):
            raise ExportCancelled(job.id)

    def done(self, job: Job, file: str, size: int) -> None:
        """It is ready. Raises ExportCancelled when it is no longer this worker's: then the file goes."""
        now = self._clock()
        values = {"file": file, "size": size, "held_until": None, "expires_at": now + KEPT}
        if not self._change(self._held(job), state="done", progress=1.0, step="已完成", **values):
            raise ExportCancelled(job.id)

    def fail(self, job: Job, reason: str) -> None:
        """It could not be made; nothing happens to a job that was cancelled meanwhile."""
        self._change(self._held(job), state="failed", step="未完成", error=reason[:500], held_until=None)

    def fail_lost(self) -> int:
        """Running jobs whose worker is gone are failed with a clear word; returns how many."""
        with accounts_errors(self._store), self._store.begin() as connection:
            columns = (_J.id, _J.holder, _J.held_until)
            running = connection.execute(sa.select(*columns).where(_J.state == "running")).all()
            now = self._clock()
            lost = [row.id for row in running if row.held_until < now or _is_dead(row.holder)]
            if lost:
                gone = {"state": "failed", "step": "未完成", "error": LOST, "held_until": None}
                still = sa.and_(_J.id.in_(lost), _J.state == "running")
                connection.execute(export_jobs.update().where(still).values(**gone))
        return len(lost)

    def again(self, viewer: Viewer, job_id: str) -> Job | None:
        """The same order once more; None unless it is the viewer's and has ended."""
        job = self.one(viewer, job_id)
        if job is None or job.is_open:
            return None
        return self.add(viewer, Order(job.kind, job.address, job.title, job.part))

    def expired(self) -> list[str]:
        """Forget jobs whose day is over; returns the names of their files."""
        over = sa.and_(_J.expires_at <= self._clock(), _J.state != "running")
        gone = self._read(over)
        with accounts_errors(self._store), self._store.begin() as connection:
            connection.execute(export_jobs.delete().where(_J.id.in_([job.id for job in gone])))
        return [job.file for job in gone if job.file]

    def files(self) -> set[str]:
        """Names of the files that jobs stand for."""
        return {job.file for job in self._read(_J.file != "")}

    def _held(self, job: Job) -> sa.ColumnElement[bool]:
        return sa.and_(_J.id == job.id, _J.holder == self.holder, _J.state == "running")

    def _change(self, which: sa.ColumnElement[bool], **values: Any) -> bool:
        with accounts_errors(self._store), self._store.begin() as connection:
            return connection.execute(export_jobs.update().where(which).values(**values)).rowcount == 1

    def _read(
        self, which: sa.ColumnElement[bool], *, oldest: bool = False, limit: int | None = None
    ) -> list[Job]:
        order = (_J.created_at, _J.id) if oldest else (_J.created_at.desc(), _J.id)
        query = sa.select(*_COLUMNS).where(which).order_by(*order).limit(limit)
        with accounts_errors(self._store), self._store.connect() as connection:
            rows = connection.execute(query).all()
        return [Job(**{"viewer": Viewer(*row[: len(_VIEWER)]), **_own(row[len(_VIEWER) :])}) for row in rows]


def _own(values: Any) -> dict[str, Any]:
    return dict(zip(_OWN, values, strict=True))


def _is_dead(holder: str) -> bool:
    """A worker of this machine that is no more: its process is gone, or another life has its number."""
    host, pid, life, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    if int(pid) == os.getpid():
        return life != _LIFE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
