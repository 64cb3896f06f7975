"""Places over the quarters as lines that cross: who rose, who fell, who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.leadership.look import SMALL, Look
from dashboard.leadership.scoring import quarter_words

ROW, HEAD = 26, 56
MOST = 18
# Room of the names at the end of the lines, in quarters.
_NAMES, _LETTERS = 3.4, 8
LEADERS, NOTABLE = 3, 2


@dataclass(frozen=True)
class Course:
    """One organisation: its place at each quarter's end (None: not ranked), oldest first, and where it leads."""

    name: str
    places: Sequence[int | None]
    url: str

    @property
    def climbed(self) -> int:
        """Places gained since the quarter before; 0 where it was not ranked."""
        now, before = self.places[-1], self.places[-2] if len(self.places) > 1 else None
        return 0 if now is None or before is None else before - now


def draw_bump(look: Look, ends: Sequence[str], courses: Sequence[Course]) -> go.Figure:
    """Courses in order of place, at most eighteen; the leaders dark, who moved most since last quarter in colour."""
    shown = courses[:MOST]
    figure = look.figure(HEAD + ROW * max(3, len(shown)))
    colors = _colors(look, shown)
    for course in reversed(shown):
        _line(figure, look, ends, course, colors.get(course.name))
    deepest = max((place for one in shown for place in one.places if place), default=1)
    last = len(ends) - 1
    years = [i == 0 or end.endswith("-03") for i, end in enumerate(ends)]
    words = [
        quarter_words(end, year=False) + (f"<br>{end[:4]}" if year else "")
        for end, year in zip(ends, years, strict=True)
    ]
    figure.update_layout(
        xaxis={"tickvals": list(range(len(ends))), "ticktext": words, "range": [-0.35, last + _NAMES]},
        yaxis={"range": [deepest + 0.6, 0.4], "showgrid": False, "tickvals": [1, *range(5, deepest + 1, 5)]},
    )
    return figure


def _colors(look: Look, shown: Sequence[Course]) -> Mapping[str, str]:
    colors = {one.name: look.superior for one in shown[:LEADERS]}
    up, down = max(shown, key=lambda c: c.climbed), min(shown, key=lambda c: c.climbed)
    if up.climbed >= NOTABLE:
        colors[up.name] = look.ok
    if down.climbed <= -NOTABLE:
        colors[down.name] = look.alarm
    return colors


def _line(figure: go.Figure, look: Look, ends: Sequence[str], course: Course, color: str | None) -> None:
    said = [
        f"{quarter_words(end)}　第{place}名" if place else ""
        for end, place in zip(ends, course.places, strict=True)
    ]
    figure.add_scatter(
        x=list(range(len(ends))),
        y=list(course.places),
        mode="lines+markers",
        line={"color": color or look.blue[1], "width": 3 if color else 1.6},
        marker={"size": 9 if color else 7},
        customdata=[course.url] * len(ends),
        text=said,
        hovertemplate=f"{course.name}<br>%{{text}}<extra></extra>",
        cliponaxis=False,
    )
    now = course.places[-1]
    if now is not None:
        figure.add_annotation(
            x=len(ends) - 1,
            y=now,
            text=f"{now}　{_short(course.name)}",
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"size": SMALL, "color": color or look.ink2},
        )


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
