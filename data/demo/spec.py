"""What a synthetic district is made to: its places, its units, its totals. A district profile fills it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from data.demo.figures import NOTHING_PUBLISHED, PublishedFigures


@dataclass(frozen=True)
class TownSpec:
    """One town, subdistrict or zone with the names of its villages and communities; degrees CGCS2000.

    ``weight`` is its share of the branches in units, relative to an ordinary town.
    """

    code: str
    name: str
    kind: str
    lng: float
    lat: float
    villages: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class DirectUnit:
    """One second-level committee directly under the district committee.

    ``branches`` is the exact number of branches below it, no container among them; None shares by ``weight``.
    """

    name: str
    short_name: str
    org_type: str
    sector: str
    weight: float
    branches: int | None = None


@dataclass(frozen=True)
class Hall:
    """A hall of the district's party building centre; square metres."""

    name: str
    area_sqm: float


TOWN_SECTORS: Mapping[str, float] = MappingProxyType(
    {
        "private_enterprise": 0.46,
        "social_org": 0.14,
        "park_building": 0.10,
        "school": 0.10,
        "institution": 0.08,
        "government": 0.08,
        "soe": 0.04,
    }
)
SOURCE_SYSTEMS = (
    ("core", "党建信息管理系统"),
    ("public_account", "微信公众服务号"),
    ("volunteer_app", "志愿服务平台"),
    ("mobile_school", "手机党校"),
    ("city_platform", "市级智慧党建平台"),
)
SECTOR_SHARES: Mapping[str, float] = MappingProxyType({"village": 0.24, "community": 0.20, "direct": 0.30})


# The system of 海曙 went live in March 2013 and had 80 million rows when its article was written.
FULL_VOLUME_MONTHS = 106


@dataclass(frozen=True)
class DistrictSpec:
    """One synthetic district. ``committees`` counts 基层党委 at every level, second-level ones included.

    ``groups`` is their number where larger branches come first; None gives them to all that need them.
    ``sector_shares`` are shares of the branches: those in villages, in communities and below direct units;
    the rest stands directly under the towns, in sectors by ``town_sectors``. ``branch_sizes`` are mean members
    per branch of a sector where the district differs from the usual. ``systems`` are (code, name), five.
    ``raises_warnings``: the operational system warns by the lights of 海曙 itself. ``scores_200_and_600``: it scores
    members and branches by the items of 武进. ``seat`` names the town of the district's own bodies; None stands
    for the middle of its subdistricts. ``reorganised`` branches were founded in the window, and as many merged into
    others, which ``branches`` does not count. ``everyday_messages``: reminders of dues and meetings too.
    """

    code: str
    name: str
    towns: tuple[TownSpec, ...]
    direct_units: tuple[DirectUnit, ...]
    committees: int
    general_branches: int
    branches: int
    groups: int | None
    members: int
    sector_shares: Mapping[str, float] = field(default_factory=lambda: SECTOR_SHARES)
    months: int = 24
    figures: PublishedFigures = NOTHING_PUBLISHED
    development_variant: Literal["25", "43"] = "25"
    raises_warnings: bool = False
    scores_200_and_600: bool = False
    town_sectors: Mapping[str, float] = field(default_factory=lambda: TOWN_SECTORS)
    branch_sizes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    systems: tuple[tuple[str, str], ...] = SOURCE_SYSTEMS
    seat: str | None = None
    reorganised: int = 0
    halls: tuple[Hall, ...] = (Hall("智慧党建中心", 1200.0),)
    everyday_messages: bool = False

    @property
    def grassroots(self) -> int:
        """基层党组织: committees, general branches and branches (R41)."""
        return self.committees + self.general_branches + self.branches

    def at_full_volume(self) -> DistrictSpec:
        """The district with the rows an operational system of its age holds: 海曙 has more than 80 million of them.

        Published totals are those of two years, not of eight.
        """
        return replace(
            self, months=FULL_VOLUME_MONTHS, everyday_messages=True, figures=NOTHING_PUBLISHED, reorganised=0
        )

    def scaled(self, *, towns: int, branches: int, members: int, months: int | None = None) -> DistrictSpec:
        """A small district of the same make for tests: the last towns, one zone among them if it has any, two
        direct units, few villages.
        """
        villages = max(1, round(0.18 * branches / towns))
        kept = tuple(
            replace(t, villages=t.villages[:villages], communities=t.communities[: max(1, villages)])
            for t in self._some_towns(towns)
        )
        units = (
            self.direct_units[:1] + tuple(u for u in self.direct_units if u.org_type == "party_committee")[:1]
        )
        share = branches / self.branches
        second = sum(t.kind == "town" for t in kept) + 1
        return replace(
            self,
            towns=kept,
            direct_units=tuple(replace(u, branches=None) for u in units),
            branches=branches,
            members=members,
            groups=None if self.groups is None else max(2, round(self.groups * share)),
            committees=second + max(1, round(84 * share)),
            general_branches=max(3, round(self.general_branches * share)),
            months=self.months if months is None else months,
            # Published totals are those of the whole district.
            figures=NOTHING_PUBLISHED,
            reorganised=0,
        )

    def _some_towns(self, number: int) -> tuple[TownSpec, ...]:
        zones = tuple(t for t in self.towns if t.kind == "dev_zone")[: 1 if number > 1 else 0]
        plain = tuple(t for t in self.towns if t.kind != "dev_zone")
        return plain[-(number - len(zones)) :] + zones
