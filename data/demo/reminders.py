"""Reminders an article counts: organisations reminded of their meetings, members of their dues and meetings.

Every row of ``warnings`` about a member is one of these, one per member. Those about organisations bear the
indicators jn_w04 … jn_w06 and are written only where a number is published: elsewhere the lights say it all.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data.demo.bulk import coded
from data.demo.moments import at_work, date_number
from data.demo.people import PRESENT, home_on
from data.demo.timeline import DAY, Array
from data.demo.warnings import Pushed
from data.demo.world import World

OF_ORGANISATIONS = ("jn_w04_meetings_missed", "jn_w05_activity_day_missed", "jn_w06_study_day_missed")
OF_MEMBERS = ("hs_m_dues", "hs_m_life_gap")
_STATES = ("rectifying", "closed")
_MEETINGS = ("hs_b_theme_party_day", "hs_b_member_assembly", "hs_b_committee_meeting", "hs_b_party_lecture")
# 89 of 62,498 (江宁).
_MEMBERS_SHARE = 89 / 62_498


def write_reminders(world: World, lights: Mapping[str, Array]) -> tuple[Pushed, Pushed, Array]:
    """Rows of ``warnings``; returns those of organisations, those of members, and the members (0-based)."""
    figures = world.registry.tree.spec.figures
    orgs = _organisations(world, lights, figures.orgs_reminded or 0)
    wanted = figures.members_reminded
    return orgs, *_members(world, round(len(world.people) * _MEMBERS_SHARE) if wanted is None else wanted)


def _organisations(world: World, lights: Mapping[str, Array], wanted: int) -> Pushed:
    """In the calendar year before this one: the branches that missed most, else the weakest."""
    rng, time, registry = world.time.stream("reminders"), world.time, world.registry
    year = time.years()[-1] - 1
    months = [n for n, month in enumerate(time.months[: time.closed]) if int(month[:4]) == year]
    missed = sum((lights[name][months] > 0).sum(axis=0) for name in _MEETINGS)
    branch = np.argsort(-(missed - 0.2 * registry.quality[0]))[:wanted]
    day = date_number(year, 2, 1) + rng.integers(0, 330, len(branch))
    nobody = np.full(len(branch), -1)
    kind = rng.choice(3, len(branch), p=[0.5, 0.3, 0.2])
    return _put(world, rng, OF_ORGANISATIONS, kind, nobody, branch, day)


def _members(world: World, wanted: int) -> tuple[Pushed, Array]:
    rng, people, time = world.time.stream("reminded-members"), world.people, world.time
    able = (people.fate == PRESENT) & (people.category1 == 0) & (people.start < int(time.starts[0]) - 60)
    member = rng.choice(np.flatnonzero(able), wanted, replace=False)
    span = max(40, time.now_day - int(time.starts[0]) - 40)
    day = int(time.starts[0]) + 5 + (rng.random(wanted) * span).astype(int)
    day = np.minimum(day, time.now_day - 1)
    branch = home_on(people, member, day)
    return _put(world, rng, OF_MEMBERS, (rng.random(wanted) < 0.35).astype(int), member, branch, day), member


def _put(
    world: World,
    rng: np.random.Generator,
    indicators: tuple[str, ...],
    kind: Array,
    member: Array,
    branch: Array,
    day: Array,
) -> Pushed:
    """Pushed within the hour; all but a few put right and verified within a month."""
    time, n = world.time, len(day)
    raised, pushed, acknowledged, rectified, verified = _moments(rng, time.now_s, day)
    closed = verified >= 0
    months = raised.astype("int64").view("datetime64[s]").astype("datetime64[M]").astype(str)
    ids, org = world.ids.take("warnings", n), world.registry.branch_org[branch]
    world.writer.put(
        "warnings",
        {
            "warning_id": ids,
            "indicator_id": coded(kind, indicators),
            "level": coded((rng.random(n) < 0.25).astype(int), ("yellow", "red")),
            "subject_type": coded((member >= 0).astype(int), ("org", "member")),
            "member_id": np.where(member >= 0, member + 1, -1),
            "org_id": org,
            "period": months.astype(object),
            "raised_at": raised,
            "pushed_at": pushed,
            "push_channel": coded(np.zeros(n, int), ("sms",)),
            "acknowledged_at": acknowledged,
            "acknowledged_by_account_id": np.where(acknowledged < 0, -1, org),
            "rectify_due_on": raised // DAY + 30,
            "rectified_at": rectified,
            "verified_at": verified,
            "verified_by_org_id": np.where(closed, world.registry.parent_org[branch], -1),
            "state": coded(closed.astype(int), _STATES),
            "created_at": raised,
            "updated_at": np.maximum.reduce([pushed, acknowledged, rectified, verified]),
        },
    )
    return Pushed(ids, org, pushed)


def _moments(rng: np.random.Generator, now: int, day: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Seconds raised, pushed, acknowledged, rectified and verified; -1 for not yet."""
    n = len(day)
    raised = np.minimum(at_work(rng, day), now - 7200)
    pushed = raised + rng.integers(60, 3000, n)
    acknowledged = pushed + rng.integers(3600, 3 * DAY, n)
    rectified = acknowledged + rng.integers(DAY, 24 * DAY, n)
    rectified = np.where(rng.random(n) < 0.04, raised + rng.integers(40, 90, n) * DAY, rectified)
    verified = rectified + rng.integers(DAY, 6 * DAY, n)
    acknowledged = np.where(acknowledged < now, acknowledged, -1)
    rectified = np.where(rectified < now, rectified, -1)
    return raised, pushed, acknowledged, rectified, np.where(verified < now, verified, -1)
