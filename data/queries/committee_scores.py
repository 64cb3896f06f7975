"""武进 quarterly bulletin (季度通报): siblings ranked by mean branch score (600) and mean member score (200)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day
from data.queries.figures_of_month import BRANCH_TYPES, Amount, closed_month
from data.queries.small_cells import SMALLEST_SHOWN
from data.queries.town_order import is_public_place, places_by, shown_place
from data.readmodel.reader import Reader
from data.readmodel.schema import branch_months, branch_results, months, nodes, org_months
from data.scope import Scope

# Most siblings anywhere: the second-level committees of a district, the branches of a village.
ROW_CAP = 100
BRANCH_POINTS, MEMBER_POINTS = 600, 200
QUARTERS = 8
UNRANKED = ("temporary_branch", "party_group")


@dataclass(frozen=True)
class CommitteeScore:
    """One organisation among its siblings; scores are rounded to 2 decimals, as they are ranked.

    ``place_before`` is None for one that was not ranked a quarter earlier (新); ``is_unit`` marks a directly
    subordinate unit, which is ranked among its like; ``branches`` counts those with a score.
    """

    org_id: int
    name: str
    is_unit: bool
    place: int
    place_before: int | None
    branches: int
    branch_mean: float
    member_mean: float
    total: float
    total_before: float | None

    @property
    def change(self) -> float | None:
        """Change of the sum against the quarter before."""
        return None if self.total_before is None else round(self.total - self.total_before, 2)

    @property
    def climbed(self) -> int | None:
        """Places gained (negative: lost); None for one that was not ranked before."""
        return None if self.place_before is None else self.place_before - self.place


@dataclass(frozen=True)
class QuarterMean:
    """The district at the end of one quarter, e.g. "2026Q3"; ``published_at`` is when its last month was."""

    quarter: str
    branch_mean: Amount
    member_mean: Amount
    published_at: datetime | None


@dataclass(frozen=True)
class Bulletin:
    """``rows`` in order of place, towns before directly subordinate units; ``trend`` oldest quarter first."""

    quarter: str
    rows: tuple[CommitteeScore, ...]
    trend: tuple[QuarterMean, ...]
    is_top_only: bool


def load(
    reader: Reader,
    scope: Scope,
    under: int | None = None,
    branch_weight: float | None = None,
    quarter_end: str | None = None,
) -> Bulletin:
    """A quarter (by its last month; None: the last closed one) of the organisations directly below ``under``
    (None: the district committee).

    Tier 1 ranks the second-level committees, tier 2 what stands directly below a town, tier 3 the branches of a
    village; only siblings are ranked against each other. Without ``branch_weight`` the two means are added;
    with it w the sum is 800 × (w·b/600 + (1-w)·p/200). Visitors get the upper half, at most ten, of
    those whose means are of five branches and more; nothing of the others is selected.
    """
    month = quarter_end or last_quarter(reader)
    parent = reader.root_org_id if under is None else under
    top_only, tier = not scope.names_lights, (parent, branch_weight)
    now = _ranked(month, *tier, splits=under is None, top_only=top_only).alias("now")
    then = _ranked(add_months(month, -3), *tier, splits=under is None, top_only=top_only).alias("then")
    before = shown_place(then, top_only=top_only)
    query = (
        sa.select(now, before.label("place_before"), then.c.total.label("total_before"))
        .outerjoin(then, then.c.org_id == now.c.org_id)
        .order_by(now.c.is_unit, now.c.place, now.c.attendance.desc(), now.c.members.desc(), now.c.org_code)
        .limit(ROW_CAP)
    )
    if top_only:
        query = query.where(is_public_place(now))
    rows = tuple(_score(row) for row in reader.connection.execute(query))
    return Bulletin(quarter_of(month), rows, _trend(reader, month), top_only)


def last_quarter(reader: Reader) -> str:
    """The last month of the last closed quarter."""
    month = closed_month(reader)
    return add_months(month, -(int(month[5:]) % 3))


def quarter_of(month: str) -> str:
    """The quarter of a month, as "2026Q3"."""
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"


def _score(row: sa.Row[Any]) -> CommitteeScore:
    return CommitteeScore(
        row.org_id,
        row.short_name,
        bool(row.is_unit),
        row.place,
        row.place_before,
        int(row.branches),
        float(row.branch_mean),
        float(row.member_mean),
        float(row.total),
        None if row.total_before is None else float(row.total_before),
    )


def _ranked(month: str, parent: int, weight: float | None, *, splits: bool, top_only: bool) -> sa.Subquery:
    """Competition rank 1-2-2-4 of the sum; an organisation without one of the means is not ranked, for visitors none
    whose mean is that of one to four branches."""
    parts = sa.union_all(_committees(month, parent), _branches(month, parent)).subquery()
    branch, member = parts.c.branch_mean, parts.c.member_mean
    points = branch + member
    if weight is not None:
        full = BRANCH_POINTS + MEMBER_POINTS
        points = full * (weight * branch / BRANCH_POINTS + (1 - weight) * member / MEMBER_POINTS)
    unit: sa.ColumnElement[int] = sa.case((parts.c.town_id.is_(None), 1), else_=0)
    if not splits:
        unit = sa.literal(0)
    each = sa.select(
        *(
            parts.c[name]
            for name in ("org_id", "short_name", "org_code", "members", "attendance", "branches")
        ),
        unit.label("is_unit"),
        _two_decimals(branch).label("branch_mean"),
        _two_decimals(member).label("member_mean"),
        _two_decimals(points).label("total"),
    ).subquery()
    least = SMALLEST_SHOWN if top_only else 0
    places = places_by(each.c.total, each.c.is_unit)
    return sa.select(each, *places).where(each.c.total.is_not(None), each.c.branches >= least).subquery()


def _two_decimals(points: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.round(sa.cast(points, sa.Numeric(12, 6)), 2)


def _committees(month: str, parent: int) -> sa.Select[Any]:
    o = org_months.c
    return (
        _columns(o, o.wj_b_total_value_count, o.wj_b_total_value_sum)
        .join(org_months, o.org_id == nodes.c.org_id)
        .where(o.period_month == month, _standing(month, parent), nodes.c.org_type.not_in(BRANCH_TYPES))
    )


def _branches(month: str, parent: int) -> sa.Select[Any]:
    b, r = branch_months.c, branch_results.c
    scored = sa.case((r.wj_b_total_value.is_not(None), 1), else_=0)
    same = sa.and_(r.org_id == b.org_id, r.period_month == b.period_month)
    return (
        _columns(b, scored, r.wj_b_total_value)
        .join(branch_months, b.org_id == nodes.c.org_id)
        .join(branch_results, same)
        .where(b.period_month == month, _standing(month, parent), nodes.c.org_type.in_(BRANCH_TYPES))
    )


def _columns(
    c: sa.ColumnCollection[str, Any], count: sa.ColumnElement[Any], points: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    n = nodes.c
    return sa.select(
        n.org_id,
        n.short_name,
        n.org_code,
        n.town_id,
        c.members,
        (c.present / sa.func.nullif(c.required, 0)).label("attendance"),
        count.label("branches"),
        (points / sa.func.nullif(count, 0)).label("branch_mean"),
        (c.wj_member_score_sum / sa.func.nullif(c.wj_member_scored, 0)).label("member_mean"),
    ).select_from(nodes)


def _standing(month: str, parent: int) -> sa.ColumnElement[bool]:
    """Below the parent, ranked from its first full quarter on and not dissolved by the quarter's end (§11.3-11.4)."""
    n = nodes.c
    begin: date = first_day(add_months(month, -2))
    return sa.and_(
        n.parent_org_id == parent,
        n.org_type.not_in(UNRANKED),
        sa.or_(n.established_on.is_(None), n.established_on <= begin),
        sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)),
    )


def _trend(reader: Reader, month: str) -> tuple[QuarterMean, ...]:
    """The district's own means at the ends of the last quarters there are."""
    o = org_months.c
    ends = [add_months(month, -3 * n) for n in range(QUARTERS - 1, -1, -1)]
    query = (
        sa.select(
            o.period_month,
            o.wj_b_total_value_sum,
            o.wj_b_total_value_count,
            o.wj_member_score_sum,
            o.wj_member_scored,
            months.c.published_at,
        )
        .outerjoin(months, months.c.period_month == o.period_month)
        .where(o.org_id == reader.root_org_id, o.period_month.in_(ends))
        .order_by(o.period_month)
    )
    return tuple(
        QuarterMean(quarter_of(end), Amount.ratio(points, count), Amount.ratio(score, scored), published)
        for end, points, count, score, scored, published in reader.connection.execute(query)
    )
