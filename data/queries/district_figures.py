"""The headline figures of the district and of a town: one function from an id to its numbers with units."""

from __future__ import annotations

from collections.abc import Mapping

from data.queries import (
    district_figures_kunshan,
    district_figures_lights,
    district_figures_register,
    district_figures_work,
)
from data.queries.figure_parts import Asked, Figure, Part
from data.readmodel.reader import Reader
from data.scope import Scope

FIGURES: Mapping[str, Figure] = {
    **district_figures_register.FIGURES,
    **district_figures_work.FIGURES,
    **district_figures_lights.FIGURES,
    **district_figures_kunshan.FIGURES,
}

# What no visitor sees (panels.md §6): lights, three-no members, cadres, administrators, exams of applicants.
INTERNAL = frozenset(
    {
        "d_login_compliance",
        "d_red_branches",
        "d_red_members",
        "d_reports_pushed",
        "d_three_no_members",
        "d_yellow_branches",
        "ks_exam_pass_rate",
        "ks_graduate_cadres",
        *(name for name in district_figures_kunshan.FIGURES if name.startswith("ks_cadre_")),
    }
)


def figure(reader: Reader, scope: Scope, indicator: str, month: str) -> list[Part]:
    """The parts of one figure, the headline first; none where the reader may not see it.

    What has no history (structure of members, venues, cadres, funnel, lost and floating members, logins) is of
    today whatever the month. Raises KeyError for an id that is no figure of areas.
    """
    find = FIGURES[indicator]
    if indicator in INTERNAL and not scope.names_lights:
        return []
    return find(Asked(reader, scope, month))
