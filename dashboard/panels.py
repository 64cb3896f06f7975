"""The registry of panels: one line each; a slug names its query, figure, body and style sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dashboard.grid import TICKER, Box, Head, Place

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.theme import Theme
    from data.readmodel.reader import Reader
    from data.scope import Scope


@dataclass(frozen=True)
class Panel:
    """One panel: ``data.queries.<slug>.load``, ``dashboard.figures.<slug>.draw``, ``layouts.panels.<slug>.body``.

    ``place`` is where it stands when a profile says nothing else; ``over`` names a panel it may lie on.
    ``max_bytes`` bounds the JSON of its frame: figure, body, note and title together.
    """

    slug: str
    title: str
    place: Place
    head: Head = "ruled"
    over: str | None = None
    follows_focus: bool = False
    in_reception: bool = True
    max_bytes: int = 30_000

    @property
    def module(self) -> str:
        """Name of the panel's modules in their packages."""
        return self.slug.replace("-", "_")

    @property
    def load(self) -> Callable[[Reader, Scope], Any]:
        """Reads the panel's view."""
        load: Callable[[Reader, Scope], Any] = import_module(f"data.queries.{self.module}").load
        return load

    @property
    def draw(self) -> Callable[[Any, Theme], go.Figure | None]:
        """Draws a view; None where the panel is HTML alone."""
        draw: Callable[[Any, Theme], go.Figure | None] = import_module(
            f"dashboard.figures.{self.module}"
        ).draw
        return draw


# In the order they are painted: a later panel lies over an earlier one. Cells as in "4-9 × 1-2" are columns of
# 12 and rows of 2; the overview stands in boxes of its own design. A panel whose title hangs on the district or the
# mode writes it itself (`title` of its layer).
PANELS: tuple[Panel, ...] = (
    Panel("key-figures-left", "", Box(64, 128, 1216, 168), head="bare"),
    Panel("key-figures-right", "", Box(2560, 128, 1216, 168), head="bare"),
    Panel("organisation", "组织架构", Box(64, 320, 592, 328)),
    Panel("members", "党员队伍", Box(64, 680, 592, 264)),
    Panel("monthly-operation", "月度运行", Box(64, 976, 592, 264)),
    Panel("ranking", "指数排名", Box(688, 320, 592, 920)),
    Panel("district-map", "党建地图", Box(1312, 128, 1216, 768), head="open", max_bytes=200_000),
    Panel("map-focus", "", Box(1312, 128, 1216, 768), head="bare", over="district-map", follows_focus=True),
    Panel("time-axis", "组织生活时间轴", Box(1312, 928, 1216, 312)),
    Panel("warning-feed", "红黄预警", Box(2560, 320, 1216, 432)),
    Panel("diagnosis", "五个基本 · 诊断与处方", Box(2560, 784, 1216, 456), follows_focus=True),
    Panel("light-map", "红黄灯地图", "1-4 × 1-2", in_reception=False, max_bytes=200_000),
    Panel("check-up-matrix", "体检矩阵", "5-8 × 1-2", in_reception=False, max_bytes=60_000),
    Panel("basics-radar", "五个基本", "9-10 × 1", follows_focus=True, in_reception=False),
    Panel("warning-board", "红黄线预警", "9-10 × 2", in_reception=False),
    Panel("prescriptions", "诊疗处方", "11-12 × 1-2", in_reception=False),
    Panel("warning-overview", "预警总览", "10-12 × 1"),
    Panel("today", "今日动态", "10-12 × 2"),
    Panel("theme-day", "固定党日", "1-3 × 1"),
    Panel("meetings", "三会一课", "1-3 × 2"),
    Panel("activity-axis", "活动时间轴", "4-9 × 1", max_bytes=60_000),
    Panel("eight-x", "“8+x”落实矩阵", "4-9 × 2", max_bytes=80_000),
    Panel("appraisal", "民主评议", "10-12 × 1"),
    Panel("dues", "缴纳党费", "10-12 × 2"),
    Panel("development-funnel", "发展党员漏斗", "1-3 × 1"),
    Panel("step-board", "步骤看板", "1-3 × 2", in_reception=False),
    Panel("transfer-flow", "组织关系转接", "4-7 × 1-2", max_bytes=60_000),
    Panel("floating-lost", "流动与失联", "8-9 × 1-2"),
    Panel("member-trend", "党员结构趋势", "10-12 × 1"),
    Panel("cadres", "基层干部", "10-12 × 2", in_reception=False),
    Panel("study", "学习教育", "1-3 × 1-2"),
    Panel("library", "资料库", "4-6 × 1"),
    Panel("posts", "信息与互动", "4-6 × 2"),
    Panel("volunteering", "志愿服务", "7-9 × 1-2"),
    Panel("index-distribution", "指数分布", "10-12 × 1"),
    Panel("venues", "阵地", "10-12 × 2"),
    Panel("committee-ranking", "党委排名", "1-5 × 1-2"),
    Panel("score-breakdown", "得分构成", "6-8 × 1-2"),
    Panel("top-and-bottom", "抓两头", "9-10 × 1-2"),
    Panel("platform-operation", "管理运行", "11-12 × 1", in_reception=False),
    Panel("quarterly-score", "季度计分", "11-12 × 2", in_reception=False),
)

# On every page beside the scenes; no profile names them.
PERMANENT: tuple[Panel, ...] = (
    Panel("ticker", "", TICKER, head="bare"),
    Panel("red-light", "", Box(0, 104, 3840, 144), head="bare", in_reception=False),
)

BY_SLUG: dict[str, Panel] = {panel.slug: panel for panel in (*PANELS, *PERMANENT)}
