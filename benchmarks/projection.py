"""How long a district takes from nothing to a picture, and one change from commit to published version.

python -m benchmarks.projection [--sizes small,middle,full] [--changes 20] [--json FILE]

Every size is generated into a SQLite file of its own, projected, and then changed row by row; the ratio of the
last columns says how the cost of a change grows with the district, measured side by side in one run. Below stand
the families that took most of the rebuild of the last size, in seconds of the processor.
"""

from __future__ import annotations

import json
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import track
from rich.table import Table

from dashboard.profile import load_profile
from data.clock import shanghai_now
from data.contract import activities, attendances
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.spec import DistrictSpec
from data.engine import open_engine
from data.projection.projector import District, Projector
from data.readmodel.store import prepare

SIZES = ("small", "middle", "full")
FAMILIES_SHOWN = 12


def spec_of(size: str) -> DistrictSpec:
    """About a tenth, a half and the whole of 海曙."""
    full = haishu_spec()
    if size == "full":
        return full
    share = {"small": 10, "middle": 2}[size]
    towns = len(full.towns) // share or 1
    return full.scaled(towns=max(towns, 2), branches=full.branches // share, members=full.members // share)


def measure(size: str, folder: Path, changes: int) -> dict[str, Any]:
    """One size: seconds to generate and to rebuild, milliseconds per single change, rows."""
    operational = f"sqlite:///{folder}/{size}.db"
    started = time.perf_counter()
    rows = generate(sa.create_engine(operational), spec_of(size), now=shanghai_now())
    generated = time.perf_counter()
    projector = _projector(operational, f"sqlite:///{folder}/{size}-readmodel.db")
    clock = FamilyClock()
    projector.run(progress=clock)
    projected = time.perf_counter()
    runs = [_one_change(projector, n) for n in track(range(changes), f"{size}: changes")]
    return {
        "size": size,
        "rows": sum(rows.values()),
        "branches": spec_of(size).branches,
        "generate_s": round(generated - started, 1),
        "rebuild_s": round(projected - generated, 1),
        "change_ms": round(statistics.median(runs) * 1000),
        "change_worst_ms": round(max(runs) * 1000),
        "families": clock.slowest(),
    }


class FamilyClock:
    """A progress callback that adds up the processor time between two calls to the family of the first."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._step = ""
        self._since = time.process_time()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.process_time()
        if self._step:
            self.spent[self._step] += now - self._since
        self._step, self._since = step, now

    def slowest(self) -> dict[str, float]:
        """Seconds of the families that took most, the slowest first."""
        ordered = sorted(self.spent.items(), key=lambda item: -item[1])
        return {name: round(seconds, 1) for name, seconds in ordered[:FAMILIES_SHOWN]}


def _projector(operational: str, store_url: str) -> Projector:
    profile = load_profile("haishu")
    store = open_engine(store_url)
    prepare(store)
    catalogue = profile.catalogue
    district = District(profile.slug, profile.scheme, catalogue, profile.digest)
    projector = Projector(open_engine(operational), store, district, shanghai_now, is_demo=lambda: True)
    if not projector.lease.acquire():
        raise click.ClickException("the read model of the benchmark is taken")
    return projector


def _one_change(projector: Projector, n: int) -> float:
    """Seconds from the commit of one changed sign-in to the published version."""
    a, t = activities.c, attendances.c
    month = shanghai_now().strftime("%Y-%m")
    wanted = (
        sa.select(t.attendance_id)
        .join(activities, a.activity_id == t.activity_id)
        .where(a.period_month == month, a.status == "held", t.status == "present", t.deleted_at.is_(None))
        .offset(n)
        .limit(1)
    )
    with projector.operational.begin() as connection:
        key = connection.execute(wanted).scalar_one()
        connection.execute(attendances.update().where(t.attendance_id == key).values(status="absent"))
    started = time.perf_counter()
    outcome = projector.run()
    if outcome.version is None:
        raise click.ClickException("the change did not make a version")
    return time.perf_counter() - started


@click.command()
@click.option("--sizes", default=",".join(SIZES), show_default=True)
@click.option("--changes", default=20, show_default=True)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(sizes: str, changes: int, file: Path | None) -> None:
    """Generate, rebuild, change."""
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(size, Path(folder), changes) for size in sizes.split(",")]
    names = [name for name in results[0] if name != "families"]
    table = Table(*names)
    for result in results:
        table.add_row(*(f"{result[n]:,}" if isinstance(result[n], int) else str(result[n]) for n in names))
    Console().print(table)
    Console().print(results[-1]["families"])
    if file is not None:
        file.write_text(json.dumps({"machine": platform.platform(), "results": results}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
