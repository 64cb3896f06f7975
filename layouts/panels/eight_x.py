"""“8+x” as a matrix of institutions and areas; visitors read the district's eight numbers large."""

from __future__ import annotations

import math

from dash import html
from dash.development.base_component import Component

from dashboard.figures.eight_x import RED_BELOW, SLUG, YELLOW_BELOW, standing
from dashboard.formats import NA, integer, month_label, percent, percent_number
from dashboard.theme import Theme
from data.queries.eight_x import SMALLEST, YEARLY, EightX, Fulfilment
from data.readmodel.measures.organisation_setup import INSTITUTIONS
from layouts.amount import amount_shown
from layouts.figure_strip import change_in_points
from layouts.measured import measured

# Design pixels of the column of names.
NAMES = 236
# Marks in place of a number.
SMALL_MARK, GAP_MARK = "○", "◌"


def title(view: EightX, theme: Theme) -> str:
    """A matrix only where there are areas."""
    return "8+x 落实矩阵" if view.areas else "8+x 制度落实"


def note(view: EightX, theme: Theme) -> list[Component]:
    """The period, all institutions together, and what the marks mean."""
    since = "1月" if view.month.endswith("-01") else f"1–{month_label(view.month)}"
    whole = amount_shown(view.total.rate, percent, "jn_eight_x_rate", "v")
    parts: list[Component] = [html.Span([f"{view.month[:4]}年{since} · {theme.profile.words.whole} ", whole])]
    if view.areas:
        parts.append(_key("yellow", f"低于 {YELLOW_BELOW * 100:.0f}%"))
        parts.append(_key("red", f"低于 {RED_BELOW * 100:.0f}%"))
    if any(cell.is_small for area in view.areas for cell in area.cells):
        parts.append(html.Span(f"{SMALL_MARK} 不足 {SMALLEST} 次"))
    return parts


def body(view: EightX, theme: Theme) -> list[Component]:
    """Rows are institutions, columns areas: a wall is wider than high."""
    return _matrix(view, theme) if view.areas else _tiles(view, theme)


def institution_names(theme: Theme) -> dict[str, str]:
    """Names of the institutions, the activity day by its local one."""
    return {**INSTITUTIONS, "theme_day": theme.profile.words.activity_day}


def _key(light: str, words: str) -> Component:
    return html.Span([html.Span(className=f"sign {light}"), words])


def _matrix(view: EightX, theme: Theme) -> list[Component]:
    names = institution_names(theme)
    columns = [theme.profile.words.whole, *(_area_name(area.name, view, theme) for area in view.areas)]
    head = [html.Span("", className="corner"), *(html.Span(name, className="area") for name in columns)]
    rows: list[Component] = []
    for k, institution in enumerate(view.institutions):
        cells = [view.district[k], *(area.cells[k] for area in view.areas)]
        year = [html.Span(f" {view.round_year}", className="year")] if institution in YEARLY else []
        rows.append(html.Span([names[institution], *year], className="institution"))
        rows += [_cell(cell, f"{institution}:{i}", i == 0) for i, cell in enumerate(cells)]
    grid = f"{theme.px(NAMES)}px repeat({len(columns)}, minmax(0, 1fr))"
    return [html.Div([*head, *rows], className="eight-matrix", style={"gridTemplateColumns": grid})]


def _area_name(name: str | None, view: EightX, theme: Theme) -> str:
    """A town without its kind, cut to the width of its column."""
    if name is None:
        return theme.profile.words.direct
    room = (theme.size(SLUG)[0] - theme.px(NAMES)) / (len(view.areas) + 1)
    letters = max(2, int(room / theme.caption))
    short = theme.short_town(name)
    return short if len(short) <= letters else short[:letters]


def _cell(cell: Fulfilment, measure: str, is_district: bool) -> Component:
    """Whole percents, never rounded up: 94.7 is below 95."""
    how = standing(cell)
    value = cell.rate.value
    words = NA if value is None else str(math.floor(value * 100 + 1e-9))
    if how in ("small", "nodata"):
        words = SMALL_MARK if how == "small" else GAP_MARK
    sign = [html.Span(className=f"sign {how}")] if how in ("red", "yellow") else []
    number = measured(words, measure, value, "n" if how not in ("na", "nodata", "small") else "none")
    return html.Span([*sign, number], className=f"cell {how} whole" if is_district else f"cell {how}")


def _tiles(view: EightX, theme: Theme) -> list[Component]:
    names = institution_names(theme)
    rows = zip(view.institutions, view.district, view.year_before, strict=True)
    named = {**names, **{i: f"{names[i]} {view.round_year}" for i in YEARLY}}
    return [html.Div([_tile(named[i], i, now, before) for i, now, before in rows], className="eight-tiles")]


def _tile(name: str, institution: str, now: Fulfilment, before: Fulfilment) -> Component:
    share = now.rate
    unit = "%" if share.value is not None else ""
    change = change_in_points(share.minus(before.rate), "较上年", f"{institution}_change")
    counts = f"{_count(now.done)} / {_count(now.due)}" if now.due else ""
    fill = {"width": f"{min(1.0, share.value or 0) * 100:.1f}%"}
    return html.Div(
        [
            html.Div(
                [html.Span(name, className="name"), html.Span(counts, className="counts")], className="line"
            ),
            html.Div(
                [
                    amount_shown(share, percent_number, f"{institution}_rate"),
                    html.Span(unit, className="u"),
                    html.Span(change, className="change"),
                ],
                className="val",
            ),
            html.Div(html.Div(className="done", style=fill), className="track"),
        ],
        className="eight-tile",
    )


def _count(duties: float | None) -> str:
    return NA if duties is None else integer(duties)
