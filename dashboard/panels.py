"""The registry of panels: one line each; a slug names its query, figure, body and style sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import plotly.graph_objects as go

from dashboard.theme import Theme
from data.readmodel.reader import Reader
from data.scope import Scope

Load = Callable[[Reader, Scope], Any]
Draw = Callable[[Any, Theme], go.Figure | None]


@dataclass(frozen=True)
class Panel:
    """One panel; ``max_bytes`` bounds the JSON of figure, body, note and title together."""

    slug: str
    title: str
    load: Load
    draw: Draw
    follows_focus: bool = False
    max_bytes: int = 30_000


def _panels() -> tuple[Panel, ...]:
    rows = [
        ("key-figures-left", "", False, 30_000),
        ("key-figures-right", "", False, 30_000),
        ("organisation", "组织架构", False, 30_000),
        ("members", "党员队伍", False, 30_000),
        ("monthly-operation", "月度运行", False, 30_000),
        ("ranking", "锋领指数排名", False, 60_000),
        ("district-map", "党建地图", False, 200_000),
        ("map-focus", "", True, 40_000),
        ("time-axis", "组织生活时间轴", False, 30_000),
        ("warning-feed", "红黄预警", False, 30_000),
        ("diagnosis", "五个基本 · 诊断与处方", True, 40_000),
    ]
    found = []
    for slug, title, follows, budget in rows:
        module = slug.replace("-", "_")
        try:
            load = import_module(f"data.queries.{module}").load
            draw = import_module(f"dashboard.figures.{module}").draw
        except ModuleNotFoundError:
            continue
        found.append(Panel(slug, title, load, draw, follows, budget))
    return tuple(found)


PANELS = _panels()
