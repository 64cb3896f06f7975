"""How the Party is organised here: the second-level committees with what stands below each, by type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from data.queries.figures_of_month import BRANCH_TYPES
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, towns

Group = Literal["town", "direct"]
_LEVEL = {
    "party_committee": "committees",
    "general_branch": "general_branches",
    **dict.fromkeys(BRANCH_TYPES, "branches"),
}


@dataclass(frozen=True)
class Unit:
    """A second-level committee with itself and all below it; ``name`` "" pools those that are not public."""

    group: Group
    name: str
    units: int
    committees: int
    general_branches: int
    branches: int

    @property
    def organisations(self) -> int:
        """Grassroots organisations of all types."""
        return self.committees + self.general_branches + self.branches


@dataclass(frozen=True)
class Structure:
    """Units of the towns by their code, then those directly below the district, most organisations first."""

    units: tuple[Unit, ...]

    def total(self, group: Group | None = None) -> int:
        """Grassroots organisations of a group, of all without one."""
        return sum(unit.organisations for unit in self.units if group in (None, unit.group))

    def second_level(self, group: Group | None = None) -> int:
        """How many second-level committees a group has."""
        return sum(unit.units for unit in self.units if group in (None, unit.group))


def load(reader: Reader) -> Structure:
    """Organisations in being. A town's committee stands under the name of its town, which is public knowledge."""
    query = (
        sa.select(
            nodes.c.org_id, nodes.c.parent_org_id, nodes.c.org_type, nodes.c.short_name, nodes.c.is_public,
            nodes.c.position, nodes.c.subtree_end, towns.c.name.label("town"), towns.c.code,
        )
        .select_from(nodes.outerjoin(towns, towns.c.town_id == nodes.c.town_id))
        .where(nodes.c.dissolved_on.is_(None))
        .order_by(nodes.c.position)
    )  # fmt: skip
    rows = reader.connection.execute(query).all()
    second = [row for row in rows if row.parent_org_id == reader.root_org_id]
    found: dict[tuple[Group, str, str], Counter[str]] = {}
    for head in second:
        key = _key(head)
        counts = found.setdefault(key, Counter())
        counts["units"] += 1
        for row in rows:
            if head.position <= row.position < head.subtree_end and row.org_type in _LEVEL:
                counts[_LEVEL[row.org_type]] += 1
    ordered = sorted(found.items(), key=lambda item: _order(*item))
    return Structure(
        tuple(
            Unit(group, name, c["units"], c["committees"], c["general_branches"], c["branches"])
            for (group, _, name), c in ordered
        )
    )


def _key(head: Any) -> tuple[Group, str, str]:
    if head.town is not None:
        return "town", str(head.code), str(head.town)
    return "direct", "", str(head.short_name) if head.is_public else ""


def _order(key: tuple[Group, str, str], counts: Counter[str]) -> tuple[object, ...]:
    """Towns by code; of the others the unnamed last."""
    group, code, name = key
    return (group != "town", code, not name, -counts.total(), name)
