"""Cases of admission by the step they wait at, of the list of steps most of them follow; for staff alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figure_parts import Asked
from data.readmodel.reader import Reader
from data.readmodel.schema import listings
from data.scope import Scope


@dataclass(frozen=True)
class Step:
    """Cases that wait at one step; ``overdue_long`` (more than 30 days) are among the ``overdue``."""

    number: int
    stage: int
    name: str
    waiting: int
    soon: int
    overdue: int
    overdue_long: int


@dataclass(frozen=True)
class StepBoard:
    """Every step of one list in its order; ``elsewhere`` are cases that follow another list.

    ``steps`` None: the feed is missing, or the viewer is not staff.
    """

    variant: int | None
    steps: tuple[Step, ...] | None
    elsewhere: int = 0

    @property
    def waiting(self) -> int:
        """Cases at all steps of the list."""
        return sum(step.waiting for step in self.steps or ())

    @property
    def overdue(self) -> int:
        """Of these those past their limit."""
        return sum(step.overdue for step in self.steps or ())


def load(reader: Reader, scope: Scope) -> StepBoard:
    """The district, whatever town is in focus."""
    if not scope.names_lights:
        return StepBoard(None, None)
    found = Asked(reader, scope.with_focus(None), reader.version.open_month).tally("step_board")
    names = _names(reader)
    if found is None or not names:
        return StepBoard(None, None)
    waiting = {variant: _waiting(found, variant) for variant in sorted({variant for variant, _ in names})}
    variant = max(waiting, key=lambda one: waiting[one])
    steps = tuple(
        _step(found, variant, number, stage, name)
        for (one, number), (stage, name) in names.items()
        if one == variant
    )
    return StepBoard(variant, steps, sum(waiting.values()) - waiting[variant])


def _names(reader: Reader) -> dict[tuple[int, int], tuple[int, str]]:
    """(variant, step) → (stage, name), in the order of the steps."""
    rows = reader.connection.execute(
        sa.select(listings.c.kind, listings.c.title)
        .where(listings.c.listing == "step_names")
        .order_by(listings.c.position)
    )
    named = {}
    for kind, title in rows:
        variant, number, stage = (int(part) for part in kind.split("|"))
        named[variant, number] = (stage, title)
    return named


def _waiting(found: Mapping[str, float], variant: int) -> int:
    return round(
        sum(n for key, n in found.items() if key.startswith(f"{variant}|") and key.endswith("|waiting"))
    )


def _step(found: Mapping[str, float], variant: int, number: int, stage: int, name: str) -> Step:

    def cases(*states: str) -> int:
        return round(sum(found.get(f"{variant}|{number}|{state}", 0.0) for state in states))

    return Step(
        number,
        stage,
        name,
        cases("waiting"),
        cases("soon"),
        cases("overdue", "overdue_30"),
        cases("overdue_30"),
    )
