"""Organisations of an area ranked by 诊疗分 in one month, with their places in another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.queries.leadership.sums import Row, branches_below, committees_below, ratio
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import Place, ScopedReader

_OF_AREA = (
    *("score_sum", "score_count", "eligible", "members", "red_branches", "yellow_branches"),
    *(f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")),
)
_OF_BRANCH = ("score", "light", "eligible", "members", *RADAR_AXES)


@dataclass(frozen=True)
class Ranked:
    """One organisation; ``rank`` among those with a score, equal ones share a place, ``before`` its place then.

    ``red`` and ``yellow`` are branches (of a branch 1 or 0), ``light`` only a branch has.
    """

    place: Place
    score: float | None
    axes: Mapping[str, float | None]
    members: float | None
    eligible: float | None
    red: float | None
    yellow: float | None
    light: Light | None
    rank: int | None = None
    before: int | None = None


def load(reader: ScopedReader, place: Place, month: str, then: str, *, direct: bool) -> list[Ranked]:
    """Best first, those without a score last in tree order; ``direct``: what stands directly below, committees and
    branches alike, else all branches."""
    found = _read(reader, place, month, direct=direct)
    now = _places(found)
    past = _places(_read(reader, place, then, direct=direct))
    ranked = [
        Ranked(**{**vars(one), "rank": now.get(org), "before": past.get(org)})
        for org, one in ((one.place.org_id, one) for one in found)
    ]
    return sorted(ranked, key=lambda one: (one.rank is None, one.rank, one.place.position))


def axis_mean(row: Row | None, axis: str) -> float | None:
    """Mean of an area on an axis; a gap while fewer than half of its eligible branches have a value (§11)."""
    if row is None or (row.get(f"{axis}_count") or 0) * 2 < (row.get("eligible") or 0):
        return None
    return ratio(row, f"{axis}_sum", f"{axis}_count")


def _read(reader: ScopedReader, place: Place, month: str, *, direct: bool) -> list[Ranked]:
    branches = [
        _branch(one, row)
        for one, row in branches_below(reader, place, _OF_BRANCH, month)
        if not direct or one.parent_org_id == place.org_id
    ]
    if not direct:
        return branches
    areas = [_area(one, row) for one, row in committees_below(reader, place, _OF_AREA, month)]
    return sorted([*areas, *branches], key=lambda one: one.place.position)


def _area(place: Place, row: Row) -> Ranked:
    return Ranked(
        place,
        ratio(row, "score_sum", "score_count"),
        {axis: axis_mean(row, axis) for axis in RADAR_AXES},
        row["members"],
        row["eligible"],
        row["red_branches"],
        row["yellow_branches"],
        None,
    )


def _branch(place: Place, row: Row) -> Ranked:
    lit = row["light"]
    light = None if lit is None else Light(int(lit))
    return Ranked(
        place,
        row["score"],
        {axis: row[axis] for axis in RADAR_AXES},
        row["members"],
        row["eligible"],
        None if light is None else float(light == Light.RED),
        None if light is None else float(light == Light.YELLOW),
        light,
    )


def _places(found: Sequence[Ranked]) -> dict[int, int]:
    """Competition ranks 1-2-2-4 by the score as it is shown, one decimal."""
    scores = {one.place.org_id: round(one.score, 1) for one in found if one.score is not None}
    in_order = sorted(scores.values(), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(in_order, start=1)))}
    return {org: first[score] for org, score in scores.items()}
