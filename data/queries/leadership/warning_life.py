"""The life of an organisation's warnings: raised, pushed, acknowledged, rectified, verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

MOST = 200


@dataclass(frozen=True)
class WarningLife:
    """One warning; a step not taken is None. ``escalation`` 0 branch, 1 committee, 2 district, 3 weak_lax."""

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


def load(reader: ScopedReader, place: Place) -> list[WarningLife]:
    """About this organisation itself, newest first; at most 200."""
    w = reader.org_warnings.c
    query = (
        sa.select(
            w.warning_id, w.indicator_id, w.level, w.period, w.state, w.raised_at, w.pushed_at,
            w.acknowledged_at, w.rectify_due_on, w.rectified_at, w.verified_at, w.escalation,
        )
        .where(w.org_id == place.org_id)
        .order_by(w.raised_at.desc(), w.warning_id)
        .limit(MOST)
    )  # fmt: skip
    return [WarningLife(*row) for row in reader.rows(query)]
