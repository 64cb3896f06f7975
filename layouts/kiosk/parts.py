"""Pieces of the kiosk's pages.

The page acts on attributes: ``data-go`` opens a page, ``data-pick="group:value"`` chooses a value of a group,
``data-show="group:value"`` is seen while it is chosen (several values with "|", an empty one while none is),
``data-default`` chooses when its page opens, ``data-paged`` is turned over in screens; ``data-svg`` is drawn by
``markup``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.formats import NO_DATA, integer
from layouts.measured import measured

Children = Sequence[Any] | Component | str


def button(children: Children, classes: str = "button", **attributes: Any) -> html.Button:
    """Something to touch; Dash does not count the touches."""
    return html.Button(
        children, className=classes, type="button", disable_n_clicks=True, **_hyphenated(attributes)
    )


def pick(
    group: str,
    value: object,
    children: Children,
    classes: str = "choice",
    style: dict[str, Any] | None = None,
) -> html.Button:
    """A button that chooses."""
    condition = f"{group}:{value}"
    return button(
        children, classes, style=style, data_pick=condition, data_marks=condition, aria_pressed="false"
    )


def shown(group: str, value: object, children: Children, classes: str = "") -> html.Div:
    """What is seen while something is chosen; hidden until the page says so."""
    return html.Div(
        children, className=f"{classes} off".strip(), **_hyphenated({"data_show": f"{group}:{value}"})
    )


def defaults(**groups: object) -> html.Div:
    """What a page chooses when it opens."""
    words = " ".join(f"{group.replace('_', '-')}:{value}" for group, value in groups.items())
    return html.Div(className="defaults", hidden=True, **_hyphenated({"data_default": words}))


def svg(markup: str, classes: str, **attributes: Any) -> html.Div:
    """A place with this SVG in it."""
    return html.Div(className=f"svg {classes}", **_hyphenated({"data_svg": markup, **attributes}))


def number(value: float | None, unit: str, measure: str, shown_as: str | None = None) -> html.Div:
    """A number with its unit; None says that there is none."""
    words = shown_as if shown_as is not None else NO_DATA if value is None else integer(value)
    parts: list[Component | str] = [measured(words, measure, value, "n" if value is not None else "n absent")]
    if value is not None:
        parts.append(html.Span(unit, className="u"))
    return html.Div(parts, className="number")


def fact(label: str, value: Component, classes: str = "fact") -> html.Div:
    """A number under its name."""
    return html.Div([html.Div(label, className="label"), value], className=classes)


def paged(name: str, items: Sequence[Component], classes: str) -> list[Component]:
    """A list that is turned over, never scrolled: as many as fit are seen; and its buttons."""
    return [
        html.Div(list(items), className=f"paged {classes}", **_hyphenated({"data_paged": name})),
        pager(name),
    ]


def titled_list(title: str, name: str, items: Sequence[Component], classes: str) -> list[Component]:
    """The same under a title that carries the buttons."""
    listed, buttons = paged(name, items, classes)
    return [html.Div([html.H2(title), buttons], className="list-title"), listed]


def pager(name: str) -> html.Div:
    """Back, place and on."""
    return html.Div(
        [
            button("上一页", "button turn", data_turn=f"{name}:-1"),
            html.Span(className="turned", **_hyphenated({"data_turned": name, "aria_live": "polite"})),
            button("下一页", "button turn", data_turn=f"{name}:1"),
        ],
        className="pager",
        **_hyphenated({"data_pager": name}),
    )


def missing(what: str) -> html.Div:
    """A page whose document is not there yet."""
    return html.Div(f"{what}正在整理，请稍后再来看。", className="missing")


def attributes(**given: Any) -> dict[str, Any]:
    """Attributes with hyphens for ``**``."""
    return _hyphenated(given)


def _hyphenated(given: dict[str, Any]) -> dict[str, Any]:
    return {
        key.replace("_", "-") if key.startswith(("data_", "aria_")) else key: str(value)
        if key.startswith("data_")
        else value
        for key, value in given.items()
        if value is not None
    }
