"""Columns of organisations by month, the same for a branch and for what stands above branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from data.readmodel.measures import MEASURES
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

# Column → value; None is a missing feed.
Row = Mapping[str, float | None]
ROW_CAP = 10_000
_MEASURES = frozenset(measure.name for measure in MEASURES)
_PLACE = tuple(Place.__dataclass_fields__)


def months_of(
    reader: ScopedReader, place: Place, names: Sequence[str], first: str, last: str
) -> dict[str, Row]:
    """Measures and area columns of one organisation by month, both ends included; months without a row are absent.

    Of a branch only measures (`branch_months`) and results (`branch_results`) are known; a name neither table has is
    a KeyError.
    """
    table = _joined(reader, names) if place.is_branch else reader.columns("org_months", names)
    return _by_month(reader, table, [table.c.org_id == place.org_id], names, first, last)


def months_of_district(reader: ScopedReader, names: Sequence[str], first: str, last: str) -> dict[str, Row]:
    """The same columns of the whole district, for comparison."""
    return _by_month(reader, reader.columns("district_months", names), [], names, first, last)


def committees_below(
    reader: ScopedReader, place: Place, names: Sequence[str], month: str
) -> list[tuple[Place, Row]]:
    """Organisations above branches directly below, in tree order, with their sums of one month; dissolved and not yet
    founded ones have no row and are left out."""
    n, o = reader.nodes.c, reader.columns("org_months", names)
    query = (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE), *(o.c[name] for name in names))
        .select_from(reader.nodes.join(o, o.c.org_id == n.org_id))
        .where(n.parent_org_id == place.org_id, n.org_type.not_in(BRANCH_TYPES), o.c.period_month == month)
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    return _placed(reader, query, names)


def branches_below(
    reader: ScopedReader, place: Place, names: Sequence[str], month: str
) -> list[tuple[Place, Row]]:
    """Active branches anywhere below (or the branch itself), in tree order, with measures and results of one month."""
    n, b = reader.nodes.c, _joined(reader, [*names, "active"])
    within = sa.and_(n.position >= place.position, n.position < place.subtree_end)
    query = (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE), *(b.c[name] for name in names))
        .select_from(reader.nodes.join(b, b.c.org_id == n.org_id))
        .where(within, n.org_type.in_(BRANCH_TYPES), b.c.period_month == month, b.c.active == 1)
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    return _placed(reader, query, names)


def _joined(reader: ScopedReader, names: Sequence[str]) -> sa.Subquery:
    """Measures and results of a branch side by side: no name is in both."""
    asked = dict.fromkeys(names)
    counted = [name for name in asked if name in _MEASURES]
    judged = [name for name in asked if name not in _MEASURES]
    b, r = reader.columns("branch_months", counted), reader.columns("branch_results", judged)
    same = sa.and_(r.c.org_id == b.c.org_id, r.c.period_month == b.c.period_month)
    return sa.select(*b.c, *(r.c[name] for name in judged)).select_from(b.join(r, same)).subquery("branches")


def _by_month(
    reader: ScopedReader,
    table: sa.Subquery,
    conditions: Sequence[sa.ColumnElement[bool]],
    names: Sequence[str],
    first: str,
    last: str,
) -> dict[str, Row]:
    month = table.c.period_month
    query = sa.select(month, *(table.c[name] for name in names)).where(
        *conditions, month >= first, month <= last
    )
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in reader.rows(query)}


def _placed(reader: ScopedReader, query: sa.Select[Any], names: Sequence[str]) -> list[tuple[Place, Row]]:
    wide = len(_PLACE)
    return [(Place(*row[:wide]), dict(zip(names, row[wide:], strict=True))) for row in reader.rows(query)]


def ratio(row: Row | None, numerator: str, denominator: str) -> float | None:
    """Numerator ÷ denominator of one row; None where there is none or a part is missing."""
    if row is None:
        return None
    over, below = row.get(numerator), row.get(denominator)
    return over / below if over is not None and below else None
