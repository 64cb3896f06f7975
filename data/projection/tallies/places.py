"""Where a row of a tally belongs: the whole district, and the town of its organisation or division."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from data.contract import divisions
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, TallyRow

d = divisions.c

TOWN_KINDS = ("town", "subdistrict", "dev_zone")


def town_of(source: Source, org_id: int) -> int | None:
    """Town of an organisation, of its branch for a party group; None without one."""
    org = source.tree.organisations.get(source.tree.branch_of(org_id) or org_id)
    return None if org is None else org.town_id


def by_town(source: Source, rows: Iterable[tuple[str, int | None, str, float]]) -> Iterator[TallyRow]:
    """(month, organisation, key, value) → rows of the district and of the town.

    An organisation the tree does not hold is deleted and takes its rows along; no organisation (None) counts
    for the district only.
    """
    for month, org_id, key, value in rows:
        if org_id is not None and org_id not in source.tree.organisations:
            continue
        yield month, DISTRICT, key, value
        town = None if org_id is None else town_of(source, org_id)
        if town is not None:
            yield month, town, key, value


def division_towns(source: Source) -> Mapping[int, int]:
    """Division → its town: the town itself, or the one above a village or community."""
    rows = source.rows(sa.select(d.division_id, d.kind, d.parent_division_id).where(d.deleted_at.is_(None)))
    towns = {row.division_id for row in rows if row.kind in TOWN_KINDS}
    above = {row.division_id: row.parent_division_id for row in rows if row.parent_division_id in towns}
    return {**above, **{town: town for town in towns}}


def by_division(
    towns: Mapping[int, int], rows: Iterable[tuple[str, int | None, str, float]]
) -> Iterator[TallyRow]:
    """(month, division, key, value) → rows of the district and of the division's town."""
    for month, division, key, value in rows:
        yield month, DISTRICT, key, value
        town = towns.get(division or 0)
        if town is not None:
            yield month, town, key, value
