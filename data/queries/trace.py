"""One indicator of one organisation in one month, as published: value, light, average, measures, as-of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.clock import add_months, months_between
from data.indicators.entry import Indicator
from data.queries import district_figures
from data.queries.area_lights import area_light
from data.queries.figure_parts import Part
from data.readmodel.light import Light
from data.readmodel.measures import MEASURES, Measure
from data.readmodel.reader import Reader
from data.readmodel.results import indicator_column
from data.readmodel.schema import (
    branch_months,
    branch_results,
    committee_months,
    months,
    nodes,
    org_months,
)
from data.scope import Scope

BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
LIFE_OF_A_MEASURE = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True)
class Place:
    """An organisation as its name says it."""

    org_id: int
    name: str
    short_name: str
    org_code: str
    org_type: str
    position: int
    subtree_end: int

    @property
    def is_branch(self) -> bool:
        """Whether it has a value of its own or the sum of its branches."""
        return self.org_type in BRANCH_TYPES


@dataclass(frozen=True)
class MeasureSeen:
    """A measure in the month and over three and twelve months; None where it does not add up over months or is not
    known."""

    measure: Measure
    month: float | None
    three_months: float | None
    year: float | None


@dataclass(frozen=True)
class Own:
    """What an indicator says of a committee itself, apart from its branches, with the measures of its own rows."""

    value: float | None
    light: Light
    measures: tuple[MeasureSeen, ...]


@dataclass(frozen=True)
class Traced:
    """What the read model says. ``percentile`` (share of eligible branches with a lower score) is of a branch,
    ``red``, ``yellow``, ``branches`` and ``pooled`` of a committee or the district, whose ``light`` follows from
    them; ``parts`` of a figure that only areas have; ``own`` of a committee that is judged itself."""

    place: Place
    month: str
    month_status: str
    closing_version: int
    published_at: datetime
    as_of: datetime | None
    version: int
    value: float | None
    score: float | None
    light: Light | None
    average: float | None
    percentile: float | None
    red: float | None
    yellow: float | None
    branches: float | None
    pooled: float | None
    measures: tuple[MeasureSeen, ...]
    parts: tuple[Part, ...] = ()
    own: Own | None = None


def find(reader: Reader, text: str) -> list[Place]:
    """Organisations of this id, code, name or short name; several when a name is not unique, none when unknown."""
    names = [nodes.c.org_code == text, nodes.c.name == text, nodes.c.short_name == text]
    if text.isdecimal():
        names.append(nodes.c.org_id == int(text))
    columns = [nodes.c[name] for name in Place.__dataclass_fields__]
    query = sa.select(*columns).where(sa.or_(*names)).order_by(nodes.c.position)
    return [Place(*row) for row in reader.connection.execute(query)]


def known_names(reader: Reader, *, only_branches: bool = False) -> list[str]:
    """Short names, names and codes of all organisations, in the order of the tree."""
    query = sa.select(nodes.c.short_name, nodes.c.name, nodes.c.org_code).order_by(nodes.c.position)
    if only_branches:
        query = query.where(nodes.c.org_type.in_(BRANCH_TYPES))
    return [name for row in reader.connection.execute(query) for name in row]


def root(reader: Reader) -> Place:
    """The district itself."""
    return find(reader, str(reader.root_org_id))[0]


def branches_below(reader: Reader, place: Place) -> list[int] | None:
    """Branches of the subtree as it stands now; None for the whole district."""
    if place.org_id == reader.root_org_id:
        return None
    inside = sa.and_(nodes.c.position >= place.position, nodes.c.position < place.subtree_end)
    query = sa.select(nodes.c.org_id).where(inside, nodes.c.org_type.in_(BRANCH_TYPES))
    return list(reader.connection.scalars(query.order_by(nodes.c.org_id)))


def load(reader: Reader, scope: Scope, entry: Indicator, place: Place, month: str) -> Traced | None:
    """The trace of a branch or area indicator; None for a month the read model does not hold."""
    state = reader.connection.execute(
        sa.select(months.c.status, months.c.version_no).where(months.c.period_month == month)
    ).one_or_none()
    if state is None:
        return None
    version = reader.version
    stored = entry.level == "branch" and f"{entry.id}_value" in branch_results.c
    found = _of_branch if place.is_branch else _of_area
    of_place = found(reader, entry, place, month) if stored else {}
    figures = entry.id in district_figures.FIGURES and place.org_id == reader.root_org_id
    parts = district_figures.figure(reader, scope, entry.id, month) if figures else []
    blank = dict.fromkeys(
        ("value", "score", "light", "average", "percentile", "red", "yellow", "branches", "pooled")
    )
    return Traced(
        place=place,
        month=month,
        month_status=state.status,
        closing_version=state.version_no,
        published_at=version.published_at,
        as_of=version.as_of,
        version=version.number,
        measures=_measures(reader, entry, place, month),
        parts=tuple(parts),
        own=None if place.is_branch else _own(reader, entry, place, month),
        **{**blank, **of_place},  # type: ignore[arg-type]
    )


def _of_branch(reader: Reader, entry: Indicator, place: Place, month: str) -> dict[str, object]:
    r = branch_results.c
    value, score, light = (r[indicator_column(entry.id, part)] for part in ("value", "score", "light"))
    here = reader.connection.execute(
        sa.select(value, score, light).where(r.org_id == place.org_id, r.period_month == month)
    ).one_or_none()
    if here is None:
        return {}
    own = here[1]
    lower = sa.func.sum(sa.case((score < own, 1), else_=0)) if own is not None else sa.null()
    rank = reader.connection.execute(
        sa.select(lower, sa.func.count(score)).where(r.period_month == month)
    ).one()
    share = rank[0] / rank[1] if own is not None and rank[1] else None
    return {
        "value": here[0],
        "score": own,
        "light": None if here[2] is None else Light(int(here[2])),
        "average": _area(reader, entry, reader.root_org_id, month).get("value"),
        "percentile": share,
    }


def _of_area(reader: Reader, entry: Indicator, place: Place, month: str) -> dict[str, object]:
    here = _area(reader, entry, place.org_id, month)
    average = _area(reader, entry, reader.root_org_id, month).get("value")
    return {**here, "average": average} if here else {}


def _area(reader: Reader, entry: Indicator, org_id: int, month: str) -> dict[str, object]:
    """Means over the branches that have a value, their lights and what follows from them, the pooled ratio."""
    o = org_months.c
    names = ("red", "yellow", "score_sum", "score_count", "value_sum", "value_count")
    columns = [o[f"{entry.id}_{name}"].label(name) for name in names]
    pooled = [o[name] for name in entry.pooled or ()]
    row = reader.connection.execute(
        sa.select(*columns, *pooled).where(o.org_id == org_id, o.period_month == month)
    ).one_or_none()
    if row is None:
        return {}
    n, d = (row[6], row[7]) if pooled else (None, None)
    return {
        "value": row.value_sum / row.value_count if row.value_count else None,
        "score": row.score_sum / row.score_count if row.score_count else None,
        "light": None if row.value_count is None else area_light(row.red, row.yellow, row.value_count),
        "red": row.red,
        "yellow": row.yellow,
        "branches": row.value_count,
        "pooled": n / d if n is not None and d else None,
    }


def _own(reader: Reader, entry: Indicator, place: Place, month: str) -> Own | None:
    if entry.committees is None:
        return None
    c = committee_months.c
    value, light = (c[indicator_column(entry.id, part)] for part in ("value", "light"))
    row = reader.connection.execute(
        sa.select(value, light).where(c.org_id == place.org_id, c.period_month == month)
    ).one_or_none()
    if row is None or row[1] is None:
        return None
    return Own(row[0], Light(int(row[1])), _measures_of(reader, committee_months, entry, place, month))


def _measures(reader: Reader, entry: Indicator, place: Place, month: str) -> tuple[MeasureSeen, ...]:
    return _measures_of(reader, branch_months if place.is_branch else org_months, entry, place, month)


def _measures_of(
    reader: Reader, table: sa.Table, entry: Indicator, place: Place, month: str
) -> tuple[MeasureSeen, ...]:
    known = [LIFE_OF_A_MEASURE[name] for name in entry.reads if name in LIFE_OF_A_MEASURE]
    known = [measure for measure in known if measure.name in table.c]
    if not known:
        return ()
    span = months_between(add_months(month, -11), month)
    rows = reader.connection.execute(
        sa.select(table.c.period_month, *(table.c[measure.name] for measure in known)).where(
            table.c.org_id == place.org_id, table.c.period_month.in_(span)
        )
    )
    by_month = {row[0]: row[1:] for row in rows}
    return tuple(_seen(measure, [by_month.get(m) for m in span], at) for at, measure in enumerate(known))


def _seen(measure: Measure, rows: Sequence[Sequence[float | None] | None], at: int) -> MeasureSeen:
    series = [None if row is None else row[at] for row in rows]
    if measure.kind != "flow":
        return MeasureSeen(measure, series[-1], None, None)
    return MeasureSeen(measure, series[-1], _sum(series[-3:]), _sum(series))


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
