"""Facts of one member made by hand, and what one member indicator says of the last closed month."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dashboard.profile import load_profile
from data.clock import add_months
from data.indicators.member import kunshan, wujin
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.cube import MemberCube, month_number
from data.indicators.member.judge import contributions
from data.indicators.member.setting import MemberSetting
from data.readmodel.light import Light

RULES = load_profile("haishu").member_rules
ALWAYS = ("enrolled", "settled", "is_scored")
# Facts that last: a single number stands for every month.
LENGTH = 15


class Says(NamedTuple):
    """Value (None where na), points of the year to date, light."""

    value: float | None
    points: float
    light: Light


def cube(
    last: str, *, known_from: int = 0, missing: frozenset[str] = frozenset(), **facts: Any
) -> MemberCube:
    """Fifteen closed months ending with ``last`` and the open one after it. A list ends with ``last``, a number
    stands in all months; what is not given is absent, but the member is enrolled and scored."""
    months = [add_months(last, n - LENGTH + 1) for n in range(LENGTH + 1)]
    made = MemberCube.empty(np.array([7]), months, is_open=True, known_from=known_from, missing=missing)
    for name, given in {**dict.fromkeys(ALWAYS, 1), **facts}.items():
        if isinstance(given, list):
            made.facts[name][0, LENGTH - len(given) : LENGTH] = given
        else:
            made.facts[name][0, :] = given
    return made


def paid(last: str, months_late: list[int | None]) -> dict[str, Any]:
    """Dues owed in each month of the list, settled so many months late (None: never)."""
    end = month_number(last)
    first = end - len(months_late) + 1
    settled = [0 if late is None else first + n + late for n, late in enumerate(months_late)]
    return {"dues_owed": [1] * len(months_late), "dues_settled": settled}


def closed(indicator: str, last: str, **given: Any) -> Says:
    """What the indicator says of the month ``last``."""
    return at(indicator, cube(last, **given), -2)


def at(indicator: str, facts: MemberCube, month: int) -> Says:
    """What the indicator says of one month."""
    found = MEMBER_FORMULAS[indicator].formula(MemberSetting(facts), RULES[indicator])
    value = float(found.value[0, month])
    known = None if np.isnan(value) else round(value, 6)
    return Says(known, round(float(found.points[0, month]), 6), Light(int(found.light[0, month])))


def counted(last: str, **given: Any) -> dict[str, float]:
    """Measures of the branch in the month ``last`` that the member adds something to."""
    found = {name: float(each[0, -2]) for name, each in contributions(cube(last, **given), RULES)}
    return {name: round(value, 6) for name, value in found.items() if value}


def item(name: str, last: str, **given: Any) -> tuple[float, float]:
    """(attained, attainable) of an item of the 200 points in the year to date."""
    found = wujin.ITEMS[name](MemberSetting(cube(last, **given)), RULES[name])
    return round(float(found.attained[0, -2]), 6), round(float(found.attainable[0, -2]), 6)


def score_of_200(last: str, **given: Any) -> float:
    """The score of the year to date on the scale of 200."""
    return round(float(wujin.year_score(MemberSetting(cube(last, **given)), RULES)[0, -2]), 6)


def points_of_kunshan(last: str, **given: Any) -> float:
    """Member points of the year to date."""
    return round(float(kunshan.points(MemberSetting(cube(last, **given)), RULES)[0, -2]), 6)
