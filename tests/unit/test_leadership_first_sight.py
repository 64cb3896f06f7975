"""What a page makes at once and what follows: figures and tables below the fold wait in cards of their height."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html

from dashboard.leadership.look import Look
from dashboard.leadership.margins import roomy
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Table, Text
from layouts.leadership import first_sight, render
from layouts.leadership.markup import Markup, folded

FIGURE = {"figure": go.Figure(layout={"height": 300}), "describes": "线"}
ROWS = [{"org_id": n, "name": f"支部{n}"} for n in range(30)]


def figures(count: int, span: int) -> list[Figure]:
    return [Figure(f"f{at}", "图", span=span, **FIGURE) for at in range(count)]


def test_figures_beside_each_other_share_a_row_and_the_rows_below_the_fold_wait() -> None:
    assert first_sight.below(figures(8, 6)) == {"f6", "f7"}
    assert first_sight.below(figures(3, 12)) == set()


def test_what_costs_nothing_never_waits() -> None:
    parts = [*figures(4, 12), Text("words", "说明"), Numbers("n", "", numbers=[Number("数", 1)])]
    assert first_sight.below(parts) == {"f3"}


def test_a_tall_card_does_not_push_the_rows_beside_it_down() -> None:
    tall = Table("t", "表", span=6, rows_beside=2, height=900, columns=[Column("name", "名")], rows=ROWS)
    assert first_sight.below([tall, *figures(2, 6), Figure("last", "图", **FIGURE)]) == set()


def test_a_waiting_card_has_title_and_height_and_what_follows_is_the_whole_card() -> None:
    table = Table("t", "表", columns=[Column("name", "名")], rows=ROWS, key="org_id")
    [waiting] = render.page([table], "2026-10", frozenset({"t"}))
    room = waiting.children[-1]
    assert room.style == {"height": f"{first_sight.body_height(table)}px"}
    card, made = render.anew(table, "2026-10")
    assert card == waiting.id
    whole = render.card(table, "2026-10").to_plotly_json()["props"]["children"]
    assert str(made["children"]) == str(whole)


def texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    return [text for child in node[2:] for text in texts(child)]


def test_elements_without_id_fold_and_those_with_one_stay_what_they_are() -> None:
    page = [
        html.P(["一", html.B("二", className="strong"), 3]),
        html.Div([html.Span("四"), html.Span("五"), dcc.Store(id="s"), html.I("六")]),
        html.Ul([html.Li("七")], id="list"),
        "八",
    ]
    first, kept, listed, last = folded(page)
    assert isinstance(first, Markup)
    assert texts(first.tree[0]) == ["一", "二", "3"]
    assert first.tree[0][2:] == ["一", ["b", {"className": "strong"}, "二"], "3"]
    before, store, after = kept.children
    assert [texts(one) for one in before.tree] == [["四"], ["五"]]
    assert store.id == "s"
    assert texts(after.tree[0]) == ["六"]
    assert listed.id == "list"
    assert listed.children[0].tree == [["li", {}, "七"]]
    assert last.tree == ["八"]


def test_attributes_of_folded_elements_keep_their_names() -> None:
    link = html.A("去", href="/leadership/", **{"aria-current": "page", "data-part": "x"})
    assert folded(link).tree == [
        ["a", {"href": "/leadership/", "aria-current": "page", "data-part": "x"}, "去"]
    ]


def test_margins_hold_the_labels_and_the_legend() -> None:
    figure = Look().figure(240)
    figure.add_bar(x=[1, 2], y=["党员活动室建设", "支部"], orientation="h")
    figure.update_layout(xaxis={"tickvals": [1, 2], "ticktext": ["一", "二<br>季度"]})
    margin = roomy(figure).layout.margin
    assert margin.l > 7 * 13
    assert margin.b > 2 * 13
    assert margin.r == 8
    assert margin.t == 8
    figure.update_layout(showlegend=True, legend={"yanchor": "bottom"})
    assert roomy(figure).layout.margin.t > 2 * 13


@pytest.mark.parametrize(("given", "least"), [({"l": 0, "t": 26}, 0), ({"l": 140}, 140)])
def test_margins_that_are_given_stay(given: dict[str, int], least: int) -> None:
    figure = Look().figure(240)
    figure.add_scatter(x=[1], y=[2])
    figure.update_layout(margin=given, xaxis={"visible": False}, yaxis={"visible": False})
    margin = roomy(figure).layout.margin
    assert margin.l == least
    assert margin.t == given.get("t", 8)
