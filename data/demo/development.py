"""Development of new members: applicants on their way through the 25 steps, the admitted ones among them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import NULL_DAY, coded
from data.demo.people import EDUCATION, PRESENT
from data.demo.timeline import DAY, Array
from data.demo.world import World

# name, stage, actor, anchor step, days at least, days at most, upload, superior (indicators.md §9.3)
STEPS25 = (
    ("递交入党申请书", 1, "applicant", 0, 0, 0, 1, 0),
    ("党组织派人谈话", 1, "branch", 1, 0, 31, 1, 0),
    ("推荐和确定入党积极分子", 2, "branch", 2, 0, 365, 1, 0),
    ("上级党委备案", 2, "committee", 3, 0, 30, 0, 1),
    ("指定培养联系人", 2, "branch", 4, 0, 15, 0, 0),
    ("培养教育考察", 2, "branch", 3, 365, 0, 1, 0),
    ("确定发展对象", 3, "branch", 6, 0, 90, 1, 0),
    ("报上级党委备案", 3, "committee", 7, 0, 30, 0, 1),
    ("确定入党介绍人", 3, "branch", 8, 0, 15, 0, 0),
    ("进行政治审查", 3, "branch", 8, 0, 90, 1, 0),
    ("开展集中培训", 3, "committee", 8, 0, 180, 1, 0),
    ("支部委员会审查", 4, "branch", 11, 0, 30, 1, 0),
    ("上级党委预审", 4, "committee", 12, 0, 30, 0, 1),
    ("填写入党志愿书", 4, "applicant", 13, 0, 15, 0, 0),
    ("支部大会讨论", 4, "branch", 13, 0, 31, 1, 0),
    ("上级党委派人谈话", 4, "committee", 15, 0, 60, 1, 1),
    ("上级党委审批", 4, "committee", 15, 0, 90, 0, 1),
    ("再上一级党委组织部门备案", 4, "district", 17, 0, 30, 0, 1),
    ("编入党支部和党小组", 5, "branch", 17, 0, 30, 0, 0),
    ("入党宣誓", 5, "committee", 17, 0, 90, 1, 0),
    ("继续教育考察", 5, "branch", 15, 335, 0, 1, 0),
    ("提出转正申请", 5, "applicant", 15, 335, 372, 1, 0),
    ("支部大会讨论", 5, "branch", 15, 365, 396, 1, 0),
    ("上级党委审批", 5, "committee", 23, 0, 90, 0, 1),
    ("材料归档", 5, "committee", 24, 0, 30, 0, 0),
)
# Usual days between a step and the one before it.
_GAPS = np.array(
    [0, 14, 110, 12, 5, 390, 30, 12, 6, 25, 40, 12, 12, 6, 12, 20, 25, 12, 8, 25, 275, 3, 31, 35, 12]
)
_MEETING = 14  # 0-based number of the branch meeting that admits


def write_step_definitions(world: World) -> None:
    """Rows of ``development_step_defs`` for the 25 steps."""
    n = len(STEPS25)
    anchor, low, high = (np.array([s[i] or -1 for s in STEPS25]) for i in (3, 4, 5))
    world.writer.put(
        "development_step_defs",
        {
            "step_def_id": np.arange(1, n + 1),
            "variant": np.full(n, 25),
            "step_no": np.arange(1, n + 1),
            "stage_no": np.array([s[1] for s in STEPS25]),
            "step25_no": np.arange(1, n + 1),
            "name_zh": pa.array([s[0] for s in STEPS25]),
            "actor": pa.array([s[2] for s in STEPS25]),
            "anchor_step_no": anchor,
            "min_days": low,
            "max_days": high,
            "requires_upload": np.array([bool(s[6]) for s in STEPS25]),
            "requires_exam": np.zeros(n, bool),
            "requires_superior": np.array([bool(s[7]) for s in STEPS25]),
            "created_at": np.full(n, (int(world.time.starts[0]) - 30) * DAY),
        },
    )


def write_development(world: World) -> None:
    """Cases and steps: one case per member admitted in the window, the rest still on their way."""
    write_step_definitions(world)
    rng, time, people = world.time.stream("development"), world.time, world.people
    admitted = np.flatnonzero((people.came == 1) & (people.fate == PRESENT))
    n_open = round(len(people) * 0.053)
    branch = np.concatenate([people.home[admitted], rng.integers(0, world.registry.branches, n_open)])
    n = len(branch)
    gaps = np.round(_GAPS * rng.gamma(16, 1 / 16, (n, 25))).astype(int)
    gaps[:, 5] = np.maximum(gaps[:, 5], 366)
    reach = np.cumsum(gaps, axis=1)
    applied = np.concatenate(
        [
            people.joined[admitted] - reach[: len(admitted), _MEETING],
            time.now_day - rng.integers(3, 560, n_open),
        ]
    )
    done = applied[:, None] + reach
    never = np.arange(n)[:, None] >= len(admitted)
    finished = (done < time.now_day) & ~(never & (np.arange(25)[None] >= _MEETING))
    steps_done = finished.sum(axis=1)
    stage = np.array([s[1] for s in STEPS25])
    member = np.concatenate([admitted + 1, np.full(n_open, -1)])
    age = rng.integers(19, 40, n) * 365
    birth = np.concatenate([people.birth[admitted], (applied - age)[len(admitted) :]])
    whole = steps_done == 25
    last = np.where(steps_done > 0, done[np.arange(n), np.maximum(steps_done - 1, 0)], applied)
    ids = world.ids.take("development_cases", n)
    world.writer.put(
        "development_cases",
        {
            "case_id": ids,
            "branch_org_id": world.registry.branch_org[branch],
            "applicant_name": pa.array([f"申请人{i:06d}" for i in ids]),
            "gender": coded((rng.random(n) < 0.4).astype(int), ("M", "F")),
            "birthday": birth,
            "education": coded(np.searchsorted([0.12, 0.62, 0.88], rng.random(n)), EDUCATION),
            "occupation": coded(rng.integers(0, 4, n), ("worker", "professional", "manager", "farmer")),
            "is_frontline": rng.random(n) < 0.52,
            "variant": np.full(n, 25),
            "applied_on": applied,
            "stage_no": stage[np.minimum(steps_done, 24)],
            "current_step_no": np.minimum(steps_done + 1, 25),
            "status": coded(whole.astype(int), ("in_progress", "completed")),
            "closed_on": np.where(whole, done[:, 24], NULL_DAY),
            "member_id": member,
            "created_at": last * DAY + 40000,
        },
    )
    _write_steps(world, rng, ids, branch, applied, done, finished)


def _write_steps(
    world: World,
    rng: np.random.Generator,
    ids: Array,
    branch: Array,
    applied: Array,
    done: Array,
    finished: Array,
) -> None:
    n, now = len(ids), world.time.now_day
    opened = np.column_stack([applied, done[:, :-1]])
    current = ~finished & np.column_stack([np.ones(n, bool), finished[:, :-1]])
    shown = finished | current
    anchor = np.array([max(s[3], 1) - 1 for s in STEPS25])
    limit = np.array([s[5] for s in STEPS25])
    due = np.where(limit[None] > 0, done[:, anchor] + limit[None], NULL_DAY)
    overdue = current & (due < now) & (due > NULL_DAY) & (rng.random(current.shape) < 0.9)
    due = np.where(overdue, now + 20, due)
    row, step = np.nonzero(shown)
    over = np.array([bool(s[7]) for s in STEPS25])[step]
    ok = finished[row, step]
    day = done[row, step]
    unlocked = np.minimum(opened[row, step], now) * DAY + 33000
    recorded = np.where(
        ok, np.minimum(day * DAY + rng.integers(36000, 3 * DAY, len(row)), world.time.now_s - 9), -1
    )
    world.writer.put(
        "development_steps",
        {
            "dev_step_id": world.ids.take("development_steps", len(row)),
            "case_id": ids[row],
            "step_no": step + 1,
            "status": coded(ok.astype(int), ("open", "done")),
            "unlocked_at": unlocked,
            "due_on": due[row, step],
            "done_on": np.where(ok, day, NULL_DAY),
            "recorded_at": recorded,
            "reviewed_at": np.where(ok & over, recorded, -1),
            "reviewed_by_org_id": np.where(ok & over, world.registry.parent_org[branch[row]], -1),
            "created_at": np.maximum(unlocked, recorded),
        },
    )
