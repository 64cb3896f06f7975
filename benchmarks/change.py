"""What one changed sign-in costs a district that stands: processor time from commit to published version.

python -m benchmarks.change DISTRICT OPERATIONAL_FILE READMODEL_FILE [--changes 7]

Both SQLite files are changed: give it copies. For a comparison of two versions of the program run it from both
checkouts at the same time, each on copies of its own; the processor time of either is then told under the same load.
"""

from __future__ import annotations

import statistics
import time

import click
import sqlalchemy as sa

from benchmarks.incremental import projector_of
from data.clock import shanghai_now
from data.contract import activities, attendances
from data.projection.projector import Projector

# The first run after a start reads the store, the second the tallies and the broken rows; what follows is every day.
WARMING_UP = 3


def sign_ins(operational: sa.Engine, count: int) -> list[int]:
    """Ids of sign-ins in the newest month with one, of different activities."""
    a, t = activities.c, attendances.c
    newest = sa.select(sa.func.max(a.period_month)).where(a.status == "held").scalar_subquery()
    wanted = (
        sa.select(sa.func.min(t.attendance_id))
        .join(activities, a.activity_id == t.activity_id)
        .where(a.period_month == newest, a.status == "held", t.status == "present", t.deleted_at.is_(None))
        .group_by(a.activity_id)
        .limit(count)
    )
    with operational.connect() as connection:
        return list(connection.execute(wanted).scalars())


def one_change(projector: Projector, key: int) -> tuple[float, float]:
    """(processor, wall) seconds from the commit of one changed sign-in to the published version."""
    with projector.operational.begin() as connection:
        mine = attendances.c.attendance_id == key
        connection.execute(
            attendances.update().where(mine).values(status="absent", updated_at=shanghai_now())
        )
    processor, wall = time.process_time(), time.perf_counter()
    if projector.run().version is None:
        raise click.ClickException("the change did not make a version")
    return time.process_time() - processor, time.perf_counter() - wall


@click.command()
@click.argument("district")
@click.argument("operational", type=click.Path(exists=True, dir_okay=False))
@click.argument("readmodel", type=click.Path(exists=True, dir_okay=False))
@click.option("--changes", default=7, show_default=True)
def main(district: str, operational: str, readmodel: str, changes: int) -> None:
    """Warm up, change, tell the median and the range."""
    projector = projector_of(f"sqlite:///{operational}", f"sqlite:///{readmodel}", shanghai_now, district)
    for _ in range(WARMING_UP):
        projector.run()
    runs = [one_change(projector, key) for key in sign_ins(projector.operational, changes)]
    for name, seconds in zip(("processor", "wall"), zip(*runs, strict=True), strict=True):
        print(f"{name}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f}-{max(seconds):.2f} s")


if __name__ == "__main__":
    main()
