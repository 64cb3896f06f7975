"""Cadres of villages and communities: how old and how educated each kind is, and how many stand in reserve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.district_figures import figure
from data.queries.district_figures_kunshan import COLLEGE
from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount
from data.readmodel.reader import Reader
from data.readmodel.schema import tallies, towns
from data.scope import Scope

KINDS = (
    "village_secretary", "community_secretary", "two_new_secretary", "committee_member", "graduate_cadre", "reserve",
)  # fmt: skip
# Four bands that can be told apart from the far end of the room, each from the bands of R40.
AGE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "to_35": ("30", "35"),
    "36_45": ("40", "45"),
    "46_55": ("50", "55"),
    "from_56": ("60", "61"),
}
EDUCATION = ("higher", "middle", "lower", "unknown")
_LEVELS = {**dict.fromkeys(COLLEGE, "higher"), "secondary": "middle", "unknown": "unknown"}


@dataclass(frozen=True)
class Kind:
    """Cadres of one kind; ``ages`` and ``education`` add up to ``count``, ``college`` is among those who told."""

    kind: str
    count: int
    mean_age: Amount
    ages: tuple[int, ...]
    education: tuple[int, ...]
    college: Amount


@dataclass(frozen=True)
class TownReserve:
    """Reserve cadres per village and community of one town."""

    name: str
    ratio: Amount


@dataclass(frozen=True)
class Cadres:
    """Kinds in a fixed order, those there are; towns from the best staffed on, those with villages or communities.

    ``kinds`` None: the feed is missing, or the viewer is not staff.
    """

    kinds: tuple[Kind, ...] | None
    reserve: Amount
    updated: Amount
    towns: tuple[TownReserve, ...]

    @property
    def total(self) -> int:
        """Cadres of all kinds."""
        return sum(kind.count for kind in self.kinds or ())


def load(reader: Reader, scope: Scope) -> Cadres:
    """The district, whatever town is in focus; nothing is selected for visitors."""
    missing = Amount("nodata")
    if not scope.names_lights:
        return Cadres(None, missing, missing, ())
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    found = asked.tally("cadres")
    if found is None:
        return Cadres(None, missing, missing, ())
    (reserve,) = figure(reader, asked.scope, "ks_cadre_reserve_ratio", asked.month)
    (updated,) = figure(reader, asked.scope, "ks_cadre_update_rate", asked.month)
    kinds = tuple(_kind(found, kind) for kind in KINDS if found.get(f"count|{kind}"))
    return Cadres(kinds, reserve.amount, updated.amount, _towns(reader))


def _kind(found: Mapping[str, float], kind: str) -> Kind:
    levels = dict.fromkeys(EDUCATION, 0.0)
    prefix = f"education|{kind}|"
    for key, n in found.items():
        if key.startswith(prefix):
            levels[_LEVELS.get(key.removeprefix(prefix), "lower")] += n
    ages = (sum(found.get(f"age|{kind}|{band}", 0.0) for band in bands) for bands in AGE_GROUPS.values())
    count = found[f"count|{kind}"]
    return Kind(
        kind,
        round(count),
        Amount.ratio(found.get(f"age_sum|{kind}"), count),
        tuple(round(n) for n in ages),
        tuple(round(n) for n in levels.values()),
        Amount.ratio(levels["higher"], count - levels["unknown"]),
    )


def _towns(reader: Reader) -> tuple[TownReserve, ...]:
    t = tallies.c
    query = (
        sa.select(towns.c.name, towns.c.code, t.key, t.value)
        .join(towns, towns.c.town_id == t.town_id)
        .where(t.tally == "cadres", t.period_month == "", t.key.in_(("reserve", "units")))
        .order_by(towns.c.code)
    )
    counts: dict[str, dict[str, float]] = {}
    for row in reader.connection.execute(query):
        counts.setdefault(row.name, {})[row.key] = row.value
    found = [
        TownReserve(name, Amount.ratio(of_town.get("reserve", 0.0), of_town["units"]))
        for name, of_town in counts.items()
        if of_town.get("units")
    ]
    return tuple(sorted(found, key=lambda one: -(one.ratio.value or 0)))
