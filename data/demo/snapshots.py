"""data_volume_snapshots: how many rows each table holds, at the end of every month and now."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.contract import METADATA
from data.demo.bulk import BulkWriter
from data.demo.timeline import DAY, Timeline

TABLE = "data_volume_snapshots"


ARCHIVE = "records_before_the_window"


def write_snapshots(writer: BulkWriter, time: Timeline, records: int | None = None) -> None:
    """Last of all rows: today's figures are exact, this table included; those before grow towards them.

    With ``records`` one further line per day, named by ARCHIVE, holds what the predecessors of the tables have
    kept since before the window, so that the newest day adds up to it.
    """
    names = list(METADATA.tables)
    days = [int(d) - 1 for d in time.starts[1:-1]] + [time.now_day]
    lines = len(names) + (records is not None)
    totals = {name: writer.rows[name] for name in names} | {TABLE: lines * len(days)}
    still = {"divisions", "organizations", "members", "activity_types", "point_rules", "resources", "venues"}
    share = np.arange(1, len(days) + 1) / len(days)
    rows = [
        (name, day, totals[name] if name in still else round(totals[name] * share[at]))
        for at, day in enumerate(days)
        for name in names
    ]
    if records is not None:
        rows += [(ARCHIVE, day, records - sum(totals.values())) for day in days]
    writer.put(
        TABLE,
        {
            "snapshot_id": np.arange(1, len(rows) + 1),
            "table_name": pa.array([r[0] for r in rows]),
            "snapshot_on": np.array([r[1] for r in rows]),
            "row_total": np.array([r[2] for r in rows]),
            "created_at": np.minimum(np.array([r[1] for r in rows]) * DAY + 82800, time.now_s),
        },
    )
