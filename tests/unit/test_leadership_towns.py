"""Sums of a town go to whoever sees all of the town: for anybody else they would tell of others."""

from __future__ import annotations

import sqlalchemy as sa

from data.queries.leadership import today, town_tallies
from data.readmodel import schema
from tests.leadership_pages import changed, nodes, seen_by

TOWN = 2
N = schema.nodes.c


def committee() -> int:
    """The committee of the town."""
    return next(org for org, node in nodes().items() if node["depth"] == 1 and node["town_id"] == TOWN)


def stranger() -> int:
    """An organisation directly below the district that stands elsewhere."""
    return next(org for org, node in nodes().items() if node["depth"] == 1 and node["town_id"] != TOWN)


def told(viewer_of: int, *statements: sa.Executable) -> list[bool]:
    """Whether a committee's viewer is given the town's distributions, months and day."""
    rows = [
        {"tally": name, "period_month": "", "town_id": TOWN, "key": "activities", "value": 7.0}
        for name in ("today", "cadres")
    ]
    made = {"a_gone": sa.delete(schema.tallies), "b_new": sa.insert(schema.tallies).values(rows)}
    moved = {f"c{at}": statement for at, statement in enumerate(statements)}
    with changed(**made, **moved) as store, seen_by("committee_admin", viewer_of, store) as reader:
        tallies = town_tallies.of_place(reader, reader.root, "cadres")
        months = reader.rows(sa.select(reader.town_months.c.town_id))
        return [tallies is not None, bool(months), today.load(reader, reader.root) is not None]


def test_the_committee_of_a_whole_town_sees_its_sums() -> None:
    assert told(committee()) == [True, True, True]
    assert told(stranger()) == [False, False, False]


def test_who_stands_in_a_town_among_others_sees_no_sum_of_it() -> None:
    guest = sa.update(schema.nodes).where(N.org_id == stranger()).values(town_id=TOWN)
    assert told(stranger(), guest) == [False, False, False]
    assert told(committee(), guest) == [False, False, False]


def test_the_town_the_district_itself_stands_in_is_its_committees_all_the_same() -> None:
    seat = sa.update(schema.nodes).where(N.depth == 0).values(town_id=TOWN)
    assert told(committee(), seat) == [True, True, True]
