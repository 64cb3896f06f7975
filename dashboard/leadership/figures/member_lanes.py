"""Twelve months of a member in four lanes: activities, transfers, state of dues, study."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.leadership.look import Look
from data.persons.file import LANES, Event

LANE_WORDS = {"activities": "活动", "transfers": "转接", "dues": "党费", "study": "学习"}
# Shape and colour together: what is not in order is hollow and a diamond.
_GOOD, _NOT = ("已完成", "circle"), ("未完成", "diamond-open")


def draw_lanes(look: Look, events: Sequence[Event], today: date) -> go.Figure:
    """One mark per event; the newest month at the right."""
    figure = look.figure(260)
    for good, (word, symbol) in ((True, _GOOD), (False, _NOT)):
        shown = [event for event in events if event.good is good]
        figure.add_scatter(
            x=[event.at for event in shown],
            y=[LANE_WORDS[event.lane] for event in shown],
            text=[f"{event.at:%Y-%m-%d}　{event.text}　{event.state}" for event in shown],
            mode="markers",
            name=word,
            marker={
                "size": 11,
                "symbol": symbol,
                "color": look.superior if good else look.alarm,
                "line": {"width": 2, "color": look.superior if good else look.alarm},
            },
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.15},
        xaxis={
            "type": "date",
            "range": [today - timedelta(days=372), today + timedelta(days=7)],
            "tickformat": "%Y.%m",
            "dtick": "M1",
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [LANE_WORDS[lane] for lane in reversed(LANES)],
            "range": [-0.5, len(LANES) - 0.5],
        },
    )
    return figure
