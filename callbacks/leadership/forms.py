"""Buttons of forms: who carries an action out is handed in; then what the page says differently is repainted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update, set_props

from callbacks.leadership.navigation import is_shown, repaint
from callbacks.leadership.pages import Pages
from dashboard.leadership import ids
from dashboard.leadership.address import Address, AddressInvalid, parse
from dashboard.leadership.parts import Form
from data.errors import OutOfScope, ReadModelError
from data.viewer import Viewer
from layouts.leadership import form

NOTHING_SHOWN: dict[str, Any] = {"digests": {}}
_GONE = "这一页或这个组织不在您的查看范围内"


@dataclass(frozen=True)
class Sent:
    """A button that was pressed: its name, the fields by name, and what the form carried along. Nothing of it is
    believed before it was checked."""

    address: Address
    act: str
    fields: Mapping[str, str]
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What came of it. "done": the form starts anew; "refused": nothing else changed; "overtaken": the page shows
    what somebody else did, and what was typed stays."""

    outcome: Literal["done", "refused", "overtaken"]
    text: str


Action = Callable[[Sent], Said]


def register(app: Dash, pages: Pages, viewer: Callable[[], Viewer], actions: Mapping[str, Action]) -> None:
    """Wire every button of every form."""
    _keep_focus(app)

    @app.callback(
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.form_act(ALL, ALL), "n_clicks"),
        State(ids.form_field(ALL, ALL), "value"),
        State(ids.form_kept(ALL), "data"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def act(
        _: Any, __: Any, kept: list[Any], path: str, search: str | None, before: dict[str, Any] | None
    ) -> Any:
        pressed = ctx.triggered_id
        if not isinstance(pressed, dict) or not ctx.triggered[0]["value"]:
            return no_update
        slug = str(pressed["form"])
        carried = next((one for one in kept if isinstance(one, dict) and one.get("slug") == slug), {})
        said = ids.said(slug)
        try:
            address = parse(path, search or "")
            sent = Sent(address, str(pressed["act"]), _typed(slug), _texts(carried))
            told = actions[str(carried.get("action"))](sent)
            set_props(said, {"children": form.word(told.text, failed=told.outcome != "done")})
            if told.outcome == "refused":
                return no_update
            answer = pages.answer(address, viewer())
        except (AddressInvalid, OutOfScope, KeyError):
            set_props(said, {"children": form.word(_GONE, failed=True)})
            return no_update
        except ReadModelError:
            set_props(said, {"children": form.word("暂时读不到数据，请稍后再试", failed=True)})
            return no_update
        for part in answer.parts:
            if isinstance(part, Form) and part.slug == slug:
                _set_form(part, anew=told.outcome == "done")
        return repaint(answer, before if is_shown(before) else NOTHING_SHOWN)


def _keep_focus(app: Dash) -> None:
    """The word about a step takes the focus where the button that was pressed is gone."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("forms", "focus"),
        Input(ids.said(MATCH), "children"),
        State(ids.said(MATCH), "id"),
        prevent_initial_call=True,
    )


def _set_form(part: Form, *, anew: bool) -> None:
    if anew or not part.acts:
        set_props(ids.body(part.slug), {"children": form.form(part) if part.acts else part.empty})
        return
    set_props(ids.form_acts(part.slug), {"children": form.buttons(part)})
    set_props(ids.form_kept(part.slug), {"data": form.kept(part)})


def _typed(slug: str) -> dict[str, str]:
    """Fields of one form by name."""
    found = {}
    for one in ctx.states_list[0]:
        if one["id"].get("form") == slug:
            found[str(one["id"]["field"])] = str(one.get("value") or "")
    return found


def _texts(carried: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in carried.items()}
