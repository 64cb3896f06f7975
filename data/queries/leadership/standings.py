"""Scores of organisations at the ends of quarters, and their places among their like (indicators.md §11.2-11.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

ROW_CAP = 60_000
UNRANKED = ("temporary_branch", "party_group")
_PLACE = tuple(Place.__dataclass_fields__)
_TWO = Decimal("0.01")


@dataclass(frozen=True)
class Measured:
    """What a district ranks by: a column of a branch with its sum and count in areas, sum and count of the scores of
    members beside it; ``adds_members``: the two means add up to the total."""

    column: str
    sums: tuple[str, str]
    members: tuple[str, str]
    adds_members: bool = False


@dataclass(frozen=True)
class Score:
    """One organisation at the end of a quarter; means rounded to two decimals, as they are ranked. ``is_ranked`` is
    false for the new, the temporary and those without one of the means."""

    branches: int
    mean: float | None
    member_mean: float | None
    total: float | None
    members: float | None
    attendance: float | None
    is_ranked: bool


@dataclass(frozen=True)
class Scored:
    """An organisation with its scores by the last month of each quarter, where it has any. ``is_unit`` marks one of
    the district's direct units, which are ranked among themselves; ``superior`` is its parent's name."""

    place: Place
    superior: str
    is_unit: bool
    scores: Mapping[str, Score]


def below(reader: ScopedReader, place: Place, measured: Measured, ends: Sequence[str]) -> list[Scored]:
    """What stands directly below, committees and branches alike, in tree order."""
    direct = reader.below(place, direct=True)
    return _scored([*_areas(reader, measured, ends, direct), *_branches(reader, measured, ends, direct)])


def branches(reader: ScopedReader, place: Place, measured: Measured, ends: Sequence[str]) -> list[Scored]:
    """All branches below, or the branch itself, in tree order."""
    n = reader.nodes.c
    within = sa.and_(n.position >= place.position, n.position < place.subtree_end)
    return _scored(list(_branches(reader, measured, ends, within)))


def own(reader: ScopedReader, place: Place, measured: Measured, ends: Sequence[str]) -> Mapping[str, Score]:
    """Scores of one organisation by quarter."""
    n = reader.nodes.c
    read = _branches if place.is_branch else _areas
    found = _scored(list(read(reader, measured, ends, n.org_id == place.org_id)))
    return found[0].scores if found else {}


def of_district(reader: ScopedReader, measured: Measured, ends: Sequence[str]) -> Mapping[str, Score]:
    """The mean of the whole district by quarter: what everybody is compared with."""
    d = reader.columns("district_months", _names(measured)).c
    query = sa.select(d.period_month, *_area_columns(d, measured)).where(d.period_month.in_(ends))
    return {row[0]: _score(row[1:], measured, ranked=False) for row in reader.rows(query)}


def places(totals: Mapping[int, float]) -> dict[int, int]:
    """Competition ranks 1-2-2-4 of totals by organisation."""
    in_order = sorted(totals.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(in_order, start=1)))}
    return {org_id: first[value] for org_id, value in totals.items()}


def two_decimals(value: float) -> float:
    """Rounded half up on the decimal writing, as the ranking asks."""
    return float(Decimal(f"{value:.6f}").quantize(_TWO, ROUND_HALF_UP))


def _areas(
    reader: ScopedReader, measured: Measured, ends: Sequence[str], which: sa.ColumnElement[bool]
) -> Iterator[tuple[Place, str, str, Score]]:
    months = reader.columns("org_months", _names(measured))
    o = months.c
    joined = reader.nodes.join(months, o.org_id == reader.nodes.c.org_id)
    kind = reader.nodes.c.org_type.not_in(BRANCH_TYPES)
    yield from _rows(
        reader, joined, _area_columns(o, measured), o.period_month, sa.and_(which, kind), ends, measured
    )


def _branches(
    reader: ScopedReader, measured: Measured, ends: Sequence[str], which: sa.ColumnElement[bool]
) -> Iterator[tuple[Place, str, str, Score]]:
    months = reader.columns("branch_months", [*measured.members, "members", "present", "required"])
    results = reader.columns("branch_results", [measured.column])
    b, r = months.c, results.c
    same = sa.and_(r.org_id == b.org_id, r.period_month == b.period_month)
    joined = reader.nodes.join(months, b.org_id == reader.nodes.c.org_id).join(results, same)
    value = r[measured.column]
    columns = [value, sa.case((value.is_not(None), 1), else_=0), *(b[name] for name in measured.members)]
    columns += [b.members, b.present, b.required]
    kind = reader.nodes.c.org_type.in_(BRANCH_TYPES)
    yield from _rows(reader, joined, columns, b.period_month, sa.and_(which, kind), ends, measured)


def _area_columns(c: sa.ColumnCollection[str, Any], measured: Measured) -> list[sa.ColumnElement[Any]]:
    return [c[name] for name in _names(measured)]


def _names(measured: Measured) -> tuple[str, ...]:
    return (*measured.sums, *measured.members, "members", "present", "required")


def _rows(
    reader: ScopedReader,
    joined: sa.Join,
    columns: Sequence[sa.ColumnElement[Any]],
    month: sa.ColumnElement[str],
    which: sa.ColumnElement[bool],
    ends: Sequence[str],
    measured: Measured,
) -> Iterator[tuple[Place, str, str, Score]]:
    """(organisation, name of its parent, month, score) in tree order."""
    n, parent = reader.nodes.c, reader.nodes.alias("parent")
    query = (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE))
        .add_columns(parent.c.short_name.label("superior"), n.established_on, n.dissolved_on, month, *columns)
        .select_from(joined.outerjoin(parent, parent.c.org_id == n.parent_org_id))
        .where(which, month.in_(ends))
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    wide = len(_PLACE)
    for row in reader.rows(query):
        place, (superior, founded, dissolved, end) = Place(*row[:wide]), row[wide : wide + 4]
        ranked = _stands(place.org_type, founded, dissolved, end)
        yield place, superior or "", end, _score(row[wide + 4 :], measured, ranked=ranked)


def _stands(org_type: str, founded: date | None, dissolved: date | None, end: str) -> bool:
    """Ranked from its first full quarter on, and until it is dissolved (§11.3-11.4)."""
    full = founded is None or founded <= first_day(add_months(end, -2))
    return full and org_type not in UNRANKED and (dissolved is None or dissolved > last_day(end))


def _score(row: Sequence[Any], measured: Measured, *, ranked: bool) -> Score:
    points, count, member_points, scored, members, present, required = row
    mean = None if points is None or not count else two_decimals(points / count)
    member_mean = None if member_points is None or not scored else two_decimals(member_points / scored)
    total = mean
    if measured.adds_members:
        known = mean is not None and member_mean is not None
        total = two_decimals(points / count + member_points / scored) if known else None
    attendance = present / required if present is not None and required else None
    return Score(int(count or 0), mean, member_mean, total, members, attendance, ranked and total is not None)


def _scored(rows: Sequence[tuple[Place, str, str, Score]]) -> list[Scored]:
    found: dict[int, Scored] = {}
    scores: dict[int, dict[str, Score]] = {}
    for place, superior, end, score in rows:
        of = scores.setdefault(place.org_id, {})
        of[end] = score
        unit = place.depth == 1 and place.town_id is None
        found.setdefault(place.org_id, Scored(place, superior, unit, of))
    return sorted(found.values(), key=lambda one: one.place.position)
