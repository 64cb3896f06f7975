"""Tables longer than a browser should hold: each block of rows is asked for as one scrolls, in the order chosen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dash import MATCH, Dash, Input, Output, State, no_update

from callbacks.leadership.pages import Pages
from dashboard.leadership import ids
from dashboard.leadership.address import Address, AddressInvalid, parse
from dashboard.leadership.parts import Table
from dashboard.leadership.registry import Block, Way
from data.errors import OutOfScope, ReadModelError, SourceError
from data.viewer import Viewer
from layouts.leadership.cells import written_rows

LOG = logging.getLogger(__name__)
# A file takes fewer and larger blocks than a screen.
OF_A_FILE, OF_A_SCREEN = 10_000, 500
# What a request may name: no table is as long, and nobody orders by more columns.
MOST_ROWS, MOST_COLUMNS = 10_000_000, 8


def register(app: Dash, pages: Pages, viewer: Callable[[], Viewer]) -> None:
    """Wire every table that has a source."""

    @app.callback(
        Output(ids.grid(MATCH), "getRowsResponse"),
        Input(ids.grid(MATCH), "getRowsRequest"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        prevent_initial_call=True,
    )
    def block(asked: Any, path: str, search: str | None) -> Any:
        wanted = block_of(asked)
        if wanted is None:
            return no_update
        try:
            rows, total = pages.block(parse(path, search or ""), viewer(), wanted)
        except (AddressInvalid, OutOfScope, ReadModelError, SourceError) as problem:
            LOG.warning("no rows of %s: %s", path, problem)
            return no_update
        return {"rowData": written_rows(rows), "rowCount": total}


def block_of(asked: Any) -> Block | None:
    """What a table asks for, as far as it makes sense; None for anything else."""
    if not isinstance(asked, dict):
        return None
    first, end = asked.get("startRow"), asked.get("endRow")
    if not isinstance(first, int) or not isinstance(end, int) or not 0 <= first < end <= MOST_ROWS:
        return None
    model = asked.get("sortModel")
    chosen = model[:MOST_COLUMNS] if isinstance(model, list) else ()
    sort = [(str(one.get("colId")), _way(one)) for one in chosen if isinstance(one, dict)]
    return Block(first, min(end - first, OF_A_SCREEN), tuple(sort))


def _way(one: Mapping[str, Any]) -> Way:
    return "desc" if one.get("sort") == "desc" else "asc"


def all_rows(pages: Pages, address: Address, viewer: Viewer, table: Table) -> Iterable[Mapping[str, object]]:
    """Every row of a table that has a source, block by block, in the order of its page."""
    for first in range(0, table.total, OF_A_FILE):
        rows, _ = pages.block(address, viewer, Block(first, OF_A_FILE))
        yield from rows
