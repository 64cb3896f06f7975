"""K-04: how the Party is organised, from the district committee down to the second level."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.formats import integer
from data.queries.kiosk.structure import Group, Structure, Unit
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import defaults, missing, paged, pick, shown
from layouts.measured import measured

_LEVELS = (
    ("committees", "党委", "党员人数一般在 100 名以上，或经上级批准设立"),
    ("general_branches", "党总支", "党员人数一般在 50 名以上、100 名以下"),
    ("branches", "党支部", "有正式党员 3 名以上即可成立，是党的基础组织"),
)


def body(kiosk: Kiosk) -> Sequence[Component]:
    """The icicle: the committee above, its two groups as wide as they are large, the second level to turn over."""
    view = kiosk.documents.structure
    if view is None or not view.units:
        return [missing("组织架构")]
    groups: dict[Group, str] = {
        "town": kiosk.profile.words.towns,
        "direct": f"{kiosk.profile.words.direct}系统",
    }
    present = [group for group in groups if view.total(group)]
    return [
        defaults(group=present[0], level="branches"),
        _root(kiosk, view),
        html.Div([_group(view, group, groups[group]) for group in present], className="icicle"),
        html.Div([_level(view, *level) for level in _LEVELS], className="levels"),
        html.Div(
            [shown("group", group, _units(view, group), "units-box") for group in present],
            className="units-boxes",
        ),
    ]


def _root(kiosk: Kiosk, view: Structure) -> Component:
    level = kiosk.profile.words.level
    words = f"中共{kiosk.profile.name}委员会"
    below: list[Component | str] = [
        f"下设{level}直属和{kiosk.profile.words.towns}党（工）委 ",
        measured(integer(view.second_level()), "second-level", view.second_level()),
        " 个，基层党组织 ",
        measured(integer(view.total()), "organisations", view.total()),
        " 个",
    ]
    return html.Div([html.Strong(words), html.Span(below)], className="root")


def _group(view: Structure, group: Group, words: str) -> Component:
    total = view.total(group)
    # Never so narrow that its words are cut.
    width = {"flexGrow": max(total, view.total() / 4)}
    return pick(
        "group",
        group,
        [
            html.Span(words, className="name"),
            html.Span(
                [measured(integer(total), f"organisations-{group}", total), html.Span("个", className="u")]
            ),
        ],
        "choice group",
        width,
    )


def _level(view: Structure, key: str, name: str, words: str) -> Component:
    n = sum(getattr(unit, key) for unit in view.units)
    head = html.Div(
        [
            html.Span(className=f"mark {key}"),
            html.Strong(name),
            measured(integer(n), key, n),
            html.Span("个", className="u"),
        ],
        className="level-head",
    )
    return html.Div([head, html.P(words)], className="level")


def _units(view: Structure, group: Group) -> list[Component]:
    units = [unit for unit in view.units if unit.group == group]
    most = max(unit.organisations for unit in units)
    return paged(f"units-{group}", [_unit(unit, most) for unit in units], "units")


def _unit(unit: Unit, most: int) -> Component:
    name = unit.name or f"其他 {unit.units} 个党（工）委"
    parts = [
        html.Span(className=f"seg {key}", style={"width": f"{100 * getattr(unit, key) / most:.2f}%"})
        for key, _, _ in _LEVELS
    ]
    count = html.Span(
        [measured(integer(unit.organisations), "unit", unit.organisations), html.Span("个", className="u")],
        className="count",
    )
    return html.Div(
        [html.Span(name, className="name"), html.Span(parts, className="track"), count], className="unit"
    )
