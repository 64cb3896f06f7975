"""What the monthly reports of the branches say: a closed month of every branch beside the mean of the district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from data.clock import add_months, last_day, months_between
from data.queries.figures_of_month import BRANCH_TYPES
from data.readmodel.light import Light
from data.readmodel.reader import Reader
from data.readmodel.results import indicator_column
from data.readmodel.schema import branch_months, branch_results, nodes, org_warnings

Array = NDArray[np.float64]

# The report shows a year; one month more tells what was a year ago.
MONTHS = 13
# Fewer branches of a sector are no group to compare with (indicators.md §11.1).
SMALLEST_GROUP = 5
_ENDED = ("rectified", "closed", "invalid")


@dataclass(frozen=True)
class Organisation:
    """A branch as it stands in the tree."""

    org_id: int
    name: str
    short_name: str
    org_code: str
    sector: str
    superior: str
    lng: float | None
    lat: float | None


@dataclass(frozen=True)
class OpenWarning:
    """One warning not yet put right; ``escalated_to`` is who has it beside its owner, None for nobody."""

    indicator: str
    level: str
    state: str
    raised_at: datetime
    due_on: date | None
    escalation: int
    owner: str
    escalated_to: str | None


@dataclass(frozen=True)
class Judged:
    """One indicator of one branch; None where na or nodata. ``values`` are the months of the report, newest last."""

    indicator: str
    value: float | None
    light: Light
    score: float | None
    average: float | None
    average_score: float | None
    values: Array = field(compare=False)


@dataclass(frozen=True)
class BranchCheck:
    """A branch in one closed month.

    ``lights`` and ``scores`` follow ``months`` (oldest first, NaN without a value), ``average_scores`` are the
    district's. ``percentile`` is the share of scored branches with a lower score, ``sector_score`` None with fewer
    than five of its sector. ``counts`` hold the asked measures over ``months``.
    """

    organisation: Organisation
    months: tuple[str, ...]
    light: Light
    score: float | None
    lights: Array = field(compare=False)
    scores: Array = field(compare=False)
    average_scores: Array = field(compare=False)
    sector_score: float | None
    percentile: float | None
    judged: tuple[Judged, ...]
    counts: Mapping[str, Array] = field(compare=False)
    warnings: tuple[OpenWarning, ...] = ()

    @property
    def month(self) -> str:
        """The month that is reported."""
        return self.months[-1]


class BranchChecks:
    """All branches in being at the end of a closed month, read once; ``of`` gives them one by one."""

    def __init__(
        self, reader: Reader, month: str, indicators: Sequence[str], measures: Iterable[str] = ()
    ) -> None:
        self.month, self.indicators = month, tuple(indicators)
        self.months = tuple(months_between(add_months(month, 1 - MONTHS), month))
        self.organisations = _organisations(reader, month)
        self._at = {one.org_id: i for i, one in enumerate(self.organisations)}
        parts = [f"{i}_{part}" for i in self.indicators for part in ("value", "light", "score")]
        self._results = self._cells(reader, branch_results, ["light", "score", *parts])
        self._counts = self._cells(reader, branch_months, sorted({"eligible", *measures}))
        self._warnings = _warnings(reader)
        eligible = self._counts["eligible"] > 0
        self._averages = {
            name: _mean(np.where(eligible, values, np.nan))
            for name, values in self._results.items()
            if name.endswith(("value", "score"))
        }
        now = np.where(eligible, self._results["score"], np.nan)[:, -1]
        self._scored = np.sort(now[~np.isnan(now)])
        self._sector_scores = self._by_sector(now)

    def __len__(self) -> int:
        return len(self.organisations)

    def of(self, org_id: int) -> BranchCheck:
        """One branch. Raises KeyError for one that has no such month."""
        i = self._at[org_id]
        organisation = self.organisations[i]
        light, score = self._results["light"][i], self._results["score"][i]
        now = _number(score[-1])
        lower = None
        if now is not None and len(self._scored):
            lower = float(np.searchsorted(self._scored, now)) / len(self._scored)
        return BranchCheck(
            organisation=organisation,
            months=self.months,
            light=_light(light[-1]),
            score=now,
            lights=light,
            scores=score,
            average_scores=self._averages["score"],
            sector_score=self._sector_scores.get(organisation.sector),
            percentile=lower,
            judged=tuple(self._judged(i, indicator) for indicator in self.indicators),
            counts={name: values[i] for name, values in self._counts.items()},
            warnings=tuple(self._warnings.get(org_id, ())),
        )

    def _judged(self, i: int, indicator: str) -> Judged:
        value, score, light = (indicator_column(indicator, part) for part in ("value", "score", "light"))
        shown = _light(self._results[light][i, -1])
        known = shown not in (Light.NA, Light.NODATA)
        return Judged(
            indicator,
            _number(self._results[value][i, -1]) if known else None,
            shown,
            _number(self._results[score][i, -1]),
            _number(self._averages[value][-1]),
            _number(self._averages[score][-1]),
            self._results[value][i],
        )

    def _by_sector(self, scores: Array) -> dict[str, float]:
        groups: dict[str, list[float]] = {}
        for one, score in zip(self.organisations, scores, strict=True):
            if not np.isnan(score):
                groups.setdefault(one.sector, []).append(float(score))
        return {name: float(np.mean(found)) for name, found in groups.items() if len(found) >= SMALLEST_GROUP}

    def _cells(self, reader: Reader, table: sa.Table, names: Sequence[str]) -> dict[str, Array]:
        """Columns as branches × months, NaN where the store has no row or NULL."""
        cells = np.full((len(self.organisations), len(self.months), len(names)), np.nan)
        column = {month: j for j, month in enumerate(self.months)}
        query = sa.select(*list(table.c)[:2], *(table.c[name] for name in names)).where(
            table.c.period_month >= self.months[0], table.c.period_month <= self.months[-1]
        )
        for rows in reader.connection.execute(query).partitions(2_000):
            known = [row for row in rows if row[0] in self._at]
            at = [self._at[row[0]] for row in known], [column[row[1]] for row in known]
            cells[at] = np.array([row[2:] for row in known], dtype=float).reshape(-1, len(names))
        return {name: cells[:, :, k] for k, name in enumerate(names)}


def _organisations(reader: Reader, month: str) -> list[Organisation]:
    """Branches of the month in the order of the tree."""
    n, parent = nodes.c, nodes.alias("parent")
    held = sa.select(branch_results.c.org_id).where(branch_results.c.period_month == month)
    query = (
        sa.select(
            n.org_id,
            n.name,
            n.short_name,
            n.org_code,
            n.sector,
            parent.c.short_name.label("superior"),
            n.lng,
            n.lat,
        )
        .join(parent, parent.c.org_id == n.parent_org_id)
        .where(
            n.org_type.in_(BRANCH_TYPES),
            n.org_id.in_(held),
            sa.or_(n.established_on.is_(None), n.established_on <= last_day(month)),
            sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)),
        )
        .order_by(n.position)
    )
    return [Organisation(*row) for row in reader.connection.execute(query)]


def _warnings(reader: Reader) -> dict[int, list[OpenWarning]]:
    """Open warnings by branch, red first and then by limit."""
    w, owner, above = org_warnings.c, nodes.alias("owner"), nodes.alias("above")
    query = (
        sa.select(org_warnings, owner.c.short_name.label("owner"), above.c.short_name.label("above"))
        .outerjoin(owner, owner.c.org_id == w.owner_org_id)
        .outerjoin(above, above.c.org_id == w.escalated_to_org_id)
        .where(w.state.not_in(_ENDED))
        .order_by(w.org_id, sa.case((w.level == "red", 0), else_=1), w.rectify_due_on, w.warning_id)
    )
    found: dict[int, list[OpenWarning]] = {}
    for row in reader.connection.execute(query):
        found.setdefault(row.org_id, []).append(_warning(row))
    return found


def _warning(row: sa.Row[Any]) -> OpenWarning:
    return OpenWarning(
        row.indicator_id,
        row.level,
        row.state,
        row.raised_at,
        row.rectify_due_on,
        row.escalation,
        row.owner or "",
        row.above,
    )


def _mean(values: Array) -> Array:
    """Unweighted mean per month over the branches with a value; NaN without one."""
    count = (~np.isnan(values)).sum(axis=0)
    return np.where(count > 0, np.nansum(values, axis=0) / np.maximum(count, 1), np.nan)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _light(value: float) -> Light:
    return Light.NODATA if np.isnan(value) else Light(int(value))
