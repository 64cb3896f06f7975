"""Which branches are reorganised, and the sink that lets their rows name the organisation of their day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from data.demo.bulk import Columns, RowSink
from data.demo.registry import Registry, reorganised
from data.demo.reorganisation import NOTHING, Reorganisation
from data.demo.timeline import DAY, FAR_DAY, Array, Timeline

# Published years are told by branches as they stand since then: divisions before them, mergers after them.
_FOUNDED_MONTHS_AGO, _MERGED_MONTHS_AGO = (15, 21), (2, 7)
_MOST_MEMBERS, _MOST_TOGETHER = 21, 48
_GOOD = 0.2
_UNITS = ("private_enterprise", "social_org", "park_building", "institution", "soe", "school")

# Column of the day or second a row is dated by; tables not named tell how things stand today.
_DATED_BY = {
    "activities": "plan_start_at",
    "condolence_visits": "visited_on",
    "dues_ledger_entries": "entry_on",
    "dues_obligations": "created_at",
    "floating_reports": "submitted_at",
    "heart_talks": "talked_on",
    "honors": "awarded_on",
    "member_tasks": "assigned_on",
    "point_entries": "occurred_on",
    "posts": "published_at",
    "resource_bookings": "booked_at",
    "service_requests": "submitted_at",
    "transfer_steps": "opened_at",
    "transfers": "applied_at",
    "volunteer_projects": "published_at",
    "volunteer_records": "service_on",
    "warnings": "raised_at",
}
# One row per organisation and period: the other organisation has its own, so these fall away.
_DROPPED_BY = {
    "account_logins": "logged_in_at",
    "appraisals": "held_on",
    "diagnosis_reports": "generated_at",
    "org_ratings": "decided_on",
    "org_terms": "elected_on",
    "problem_items": "issued_at",
    "secretary_projects": "registered_on",
}
_SELF = ("admin_accounts", "memberships", "organizations", "organization_parent_history", "party_posts")
_OWNERS = (
    "org_id",
    "branch_org_id",
    "from_org_id",
    "to_org_id",
    "handler_org_id",
    "integrated_org_id",
    "account_id",
)


def draw_reorganisation(registry: Registry, time: Timeline) -> Reorganisation:
    """Small good branches without party groups, each with another of its superior: half founded, half merged.

    ValueError where the district has too few of them.
    """
    wanted = reorganised(registry.tree.spec, time)
    if not wanted:
        return NOTHING
    rng = time.stream("reorganisation")
    free = (registry.group_count == 0) & ~registry.temporary & (registry.size <= _MOST_MEMBERS)
    free &= (registry.quality.mean(axis=0) > _GOOD) & np.isin(registry.sector, _UNITS)
    order = rng.permutation(np.flatnonzero(free))
    other = np.array([_sibling(registry, branch) for branch in order.tolist()], int)
    branch, other = order[other >= 0], other[other >= 0]
    _, first = np.unique(registry.parent_org[branch], return_index=True)
    chosen = np.sort(first)[: 2 * wanted]
    if len(chosen) < 2 * wanted:
        raise ValueError(f"{len(chosen)} branches can be reorganised, not {2 * wanted}")
    founded = np.arange(2 * wanted) % 2 == 0
    low = np.where(founded, _FOUNDED_MONTHS_AGO[0], _MERGED_MONTHS_AGO[0])
    high = np.where(founded, _FOUNDED_MONTHS_AGO[1], _MERGED_MONTHS_AGO[1])
    month = time.closed - rng.integers(low, high)
    day = time.starts[month] + rng.integers(5, 25, 2 * wanted)
    return Reorganisation(branch[chosen], other[chosen], day, founded)


def _sibling(registry: Registry, branch: int) -> int:
    """A branch of the same superior that is large enough to be divided or to take others in, -1 for none."""
    near = np.flatnonzero((registry.parent_org == registry.parent_org[branch]) & ~registry.temporary)
    near = near[(near != branch) & (registry.size[near] + registry.size[branch] <= _MOST_TOGETHER)]
    return int(near[np.argmax(registry.size[near])]) if len(near) else -1


class Reorganised:
    """A sink that lets rows name the organisation their branch was on their day."""

    def __init__(self, writer: RowSink, registry: Registry, changes: Reorganisation) -> None:
        self._writer, org = writer, registry.branch_org
        self._place = np.full(int(org.max(initial=0)) + 1, -1)
        self._place[org[changes.branch]] = np.arange(len(changes.branch))
        self._other, self._day, self._founded = org[changes.other], changes.day, changes.founded
        self._lost: list[Array] = []

    def put(self, table: str, columns: Columns) -> None:
        """Take rows; those of a change are renamed or left out."""
        owner = next((name for name in _OWNERS if name in columns), None)
        if len(self._day) and table == "appraisal_results":
            columns = _kept(columns, ~np.isin(columns["appraisal_id"], np.concatenate([[0], *self._lost])))
        elif len(self._day) and owner is not None and table not in _SELF:
            columns = self._changed(table, columns, owner)
        self._writer.put(table, columns)

    def _changed(self, table: str, columns: Columns, owner: str) -> Columns:
        if table in _DROPPED_BY:
            _, elsewhere = self._elsewhere(columns[owner], columns[_DROPPED_BY[table]])
            if table == "appraisals":
                self._lost.append(columns["appraisal_id"][elsewhere])
            return _kept(columns, ~elsewhere) if elsewhere.any() else columns
        dated = columns[_DATED_BY[table]] if table in _DATED_BY else np.full(len(columns[owner]), FAR_DAY)
        changed: dict[str, Any] = {}
        for name in _OWNERS:
            if name in columns:
                change, elsewhere = self._elsewhere(columns[name], dated)
                if elsewhere.any():
                    changed[name] = np.where(elsewhere, self._other[change], columns[name])
        return {**columns, **changed} if changed else columns

    def _elsewhere(self, org: Array, dated: Array) -> tuple[Array, Array]:
        """Number of the change of each organisation (-1 none), and whether its row belongs to the other one."""
        inside = (org > 0) & (org < len(self._place))
        change = np.where(inside, self._place[np.where(inside, org, 0)], -1)
        # Seconds and days tell themselves apart by their size; what has no date yet stands as of today.
        day = np.where(dated > FAR_DAY, dated // DAY, np.where(dated < 0, FAR_DAY, dated))
        return change, (change >= 0) & (self._founded[change] == (day < self._day[change]))


def _kept(columns: Mapping[str, Any], keep: Array) -> Columns:
    def part(values: Any) -> Any:
        if isinstance(values, pa.Array):
            return values.filter(pa.array(keep))
        return values[keep] if isinstance(values, np.ndarray) else values

    return {name: part(values) for name, values in columns.items()}
