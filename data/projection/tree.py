"""The organisation tree as the projection needs it: who belongs to whom, per month, as contiguous slices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa

from data.clock import last_day
from data.contract import organization_parent_history, organizations

BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
COUNTED_TYPES = ("party_committee", "general_branch", *BRANCH_TYPES)


@dataclass(frozen=True)
class Organisation:
    """One row of ``organizations`` that is not deleted, without anything personal."""

    org_id: int
    parent_org_id: int | None
    name: str
    short_name: str
    org_code: str
    org_type: str
    sector: str
    town_id: int | None
    lng: float | None
    lat: float | None
    is_public: bool
    established_on: date | None
    dissolved_on: date | None

    def active_on(self, day: date) -> bool:
        """Established on or before the day and not dissolved by its end."""
        started = self.established_on is not None and self.established_on <= day
        return started and (self.dissolved_on is None or self.dissolved_on > day)


@dataclass(frozen=True)
class Tree:
    """The whole tree: current parents, parents per month, groups folded into their branch."""

    organisations: Mapping[int, Organisation]
    parent_history: Mapping[int, Sequence[tuple[int, date, date | None]]]
    unreachable: tuple[int, ...] = ()

    @property
    def branches(self) -> list[int]:
        """Ids of all branches, dissolved ones too, ascending."""
        return sorted(o.org_id for o in self.organisations.values() if o.org_type in BRANCH_TYPES)

    @property
    def root(self) -> Organisation:
        """The district committee: the one organisation without a parent."""
        return next(o for o in self.organisations.values() if o.parent_org_id is None)

    def branch_of(self, org_id: int) -> int | None:
        """The branch an organisation's rows belong to: itself, or the parent of a party group; None above."""
        org = self.organisations.get(org_id)
        if org is None:
            return None
        if org.org_type in BRANCH_TYPES:
            return org.org_id
        if org.org_type == "party_group" and org.parent_org_id is not None:
            return self.branch_of(org.parent_org_id)
        return None

    def owner_of(self, org_id: int) -> int | None:
        """Whose cells an organisation's rows move: the branch they belong to, or the committee itself."""
        return self.branch_of(org_id) or (org_id if org_id in self.organisations else None)

    def groups_of(self, branches: Sequence[int]) -> dict[int, int]:
        """Party groups of the branches: group id → branch id."""
        wanted = set(branches)
        return {
            o.org_id: o.parent_org_id
            for o in self.organisations.values()
            if o.org_type == "party_group" and o.parent_org_id in wanted
        }

    @property
    def committees(self) -> list[int]:
        """Organisations above the branches, the district committee included; ascending."""
        low = (*BRANCH_TYPES, "party_group")
        return sorted(o.org_id for o in self.organisations.values() if o.org_type not in low)

    def parent_on(self, org_id: int, day: date) -> int | None:
        """The superior organisation on a day; the current one where the history is silent."""
        for parent, start, end in self.parent_history.get(org_id, ()):
            if start <= day and (end is None or day < end):
                return parent
        return self.organisations[org_id].parent_org_id

    def order(self, month: str | None = None) -> Order:
        """Depth-first order of the tree as it stood at the end of the month (None: now)."""
        day = last_day(month) if month else None
        parents = {
            org_id: org.parent_org_id if day is None else self.parent_on(org_id, day)
            for org_id, org in self.organisations.items()
        }
        return Order.build(parents)


@dataclass(frozen=True)
class Order:
    """Depth-first order: a subtree is the slice ``start <= position < end``, a roll-up one difference of sums."""

    org_ids: np.ndarray[Any, np.dtype[np.int64]]
    start: Mapping[int, int]
    end: Mapping[int, int]
    depth: Mapping[int, int]

    @staticmethod
    def build(parents: Mapping[int, int | None]) -> Order:
        """Order of the nodes reachable from the root; an orphan or a cycle is left out, never followed."""
        children: dict[int | None, list[int]] = {}
        for org_id in sorted(parents):
            parent = parents[org_id]
            children.setdefault(parent if parent is None or parent in parents else -1, []).append(org_id)
        start: dict[int, int] = {}
        end: dict[int, int] = {}
        depth: dict[int, int] = {}
        stack: list[tuple[int, int, bool]] = [(root, 0, False) for root in children.get(None, [])]
        sequence: list[int] = []
        while stack:
            org_id, level, leaving = stack.pop()
            if leaving:
                end[org_id] = len(sequence)
                continue
            start[org_id] = len(sequence)
            depth[org_id] = level
            sequence.append(org_id)
            stack.append((org_id, level, True))
            stack.extend((child, level + 1, False) for child in reversed(children.get(org_id, [])))
        return Order(np.array(sequence, dtype=np.int64), start, end, depth)


def read_tree(connection: sa.Connection, missing: frozenset[str] = frozenset()) -> Tree:
    """The tree of the operational database; what no path from the root reaches is left out and named."""
    o, h = organizations.c, organization_parent_history.c
    columns = [o[name] for name in Organisation.__dataclass_fields__]
    found = connection.execute(sa.select(*columns).where(o.deleted_at.is_(None))).all()
    rows = {row.org_id: _organisation(row) for row in found}
    history: dict[int, list[tuple[int, date, date | None]]] = {}
    statement = sa.select(h.org_id, h.parent_org_id, h.valid_from, h.valid_to).where(h.deleted_at.is_(None))
    if organization_parent_history.name not in missing:
        for org_id, parent, start, end in connection.execute(statement.order_by(h.valid_from)):
            history.setdefault(org_id, []).append((parent, start, end))
    reachable = Order.build({org_id: org.parent_org_id for org_id, org in rows.items()}).start
    lost = tuple(sorted(set(rows) - set(reachable)))
    return Tree({org_id: org for org_id, org in rows.items() if org_id in reachable}, history, lost)


def stored_tree(nodes: Sequence[Mapping[str, Any]]) -> Tree:
    """The tree as the read model's nodes tell it, without history: enough to see what differs from it now."""
    names = Organisation.__dataclass_fields__
    return Tree({row["org_id"]: Organisation(**{name: row[name] for name in names}) for row in nodes}, {})


def _organisation(row: sa.Row[Any]) -> Organisation:
    values = dict(row._mapping)
    for name in ("lng", "lat"):
        values[name] = None if values[name] is None else float(values[name])
    values["is_public"] = bool(values["is_public"])
    return Organisation(**values)
