"""Rows of organisation life: activities, their rosters and sign-ins, and the points of every valid sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from data.contract import ACTIVITY_TYPES, LIFE_TYPES, STUDY_TYPES
from data.demo.bulk import coded
from data.demo.life_plan import (
    ASSEMBLY,
    COMMITTEE,
    DELIBERATION,
    GROUP,
    LECTURE,
    LIFE_MEETING,
    STUDY_DAY,
    THEME,
    THEORY,
    TRAINING,
    TYPE_CODES,
    VISIT,
    Plan,
    month_plan,
)
from data.demo.people import FLOW_IN, NORMAL, home_on
from data.demo.points import RULE_ID
from data.demo.sampling import ranges, running, systematic
from data.demo.tags import write_tags
from data.demo.timeline import DAY, Array
from data.demo.titles import titles
from data.demo.world import World

SIGN_METHODS = ("qr", "wechat", "id_card", "manual")
STATUSES = ("present", "leave", "absent")
_STUDIES = (STUDY_DAY, THEORY, TRAINING, VISIT)
_ROSTER_KINDS = (ASSEMBLY, COMMITTEE, GROUP, LECTURE, LIFE_MEETING, THEME, *_STUDIES)
_SEATS_ONLY = (COMMITTEE, TRAINING)
_TRAINING_HOURS = 8.0
_STUDIES_A_YEAR = 12
_POINTS = {
    ASSEMBLY: "hs_m_member_assembly",
    COMMITTEE: "hs_m_committee_meeting",
    GROUP: "hs_m_group_meeting",
    LECTURE: "hs_m_party_lecture",
    LIFE_MEETING: "hs_m_life_meeting",
    THEME: "hs_m_theme_party_day",
    **dict.fromkeys(_STUDIES, "hs_m_theory_study"),
}
_LIFE = np.array([t.code in LIFE_TYPES for t in ACTIVITY_TYPES])
_STUDY = np.array([t.code in STUDY_TYPES for t in ACTIVITY_TYPES])


@dataclass
class Held:
    """Activities of a month with their moments in seconds; ``held`` are those begun and ended before now."""

    plan: Plan
    start: Array
    end: Array
    recorded: Array
    held: Array
    ids: Array


class _Signed(NamedTuple):
    """One entry per member on a roster: number of the activity, member, who must attend and who comes."""

    activity: Array
    member: Array
    required: Array
    come: Array


class Life:
    """Writes month after month; ``required`` and ``present`` (months, branches) are REQ and PRES of §3.2."""

    def __init__(self, world: World, venues: Array) -> None:
        self.world, self._venues = world, venues
        shape = world.registry.quality.shape
        self.required, self.present = np.zeros(shape, int), np.zeros(shape, int)
        self._rng = world.time.stream("life")
        self._keen = np.clip(self._rng.normal(0, 0.05, len(world.people)), -0.16, 0.08)
        self._studied = np.zeros(len(world.people), int)

    def write_month(self, month: int) -> Held:
        """Activities and attendances of one month."""
        world = self.world
        if world.time.month_no(month) == 1:
            self._studied[:] = 0
        held = self._activities(month_plan(self._rng, world.registry, world.plan, world.time, month), month)
        self._attendances(held, month)
        write_tags(world, month, held.ids, held.plan.kind, held.recorded)
        return held

    def _activities(self, plan: Plan, month: int) -> Held:
        world, rng = self.world, self._rng
        registry, time, n = world.registry, world.time, len(plan.kind)
        day = int(time.starts[month]) + plan.day
        minute = registry.start_minute[plan.branch] + np.where(
            plan.kind == THEME, 0, rng.integers(-4, 9, n) * 15
        )
        start = day * DAY + minute * 60
        end = start + np.where(plan.kind == THEME, 120, rng.choice([60, 75, 90, 120], n)) * 60
        cutoff = time.cutoff_s(month)
        recorded = np.minimum(end + (rng.exponential(7, n) * 3600).astype(int) + 300, cutoff - 90)
        recorded = np.where(plan.late, cutoff + rng.integers(1, 9 * 24, n) * 3600, recorded)
        held = end + 600 < time.now_s
        keep = ~(plan.late & (recorded > time.now_s)) & (held | ~plan.late)
        recorded = np.where(
            held,
            np.minimum(recorded, time.now_s - 30),
            np.minimum(time.now_s - 60, int(time.starts[month]) * DAY + rng.integers(1, 60, n) * 3600),
        )
        plan = Plan(plan.kind[keep], plan.branch[keep], plan.group[keep], plan.day[keep], plan.late[keep])
        ids = world.ids.take("activities", len(plan.kind))
        found = Held(plan, start[keep], end[keep], recorded[keep], held[keep], ids)
        self._put_activities(found, month)
        return found

    def _put_activities(self, found: Held, month: int) -> None:
        world, rng, plan, held = self.world, self._rng, found.plan, found.held
        registry, n = world.registry, len(found.ids)
        group = registry.group_org if len(registry.group_org) else np.zeros(1, int)
        broken = held & (rng.random(n) < 0.0003)
        deliberation = (plan.kind == DELIBERATION) | ((plan.kind == ASSEMBLY) & (rng.random(n) < 0.22))
        speaker = world.offices.secretary[plan.branch]
        online = rng.random(n) < np.where(np.isin(plan.kind, (THEORY, LECTURE)), 0.14, 0.03)
        # Good branches meet where party affairs have their place; a weak one often meets anywhere.
        at_venue = ~online & (rng.random(n) < 0.82 + 0.12 * np.tanh(registry.quality[month, plan.branch]))
        world.writer.put(
            "activities",
            {
                "activity_id": found.ids,
                "org_id": np.where(
                    plan.kind == GROUP, group[np.maximum(plan.group, 0)], registry.branch_org[plan.branch]
                ),
                "activity_type": coded(plan.kind, TYPE_CODES),
                "title": titles(rng, plan.kind, world.time.months[month]),
                "status": coded(held.astype(int), ("planned", "held")),
                "plan_start_at": found.start,
                "started_at": np.where(held & ~broken, found.start, -1),
                "ended_at": np.where(held, found.end, -1),
                "period_month": coded(np.full(n, month), world.time.months),
                "is_online": online,
                "is_deliberation": deliberation,
                "deliberation_items": np.where(deliberation, rng.integers(1, 4, n), -1),
                "class_hours": _class_hours(rng, plan.kind),
                "host_member_id": np.where(rng.random(n) < 0.02, -1, speaker + 1),
                "speaker_member_id": np.where(plan.kind == LECTURE, speaker + 1, -1),
                "resource_id": _resources(rng, plan.kind, world.ids.taken("resources")),
                "venue_id": np.where(at_venue, self._venues[plan.branch], -1),
                "media_count": np.where(held, rng.integers(0, 7, n), 0),
                "recorded_at": found.recorded,
            },
        )
        found.held &= ~broken

    def _expand(self, found: Held) -> tuple[Array, Array]:
        """(activity number, member) of everyone on a roster on the day, in roster order."""
        world, plan = self.world, found.plan
        wanted = np.flatnonzero(found.held & np.isin(plan.kind, _ROSTER_KINDS))
        kind, branch = plan.kind[wanted], plan.branch[wanted]
        low, high = world.roster.branch_ptr[branch], world.roster.branch_ptr[branch + 1]
        grouped = kind == GROUP
        low = np.where(grouped, _slice(world.roster.group_ptr, plan.group[wanted], 0), low)
        high = np.where(grouped, _slice(world.roster.group_ptr, plan.group[wanted], 1), high)
        seats = np.isin(kind, _SEATS_ONLY)
        plain, sits = wanted[~seats], wanted[seats]
        activity, row = ranges(plain, low[~seats], high[~seats])
        day = found.start[activity] // DAY
        on = (world.roster.start[row] <= day) & (day < world.roster.end[row])
        activity, member = activity[on], world.roster.member[row[on]]
        ptr = world.offices.seat_ptr
        a2, seat = ranges(sits, ptr[plan.branch[sits]], ptr[plan.branch[sits] + 1])
        sitting = world.offices.seat_member[seat]
        there = home_on(world.people, sitting, found.start[a2] // DAY) == plan.branch[a2]
        return np.concatenate([activity, a2[there]]), np.concatenate([member, sitting[there]])

    def _attendances(self, found: Held, month: int) -> None:
        world, rng, plan = self.world, self._rng, found.plan
        activity, member = self._expand(found)
        category = world.people.category_on(member, found.start[activity] // DAY)
        required = (category == NORMAL) | (category == FLOW_IN)
        # Studies reach the aged at home and those away by video; to meetings they seldom come.
        studies = np.isin(plan.kind[activity], (LECTURE, *_STUDIES))
        guest = ~required & (rng.random(len(member)) < np.where(studies, 0.78, 0.07))
        keep = required | guest
        activity, member, required = activity[keep], member[keep], required[keep]
        kind, branch = plan.kind[activity], plan.branch[activity]
        q = world.registry.quality[month]
        base = np.clip(0.909 + 0.033 * q - 0.012 * (world.time.month_no(month) in (1, 2, 8)), 0.62, 0.985)
        base = np.where(rng.random(len(q)) < 0.0016, rng.uniform(0.3, 0.49, len(q)), base)
        chance = (
            base[branch]
            + self._keen[member]
            + np.select([kind == COMMITTEE, kind == THEME], [0.06, 0.008], 0.0)
        )
        come = systematic(rng, activity, np.where(required, np.clip(chance, 0.03, 0.999), 1.0))
        self._put_attendances(found, month, _Signed(activity, member, required, come))

    def _put_attendances(self, found: Held, month: int, rows: _Signed) -> None:
        world, rng, n = self.world, self._rng, len(rows.member)
        activity, come = rows.activity, rows.come
        end, cutoff = found.end[activity], world.time.cutoff_s(month)
        method = np.searchsorted(np.cumsum([0.76, 0.17, 0.066]), rng.random(n))
        signed, recorded = self._signed(found, rows, cutoff)
        status = np.where(come, 0, np.where(rng.random(n) < 0.56, 1, 2))
        ids = world.ids.take("attendances", n)
        world.writer.put(
            "attendances",
            {
                "attendance_id": ids,
                "activity_id": found.ids[activity],
                "member_id": rows.member + 1,
                "is_required": rows.required,
                "status": coded(status, STATUSES),
                "sign_method": coded(np.where(come, method, -1), SIGN_METHODS),
                "signed_at": np.where(come, signed, -1),
                "recorded_at": recorded,
            },
        )
        in_time = (recorded < cutoff) & ~found.plan.late[activity]
        valid = come & (method != 3) & in_time & (signed <= end + 7200)
        life = _LIFE[found.plan.kind[activity]] & rows.required & in_time
        branch, nb = found.plan.branch[activity], world.registry.branches
        self.required[month] += np.bincount(branch[life], minlength=nb)
        self.present[month] += np.bincount(branch[life & valid], minlength=nb)
        self._book(found, activity[valid], ids[valid], rows.member[valid], recorded[valid])

    def _signed(self, found: Held, rows: _Signed, cutoff: int) -> tuple[Array, Array]:
        """Seconds of sign-in and of its record, which comes after the cut-off for few."""
        rng, n, now_s = self._rng, len(rows.member), self.world.time.now_s
        start, end = found.start[rows.activity], found.end[rows.activity]
        signed = start + rng.integers(-1500, 500, n)
        signed = np.where(rng.random(n) < 0.0004, end + 3 * 3600, signed)
        recorded = np.where(rows.come, signed + rng.integers(1, 50, n), end + rng.integers(60, 500, n))
        late = found.plan.late[rows.activity] | (rng.random(n) < 0.007)
        recorded = np.where(
            late, np.maximum(cutoff + 3600, recorded) + rng.integers(0, 5 * 86400, n), recorded
        )
        late_ok = ~(late & (recorded > now_s))
        recorded = np.where(late_ok, np.minimum(recorded, np.where(late, now_s, cutoff - 5)), end + 100)
        return signed, np.minimum(recorded, now_s - 1)

    def _book(self, found: Held, activity: Array, ids: Array, member: Array, recorded: Array) -> None:
        """Points for valid sign-ins by the kind of their activity, for studies up to the cap of the year."""
        rule = np.zeros(len(TYPE_CODES), int)
        for kind, indicator in _POINTS.items():
            rule[kind] = RULE_ID[indicator]
        keep = self._earning(found.plan.kind[activity], member)
        activity, ids, member, recorded = activity[keep], ids[keep], member[keep], recorded[keep]
        kinds = found.plan.kind[activity]
        self.world.ledger.book(
            "attendances",
            ids,
            member,
            self.world.registry.branch_org[found.plan.branch[activity]],
            rule[kinds],
            np.where(kinds == LIFE_MEETING, 2.0, 1.0),
            found.start[activity] // DAY,
            recorded,
        )

    def _earning(self, kinds: Array, member: Array) -> Array:
        """Which sign-ins earn: of the studies of a member only the first twelve of a calendar year."""
        study = np.flatnonzero(np.isin(kinds, _STUDIES))
        order = np.argsort(member[study], kind="stable")
        who = member[study][order]
        counted = self._studied[who] + running(who) < _STUDIES_A_YEAR
        np.add.at(self._studied, who[counted], 1)
        keep = np.ones(len(kinds), bool)
        keep[study[order[~counted]]] = False
        return keep


def _class_hours(rng: np.random.Generator, kind: Array) -> Array:
    """学时 of the studies, NaN for everything else."""
    usual = np.where(_STUDY[kind], rng.choice([1.0, 2.0, 2.0, 3.0], len(kind)), np.nan)
    return np.where(kind == TRAINING, _TRAINING_HOURS, usual)


def _resources(rng: np.random.Generator, kind: Array, library: int) -> Array:
    """Key in the library of three lectures in ten, -1 for none."""
    taken = (kind == LECTURE) & (rng.random(len(kind)) < 0.3 * (library > 0))
    return np.where(taken, rng.integers(1, max(library, 1) + 1, len(kind)), -1)


def _slice(ptr: Array, group: Array, side: int) -> Array:
    return np.asarray(ptr[np.maximum(group, 0), side]) if len(ptr) else np.zeros(len(group), int)
