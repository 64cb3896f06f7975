"""Typed readers of the place facts shipped with the product, all in WGS-84.

Towns and seeds cover 330203 海曙, 320412 武进, 320115 江宁, 410108 惠济 and 320583 昆山. Villages cover 海曙: its
167 建制村 and 103 社区 (the five 居委会 that do not call themselves 社区 are left out).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import PlaceUnknownError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Town:
    """A town, subdistrict or zone with the point that stands for its seat."""

    district_code: str
    code: str
    name: str
    kind: str
    lng: float
    lat: float


@dataclass(frozen=True, slots=True)
class Seed:
    """A point known to lie in a town, to 0.001 degree."""

    district_code: str
    town: str
    lng: float
    lat: float


@dataclass(frozen=True, slots=True)
class Village:
    """A 建制村 or 社区 and the town it belongs to."""

    code: str
    name: str
    kind: str
    town_code: str
    town: str


@cache
def read_towns(district_code: str) -> tuple[Town, ...]:
    """Towns of a district in the order of their codes; PlaceUnknownError for a district without facts."""
    found = tuple(
        Town(r["district_code"], r["town_code"], r["town"], r["kind"], float(r["lng"]), float(r["lat"]))
        for r in _rows("towns.csv")
        if r["district_code"] == district_code
    )
    if not found:
        raise PlaceUnknownError(district_code, "no towns are known for this district")
    return found


@cache
def read_seeds(district_code: str) -> tuple[Seed, ...]:
    """Seeds of a district in file order; empty for a district without facts."""
    return tuple(
        Seed(r["district_code"], r["town"], float(r["lng"]), float(r["lat"]))
        for r in _rows("seeds.csv")
        if r["district_code"] == district_code
    )


@cache
def read_villages(district_code: str) -> tuple[Village, ...]:
    """Villages and communities in the order of their codes; empty where none are shipped."""
    name = f"villages_{district_code}.csv"
    if not (FOLDER / name).is_file():
        return ()
    return tuple(
        Village(r["village_code"], r["village"], r["kind"], r["town_code"], r["town"]) for r in _rows(name)
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
