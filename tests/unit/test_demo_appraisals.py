"""The published appraisal year: exact in any month of the year and for windows that begin after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.demo.figures import PublishedFigures
from data.demo.generate import generate
from data.demo.haishu import haishu_spec

FIGURES = PublishedFigures(life_meeting_branches=28, appraised_members=325)
SMALL = replace(haishu_spec().scaled(towns=3, branches=30, members=400), figures=FIGURES)


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (datetime(2027, 1, 10, 9, 0), 2025),
        (datetime(2027, 2, 28, 9, 0), 2025),
        (datetime(2027, 3, 1, 9, 0), 2026),
        (datetime(2026, 11, 18, 14, 30), 2025),
    ],
)
@pytest.mark.parametrize("months", [2, 18])
def test_the_last_finished_year_has_the_published_meetings_and_members(
    now: datetime, year: int, months: int, tmp_path: Path
) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    generate(engine, replace(SMALL, months=months), now=now)
    with engine.connect() as connection:
        meetings, latest = connection.exec_driver_sql(
            "SELECT count(DISTINCT org_id), max(held_on) FROM appraisals"
            f" WHERE appraisal_kind = 'life_meeting' AND appraisal_year = {year}"
        ).one()
        members = connection.exec_driver_sql(
            "SELECT count(DISTINCT member_id) FROM appraisal_results JOIN appraisals USING (appraisal_id)"
            f" WHERE appraisal_year = {year}"
        ).scalar_one()
    engine.dispose()
    assert meetings == 28
    assert latest < f"{year + 1}-03-01"
    assert members == 325


@pytest.mark.parametrize(("published", "found"), [(401, range(330, 400)), (250, range(250, 251))])
def test_a_total_beyond_the_district_takes_all_and_a_small_one_is_met(
    published: int, found: range, tmp_path: Path
) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    spec = replace(SMALL, months=2, figures=replace(FIGURES, appraised_members=published))
    generate(engine, spec, now=datetime(2026, 11, 18, 14, 30))
    with engine.connect() as connection:
        members = connection.exec_driver_sql(
            "SELECT count(DISTINCT member_id) FROM appraisal_results JOIN appraisals USING (appraisal_id)"
            " WHERE appraisal_year = 2025"
        ).scalar_one()
    engine.dispose()
    assert members in found
