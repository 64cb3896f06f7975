"""The counts of one branch in one month, as the naive side fills them."""

from __future__ import annotations

from datetime import date

from tests.naive.register import Register, holds
from tests.naive.rows import Row

Counts = dict[str, float | None]
Cells = dict[tuple[int, str], Counts]


class Cell:
    """The counts of one branch in one month."""

    def __init__(self, register: Register, org: Row, month: str) -> None:
        self.r, self.org, self.month = register, org, month
        self.id: int = org["org_id"]
        self.counts: Counts = {}

    def put(self, **counts: float | None) -> None:
        self.counts |= counts

    def add(self, name: str, n: float = 1) -> None:
        self.counts[name] = (self.counts.get(name) or 0) + n


def belongs(cell: Cell, member: int, day: date) -> list[Row]:
    """The member's memberships of this branch on the day, managed ones included (rulings 23)."""
    return [
        row
        for row in cell.r.living("memberships")
        if row["member_id"] == member
        and row["branch_org_id"] == cell.id
        and holds(row["started_on"], row["ended_on"], day)
    ]
