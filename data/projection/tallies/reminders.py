"""Whom warnings reminded: organisations of their meetings in the last calendar year, members at all.

``reminders``, now, district: ``organisations|<year>`` = organisations with a pushed warning about meetings, activity
day or study day raised in the last calendar year that has ended, ``organisations|<year>|<indicator>`` = those of one
kind; ``members`` = living members with a pushed warning, whenever. Counts alone: no member leaves this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from data.contract import warnings
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow

w = warnings.c

# 三会一课, 党员活动日, 固定学习日 (article 江宁).
MEETINGS = ("jn_w04_meetings_missed", "jn_w05_activity_day_missed", "jn_w06_study_day_missed")


def read(source: Source) -> Iterator[TallyRow]:
    """An organisation reminded twice is one; without a single such warning there is no row of its kind."""
    now = source.calendar.now
    year = now.year - 1
    pushed = (w.deleted_at.is_(None), w.state != "invalid", w.pushed_at <= now)
    of_year = (w.raised_at >= datetime(year, 1, 1), w.raised_at < datetime(year + 1, 1, 1))
    reminded = sa.select(w.org_id, w.indicator_id).where(
        *pushed, *of_year, w.subject_type == "org", w.indicator_id.in_(MEETINGS)
    )
    found = {(row.org_id, row.indicator_id) for row in source.rows(reminded.distinct())}
    known = {(org, kind) for org, kind in found if org in source.tree.organisations}
    if known:
        yield NOW, DISTRICT, f"organisations|{year}", len({org for org, _ in known})
    for _, kind in sorted(known, key=lambda pair: pair[1]):
        yield NOW, DISTRICT, f"organisations|{year}|{kind}", 1.0
    members = sa.select(sa.func.count(w.member_id.distinct()).label("n")).where(
        *pushed, w.subject_type == "member", of_living_member(w.member_id)
    )
    (row,) = source.rows(members)
    if row.n:
        yield NOW, DISTRICT, "members", row.n


TALLIES = (Tally("reminders", read, ("warnings", "members", "organizations"), SLOWLY),)
