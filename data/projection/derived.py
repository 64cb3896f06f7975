"""Measures that follow from other measures: what the eight institutions of "8 + x" book in each month."""

from __future__ import annotations

from data.indicators.eight_x import booked
from data.indicators.setting import Setting
from data.indicators.timeline import Timeline
from data.readmodel.cube import Cube


def derive(cube: Cube, missing_families: frozenset[str]) -> None:
    """Write them into the cube, in every month: an institution counts in the month its period closes."""
    for name, (done, due) in booked(Setting(cube, Timeline(cube.months), missing_families)).items():
        cube[f"{name}_done"][:] = done
        cube[f"{name}_due"][:] = due
