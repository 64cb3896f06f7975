"""The look of figures on the leadership pages: light, dense, calm; sizes are CSS pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

from dashboard.theme import HEI_FACES, NUMERALS

FONT = ",".join(f"'{face}'" for face in (NUMERALS, *HEI_FACES)) + ",sans-serif"
TEXT, SMALL = 14, 13
MARGIN = 8


@dataclass(frozen=True)
class Look:
    """Colours of the light surface; assets_leadership/00-tokens.css carries the same (tested)."""

    ground: str = "#F1F4F8"
    card: str = "#FFFFFF"
    rule: str = "#DDE3EC"
    rule_soft: str = "#EDF1F6"
    ink: str = "#14233B"
    ink2: str = "#41536F"
    ink3: str = "#5A6B85"
    link: str = "#1F5FA8"
    brand: str = "#8E1418"
    alarm: str = "#A3161C"
    warn: str = "#8A5A00"
    warn_fill: str = "#FFD23F"
    ok: str = "#1B7A4B"
    gold: str = "#C08A2B"
    # Quantities, light to dark; and the three lines of a comparison: this organisation, its superior, the district.
    blue: tuple[str, str, str, str, str] = ("#DCE9F8", "#A9C8EC", "#6FA3DC", "#3B7BC0", "#1F5FA8")
    own: str = "#A3161C"
    superior: str = "#1F5FA8"
    district: str = "#7C90AE"

    def figure(self, height: int = 280) -> go.Figure:
        """An empty figure as wide as its card."""
        figure = go.Figure()
        figure.update_layout(template=_template(self), height=height)
        return figure


@cache
def _template(look: Look) -> go.layout.Template:
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": SMALL, "color": look.ink3},
        "gridcolor": look.rule_soft,
        "linecolor": look.rule,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": SMALL, "color": look.ink2},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {**dict.fromkeys("lrtb", MARGIN), "pad": 4},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "font": {"family": FONT, "size": TEXT, "color": look.ink},
                "bgcolor": look.card,
                "bordercolor": look.rule,
            },
            "bargap": 0.36,
            "separators": ".,",
            "colorway": [look.superior, look.own, look.gold, look.district, *reversed(look.blue)],
            "xaxis": axis,
            "yaxis": {**axis, "showgrid": True},
            "uirevision": "page",
        }
    )
