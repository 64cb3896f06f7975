"""The ranking of committees in words: place, movement, name, both means, their sum and its change."""

from __future__ import annotations

import math

from dash import html
from dash.development.base_component import Component

from dashboard.amounts import tone
from dashboard.figures.committee_ranking import FOOT, HEADER, row_px
from dashboard.formats import score, signed
from dashboard.quarters import quarter_label
from dashboard.theme import Theme
from data.queries.committee_ranking import CommitteeRanking
from data.queries.committee_scores import CommitteeScore
from layouts.amount import amount_shown
from layouts.measured import measured
from layouts.movement import movement

NAME_LENGTH = 8


def note(view: CommitteeRanking, theme: Theme) -> list[Component]:
    """How many are ranked, in which quarter, and the district's own sum."""
    if not view.towns:
        return []
    count = f"前 {len(view.towns)} 名" if view.is_top_only else f"{view.ranked} 个{theme.profile.words.towns}"
    average = amount_shown(view.average, score, "committee_average", "v")
    words = f"{quarter_label(view.quarter)} · {count} · {theme.profile.words.average} "
    return [html.Span([words, average])]


def body(view: CommitteeRanking, theme: Theme) -> list[Component]:
    """Header, one row per committee, and the foot; a word when nobody has a score."""
    if not view.towns:
        return [html.Div(f"{quarter_label(view.quarter)}尚无计分数据", className="committee-none")]
    height, top = row_px(theme, len(view.towns)), theme.px(HEADER)
    by_points = view.basis == "points"
    rows = [_row(row, top + i * height, height, by_points, theme) for i, row in enumerate(view.towns)]
    return [_header(view, theme), *rows, *_foot(view, theme)]


def _header(view: CommitteeRanking, theme: Theme) -> Component:
    means = (
        ("支部均分", "党员均分", "合计")
        if view.basis == "points"
        else ("", theme.profile.index_name, "诊疗分")
    )
    words = [
        ("名次", "place"),
        ("党(工)委", "name"),
        (means[0], "branch"),
        (means[1], "member"),
        (means[2], "total"),
        (f"较{quarter_label(view.quarter_before, year=False)}", "change"),
    ]
    spans: list[Component] = [html.Span(word, className=name) for word, name in words]
    if view.basis == "points":
        spans[2:4] = [_keyed("支部均分", "branch"), _keyed("党员均分", "member")]
    return html.Div(spans, className="committee-row head", style=_box(0, theme.px(HEADER)))


def _keyed(word: str, name: str) -> Component:
    """A head that carries the colour of its part of the bar."""
    return html.Span([html.Span(className="swatch"), word], className=name)


def _row(row: CommitteeScore, top: float, height: float, by_points: bool, theme: Theme) -> Component:
    change = row.change
    member = None if math.isnan(row.member_mean) else row.member_mean
    # The mean of the check-up is the total: it stands once.
    branch = measured(score(row.branch_mean), "committee_branch_mean", row.branch_mean, "branch")
    return html.Div(
        [
            html.Span(str(row.place), className="place top" if row.place <= 3 else "place"),
            movement(row.climbed),
            html.Span(committee_name(row.name, theme), className="name"),
            branch if by_points else html.Span(className="branch"),
            measured(score(member), "committee_member_mean", member, "member"),
            measured(score(row.total), "committee_total", row.total, "n total"),
            html.Span(signed(change, 1), className=f"change {tone(change, 1)}"),
        ],
        className="committee-row",
        style=_box(top, height),
    )


def _foot(view: CommitteeRanking, theme: Theme) -> list[Component]:
    """Who gained most places, and the first of the units directly below the district."""
    parts: list[Component] = []
    if view.climber is not None:
        parts += [
            html.Span("进位最快", className="word"),
            html.Span(committee_name(view.climber.name, theme), className="who"),
            measured(f"+{view.climber.climbed} 位", "committee_climbed", view.climber.climbed, "up"),
        ]
    found = [html.Div(parts, className="committee-foot first")] if parts else []
    if view.units:
        units: list[Component] = [html.Span(f"{theme.profile.words.direct}前三", className="word")]
        for unit in view.units:
            units.append(html.Span(committee_name(unit.name, theme), className="who"))
            units.append(measured(score(unit.total), "committee_total", unit.total, "v"))
        found.append(html.Div(units, className="committee-foot"))
    return [html.Div(found, className="committee-feet", style={"height": f"{theme.px(FOOT - 8)}px"})]


def committee_name(name: str, theme: Theme) -> str:
    """A committee's name in at most eight characters; a zone goes by its short name first."""
    for zone, short in theme.profile.short_names.items():
        if len(name) > NAME_LENGTH:
            name = name.replace(zone, short)
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _box(top: float, height: float) -> dict[str, str]:
    return {"top": f"{top:.1f}px", "height": f"{height:.1f}px"}
