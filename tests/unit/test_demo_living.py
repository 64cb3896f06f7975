"""A living district goes on reading its posts and admitting its applicants, each step valid by the contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pandas as pd
import pytest
import sqlalchemy as sa

from data.contract.check import check
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.living import District
from data.demo.living_development import advance_case
from data.demo.living_posts import react

NOW = datetime(2026, 11, 18, 14, 30)
SPEC = haishu_spec().scaled(towns=2, branches=20, members=400, months=3)


@pytest.fixture(scope="module", params=["25", "43"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('living') / 'operational.db'}")
    generate(built, replace(SPEC, development_variant=request.param), now=NOW)
    yield built
    built.dispose()


def frame(engine: sa.Engine, statement: str) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(sa.text(statement), connection)


def test_steps_go_on_in_sequence_with_limits_and_documents(engine: sa.Engine) -> None:
    district = District(engine, Random(3))
    before = frame(engine, "SELECT case_id, current_step_no FROM development_cases").set_index("case_id")
    later = [NOW + timedelta(hours=7 * n) for n in range(60)]
    events = [event for at in later if (event := advance_case(district, at))]
    assert len(events) > 40
    steps = frame(
        engine,
        "SELECT s.*, d.anchor_step_no, d.min_days, d.max_days, d.requires_upload, d.requires_superior,"
        " c.status AS case_status, c.current_step_no, c.stage_no, d.stage_no AS step_stage"
        " FROM development_steps s JOIN development_cases c USING (case_id)"
        " JOIN development_step_defs d ON d.variant = c.variant AND d.step_no = s.step_no",
    )
    done = steps[steps.status == "done"]
    open_ = steps[(steps.status != "done")]
    assert open_.case_id.is_unique
    assert set(open_.case_id) == set(steps.case_id[steps.case_status == "in_progress"])
    assert (open_.step_no == open_.current_step_no).all()
    assert (open_.step_stage == open_.stage_no).all()
    days = done.assign(day=pd.to_datetime(done.done_on)).pivot(
        index="case_id", columns="step_no", values="day"
    )
    fresh = done[done.recorded_at >= f"{NOW}"]
    assert len(fresh) == len(events)
    for step in fresh.itertuples():
        if pd.notna(step.min_days):
            waited = days.at[step.case_id, step.step_no] - days.at[step.case_id, int(step.anchor_step_no)]
            assert waited.days >= step.min_days
    unlocked = open_[(open_.unlocked_at >= f"{NOW}") & open_.max_days.notna()]
    assert len(unlocked) > 0
    assert (unlocked.due_on >= unlocked.unlocked_at.str[:10]).all()
    assert (fresh.reviewed_by_org_id.notna() == (fresh.requires_superior == 1)).all()
    papers = set(frame(engine, "SELECT dev_step_id FROM development_documents").dev_step_id)
    assert set(fresh[fresh.requires_upload == 1].dev_step_id) <= papers
    after = frame(engine, "SELECT case_id, current_step_no FROM development_cases").set_index("case_id")
    assert (after.current_step_no >= before.current_step_no).all()


def test_new_posts_are_read_once_a_day_in_one_row_and_liked_once_by_a_member(engine: sa.Engine) -> None:
    district = District(engine, Random(4))
    sums = "SELECT (SELECT sum(views) FROM post_view_daily) v, (SELECT count(*) FROM post_interactions) i"
    before = frame(engine, sums).iloc[0]
    events = [react(district, NOW + timedelta(seconds=20 * n)) for n in range(1, 80)]
    after = frame(engine, sums).iloc[0]
    answers = sum(event.rows - 1 for event in events if event)
    assert all(events)
    assert len(events) <= after.v - before.v <= 4 * len(events)
    assert after.i - before.i == answers > 0
    twice = "SELECT 1 FROM post_view_daily GROUP BY post_id, view_on HAVING count(*) > 1"
    assert frame(engine, twice).empty
    liked = "SELECT 1 FROM post_interactions WHERE interaction_kind = 'like' GROUP BY post_id, member_id"
    assert frame(engine, f"{liked} HAVING count(*) > 1").empty


def test_a_district_that_lived_on_still_keeps_the_contract(engine: sa.Engine) -> None:
    district = District(engine, Random(5))
    for n in range(10):
        advance_case(district, NOW + timedelta(minutes=n))
        react(district, NOW + timedelta(minutes=n, seconds=30))
    assert {finding.code for finding in check(engine).findings} <= {"held-without-start"}
