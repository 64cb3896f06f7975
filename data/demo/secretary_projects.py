"""书记攻坚项目: what the secretary has taken on for the year, and how far it is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import NULL_DAY, coded
from data.demo.moments import date_number
from data.demo.timeline import DAY, Array
from data.demo.world import World

_TITLES = (
    "老旧小区改造",
    "村集体经济增收",
    "软弱小组整顿",
    "楼宇党建共建",
    "环境整治攻坚",
    "矛盾纠纷化解",
    "党员队伍年轻化",
    "服务阵地提升",
)
_SHARE = 0.30


def write_projects(world: World) -> None:
    """Rows of ``secretary_projects``: three in ten branches and every second-level committee, each year."""
    rng = world.time.stream("projects")
    for year in world.time.years():
        committees = np.array([o.org_id for o in world.registry.tree.orgs if o.parent == 1])
        branch = np.flatnonzero((rng.random(world.registry.branches) < _SHARE) & ~world.registry.temporary)
        quality = world.registry.quality[-1][branch]
        org = np.concatenate([committees, world.registry.branch_org[branch]])
        _year(world, rng, year, org, np.concatenate([np.full(len(committees), 1.0), quality]))


def _year(world: World, rng: np.random.Generator, year: int, org: Array, quality: Array) -> None:
    """Registered before the end of March; 4 % lag by more than a tenth at the last closing, 1 % miss their date."""
    now, n = world.time.now_day, len(org)
    registered = date_number(year, 1, 8) + rng.integers(0, 78, n)
    due = date_number(year, 11, 20) + rng.integers(0, 36, n)
    worse = np.clip(np.exp(-0.8 * quality), 0.2, 6)
    draw = rng.random(n) / worse
    finished = due - rng.integers(1, 40, n)
    finished = np.where(draw < 0.008, due + rng.integers(5, 60, n), finished)
    begun = (registered < now) & (max(registered.min(), int(world.time.starts[0])) <= now)
    done = finished < now
    # Ahead of the plan up to the end of the open month, which is what the lag is measured against.
    month_end = int(world.time.starts[-1])
    planned = np.clip((month_end - registered) / (due - registered), 0, 1)
    progress = planned + rng.uniform(0.0, 0.09, n)
    progress = np.where(draw < 0.04, planned - rng.uniform(0.2, 0.36, n), progress)
    progress = np.where(done, 1.0, np.clip(progress, 0.01, 0.98))
    pick = np.flatnonzero(begun)
    told = np.where(done, finished, np.maximum(now - rng.integers(1, 12, n), registered))
    ids = world.ids.take("secretary_projects", len(pick))
    title = rng.integers(0, len(_TITLES), n)[pick]
    world.writer.put(
        "secretary_projects",
        {
            "project_id": ids,
            "org_id": org[pick],
            "project_year": np.full(len(pick), year),
            "title": coded(title, tuple(f"{t}（{year}年）" for t in _TITLES)),
            "registered_on": registered[pick],
            "due_on": due[pick],
            "progress": np.round(progress[pick], 4),
            "completed_on": np.where(done, finished, NULL_DAY)[pick],
            "status": pa.array(np.where(done, "done", "open")[pick]),
            "created_at": registered[pick] * DAY + 36_000,
            "updated_at": told[pick] * DAY + 36_000,
        },
    )
