"""Counting a whole district beside the statements somebody would write by hand for the same numbers.

DATA_DIR=… DISTRICT=… OPERATIONAL_URL=… python -m benchmarks.rebuild [--rounds 3] [--months 0] [--json FILE]

PostgreSQL. Each of the heaviest families is read as a rebuild reads it, month by month, and by one grouped statement
over the same months (`benchmarks/by_hand.py`); the rounds alternate, the best of each counts. The family of members'
lights judges persons and has no such statement.
"""

from __future__ import annotations

import json
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.by_hand import STATEMENTS
from dashboard.profile import load_profile
from dashboard.settings import load_settings
from data.clock import add_months, cutoff, month_of, shanghai_now
from data.engine import open_existing
from data.projection.catalogue import FAMILY
from data.projection.measure import READ_AT_ONCE, count_block
from data.projection.source import Block, Calendar, Source, merge
from data.projection.tree import read_tree
from data.readmodel.cube import Cube

HISTORY = 37
# Decimals and floats of the same sum.
ROUNDING = 0.01


def seconds(work: Callable[[], Any]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def by_family(source: Source, cube: Cube, name: str, months: list[str]) -> None:
    """As a rebuild counts: newest month first, or all at once where the family reads so."""
    blocks = (
        [Block(None, tuple(months))]
        if name in READ_AT_ONCE
        else [Block(None, (month,)) for month in reversed(months)]
    )
    for block in blocks:
        count_block(source, cube, FAMILY[name], block)


def by_hand(connection: sa.Connection, name: str, months: list[str]) -> Sequence[sa.Row[Any]]:
    """The statement, its rows fetched: organisation, month, measures by name."""
    given = {
        "first": months[0],
        "last": months[-1],
        "since": f"{months[0]}-01",
        "until": cutoff(months[-1]),
        "year": f"{months[0][:4]}-01",
        "today": shanghai_now().date(),
    }
    return connection.execute(sa.text(STATEMENTS[name]), given).all()


def source_of(connection: sa.Connection, district: str, number: int) -> Source:
    """What a rebuild reads through: so many months up to now."""
    profile, now = load_profile(district), shanghai_now()
    calendar = Calendar(add_months(month_of(now.date()), 1 - number), now)
    tree = read_tree(connection, frozenset())
    return Source(connection, calendar, tree, profile.scheme, member_rules=profile.catalogue.members)


def disagreements(connection: sa.Connection, district: str, number: int) -> list[str]:
    """Cells in which a family and its statement count otherwise."""
    source, found = source_of(connection, district, number), []
    for name in STATEMENTS:
        ours = merge(FAMILY[name].read(source, Block(None, tuple(source.calendar.months))))
        theirs: dict[tuple[int, str, str], float] = defaultdict(float)
        for row in by_hand(connection, name, source.calendar.months):
            org, month, *_ = row
            for measure, value in list(row._mapping.items())[2:]:
                theirs[source.tree.branch_of(org) or 0, month, measure] += float(value or 0)
        for (org, month, measure), value in theirs.items():
            counted = ours.get((org, month), {}).get(measure, 0.0)
            if abs(counted - value) > ROUNDING:
                found.append(f"{name} {org} {month} {measure}: {counted} and {value}")
    return found


def measure(url: str, district: str, rounds: int, number: int) -> list[dict[str, Any]]:
    """Family by family: best seconds of both ways and their ratio."""
    engine = open_existing(url)
    with engine.connect() as connection:
        if connection.dialect.name != "postgresql":
            raise click.ClickException("the statements by hand are PostgreSQL's")
        source = source_of(connection, district, number or HISTORY)
        calendar, tree = source.calendar, source.tree
        cube = Cube.empty(tree.branches, calendar.months)
        results = []
        for name in track(list(STATEMENTS), "家族"):
            ours, theirs = [], []
            for _ in range(rounds):
                theirs.append(seconds(lambda name=name: by_hand(connection, name, calendar.months)))
                ours.append(seconds(lambda name=name: by_family(source, cube, name, calendar.months)))
            best, hand = min(ours), min(theirs)
            results.append(
                {
                    "family": name,
                    "months": len(calendar.months),
                    "family_s": round(best, 2),
                    "by_hand_s": round(hand, 2),
                    "ratio": round(best / hand, 2),
                }
            )
    engine.dispose()
    ours_s, hand_s = (sum(one[key] for one in results) for key in ("family_s", "by_hand_s"))
    total = {"family": "sum", "months": results[0]["months"], "family_s": round(ours_s, 2)}
    return [*results, {**total, "by_hand_s": round(hand_s, 2), "ratio": round(ours_s / hand_s, 2)}]


@click.command()
@click.option("--rounds", default=3, show_default=True)
@click.option("--months", default=0, help="so many months; 0: as many as a read model holds")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(rounds: int, months: int, file: Path | None) -> None:
    """Count both ways."""
    settings = load_settings()
    results = measure(settings.operational, settings.district, rounds, months)
    table = Table(*results[0])
    for result in results:
        table.add_row(*map(str, result.values()))
    Console().print(table)
    if file is not None:
        file.write_text(json.dumps({"machine": platform.platform(), "results": results}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
