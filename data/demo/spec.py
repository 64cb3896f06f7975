"""What a synthetic district is made to: its places, its units, its totals. A district profile fills it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from data.demo.figures import NOTHING_PUBLISHED, PublishedFigures


@dataclass(frozen=True)
class TownSpec:
    """One town, subdistrict or zone with the names of its villages and communities; degrees CGCS2000."""

    code: str
    name: str
    kind: str
    lng: float
    lat: float
    villages: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()


@dataclass(frozen=True)
class DirectUnit:
    """One second-level committee directly under the district committee."""

    name: str
    short_name: str
    org_type: str
    sector: str
    weight: float


SECTOR_SHARES: Mapping[str, float] = MappingProxyType({"village": 0.24, "community": 0.20, "direct": 0.30})


@dataclass(frozen=True)
class DistrictSpec:
    """One synthetic district. ``committees`` counts 基层党委 at every level, second-level ones included.

    ``sector_shares`` are shares of the branches: those in villages, in communities and below direct units;
    the rest stands directly under the towns.
    """

    code: str
    name: str
    towns: tuple[TownSpec, ...]
    direct_units: tuple[DirectUnit, ...]
    committees: int
    general_branches: int
    branches: int
    groups: int
    members: int
    sector_shares: Mapping[str, float] = field(default_factory=lambda: SECTOR_SHARES)
    months: int = 24
    figures: PublishedFigures = NOTHING_PUBLISHED
    development_variant: Literal["25", "43"] = "25"

    @property
    def grassroots(self) -> int:
        """基层党组织: committees, general branches and branches (R41)."""
        return self.committees + self.general_branches + self.branches

    def scaled(self, *, towns: int, branches: int, members: int, months: int | None = None) -> DistrictSpec:
        """A small district of the same make for tests: the first towns, two direct units, few villages."""
        villages = max(1, round(0.18 * branches / towns))
        kept = tuple(
            replace(t, villages=t.villages[:villages], communities=t.communities[: max(1, villages)])
            for t in self.towns[-towns:]
        )
        units = (
            self.direct_units[:1] + tuple(u for u in self.direct_units if u.org_type == "party_committee")[:1]
        )
        share = branches / self.branches
        second = sum(t.kind != "subdistrict" for t in kept) + 1
        return replace(
            self,
            towns=kept,
            direct_units=units,
            branches=branches,
            members=members,
            groups=max(2, round(self.groups * share)),
            committees=second + max(1, round(84 * share)),
            general_branches=max(3, round(self.general_branches * share)),
            months=self.months if months is None else months,
            # Published totals are those of the whole district.
            figures=NOTHING_PUBLISHED,
        )
