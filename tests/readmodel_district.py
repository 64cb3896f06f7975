"""A seeded, invented read model of 海曙, as the projector would publish it, for queries and pictures.

Town and organisation rows are sums of the branch rows, organisation counts are counts of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from data.clock import add_months, cutoff, first_day, last_day, month_of
from data.readmodel import schema
from data.readmodel.measures import ADDITIVE, MEASURES
from data.readmodel.results import (
    AREA_COLUMNS,
    BRANCH_COLUMNS,
    BRANCH_INDICATORS,
    INDICATOR_PARTS,
    indicator_column,
)
from tests.readmodel_cells import Cells, Row, measures, results_of, summable
from tests.readmodel_tallies import tallies_of
from tests.readmodel_warnings import count_warnings, warnings_of

NOW = datetime(2026, 11, 20, 14, 32)

# name, kind, lng, lat, villages, communities, share of the district's members
TOWNS = (
    ("南门街道", "subdistrict", 121.53415, 29.85928, 0, 11, 7.2),
    ("江厦街道", "subdistrict", 121.54991, 29.86897, 0, 7, 4.1),
    ("西门街道", "subdistrict", 121.53038, 29.88525, 0, 11, 6.3),
    ("月湖街道", "subdistrict", 121.5392, 29.87086, 0, 9, 6.0),
    ("鼓楼街道", "subdistrict", 121.54283, 29.88149, 0, 8, 6.6),
    ("白云街道", "subdistrict", 121.51547, 29.87435, 0, 9, 6.8),
    ("段塘街道", "subdistrict", 121.52454, 29.85063, 3, 9, 5.2),
    ("望春街道", "subdistrict", 121.51325, 29.89309, 6, 12, 7.9),
    ("石碶街道", "subdistrict", 121.50444, 29.8225, 13, 8, 8.4),
    ("高桥镇", "town", 121.45418, 29.9081, 26, 4, 7.8),
    ("横街镇", "town", 121.39694, 29.85917, 19, 2, 5.4),
    ("集士港镇", "town", 121.43111, 29.87028, 22, 5, 8.1),
    ("古林镇", "town", 121.43115, 29.83038, 25, 4, 8.6),
    ("洞桥镇", "town", 121.40296, 29.78074, 19, 1, 4.3),
    ("鄞江镇", "town", 121.35519, 29.7742, 12, 1, 3.2),
    ("章水镇", "town", 121.29935, 29.82036, 16, 1, 2.7),
    ("龙观乡", "town", 121.27158, 29.76909, 6, 1, 1.4),
)
SECTORS = (
    ("village", 29), ("community", 22), ("private_enterprise", 20), ("social_org", 5), ("government", 9),
    ("institution", 5), ("soe", 4), ("school", 4), ("hospital", 1), ("other", 1),
)  # fmt: skip


@dataclass(frozen=True)
class District:
    """What `fill` wrote: months oldest first; each cell is (branch in the order of `branches`, month)."""

    months: list[str]
    branches: list[int]
    cells: Cells

    @property
    def open_month(self) -> str:
        """The running month."""
        return self.months[-1]


def fill(
    engine: sa.Engine,
    *,
    towns: int = 17,
    months: int = 25,
    branches: int = 340,
    seed: int = 1,
    now: datetime = NOW,
) -> District:
    """Create the tables and write one version; `months` includes the open one."""
    rng = np.random.default_rng(seed)
    open_month = month_of(now.date())
    calendar = [add_months(open_month, k) for k in range(1 - months, 1)]
    nodes = _nodes(towns, branches, calendar, rng)
    leaves = [node for node in nodes if node["org_type"] == "branch"]
    cells = measures(leaves, calendar, rng)
    results = results_of(cells, len(leaves), months, rng)
    warnings = warnings_of(leaves, calendar, results, now, rng)
    count_warnings(cells, leaves, calendar, warnings)
    with engine.begin() as connection:
        schema.METADATA.drop_all(connection)
        schema.METADATA.create_all(connection)
        connection.execute(sa.insert(schema.nodes), nodes)
        connection.execute(sa.insert(schema.towns), _towns(towns))
        connection.execute(sa.insert(schema.org_counts), _org_counts(nodes, calendar))
        connection.execute(sa.insert(schema.tallies), tallies_of(now))
        _write_branches(connection, leaves, calendar, cells, results)
        _write_areas(connection, nodes, leaves, calendar, {**cells, **summable(results)})
        _write_calendar(connection, calendar, now)
        if warnings:
            connection.execute(sa.insert(schema.org_warnings), warnings)
    return District(calendar, [int(leaf["org_id"]) for leaf in leaves], cells)


def _towns(count: int) -> list[Row]:
    return [
        {
            "town_id": 10 + i, "code": f"330203{i + 1:03d}", "name": name, "kind": kind,
            "lng": lng, "lat": lat, "villages": villages, "communities": communities,
        }
        for i, (name, kind, lng, lat, villages, communities, _) in enumerate(TOWNS[:count])
    ]  # fmt: skip


def _nodes(towns: int, branches: int, calendar: list[str], rng: np.random.Generator) -> list[Row]:
    """The tree in depth-first order: district, a committee per town, general branches of ten, branches."""
    shares = np.array([town[6] for town in TOWNS[:towns]])
    sizes = np.maximum(1, np.round(shares / shares.sum() * branches)).astype(int)
    sizes[sizes.argmax()] += branches - int(sizes.sum())
    sectors = [name for name, weight in SECTORS for _ in range(weight)]
    nodes: list[Row] = []

    def add(parent: int | None, name: str, org_type: str, depth: int, town: int | None) -> int:
        org_id = 1000 + len(nodes)
        place = TOWNS[town] if town is not None else None
        founded_late = org_type == "branch" and rng.random() < 0.03
        month = calendar[int(rng.integers(len(calendar)))] if founded_late else "2015-06"
        nodes.append(
            {
                "org_id": org_id, "parent_org_id": parent, "name": f"中共{name}", "short_name": name[:40],
                "org_code": f"3302{org_id:08d}", "org_type": org_type, "depth": depth, "position": len(nodes),
                "sector": sectors[int(rng.integers(len(sectors)))] if parent else "government",
                "town_id": None if town is None else 10 + town, "is_public": bool(rng.random() < 0.85),
                "lng": place[2] + rng.normal(0, 0.008) if place else None,
                "lat": place[3] + rng.normal(0, 0.008) if place else None,
                "established_on": first_day(month), "dissolved_on": None, "subtree_end": 0,
            }
        )  # fmt: skip
        return org_id

    root = add(None, "海曙区委", "district_committee", 0, None)
    for town, size in enumerate(sizes):
        name = TOWNS[town][0]
        kind = "working_committee" if TOWNS[town][1] == "subdistrict" else "party_committee"
        committee = add(root, f"{name}{'党工委' if kind == 'working_committee' else '党委'}", kind, 1, town)
        parent, depth = committee, 2
        for k in range(size):
            if k % 10 == 0 and size - k >= 10:
                parent, depth = (
                    add(committee, f"{name[:2]}第{k // 10 + 1}党总支", "general_branch", 2, town),
                    3,
                )
            add(parent, f"{name[:2]}第{k + 1}党支部", "branch", depth, town)
    _close_subtrees(nodes)
    return nodes


def _close_subtrees(nodes: list[Row]) -> None:
    open_ancestors: list[Row] = []
    for node in nodes:
        while open_ancestors and int(str(open_ancestors[-1]["depth"])) >= node["depth"]:
            open_ancestors.pop()["subtree_end"] = node["position"]
        open_ancestors.append(node)
    for node in open_ancestors:
        node["subtree_end"] = len(nodes)


def _org_counts(nodes: list[Row], calendar: list[str]) -> list[Row]:
    """Grassroots organisations in being at the end of each month, by type and by sector."""
    counted = [node for node in nodes if node["org_type"] not in ("district_committee", "working_committee")]
    rows: list[Row] = []
    for month in calendar:
        counts: dict[str, int] = {}
        for node in counted:
            if node["established_on"] <= last_day(month):
                for kind in (f"type:{node['org_type']}", f"sector:{node['sector']}"):
                    counts[kind] = counts.get(kind, 0) + 1
        rows += [{"period_month": month, "kind": kind, "count": count} for kind, count in counts.items()]
    return rows


def _rows(keys: list[Row], names: tuple[str, ...], arrays: Cells, i: int) -> list[Row]:
    """One row per month of line i; NaN becomes NULL."""
    lines = np.stack([arrays[name][i] for name in names])
    return [
        key | {name: None if np.isnan(v) else float(v) for name, v in zip(names, lines[:, m], strict=True)}
        for m, key in enumerate(keys)
    ]


def _write_branches(
    connection: sa.Connection, leaves: list[Row], calendar: list[str], cells: Cells, results: Cells
) -> None:
    measure_names = tuple(measure.name for measure in MEASURES)
    result_names = (
        *BRANCH_COLUMNS,
        *(indicator_column(i, part) for i in BRANCH_INDICATORS for part in INDICATOR_PARTS),
    )
    counted, judged = [], []
    for i, leaf in enumerate(leaves):
        founded = month_of(leaf["established_on"])
        keys: list[Row] = [{"org_id": leaf["org_id"], "period_month": month} for month in calendar]
        counted += [
            row for row in _rows(keys, measure_names, cells, i) if str(row["period_month"]) >= founded
        ]
        judged += [
            row for row in _rows(keys, result_names, results, i) if str(row["period_month"]) >= founded
        ]
    connection.execute(sa.insert(schema.branch_months), counted)
    connection.execute(sa.insert(schema.branch_results), judged)


def _write_areas(
    connection: sa.Connection,
    nodes: list[Row],
    leaves: list[Row],
    calendar: list[str],
    cells: Cells,
) -> None:
    names = (*ADDITIVE, *AREA_COLUMNS)
    positions = np.array([leaf["position"] for leaf in leaves])
    towns = np.array([leaf["town_id"] for leaf in leaves])
    above = [node for node in nodes if node["org_type"] != "branch"]
    of_node = [(positions >= node["position"]) & (positions < node["subtree_end"]) for node in above]
    org_rows, town_rows = [], []
    for node, inside in zip(above, of_node, strict=True):
        keys: list[Row] = [{"org_id": node["org_id"], "period_month": month} for month in calendar]
        org_rows += _rows(keys, names, _summed(cells, names, inside), 0)
    for town in np.unique(towns):
        keys = [{"town_id": int(town), "period_month": month} for month in calendar]
        town_rows += _rows(keys, names, _summed(cells, names, towns == town), 0)
    connection.execute(sa.insert(schema.org_months), org_rows)
    connection.execute(sa.insert(schema.town_months), town_rows)


def _summed(cells: Cells, names: tuple[str, ...], inside: NDArray[np.bool_]) -> Cells:
    """Sums over some branches as (1, month) arrays; a month without any value stays NaN."""
    found: Cells = {}
    for name in names:
        part = cells[name][inside]
        found[name] = np.where(np.isnan(part).all(axis=0), np.nan, np.nansum(part, axis=0))[None, :]
    return found


def _write_calendar(connection: sa.Connection, calendar: list[str], now: datetime) -> None:
    connection.execute(
        sa.insert(schema.months),
        [
            {"period_month": month, "version_no": 1, "published_at": cutoff(month), "status": "published"}
            for month in calendar[:-1]
        ]
        + [{"period_month": calendar[-1], "version_no": 1, "published_at": None, "status": "open"}],
    )
    connection.execute(
        sa.insert(schema.versions),
        {
            "version": 1, "published_at": now, "as_of": now - timedelta(seconds=40), "checked_at": now,
            "open_month": calendar[-1], "district": "haishu", "schema_version": schema.SCHEMA_VERSION,
            "profile_digest": "0" * 64, "boot_id": "00000000-0000-0000-0000-000000000001", "is_demo": True,
            "changed_cells": 1, "duration_ms": 5, "statements": 3, "rows_read": 2,
        },
    )  # fmt: skip
    connection.execute(
        sa.insert(schema.feeds), {"name": "operational", "state": "ok", "checked_at": now, "reason": None}
    )
