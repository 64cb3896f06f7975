"""The small tables beside the measures: nodes, towns, months, counts of organisations, warnings, quarantine."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from data.clock import first_day
from data.contract import activities, divisions, month_closings
from data.contract import warnings as warnings_table
from data.projection.source import Calendar, Source
from data.projection.tree import COUNTED_TYPES, Tree
from data.projection.warning_book import WARNING_MONTHS

Rows = list[dict[str, Any]]

TOWN_KINDS = ("town", "subdistrict", "dev_zone")


def node_rows(tree: Tree) -> Rows:
    """Every organisation reachable from the root, with its place in the depth-first order."""
    order = tree.order()
    rows = []
    for org_id, org in tree.organisations.items():
        values = dict(vars(org))
        position, end = order.start[org_id], order.end[org_id]
        rows.append({**values, "depth": order.depth[org_id], "position": position, "subtree_end": end})
    return rows


def town_rows(connection: sa.Connection) -> Rows:
    """Towns, subdistricts and zones with their number of villages and communities."""
    d = divisions.c
    found = connection.execute(
        sa.select(
            d.division_id, d.division_code, d.name, d.kind, d.parent_division_id, d.center_lng, d.center_lat
        ).where(d.deleted_at.is_(None))
    ).all()
    inside = Counter((row.parent_division_id, row.kind) for row in found)
    return [
        {
            "town_id": row.division_id,
            "code": row.division_code,
            "name": row.name,
            "kind": row.kind,
            "lng": None if row.center_lng is None else float(row.center_lng),
            "lat": None if row.center_lat is None else float(row.center_lat),
            "villages": inside[row.division_id, "village"],
            "communities": inside[row.division_id, "community"],
        }
        for row in found
        if row.kind in TOWN_KINDS
    ]


def count_rows(tree: Tree, calendar: Calendar) -> Rows:
    """Grassroots organisations in being per month by type and by sector (R41), groups and zones not counted."""
    rows: Rows = []
    counted = [org for org in tree.organisations.values() if org.org_type in COUNTED_TYPES]
    for month in calendar.months:
        day = calendar.day_of(month)
        counts: Counter[str] = Counter()
        for org in counted:
            if org.active_on(day):
                counts[f"type:{org.org_type}"] += 1
                counts[f"sector:{org.sector}"] += 1
        rows += [{"period_month": month, "kind": kind, "count": n} for kind, n in counts.items()]
    return rows


def month_rows(source: Source) -> Rows:
    """Open, closed or published, with the newest closing version of each month."""
    c = month_closings.c
    statement = sa.select(c.period_month, c.version_no, c.published_at).where(
        c.deleted_at.is_(None), c.published_at.is_not(None), c.published_at <= source.calendar.now
    )
    closings: dict[str, sa.Row[Any]] = {}
    if "month_closings" not in source.missing:
        closings = {row.period_month: row for row in source.rows(statement.order_by(c.version_no))}
    rows = []
    for month in source.calendar.months:
        closing = closings.get(month)
        closed = "closed" if source.calendar.is_closed(month) else "open"
        rows.append(
            {
                "period_month": month,
                "status": "published" if closing else closed,
                "published_at": closing.published_at if closing else None,
                "version_no": closing.version_no if closing else 0,
            }
        )
    return rows


def operational_warnings(source: Source) -> Rows:
    """Warnings the operational system raised about organisations in the last year, and older ones still open."""
    if "warnings" in source.missing:
        return []
    w = warnings_table.c
    names = ("warning_id", "indicator_id", "level", "org_id", "period", "state", "raised_at")
    times = ("pushed_at", "acknowledged_at", "rectify_due_on", "rectified_at", "verified_at")
    since = first_day(source.calendar.months[max(0, len(source.calendar.months) - 1 - WARNING_MONTHS)])
    statement = sa.select(*(w[name] for name in (*names, *times))).where(
        w.deleted_at.is_(None),
        w.subject_type == "org",
        w.raised_at <= source.calendar.now,
        sa.or_(w.raised_at >= since, w.state.not_in(("closed", "invalid"))),
    )
    known = source.tree.organisations
    return [dict(row._mapping) for row in source.rows(statement) if row.org_id in known]


def first_month(connection: sa.Connection, default: str) -> str:
    """The first month an activity was recorded in; ``default`` where there is none."""
    earliest = connection.execute(sa.select(sa.func.min(activities.c.period_month))).scalar_one()
    return earliest if isinstance(earliest, str) and len(earliest) == 7 else default
