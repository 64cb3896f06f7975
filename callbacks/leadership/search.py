"""Any organisation in one step: by name, short name, code or the initials of its pinyin."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.leadership import ids
from dashboard.leadership.address import Address, AddressInvalid, parse
from dashboard.leadership.registry import COMPARE, home_of
from data.errors import OutOfScope, ReadModelError
from data.queries.leadership.search import Finder, Found
from data.viewer import Viewer

LOG = logging.getLogger(__name__)
# No name of an organisation is longer.
MOST_TYPED = 100


def register(app: Dash, engine: sa.Engine, viewer: Callable[[], Viewer]) -> None:
    """Wire the search box: letters in, organisations of the viewer's subtree out; a choice opens its page, and on the
    page of the comparison stands beside the organisation that is compared."""
    finder = Finder(engine)

    @app.callback(
        Output(ids.SEARCH, "options"),
        Input(ids.SEARCH, "search_value"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        prevent_initial_call=True,
    )
    def search(text: str | None, path: str, query: str | None) -> list[dict[str, Any]]:
        asked = text.strip()[:MOST_TYPED] if isinstance(text, str) else ""
        compared = _compared(path, query)
        try:
            return (
                [_option(found, asked, compared) for found in finder.find(viewer(), asked)] if asked else []
            )
        except (OutOfScope, ReadModelError) as problem:
            LOG.warning("nothing is found: %s", problem)
            return []

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("leadership", "open"),
        Output(ids.SEARCH, "value"),
        Input(ids.SEARCH, "value"),
        prevent_initial_call=True,
    )


def _compared(path: str, query: str | None) -> Address | None:
    """The comparison that is open; None on every other page."""
    try:
        here = parse(path, query or "")
    except AddressInvalid:
        return None
    return here if here.page == COMPARE else None


def _option(found: Found, asked: str, compared: Address | None) -> dict[str, Any]:
    place = found.place
    to = compared.but(versus=str(place.org_id)) if compared else Address(home_of(place), place.org_id)
    label = f"{'对比：' if compared else ''}{place.short_name}　{found.above}"
    return {"label": label, "value": to.url, "search": asked, "title": place.name}
