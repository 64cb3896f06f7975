"""Floating members: registrations, quarterly reports and lost-contact cases."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import NULL_DAY, coded
from data.demo.people import FLOW_OUT, PRESENT, home_on
from data.demo.timeline import DAY, FAR_DAY, Array
from data.demo.world import World

_REGIONS = ("330100", "330600", "310000", "320500", "440300", "340100", "360100", "510100")


def write_floating(world: World) -> dict[str, tuple[Array, Array]]:
    """Rows of the three tables; returns per closed quarter (members due, members without report) by branch."""
    rng, time, people = world.time.stream("floating"), world.time, world.people
    ever = np.flatnonzero(
        (people.fate == PRESENT) & ((people.category0 == FLOW_OUT) | (people.category1 == FLOW_OUT))
    )
    begins = np.where(people.category0[ever] == FLOW_OUT, people.start[ever] + 30, people.changed[ever])
    ends = np.where(people.category1[ever] == FLOW_OUT, FAR_DAY, people.changed[ever])
    ever, begins, ends = ever[ends > begins], begins[ends > begins], ends[ends > begins]
    n = len(ever)
    moment = (
        np.clip(np.where(ends < FAR_DAY, ends, begins), int(time.starts[0]) - 30, time.now_day - 1) * DAY
        + 36000
    )
    world.writer.put(
        "floating_registrations",
        {
            "floating_id": world.ids.take("floating_registrations", n),
            "member_id": ever + 1,
            "direction": coded(np.zeros(n, int), ("out",)),
            "branch_org_id": world.registry.branch_org[people.home[ever]],
            "started_on": np.minimum(begins, time.now_day - 1),
            "ended_on": np.where(ends >= FAR_DAY, NULL_DAY, ends),
            "place_region": coded(rng.integers(0, len(_REGIONS), n), _REGIONS),
            "created_at": moment,
        },
    )
    found = {}
    for first in range(0, len(time.months)):
        if (time.month_no(first) - 1) % 3 == 0 and first + 2 < len(time.months):
            found[time.months[first + 2]] = _quarter(world, rng, ever, first)
    _lost(world, rng)
    return found


def _quarter(world: World, rng: np.random.Generator, ever: Array, first: int) -> tuple[Array, Array]:
    """Reports of one quarter beginning with month number ``first``; the open quarter gets its reports so far."""
    time, people, nb = world.time, world.people, world.registry.branches
    last_day = int(time.starts[first + 3]) - 1
    known = min(last_day, time.now_day)
    branch = home_on(people, ever, known)
    due = (branch >= 0) & (people.category_on(ever, np.full(len(ever), known)) == FLOW_OUT)
    due &= people.category_on(ever, np.full(len(ever), last_day - 45)) == FLOW_OUT
    due &= people.start[ever] <= last_day - 45
    member, branch = ever[due], branch[due]
    quality = world.registry.quality[first + 2][branch]
    missing = rng.random(len(member)) < np.clip(0.009 * np.exp(-1.0 * quality), 0, 0.5)
    length = (last_day - int(time.starts[first])) * DAY
    moment = int(time.starts[first]) * DAY + (rng.beta(3.0, 1.5, len(member)) * length).astype(int)
    there = ~missing & (moment < time.now_s - 3600)
    reviewed = moment + rng.integers(3600, 3 * DAY, len(member))
    reviewed = np.where(reviewed < time.now_s, np.minimum(reviewed, (last_day + 1) * DAY - 30), -1)
    n = int(there.sum())
    name = f"{time.months[first][:4]}Q{(time.month_no(first) + 2) // 3}"
    world.writer.put(
        "floating_reports",
        {
            "report_id": world.ids.take("floating_reports", n),
            "member_id": member[there] + 1,
            "branch_org_id": world.registry.branch_org[branch[there]],
            "quarter": coded(np.zeros(n, int), (name,)),
            "report_kind": coded(rng.integers(0, 2, n), ("activity_proof", "thought_report")),
            "submitted_at": moment[there],
            "reviewed_at": reviewed[there],
            "review_result": coded(np.where(reviewed[there] >= 0, 0, -1), ("approve",)),
            "created_at": np.maximum(moment[there], reviewed[there]),
        },
    )
    return np.bincount(branch, minlength=nb), np.bincount(branch[missing], minlength=nb)


def _lost(world: World, rng: np.random.Generator) -> None:
    """Lost members in the published number, else one in 180; nine in ten found, and nearly all of them integrated."""
    time, people, figures = world.time, world.people, world.registry.tree.spec.figures
    own = np.flatnonzero((people.fate == PRESENT) & (people.category1 == FLOW_OUT))
    n = max(2, round(len(people) / 180)) if figures.lost_members is None else figures.lost_members
    member = rng.choice(own, min(n, len(own)), replace=False)
    # Weak branches lose their members for good: the last of the order are still searched for.
    quality = world.registry.quality[-1][people.home[member]]
    member, n = member[np.argsort(-quality, kind="stable")], len(member)
    n_found = round(0.894 * n) if figures.lost_found is None else min(n, figures.lost_found)
    found = np.arange(n) < n_found
    # A found member not yet integrated would fall short of what is published: found and integrated.
    status = np.where(found, np.where((figures.lost_found is None) & (rng.random(n) < 0.05), 1, 2), 0)
    since = time.now_day - np.where(found, rng.integers(420, 1500, n), rng.integers(200, 560, n))
    registered = since + rng.integers(90, 190, n)
    found_on = np.minimum(registered + (rng.gamma(2.0, 45, n)).astype(int) + 5, time.now_day - 1)
    branch = world.registry.branch_org[people.home[member]]
    last = np.where(found, found_on, registered)
    world.writer.put(
        "lost_contact_cases",
        {
            "case_id": world.ids.take("lost_contact_cases", n),
            "member_id": member + 1,
            "branch_org_id": branch,
            "lost_since": since,
            "registered_on": registered,
            "status": coded(status, ("searching", "found", "integrated")),
            "found_on": np.where(found, found_on, NULL_DAY),
            "integrated_org_id": np.where(status == 2, branch, -1),
            "created_at": registered * DAY + 36000,
            "updated_at": last * DAY + 36000,
        },
    )
