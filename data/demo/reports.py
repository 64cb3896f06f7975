"""支部党建诊疗报告 and 党员锋领指数报告: made when the month closes, pushed about the 5th, opened by most."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.people import ABROAD, EXEMPT, GUEST, home_on
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("branch_diagnosis", "member_index")
# Reports of members are kept for the last two closed months: a year of them would be half a million rows.
_MEMBER_MONTHS = 2


def write_reports(world: World) -> None:
    """Rows of ``diagnosis_reports`` for every closed month."""
    rng, time, registry = world.time.stream("reports"), world.time, world.registry
    for month in range(time.closed):
        first = int(time.starts[month])
        founded = np.flatnonzero(registry.established < first)
        _put(world, rng, month, np.full(len(founded), -1), founded, 0)
        if month >= time.closed - _MEMBER_MONTHS:
            member, branch = _scored(world, int(time.starts[month + 1]) - 1)
            _put(world, rng, month, member, branch, 1)


def _scored(world: World, day: int) -> tuple[Array, Array]:
    every = np.flatnonzero(world.people.fate != GUEST)
    branch = home_on(world.people, every, day)
    category = world.people.category_on(every, np.full(len(every), day))
    keep = (branch >= 0) & ~np.isin(category, (ABROAD, EXEMPT))
    return every[keep], branch[keep]


def _put(world: World, rng: np.random.Generator, month: int, member: Array, branch: Array, kind: int) -> None:
    """Nothing is pushed before the closing is published (indicators.md §11.7)."""
    n, now, close = len(branch), world.time.now_s, world.time.cutoff_s(month)
    generated = close + 7200 + rng.integers(0, 5400, n)
    pushed = close + 4 * DAY + 32_400 + rng.integers(300, 9000, n)
    pushed = np.where((pushed < now) & (rng.random(n) < 0.997), pushed, -1)
    ready = np.clip(0.93 + 0.025 * world.registry.quality[month][branch], 0.6, 0.995) - 0.12 * kind
    opened = pushed + (rng.gamma(0.9, 1.3, n) * DAY).astype(int) + 240
    opened = np.where((pushed >= 0) & (opened < now) & (rng.random(n) < ready), opened, -1)
    made = generated < now
    columns = {
        "report_id": world.ids.take("diagnosis_reports", int(made.sum())),
        "report_kind": coded(np.full(int(made.sum()), kind), KINDS),
        "period_month": coded(np.full(int(made.sum()), month), world.time.months),
        "member_id": np.where(member >= 0, member + 1, -1)[made],
        "org_id": world.registry.branch_org[branch[made]],
        "generated_at": generated[made],
        "pushed_at": pushed[made],
        "opened_at": opened[made],
        "created_at": generated[made],
        "updated_at": np.maximum.reduce([generated, pushed, opened])[made],
    }
    world.writer.put("diagnosis_reports", columns)
