"""One indicator or measure of an organisation of the viewer's subtree in one month, as published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, months_between
from data.indicators.entry import Indicator
from data.queries import district_figures
from data.queries.area_lights import area_light
from data.queries.figure_parts import Part
from data.queries.trace import LIFE_OF_A_MEASURE, MeasureSeen, Own, Traced
from data.queries.trace import Place as TracedPlace
from data.readmodel.light import Light
from data.readmodel.measures import Measure
from data.readmodel.scoped import Place, ScopedReader

_BLANK = ("value", "score", "light", "average", "percentile", "red", "yellow", "branches", "pooled")


def load(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> Traced | None:
    """The trace of a branch or area indicator; None for a month the read model does not hold."""
    m = reader.months.c
    state = reader.rows(sa.select(m.status, m.version_no).where(m.period_month == month))
    if not state:
        return None
    stored = entry.level == "branch" and f"{entry.id}_value" in reader.branch_results.c
    found = (_of_branch if place.is_branch else _of_area)(reader, entry, place, month) if stored else {}
    version = reader.version
    return Traced(
        place=TracedPlace(**{one.name: getattr(place, one.name) for one in fields(TracedPlace)}),
        month=month,
        month_status=state[0].status,
        closing_version=state[0].version_no,
        published_at=version.published_at,
        as_of=version.as_of,
        version=version.number,
        measures=tuple(measures(reader, entry.reads, place, month)),
        parts=_parts(reader, entry, place, month),
        own=None if place.is_branch or entry.committees is None else _own(reader, entry, place, month),
        **{**dict.fromkeys(_BLANK), **found},  # type: ignore[arg-type]
    )


def measures(reader: ScopedReader, names: Sequence[str], place: Place, month: str) -> list[MeasureSeen]:
    """The measures among these names, in the month and over three and twelve; no others."""
    return _seen_in(
        reader, reader.branch_months if place.is_branch else reader.org_months, names, place, month
    )


def _parts(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> tuple[Part, ...]:
    """A figure that only the district has, for whom the district is theirs to see."""
    if entry.id not in district_figures.FIGURES or place.depth or not reader.viewer.is_of_district:
        return ()
    whole, scope = reader.of_district()
    return tuple(district_figures.figure(whole, scope, entry.id, month))


def _of_branch(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> dict[str, object]:
    r = reader.branch_results.c
    columns = [r[f"{entry.id}_{part}"] for part in ("value", "score", "light")]
    rows = reader.rows(sa.select(*columns).where(r.org_id == place.org_id, r.period_month == month))
    if not rows:
        return {}
    value, score, light = rows[0]
    lower, known = (0, 0) if score is None else reader.standing(f"{entry.id}_score", month, score)
    return {
        "value": value,
        "score": score,
        "light": None if light is None else Light(int(light)),
        "average": _area(reader, reader.district_months, entry, None, month).get("value"),
        "percentile": lower / known if known else None,
    }


def _of_area(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> dict[str, object]:
    here = _area(reader, reader.org_months, entry, place, month)
    average = _area(reader, reader.district_months, entry, None, month).get("value")
    return {**here, "average": average} if here else {}


def _area(
    reader: ScopedReader, table: sa.Subquery, entry: Indicator, place: Place | None, month: str
) -> dict[str, object]:
    """Means over the branches that have a value, their lights and what follows from them, the pooled ratio."""
    o = table.c
    names = ("red", "yellow", "score_sum", "score_count", "value_sum", "value_count")
    pooled = [o[name] for name in entry.pooled or ()]
    query = sa.select(*(o[f"{entry.id}_{name}"].label(name) for name in names), *pooled)
    query = query.where(o.period_month == month)
    rows = reader.rows(query if place is None else query.where(o.org_id == place.org_id))
    if not rows:
        return {}
    row = rows[0]
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


def _own(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> Own | None:
    c = reader.committee_months.c
    columns = [c[f"{entry.id}_{part}"] for part in ("value", "light")]
    rows = reader.rows(sa.select(*columns).where(c.org_id == place.org_id, c.period_month == month))
    if not rows or rows[0][1] is None:
        return None
    seen = _seen_in(reader, reader.committee_months, entry.reads, place, month)
    return Own(rows[0][0], Light(int(rows[0][1])), tuple(seen))


def _seen_in(
    reader: ScopedReader, table: sa.Subquery, names: Sequence[str], place: Place, month: str
) -> list[MeasureSeen]:
    known = [LIFE_OF_A_MEASURE[name] for name in names if name in LIFE_OF_A_MEASURE and name in table.c]
    if not known:
        return []
    span = months_between(add_months(month, -11), month)
    query = sa.select(table.c.period_month, *(table.c[measure.name] for measure in known)).where(
        table.c.org_id == place.org_id, table.c.period_month.in_(span)
    )
    rows: Mapping[str, Any] = {row[0]: row[1:] for row in reader.rows(query)}
    return [
        _seen(measure, [rows[m][at] if m in rows else None for m in span]) for at, measure in enumerate(known)
    ]


def _seen(measure: Measure, series: Sequence[float | None]) -> MeasureSeen:
    if measure.kind != "flow":
        return MeasureSeen(measure, series[-1], None, None)
    return MeasureSeen(measure, series[-1], _sum(series[-3:]), _sum(series))


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
