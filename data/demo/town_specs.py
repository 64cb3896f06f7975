"""Towns of a district as the generator takes them: shipped place facts plus villages, real or invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from data.demo.spec import TownSpec
from geo.places import read_towns, read_villages

_KINDS = {"街道": "subdistrict", "镇": "town", "乡": "town", "开发区": "dev_zone"}


def known_towns(code: str) -> tuple[TownSpec, ...]:
    """Towns, subdistricts and zones of the place facts in official order, with the villages known there."""
    places = read_villages(code)

    def named(town: str, community: bool) -> tuple[str, ...]:
        return tuple(p.name for p in places if p.town == town and (p.kind == "社区") == community)

    return tuple(
        TownSpec(t.code, t.name, _KINDS[t.kind], t.lng, t.lat, named(t.name, False), named(t.name, True))
        for t in read_towns(code)
        if t.kind in _KINDS
    )


def invented_names(first: str, second: str) -> Iterator[str]:
    """Two-character place names, each once, neighbours unlike: every pair of unequal characters."""
    total = len(first) * len(second)
    # A step without a common divisor visits every pair; near the golden section neighbours share no character.
    step = next(n for n in range(round(total * 0.618), total) if _coprime(n, total))
    for number in range(total):
        at = number * step % total
        a, b = first[at % len(first)], second[at // len(first)]
        if a != b:
            yield a + b


def _coprime(a: int, b: int) -> bool:
    while b:
        a, b = b, a % b
    return a == 1


def with_invented_places(
    towns: tuple[TownSpec, ...],
    counts: Mapping[str, tuple[int, int]],
    villages: tuple[str, str],
    communities: tuple[str, str],
) -> tuple[TownSpec, ...]:
    """The towns with as many invented villages and communities as ``counts`` says by town name.

    The names combine the two strings of characters given for each. KeyError for a town without counts;
    ValueError when the characters give too few names.
    """
    rural, urban = invented_names(*villages), invented_names(*communities)
    return tuple(
        replace(
            town,
            villages=_take(rural, counts[town.name][0], "村"),
            communities=_take(urban, counts[town.name][1], "社区"),
        )
        for town in towns
    )


def _take(names: Iterator[str], number: int, suffix: str) -> tuple[str, ...]:
    taken = tuple(f"{name}{suffix}" for _, name in zip(range(number), names, strict=False))
    if len(taken) < number:
        raise ValueError(f"{number - len(taken)} place names are missing")
    return taken
