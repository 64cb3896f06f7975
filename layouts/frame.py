"""The frame every panel stands in: title, note, figure, HTML layer, and the attributes operators read."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard import ids
from dashboard.grid import Grid

GRAPH_CONFIG: Any = {"staticPlot": True, "displayModeBar": False, "responsive": False}

# The attributes of a frame that change with the data, as Dash properties; the digests tell the server what of
# its parts the browser already shows.
VERSION, STATE, AS_OF, DIGESTS = "data-version", "data-state", "data-as-of", "data-digests"


def frame(slug: str, grid: Grid, parts: dict[ids.Part, Any], attributes: dict[str, Any]) -> html.Section:
    """One panel at its place on the grid; ``parts`` holds figure, body, note and title."""
    head = grid.heads[slug]
    box = grid.boxes[slug]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(parts["title"], id=ids.part(slug, "title")),
                    html.Div(parts["note"], id=ids.part(slug, "note"), className="note"),
                ],
                className="head",
            ),
            html.Div([_graph(slug, grid, parts["figure"]), _layer(slug, parts["body"])], className="body"),
        ],
        id=ids.frame(slug),
        className=f"panel {head} {slug}",
        style={"left": f"{box.x}px", "top": f"{box.y}px", "width": f"{box.w}px", "height": f"{box.h}px"},
        **{"data-panel": slug, **attributes},
    )


def _layer(slug: str, body: Any) -> html.Div:
    return html.Div(body, id=ids.part(slug, "body"), className="layer")


def _graph(slug: str, grid: Grid, figure: Any) -> dcc.Graph:
    width, height = grid.body(slug)
    return dcc.Graph(
        id=ids.part(slug, "figure"),
        figure=figure if figure is not None else blank_figure(width, height),
        config=GRAPH_CONFIG,
        className="figure",
        style={"width": f"{width}px", "height": f"{height}px"},
    )


def blank_figure(width: int, height: int) -> dict[str, Any]:
    """A figure that paints nothing, for a panel without one and for one that could not be drawn."""
    layout = go.Layout(
        width=width,
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False},
        yaxis={"visible": False},
    )
    blank: dict[str, Any] = go.Figure(layout=layout).to_plotly_json()
    return blank


def withdrawn(title: str) -> dict[ids.Part, Any]:
    """The parts of a panel whose text was taken away: nothing of what it showed stays."""
    words = [html.Div("本栏目暂停展示", className="unavailable")]
    return {"figure": blank_figure(10, 10), "body": words, "note": "", "title": title}


def unavailable() -> dict[ids.Part, Any]:
    """The parts of a panel that has never been drawn."""
    return {
        "figure": None,
        "body": [html.Div("暂无画面，正在重试", className="unavailable")],
        "note": "",
        "title": "",
    }
