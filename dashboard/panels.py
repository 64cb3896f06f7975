"""The registry of panels: one line each; a slug names its query, figure, body and style sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.diagnosis import draw as draw_diagnosis
from dashboard.figures.district_map import draw as draw_district_map
from dashboard.figures.key_figures_left import draw as draw_key_figures_left
from dashboard.figures.key_figures_right import draw as draw_key_figures_right
from dashboard.figures.map_focus import draw as draw_map_focus
from dashboard.figures.members import draw as draw_members
from dashboard.figures.monthly_operation import draw as draw_monthly_operation
from dashboard.figures.organisation import draw as draw_organisation
from dashboard.figures.ranking import draw as draw_ranking
from dashboard.figures.time_axis import draw as draw_time_axis
from dashboard.figures.warning_feed import draw as draw_warning_feed
from dashboard.theme import Theme
from data.queries.diagnosis import load as load_diagnosis
from data.queries.district_map import load as load_district_map
from data.queries.key_figures_left import load as load_key_figures_left
from data.queries.key_figures_right import load as load_key_figures_right
from data.queries.map_focus import load as load_map_focus
from data.queries.members import load as load_members
from data.queries.monthly_operation import load as load_monthly_operation
from data.queries.organisation import load as load_organisation
from data.queries.ranking import load as load_ranking
from data.queries.time_axis import load as load_time_axis
from data.queries.warning_feed import load as load_warning_feed
from data.readmodel.reader import Reader
from data.scope import Scope

Load = Callable[[Reader, Scope], Any]
Draw = Callable[[Any, Theme], go.Figure | None]


@dataclass(frozen=True)
class Panel:
    """One panel; ``max_bytes`` bounds the JSON of its frame: figure, body, note and title together."""

    slug: str
    title: str
    load: Load
    draw: Draw
    follows_focus: bool = False
    max_bytes: int = 30_000


# In the order they are painted: a later panel lies over an earlier one.
PANELS: tuple[Panel, ...] = (
    Panel("key-figures-left", "", load_key_figures_left, draw_key_figures_left),
    Panel("key-figures-right", "", load_key_figures_right, draw_key_figures_right),
    Panel("organisation", "组织架构", load_organisation, draw_organisation),
    Panel("members", "党员队伍", load_members, draw_members),
    Panel("monthly-operation", "月度运行", load_monthly_operation, draw_monthly_operation),
    Panel("ranking", "锋领指数排名", load_ranking, draw_ranking),
    Panel("district-map", "党建地图", load_district_map, draw_district_map, max_bytes=200_000),
    Panel("map-focus", "", load_map_focus, draw_map_focus, follows_focus=True),
    Panel("time-axis", "组织生活时间轴", load_time_axis, draw_time_axis),
    Panel("warning-feed", "红黄预警", load_warning_feed, draw_warning_feed),
    Panel("diagnosis", "五个基本 · 诊断与处方", load_diagnosis, draw_diagnosis, follows_focus=True),
)
