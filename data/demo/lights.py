"""The lights the generated evidence deserves by indicators.md §5.1, computed from its own arrays.

Only used to raise believable warnings; the product's indicator engine computes lights from the rows.
"""

from __future__ import annotations

import numpy as np

from data.demo.life_plan import held_yearly
from data.demo.timeline import Array
from data.demo.world import World

GREEN, YELLOW, RED = 0, 1, 2


def _grade(yellow: Array, red: Array) -> Array:
    return np.where(red, RED, np.where(yellow, YELLOW, GREEN)).astype(np.int8)


def _before(flags: Array) -> Array:
    """The month before, with nothing before the first month."""
    return np.vstack([np.zeros((1, flags.shape[1]), bool), flags[:-1]])


def _quarter(world: World, held: Array) -> Array:
    """Quarterly duty: yellow at the close of the second month, red at the close of the third."""
    time, light = world.time, np.zeros(held.shape, np.int8)
    for month in range(len(time.months)):
        position = (time.month_no(month) - 1) % 3
        if position and month >= position:
            none = ~held[month - position : month + 1].any(axis=0)
            light[month] = np.where(none, RED if position == 2 else YELLOW, GREEN)
    return light


def _ratio(failed: Array, due: Array, yellow: float, red: float) -> Array:
    """Pooled rate with the small-number guard: red needs two failing rows."""
    rate = np.where(due > 0, 1 - failed / np.maximum(due, 1), 1.0)
    return _grade(rate < yellow, (rate < red) & (failed >= 2))


def _life_gap(world: World) -> Array:
    plan, time = world.plan, world.time
    life = plan.theme | plan.assembly | plan.lecture
    for group in range(plan.group.shape[1]):
        life[:, world.registry.group_branch[group]] |= plan.group[:, group]
    for month in range(len(time.months)):
        life[month] |= held_yearly(plan.life_month, time, month) | held_yearly(
            plan.appraisal_month, time, month
        )
    return _grade(~life, ~life & _before(~life))


def _groups(world: World) -> Array:
    owner, nb = world.registry.group_branch, world.registry.branches
    due = np.bincount(owner, minlength=nb)
    failed = np.array([np.bincount(owner[~held], minlength=nb) for held in world.plan.group])
    half = (due > 0) & (failed * 2 > due) & (failed >= 2)
    return _grade(failed > 0, half & _before(half))


def _terms(world: World) -> Array:
    """Days left in the term at the end of each month."""
    offices, light = world.offices, np.zeros(world.registry.quality.shape, np.int8)
    for month in range(len(world.time.months)):
        end = int(world.time.starts[month + 1]) - 1
        expires = np.where(offices.elected <= end, offices.expires, offices.previous_expires)
        left = expires - end
        light[month] = np.where(world.registry.temporary, GREEN, _grade(left <= 90, left < 0))
    return light


def _yearly(world: World, months_of: dict[int, Array], *, red: bool) -> Array:
    """Yellow from the close of December, red from the close of February until held."""
    time, light = world.time, np.zeros(world.registry.quality.shape, np.int8)
    for month in range(len(time.months)):
        year, number = int(time.months[month][:4]), time.month_no(month)
        if number in (10, 11):
            continue
        held = months_of[year] <= 11 if number == 12 else months_of[year - 1] <= number + 11
        level = YELLOW if number in (12, 1) else RED if red else YELLOW
        light[month] = np.where(held, GREEN, level)
    return light


def branch_lights(
    world: World, extra: dict[str, Array], attendance: tuple[Array, Array], dues: tuple[Array, Array]
) -> dict[str, Array]:
    """(months, branches) light per indicator; ``extra`` holds those computed by transfers, floating, appraisal."""
    plan = world.plan
    committee = ~plan.committee & world.offices.has_committee
    required, present = attendance
    owed, failed = dues
    return {
        "hs_b_member_assembly": _quarter(world, plan.assembly),
        "hs_b_committee_meeting": _grade(committee, committee & _before(committee)),
        "hs_b_group_meeting": _groups(world),
        "hs_b_party_lecture": _quarter(world, plan.lecture),
        "hs_b_theme_party_day": _grade(~plan.theme, ~plan.theme & _before(~plan.theme)),
        "hs_b_life_gap": _life_gap(world),
        "hs_b_life_meeting": _yearly(world, plan.life_month, red=True),
        "hs_b_attendance_rate": _ratio(required - present, required, 0.80, 0.50),
        "hs_b_dues_collection": _ratio(failed, owed, 0.95, 0.85),
        "hs_b_appraisal": _yearly(world, plan.appraisal_month, red=False),
        "hs_b_term": _terms(world),
        **extra,
    }
