"""A scene: its panels on the grid; and the two stages of which one is shown while the other prepares."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.grid import Grid
from dashboard.scenes import Scene
from layouts.frame import frame

# Parts and attributes of each panel by slug.
Frames = dict[str, tuple[dict[ids.Part, Any], dict[str, str]]]


def scene_tree(scene: Scene, grid: Grid, frames: Frames) -> html.Div:
    """All panels of one scene."""
    attributes: dict[str, Any] = {"data-scene": scene.slug}
    return html.Div(
        [frame(slug, grid, *frames[slug]) for slug in scene.slugs],
        className="scene with-ticker" if scene.has_ticker else "scene",
        **attributes,
    )


def permanent(grid: Grid, frames: Frames) -> list[html.Section]:
    """The panels beside the scenes."""
    return [frame(slug, grid, *parts) for slug, parts in frames.items()]


def stages(first: html.Div) -> list[html.Div]:
    """The stage that shows the first scene and the one that waits; assets/scenes.js swaps them."""
    shown, waiting = ids.STAGES
    attributes: dict[str, Any] = {"data-shown": "1"}
    return [
        html.Div([first], id=shown, className="stage-of-scene", **attributes),
        html.Div([], id=waiting, className="stage-of-scene"),
    ]
