"""The look handed to every figure and panel: colours, type sizes, empty figures of a panel's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.area_file import AreaFile
from dashboard.grid import Slot, scene_grid
from dashboard.panels import BY_SLUG
from dashboard.scenes import scenes_of
from dashboard.town_names import short_town
from dashboard.wall_profile import WallProfile
from data.scope import Mode

if TYPE_CHECKING:
    from dashboard.profile import DistrictProfile

NUMERALS = "Barlow Semi Condensed"
HEI_FACES = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei")
SONG_FACES = ("Noto Serif CJK SC", "Noto Serif SC", "SimSun")


@dataclass(frozen=True)
class Tokens:
    """Colours of the wall; assets/00-tokens.css carries the same (tested)."""

    ground: str = "#07182F"
    ground2: str = "#0A2140"
    panel: str = "#0C2445"
    glow: str = "#0E3163"
    rule: str = "#274A78"
    rule_soft: str = "#17345A"
    ink: str = "#F3F6FB"
    ink2: str = "#B9C8DE"
    ink3: str = "#8FA6C6"
    red: str = "#9E181C"
    red_deep: str = "#861216"
    gold: str = "#E7B75A"
    gold_high: str = "#F6DCA0"
    alarm: str = "#FF5A4A"
    warn: str = "#FFD23F"
    ok: str = "#3BD49A"
    line: str = "#63A6E8"
    fall: str = "#FF9A8D"
    muted: str = "#5C7FAE"
    blue: tuple[str, str, str, str, str] = ("#14396A", "#1B4F8A", "#2566AE", "#4C93D9", "#93C6F6")


@dataclass(frozen=True)
class Theme:
    """The look of one district on one wall; every size is in real pixels."""

    wall: WallProfile
    profile: DistrictProfile = field(hash=False)
    tokens: Tokens = Tokens()
    areas: AreaFile | None = None
    mode: Mode = "wall_internal"

    @property
    def u(self) -> float:
        """Real pixels per design pixel."""
        return self.wall.u

    @property
    def caption(self) -> int:
        """Smallest font-size: captions and axis figures."""
        return self.wall.caption_px

    @property
    def data(self) -> int:
        """Font-size of text that carries data."""
        return self.wall.data_px

    @property
    def number(self) -> int:
        """Font-size of digits that carry the message."""
        return self.wall.number_px

    @property
    def title(self) -> int:
        """Font-size of panel titles."""
        return max(self.px(38), self.data)

    @property
    def font(self) -> str:
        """Font family list: Latin and digits from the numeral face, Chinese from a Hei face."""
        return ",".join(f"'{face}'" for face in (NUMERALS, *HEI_FACES)) + ",sans-serif"

    def short_town(self, town: str) -> str:
        """The name of a town where room is short."""
        return short_town(town, self.profile.short_names)

    def px(self, n: float) -> int:
        """Design pixels as whole real pixels."""
        return round(n * self.u)

    def size(self, slug: str) -> tuple[int, int]:
        """Width and height of a panel's body: where its scene puts it, else at its standard place."""
        panel = BY_SLUG[slug]
        slot = self._slots.get(slug) or Slot(slug, panel.place, panel.head)
        return scene_grid(self.wall, (slot,)).body(slug)

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        scenes = scenes_of(self.profile.scenes, self.mode)
        return {slot.slug: slot for scene in scenes for slot in scene.slots}

    def figure(self, slug: str) -> go.Figure:
        """An empty figure that covers the body of a panel: no margins, no grid, no hover."""
        width, height = self.size(slug)
        figure = go.Figure()
        figure.update_layout(
            template=_template(self.wall, self.tokens, self.font), width=width, height=height
        )
        return figure


@cache
def _template(wall: WallProfile, tokens: Tokens, font: str) -> go.layout.Template:
    """The one Plotly template of this wall."""
    caption = {"size": wall.caption_px, "color": tokens.ink3}
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
        "fixedrange": True,
        "tickfont": caption,
        "gridcolor": tokens.rule_soft,
        "gridwidth": max(1, round(2 * wall.u)),
        "linecolor": tokens.rule,
        "linewidth": max(1, round(2 * wall.u)),
    }
    return go.layout.Template(
        layout={
            "font": {"family": font, "size": wall.caption_px, "color": tokens.ink2},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "autosize": False,
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "bargap": 0.32,
            "separators": ".,",
            "colorway": [tokens.line, tokens.gold, *reversed(tokens.blue)],
            "xaxis": axis,
            "yaxis": axis,
            "uniformtext": {"mode": False},
            "uirevision": "wall",
        }
    )
