"""Yearly life meetings and democratic appraisals: one row per branch and year, and a grade per member."""

from __future__ import annotations

import numpy as np

from data.clock import first_day
from data.demo.appraisal_totals import Meetings, PublishedYear
from data.demo.bulk import coded
from data.demo.life import Held
from data.demo.life_plan import APPRAISAL, LIFE_MEETING
from data.demo.people import ABROAD
from data.demo.points import RULE_ID
from data.demo.timeline import DAY, Array, day_number
from data.demo.world import World

GRADES = ("excellent", "qualified", "basic", "unqualified")
_POINTS = np.array([5.0, 3.0, 0.0, -5.0])
_RULE = 8


class Appraisals:
    """Takes the yearly meetings from each month's activities and writes appraisals with their results.

    ``unqualified`` collects (member, branch, day) of every grade that asks for a disposition.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._rng = world.time.stream("appraisals")
        self.unqualified: list[tuple[Array, Array, Array]] = []
        self._published = PublishedYear(world)

    def write_before(self) -> None:
        """Meetings held before the window: rows without activity, so that last year's value is known."""
        time, plan = self.world.time, self.world.plan
        window = int(time.months[0][:4]) * 12 + int(time.months[0][5:]) - 1
        for kind, months_of in ((LIFE_MEETING, plan.life_month), (APPRAISAL, plan.appraisal_month)):
            for year, month in months_of.items():
                branch = np.flatnonzero((year * 12 + month < window) & (month < 90))
                if len(branch):
                    index = year * 12 + month[branch]
                    day = (
                        np.array([day_number(first_day(f"{i // 12:04d}-{i % 12 + 1:02d}")) for i in index])
                        + 14
                    )
                    self._put(kind, (branch, day, np.full(len(branch), -1), day * DAY + 64800), year)
        self._release(time.months[0])

    def write_month(self, held: Held, month: int) -> None:
        """Rows of the meetings of one month; January and February belong to the year before."""
        time = self.world.time
        year = int(time.months[month][:4]) - (time.month_no(month) <= 2)
        for kind in (LIFE_MEETING, APPRAISAL):
            mine = held.held & (held.plan.kind == kind)
            if mine.any():
                branch, day = held.plan.branch[mine], held.start[mine] // DAY
                self._put(kind, (branch, day, held.ids[mine], held.recorded[mine]), year)
        if month < time.closed:
            self._release(time.months[month + 1])

    def _release(self, next_month: str) -> None:
        """Write what was held back of the published year once its last month is over."""
        if self._published.complete(next_month):
            for kind in (LIFE_MEETING, APPRAISAL):
                self._put(kind, self._published.meetings(kind), self._published.year)

    def _put(self, kind: int, meetings: Meetings, year: int) -> None:
        if self._published.holds(year):
            self._published.keep(kind, meetings)
            return
        branch, day, activity, recorded = meetings
        world, n = self.world, len(branch)
        ids = world.ids.take("appraisals", n)
        name = "life_meeting" if kind == LIFE_MEETING else "democratic_appraisal"
        world.writer.put(
            "appraisals",
            {
                "appraisal_id": ids,
                "org_id": world.registry.branch_org[branch],
                "appraisal_year": np.full(n, year),
                "appraisal_kind": coded(np.zeros(n, int), (name,)),
                "held_on": day,
                "activity_id": activity,
                "recorded_at": recorded,
            },
        )
        if kind == APPRAISAL:
            self._results(ids, branch, day, recorded, year)

    def _results(self, ids: Array, branch: Array, day: Array, recorded: Array, year: int) -> None:
        world, rng, roster = self.world, self._rng, self.world.roster
        number = np.full(world.registry.branches, -1)
        number[branch] = np.arange(len(branch))
        row = np.flatnonzero((number[roster.branch] >= 0) & ~roster.flow_in)
        at = number[roster.branch[row]]
        on = (roster.start[row] <= day[at]) & (day[at] < roster.end[row])
        row, at = row[on], at[on]
        member = roster.member[row]
        here = world.people.category_on(member, day[at]) != ABROAD
        member, at = member[here], at[here]
        keep = self._taking_part(member, branch[at], day[at], year)
        member, at, n = member[keep], at[keep], int(keep.sum())
        grade = np.searchsorted([0.26, 0.985, 0.9985], rng.random(n))
        results = world.ids.take("appraisal_results", n)
        satisfied = np.round(np.clip(rng.normal(0.93, 0.05, n), 0.4, 1.0), 4)
        worst = grade == 3
        self.unqualified.append((member[worst], branch[at[worst]], day[at[worst]]))
        world.writer.put(
            "appraisal_results",
            {
                "result_id": results,
                "appraisal_id": ids[at],
                "member_id": member + 1,
                "grade": coded(grade, GRADES),
                "peer_satisfaction": satisfied,
                "recorded_at": recorded[at],
            },
        )
        known = recorded[at] >= int(world.time.starts[0]) * DAY
        self._book(
            known & (grade != 2), results, member, branch[at], _RULE, _POINTS[grade], day[at], recorded[at]
        )
        liked = np.select([satisfied >= 0.90, satisfied >= 0.75], [2.0, 1.0], 0.0)
        peer = RULE_ID["hs_m_peer_review"]
        self._book(known & (liked > 0), results, member, branch[at], peer, liked, day[at], recorded[at])

    def _taking_part(self, member: Array, branch: Array, day: Array, year: int) -> Array:
        """Nearly all; in small branches all, so that one absence never shows as a tenth of the branch."""
        published = self._published
        if published.appraised is not None and year == published.year:
            return published.choose(self._rng, member, branch, self.world.people.category_on(member, day))
        large = self.world.registry.size[branch] >= 24
        return ~(large & (self._rng.random(len(member)) < 0.006))

    def _book(
        self,
        scored: Array,
        results: Array,
        member: Array,
        branch: Array,
        rule: int,
        points: Array,
        day: Array,
        recorded: Array,
    ) -> None:
        world = self.world
        world.ledger.book(
            "appraisal_results",
            results[scored],
            member[scored],
            world.registry.branch_org[branch[scored]],
            rule,
            points[scored],
            day[scored],
            recorded[scored],
        )
