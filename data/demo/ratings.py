"""党组织评定: stars, weak organisations, model sites, 六强六过硬 and the yearly assessment."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import date_number
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("star", "weak_lax", "model_site", "six_strong", "year_end")
STAR, WEAK, MODEL, SIX, YEAR_END = range(5)
# 一星 … 五星: far fewer low ones than in the local scheme of R46, where a fifth would stand on red.
_STAR_EDGES = (0.0005, 0.0035, 0.40, 0.86)

Put = Callable[[int, Array, Array, int, Array], None]


def write_ratings(world: World) -> None:
    """Rows of ``org_ratings``: a year is rated in the January after it, a weak organisation listed in April."""
    rng, time = world.time.stream("ratings"), world.time
    rows: list[tuple[Array, Array, Array, Array, Array]] = []

    def put(kind: int, org: Array, value: Array, year: int, day: Array) -> None:
        n = len(org)
        rows.append((np.full(n, kind), org, value, np.full(n, year), np.broadcast_to(day, (n,))))

    stars = _first_stars(world, rng)
    for year in range(time.years()[0] - 2, time.years()[-1] + 1):
        if year >= time.years()[0] - 1:
            stars = _next_stars(world, rng, stars, year)
        _rate_year(world, rng, year, stars, put)
        _list_weak(world, rng, year, put)
    kind, org, value, rated, day = (np.concatenate(column) for column in zip(*rows, strict=True))
    keep = day * DAY + 36000 < time.now_s
    kind, org, value, rated, day = (a[keep] for a in (kind, org, value, rated, day))
    above = np.array([0] + [o.parent or 1 for o in world.registry.tree.orgs])
    world.writer.put(
        "org_ratings",
        {
            "rating_id": world.ids.take("org_ratings", len(org)),
            "org_id": org,
            "rating_kind": coded(kind, KINDS),
            "rating_year": rated,
            "rating_value": value,
            "decided_on": day,
            "decided_by_org_id": above[org],
            "created_at": day * DAY + 36000,
        },
    )


def _quality(world: World, year: int) -> Array:
    """Mean quality of a year's months inside the window, its nearest month for a year outside."""
    inside = [n for n, month in enumerate(world.time.months) if int(month[:4]) == year]
    months = inside or [0 if year < int(world.time.months[0][:4]) else -1]
    return np.asarray(world.registry.quality[months].mean(axis=0))


def _first_stars(world: World, rng: np.random.Generator) -> Array:
    quality = world.registry.quality[0] + rng.normal(0, 0.3, world.registry.branches)
    share = (np.argsort(np.argsort(quality)) + 0.5) / len(quality)
    return np.asarray(np.searchsorted(_STAR_EDGES, share) + 1)


def _next_stars(world: World, rng: np.random.Generator, stars: Array, year: int) -> Array:
    """Most keep their stars; the better ones rise, few fall, and the lowest recover."""
    quality = _quality(world, year)
    draw = rng.random(len(stars))
    up = (draw > 1 - np.clip(0.03 * np.exp(0.5 * quality), 0, 0.2)) | ((stars <= 2) & (draw > 0.4))
    down = draw < np.clip(0.004 * np.exp(-0.9 * quality), 0, 0.08)
    return np.asarray(np.clip(stars + up - down, 1, 5))


def _rate_year(world: World, rng: np.random.Generator, year: int, stars: Array, put: Put) -> None:
    registry = world.registry
    rated = np.flatnonzero(~registry.temporary)
    org, quality = registry.branch_org[rated], _quality(world, year)[rated]
    january = date_number(year + 1, 1, 8) + rng.integers(0, 16, len(org))
    put(STAR, org, stars[rated], year, january)
    put(
        SIX,
        org,
        np.clip(np.round(84 + 5 * quality + rng.normal(0, 3, len(org))), 40, 100).astype(int),
        year,
        january,
    )
    put(
        YEAR_END,
        org,
        np.clip(np.round(545 + 22 * quality + rng.normal(0, 9, len(org))), 300, 600).astype(int),
        year,
        january,
    )
    committees = np.array([o.org_id for o in registry.tree.orgs if o.parent == 1])
    score = np.clip(np.round(rng.normal(690, 22, len(committees))), 500, 800).astype(int)
    put(YEAR_END, committees, score, year, np.full(len(committees), date_number(year + 1, 1, 26)))
    best = rated[np.argsort(-quality - rng.gumbel(0, 0.6, len(rated)))[: max(1, len(rated) // 40)]]
    put(
        MODEL,
        registry.branch_org[best],
        np.ones(len(best), int),
        year,
        np.full(len(best), date_number(year, 11, 5)),
    )


def _list_weak(world: World, rng: np.random.Generator, year: int, put: Put) -> None:
    """2 % are listed in April; rectified by the end of the year but for one in thirty."""
    registry = world.registry
    wanted = _quality(world, year) - rng.gumbel(0, 0.5, registry.branches)
    weak = np.argsort(wanted)[: max(1, round(registry.branches * 0.02))]
    still = rng.random(len(weak)) < 0.035
    put(
        WEAK,
        registry.branch_org[weak],
        np.where(still, 1, 2),
        year,
        date_number(year, 4, 3) + rng.integers(0, 20, len(weak)),
    )
