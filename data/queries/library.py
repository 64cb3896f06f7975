"""The library: what it holds and what of it the branches use most this year."""

from __future__ import annotations

from dataclasses import dataclass

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount
from data.queries.listed import Line, listed
from data.readmodel.reader import Reader
from data.scope import Scope

STAFF_KINDS = ("lecturer", "lecture", "video", "base")
# Lecturers are persons and stand in no public list; books do.
PUBLIC_KINDS = ("lecture", "video", "base", "book")
ROWS = 8


@dataclass(frozen=True)
class Library:
    """Resources by kind; ``uses`` are bookings used in the year to date; ``most_used`` carries the number of each."""

    items: tuple[tuple[str, Amount], ...]
    uses: Amount
    most_used: tuple[Line, ...]


def load(reader: Reader, scope: Scope) -> Library:
    """The whole library for staff, what is open to all for visitors."""
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    found = asked.tally("resources")
    kinds, prefix = (STAFF_KINDS, "") if scope.names_lights else (PUBLIC_KINDS, "public|")
    used = asked.tally("resource_use", asked.year_to_date)
    return Library(
        items=tuple(
            (kind, Amount.of(None if found is None else found.get(f"{prefix}{kind}", 0.0))) for kind in kinds
        ),
        uses=Amount.of(None if used is None else sum(used.values())),
        most_used=listed(reader, scope, "resources_used", ROWS),
    )
