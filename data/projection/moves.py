"""What a changed tree dirties: branches founded, dissolved or re-dated, and party groups that came or went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.projection.catalogue import FAMILIES
from data.projection.cells import DirtyCells
from data.projection.tree import Tree


def mark_moved(
    previous: Tree | None, tree: Tree, known: Iterable[int], months: Sequence[str], dirty: DirtyCells
) -> None:
    """Mark every month of the branches (and committees) whose own row, or whose groups, differ from the previous tree.

    After a restart there is no previous tree: branches the read model does not know yet are marked, the rest
    is found by the change columns or stands as it was published.
    """
    families = [family.name for family in FAMILIES]
    if previous is None:
        for branch in set(tree.branches) - set(known):
            dirty.add(families, branch, months)
        return
    ids = set(tree.organisations) | set(previous.organisations)
    for org_id in ids:
        if tree.organisations.get(org_id) != previous.organisations.get(org_id):
            for owner in {tree.owner_of(org_id), previous.owner_of(org_id)}:
                dirty.add(families, owner, months)
