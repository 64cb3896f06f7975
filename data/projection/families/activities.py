"""Activities of a branch and its party groups: how often what was held, what came late, what is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from data.contract import LIFE_TYPES, STUDY_TYPES
from data.contract import activities as activities_table
from data.projection.evidence import closes_at, countable, held
from data.projection.source import Block, Row, Source

a = activities_table.c

MEETINGS = {
    "member_assembly": "assemblies",
    "committee_meeting": "committee_meetings",
    "party_lecture": "lectures",
    "theme_party_day": "theme_days",
    "fixed_study_day": "study_days",
}


def organisers(source: Source, block: Block) -> Mapping[int, int] | None:
    """Organisations whose activities belong to the block's branches → branch; None when all are asked for."""
    if block.orgs is None:
        return None
    return {**{org: org for org in block.orgs}, **source.tree.groups_of(block.orgs)}


def read(source: Source, block: Block) -> Iterator[Row]:
    """Counts per branch and month, one grouped row per organiser, month, type and kind of evidence."""
    owners = organisers(source, block)
    in_time = sa.case((a.recorded_at < closes_at(block.months), 1), else_=0)
    whole = sa.case((countable(block.months), 1), else_=0)
    deliberated = sa.case((a.is_deliberation, 1), (a.activity_type == "deliberation", 1), else_=0)
    at_venue = sa.case((a.venue_id.is_not(None), 1), else_=0)
    keys = (a.org_id, a.period_month, a.activity_type, in_time.label("in_time"), whole.label("whole"))
    statement = (
        sa.select(
            *keys,
            sa.func.count().label("n"),
            sa.func.sum(deliberated).label("deliberated"),
            sa.func.sum(at_venue).label("at_venue"),
        )
        .where(held(block.months), sa.true() if owners is None else a.org_id.in_(owners))
        .group_by(a.org_id, a.period_month, a.activity_type, sa.text("in_time"), sa.text("whole"))
    )
    for row in source.rows(statement):
        branch = source.tree.branch_of(row.org_id)
        if branch is not None:
            yield branch, row.period_month, _counts(row, own=row.org_id == branch)


def _counts(row: sa.Row[tuple[object, ...]], *, own: bool) -> dict[str, float]:
    """VA(o, types) is the branch's own; only organisation life takes its party groups in (§3.2)."""
    if not row.whole:
        return {"activities_broken": row.n}
    if not row.in_time:
        return {"backfilled": row.n}
    counts = {
        "activities": row.n,
        "activities_at_venue": row.at_venue,
    }
    if row.activity_type in LIFE_TYPES:
        counts["life_activities"] = row.n
    if row.activity_type == "group_meeting":
        counts["group_meetings"] = row.n
    if own:
        counts["deliberations"] = row.deliberated
        if row.activity_type in MEETINGS:
            counts[MEETINGS[row.activity_type]] = row.n
        if row.activity_type in STUDY_TYPES:
            counts["study_sessions"] = row.n
    return counts
