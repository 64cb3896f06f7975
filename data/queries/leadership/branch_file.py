"""One branch as its file and its report show it: two years of months beside its superior and the district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from data.clock import add_months, months_between
from data.queries.leadership import warning_life
from data.queries.leadership.sums import Row, months_of, months_of_district, ratio
from data.queries.leadership.warning_life import ENDED, WarningLife
from data.queries.report_branches import MONTHS, Array, BranchCheck, Judged, OpenWarning, Organisation
from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader

HISTORY = 24


@dataclass(frozen=True)
class BranchFile:
    """A branch in a month.

    ``months`` are 24, oldest first; ``own``, ``above`` and ``district`` hold rows by month (absent: no row).
    ``superior`` is the committee the viewer may see above the branch, None for none. ``percentiles`` is per indicator
    the share of branches of the district with fewer points, absent without points; ``rank`` the place by points below
    the superior and of how many, equal points sharing a place.
    """

    months: tuple[str, ...]
    own: Mapping[str, Row]
    district: Mapping[str, Row]
    superior: Place | None
    above: Mapping[str, Row]
    check: BranchCheck
    percentiles: Mapping[str, float]
    rank: tuple[int, int] | None
    warnings: tuple[WarningLife, ...]


def load(
    reader: ScopedReader, place: Place, month: str, indicators: Sequence[str], axes: Sequence[str],
    measures: Sequence[str],
) -> BranchFile | None:  # fmt: skip
    """None for a month in which the branch has no row. Indicators that are not stored are left out."""
    stored = [name for name in indicators if f"{name}_value" in reader.branch_results.c]
    months = tuple(months_between(add_months(month, 1 - HISTORY), month))
    parts = [f"{name}_{part}" for name in stored for part in ("value", "score", "light")]
    # A name asked for twice is one column.
    asked = list(dict.fromkeys(["light", "score", "eligible", *axes, *parts, *measures]))
    own = months_of(reader, place, asked, months[0], month)
    if month not in own:
        return None
    superior = _superior(reader, place)
    sums = ["score_sum", "score_count"]
    above = {} if superior is None else months_of(reader, superior, sums, months[0], month)
    district = months_of_district(reader, _of_district(stored, axes), months[0], month)
    lives = warning_life.load(reader, place)
    percentiles = _percentiles(reader, own[month], stored, month)
    return BranchFile(
        months=months,
        own=own,
        district=district,
        superior=superior,
        above=above,
        check=_check(reader, place, months[-MONTHS:], own, district, stored, percentiles, lives),
        warnings=tuple(lives),
        percentiles=percentiles,
        rank=None if superior is None else _rank(reader, superior, month, own[month]["score"]),
    )


def check(
    reader: ScopedReader, place: Place, month: str, indicators: Sequence[str], measures: Sequence[str]
) -> BranchCheck | None:
    """The branch as its monthly report says it, without the mean of its sector; None without a row."""
    found = load(reader, place, month, indicators, (), measures)
    return None if found is None else found.check


def _of_district(indicators: Sequence[str], axes: Sequence[str]) -> list[str]:
    parts = ("value_sum", "value_count", "score_sum", "score_count")
    names = ["score_sum", "score_count", "present", "required", "dues_full", "dues_owed"]
    names += [f"{axis}_{part}" for axis in axes for part in ("sum", "count")]
    return [*names, *(f"{name}_{part}" for name in indicators for part in parts)]


def _superior(reader: ScopedReader, place: Place) -> Place | None:
    """The lowest committee above; the general branch or the district only where no committee stands between."""
    path = reader.path(place)[:-1]
    committees = [one for one in path if one.org_type.endswith("committee") and one.parent_org_id is not None]
    below_district = [one for one in path if one.parent_org_id is not None]
    return next(iter([*committees[::-1], *below_district[::-1]]), None)


def _rank(reader: ScopedReader, superior: Place, month: str, score: float | None) -> tuple[int, int] | None:
    """Points are compared as they are shown, with one decimal."""
    if score is None:
        return None
    n, r = reader.nodes, reader.columns("branch_results", ["score"])
    higher = r.c.score >= round(score, 1) + 0.05
    row = reader.rows(
        sa.select(sa.func.coalesce(sa.func.sum(sa.case((higher, 1), else_=0)), 0), sa.func.count(r.c.score))
        .select_from(r.join(n, n.c.org_id == r.c.org_id))
        .where(reader.below(superior), r.c.period_month == month)
    )[0]
    return int(row[0]) + 1, int(row[1])


def _percentiles(reader: ScopedReader, row: Row, indicators: Sequence[str], month: str) -> dict[str, float]:
    known = {f"{name}_score": row[f"{name}_score"] for name in indicators} | {"score": row["score"]}
    values = {name: value for name, value in known.items() if value is not None}
    counts = reader.standings(values, month)
    return {name.removesuffix("_score"): lower / of for name, (lower, of) in counts.items() if of}


def _check(
    reader: ScopedReader,
    place: Place,
    months: Sequence[str],
    own: Mapping[str, Row],
    district: Mapping[str, Row],
    indicators: Sequence[str],
    percentiles: Mapping[str, float],
    lives: Sequence[WarningLife],
) -> BranchCheck:
    row, mean = own[months[-1]], district.get(months[-1])

    def judged(name: str) -> Judged:
        shown = _light(row[f"{name}_light"])
        known = shown not in (Light.NA, Light.NODATA)
        return Judged(
            name,
            row[f"{name}_value"] if known else None,
            shown,
            row[f"{name}_score"],
            ratio(mean, f"{name}_value_sum", f"{name}_value_count"),
            ratio(mean, f"{name}_score_sum", f"{name}_score_count"),
            _series(own, months, f"{name}_value"),
        )

    scores = [ratio(district.get(m), "score_sum", "score_count") for m in months]
    return BranchCheck(
        organisation=_organisation(reader, place),
        months=tuple(months),
        light=_light(row["light"]),
        score=row["score"],
        lights=_series(own, months, "light"),
        scores=_series(own, months, "score"),
        average_scores=_array(scores),
        sector_score=None,
        percentile=percentiles.get("score"),
        judged=tuple(judged(name) for name in indicators),
        counts={name: _series(own, months, name) for name in row},
        warnings=tuple(_open_warnings(lives)),
    )


def _series(rows: Mapping[str, Row], months: Sequence[str], name: str) -> Array:
    return _array([rows[m][name] if m in rows else None for m in months])


def _array(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _light(value: float | None) -> Light:
    return Light.NODATA if value is None else Light(int(value))


def _organisation(reader: ScopedReader, place: Place) -> Organisation:
    n = reader.nodes.c
    found = reader.rows(sa.select(n.lng, n.lat).where(n.org_id == place.org_id))[0]
    path = reader.path(place)
    superior = path[-2].short_name if len(path) > 1 else ""
    return Organisation(
        place.org_id,
        place.name,
        place.short_name,
        place.org_code,
        place.sector,
        superior,
        found.lng,
        found.lat,
    )


def _open_warnings(lives: Sequence[WarningLife]) -> list[OpenWarning]:
    """Red before yellow, the earliest limit first."""
    still = [one for one in lives if one.state not in ENDED]
    still.sort(key=lambda one: (one.level != "red", f"{one.due_on or ''}", one.warning_id))
    return [
        OpenWarning(
            one.indicator,
            one.level,
            one.state,
            one.raised_at,
            one.due_on,
            one.escalation,
            one.owner,
            one.escalated_to,
        )
        for one in still
    ]
