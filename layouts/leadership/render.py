"""Parts of a page as components: one frame for all, and what to set when a newer version says something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.leadership import ids
from dashboard.leadership.parts import Ask, Figure, Form, Line, Numbers, Part, Switch, Table, Text
from layouts.leadership import cells, first_sight, form
from layouts.leadership.amounts import key_figure, light
from layouts.leadership.attributes import attributes

_GRAPH: Any = {"displayModeBar": False, "doubleClick": False, "locale": "zh-CN", "scrollZoom": False}


def page(parts: Sequence[Part], month: str, later: frozenset[str] = frozenset()) -> list[Component]:
    """The cards of a page, top to bottom, in twelve columns; those of ``later`` keep their place and wait."""
    return [card(part, month, waits=part.slug in later) for part in parts]


def card(part: Part, month: str, *, waits: bool = False) -> Component:
    """Title, note, tools and body of one part; a waiting one has the room of its body and nothing in it."""
    if isinstance(part, Switch):
        return html.Nav(
            _switch(part),
            id=ids.part(part.slug),
            className=f"switch span-{part.span}",
            **attributes(aria_label=part.title, data_part=part.slug),
        )
    heading = f"title-{part.slug}"
    head: list[Component] = [
        html.H2(part.title, id=heading),
        html.Span(part.note, id=ids.note(part.slug), className="note"),
    ]
    if isinstance(part, Table) and len(part.columns) > 3 and not waits:
        head.append(cells.choice(part))
    title = [html.Header(head)] if part.title else []
    answer = [form.said(part.slug)] if isinstance(part, (Ask, Form)) else []
    return html.Section(
        [*title, _room(part) if waits else _body(part, month), *answer],
        id=ids.part(part.slug),
        className=f"card span-{part.span} {type(part).__name__.lower()}" + " tall" * (part.rows_beside > 1),
        **attributes(data_part=part.slug, data_state="ok", aria_labelledby=heading if part.title else None),
    )


def changes(part: Part, month: str) -> list[tuple[str | dict[str, str], dict[str, Any]]]:
    """(id, properties) that bring a part on the page to what it says now; grids and figures are never made anew, and
    what somebody is typing stays."""
    if isinstance(part, (Ask, Form)):
        return []
    if isinstance(part, Switch):
        return [(ids.part(part.slug), {"children": _switch(part)})]
    # A part without a title has no note either.
    found: list[tuple[str | dict[str, str], dict[str, Any]]] = []
    if part.title:
        found.append((ids.note(part.slug), {"children": part.note}))
    if isinstance(part, Table) and shape(part) == "grid":
        # Rows that are read as one scrolls are read anew by the grid itself.
        return (
            found
            if part.source
            else [*found, (ids.grid(part.slug), {"rowData": cells.written_rows(part.rows)})]
        )
    if isinstance(part, Figure) and part.figure is not None:
        return [*found, (ids.figure(part.slug), {"figure": part.figure})]
    return [*found, (ids.body(part.slug), {"children": _content(part, month)})]


def anew(part: Part, month: str) -> tuple[str, dict[str, Any]]:
    """(id, properties) that make the card of a part again, where its shape is another than before."""
    return ids.part(part.slug), {"children": card(part, month).children}


def shape(part: Part) -> str:
    """What stands in the card: a part that was empty and is not any more needs another component."""
    if isinstance(part, Table) and (part.rows or part.source):
        return "grid"
    return "figure" if isinstance(part, Figure) and part.figure is not None else "plain"


def _room(part: Part) -> Component:
    return html.Div(className="to-come", style={"height": f"{first_sight.body_height(part)}px"})


def _body(part: Part, month: str) -> Component:
    if isinstance(part, Table) and shape(part) == "grid":
        return cells.grid(part)
    if isinstance(part, Figure) and part.figure is not None:
        height = part.figure.layout.height or 280
        return html.Div(
            [
                dcc.Graph(
                    id=ids.figure(part.slug),
                    figure=part.figure,
                    config=_GRAPH,
                    responsive=True,
                    style={"height": f"{height}px"},
                ),
                html.P(part.describes, className="only-read-aloud"),
            ],
            role="group",
        )
    return html.Div(_content(part, month), id=ids.body(part.slug))


def _content(part: Part, month: str) -> Component | list[Component]:
    if isinstance(part, Numbers) and part.numbers:
        return html.Dl([key_figure(number, month) for number in part.numbers], className="key-figures")
    if isinstance(part, Text) and part.lines:
        return html.Ul([_line(line) for line in part.lines], className="lines")
    if isinstance(part, Ask):
        return form.ask(part)
    if isinstance(part, Form) and part.acts:
        return form.form(part)
    return html.P(part.empty, className="empty")


def _line(line: Line) -> Component:
    words: list[Component | str] = []
    if line.light is not None:
        words.append(light(line.light))
    if line.label:
        words.append(html.Span(line.label, className="label"))
    text = html.Span(line.text, className="strong" if line.strong else "text")
    words.append(html.A(text, href=line.link.url) if line.link else text)
    if line.aside:
        words.append(html.Span(line.aside, className="aside"))
    return html.Li(words, className="joined" if line.joined else None)


def _switch(part: Switch) -> list[Component]:
    label: list[Component] = [html.Span(part.title, className="label")] if part.title else []
    return label + [
        html.A(
            choice.label,
            href=choice.link.url,
            className="chosen" if choice.chosen else "",
            **attributes(aria_current="true" if choice.chosen else None),
        )
        for choice in part.choices
    ]
