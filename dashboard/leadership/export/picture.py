"""A figure as a picture: its title, its place, as-of and imprint above it, twice the size of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.faces import INSTALL, PROBE
from dashboard.leadership.export.chromium import Chromium, evaluate
from dashboard.leadership.export.facts import DEMO, Facts
from dashboard.leadership.look import FONT, Look
from dashboard.leadership.parts import Figure
from data.errors import ExportFailed

if TYPE_CHECKING:
    from kaleido import Kaleido

# A full card of the page at 1440 px; a narrower part keeps its share.
_WIDTH_PX, _GUTTER_PX = 1400, 16
_HEAD_PX, _FOOT_PX, _SIDE_PX, _SCALE = 96, 12, 24, 2
_LOOK = Look()
# A character nobody has: what looks the same as it is an empty box.
_GLYPHS = """((probe, font) => {
  const ink = character => {
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
    canvas.width = canvas.height = 40; pen.font = '32px ' + font; pen.fillText(character, 2, 34);
    return Array.from(pen.getImageData(0, 0, 40, 40).data).filter((_, i) => i % 4 === 3).join();
  };
  const nothing = [ink('\\u{10FFFE}'), ink(' ')];
  return Array.from(probe).filter(character => nothing.includes(ink(character))).join('');
})"""


def png(chromium: Chromium, part: Figure, facts: Facts) -> bytes:
    """The picture of a part. Raises ExportFailed without a drawing, without Chinese glyphs, without a browser."""
    if part.figure is None or not part.figure.data:
        raise ExportFailed(f"“{part.title}”没有可导出的图：{part.empty}")
    drawn = framed(part, facts)

    async def job(browser: Kaleido) -> bytes:
        tab = next(iter(browser.tabs.values()))
        lacking = await evaluate(tab, f"{_GLYPHS}({PROBE!r}, {FONT!r})")
        if lacking:
            raise ExportFailed(f"服务器缺少中文字形（{lacking}）。安装：{INSTALL}")
        options = {
            "format": "png",
            "width": drawn.layout.width,
            "height": drawn.layout.height,
            "scale": _SCALE,
        }
        try:
            picture: bytes = await browser.calc_fig(drawn, opts=options)
        except (TimeoutError, ValueError, RuntimeError) as error:
            raise ExportFailed(f"“{part.title}”未能绘制：{str(error)[:120]}") from error
        return picture

    return chromium.run(job)


def framed(part: Figure, facts: Facts) -> go.Figure:
    """A copy of the figure with everything that stands around it on the page."""
    figure = go.Figure(part.figure)
    margin = figure.layout.margin.to_plotly_json() or figure.layout.template.layout.margin.to_plotly_json()
    inner = figure.layout.height or 280
    side = {name: margin.get(name, 8) for name in "lrtb"}
    figure.update_layout(
        width=round(_WIDTH_PX * part.span / 12 - _GUTTER_PX) + 2 * _SIDE_PX,
        height=inner + _HEAD_PX + _FOOT_PX,
        paper_bgcolor=_LOOK.card,
        margin={
            "l": side["l"] + _SIDE_PX, "r": side["r"] + _SIDE_PX,
            "t": side["t"] + _HEAD_PX, "b": side["b"] + _FOOT_PX,
        },
    )  # fmt: skip
    place = f"{facts.organisation}　{facts.month}" + (f"　{part.note}" if part.note else "")
    imprint = f"{facts.owner}　{facts.as_of_words}" + (f"　{DEMO}" if facts.is_demo else "")
    # Below the drawing there is no fixed place: margins grow with the labels of the axes.
    below = {"text": f"{place}<br>{imprint}", "font": {"family": FONT, "size": 12, "color": _LOOK.ink3}}
    figure.update_layout(
        title={
            "text": f"<b>{part.title}</b>", "subtitle": below, "x": 0, "xref": "container", "y": 1,
            "yref": "container", "yanchor": "top", "pad": {"l": _SIDE_PX, "t": 18},
            "font": {"family": FONT, "size": 20, "color": _LOOK.brand},
        }
    )  # fmt: skip
    return figure
