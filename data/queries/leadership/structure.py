"""The tree of an area at the end of a month: what stands in it, terms, secretaries, what breaks the size rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from data.clock import last_day
from data.indicators.warnings import COMMITTEE_FROM, LARGEST, LARGEST_GENERAL, MOST_UNITS, SMALLEST
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

Breach = Literal["too_small", "too_large", "no_committee", "too_many_units", "general_too_large"]
# A district has some thousands of organisations beside party groups; more are not one tree on one page.
MOST = 10_000
# What judges how an organisation is set up, of branches and of committees themselves.
OF_BRANCHES = (
    "hs_b_term", "hs_b_leadership", "jn_w12_term_expired", "jn_w13_secretary_vacant", "jn_w15_structure_abnormal",
)  # fmt: skip
OF_COMMITTEES = ("jn_w12_term_expired", "jn_w13_secretary_vacant", "jn_w15_structure_abnormal")
_PLACE = tuple(Place.__dataclass_fields__)
_MEASURES = ("members", "full_members", "has_committee", "joint_units", "temporary", "eligible")
_TERMS = ("term_days", "has_secretary", "vacancy_days")
_AREA = ("members", "active", "red_branches", "yellow_branches")


@dataclass(frozen=True)
class Unit:
    """One organisation in being at the end of the month; None where nothing is known or it does not apply.

    ``term_until`` is the last day of its term. ``branches`` and their lights are of what stands below (a branch: None).
    ``light`` is the worst of its own lights about term, secretary and size.
    """

    place: Place
    members: float | None
    branches: float | None
    red: float | None
    yellow: float | None
    term_days: float | None
    term_until: date | None
    has_secretary: bool | None
    vacancy_days: float | None
    breaches: tuple[Breach, ...]
    light: Light | None


def load(reader: ScopedReader, place: Place, month: str) -> list[Unit]:
    """The place and all organisations below it in tree order, party groups left out; at most 10,000."""
    return [_unit(row, month) for row in reader.rows(_query(reader, place, month))]


def counts(reader: ScopedReader, place: Place, month: str) -> Mapping[str, int]:
    """Organisations below the place in being at the end of the month, by type, party groups too."""
    n = reader.nodes.c
    query = (
        sa.select(n.org_type, sa.func.count())
        .where(reader.below(place), _in_being(reader, month))
        .group_by(n.org_type)
    )
    return Counter({kind: int(count) for kind, count in reader.rows(query)})


def _in_being(reader: ScopedReader, month: str) -> sa.ColumnElement[bool]:
    n, day = reader.nodes.c, last_day(month)
    founded = sa.or_(n.established_on.is_(None), n.established_on <= day)
    return sa.and_(founded, sa.or_(n.dissolved_on.is_(None), n.dissolved_on > day))


def _query(reader: ScopedReader, place: Place, month: str) -> sa.Select[Any]:
    n = reader.nodes
    b = reader.columns("branch_months", (*_MEASURES, *_TERMS))
    r = reader.columns("branch_results", [f"{name}_light" for name in OF_BRANCHES])
    o = reader.columns("org_months", _AREA)
    c = reader.columns(
        "committee_months", (*_TERMS, "eligible", *(f"{name}_light" for name in OF_COMMITTEES))
    )
    source: Any = n
    for table in (b, r, o, c):
        same = sa.and_(table.c.org_id == n.c.org_id, table.c.period_month == month)
        source = source.outerjoin(table, same)
    within = sa.and_(n.c.position >= place.position, n.c.position < place.subtree_end)
    columns = [
        *(n.c[name].label(f"place_{name}") for name in _PLACE),
        *(b.c[name].label(f"branch_{name}") for name in (*_MEASURES, *_TERMS)),
        *(o.c[name].label(f"area_{name}") for name in _AREA),
        *(c.c[name].label(f"own_{name}") for name in (*_TERMS, "eligible")),
        *(r.c[f"{name}_light"].label(f"b_{name}") for name in OF_BRANCHES),
        *(c.c[f"{name}_light"].label(f"c_{name}") for name in OF_COMMITTEES),
    ]
    return (
        sa.select(*columns)
        .select_from(source)
        .where(within, n.c.org_type != "party_group", _in_being(reader, month))
        .order_by(n.c.position)
        .limit(MOST)
    )


def _unit(row: Any, month: str) -> Unit:
    at = row._mapping
    place = Place(*(at[f"place_{name}"] for name in _PLACE))
    leaf = place.is_branch
    days, has, vacancy = (at[f"{'branch' if leaf else 'own'}_{name}"] for name in _TERMS)
    lights = (
        [at[f"b_{name}"] for name in OF_BRANCHES] if leaf else [at[f"c_{name}"] for name in OF_COMMITTEES]
    )
    known = [int(light) for light in lights if light is not None]
    return Unit(
        place=place,
        members=at["branch_members"] if leaf else at["area_members"],
        branches=None if leaf else at["area_active"],
        red=None if leaf else at["area_red_branches"],
        yellow=None if leaf else at["area_yellow_branches"],
        term_days=days,
        term_until=None if days is None else last_day(month) + timedelta(days=round(days)),
        has_secretary=None if has is None else bool(has),
        vacancy_days=vacancy,
        breaches=tuple(_breaches_of_branch(at) if leaf else _breaches_of_area(place, at)),
        light=Light(max(known)) if known else None,
    )


def _breaches_of_branch(at: Mapping[str, Any]) -> list[Breach]:
    """As jn_w15 counts them; a branch not yet judged has none, what is not known is none."""
    full, members, units = at["branch_full_members"], at["branch_members"], at["branch_joint_units"]
    if not at["branch_eligible"] or full is None:
        return []
    found: list[tuple[Breach, bool]] = [
        ("too_small", full < SMALLEST and not at["branch_temporary"]),
        ("too_large", (members or 0) > LARGEST),
        ("no_committee", full >= COMMITTEE_FROM and at["branch_has_committee"] == 0),
        ("too_many_units", (units or 0) > MOST_UNITS),
    ]
    return [name for name, broken in found if broken]


def _breaches_of_area(place: Place, at: Mapping[str, Any]) -> list[Breach]:
    large = place.org_type == "general_branch" and (at["area_members"] or 0) > LARGEST_GENERAL
    return ["general_too_large"] if large and at["own_eligible"] != 0 else []


def branches_of(units: Sequence[Unit]) -> list[Unit]:
    """Only the branches among them."""
    return [unit for unit in units if unit.place.org_type in BRANCH_TYPES]
