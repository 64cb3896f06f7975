"""Volunteer service, needs and deeds: what members do beyond meetings, with its points."""

from __future__ import annotations

import numpy as np

from data.demo.bulk import coded
from data.demo.people import GUEST
from data.demo.points import RULE_ID
from data.demo.sampling import even_counts
from data.demo.timeline import DAY, SEASON, Array
from data.demo.world import World

KINDS = (
    "community",
    "environment",
    "security",
    "poverty_help",
    "culture",
    "medical",
    "professional",
    "emergency",
)
_KIND_WORDS = ("社区治理", "环境整治", "平安巡防", "助老帮困", "文体宣传", "医疗导医", "专业服务", "应急值守")
DEEDS = (
    "demo_post",
    "pledge_done",
    "lecture_given",
    "household_link",
    "moral_honor",
    "civilized_family",
    "emergency_task",
    "complaint",
    "mentoring",
)
_DEED_SHARES = (0.18, 0.32, 0.1, 0.23, 0.02, 0.05, 0.045, 0.005, 0.05)
_DEED_POINTS = np.array([2.0, 1, 3, 1, 2, 1, 2, -1, 1])
# In this order neighbours, that is members of one branch, add up to about the mean.
_HOURS = np.array([2.0, 3, 1.5, 2, 4, 2, 2.5, 1.5, 3, 2, 6, 1.5, 2, 3, 2, 4, 2.5, 2, 3, 4])
_MORAL = DEEDS.index("moral_honor")
# A moral honour of the town earns as much as one of the unit, the higher ones more (hs_m_moral_honor).
_LEVELS = ("unit", "town", "district", "city")
_LEVEL_POINTS = np.array([2.0, 2, 3, 5])
_DEED_WORDS = (
    "党员示范岗",
    "承诺践诺事项",
    "微宣讲",
    "结对联系群众",
    "道德荣誉",
    "文明家庭",
    "急难险重任务",
    "群众反映",
    "培养联系入党积极分子",
)


class Service:
    """Writes month after month."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rng = world.time.stream("service")
        n = len(world.people)
        age = (world.time.now_day - world.people.birth) / 365.25
        self._zeal = self._rng.gamma(0.7, 1 / 0.7, n) * np.where(age > 78, 0.2, 1.0)
        self._zeal *= np.where(world.people.category1 == 0, 1.0, 0.12)
        self._zeal /= _branch_mean(world, self._zeal) ** 0.95
        self._deed_rules = np.array([RULE_ID[f"hs_m_{'pledge' if d == 'pledge_done' else d}"] for d in DEEDS])

    def write_month(self, month: int) -> None:
        """Volunteer needs and records and deeds of one month."""
        roster, time = self.world.roster, self.world.time
        first, last = int(time.starts[month]), int(time.starts[month + 1]) - 1
        here = (
            (roster.start <= first) & (roster.end > last) & (self.world.people.fate[roster.member] != GUEST)
        )
        member, branch = roster.member[here], roster.branch[here]
        self._volunteers(month, member, branch)
        self._deeds(month, member, branch)

    def _moments(self, month: int, n: int, first_hour: int = 8) -> Array:
        rng, time = self._rng, self.world.time
        start, end = int(time.starts[month]), int(time.starts[month + 1])
        return (start + (rng.random(n) * (end - start)).astype(int)) * DAY + rng.integers(
            first_hour * 3600, 20 * 3600, n
        )

    def _recorded(self, month: int, n: int) -> tuple[Array, Array, Array]:
        """Second served, second recorded and whether that came after the cut-off, for n records."""
        rng, time = self._rng, self.world.time
        moment = self._moments(month, n)
        late = rng.random(n) < 0.012
        recorded = moment + rng.integers(1800, 30 * 3600, n)
        recorded = np.minimum(recorded, time.cutoff_s(month) - 20)
        recorded = np.where(
            late, time.cutoff_s(month) + rng.integers(3600, 6 * DAY, n), np.maximum(recorded, moment)
        )
        return moment, recorded, late

    def _volunteers(self, month: int, member: Array, branch: Array) -> None:
        world, rng, time = self.world, self._rng, self.world.time
        projects = self._needs(month)
        # The winter holidays empty the meeting rooms, not the neighbourhoods.
        season = max(0.95, SEASON[time.month_no(month)]) * (1.5 if time.month_no(month) in (3, 7) else 1.0)
        # Hours per head differ by town and branch, but seldom by half: that would be a yellow light (hs_b_volunteer).
        lift = 0.1 * world.registry.quality[month] + 0.14 * world.registry.town_level[month]
        rate = 0.2 * season * np.exp(lift)[branch] * self._zeal[member]
        row = np.repeat(np.arange(len(member)), even_counts(rng, np.minimum(rate, 9)))
        moment, recorded, late = self._recorded(month, len(row))
        keep = recorded < time.now_s
        row, moment, recorded, late = row[keep], moment[keep], recorded[keep], late[keep]
        n = len(row)
        hours = _HOURS[(np.arange(n) + rng.integers(0, len(_HOURS))) % len(_HOURS)]
        claimed = rng.random(n) < 0.35
        checked = rng.random(n) < 0.97
        verified = np.where(checked, recorded + rng.integers(60, 2 * DAY, n), -1)
        verified = np.where(verified >= time.now_s, -1, verified)
        project = np.where(claimed, rng.choice(projects, n), -1) if len(projects) else np.full(n, -1)
        ids = world.ids.take("volunteer_records", n)
        org = world.registry.branch_org[branch[row]]
        world.writer.put(
            "volunteer_records",
            {
                "record_id": ids,
                "member_id": member[row] + 1,
                "project_id": project,
                "org_id": org,
                "service_on": moment // DAY,
                "hours": hours,
                "sign_method": coded(np.where(claimed, 0, 1), ("qr", "wechat")),
                "verified_at": verified,
                "recorded_at": recorded,
                "source_system_id": np.full(n, 3),
                "updated_at": np.maximum(recorded, verified),
            },
        )
        counted = np.where(late, -1, verified)
        self._hours(row, member, org, ids, moment, counted, hours)
        self._claims(row, member, org, ids, moment, np.where(project >= 0, counted, -1))

    def _hours(
        self, row: Array, member: Array, org: Array, ids: Array, moment: Array, verified: Array, hours: Array
    ) -> None:
        """Half a point an hour; records not verified (-1) earn nothing."""
        served = np.flatnonzero(verified >= 0)
        self.world.ledger.book(
            "volunteer_records",
            ids[served],
            member[row[served]],
            org[served],
            RULE_ID["hs_m_volunteer_hours"],
            hours[served] * 0.5,
            moment[served] // DAY,
            verified[served],
        )

    def _claims(
        self, row: Array, member: Array, org: Array, ids: Array, moment: Array, verified: Array
    ) -> None:
        """A point for every need served; two records of one member for the same need are too rare to matter."""
        served = np.flatnonzero(verified >= 0)
        self.world.ledger.book(
            "volunteer_records",
            ids[served],
            member[row[served]],
            org[served],
            RULE_ID["hs_m_need_claimed"],
            1.0,
            moment[served] // DAY,
            verified[served],
        )

    def _needs(self, month: int) -> Array:
        world, rng, time = self.world, self._rng, self.world.time
        n = max(2, round(world.registry.branches * 0.22 * SEASON[time.month_no(month)]))
        moment = np.sort(self._moments(month, n))
        moment = moment[moment < time.now_s]
        n, kind = len(moment), rng.integers(0, len(KINDS), len(moment))
        ids = world.ids.take("volunteer_projects", n)
        world.writer.put(
            "volunteer_projects",
            {
                "project_id": ids,
                "org_id": world.registry.branch_org[rng.integers(0, world.registry.branches, n)],
                "title": coded(kind, tuple(f"{w}志愿服务招募" for w in _KIND_WORDS)),
                "service_kind": coded(kind, KINDS),
                "published_at": moment,
                "start_on": moment // DAY + 2,
                "end_on": moment // DAY + 20,
                "slots": rng.integers(5, 40, n),
                "status": coded((moment // DAY + 20 < time.now_day).astype(int), ("open", "done")),
                "created_at": moment,
            },
        )
        return ids

    def _deeds(self, month: int, member: Array, branch: Array) -> None:
        world, rng, time = self.world, self._rng, self.world.time
        rate = 0.021 * np.exp(0.35 * world.registry.quality[month])[branch] * self._zeal[member]
        row = np.flatnonzero(rng.random(len(member)) < rate)
        moment = self._moments(month, len(row))
        verified = moment + rng.integers(DAY, 9 * DAY, len(row))
        keep = moment < time.now_s - 60
        row, moment, verified = row[keep], moment[keep], verified[keep]
        verified = np.where(verified < time.now_s, verified, -1)
        kind, n = np.searchsorted(np.cumsum(_DEED_SHARES)[:-1], rng.random(len(row))), len(row)
        level = np.where(kind == _MORAL, np.searchsorted([0.5, 0.8, 0.96], rng.random(n)), 0)
        points = np.where(kind == _MORAL, _LEVEL_POINTS[level], _DEED_POINTS[kind])
        ids, org = world.ids.take("member_deeds", n), world.registry.branch_org[branch[row]]
        world.writer.put(
            "member_deeds",
            {
                "deed_id": ids,
                "member_id": member[row] + 1,
                "deed_kind": coded(kind, DEEDS),
                "title": coded(kind, _DEED_WORDS),
                "deed_level": coded(level, _LEVELS),
                "quantity": np.ones(n),
                "occurred_on": moment // DAY,
                "verified_at": verified,
                "verified_by_org_id": np.where(verified >= 0, world.registry.parent_org[branch[row]], -1),
                "recorded_at": np.minimum(moment + 3600, time.now_s - 1),
                "updated_at": np.maximum(np.minimum(moment + 3600, time.now_s - 1), verified),
            },
        )
        ok = verified >= 0
        world.ledger.book(
            "member_deeds",
            ids[ok],
            member[row[ok]],
            org[ok],
            self._deed_rules[kind[ok]],
            points[ok],
            moment[ok] // DAY,
            verified[ok],
        )


def _branch_mean(world: World, zeal: Array) -> Array:
    """Mean zeal of the active members of each member's branch, so that the zealous are spread over all of them."""
    home, n = world.people.home, world.registry.branches
    active = world.people.category1 == 0
    mean = np.bincount(home, weights=zeal * active, minlength=n) / np.maximum(
        np.bincount(home, weights=active, minlength=n), 1
    )
    return np.asarray(np.maximum(mean, 0.05)[home])
