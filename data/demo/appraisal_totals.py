"""The appraisal year whose totals an article publishes: which branches meet in time, which members take part."""

from __future__ import annotations

import numpy as np

from data.clock import first_day
from data.demo.life_plan import APPRAISAL, LIFE_MEETING, LifePlan
from data.demo.people import FLOW_OUT
from data.demo.registry import Registry
from data.demo.timeline import Array, Timeline, day_number
from data.demo.world import World

FEBRUARY = 13  # month number relative to January of the year appraised
NEVER = 99
Meetings = tuple[Array, Array, Array, Array]


def published_year(time: Timeline) -> int:
    """The last year whose meetings could be held to the end: its end of February has passed."""
    return int(time.months[-1][:4]) - (1 if time.month_no(time.closed) > 2 else 2)


def settle_meetings(plan: LifePlan, registry: Registry, time: Timeline) -> None:
    """Make exactly ``life_meeting_branches`` branches hold both meetings of the published year in time.

    Small ones among the weakest are those that do not. Nothing happens where no total is published.
    """
    wanted, year = registry.tree.spec.figures.life_meeting_branches, published_year(time)
    if wanted is None:
        return
    missing = registry.branches - wanted
    weak = np.argsort(registry.quality[-1])[: 5 * missing]
    late = weak[np.argsort(registry.size[weak], kind="stable")[:missing]]
    for months_of in (plan.life_month, plan.appraisal_month):
        month = months_of[year]
        month[month == NEVER] = 12
        month[late] = NEVER


class PublishedYear:
    """Holds the meetings of the published year back until its February has been written."""

    def __init__(self, world: World) -> None:
        self.world = world
        figures = world.registry.tree.spec.figures
        self.year = published_year(world.time)
        self.appraised = figures.appraised_members
        self._open = figures.life_meeting_branches is not None
        self._kept: dict[int, list[Meetings]] = {LIFE_MEETING: [], APPRAISAL: []}

    def holds(self, year: int) -> bool:
        """Whether meetings of this year are still to be kept here."""
        return self._open and year == self.year

    def keep(self, kind: int, meetings: Meetings) -> None:
        """Take (branch, day, activity id, recorded second) of meetings of one kind."""
        self._kept[kind].append(meetings)

    def complete(self, next_month: str) -> bool:
        """Whether nothing of the year comes any more when ``next_month`` is written next; true once."""
        done = self._open and int(next_month[:4]) * 12 + int(next_month[5:]) - 1 > self.year * 12 + FEBRUARY
        self._open = self._open and not done
        return done

    def meetings(self, kind: int) -> Meetings:
        """All meetings of one kind; those whose activity was lost are recorded without one."""
        plan = self.world.plan
        month = (plan.life_month if kind == LIFE_MEETING else plan.appraisal_month)[self.year]
        parts = self._kept[kind]
        seen = np.concatenate([p[0] for p in parts]) if parts else np.zeros(0, int)
        lost = np.setdiff1d(np.flatnonzero(month <= FEBRUARY), seen)
        index = self.year * 12 + month[lost]
        day = np.array([day_number(first_day(f"{i // 12:04d}-{i % 12 + 1:02d}")) + 14 for i in index], int)
        parts = [*parts, (lost, day, np.full(len(lost), -1), day * 86_400 + 64_800)]
        branch, held_on, activity, recorded = (np.concatenate([p[n] for p in parts]) for n in range(4))
        return branch, held_on, activity, recorded

    def choose(self, rng: np.random.Generator, member: Array, branch: Array, category: Array) -> Array:
        """Which candidates take part: exactly ``appraised`` persons, each once.

        No branch misses more than a tenth if that is enough, so that few fall below the line; members working
        elsewhere are absent more often. All take part when there are fewer than published.
        """
        once = np.zeros(len(member), bool)
        once[np.unique(member, return_index=True)[1]] = True
        surplus = int(once.sum()) - (self.appraised or 0)
        draw = rng.random(len(member)) * np.where(category == FLOW_OUT, 0.4, 1.0)
        order = np.lexsort((draw, branch))
        count = np.bincount(branch, minlength=self.world.registry.branches)
        place = np.arange(len(order)) - (np.cumsum(count) - count)[branch[order]]
        for share in (0.08, 0.2, 1.0):
            free = order[(place < np.floor(share * count)[branch[order]]) & once[order]]
            if len(free) >= surplus:
                break
        once[free[np.argsort(draw[free])[: max(0, surplus)]]] = False
        return once
