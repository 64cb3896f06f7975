"""The wall: header, stages of scenes and permanent panels, and the stores of the redraw loop."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.grid import scene_grid
from dashboard.theme import Theme

# Attributes of the wall that the redraw changes: count of the last request drawn, version, state, focus walk.
DRAWN, VERSION, STATE, WALK = "data-drawn", "data-version", "data-state", "data-walk"


def wall(
    theme: Theme,
    header: Component,
    body: list[Component],
    stores: dict[str, Any],
    attributes: dict[str, Any],
) -> html.Div:
    """The complete page; ``stores`` by id, ``attributes`` of the wall as the picture has them."""
    size = {"width": f"{theme.wall.width_px}px", "height": f"{theme.wall.height_px}px"}
    return html.Div(
        [
            html.Main(
                [header, *body],
                id=ids.WALL,
                className="wall",
                style=_scale(theme) | size,
                **{
                    "data-width": str(theme.wall.width_px),
                    "data-height": str(theme.wall.height_px),
                    "data-wall": theme.wall.name,
                    "data-shift": f"{theme.wall.shift_px} {theme.wall.shift_minutes:g}",
                    "data-mode": theme.mode,
                    **attributes,
                },
            ),
            *[dcc.Store(id=name, data=data) for name, data in stores.items()],
            dcc.Store(id=ids.WALL_NAME, data=theme.wall.name),
        ],
        className="stage",
    )


def _scale(theme: Theme) -> dict[str, str]:
    """The wall's sizes as CSS variables; a style sheet knows no other."""
    return {
        "--u": f"{theme.u}px",
        "--caption": f"{theme.caption}px",
        "--data": f"{theme.data}px",
        "--number": f"{theme.number}px",
        "--title": f"{theme.title}px",
        "--head": f"{scene_grid(theme.wall, ()).head_px}px",
    }
