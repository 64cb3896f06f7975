"""Rows that no figure may count: named by table and reason, counted, with sample keys for whoever mends them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import METADATA, activities, attendances, dues_obligations, memberships
from data.projection.source import Source

a, t, o, s = activities.c, attendances.c, dues_obligations.c, memberships.c

SAMPLES = 5


def quarantined(source: Source) -> list[dict[str, Any]]:
    """One row per table and reason with count and up to five keys; reasons that hit nothing are left out."""
    rows = []
    for table_name, reason, condition in _reasons(source):
        if table_name in source.missing:
            continue
        table = METADATA.tables[table_name]
        key = next(iter(table.primary_key))
        where = sa.and_(table.c.deleted_at.is_(None), condition)
        keys = [row[0] for row in source.rows(sa.select(key).where(where).order_by(key).limit(SAMPLES))]
        if keys:
            count = source.connection.execute(
                sa.select(sa.func.count()).select_from(table).where(where)
            ).scalar_one()
            sample = ",".join(str(k) for k in keys)
            rows.append({"table_name": table_name, "reason": reason, "rows": count, "sample_keys": sample})
    if source.tree.unreachable:
        lost = source.tree.unreachable
        rows.append(
            {
                "table_name": "organizations",
                "reason": "no path to the district committee (orphan or cycle)",
                "rows": len(lost),
                "sample_keys": ",".join(str(k) for k in lost[:SAMPLES]),
            }
        )
    return rows


def _reasons(source: Source) -> Iterator[tuple[str, str, sa.ColumnElement[bool]]]:
    tomorrow = source.calendar.now + timedelta(days=1)
    branches = [org.org_id for org in source.tree.organisations.values()]
    yield "activities", "held without a start", sa.and_(a.status == "held", a.started_at.is_(None))
    yield "activities", "starts in the future", sa.and_(a.status == "held", a.started_at > tomorrow)
    yield (
        "attendances",
        "present without method or time",
        sa.and_(t.status == "present", sa.or_(t.sign_method.is_(None), t.signed_at.is_(None))),
    )
    yield "dues_obligations", "no payable amount", o.payable_amount.is_(None)
    yield "memberships", "branch does not exist", s.branch_org_id.not_in(branches)
