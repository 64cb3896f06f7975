"""“8+x”: done of due of the eight institutions since January, for the district and for each of its areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figures_of_month import Amount, closed_month
from data.readmodel.measures.organisation_setup import INSTITUTIONS
from data.readmodel.reader import Reader
from data.readmodel.schema import org_months, town_months, towns
from data.scope import Scope

# Below this many duties a rate says nothing (小样本).
SMALLEST = 5


@dataclass(frozen=True)
class Fulfilment:
    """Duties carried out and due; None: no data."""

    done: float | None
    due: float | None

    @property
    def rate(self) -> Amount:
        """Done ÷ due; na where nothing has fallen due."""
        return Amount.ratio(self.done, self.due)

    @property
    def is_small(self) -> bool:
        """Whether so few duties were due that the rate is not judged."""
        return self.due is not None and 0 < self.due < SMALLEST

    def without(self, others: Sequence[Fulfilment]) -> Fulfilment:
        """What is left when the duties of others are taken away."""
        return Fulfilment(
            _left(self.done, [o.done for o in others]), _left(self.due, [o.due for o in others])
        )


@dataclass(frozen=True)
class Area:
    """A town by its name, or the units of none (name None); one cell per institution."""

    name: str | None
    cells: tuple[Fulfilment, ...]


@dataclass(frozen=True)
class EightX:
    """January to ``month``; ``district`` and ``year_before`` hold one cell per institution, in their order.

    ``areas`` is empty where no area may be judged by name.
    """

    month: str
    institutions: tuple[str, ...]
    district: tuple[Fulfilment, ...]
    year_before: tuple[Fulfilment, ...]
    areas: tuple[Area, ...]

    @property
    def total(self) -> Fulfilment:
        """All institutions that have data together (jn_eight_x_rate of the district)."""
        known = [cell for cell in self.district if cell.done is not None and cell.due is not None]
        if not known:
            return Fulfilment(None, None)
        return Fulfilment(sum(c.done or 0 for c in known), sum(c.due or 0 for c in known))


def load(reader: Reader, scope: Scope) -> EightX:
    """Towns in the order of their codes, then the units of none; visitors' screens read the district only."""
    month = closed_month(reader)
    district = _district(reader, month)
    return EightX(
        month,
        tuple(INSTITUTIONS),
        district,
        _district(reader, add_months(month, -12)),
        _areas(reader, month, district) if scope.names_lights else (),
    )


def _sums(table: sa.Table) -> list[sa.Label[Any]]:
    return [
        sa.func.sum(table.c[f"{name}_{part}"]).label(f"{name}_{part}")
        for name in INSTITUTIONS
        for part in ("done", "due")
    ]


def _this_year(table: sa.Table, month: str) -> sa.ColumnElement[bool]:
    return table.c.period_month.between(f"{month[:4]}-01", month)


def _cells(row: Mapping[Any, Any]) -> tuple[Fulfilment, ...]:
    return tuple(Fulfilment(row[f"{name}_done"], row[f"{name}_due"]) for name in INSTITUTIONS)


def _district(reader: Reader, month: str) -> tuple[Fulfilment, ...]:
    query = sa.select(*_sums(org_months)).where(
        org_months.c.org_id == reader.root_org_id, _this_year(org_months, month)
    )
    return _cells(reader.connection.execute(query).mappings().one())


def _areas(reader: Reader, month: str, district: tuple[Fulfilment, ...]) -> tuple[Area, ...]:
    query = (
        sa.select(towns.c.name, *_sums(town_months))
        .join(towns, towns.c.town_id == town_months.c.town_id)
        .where(_this_year(town_months, month))
        .group_by(towns.c.town_id, towns.c.name, towns.c.code)
        .order_by(towns.c.code)
    )
    found = [Area(row["name"], _cells(row)) for row in reader.connection.execute(query).mappings()]
    if not found:
        return ()
    columns = zip(*(area.cells for area in found), strict=True)
    rest = tuple(whole.without(cells) for whole, cells in zip(district, columns, strict=True))
    return (*found, Area(None, rest)) if any(cell.due for cell in rest) else tuple(found)


def _left(whole: float | None, parts: Sequence[float | None]) -> float | None:
    """Talks are counted in fractions: what rounding leaves over is nothing."""
    if whole is None:
        return None
    left = whole - sum(part or 0 for part in parts)
    return left if left > 1e-6 else 0.0
