"""Ranking of the second-level committees at the last closed quarter: who leads, who rises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from data.clock import add_months
from data.queries import committee_scores
from data.queries.committee_scores import CommitteeScore, last_quarter, quarter_of
from data.queries.figures_of_month import BRANCH_TYPES, Amount
from data.queries.small_cells import SMALLEST_SHOWN
from data.queries.town_order import is_public_place, places_by, shown_place
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, org_months
from data.scope import Scope

ROWS, UNITS = 10, 3
# One place up is nothing to single out.
NOTABLE_PLACES = 2
# Mean index of members nobody has counted.
UNKNOWN = float("nan")
Basis = Literal["points", "check_up"]


@dataclass(frozen=True)
class CommitteeRanking:
    """``towns`` (at most ten) and ``units`` directly below the district (three), each in its own order of place.

    Basis ``points``: means of 600 and of 200 and their sum; ``check_up``: mean 诊疗分 of the branches, which is
    also the total, and mean index of the members (NaN where it is not known), both of 100. ``climber`` gained
    most places among all ranked towns; it is None for visitors unless it stands among the rows.
    """

    basis: Basis
    quarter: str
    quarter_before: str
    ranked: int
    towns: tuple[CommitteeScore, ...]
    units: tuple[CommitteeScore, ...]
    climber: CommitteeScore | None
    branch_mean: Amount
    member_mean: Amount
    is_top_only: bool

    @property
    def average(self) -> Amount:
        """The district by the measure the committees are ranked by."""
        branch, member = self.branch_mean, self.member_mean
        if self.basis == "check_up":
            return branch
        if branch.value is None or member.value is None:
            return branch if branch.value is None else member
        return Amount.of(branch.value + member.value)


def load(reader: Reader, scope: Scope) -> CommitteeRanking:
    """By points where the 600 + 200 points are kept, else by 诊疗分; visitors get nothing below the top ten."""
    month = last_quarter(reader)
    bulletin = committee_scores.load(reader, scope)
    basis: Basis = "points" if bulletin.rows else "check_up"
    if bulletin.rows:
        rows = bulletin.rows
        own = next((mean for mean in bulletin.trend if mean.quarter == bulletin.quarter), None)
        branch, member = (own.branch_mean, own.member_mean) if own else (Amount("nodata"), Amount("nodata"))
    else:
        rows = _checked(reader, month, top_only=not scope.names_lights)
        branch, member = _means(reader, month)
    if not scope.names_lights:
        rows = _public(reader, rows)
    towns = tuple(row for row in rows if not row.is_unit)
    risen = [row for row in towns if (row.climbed or 0) >= NOTABLE_PLACES]
    return CommitteeRanking(
        basis,
        quarter_of(month),
        quarter_of(add_months(month, -3)),
        len(towns),
        towns[:ROWS],
        tuple(row for row in rows if row.is_unit)[:UNITS],
        max(risen, key=lambda row: (row.climbed or 0, -row.place), default=None),
        branch,
        member,
        not scope.names_lights,
    )


def _public(reader: Reader, rows: tuple[CommitteeScore, ...]) -> tuple[CommitteeScore, ...]:
    """Without the organisations that are not public."""
    query = sa.select(nodes.c.org_id).where(nodes.c.parent_org_id == reader.root_org_id, nodes.c.is_public)
    public = set(reader.connection.execute(query).scalars())
    return tuple(row for row in rows if row.org_id in public)


def _means(reader: Reader, month: str) -> tuple[Amount, Amount]:
    o = org_months.c
    query = sa.select(o.score_sum, o.score_count, o.index_points, o.scored_members).where(
        o.org_id == reader.root_org_id, o.period_month == month
    )
    row = reader.connection.execute(query).first() or (None, None, None, None)
    return Amount.ratio(row[0], row[1]), Amount.ratio(row[2], row[3])


def _checked(reader: Reader, month: str, *, top_only: bool) -> tuple[CommitteeScore, ...]:
    now = _places(reader, month, top_only=top_only).alias("now")
    then = _places(reader, add_months(month, -3), top_only=top_only).alias("then")
    before = shown_place(then, top_only=top_only)
    query = (
        sa.select(now, before.label("place_before"), then.c.score.label("before"))
        .outerjoin(then, then.c.org_id == now.c.org_id)
        .order_by(now.c.is_unit, now.c.place, now.c.members.desc(), now.c.org_code)
        .limit(committee_scores.ROW_CAP)
    )
    if top_only:
        query = query.where(is_public_place(now))
    return tuple(
        CommitteeScore(
            row.org_id,
            row.short_name,
            bool(row.is_unit),
            row.place,
            row.place_before,
            int(row.branches),
            float(row.score),
            UNKNOWN if row.points is None else float(row.points),
            float(row.score),
            None if row.before is None else float(row.before),
        )
        for row in reader.connection.execute(query)
    )


def _places(reader: Reader, month: str, *, top_only: bool) -> sa.Subquery:
    """Competition rank 1-2-2-4 of the mean 诊疗分 rounded to 2 decimals, towns and direct units apart; for visitors
    none whose mean is that of one to four branches."""
    least = SMALLEST_SHOWN if top_only else 1
    n, o = nodes.c, org_months.c
    unit: sa.ColumnElement[int] = sa.case((n.town_id.is_(None), 1), else_=0)
    each = (
        sa.select(
            n.org_id,
            n.short_name,
            n.org_code,
            o.members,
            o.score_count.label("branches"),
            unit.label("is_unit"),
            _two_decimals(o.score_sum / sa.func.nullif(o.score_count, 0)).label("score"),
            _two_decimals(o.index_points / sa.func.nullif(o.scored_members, 0)).label("points"),
        )
        .join(org_months, o.org_id == n.org_id)
        .where(o.period_month == month, n.parent_org_id == reader.root_org_id, o.score_count >= least)
        .where(n.org_type.not_in((*BRANCH_TYPES, "party_group")), n.dissolved_on.is_(None))
        .subquery()
    )
    return sa.select(each, *places_by(each.c.score, each.c.is_unit)).subquery()


def _two_decimals(points: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.round(sa.cast(points, sa.Numeric(12, 6)), 2)
