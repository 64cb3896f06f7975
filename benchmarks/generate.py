"""How fast a district is made: rows, seconds and memory.

OPERATIONAL_URL=… DISTRICT=… python -m benchmarks.generate [--scale full] [--force] [--json FILE]

The database must be empty, or its tables of the contract are thrown away with --force.
"""

from __future__ import annotations

import json
import platform
import resource
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from commands.progress_bar import progress_bar
from dashboard.settings import load_settings
from data.clock import shanghai_now
from data.demo.districts import SPECS
from data.demo.generate import generate
from data.demo.spec import DistrictSpec
from data.engine import open_engine


def measure(url: str, spec: DistrictSpec, *, force: bool = False) -> dict[str, Any]:
    """One generation; ``memory_mb`` is the peak of this process, not of the database server."""
    with progress_bar("生成") as report:
        engine, began = open_engine(url, write_ahead=False), time.perf_counter()
        made = generate(engine, spec, now=shanghai_now(), on_progress=report, force=force)
    engine.dispose()
    seconds, rows = time.perf_counter() - began, sum(made.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_a_second": round(rows / seconds),
        "memory_mb": round(peak),
    }


@click.command()
@click.option("--scale", type=click.Choice(["district", "full"]), default="full", show_default=True)
@click.option("--force", is_flag=True)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(scale: str, force: bool, file: Path | None) -> None:
    """Generate once."""
    settings = load_settings()
    spec = SPECS[settings.district]()
    found = measure(settings.operational, spec.at_full_volume() if scale == "full" else spec, force=force)
    Console().print(found)
    if file is not None:
        file.write_text(json.dumps({"machine": platform.platform(), **found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
