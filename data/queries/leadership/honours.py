"""Who may be proposed for honours: a branch with an open red warning may not, nor one below the line of points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from data.queries.leadership.open_warnings import ENDED
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

ROW_CAP = 2_000
_PLACE = tuple(Place.__dataclass_fields__)


@dataclass(frozen=True)
class Barred:
    """A branch that may not be proposed: its open red warnings (oldest first) and its points where they are too few."""

    place: Place
    superior: str
    indicators: tuple[str, ...]
    since: datetime | None
    due_on: date | None
    points: float | None


@dataclass(frozen=True)
class Honours:
    """``branches`` counts those in being; ``barred`` in tree order, at most 2,000."""

    branches: int
    barred: tuple[Barred, ...]

    @property
    def free(self) -> int:
        """Branches nothing stands against."""
        return self.branches - len(self.barred)


def load(
    reader: ScopedReader, place: Place, month: str, points: str | None = None, line: float | None = None
) -> Honours:
    """Branches active in a month, by the warnings that are open today and by their points of that month."""
    reds = _reds(reader, place)
    months = reader.columns("branch_months", ["active"])
    results = reader.columns("branch_results", [] if points is None else [points])
    n, b, r, parent = (
        reader.nodes.c,
        months.c,
        results.c,
        reader.nodes.alias("parent"),
    )
    same = sa.and_(r.org_id == b.org_id, r.period_month == b.period_month)
    joined = reader.nodes.join(months, b.org_id == n.org_id)
    joined = joined.join(results, same).outerjoin(parent, parent.c.org_id == n.parent_org_id)
    within = sa.and_(n.position >= place.position, n.position < place.subtree_end)
    there = sa.and_(within, n.org_type.in_(BRANCH_TYPES), b.period_month == month, b.active == 1)
    few = sa.false() if points is None or line is None else r[points] < line
    value = sa.null() if points is None else r[points]
    query = (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE))
        .add_columns(parent.c.short_name, value)
        .select_from(joined)
        .where(there, sa.or_(few, n.org_id.in_(sorted(reds))))
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    wide, barred = len(_PLACE), []
    for row in reader.rows(query):
        found = reds.get(row[0], [])
        names = tuple(dict.fromkeys(one.indicator_id for one in found))
        dues = [one.rectify_due_on for one in found if one.rectify_due_on]
        has = row[wide + 1]
        too_few = has if has is not None and line is not None and has < line else None
        barred.append(
            Barred(
                Place(*row[:wide]),
                row[wide] or "",
                names,
                found[0].raised_at if found else None,
                min(dues, default=None),
                too_few,
            )
        )
    number = reader.rows(sa.select(sa.func.count()).select_from(joined).where(there))[0][0]
    return Honours(int(number), tuple(barred))


def _reds(reader: ScopedReader, place: Place) -> dict[int, list[sa.Row[tuple[object, ...]]]]:
    """Open red warnings by branch, oldest first."""
    n, w = reader.nodes.c, reader.org_warnings.c
    query = (
        sa.select(w.org_id, w.indicator_id, w.raised_at, w.rectify_due_on)
        .select_from(reader.org_warnings.join(reader.nodes, n.org_id == w.org_id))
        .where(n.position >= place.position, n.position < place.subtree_end)
        .where(w.level == "red", w.state.not_in(ENDED))
        .order_by(w.raised_at, w.warning_id)
    )
    found: dict[int, list[sa.Row[tuple[object, ...]]]] = {}
    for row in reader.rows(query):
        found.setdefault(row.org_id, []).append(row)
    return found
