"""What each branch does in each month: which activities are held, missed or entered late, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.contract import ACTIVITY_TYPES
from data.demo.offices import Offices
from data.demo.registry import Registry
from data.demo.timeline import SEASON, Array, Timeline

TYPE_CODES = tuple(t.code for t in ACTIVITY_TYPES)
ASSEMBLY, COMMITTEE, GROUP, LECTURE, LIFE_MEETING, THEME, APPRAISAL = range(7)
(
    STUDY_DAY,
    THEORY,
    DELIBERATION,
    VOLUNTEER,
    BIRTHDAY,
    CONDOLENCE,
    OPEN_DAY,
    DEBRIEF,
    TRAINING,
    VISIT,
) = (
    TYPE_CODES.index(code)
    for code in (
        "fixed_study_day",
        "theory_study",
        "deliberation",
        "volunteer_service",
        "political_birthday",
        "condolence",
        "open_day",
        "debrief",
        "training",
        "visit_base",
    )
)
_WINTER = (12, 1, 2)
_TRAINING_MONTHS = (5, 10)
HELD, LATE, MISSED = 1, 2, 0
NO_ROSTER, BRANCH, SEATS, PARTY_GROUP = range(4)


@dataclass
class Plan:
    """Activities of one month: type, branch, party group (-1), day of the month 0-based and held or late."""

    kind: Array
    branch: Array
    group: Array
    day: Array
    late: Array


@dataclass
class LifePlan:
    """Held-in-time flags as (months, branches) or (months, groups) booleans, for lights and activities alike."""

    theme: Array
    committee: Array
    assembly: Array
    lecture: Array
    group: Array
    life_month: dict[int, Array]
    appraisal_month: dict[int, Array]
    dark: Array


def _chance(quality: Array, base: float, slope: float) -> Array:
    """Probability of a miss: base for an average branch, falling with quality."""
    return np.clip(base * np.exp(-slope * quality), 0, 0.55)


def build_life_plan(registry: Registry, offices: Offices, time: Timeline) -> LifePlan:
    """Draw misses once for the whole window; a dark month has no organisation life at all."""
    rng, q = time.stream("life-plan"), registry.quality
    shape = q.shape
    dark = rng.random(shape) < _chance(q, 0.0009, 1.35)
    dark[1:] |= dark[:-1] & (rng.random((shape[0] - 1, shape[1])) < 0.4)
    theme = (rng.random(shape) >= _chance(q, 0.016, 0.95)) & ~dark
    committee = (rng.random(shape) >= _chance(q, 0.009, 0.8)) & offices.has_committee & ~dark
    quarterly = [_quarterly(rng, time, q, dark, p) for p in ((0.62, 0.3733, 0.006), (0.345, 0.647, 0.007))]
    owner = registry.group_branch
    group = (rng.random((shape[0], len(owner))) >= _chance(q[:, owner], 0.006, 0.9)) & ~dark[:, owner]
    meeting, appraisal = _yearly(rng, time, q), _yearly(rng, time, q)
    return LifePlan(theme, committee, quarterly[0], quarterly[1], group, meeting, appraisal, dark)


def _quarterly(
    rng: np.random.Generator, time: Timeline, q: Array, dark: Array, shares: tuple[float, float, float]
) -> Array:
    """Flags of a quarterly duty: mostly in the first month, hardly ever in the last, sometimes twice."""
    months, nb = q.shape
    held = np.zeros((months, nb), dtype=bool)
    quarter_of = [int(m[:4]) * 4 + (int(m[5:]) - 1) // 3 for m in time.months]
    for quarter in sorted(set(quarter_of)):
        mine = [m for m in range(months) if quarter_of[m] == quarter]
        draw = rng.random(nb) * (1 + _chance(q[mine[0]], 0.002, 1.0))
        edge = np.cumsum(shares)
        place = np.searchsorted(edge, draw)
        for m in mine:
            position = (time.month_no(m) - 1) % 3
            held[m] = (place == position) | ((rng.random(nb) < 0.05) & (place < 2) & (position > place))
            if position == 0 and quarter_of[0] == quarter and len(mine) < 3:
                held[m] |= place < 2
    return held & ~dark


def _yearly(rng: np.random.Generator, time: Timeline, q: Array) -> dict[int, Array]:
    """Month number relative to January of year y (9 = October … 13 = February after; 99 = never) by year."""
    years = sorted({int(m[:4]) for m in time.months} | {int(time.months[0][:4]) - 1})
    found = {}
    for year in years:
        draw = rng.random(q.shape[1]) * (1 + _chance(q[-1], 0.002, 1.0))
        month = np.array([9, 10, 11, 12, 13, 99])[
            np.searchsorted(np.cumsum([0.06, 0.35, 0.556, 0.025, 0.0075]), draw)
        ]
        found[year] = month
    return found


def month_plan(
    rng: np.random.Generator, registry: Registry, plan: LifePlan, time: Timeline, month: int
) -> Plan:
    """All activities of one month, held or late; misses of monthly duties turn into late entries in two of five."""
    nb, q = registry.branches, registry.quality[month]
    every = np.arange(nb)
    season = SEASON[time.month_no(month)]
    parts: list[tuple[int, Array, Array]] = []

    def some(kind: int, held: Array, missed: Array | None = None) -> None:
        late = np.zeros(nb, bool) if missed is None else missed & (rng.random(nb) < 0.4)
        parts.append((kind, every[held], np.zeros(int(held.sum()), bool)))
        parts.append((kind, every[late], np.ones(int(late.sum()), bool)))

    light = ~plan.dark[month]
    some(THEME, plan.theme[month], ~plan.theme[month] & light)
    some(COMMITTEE, plan.committee[month])
    some(ASSEMBLY, plan.assembly[month])
    some(LECTURE, plan.lecture[month])
    for yearly, months_of in ((LIFE_MEETING, plan.life_month), (APPRAISAL, plan.appraisal_month)):
        some(yearly, held_yearly(months_of, time, month))
    lively = np.clip(1 + 0.28 * q, 0.15, 2.2) * season
    study_day = rng.random(nb) >= _chance(q, 0.010, 0.9)
    some(STUDY_DAY, study_day & light, ~study_day & light)
    for other, chance in _others(time, month, q, lively):
        some(other, (rng.random(nb) < chance) & light)
    kind = np.concatenate([np.full(len(b), k) for k, b, _ in parts])
    branch = np.concatenate([b for _, b, _ in parts])
    late = np.concatenate([flag for _, _, flag in parts])
    late |= np.isin(kind, (THEORY, VOLUNTEER, BIRTHDAY, OPEN_DAY, VISIT)) & (rng.random(len(kind)) < 0.03)
    groups = np.flatnonzero(plan.group[month])
    kind = np.concatenate([kind, np.full(len(groups), GROUP)])
    group = np.concatenate([np.full(len(branch), -1), groups])
    branch = np.concatenate([branch, registry.group_branch[groups]])
    late = np.concatenate([late, np.zeros(len(groups), bool)])
    return Plan(kind, branch, group, _days(rng, registry, time, month, kind, branch), late)


def _others(time: Timeline, month: int, q: Array, lively: Array) -> list[tuple[int, Array]]:
    """Chances of what is due by habit or not at all: talks over public matters come round every third month."""
    number, every = time.month_no(month), np.arange(len(q))
    turn = (month + every) % 3 == 0
    winter, january, training = number in _WINTER, number == 1, number in _TRAINING_MONTHS
    return [
        (DELIBERATION, np.where(turn, 1 - _chance(q, 0.004, 0.9), 0.14 * lively)),
        (THEORY, (0.05, 0.06, 0.14)[(number - 1) % 3] * lively),
        (VOLUNTEER, 0.36 * lively),
        (BIRTHDAY, 0.16 * lively),
        (VISIT, 0.05 * lively),
        (OPEN_DAY, 0.05 * lively),
        (CONDOLENCE, 0.25 * lively * winter),
        (DEBRIEF, np.where(january, 0.93, 0.0) * np.ones(len(q))),
        (TRAINING, np.where(training, 0.96, 0.0) * np.ones(len(q))),
    ]


def held_yearly(months_of: dict[int, Array], time: Timeline, month: int) -> Array:
    """Branches whose yearly meeting falls into this month."""
    year, number = int(time.months[month][:4]), time.month_no(month) - 1
    here = months_of[year] == number
    return np.asarray(here | (months_of[year - 1] == number + 12)) if year - 1 in months_of else here


def _days(
    rng: np.random.Generator, registry: Registry, time: Timeline, month: int, kind: Array, branch: Array
) -> Array:
    """Day of the month, 0-based: theme days fixed per branch, the rest spread over 2-27; weekends rarer."""
    day = rng.integers(1, 27, len(kind))
    theme = kind == THEME
    day[theme] = registry.theme_day[branch[theme]] - 1
    if time.month_no(month) == 7:
        early = theme & (rng.random(len(kind)) < 0.6)
        day[early] = rng.integers(0, 4, int(early.sum()))
    if time.month_no(month) == 6:
        late = theme & (rng.random(len(kind)) < 0.4)
        day[late] = rng.integers(24, 30, int(late.sum()))
    weekday = (int(time.starts[month]) + day + 3) % 7
    shift = (weekday >= 5) & (rng.random(len(kind)) < 0.6) & (day > 3)
    return np.asarray(day - np.where(shift, 2, 0))
