"""A cube of one branch made by hand, and what one indicator says of its last closed month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from dashboard.profile import load_profile
from data.clock import add_months
from data.indicators.evaluate import evaluate
from data.readmodel.cube import Cube
from data.readmodel.results import Light

PROFILE = load_profile("haishu")
LONG_AGO = date(2015, 1, 1)


class Says(NamedTuple):
    """Value, score and light; None where na or nodata leave them blank."""

    value: float | None
    score: float | None
    light: Light


NA = Says(None, None, Light.NA)
NODATA = Says(None, None, Light.NODATA)


def closed(indicator: str, last: str, **given: Any) -> Says:
    """The indicator in the month ``last``; each measure's list ends there, the month after it is open.

    A measure that is not given is 0. ``founded`` is the branch's founding day (eligible from the month after),
    ``missing`` the families that are not connected.
    """
    founded: date = given.pop("founded", LONG_AGO)
    missing: frozenset[str] = given.pop("missing", frozenset())
    measures: dict[str, list[float]] = given
    length = max([len(values) for values in measures.values()] or [1])
    months = [add_months(last, n - length + 1) for n in range(length + 1)]
    cube = Cube.empty([7], months)
    cube["established_day"][:] = founded.toordinal()
    cube["eligible"][0] = [month > f"{founded:%Y-%m}" for month in months]
    for name, values in measures.items():
        cube[name][0, length - len(values) : length] = values
    return at(indicator, cube, -2, missing)


def at(indicator: str, cube: Cube, month: int, missing: frozenset[str] = frozenset()) -> Says:
    """What the indicator says in one month of a cube."""
    catalogue = replace(PROFILE.catalogue, rules=[PROFILE.rule(indicator)], lights=None)
    columns: Any = evaluate(cube, catalogue, missing).columns
    value, score, light = (
        float(columns[f"{indicator}_{part}"][0, month]) for part in ("value", "score", "light")
    )
    return Says(_known(value), _known(score), Light(int(light)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 6)
