"""The library in words: what it holds, and the rows of the most used."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.library import COUNT, KIND, TITLE, where
from dashboard.formats import NA, integer
from dashboard.theme import Theme
from data.queries.library import Library
from data.queries.listed import Line
from layouts.amount import amount_shown
from layouts.figure_strip import StripFigure, figure_strip
from layouts.measured import measured

# Name at the head, word in a row, unit.
KINDS = {
    "lecturer": ("红色讲师", "讲师", "名"),
    "lecture": ("特色党课", "党课", "堂"),
    "video": ("视频党课", "视频", "部"),
    "base": ("教育基地", "基地", "处"),
    "book": ("党建书籍", "书籍", "种"),
    "template": ("工作模板", "模板", "份"),
}


def note(view: Library, theme: Theme) -> list[Component | str]:
    """Uses of the year; what the rows are."""
    if view.uses.value is None:
        return ["本年使用 ", amount_shown(view.uses, integer, "library_uses", "v")]
    most = f"使用最多 {len(view.most_used)} 项" if view.most_used else ""
    uses = html.Span(["本年使用 ", amount_shown(view.uses, integer, "library_uses", "v"), " 次"])
    return [uses, html.Span(most)]


def body(view: Library, theme: Theme) -> list[Component]:
    """Four numbers and up to eight rows."""
    figures = [
        StripFigure(KINDS[kind][0], amount, integer, f"library:{kind}", KINDS[kind][2])
        for kind, amount in view.items
    ]
    strip = figure_strip(figures, "even")
    if view.most_used:
        return [strip, *(_row(i, line, theme) for i, line in enumerate(view.most_used))]
    known = view.uses.value is not None
    return [strip, html.Div("本年尚无使用记录" if known else "使用记录无数据", className="library-none")]


def _row(i: int, line: Line, theme: Theme) -> Component:
    place = where(theme)
    grid = f"{theme.px(KIND)}px {theme.px(TITLE - 24)}px 1fr {theme.px(COUNT)}px"
    word = KINDS.get(line.kind, ("", "", ""))[1]
    return html.Div(
        [
            html.Span(word, className="kind"),
            html.Span(_title(line.title), className="title"),
            html.Span(""),
            measured(integer(line.amount), "library_use", line.amount),
        ],
        className="library-row",
        style={
            "top": f"{place.top + i * place.row:.1f}px",
            "height": f"{place.row:.1f}px",
            "gridTemplateColumns": grid,
        },
    )


def _title(title: str | None) -> str:
    """Without the kind before the colon: the row says it already."""
    return (title or "").partition("：")[2] or title or NA
