"""Counts of persons by kind as visitors may see them: cells of 1-4 are never told, nor what would give them away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.small_cells import SMALLEST_SHOWN, small_cells


@dataclass(frozen=True)
class Cell:
    """One count; None is withheld: ``is_small`` for 1-4 persons, else the complement that hides them."""

    key: str
    count: int | None
    is_small: bool = False


def shown_cells(counts: Mapping[str, float]) -> tuple[Cell, ...]:
    """In the order given."""
    small, hidden = small_cells(counts)
    return tuple(Cell(key, None if key in hidden else round(n), key in small) for key, n in counts.items())


def whole(value: float | None) -> int | None:
    """A count that is not one of persons; None without data."""
    return None if value is None else round(value)


def of_persons(value: float | None) -> int | None:
    """A single count of persons; 1-4 are withheld like no data."""
    return None if value is None or 0 < value < SMALLEST_SHOWN else round(value)
