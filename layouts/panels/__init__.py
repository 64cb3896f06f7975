"""The HTML layer of every panel, by slug."""

from __future__ import annotations

from types import ModuleType

from layouts.panels import (
    diagnosis,
    district_map,
    key_figures_left,
    key_figures_right,
    map_focus,
    members,
    monthly_operation,
    organisation,
    ranking,
    time_axis,
    warning_feed,
)

BODIES: dict[str, ModuleType] = {
    module.__name__.rsplit(".", 1)[1].replace("_", "-"): module
    for module in (
        diagnosis,
        district_map,
        key_figures_left,
        key_figures_right,
        map_focus,
        members,
        monthly_operation,
        organisation,
        ranking,
        time_axis,
        warning_feed,
    )
}
