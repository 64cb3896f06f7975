"""Grades of the yearly appraisal; of the district only, they are internal and never told of a smaller area.

``appraisal_grades``, now, district: ``<year>|<grade>`` = results of the valid appraisals of a year, the running
year and the two before; valid: recorded in the month they were held, by the end of February after their year.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import cutoff, month_of
from data.contract import appraisal_results, appraisals
from data.projection.families.appraisals import suffix_of
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow

a, r = appraisals.c, appraisal_results.c

YEARS = 3


def read_grades(source: Source) -> Iterator[TallyRow]:
    """Grouped by appraisal in the database: whether one is valid hangs on its own dates."""
    now = source.calendar.now
    statement = (
        sa.select(a.appraisal_year, a.org_id, a.held_on, a.recorded_at, r.grade, sa.func.count().label("n"))
        .select_from(appraisals.join(appraisal_results, r.appraisal_id == a.appraisal_id))
        .where(
            a.deleted_at.is_(None),
            r.deleted_at.is_(None),
            a.appraisal_kind == "democratic_appraisal",
            a.appraisal_year > now.year - YEARS,
            a.held_on <= now.date(),
            of_living_member(r.member_id),
        )
        .group_by(a.appraisal_id, a.appraisal_year, a.org_id, a.held_on, a.recorded_at, r.grade)
    )
    for row in source.rows(statement):
        in_time = row.recorded_at < cutoff(month_of(row.held_on))
        if in_time and suffix_of(row.held_on, row.appraisal_year) and row.org_id in source.tree.organisations:
            yield NOW, DISTRICT, f"{row.appraisal_year}|{row.grade}", row.n


TALLIES = (
    Tally(
        "appraisal_grades",
        read_grades,
        ("appraisals", "appraisal_results", "members", "organizations"),
        SLOWLY,
    ),
)
