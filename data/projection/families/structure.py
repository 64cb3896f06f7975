"""Who the members are: age, education, women. Columns without history, so only for the open month (rulings 18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from data.contract import members as members_table
from data.projection.families.membership import c, roster, s
from data.projection.source import Block, Row, Source, named
from data.readmodel.measures import of_family

m = members_table.c

COLLEGE = ("postgraduate", "bachelor", "junior_college")
# Bands of the national bulletin (R40): upper age of each band, the last one open.
BANDS = (
    ("age_30", 30),
    ("age_35", 35),
    ("age_40", 40),
    ("age_45", 45),
    ("age_50", 50),
    ("age_55", 55),
    ("age_60", 60),
)


def read(source: Source, block: Block) -> Iterator[Row]:
    """One row per branch for the open month; completed years on the day, a NULL birthday is age_unknown."""
    month = source.calendar.open_month
    if month not in block.months:
        return
    day = source.calendar.day_of(month)
    joined, where = roster(block, day)
    statement = (
        sa.select(s.branch_org_id, *_columns(day))
        .select_from(joined.join(members_table, m.member_id == s.member_id))
        .where(where, m.deleted_at.is_(None))
        .group_by(s.branch_org_id)
    )
    names = of_family("structure")
    # A branch without members has 0 of each; NULL is left to the months nothing is known of.
    for branch in source.tree.branches if block.orgs is None else block.orgs:
        yield branch, month, dict.fromkeys(names, 0.0)
    for row in source.rows(statement):
        yield row.branch_org_id, month, named(row, names)


def _columns(day: date) -> list[sa.Label[int]]:
    columns = [
        _sum(m.gender == "F", "women"),
        _sum(sa.and_(m.ethnicity.is_not(None), m.ethnicity.not_in(("汉族", "汉"))), "minority"),
        _sum(m.education.in_(COLLEGE), "college"),
        _sum(c.category == "flow_out", "floating_out"),
        _sum(m.birthday.is_(None), "age_unknown"),
    ]
    younger = None
    for name, age in BANDS:
        # Completed years ≤ age: born after this day, age + 1 years ago.
        oldest = years_before(day, age + 1)
        band = m.birthday > oldest if younger is None else sa.and_(m.birthday > oldest, m.birthday <= younger)
        columns.append(_sum(band, name))
        younger = oldest
    columns.append(_sum(m.birthday <= younger, "age_61"))
    return columns


def years_before(day: date, years: int) -> date:
    """The same day n years earlier; 28 February for the 29th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def _sum(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
