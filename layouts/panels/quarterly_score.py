"""The score of the quarter in words: the district, its first and last town, and the nodes with their state."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.figures.quarterly_score import COLUMNS_FOOT, NODE_HEAD, NUMBER, Cell, done, node_cells
from dashboard.formats import NA, day_label, percent_number, score, signed
from dashboard.quarters import quarter_label
from dashboard.theme import Theme
from data.queries.quarterly_score import QuarterlyScore, QuarterNode
from layouts.amount import amount_shown
from layouts.measured import measured
from layouts.panels.ranking import short_name

# Below so much of its points a passed node is late.
COMPLETE = 0.995


def note(view: QuarterlyScore, theme: Theme) -> str:
    """Which quarter the scores are of."""
    return f"{quarter_label(view.quarter)} · {theme.profile.words.towns}均分 · 满分 100"


def body(view: QuarterlyScore, theme: Theme) -> list[Component]:
    """Number and ends of the columns, then the calendar; a word where nothing is scored."""
    if view.whole.value is None and not view.nodes:
        return [html.Div(f"{quarter_label(view.quarter)}尚无季度计分", className="quarter-none")]
    parts: list[Component] = [_number(view, theme), *_ends(view, theme)]
    if view.nodes:
        head = f"{quarter_label(view.running, year=False)}节点 · 已完成%"
        style = {"top": f"{theme.px(COLUMNS_FOOT)}px", "height": f"{theme.px(NODE_HEAD)}px"}
        parts.append(html.Div(head, className="quarter-head", style=style))
    cells = node_cells(theme, len(view.nodes))
    return [*parts, *(_node(n, c, theme) for n, c in zip(view.nodes, cells, strict=True))]


def _number(view: QuarterlyScore, theme: Theme) -> Component:
    change = view.whole.minus(view.whole_before)
    below: list[Component | str] = []
    if change is not None:
        below = [
            "较上季 ",
            measured(signed(change, 1), "quarter_score_change", change, f"d {tone(change, 1)}"),
        ]
    return html.Div(
        [
            html.Div(amount_shown(view.whole, score, "hj_quarter_score"), className="v"),
            html.Div(below, className="below"),
        ],
        className="quarter-number",
    )


def _ends(view: QuarterlyScore, theme: Theme) -> list[Component]:
    """First and last town under their columns."""
    if len(view.units) < 2:
        return []
    ends = (("first", view.units[0]), ("last", view.units[-1]))
    spans = [
        html.Span(
            [short_name(unit.name, theme), " ", measured(score(unit.score), "unit_score", unit.score)],
            className=end,
        )
        for end, unit in ends
    ]
    line = theme.caption * 1.3
    style = {"left": f"{theme.px(NUMBER)}px", "top": f"{theme.px(COLUMNS_FOOT) - line:.1f}px"}
    return [html.Div(spans, className="quarter-ends", style={**style, "height": f"{line:.1f}px"})]


def _node(node: QuarterNode, cell: Cell, theme: Theme) -> Component:
    share = done(node, theme)
    late = node.passed == node.times and share is not None and share < COMPLETE
    state = f"{day_label(node.due)}{'已过' if node.passed == node.times else ''}"
    style = {
        "left": f"{cell.left:.1f}px",
        "top": f"{cell.top:.1f}px",
        "width": f"{cell.width:.1f}px",
        "height": f"{cell.height:.1f}px",
    }
    shown = NA if share is None else percent_number(share, 0)
    return html.Div(
        [
            html.Div(theme.profile.rule(node.indicator).short, className="name"),
            html.Div(
                [
                    html.Span(state, className="state"),
                    measured(shown, f"{node.indicator}_done", share),
                ],
                className="values",
            ),
        ],
        className="quarter-node late" if late else "quarter-node",
        style=style,
    )
