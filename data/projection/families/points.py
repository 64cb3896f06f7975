"""锋领指数: the points of the year to date of the members a branch has at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from data.clock import first_day
from data.contract import (
    member_category_history,
    member_state_history,
    memberships,
    point_entries,
    point_rules,
)
from data.projection.families.membership import category, membership, s, scored, state
from data.projection.source import Block, Row, Source, branch_filter, named

p, r = point_entries.c, point_rules.c

HELD = (s.membership_id, s.branch_org_id, s.member_id, s.started_on, s.start_reason)
# Classes A to D of the member indicators, by the group of their rules.
CLASSES = {
    "党内生活": "index_life",
    "岗位履职": "index_post",
    "道德品行": "index_conduct",
    "作用贡献": "index_contribution",
}
# Lower bounds of the bands (§5.4); everything below the first is a band of its own.
BANDS = (10, 20, 30, 50, 75, 100, 150)


def read(source: Source, block: Block) -> Iterator[Row]:
    """index_points, its classes and bands per branch and month; points follow the member, only SCORED members
    count (§5.4, §11.6). The ledger of the district's scheme tells them."""
    classes = _rules_of_classes(source)
    for month in block.months:
        each = _each(source, block, month, classes).subquery()
        day = source.calendar.day_of(month)
        joined = each.join(member_state_history, state(day, each.c.member_id)).outerjoin(
            member_category_history, category(day, each.c.member_id)
        )
        sums = {name: sa.func.sum(each.c[name]).label(name) for name in ("index_points", *classes)}
        bands = _bands(sa.func.coalesce(each.c.index_points, 0))
        statement = (
            sa.select(each.c.branch_org_id, *sums.values(), *bands.values())
            .select_from(joined)
            .where(scored(first_day(month), each.c))
            .group_by(each.c.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, named(row, [*sums, *bands])


def _each(source: Source, block: Block, month: str, classes: Mapping[str, list[int]]) -> sa.Select[Any]:
    """First per membership, then per branch: the roster is looked up once per member and not per entry. The outer
    join keeps the order members → entries, which a planner with stale statistics may turn round."""
    earned = sa.and_(
        p.member_id == s.member_id,
        p.deleted_at.is_(None),
        p.subject_type == "member",
        p.scheme == source.scheme,
        p.period_month >= f"{month[:4]}-01",
        p.period_month <= month,
    )
    by_class = [
        sa.func.sum(sa.case((p.rule_id.in_(rules), p.points), else_=0)).label(name)
        for name, rules in classes.items()
    ]
    return (
        sa.select(*HELD, sa.func.sum(p.points).label("index_points"), *by_class)
        .select_from(memberships.outerjoin(point_entries, earned))
        .where(membership(source.calendar.day_of(month)), branch_filter(s.branch_org_id, block))
        .group_by(*HELD)
    )


def _rules_of_classes(source: Source) -> dict[str, list[int]]:
    """Measure of each class → point rules of its indicators; classes without a rule are left out."""
    if "point_rules" in source.missing:
        return {}
    found: dict[str, list[int]] = {}
    for rule_id, indicator in source.rows(sa.select(r.rule_id, r.indicator_id).where(r.deleted_at.is_(None))):
        rule = source.member_rules.get(indicator)
        if rule is not None and rule.group in CLASSES:
            found.setdefault(CLASSES[rule.group], []).append(rule_id)
    return found


def _bands(points: sa.ColumnElement[Any]) -> dict[str, sa.Label[Any]]:
    """Members per band, the lower bound included."""
    edges = [None, *BANDS, None]
    bands = {}
    for low, high in pairwise(edges):
        name = "index_below_10" if low is None else f"index_from_{low}"
        above = sa.true() if low is None else points >= low
        below = sa.true() if high is None else points < high
        bands[name] = sa.func.sum(sa.case((sa.and_(above, below), 1), else_=0)).label(name)
    return bands
