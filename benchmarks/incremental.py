"""Commit to published version while the operational database is written to without pause.

DATA_DIR=… DISTRICT=… OPERATIONAL_URL=… python -m benchmarks.incremental [--rows 200] [--minutes 10]
    [--start FILE] [--json FILE]

A second process lives the district's afternoon (`app.py simulate`) as fast as that many rows a second; this one
projects into a read model of its own, in a file, or a copy of one. What was committed before a cycle began is in the
version it publishes: a commit's latency is the time to the end of the first cycle that began after it. The operational
database is changed: it must be a generated one.
"""

from __future__ import annotations

import json
import multiprocessing
import platform
import resource
import shutil
import statistics
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import Progress

from dashboard.profile import load_profile
from dashboard.settings import load_settings
from data.clock import shanghai_now
from data.demo.marker import marked_at
from data.demo.simulate import Simulator
from data.engine import open_engine
from data.projection.projector import District, Outcome, Projector
from data.readmodel.store import prepare

AFTERNOON = 15
# The first cycles read the store, the tallies and the broken rows; what follows is every day.
WARMING_UP = 3
_IDLE_S = 0.2


@dataclass
class Cycles:
    """Seconds since the epoch at which cycles began and ended, what they cost, and the memory after each."""

    began: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)

    def run(self, projector: Projector) -> Outcome:
        """One cycle, noted."""
        began, processor = time.time(), time.process_time()
        outcome = projector.run()
        self.began.append(began)
        self.ended.append(time.time())
        self.processor.append(time.process_time() - processor)
        self.memory_mb.append(memory_mb())
        return outcome

    def latencies(self, commits: Sequence[float]) -> list[float]:
        """Seconds from each commit to the end of the first cycle that began after it; what none saw is left out."""
        found = ((at, bisect_left(self.began, at)) for at in commits)
        return [self.ended[n] - at for at, n in found if n < len(self.began)]


def afternoon() -> Callable[[], datetime]:
    """A clock that runs as ours does and says that it is afternoon."""
    shift = shanghai_now().replace(hour=AFTERNOON, minute=0) - shanghai_now()
    return lambda: shanghai_now() + shift


def write(url: str, rows_a_second: float, told: Any, stop: Any, shift: timedelta) -> None:
    """The other process: transactions at that rhythm; tells (time of the commit, rows) of each."""
    engine, rows = open_engine(url), 0

    @sa.event.listens_for(engine, "after_cursor_execute")
    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        nonlocal rows
        if statement.startswith(("INSERT", "UPDATE")):
            rows += max(0, cursor.rowcount)

    simulator = Simulator(engine, clock=lambda: shanghai_now() + shift)
    began, written = time.time(), 0
    while not stop.is_set():
        rows = 0
        if simulator.step() is not None:
            told.put((time.time(), rows))
            written += rows
        ahead = written / rows_a_second - (time.time() - began)
        if ahead > 0:
            time.sleep(ahead)


def projector_of(url: str, store_url: str, clock: Callable[[], datetime], district: str) -> Projector:
    """A projector of the district with the lease of its read model, which is made where it is not there."""
    profile = load_profile(district)
    store = open_engine(store_url)
    prepare(store)
    known = District(
        profile.slug,
        profile.scheme,
        profile.catalogue,
        profile.digest,
        data_since=profile.calendar.data_since,
    )
    projector = Projector(open_engine(url), store, known, clock, is_demo=lambda: True)
    if not projector.lease.acquire():
        raise click.ClickException("another projector writes this read model")
    return projector


def measure(
    url: str, district: str, rows_a_second: float, seconds: float, start: Path | None = None
) -> dict[str, Any]:
    """Live and project for so long."""
    clock = afternoon()
    shift = clock() - shanghai_now()
    with tempfile.TemporaryDirectory() as folder, Progress() as bar:
        if start is not None:
            shutil.copy(start, f"{folder}/readmodel.db")
        projector, cycles = projector_of(url, f"sqlite:///{folder}/readmodel.db", clock, district), Cycles()
        task = bar.add_task("首次投影", total=None)
        for _ in range(WARMING_UP):
            projector.run(progress=lambda name, done, total: bar.update(task, completed=done, total=total))
        context = multiprocessing.get_context("spawn")
        told, stop = context.Queue(), context.Event()
        writer = context.Process(target=write, args=(url, rows_a_second, told, stop, shift))
        writer.start()
        commits: list[tuple[float, int]] = [told.get(timeout=60)]
        bar.update(task, description="变更", completed=0, total=seconds)
        until = time.time() + seconds
        while time.time() < until:
            if not cycles.run(projector).changed_rows:
                time.sleep(_IDLE_S)
            bar.update(task, completed=seconds - (until - time.time()))
            while not told.empty():
                commits.append(told.get())
        stop.set()
        projector.operational.dispose()
        while writer.is_alive() or not told.empty():
            if not told.empty():
                commits.append(told.get())
        return summary(cycles, commits, seconds)


def summary(cycles: Cycles, commits: Sequence[tuple[float, int]], seconds: float) -> dict[str, Any]:
    """Percentiles in seconds; memory at the end of the first and of the last tenth of the cycles."""
    latencies = cycles.latencies([at for at, _ in commits])
    walls = [end - begin for begin, end in zip(cycles.began, cycles.ended, strict=True)]
    tenth = max(1, len(walls) // 10)
    return {
        "rows_a_second": round(sum(rows for _, rows in commits) / seconds, 1),
        "commits": len(commits),
        "cycles": len(walls),
        "latency_p50_s": quantile(latencies, 50),
        "latency_p95_s": quantile(latencies, 95),
        "cycle_p50_s": quantile(walls, 50),
        "cycle_p95_s": quantile(walls, 95),
        "processor_p50_s": quantile(cycles.processor, 50),
        "memory_mb": [round(cycles.memory_mb[tenth - 1]), round(cycles.memory_mb[-1])],
        "cycle_first_last_tenth_s": [quantile(walls[:tenth], 50), quantile(walls[-tenth:], 50)],
    }


def quantile(values: Sequence[float], share: int) -> float:
    """Seconds with two decimals; 0 for nothing measured."""
    if len(values) < 2:
        return round(sum(values), 2)
    return round(statistics.quantiles(values, n=100, method="inclusive")[share - 1], 2)


def memory_mb() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


@click.command()
@click.option("--rows", "rows_a_second", default=200.0, show_default=True)
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--start", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(rows_a_second: float, minutes: float, start: Path | None, file: Path | None) -> None:
    """Project while it is written."""
    settings = load_settings()
    if marked_at(open_engine(settings.operational)) is None:
        raise click.ClickException("OPERATIONAL_URL is not a generated demo district; it is never written to")
    found = measure(settings.operational, settings.district, rows_a_second, minutes * 60, start)
    for name, value in found.items():
        Console().print(f"{name:26} {value}", highlight=False)
    if file is not None:
        file.write_text(json.dumps({"machine": platform.platform(), **found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
