"""How an organisation stands in one month, said the same way of a branch and of an area: points, lights, indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.indicators.sets import BY_ID
from data.queries.area_lights import area_light
from data.queries.leadership import lights
from data.queries.leadership.ranking import axis_mean
from data.queries.leadership.sums import Row, months_of, ratio
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import Place, ScopedReader

_AREA = (
    *("score_sum", "score_count", "red_branches", "yellow_branches", "eligible"),
    *(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")),
)


@dataclass(frozen=True)
class Judged:
    """One indicator: value as it is shown, points 0-100, light; of an area its red and yellow branches."""

    value: float | None
    score: float | None
    light: Light | None
    red: float | None = None
    yellow: float | None = None


@dataclass(frozen=True)
class Condition:
    """One organisation in one month; ``light`` only a branch has, ``red`` and ``yellow`` branches only an area.
    ``row`` are the measures asked for, the same names in both."""

    place: Place
    month: str
    score: float | None
    light: Light | None
    red: float | None
    yellow: float | None
    eligible: float | None
    axes: Mapping[str, float | None]
    judged: Mapping[str, Judged]
    row: Row


def load(
    reader: ScopedReader, place: Place, month: str, indicators: Sequence[str], measures: Sequence[str]
) -> Condition | None:
    """None for a month the organisation has no row of; an indicator nobody has a light of is left out."""
    read = _branch if place.is_branch else _area
    return read(reader, place, month, indicators, measures)


def scores(reader: ScopedReader, place: Place, first: str, last: str) -> dict[str, float | None]:
    """诊疗分 by month, both ends included; months without a row are absent."""
    if place.is_branch:
        rows = months_of(reader, place, ("score",), first, last)
        return {month: row["score"] for month, row in rows.items()}
    rows = months_of(reader, place, ("score_sum", "score_count"), first, last)
    return {month: ratio(row, "score_sum", "score_count") for month, row in rows.items()}


def _branch(
    reader: ScopedReader, place: Place, month: str, indicators: Sequence[str], measures: Sequence[str]
) -> Condition | None:
    known = [name for name in indicators if BY_ID[name].level == "branch"]
    columns = [f"{name}_{part}" for name in known for part in ("value", "score", "light")]
    names = ("score", "light", *RADAR_AXES, *columns, *measures)
    row = months_of(reader, place, names, month, month).get(month)
    if row is None:
        return None
    judged = {
        name: Judged(row[f"{name}_value"], row[f"{name}_score"], _light(row[f"{name}_light"]))
        for name in known
        if row[f"{name}_light"] is not None
    }
    axes = {axis: row[axis] for axis in RADAR_AXES}
    own = {name: row[name] for name in measures}
    return Condition(place, month, row["score"], _light(row["light"]), None, None, None, axes, judged, own)


def _area(
    reader: ScopedReader, place: Place, month: str, indicators: Sequence[str], measures: Sequence[str]
) -> Condition | None:
    row = months_of(reader, place, (*_AREA, *measures), month, month).get(month)
    if row is None:
        return None
    judged = {
        one.indicator: Judged(
            one.value, one.score, area_light(one.red, one.yellow, one.judged), one.red, one.yellow
        )
        for one in lights.of_area(reader, place, indicators, month)
    }
    return Condition(
        place,
        month,
        ratio(row, "score_sum", "score_count"),
        None,
        row["red_branches"],
        row["yellow_branches"],
        row["eligible"],
        {axis: axis_mean(row, axis) for axis in RADAR_AXES},
        judged,
        {name: row[name] for name in measures},
    )


def _light(value: float | None) -> Light | None:
    return None if value is None else Light(int(value))
