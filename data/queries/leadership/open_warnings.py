"""Open warnings of a subtree: counts, and the ones that have climbed to a higher level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

ENDED = ("rectified", "closed", "invalid")
# So many urgent ones fit a list that is read at once.
MOST = 8


@dataclass(frozen=True)
class Urgent:
    """One open warning; ``escalation`` 0 branch, 1 committee, 2 district, 3 weak_lax."""

    warning_id: int
    org_id: int
    organisation: str
    indicator: str
    level: str
    state: str
    raised_at: datetime
    due_on: date | None
    escalation: int


@dataclass(frozen=True)
class Urgency:
    """Counts of open warnings, and the most urgent: highest level of escalation, then red, then longest overdue."""

    open: int
    overdue: int
    escalated: int
    rows: tuple[Urgent, ...]


def load(reader: ScopedReader, place: Place, today: date) -> Urgency:
    """Open warnings of this organisation and all below it."""
    n, w = reader.nodes.c, reader.org_warnings.c
    within = sa.and_(n.position >= place.position, n.position < place.subtree_end, w.state.not_in(ENDED))
    joined = reader.org_warnings.join(reader.nodes, n.org_id == w.org_id)
    late = sa.case((w.rectify_due_on < today, 1), else_=0)
    counts = reader.rows(
        sa.select(
            sa.func.count(),
            sa.func.sum(late),
            sa.func.sum(sa.case((w.escalation > 0, 1), else_=0)),
        )
        .select_from(joined)
        .where(within)
    )[0]
    urgent = (
        sa.select(
            w.warning_id,
            w.org_id,
            n.short_name,
            w.indicator_id,
            w.level,
            w.state,
            w.raised_at,
            w.rectify_due_on,
            w.escalation,
        )
        .select_from(joined)
        .where(within)
        .order_by(
            w.escalation.desc(),
            w.level,
            sa.func.coalesce(w.rectify_due_on, sa.literal(date.max)),
            w.warning_id,
        )
        .limit(MOST)
    )
    return Urgency(
        counts[0], counts[1] or 0, counts[2] or 0, tuple(Urgent(*row) for row in reader.rows(urgent))
    )
