"""Rows of a synthetic district without a database: what a writer of `data.demo` puts, as data frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

import pandas as pd

from data.contract import METADATA
from data.demo.bulk import Columns, encode
from data.demo.generate import build_world
from data.demo.spec import DistrictSpec
from data.demo.world import World

NOW = datetime(2026, 11, 18, 14, 30)


class Captured:
    """Keeps the rows put into it."""

    def __init__(self) -> None:
        self._parts: dict[str, list[pd.DataFrame]] = defaultdict(list)

    def put(self, table: str, columns: Columns) -> None:
        """Encode as SQLite would store them."""
        self._parts[table].append(encode(METADATA.tables[table], columns, "sqlite").to_pandas())

    def frames(self) -> dict[str, pd.DataFrame]:
        """Rows per table."""
        return {name: pd.concat(parts, ignore_index=True) for name, parts in self._parts.items()}


def rows_of(
    spec: DistrictSpec, *writers: Callable[[World], object], now: datetime = NOW, seed: int = 20190701
) -> dict[str, pd.DataFrame]:
    """The tables which the writers fill for a district of this specification."""
    sink = Captured()
    world = build_world(sink, spec, now, seed)
    for write in writers:
        write(world)
    return sink.frames()
