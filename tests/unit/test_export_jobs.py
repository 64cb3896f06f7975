"""The queue of exports: one worker per job, progress, cancelling, restarts, owners, expiry; rights to print."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.leadership.export.worker import Worker
from data.engine import open_engine
from data.errors import ExportCancelled, ExportFailed, ExportRefused, OutOfScope
from data.exports.jobs import LOST, MOST_OPEN, TTL, Job, Jobs, Order
from data.exports.print_rights import LIFE, PrintRights
from data.exports.schema import export_jobs, print_rights
from data.viewer import Viewer

VIEWER = Viewer(7, "zuzhibu", "组织部", "district_org_dept", 1)
OTHER = Viewer(8, "jiedao", "街道", "committee_admin", 20)
ORDER = Order("excel", "/leadership/cockpit?month=2026-10", "总览 · 海曙区委")


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 14, 32)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'accounts.db'}")
    Jobs(engine, Time()).prepare()
    yield engine
    engine.dispose()


@pytest.fixture
def jobs(store: sa.Engine, clock: Time) -> Jobs:
    return Jobs(store, clock)


def worker(
    jobs: Jobs, clock: Time, folder: Path, make: Callable[..., bytes] = lambda job, told: b"whole"
) -> Worker:
    return Worker(jobs, make, folder / "exports", clock)


def test_a_job_goes_from_the_queue_to_a_file_of_its_owner(jobs: Jobs, clock: Time, tmp_path: Path) -> None:
    job, at_work = jobs.add(VIEWER, ORDER), worker(jobs, clock, tmp_path)
    assert (job.state, job.progress) == ("queued", 0)
    assert at_work.file(job) is None
    assert at_work.run_one()
    done = jobs.one(VIEWER, job.id)
    assert done is not None
    assert (done.state, done.progress, done.size, done.title) == ("done", 1, 5, ORDER.title)
    file = at_work.file(done)
    assert file is not None
    assert file.read_bytes() == b"whole"
    assert file.stat().st_mode & 0o077 == 0
    assert not at_work.run_one()


def test_nobody_else_sees_a_job_nor_does_the_owner_in_another_role_or_scope(jobs: Jobs) -> None:
    job = jobs.add(VIEWER, ORDER)
    for stranger in (OTHER, replace(VIEWER, org_id=20), replace(VIEWER, role="branch_secretary")):
        assert jobs.one(stranger, job.id) is None
        assert jobs.of(stranger) == []
    assert not jobs.cancel(OTHER, job.id)
    assert jobs.again(OTHER, job.id) is None
    assert jobs.of(VIEWER) == [job]


def test_many_workers_make_every_job_once(store: sa.Engine, clock: Time, tmp_path: Path) -> None:
    made: list[str] = []
    queues = [Jobs(store, clock) for _ in range(3)]
    for n in range(MOST_OPEN):
        queues[0].add(VIEWER, replace(ORDER, title=str(n)))

    def make(job: Job, told: object) -> bytes:
        made.append(job.title)
        return b"x"

    def work(own: Jobs) -> None:
        at_work = worker(own, clock, tmp_path, make)
        while at_work.run_one():
            pass

    threads = [threading.Thread(target=work, args=(own,)) for own in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made, key=int) == [str(n) for n in range(MOST_OPEN)]
    assert {job.state for job in queues[0].of(VIEWER)} == {"done"}


def test_a_taken_job_is_not_given_to_a_second_worker(store: sa.Engine, clock: Time) -> None:
    first, second = Jobs(store, clock), Jobs(store, clock)
    job = first.add(VIEWER, ORDER)
    assert first.take() is not None
    assert second.take() is None
    with pytest.raises(ExportCancelled):
        second.progress(job, 0.5, "别人的")


def test_cancelling_ends_a_running_job_at_its_next_word_and_leaves_no_file(
    jobs: Jobs, clock: Time, tmp_path: Path
) -> None:
    job = jobs.add(VIEWER, ORDER)
    words: list[str] = []

    def make(running: Job, told: Callable[[float, str], None]) -> bytes:
        told(0.2, "正在读取数据")
        words.append(jobs.of(VIEWER)[0].step)
        assert jobs.cancel(VIEWER, running.id)
        told(0.9, "正在写入")
        raise AssertionError("went on after it was cancelled")

    assert worker(jobs, clock, tmp_path, make).run_one()
    assert words == ["正在读取数据"]
    found = jobs.one(VIEWER, job.id)
    assert found is not None
    assert (found.state, found.error) == ("cancelled", "")
    assert not list((tmp_path / "exports").glob("*"))
    assert not jobs.cancel(VIEWER, job.id), "what has ended cannot be cancelled"


def test_cancelled_in_the_last_moment_leaves_no_file(jobs: Jobs, clock: Time, tmp_path: Path) -> None:
    jobs.add(VIEWER, ORDER)

    def make(running: Job, told: object) -> bytes:
        jobs.cancel(VIEWER, running.id)
        return b"too late"

    worker(jobs, clock, tmp_path, make).run_one()
    assert jobs.of(VIEWER)[0].state == "cancelled"
    assert not list((tmp_path / "exports").glob("*"))


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (ExportFailed("PDF不完整，缺少：党费"), "PDF不完整，缺少：党费"),
        (OutOfScope("5", "not yours"), "不在您的查看范围内"),
        (ZeroDivisionError("3 / 0"), "已记入服务器日志"),
    ],
)
def test_a_failed_job_says_why_and_can_be_repeated(
    jobs: Jobs, clock: Time, tmp_path: Path, problem: Exception, said: str
) -> None:
    job = jobs.add(VIEWER, ORDER)

    def make(running: Job, told: object) -> bytes:
        raise problem

    worker(jobs, clock, tmp_path, make).run_one()
    failed = jobs.one(VIEWER, job.id)
    assert failed is not None
    assert failed.state == "failed"
    assert said in failed.error
    assert "3 / 0" not in failed.error
    again = jobs.again(VIEWER, job.id)
    assert again is not None
    assert (again.state, again.address, again.kind) == ("queued", ORDER.address, "excel")


def test_a_restart_fails_what_ran_and_keeps_what_waits(store: sa.Engine, clock: Time) -> None:
    jobs = Jobs(store, clock)
    lost, waiting = jobs.add(VIEWER, ORDER), jobs.add(VIEWER, replace(ORDER, title="等待"))
    taken = jobs.take()
    assert taken is not None
    host = jobs.holder.split(":")[0]
    # The same number of process as ours, as in a container, but another life of it.
    former = {"holder": f"{host}:{os.getpid()}:former00:w"}
    with store.begin() as connection:
        connection.execute(export_jobs.update().where(export_jobs.c.id == taken.id).values(**former))
    after = Jobs(store, clock).take()
    states = {job.id: (job.state, job.error) for job in jobs.of(VIEWER)}
    assert states[taken.id] == ("failed", LOST)
    assert after is not None
    assert {after.id, taken.id} == {lost.id, waiting.id}


def test_a_worker_of_another_machine_that_fell_silent_loses_its_job(store: sa.Engine, clock: Time) -> None:
    jobs = Jobs(store, clock)
    job = jobs.add(VIEWER, ORDER)
    jobs.take()
    with store.begin() as connection:
        connection.execute(export_jobs.update().values(holder="elsewhere:1:life:w"))
    assert jobs.fail_lost() == 0
    clock.pass_by(TTL + timedelta(seconds=1))
    assert jobs.fail_lost() == 1
    found = jobs.one(VIEWER, job.id)
    assert found is not None
    assert found.error == LOST


def test_too_many_open_orders_are_refused_per_account(jobs: Jobs) -> None:
    for _ in range(MOST_OPEN):
        jobs.add(VIEWER, ORDER)
    with pytest.raises(ExportRefused, match="已有10项"):
        jobs.add(VIEWER, ORDER)
    jobs.add(OTHER, ORDER)


def test_files_go_after_a_day_and_so_does_what_a_killed_server_left(
    jobs: Jobs, clock: Time, tmp_path: Path
) -> None:
    at_work = worker(jobs, clock, tmp_path)
    job = jobs.add(VIEWER, ORDER)
    at_work.run_one()
    left, young = tmp_path / "exports" / "left.part", tmp_path / "exports" / "young.part"
    left.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(left, (0, 0))
    clock.pass_by(timedelta(hours=23, minutes=59))
    at_work.run_one()
    assert len(list((tmp_path / "exports").glob("*.xlsx"))) == 1
    clock.pass_by(timedelta(minutes=30))
    assert jobs.one(VIEWER, job.id) is None, "expired before it is swept"
    at_work.run_one()
    assert [file.name for file in (tmp_path / "exports").glob("*")] == ["young.part"]
    assert jobs.of(VIEWER) == []


def test_the_thread_takes_an_order_when_woken_and_ends_when_told(
    jobs: Jobs, clock: Time, tmp_path: Path
) -> None:
    made = threading.Event()

    def make(job: Job, told: object) -> bytes:
        made.set()
        return b"x"

    at_work = worker(jobs, clock, tmp_path, make)
    jobs.add(VIEWER, ORDER)
    at_work.wake()
    assert made.wait(20)
    at_work.stop()
    assert jobs.of(VIEWER)[0].state == "done"


def test_a_right_to_print_is_its_viewers_for_one_printing_and_a_minute_at_most(
    store: sa.Engine, clock: Time
) -> None:
    rights = PrintRights(store)
    with rights.granted(VIEWER, clock()) as token:
        assert rights.viewer_of_print_token(token, clock()) == VIEWER
        assert rights.viewer_of_print_token(token, clock() + LIFE) is None
        assert rights.viewer_of_print_token(token + "x", clock()) is None
        with store.connect() as connection:
            stored = connection.execute(sa.select(print_rights.c.token_digest)).scalar_one()
        assert token not in stored
    assert rights.viewer_of_print_token(token, clock()) is None, "withdrawn with the end of the printing"


def test_a_right_is_withdrawn_when_printing_fails(store: sa.Engine, clock: Time) -> None:
    rights = PrintRights(store)
    kept: list[str] = []

    def print_in_vain() -> None:
        with rights.granted(VIEWER, clock()) as token:
            kept.append(token)
            raise ExportFailed("表格未画完")

    with pytest.raises(ExportFailed):
        print_in_vain()
    assert rights.viewer_of_print_token(kept[0], clock()) is None
