"""问题清单: what a quarter's lights say is fed back to the organisation, and crossed off when it is put right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from data.demo.bulk import coded
from data.demo.timeline import DAY, Array
from data.demo.world import World

KINDS = ("life", "structure", "team", "venue", "report", "other")
_KIND_OF = {
    "hs_b_life_gap": (0, "连续未开展组织生活"),
    "hs_b_member_assembly": (0, "本季度未召开支部党员大会"),
    "hs_b_committee_meeting": (0, "支委会未按月召开"),
    "hs_b_group_meeting": (0, "党小组会未按月召开"),
    "hs_b_party_lecture": (0, "本季度未安排党课"),
    "hs_b_theme_party_day": (0, "主题党日未按月开展"),
    "hs_b_life_meeting": (0, "年度组织生活会未召开"),
    "hs_b_attendance_rate": (0, "组织生活参与率偏低"),
    "hs_b_appraisal": (0, "民主评议党员未完成"),
    "hs_b_term": (1, "任期将满或已满，尚未换届"),
    "hs_b_dues_collection": (2, "党费未按月足额收缴"),
    "hs_b_transfer": (2, "组织关系接转超期"),
    "hs_b_floating": (2, "流动党员未按季汇报"),
}
_OTHERS = ((3, "活动阵地公示栏需要更新"), (4, "党员信息填报不完整"), (5, "资料归档不及时"))


def write_problems(world: World, lights: Mapping[str, Array]) -> None:
    """Rows of ``problem_items``: one per light at the close of a quarter, and a few found by the look of it."""
    rng, time = world.time.stream("problems"), world.time
    for month in range(time.closed):
        if time.month_no(month) % 3:
            continue
        found = [
            (b, *_KIND_OF[name], name)
            for name in _KIND_OF
            for b in np.flatnonzero(lights[name][month]).tolist()
        ]
        extra = np.flatnonzero(rng.random(world.registry.branches) < 0.02)
        found += [(b, *_OTHERS[b % 3], "") for b in extra.tolist()]
        if found:
            _put(world, rng, month, found)


def _put(world: World, rng: np.random.Generator, month: int, found: list[tuple[int, int, str, str]]) -> None:
    """Due after 30 days; nearly all are solved by then, some later, a few stand for long."""
    time, n = world.time, len(found)
    branch = np.array([row[0] for row in found])
    issued = time.cutoff_s(month) + rng.integers(5, 9, n) * DAY + rng.integers(30_000, 60_000, n)
    spent = np.where(rng.random(n) < 0.94, rng.beta(3.0, 1.6, n) * 29, 31 + rng.gamma(1.4, 20, n))
    resolved = issued + (spent * DAY).astype(int)
    resolved = np.where((resolved < time.now_s) & (rng.random(n) < 0.985), resolved, -1)
    keep = issued < time.now_s
    texts = [found[row] for row in np.flatnonzero(keep).tolist()]
    name = f"{time.months[month][:4]}Q{time.month_no(month) // 3}"
    count = len(texts)
    world.writer.put(
        "problem_items",
        {
            "problem_id": world.ids.take("problem_items", count),
            "org_id": world.registry.branch_org[branch[keep]],
            "quarter": coded(np.zeros(count, int), (name,)),
            "problem_kind": coded(np.array([t[1] for t in texts], dtype=int), KINDS),
            "description": pa.array([t[2] for t in texts], pa.string()),
            "indicator_id": pa.array([t[3] or None for t in texts], pa.string()),
            "issued_at": issued[keep],
            "due_on": issued[keep] // DAY + 30,
            "resolved_at": resolved[keep],
            "created_at": issued[keep],
            "updated_at": np.maximum(issued, resolved)[keep],
        },
    )
