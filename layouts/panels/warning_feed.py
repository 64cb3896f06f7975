"""The words of the warning panel: the most urgent open warnings, or what was put right."""

from __future__ import annotations

import math

from dash import html
from dash.development.base_component import Component

from dashboard.figures.canvas import shortened, text_width
from dashboard.figures.warning_feed import SLUG
from dashboard.formats import NA, day_label, integer, percent_number
from dashboard.prescriptions import due_on
from dashboard.theme import Theme
from data.queries.warning_feed import OpenWarning, OpenWarnings, Rectified, RectifiedIndicator
from layouts.measured import measured

MAX_NAME, MIN_NAME = 8, 4
# Letters of a town, of 诊断 and 处方 where they must be cut; design pixels of the level and between columns.
MAX_TOWN, MAX_WORDS = 4, 9
CHIP, GAP = 42, 14
# Left edge of the rectified indicators, design pixels.
RECTIFIED_LEFT = 432
MAX_INDICATORS = 5
LEVEL_WORDS = {"red": "红", "yellow": "黄"}
STATE_WORDS = {
    "raised": "待签收",
    "pushed": "待签收",
    "acknowledged": "已签收",
    "rectifying": "整改中",
}
OVERDUE = "已超期"


def title(view: OpenWarnings | Rectified, theme: Theme) -> str:
    """Reception mode speaks of what was put right, not of lights."""
    return "红黄预警" if isinstance(view, OpenWarnings) else "预警整改"


def note(view: OpenWarnings | Rectified, theme: Theme) -> list[Component]:
    """Internal: branches by light and what was closed this month; reception: what the columns mean."""
    if isinstance(view, Rectified):
        return [
            html.Span([html.Span(className="swatch done"), "已整改"]),
            html.Span([html.Span(className="swatch"), "预警"]),
            html.Span(f"近 {len(view.months)} 个月"),
        ]
    return [
        html.Span(
            ["红 ", measured(integer(view.red_branches), "red_branches", view.red_branches)], className="red"
        ),
        html.Span(
            ["黄 ", measured(integer(view.yellow_branches), "yellow_branches", view.yellow_branches)],
            className="yellow",
        ),
        html.Span(
            [
                "本月销号 ",
                measured(integer(view.closed_this_month), "warnings_closed", view.closed_this_month),
            ],
            className="closed",
        ),
    ]


def body(view: OpenWarnings | Rectified, theme: Theme) -> list[Component]:
    """Six rows of the feed, or the rectified share with its indicators."""
    return _feed(view, theme) if isinstance(view, OpenWarnings) else _rectified(view, theme)


def _feed(view: OpenWarnings, theme: Theme) -> list[Component]:
    if not view.rows:
        return [html.Div("当前没有未销号的预警", className="warning-none")]
    columns = _columns(view, theme)
    grid = {"gridTemplateColumns": " ".join(f"{width:.0f}px" for width in columns)}
    rows = [_row(row, view, columns[1], theme) for row in view.rows]
    lines = [html.Div(_heads(view), className="warning-row heading", style=grid)]
    lines += [html.Div(row, className="warning-row", style=grid) for row in rows]
    return [html.Div(lines, className="warning-rows")]


def _heads(view: OpenWarnings) -> list[Component]:
    words = ("级", f"党组织 · 未销号共 {integer(view.open_count)} 件", "诊断", "处方", "限期", "状态")
    return [html.Span(word) for word in words]


def _columns(view: OpenWarnings, theme: Theme) -> list[float]:
    """Widths of the six columns in pixels: those of words as wide as their words, the rest is the organisation's."""
    words = [_words(row, theme) for row in view.rows]
    finding, measure = (max(text_width(pair[k], theme.data) for pair in words) for k in (0, 1))
    limit, state = text_width("00-00", theme.number), text_width(OVERDUE, theme.caption)
    chip = theme.px(CHIP)
    # The gaps are the style sheet's: not rounded to whole pixels.
    rest = math.floor(theme.size(SLUG)[0] - 5 * GAP * theme.u - chip - finding - measure - limit - state) - 3
    return [chip, rest, finding, measure, limit, state]


def _words(row: OpenWarning, theme: Theme) -> tuple[str, str]:
    """诊断 and 处方."""
    rule = theme.profile.every_rule.get(row.indicator)
    found = (rule.finding, rule.measure) if rule else ("指标已停用", NA)
    finding, measure = (shortened(words, theme.data * MAX_WORDS, theme.data) for words in found)
    return finding, measure


def _row(row: OpenWarning, view: OpenWarnings, room: float, theme: Theme) -> list[Component]:
    town = theme.short_town(row.town) if row.town else theme.profile.words.direct
    town = shortened(town, theme.caption * MAX_TOWN, theme.caption)
    left = room - text_width(town, theme.caption) - theme.px(10)
    finding, measure = _words(row, theme)
    limit = due_on(row.level, row.raised_at, row.due_on)
    late = limit < view.today
    return [
        html.Span(LEVEL_WORDS.get(row.level, "黄"), className=f"chip {row.level}"),
        html.Span(
            [
                html.Span(town, className="town"),
                shortened(short_name(row.organisation, row.town, theme), left, theme.data),
            ],
            className="organisation",
        ),
        html.Span(finding, className="finding"),
        html.Span(measure, className="measure"),
        html.Span(day_label(limit), className="limit late" if late else "limit"),
        html.Span(
            OVERDUE if late else STATE_WORDS.get(row.state, NA),
            className=f"state {'late' if late else row.state}",
        ),
    ]


def short_name(name: str, town: str | None, theme: Theme) -> str:
    """An organisation beside its town: the town not twice, 党支部 as 支部 when long, cut with … at eight."""
    own = name
    for prefix in (town, theme.short_town(town)) if town else ():
        if len(own) - len(prefix) >= MIN_NAME:
            own = own.removeprefix(prefix)
    if len(own) > MAX_NAME:
        own = own.replace("党支部", "支部")
    return own if len(own) <= MAX_NAME else own[: MAX_NAME - 1] + "…"


def _rectified(view: Rectified, theme: Theme) -> list[Component]:
    share = view.rectified / view.raised if view.raised else None
    total = [
        html.Div(
            [
                "已整改 ",
                measured(integer(view.rectified), "warnings_rectified", view.rectified, "d"),
                f" / {integer(view.raised)} 件",
            ],
            className="w",
        ),
        html.Div(
            [
                measured(percent_number(share), "rectified_share", share),
                html.Span("%" if share is not None else "", className="u"),
            ],
            className="v",
        ),
    ]
    return [html.Div(total, className="rectified-total"), *_rectified_rows(view, theme)]


def _rectified_rows(view: Rectified, theme: Theme) -> list[Component]:
    """Indicators with most rectified warnings; names and counts as wide as they are, 处方 in the rest."""
    rules = theme.profile.every_rule
    shown = [item for item in view.indicators if item.indicator in rules][:MAX_INDICATORS]
    heads = ("指标", "处方", "已整改 / 预警")
    counts = [text_width(f"{integer(one.rectified)}/{integer(one.raised)}", theme.number) for one in shown]
    count = max([text_width(heads[2], theme.caption), *counts])
    name = max((text_width(rules[one.indicator].short, theme.data) for one in shown), default=0.0)
    room = theme.size(SLUG)[0] - theme.px(RECTIFIED_LEFT + 2 * GAP) - count - name
    grid = {"gridTemplateColumns": f"{name:.0f}px {room:.0f}px {count:.0f}px"}
    head = html.Div([html.Span(word) for word in heads], className="rectified-row heading", style=grid)
    rows = [html.Div(_indicator(one, room, theme), className="rectified-row", style=grid) for one in shown]
    return [html.Div([head, *rows], className="rectified-rows")]


def _indicator(item: RectifiedIndicator, room: float, theme: Theme) -> list[Component]:
    rule = theme.profile.rule(item.indicator)
    return [
        html.Span(rule.short, className="indicator"),
        html.Span(shortened(rule.measure, room, theme.data), className="measure"),
        html.Span(
            [
                measured(integer(item.rectified), f"{item.indicator}_rectified", item.rectified, "d"),
                f"/{integer(item.raised)}",
            ],
            className="count",
        ),
    ]
