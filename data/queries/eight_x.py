"""“8+x”: done of due of the eight institutions of this year, for the district and for each of its areas."""

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
# Once a year, until the end of February of the next: what is booked from January on is but the tail of a round,
# in which those who were late weigh most.
YEARLY = ("life_meeting", "appraisal")
_ROUND_BEGINS, _ROUND_ENDS = 10, 2
# First and last month.
Window = tuple[str, str]


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
    """January to ``month``, the yearly meetings of the round of ``round_year`` that ended with February.

    ``district`` and ``year_before`` hold one cell per institution, in their order; ``total`` is all of them since
    January (jn_eight_x_rate of the district). ``areas`` is empty where no area may be judged by name.
    """

    month: str
    round_year: int
    institutions: tuple[str, ...]
    district: tuple[Fulfilment, ...]
    year_before: tuple[Fulfilment, ...]
    total: Fulfilment
    areas: tuple[Area, ...]


def load(reader: Reader, scope: Scope) -> EightX:
    """Towns in the order of their codes, then the units of none; visitors' screens read the district only."""
    month = closed_month(reader)
    windows = _windows(month)
    since_january = dict.fromkeys(INSTITUTIONS, windows["theme_day"])
    district = _district(reader, windows)
    return EightX(
        month,
        int(windows["appraisal"][0][:4]),
        tuple(INSTITUTIONS),
        district,
        _district(reader, _windows(add_months(month, -12))),
        _together(_district(reader, since_january)),
        _areas(reader, windows, district) if scope.names_lights else (),
    )


def _windows(month: str) -> Mapping[str, Window]:
    """Institution → the months whose bookings are its cell: since January, or the last round that is over."""
    year = int(month[:4]) - (0 if int(month[5:]) >= _ROUND_ENDS else 1)
    last_round = (f"{year - 1}-{_ROUND_ENDS + 1:02d}", f"{year}-{_ROUND_ENDS:02d}")
    return {name: last_round if name in YEARLY else (f"{month[:4]}-01", month) for name in INSTITUTIONS}


def _sums(table: sa.Table, windows: Mapping[str, Window]) -> list[sa.Label[Any]]:
    return [
        sa.func.sum(sa.case((table.c.period_month.between(*window), table.c[f"{name}_{part}"]))).label(
            f"{name}_{part}"
        )
        for name, window in windows.items()
        for part in ("done", "due")
    ]


def _within(table: sa.Table, windows: Mapping[str, Window]) -> sa.ColumnElement[bool]:
    first, last = (pick(window[k] for window in windows.values()) for k, pick in enumerate((min, max)))
    return table.c.period_month.between(first, last)


def _together(cells: Sequence[Fulfilment]) -> Fulfilment:
    """The institutions that have data as one."""
    known = [cell for cell in cells if cell.done is not None and cell.due is not None]
    if not known:
        return Fulfilment(None, None)
    return Fulfilment(sum(cell.done or 0 for cell in known), sum(cell.due or 0 for cell in known))


def _cells(row: Mapping[Any, Any], has_round: bool) -> tuple[Fulfilment, ...]:
    return tuple(
        Fulfilment(row[f"{name}_done"], row[f"{name}_due"])
        if has_round or name not in YEARLY
        else Fulfilment(None, None)
        for name in INSTITUTIONS
    )


def _has_round(reader: Reader, windows: Mapping[str, Window]) -> bool:
    """Whether the months go back to the begin of the round: of a part of it only what was missed is known."""
    if windows["appraisal"] == windows["theme_day"]:
        # Since January: no round is asked for.
        return True
    first = sa.select(sa.func.min(org_months.c.period_month)).where(org_months.c.org_id == reader.root_org_id)
    month = reader.connection.execute(first).scalar_one()
    begin = f"{windows['appraisal'][0][:4]}-{_ROUND_BEGINS:02d}"
    return month is not None and str(month) <= begin


def _district(reader: Reader, windows: Mapping[str, Window]) -> tuple[Fulfilment, ...]:
    query = sa.select(*_sums(org_months, windows)).where(
        org_months.c.org_id == reader.root_org_id, _within(org_months, windows)
    )
    return _cells(reader.connection.execute(query).mappings().one(), _has_round(reader, windows))


def _areas(
    reader: Reader, windows: Mapping[str, Window], district: tuple[Fulfilment, ...]
) -> tuple[Area, ...]:
    query = (
        sa.select(towns.c.name, *_sums(town_months, windows))
        .join(towns, towns.c.town_id == town_months.c.town_id)
        .where(_within(town_months, windows))
        .group_by(towns.c.town_id, towns.c.name, towns.c.code)
        .order_by(towns.c.code)
    )
    has_round = _has_round(reader, windows)
    rows = reader.connection.execute(query).mappings()
    found = [Area(row["name"], _cells(row, has_round)) for row in rows]
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
