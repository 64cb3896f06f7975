"""Organisation structure: how many committees, general branches and branches, and in which sectors they stand."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figures_of_month import BRANCH_TYPES, Amount, organisation_counts
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes
from data.scope import Scope

# Sector groups in the order they are drawn; a code that is in none of them counts as "other".
SECTOR_GROUPS: dict[str, tuple[str, ...]] = {
    "village": ("village",),
    "community": ("community",),
    "two_new": ("private_enterprise", "social_org"),
    "government_institution": ("government", "institution"),
    "soe": ("soe",),
    "school": ("school",),
    "hospital": ("hospital",),
    "other": (),
}


@dataclass(frozen=True)
class Organisation:
    """Organisations in being now; ``sectors`` pairs every group of SECTOR_GROUPS with its count, in order."""

    committees: Amount
    general_branches: Amount
    branches: Amount
    working_committees: Amount
    sectors: tuple[tuple[str, int], ...]


def load(reader: Reader, scope: Scope) -> Organisation:
    """Counts of the open month; the same in every exposure mode. Without a count, no sector is listed."""
    month = reader.version.open_month
    types = organisation_counts(reader, month, "type").get(month)
    sectors = organisation_counts(reader, month, "sector").get(month)

    def count(*kinds: str) -> Amount:
        return Amount("nodata") if types is None else Amount.of(sum(types.get(kind) or 0 for kind in kinds))

    return Organisation(
        committees=count("party_committee"),
        general_branches=count("general_branch"),
        branches=count(*BRANCH_TYPES),
        working_committees=_working_committees(reader) if types else Amount("nodata"),
        sectors=_grouped({code: int(n or 0) for code, n in (sectors or {}).items()}),
    )


def _working_committees(reader: Reader) -> Amount:
    """Bodies above the grassroots, which the counts of organisations leave out."""
    query = sa.select(sa.func.count()).where(
        nodes.c.org_type == "working_committee", nodes.c.dissolved_on.is_(None)
    )
    return Amount.of(reader.connection.execute(query).scalar_one())


def _grouped(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    if not counts:
        return ()
    group_of = {code: group for group, codes in SECTOR_GROUPS.items() for code in codes}
    totals = dict.fromkeys(SECTOR_GROUPS, 0)
    for code, n in counts.items():
        totals[group_of.get(code, "other")] += n
    return tuple(totals.items())
