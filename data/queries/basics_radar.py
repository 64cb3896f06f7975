"""The five basics of the town in focus, now and a quarter earlier, against the district's mean."""

from __future__ import annotations

from data.clock import add_months
from data.queries.diagnosis import AxisScore, Diagnosis, axis_means, town_name
from data.queries.figures_of_month import closed_month
from data.readmodel.reader import Reader
from data.readmodel.results import RADAR_AXES
from data.scope import Scope

QUARTER = 3


def load(reader: Reader, scope: Scope) -> Diagnosis:
    """``before`` is three months earlier; without a focus, or in reception, the district against a year ago."""
    month = closed_month(reader)
    town = town_name(reader, scope.focus_town) if scope.names_lights else None
    earlier, year_before = add_months(month, -QUARTER), add_months(month, -12)
    now, before, reference = axis_means(reader, None, (month, earlier, year_before))
    if town is not None:
        reference = now
        now, before, _ = axis_means(reader, scope.focus_town, (month, earlier, ""))
    axes = tuple(AxisScore(a, now.get(a), before.get(a), reference.get(a)) for a in RADAR_AXES)
    return Diagnosis(town, month, axes)
