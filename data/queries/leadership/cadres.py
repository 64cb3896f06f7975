"""Cadres of villages and communities: age, education, reserve, quarterly updates, training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.clock import months_between
from data.queries.leadership.town_tallies import Cells, of_place, of_towns, summed
from data.readmodel.scoped import Place, ScopedReader

KINDS = (
    "village_secretary", "community_secretary", "two_new_secretary", "committee_member", "graduate_cadre", "reserve",
)  # fmt: skip
# Upper ages of the bands; 61 is open.
BANDS = ("30", "35", "40", "45", "50", "55", "60", "61")
LEVELS = (
    "postgraduate",
    "bachelor",
    "junior_college",
    "secondary",
    "junior_high",
    "primary_or_less",
    "unknown",
)
COLLEGE = LEVELS[:3]
QUARTERS = 8


@dataclass(frozen=True)
class Kind:
    """Cadres of one kind; ``ages`` and ``levels`` in the order of BANDS and LEVELS."""

    kind: str
    count: float
    age_sum: float
    ages: tuple[float, ...]
    levels: tuple[float, ...]

    @property
    def mean_age(self) -> float | None:
        """Completed years."""
        return self.age_sum / self.count if self.count else None

    @property
    def college_share(self) -> float | None:
        """Of those whose education is known."""
        known = self.count - self.levels[LEVELS.index("unknown")]
        return sum(self.levels[: len(COLLEGE)]) / known if known else None


@dataclass(frozen=True)
class Cadres:
    """Kinds in their order, those there are; ``women`` and ``men`` by band; ``updates`` (updated, due) by last month of
    a quarter, oldest first; ``training`` hours by kind and month."""

    kinds: tuple[Kind, ...]
    reserve: float
    units: float
    women: tuple[float, ...] = ()
    men: tuple[float, ...] = ()
    updates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    training: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def all_kinds(self) -> Kind:
        """All of them as one."""
        return Kind(
            "",
            sum(kind.count for kind in self.kinds),
            sum(kind.age_sum for kind in self.kinds),
            tuple(sum(column) for column in zip(*(kind.ages for kind in self.kinds), strict=True)),
            tuple(sum(column) for column in zip(*(kind.levels for kind in self.kinds), strict=True))
            or (0.0,) * len(LEVELS),
        )

    @property
    def young(self) -> float:
        """Cadres of at most 35 years."""
        return sum(sum(kind.ages[:2]) for kind in self.kinds)

    @property
    def reserve_ratio(self) -> float | None:
        """Reserve cadres a village or community."""
        return self.reserve / self.units if self.units else None

    @property
    def hours(self) -> float:
        """Training of all kinds and months."""
        return sum(sum(months.values()) for months in self.training.values())

    @property
    def hours_each(self) -> float | None:
        """A cadre."""
        return self.hours / self.all_kinds.count if self.kinds else None


def load(reader: ScopedReader, place: Place, first: str, last: str) -> Cadres | None:
    """Cadres of today, training from one month to the other (both included), the eight quarters ended by the last one;
    None where the organisation keeps no town or no cadre is known."""
    stock = of_place(reader, place, "cadres", "", "")
    if not stock:
        return None
    pyramid = of_place(reader, place, "cadre_pyramid", "", "") or {}
    updates = of_place(reader, place, "cadre_updates", "0", last) or {}
    training = of_place(reader, place, "cadre_training", first, last) or {}
    return _cadres(stock, pyramid, updates, training)


def towns(reader: ScopedReader, place: Place, first: str, last: str) -> list[tuple[Place, Cadres]]:
    """The same of every town's committee at or below this organisation; towns without a cadre are left out."""
    updates = _by_committee(reader, place, "cadre_updates", "0", last)
    training = _by_committee(reader, place, "cadre_training", first, last)
    return [
        (one, _cadres(stock, {}, updates[one.org_id], training[one.org_id]))
        for one, stock in of_towns(reader, place, "cadres", "", "")
        if stock
    ]


def training_months(
    training: Mapping[str, Mapping[str, float]], kind: str, span: Sequence[str]
) -> list[float]:
    """Hours of a kind over months."""
    return [training.get(kind, {}).get(month, 0.0) for month in span]


def year_to(month: str) -> list[str]:
    """January to this month."""
    return months_between(f"{month[:4]}-01", month)


def _by_committee(reader: ScopedReader, place: Place, tally: str, first: str, last: str) -> dict[int, Cells]:
    return {one.org_id: cells for one, cells in of_towns(reader, place, tally, first, last)}


def _cadres(stock: Cells, pyramid: Cells, updates: Cells, training: Cells) -> Cadres:
    found = {key: n for (_, key), n in stock.items()}
    hours: dict[str, dict[str, float]] = {}
    for (month, kind), n in training.items():
        hours.setdefault(kind, {})[month] = n
    quarters = sorted({month for month, _ in updates})[-QUARTERS:]
    return Cadres(
        tuple(_kind(found, kind) for kind in KINDS if found.get(f"count|{kind}")),
        summed(stock, ("reserve",)),
        summed(stock, ("units",)),
        tuple(pyramid.get(("", f"{band}|F"), 0.0) for band in BANDS) if pyramid else (),
        tuple(pyramid.get(("", f"{band}|M"), 0.0) for band in BANDS) if pyramid else (),
        {q: (updates.get((q, "updated"), 0.0), updates.get((q, "due"), 0.0)) for q in quarters},
        hours,
    )


def _kind(found: Mapping[str, float], kind: str) -> Kind:
    return Kind(
        kind,
        found[f"count|{kind}"],
        found.get(f"age_sum|{kind}", 0.0),
        tuple(found.get(f"age|{kind}|{band}", 0.0) for band in BANDS),
        tuple(found.get(f"education|{kind}|{level}", 0.0) for level in LEVELS),
    )
