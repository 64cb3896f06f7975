"""Whom to praise, whom to help: the best branches with their score, the weakest with what they lack most."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.formats import integer, score, signed
from dashboard.quarters import quarter_label
from dashboard.score_items import scored_rules
from dashboard.theme import Theme
from data.queries.top_and_bottom import RankedBranch, TopAndBottom
from layouts.measured import measured

NAME_LENGTH = 7
# The head of the list says what they are.
_KINDS = ("党支部", "支部")


def note(view: TopAndBottom, theme: Theme) -> str:
    """How many branches, and full marks."""
    if not view.top:
        return ""
    return f"{integer(view.ranked)} 个支部 · 满分 {600 if view.of_600 else 100}"


def body(view: TopAndBottom, theme: Theme) -> list[Component]:
    """One list for visitors, two for staff; a word when no branch has a score."""
    if not view.top:
        return [html.Div(f"{quarter_label(view.quarter)}尚无支部得分", className="ends-none")]
    against = "较上季"
    if view.bottom is None:
        rows = [_row(row, _place(row, theme)) for row in view.top]
        head = _head("支部", theme.profile.words.towns, against)
        return [html.Div([head, *rows], className="ends alone")]
    best = [_row(row, _lack(row, theme)) for row in view.top]
    weak = [_row(row, _lack(row, theme)) for row in view.bottom]
    lists = [html.Div([_head("前 10 支部", "主要失分", against), *best], className="ends-list top")]
    if weak:
        head = _head(f"后 {len(weak)} 支部", "主要失分", against)
        lists.append(html.Div([head, *weak], className="ends-list bottom"))
    return [html.Div(lists, className="ends")]


def branch_name(name: str) -> str:
    """A branch's name without the word branch, in at most seven characters."""
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            name = name.removesuffix(kind)
            break
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def lacking(row: RankedBranch, theme: Theme) -> str:
    """Short name of the item that costs the branch most: its weight times what is missing; "" where nothing is."""
    losses = [
        ((rule.weight or 1) * (100 - row.scores[rule.id]), rule.short)
        for rule in scored_rules(theme.profile)
        if rule.id in row.scores
    ]
    most = max(losses, default=(0.0, ""), key=lambda loss: loss[0])
    return most[1] if most[0] > 0 else ""


def _lack(row: RankedBranch, theme: Theme) -> str:
    return lacking(row, theme) or "无失分"


def _place(row: RankedBranch, theme: Theme) -> str:
    return row.town or theme.profile.words.direct


def _head(name: str, about: str, against: str) -> Component:
    words: Sequence[tuple[str, str]] = (
        (name, "name"),
        ("得分", "score"),
        (against, "change"),
        (about, "about"),
    )
    return html.Div([html.Span(word, className=part) for word, part in words], className="ends-row head")


def _row(row: RankedBranch, about: str) -> Component:
    change = row.change
    return html.Div(
        [
            html.Span(branch_name(row.name), className="name"),
            measured(score(row.score), "branch_score", row.score, "n score"),
            html.Span(signed(change, 1), className=f"change {tone(change, 1)}"),
            html.Span(about, className="about"),
        ],
        className="ends-row",
    )
