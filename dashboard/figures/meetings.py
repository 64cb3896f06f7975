"""Four lines of 三会一课 over twelve months: monthly kinds unbroken, quarterly ones as dots, the weakest in gold."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.canvas import Path, canvas, markers, polyline, text
from dashboard.figures.month_chart import MonthColumns, RateAxis, month_names, rate_axis, rule, tick_words
from dashboard.theme import Theme
from data.queries.meetings import Meeting, Meetings

SLUG = "meetings"
# Design pixels of the body: foot of the numbers, left edge and room right of the lines.
STRIP, LEFT, LABELS = 158, 96, 136
NAMES = {"assembly": "党员大会", "committee": "支委会", "group": "党小组会", "lecture": "党课"}


@dataclass(frozen=True)
class _Line:
    meeting: Meeting
    color: str
    points: list[tuple[float, float | None]]


def line_colors(view: Meetings, theme: Theme) -> dict[str, str]:
    """Three blues, and gold for the kind whose newest value is the lowest."""
    shades = iter((theme.tokens.blue[4], theme.tokens.line, theme.tokens.ink2))
    weakest = _weakest(view)
    return {
        m.kind: theme.tokens.gold if m.kind == weakest else next(shades, theme.tokens.muted)
        for m in view.kinds
    }


def draw(view: Meetings, theme: Theme) -> go.Figure:
    """One axis for all four, from a round share up to all; it does not begin at 0 and its ticks say so."""
    figure = canvas(theme, SLUG)
    width, height = theme.size(SLUG)
    row = theme.caption * 1.3
    columns = MonthColumns(theme.px(LEFT), width - theme.px(LABELS), len(view.months))
    month_names(figure, theme, columns, view.months, height - row * 0.45)
    known = [v.value for m in view.kinds for v in m.values if v is not None and v.value is not None]
    if not known:
        return figure
    axis = rate_axis(known, theme.px(STRIP) + theme.px(14), height - row - theme.px(10))
    for tick in axis.ticks:
        rule(figure, theme, (columns.left, columns.right), axis.y(tick), tick_words(tick))
    colors = line_colors(view, theme)
    lines = [_Line(m, colors[m.kind], _points(m, columns, axis)) for m in view.kinds]
    for line in sorted(lines, key=lambda line: line.color == theme.tokens.gold):
        _line(figure, theme, line)
    _end_names(figure, theme, lines, columns.right + theme.px(12), (axis.top, axis.base))
    return figure


def _points(meeting: Meeting, columns: MonthColumns, axis: RateAxis) -> list[tuple[float, float | None]]:
    """A month that closes no period has no point; one without a value breaks the line."""
    return [
        (columns.x(i), None if amount.value is None else axis.y(amount.value))
        for i, amount in enumerate(meeting.values)
        if amount is not None
    ]


def _line(figure: go.Figure, theme: Theme, line: _Line) -> None:
    path: Path = ([x for x, _ in line.points], [y for _, y in line.points])
    quarterly = line.meeting.period == "quarter"
    polyline(
        figure,
        path,
        color=line.color,
        width=theme.px(4 if quarterly else 5),
        dash="dot" if quarterly else "solid",
    )
    dots = [(x, y) for x, y in (line.points if quarterly else line.points[-1:]) if y is not None]
    rim = {"color": theme.tokens.ground, "width": theme.px(2)}
    markers(figure, [x for x, _ in dots], [y for _, y in dots], size=theme.px(16), color=line.color, line=rim)


def _end_names(
    figure: go.Figure, theme: Theme, lines: list[_Line], x: float, span: tuple[float, float]
) -> None:
    """Names beside the newest points, moved apart where they would touch."""
    ends = [(next((y for _, y in reversed(line.points) if y is not None), None), line) for line in lines]
    shown = sorted(((y, line) for y, line in ends if y is not None), key=lambda end: end[0])
    for y, (_, line) in zip(apart([y for y, _ in shown], theme.caption * 1.22, span), shown, strict=True):
        name = NAMES[line.meeting.kind]
        figure.add_annotation(text(x, y, name, size=theme.caption, color=line.color, xanchor="left"))


def apart(wanted: list[float], gap: float, span: tuple[float, float]) -> list[float]:
    """Sorted positions at least ``gap`` apart, as near to the wanted ones as the span allows."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + gap) if placed else max(y, span[0]))
    limit = span[1]
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - gap
    return placed


def _weakest(view: Meetings) -> str | None:
    newest = [(m.closed[-1][1].value, m.kind) for m in view.kinds if m.closed]
    known = [(value, kind) for value, kind in newest if value is not None]
    return min(known)[1] if known else None
