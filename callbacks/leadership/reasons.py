"""The reason before persons are shown: it travels with one request, and the page is built anew with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update, set_props

from callbacks.leadership.navigation import Note, refusal, shown
from callbacks.leadership.pages import Pages
from dashboard.leadership import ids
from dashboard.leadership.address import AddressInvalid, parse
from dashboard.leadership.parts import Ask
from data.errors import OutOfScope, ReadModelError
from data.viewer import Viewer
from layouts.leadership import form, render

# What the audit keeps of a reason.
MOST = 500


def register(app: Dash, pages: Pages, viewer: Callable[[], Viewer], note: Note) -> None:
    """Wire the question of every page that asks: button or Enter, the text in the body of the request only."""

    @app.callback(
        Output(ids.PAGE, "children", allow_duplicate=True),
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.ask(ALL), "n_clicks"),
        Input(ids.reason(ALL), "n_submit"),
        State(ids.reason(ALL), "value"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        prevent_initial_call=True,
    )
    def look(_: Any, __: Any, typed: list[Any], path: str, search: str | None) -> tuple[Any, Any]:
        # A question that has just come onto the page fires as well, with nothing pressed.
        if not ctx.triggered[0]["value"]:
            return no_update, no_update
        reason = next((text.strip() for text in typed if isinstance(text, str)), "")[:MOST]
        try:
            answer = pages.answer(parse(path, search or ""), viewer(), reason)
        except (AddressInvalid, OutOfScope, ReadModelError) as problem:
            note("page", page=str(path)[:80], reason=reason, outcome="refused")
            return refusal(problem), {"title": "无法显示", "digests": {}}
        again = next((part for part in answer.parts if isinstance(part, Ask)), None)
        if again is not None:
            words = form.word(f"请填写{again.least}至{again.most}个字的查看事由", failed=True)
            set_props(ids.said(again.slug), {"children": words})
            return no_update, no_update
        note("page", page=answer.page.slug, org_id=answer.place.org_id, reason=reason)
        return render.page(answer.parts, answer.month), shown(answer)
