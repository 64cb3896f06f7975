"""The ledger of dues by level: what was collected, passed up, returned and spent in a month, in yuan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.queries.leadership.town_tallies import Cells, of_place, summed
from data.readmodel.scoped import Place, ScopedReader

LevelName = Literal["branch", "committee", "district"]
LEVELS: tuple[LevelName, ...] = ("branch", "committee", "district")
_MOVED = ("collect", "remit_up", "return_down")


@dataclass(frozen=True)
class Book:
    """One level in one month; ``received`` came up from below, ``returned`` down from above."""

    level: LevelName
    collected: float
    received: float
    returned: float
    other_income: float
    remitted: float
    passed_down: float
    spent: float

    @property
    def income(self) -> float:
        """All that came in."""
        return self.collected + self.received + self.returned + self.other_income

    @property
    def kept(self) -> float:
        """What came in less what went out; negative where savings were spent."""
        return self.income - self.remitted - self.passed_down - self.spent


@dataclass(frozen=True)
class Collected:
    """Dues of one month in yuan: what members had to pay, and what has been paid by now."""

    payable: float
    collected: float


def books(reader: ScopedReader, place: Place, month: str) -> list[Book]:
    """Levels that booked anything, from the branches up; none where the place has no ledger of its own or the month is
    more than a year past."""
    found = of_place(reader, place, "dues_ledger", month, month)
    if not found:
        return []
    every = [_book(found, level) for level in LEVELS]
    return [book for book in every if any(key.startswith(f"{book.level}|") for _, key in found)]


def _book(found: Cells, level: LevelName) -> Book:
    def amount(kind: str, way: str) -> float:
        return summed(found, [f"{level}|{kind}|{way}"])

    def others(way: str) -> float:
        keys = [key for _, key in found if key.startswith(f"{level}|") and key.endswith(f"|{way}")]
        return summed(found, [key for key in keys if key.split("|")[1] not in _MOVED])

    return Book(
        level,
        amount("collect", "in"),
        amount("remit_up", "in"),
        amount("return_down", "in"),
        others("in"),
        amount("remit_up", "out"),
        amount("return_down", "out"),
        others("out"),
    )


def collected(reader: ScopedReader, place: Place, month: str) -> Collected | None:
    """Known of the open month and the one before only, of the district and of towns."""
    found = of_place(reader, place, "dues_collected", month, month)
    return None if not found else Collected(*(summed(found, [key]) for key in ("payable", "collected")))
