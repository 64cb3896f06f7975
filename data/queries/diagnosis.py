"""The five basics (五个基本) as radar values: a town against the district, or the district against itself."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months
from data.readmodel.reader import Reader
from data.readmodel.results import RADAR_AXES
from data.readmodel.schema import org_months, town_months, towns
from data.scope import Scope


@dataclass(frozen=True)
class AxisScore:
    """One axis, 0-100; None is a gap: fewer than half of the branches have a value."""

    axis: str
    now: float | None
    before: float | None
    reference: float | None

    @property
    def change(self) -> float | None:
        """Points against the month before; None beside a gap."""
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True)
class Diagnosis:
    """``town`` None: the district; then the reference is the district a year ago, otherwise its mean now."""

    town: str | None
    month: str
    axes: tuple[AxisScore, ...]


def load(reader: Reader, scope: Scope) -> Diagnosis:
    """Values of the last closed month; in reception the district's only (panels.md W-15)."""
    month = add_months(reader.version.open_month, -1)
    town = town_name(reader, scope.focus_town) if scope.names_lights else None
    district = axis_means(reader, None, (month, add_months(month, -1), add_months(month, -12)))
    if town is None:
        now, before, reference = district
    else:
        now, before, _ = axis_means(reader, scope.focus_town, (month, add_months(month, -1), ""))
        reference = district[0]
    axes = tuple(AxisScore(a, now.get(a), before.get(a), reference.get(a)) for a in RADAR_AXES)
    return Diagnosis(town, month, axes)


def town_name(reader: Reader, town_id: int | None) -> str | None:
    """Name of a town; None for none and for an unknown one."""
    if town_id is None:
        return None
    query = sa.select(towns.c.name).where(towns.c.town_id == town_id)
    return reader.connection.execute(query).scalar_one_or_none()


def axis_means(
    reader: Reader, town: int | None, months: tuple[str, str, str]
) -> tuple[dict[str, float | None], dict[str, float | None], dict[str, float | None]]:
    """Axis means of three months of a town (None: the district), each {} when that month has no row."""
    table = org_months if town is None else town_months
    key = org_months.c.org_id == reader.root_org_id if town is None else town_months.c.town_id == town
    parts = [table.c[f"{axis}_{part}"] for axis in RADAR_AXES for part in ("sum", "count")]
    query = sa.select(table.c.period_month, table.c.eligible, *parts).where(
        key, table.c.period_month.in_(months)
    )
    found = {row.period_month: _means(row) for row in reader.connection.execute(query)}
    first, second, third = (found.get(month, {}) for month in months)
    return first, second, third


def _means(row: sa.Row[tuple[object, ...]]) -> dict[str, float | None]:
    """Mean per axis; a gap when fewer than half of the eligible branches have a value (indicators.md §11)."""
    means: dict[str, float | None] = {}
    for axis in RADAR_AXES:
        total, count = row._mapping[f"{axis}_sum"], row._mapping[f"{axis}_count"]
        enough = bool(count) and count * 2 >= (row.eligible or 0)
        means[axis] = total / count if enough and total is not None else None
    return means
