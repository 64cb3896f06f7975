"""Transfers of membership this year: from where to where in flows of five and more; for staff also where they wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from data.queries.district_figures import figure
from data.queries.district_figures_work import SMALLEST_FLOW
from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount
from data.readmodel.reader import Reader
from data.readmodel.schema import towns
from data.scope import Scope

Direction = Literal["within", "in", "out"]
DIRECTIONS: tuple[Direction, ...] = ("within", "in", "out")
# Places named on one side, by volume; the others are merged.
TOWNS_NAMED, REGIONS_NAMED = 7, 3
NOT_COUNTED = Amount("nodata")
DIRECT, OTHER_TOWNS, OTHER_REGIONS = "direct", "other_towns", "other_regions"
SAME_CITY, SAME_PROVINCE = "same_city", "same_province"

Flows = dict[tuple[Direction, str, str], float]


@dataclass(frozen=True)
class Flow:
    """Members who moved between two places: a town's number, ``direct``, a province (two digits), or a merged rest."""

    direction: Direction
    origin: str
    target: str
    members: int


@dataclass(frozen=True)
class Handling:
    """Of the year: done and its median of days; now: steps that wait by kind, and how many of all are overdue.

    ``solved`` are reviews decided after their limit, in all.
    """

    done: Amount
    done_in_month: Amount
    days: Amount
    waiting: Mapping[str, int] | None
    overdue: Amount
    solved: Amount


@dataclass(frozen=True)
class TransferFlow:
    """Flows in order of size, none below five; ``flows`` None: the feed is missing. Visitors get no handling.

    ``completed`` are all transfers ever completed.
    """

    year: str
    flows: tuple[Flow, ...] | None
    town_names: Mapping[str, str]
    handling: Handling | None
    completed: Amount = NOT_COUNTED

    def total(self, direction: Direction) -> int:
        """Members of all flows of a direction."""
        return sum(flow.members for flow in self.flows or () if flow.direction == direction)


def load(reader: Reader, scope: Scope) -> TransferFlow:
    """The district and the year to date, whatever town is in focus."""
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    found = asked.tally("transfer_flow", asked.year_to_date)
    rows = reader.connection.execute(sa.select(towns.c.town_id, towns.c.name, towns.c.code)).all()
    names = {str(row.town_id): row.name for row in rows}
    here = min((row.code for row in rows), default="")
    flows = None if found is None else merged_flows(found, here)
    done = {p.key: p.amount for p in figure(reader, asked.scope, "ks_transfers_total", asked.month)}
    handling = _handling(reader, asked, done) if scope.names_lights else None
    shown = {place for flow in flows or () for place in (flow.origin, flow.target)}
    return TransferFlow(
        year=asked.month[:4],
        flows=flows,
        town_names={key: name for key, name in names.items() if key in shown},
        completed=done["total"],
        handling=handling,
    )


def merged_flows(found: Mapping[str, float], here: str) -> tuple[Flow, ...]:
    """Flows of the tally with regions as provinces, none below five; ``here`` is the code of a town of the district."""
    return _guarded(_named(_placed(found, here)))


def _placed(found: Mapping[str, float], here: str) -> Flows:
    """Keys of the tally with regions outside as provinces; the own city and province stand apart."""
    flows: Flows = {}
    for key, n in found.items():
        way, origin, target = key.split("|")
        direction = next(one for one in DIRECTIONS if one == way)
        if direction == "in":
            origin = _region(origin, here)
        if direction == "out":
            target = _region(target, here)
        flows[direction, origin, target] = flows.get((direction, origin, target), 0.0) + n
    return flows


def _region(code: str, here: str) -> str:
    if not code.isdigit() or len(code) < 2:
        return OTHER_REGIONS
    if here and code[:4] == here[:4]:
        return SAME_CITY
    return SAME_PROVINCE if code[:2] == here[:2] else code[:2]


def _named(flows: Flows) -> Flows:
    """The same with all but the largest places of each side merged into the rest of their kind."""
    kept: dict[tuple[int, bool], list[str]] = {}
    for side, abroad in ((0, False), (0, True), (1, False), (1, True)):
        sums: dict[str, float] = {}
        for key, n in flows.items():
            if _abroad(key[0], side) == abroad:
                sums[key[side + 1]] = sums.get(key[side + 1], 0.0) + n
        most = REGIONS_NAMED if abroad else TOWNS_NAMED
        kept[side, abroad] = sorted(sums, key=lambda place: (-sums[place], place))[:most]
    merged: Flows = {}
    for (direction, *places), n in flows.items():
        ends = []
        for side, place in enumerate(places):
            abroad = _abroad(direction, side)
            ends.append(place if place in kept[side, abroad] else _rest(direction, side))
        key = (direction, ends[0], ends[1])
        merged[key] = merged.get(key, 0.0) + n
    return merged


def _abroad(direction: Direction, side: int) -> bool:
    return (direction, side) in (("in", 0), ("out", 1))


def _rest(direction: Direction, side: int) -> str:
    return OTHER_REGIONS if _abroad(direction, side) else OTHER_TOWNS


def _guarded(flows: Flows) -> tuple[Flow, ...]:
    """Flows below five lose their target, then their origin too; what is still below five is not shown at all."""
    for sides in ((1,), (0, 1)):
        merged: Flows = {}
        for (direction, *places), n in flows.items():
            if n < SMALLEST_FLOW:
                for side in sides:
                    places[side] = _rest(direction, side)
            key = (direction, places[0], places[1])
            merged[key] = merged.get(key, 0.0) + n
        flows = merged
    shown = [Flow(*key, round(n)) for key, n in flows.items() if n >= SMALLEST_FLOW]
    return tuple(sorted(shown, key=lambda flow: (-flow.members, flow.direction, flow.origin, flow.target)))


def _handling(reader: Reader, asked: Asked, done: Mapping[str, Amount]) -> Handling:
    missing = Amount("nodata")
    (days,) = figure(reader, asked.scope, "ks_transfer_days", asked.month)
    found = asked.tally("transfers_open")
    late = asked.tally("transfers_solved", asked.months_of("transfers_solved"))
    waiting = None if found is None else {key: round(n) for key, n in found.items() if "|" not in key}
    overdue = None if found is None else sum(n for key, n in found.items() if key.endswith("|overdue"))
    return Handling(
        done=done.get("year", missing),
        done_in_month=done.get("month", missing),
        days=days.amount,
        waiting=waiting,
        overdue=Amount.of(overdue),
        solved=Amount.of(None if late is None else sum(late.values())),
    )
