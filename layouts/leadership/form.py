"""What a viewer fills in: the reason before persons are shown, and forms with their buttons."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.leadership import ids
from dashboard.leadership.parts import Act, Ask, Field, Form
from layouts.leadership.attributes import attributes


def ask(part: Ask) -> list[Component]:
    """The question, its text box and button; nothing typed is kept by the browser."""
    named = f"ask-{part.slug}"
    box = dcc.Input(
        id=ids.reason(part.slug),
        type="text",
        value="",
        minLength=part.least,
        maxLength=part.most,
        required=True,
        autoComplete="off",
        placeholder="查看事由",
        className="line",
    )
    button = html.Button(
        part.button, id=ids.ask(part.slug), type="button", className="button primary", n_clicks=0
    )
    return [
        html.P(part.prompt, id=named, className="prompt"),
        html.Div([box, button], className="row", role="group", **attributes(aria_labelledby=named)),
    ]


def form(part: Form) -> list[Component]:
    """Fields, what the form carries along, and its buttons."""
    return [
        *[_field(part.slug, field) for field in part.fields],
        dcc.Store(id=ids.form_kept(part.slug), data=kept(part)),
        html.Div(buttons(part), id=ids.form_acts(part.slug), className="row acts"),
    ]


def said(slug: str) -> Component:
    """Where the word about what was sent appears; it is read aloud, and takes the focus of a button that is gone."""
    named = attributes(aria_live="assertive")
    return html.Div(id=ids.said(slug), className="said", role="status", tabIndex="-1", **named)


def kept(part: Form) -> dict[str, str]:
    """What goes back with a button."""
    return {**part.kept, "action": part.action, "slug": part.slug}


def buttons(part: Form) -> list[Component]:
    """What can be done now."""
    return [_button(part.slug, act) for act in part.acts]


def word(text: str, *, failed: bool = False) -> Component:
    """One sentence about what was sent."""
    return html.P(text, className="failed" if failed else "done")


def _button(slug: str, act: Act) -> Component:
    return html.Button(
        act.label,
        id=ids.form_act(slug, act.name),
        type="button",
        title=act.explains or None,
        className="button primary" if act.primary else "button",
        n_clicks=0,
    )


def _field(slug: str, field: Field) -> Component:
    """A label around its box, so that each names the other."""
    hint = [html.Span(field.hint, className="hint")] if field.hint else []
    return html.Label([html.Span([field.label, *hint], className="label"), *_box(slug, field)])


def _box(slug: str, field: Field) -> list[Component]:
    """The browser's own elements: a drop-down list of the library hides an unnamed field that takes the focus."""
    box_id, offered = ids.form_field(slug, field.name), f"offered-{slug}-{field.name}"
    if field.kind == "lines":
        return [
            dcc.Textarea(id=box_id, value=field.value, maxLength=field.most, rows=3, className="lines-box")
        ]
    box = dcc.Input(
        id=box_id,
        type="text",
        value=field.value,
        maxLength=field.most,
        autoComplete="off",
        className="line",
        list=offered if field.choices else None,
    )
    if not field.choices:
        return [box]
    return [box, html.Datalist([html.Option(value=choice) for choice in field.choices], id=offered)]
