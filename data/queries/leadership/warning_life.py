"""The life of an organisation's warnings: raised, pushed, acknowledged, rectified, verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

ENDED = ("rectified", "closed", "invalid")
MOST = 200


@dataclass(frozen=True)
class WarningLife:
    """One warning; a step not taken is None. ``escalation`` 0 branch, 1 committee, 2 district, 3 weak_lax; an owner
    above what the viewer sees has no name ("")."""

    warning_id: int
    indicator: str
    level: str
    period: str
    state: str
    raised_at: datetime
    pushed_at: datetime | None
    acknowledged_at: datetime | None
    due_on: date | None
    rectified_at: datetime | None
    verified_at: datetime | None
    escalation: int
    owner: str
    escalated_to: str | None


def load(reader: ScopedReader, place: Place) -> list[WarningLife]:
    """About this organisation itself, newest first; at most 200, the open ones in any case."""
    w, owner, above = reader.org_warnings.c, reader.nodes.alias("owner"), reader.nodes.alias("above")
    query = (
        sa.select(
            w.warning_id, w.indicator_id, w.level, w.period, w.state, w.raised_at, w.pushed_at,
            w.acknowledged_at, w.rectify_due_on, w.rectified_at, w.verified_at, w.escalation,
            sa.func.coalesce(owner.c.short_name, ""), above.c.short_name,
        )
        .select_from(
            reader.org_warnings.outerjoin(owner, owner.c.org_id == w.owner_org_id).outerjoin(
                above, above.c.org_id == w.escalated_to_org_id
            )
        )
        .where(w.org_id == place.org_id)
        .order_by(sa.case((w.state.in_(ENDED), 1), else_=0), w.raised_at.desc(), w.warning_id)
        .limit(MOST)
    )  # fmt: skip
    found = [WarningLife(*row) for row in reader.rows(query)]
    return sorted(found, key=lambda one: one.raised_at, reverse=True)
