"""The ten best branches of the last closed quarter and, where they may be named, the ten weakest with their reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day
from data.queries.committee_scores import last_quarter, quarter_of
from data.queries.figures_of_month import BRANCH_TYPES
from data.readmodel.reader import Reader
from data.readmodel.results import BRANCH_INDICATORS, indicator_column
from data.readmodel.schema import branch_months, branch_results, nodes, towns
from data.scope import Scope

ROWS = 10
POINTS = "wj_b_total_value"


@dataclass(frozen=True)
class RankedBranch:
    """One branch; ``town`` is None for one of a direct unit, ``scores`` (0-100 by indicator) are for staff only."""

    org_id: int
    name: str
    town: str | None
    score: float
    score_before: float | None
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def change(self) -> float | None:
        """Change against the quarter before."""
        return None if self.score_before is None else self.score - self.score_before


@dataclass(frozen=True)
class TopAndBottom:
    """``top`` best first, ``bottom`` weakest first, never a branch in both; ``bottom`` is None for visitors."""

    quarter: str
    quarter_before: str
    of_600: bool
    ranked: int
    top: tuple[RankedBranch, ...]
    bottom: tuple[RankedBranch, ...] | None


def load(reader: Reader, scope: Scope) -> TopAndBottom:
    """By the 600 points where they are kept, else by 诊疗分; for visitors nothing of weak branches is selected."""
    month = last_quarter(reader)
    column, ranked = POINTS, _ranked(reader, month, POINTS)
    if not ranked:
        column, ranked = "score", _ranked(reader, month, "score")
    names = scope.names_lights
    top = _branches(reader, month, column, ROWS, best=True, staff=names)
    rest = min(ROWS, max(0, ranked - ROWS))
    bottom = _branches(reader, month, column, rest, best=False, staff=True) if names else None
    quarters = quarter_of(month), quarter_of(add_months(month, -3))
    return TopAndBottom(*quarters, column == POINTS, ranked, top, bottom)


def _ranked(reader: Reader, month: str, column: str) -> int:
    query = (
        sa.select(sa.func.count()).select_from(_standing(month)).where(branch_results.c[column].is_not(None))
    )
    return int(reader.connection.execute(query.where(*_conditions(month))).scalar_one())


def _standing(month: str) -> sa.Join:
    r, b = branch_results.c, branch_months.c
    same = sa.and_(b.org_id == r.org_id, b.period_month == r.period_month)
    return nodes.join(branch_results, r.org_id == nodes.c.org_id).join(branch_months, same)


def _conditions(month: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Branches from their first full quarter on, temporary ones never (§11.3)."""
    n = nodes.c
    ranked_types = [kind for kind in BRANCH_TYPES if kind != "temporary_branch"]
    return (
        branch_results.c.period_month == month,
        n.org_type.in_(ranked_types),
        sa.or_(n.established_on.is_(None), n.established_on <= first_day(add_months(month, -2))),
        sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)),
    )


def _branches(
    reader: Reader, month: str, column: str, limit: int, *, best: bool, staff: bool
) -> tuple[RankedBranch, ...]:
    """Equals by attendance, members and code; ``staff`` get every score, others public branches only."""
    if not limit:
        return ()
    n, r, b = nodes.c, branch_results.c, branch_months.c
    then = branch_results.alias("then")
    before = sa.and_(then.c.org_id == n.org_id, then.c.period_month == add_months(month, -3))
    attendance = sa.func.coalesce(b.present / sa.func.nullif(b.required, 0), -1)
    keys: list[sa.ColumnElement[Any]] = [sa.func.round(sa.cast(r[column], sa.Numeric(12, 6)), 2), attendance]
    order = [key.desc() if best else key.asc() for key in keys]
    judgements = BRANCH_INDICATORS if staff else ()
    columns = [r[indicator_column(i, "score")].label(i) for i in judgements]
    query = (
        sa.select(n.org_id, n.short_name, towns.c.name.label("town"), r[column].label("points"))
        .add_columns(then.c[column].label("points_before"), *columns)
        .select_from(_standing(month).outerjoin(towns, towns.c.town_id == n.town_id).outerjoin(then, before))
        .where(*_conditions(month), r[column].is_not(None))
        .order_by(*order, b.members.desc(), n.org_code)
        .limit(limit)
    )
    if not staff:
        query = query.where(n.is_public)
    return tuple(
        RankedBranch(
            row["org_id"],
            row["short_name"],
            row["town"],
            float(row["points"]),
            None if row["points_before"] is None else float(row["points_before"]),
            {i: float(row[i]) for i in judgements if row[i] is not None},
        )
        for row in reader.connection.execute(query).mappings()
    )
