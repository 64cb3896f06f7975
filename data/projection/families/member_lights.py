"""Counts per branch of what its members are: lights, warnings, scores, taking part. Nothing of a person leaves here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from data.indicators.member.cube import Array, MemberCube, month_number
from data.indicators.member.judge import contributions
from data.projection.families.member_attendance import read_attendance
from data.projection.families.member_dues import read_dues
from data.projection.families.member_papers import read_papers
from data.projection.families.member_records import read_records
from data.projection.families.member_register import Enrolment, members_of, read_register
from data.projection.families.member_source import Span
from data.projection.source import Block, Row, Source

# Without one of them what is read from it is nobody's; the register alone is indispensable.
TABLES = (
    "activities",
    "attendances",
    "dues_obligations",
    "dues_payments",
    "dues_payment_allocations",
    "volunteer_records",
    "learning_records",
    "heart_talks",
    "member_tasks",
    "exams",
    "exam_attempts",
    "member_deeds",
    "honors",
    "community_checkins",
    "service_requests",
    "member_submissions",
    "floating_reports",
    "appraisals",
    "appraisal_results",
    "transfers",
    "member_dispositions",
    "warnings",
    "lost_contact_cases",
    "party_posts",
    "app_registrations",
)
# Arrays of this many members × 40 months stay in the processor's cache.
CHUNK = 4_000


def read(source: Source, block: Block) -> Iterator[Row]:
    """One row per branch and month of the block that has members; months before the block are read as far as the
    windows look back, of these members only."""
    members = members_of(source, block)
    if members is not None and not members:
        return
    cube, held = read_facts(source, members, block.months)
    wanted = None if block.orgs is None else set(block.orgs)
    yield from _rows(source, cube, held, block.months, wanted)


def read_facts(
    source: Source, members: Sequence[int] | None, months: Sequence[str]
) -> tuple[MemberCube, Enrolment]:
    """Facts of the members (None: all) over these months and those before, and where they were enrolled."""
    span = Span.before(source, members, months)
    since = month_number(source.calendar.first) - month_number(span.months[0])
    known = {
        "is_open": span.months[-1] == source.calendar.open_month,
        "known_from": max(since, 0),
        "missing": source.missing,
    }
    cube, held = read_register(span, known)
    for read_part in (read_attendance, read_dues, read_records, read_papers):
        read_part(span, cube)
    return cube, held


def _rows(
    source: Source, cube: MemberCube, held: Enrolment, months: Sequence[str], wanted: set[int] | None
) -> Iterator[Row]:
    branches, place = np.unique(held.branch, return_inverse=True)
    columns = [cube.months.index(month) for month in months]
    sums: dict[str, Array] = {}
    for start in range(0, len(cube.members), CHUNK):
        rows = slice(start, start + CHUNK)
        mine = np.flatnonzero((held.member >= start) & (held.member < start + CHUNK))
        part = cube.part(rows)
        for name, each in contributions(part, source.member_rules):
            total = sums.setdefault(name, np.zeros((len(branches), len(columns))))
            _add(total, each[:, columns], held, mine, place, start, columns)
    for k, branch in enumerate(branches.tolist()):
        if wanted is None or branch in wanted:
            for j, month in enumerate(months):
                yield branch, month, {name: float(total[k, j]) for name, total in sums.items() if total[k, j]}


def _add(
    total: Array, each: Array, held: Enrolment, mine: Array, place: Array, start: int, columns: Sequence[int]
) -> None:
    """Add every counted enrolment's share to its branch."""
    values = each[held.member[mine] - start] * held.counted[mine][:, columns]
    for j in range(len(columns)):
        total[:, j] += np.bincount(place[mine], weights=values[:, j], minlength=len(total))
