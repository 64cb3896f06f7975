"""The ranking in words: place, movement, town, score and its change against the month before."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.figures.ranking import HEADER, row_px
from dashboard.formats import month_label, score, signed
from dashboard.theme import Theme
from data.queries.ranking import RankedTown, Ranking
from layouts.amount import amount_shown
from layouts.measured import measured
from layouts.movement import movement

NAME_LENGTH = 4
# Endings that may go when a name is too long for its column.


def title(view: Ranking, theme: Theme) -> str:
    """The index by its local name."""
    return f"{theme.profile.index_name}排名"


def note(view: Ranking, theme: Theme) -> list[Component]:
    """How many towns, which month, and the pooled average of the district."""
    if not view.rows:
        return []
    count = f"前 {len(view.rows)} 名" if view.is_top_only else f"{len(view.rows)} {theme.profile.words.towns}"
    average = amount_shown(view.average, score, "d_index_avg", "v")
    return [html.Span([f"{count} · {month_label(view.month)} · {theme.profile.words.average} ", average])]


def body(view: Ranking, theme: Theme) -> list[Component]:
    """The header and one row per town; a word when no town has a score."""
    if not view.rows:
        return [html.Div(f"{month_label(view.month)}尚无计分数据", className="ranking-none")]
    height = row_px(theme, len(view.rows))
    heads = [
        ("名次", "place"),
        (theme.profile.words.towns, "name"),
        ("指数", "score"),
        (_against(view), "change"),
    ]
    header = html.Div(
        [html.Span(word, className=name) for word, name in heads],
        className="rank-row head",
        style={"top": "0px", "height": f"{theme.px(HEADER)}px"},
    )
    tall = height > theme.px(60)
    top = theme.px(HEADER)
    moves = view.month_before is not None
    return [
        header,
        *(_row(row, (top + i * height, height), tall, moves, theme) for i, row in enumerate(view.rows)),
    ]


def _against(view: Ranking) -> str:
    """Head of the last column: the month compared with, or that a new year has begun."""
    return f"较{month_label(view.month_before)}" if view.month_before else "新年度"


def short_name(name: str, theme: Theme) -> str:
    """A town's name in at most four characters: its short name where the whole has no room, then it is cut."""
    if len(name) > NAME_LENGTH:
        name = theme.short_town(name)
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _row(row: RankedTown, place: tuple[float, float], tall: bool, moves: bool, theme: Theme) -> Component:
    change = row.change
    town: dict[str, Any] = {"data-town": str(row.town_id)}
    return html.Div(
        [
            html.Span(str(row.place), className="place top" if row.place <= 3 else "place"),
            movement(row.climbed) if moves else html.Span("", className="move"),
            html.Span(short_name(row.name, theme), className="name"),
            measured(score(row.score), "index_score", row.score, "n score"),
            html.Span(signed(change, 1), className=f"change {tone(change, 1)}"),
        ],
        className="rank-row tall" if tall else "rank-row",
        style={"top": f"{place[0]:.1f}px", "height": f"{place[1]:.1f}px"},
        **town,
    )
