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
    plain = [course for course in shown if course.name not in colors]
    figure.add_traces(
        [_line(look, ends, plain, None)]
        + [_line(look, ends, [course], colors[course.name]) for course in shown if course.name in colors]
    )
    deepest = max((place for one in shown for place in one.places if place), default=1)
    last = len(ends) - 1
    years = [i == 0 or end.endswith("-03") for i, end in enumerate(ends)]
    words = [
        quarter_words(end, year=False) + (f"<br>{end[:4]}" if year else "")
        for end, year in zip(ends, years, strict=True)
    ]
    figure.update_layout(
        annotations=[
            _name(look, ends, course, colors.get(course.name)) for course in shown if course.places[-1]
        ],
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


def _line(look: Look, ends: Sequence[str], courses: Sequence[Course], color: str | None) -> go.Scatter:
    """One trace for all courses of a colour, with a gap between two: a trace each takes ten times as long."""
    each = [quarter_words(end) for end in ends]
    said = [
        text
        for one in courses
        for text in (
            *(f"{one.name}<br>{word}　第{at}名" for word, at in zip(each, one.places, strict=True)),
            "",
        )
    ]
    return go.Scatter(
        x=[x for _ in courses for x in (*range(len(ends)), None)],
        y=[place for one in courses for place in (*one.places, None)],
        mode="lines+markers",
        line={"color": color or look.blue[1], "width": 3 if color else 1.6},
        marker={"size": 9 if color else 7},
        customdata=[one.url for one in courses for _ in range(len(ends) + 1)],
        text=said,
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def _name(look: Look, ends: Sequence[str], course: Course, color: str | None) -> dict[str, object]:
    """Place and name at the end of a course."""
    return {
        "x": len(ends) - 1,
        "y": course.places[-1],
        "text": f"{course.places[-1]}　{_short(course.name)}",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 10,
        "font": {"size": SMALL, "color": color or look.ink2},
    }


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
