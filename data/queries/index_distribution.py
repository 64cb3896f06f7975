"""How the points of the index are spread over its bands, and the average of every town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figures_of_month import Amount, amount_of, closed_month, district_months
from data.queries.small_cells import small_cells
from data.queries.town_order import is_public_place, ranked_towns
from data.readmodel.measures.members import SCORE_BANDS, band_measure
from data.readmodel.reader import Reader
from data.readmodel.schema import towns
from data.scope import Scope

# Lower edge of each band by its column; a band reaches up to the next edge, the last one is open.
# Of a ledger that adds up points of the year (§5.4):
BANDS = {
    "index_below_10": 0, "index_from_10": 10, "index_from_20": 20, "index_from_30": 30, "index_from_50": 50,
    "index_from_75": 75, "index_from_100": 100, "index_from_150": 150,
}  # fmt: skip
# Where the index is a score with a full mark: the column of its sum, and the bands of this score.
SCORES = {
    total: {band_measure(name, low): low for low in SCORE_BANDS[name]}
    for total, name in (("wj_member_score_sum", "wj_score"), ("ks_points_sum", "ks_score"))
}


@dataclass(frozen=True)
class Band:
    """Members with points from ``low`` to below ``high`` (None: open); ``count`` None is withheld: too few."""

    low: int
    high: int | None
    count: int | None
    is_small: bool = False


@dataclass(frozen=True)
class TownMean:
    """Average points per scored member of a town."""

    name: str
    mean: float


@dataclass(frozen=True)
class IndexDistribution:
    """The last closed month; ``bands`` is empty without data; towns from the highest average down.

    ``year_change`` is against the same month of the year before: points begin again at zero in January.
    """

    month: str
    mean: Amount
    year_change: float | None
    bands: tuple[Band, ...]
    towns: tuple[TownMean, ...]
    is_cut: bool

    @property
    def middle(self) -> Band | None:
        """The band that holds the member in the middle; None where counts are withheld or missing."""
        if any(band.count is None for band in self.bands):
            return None
        counts = [band.count or 0 for band in self.bands]
        reached, half = 0, sum(counts) / 2
        for band, n in zip(self.bands, counts, strict=True):
            reached += n
            if n and reached >= half:
                return band
        return None


def load(reader: Reader, scope: Scope) -> IndexDistribution:
    """Counts of the district; visitors read the first towns only and no band of one to four members."""
    month = closed_month(reader)
    year_before = add_months(month, -12)
    columns = (
        "index_points",
        "scored_members",
        *SCORES,
        *BANDS,
        *(c for score in SCORES.values() for c in score),
    )
    rows = district_months(reader, columns, year_before)
    mean, before = (
        amount_of(rows, one, "index_points", over="scored_members") for one in (month, year_before)
    )
    shown = _towns(reader, month, top_only=not scope.names_lights)
    bands = _bands(rows.get(month, {}), scope)
    return IndexDistribution(month, mean, mean.minus(before), bands, shown, not scope.names_lights)


def _edges(row: Mapping[str, float | None]) -> dict[str, int]:
    """The bands of what the index of the district is: a score whose sum it repeats, else the ledger."""
    index = row.get("index_points")
    return next((bands for total, bands in SCORES.items() if index and row.get(total) == index), BANDS)


def _towns(reader: Reader, month: str, *, top_only: bool) -> tuple[TownMean, ...]:
    order = ranked_towns(month, for_visitors=top_only)
    query = (
        sa.select(towns.c.name, order.c.index_score)
        .join(order, order.c.town_id == towns.c.town_id)
        .order_by(order.c.place, towns.c.code)
    )
    if top_only:
        query = query.where(is_public_place(order))
    return tuple(TownMean(name, float(mean)) for name, mean in reader.connection.execute(query))


def _bands(row: Mapping[str, float | None], scope: Scope) -> tuple[Band, ...]:
    """Outside the drill-down cells of 1-4 are withheld, and what would give them away."""
    lows = _edges(row)
    counts = {name: round(n) for name in lows if (n := row.get(name)) is not None}
    if len(counts) < len(lows):
        return ()
    edges = (*lows.values(), None)
    small, hidden = small_cells({} if scope.mode == "drill_down" else counts)
    return tuple(
        Band(low, edges[i + 1], None if name in hidden else counts[name], name in small)
        for i, (name, low) in enumerate(lows.items())
    )
