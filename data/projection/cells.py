"""Dirty cells: which (branch, month) of which family must be counted again, and the blocks they are read in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.projection.catalogue import FAMILIES
from data.projection.source import Block

# Above this share of all branches one grouped scan is cheaper than probing branch by branch.
SCAN_SHARE = 0.5
# Families whose reading costs by the statement more than by the month: two rectangles cover their cells, one of
# branches in which only the newest months are dirty, one of all others.
TOGETHER = ("member_lights",)
NEWEST = 2


@dataclass
class DirtyCells:
    """Cells per family; a family in ``everything`` is counted again completely."""

    cells: dict[str, set[tuple[int, str]]] = field(default_factory=dict)
    everything: set[str] = field(default_factory=set)
    # Activities read before that were changed: they may have belonged to another organisation or month (displaced.py).
    may_be_displaced: set[int] = field(default_factory=set)

    def add(self, families: Iterable[str], org: int | None, months: Iterable[str]) -> None:
        """Mark the branch's cells in these months; an organisation without a branch marks nothing."""
        if org is None:
            return
        months = list(months)
        for family in families:
            self.cells.setdefault(family, set()).update((org, month) for month in months)

    def add_all(self, families: Iterable[str] | None = None) -> None:
        """Mark whole families (all of them by default)."""
        self.everything.update(families if families is not None else (family.name for family in FAMILIES))

    @property
    def is_everything(self) -> bool:
        """Whether every family is counted again anyway, so that marking single cells is idle."""
        return len(self.everything) == len(FAMILIES)

    @property
    def organisations(self) -> set[int] | None:
        """Whose cells are dirty; None for everybody's."""
        if self.everything:
            return None
        return {org for cells in self.cells.values() for org, _ in cells}

    def __bool__(self) -> bool:
        return bool(self.everything) or any(self.cells.values())

    def blocks(self, family: str, branches: list[int], months: list[str]) -> Iterator[Block]:
        """Rectangles that cover the family's dirty cells: months with the same branches go together."""
        if family in self.everything:
            yield Block(None, tuple(months))
            return
        known, span = set(branches), set(months)
        by_month: dict[str, set[int]] = {}
        for org, month in self.cells.get(family, ()):
            if org in known and month in span:
                by_month.setdefault(month, set()).add(org)
        together: dict[frozenset[int], list[str]] = {}
        if family in TOGETHER:
            together = _covered(by_month, months[-NEWEST:])
        else:
            for month, orgs in by_month.items():
                together.setdefault(frozenset(orgs), []).append(month)
        for branch_set, alike in together.items():
            if len(branch_set) > SCAN_SHARE * len(branches):
                yield Block(None, tuple(sorted(alike)))
            else:
                yield from Block(tuple(sorted(branch_set)), tuple(sorted(alike))).parts()


def _covered(by_month: dict[str, set[int]], newest: list[str]) -> dict[frozenset[int], list[str]]:
    """Branches with the months that cover their cells: few of many branches must not be paid for by all of them."""
    older = {org for month, orgs in by_month.items() if month not in newest for org in orgs}
    everywhere = {org for orgs in by_month.values() for org in orgs}
    return {
        frozenset(orgs): sorted(month for month, there in by_month.items() if there & orgs)
        for orgs in (older, everywhere - older)
        if orgs
    }
