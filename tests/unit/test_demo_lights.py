"""Warnings of the synthetic district agree with a naive second computation, and lights keep their measure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.demo.dues import Dues
from data.demo.generate import build_world, generate
from data.demo.haishu import haishu_spec
from data.demo.life import Life
from data.demo.lights import GREEN, RED, branch_lights

NOW = datetime(2026, 11, 18, 14, 30)
RED_RULES = (
    "hs_b_life_gap",
    "hs_b_member_assembly",
    "hs_b_theme_party_day",
    "hs_b_attendance_rate",
    "hs_b_life_meeting",
    "hs_b_dues_collection",
    "hs_b_term",
)
MONTHS = [add_months("2024-11", n) for n in range(24)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'operational.db'}")
    generate(built, haishu_spec().scaled(towns=4, branches=90, members=1500), now=NOW, seed=3)
    yield built
    built.dispose()


def frame(engine: sa.Engine, statement: str) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(sa.text(statement), connection)


def branches(engine: sa.Engine) -> list[int]:
    return frame(
        engine,
        "SELECT org_id FROM organizations WHERE org_type LIKE '%branch' AND org_type <> 'general_branch'",
    )["org_id"].to_list()


def runs(coloured: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """First month of every run of coloured months."""
    return {(org, month) for org, month in coloured if (org, add_months(month, -1)) not in coloured}


def raised(engine: sa.Engine, indicator: str) -> set[tuple[int, str]]:
    found = frame(engine, f"SELECT org_id, period FROM warnings WHERE indicator_id = '{indicator}'")
    return set(zip(found.org_id, found.period, strict=True))


def test_theme_day_warnings_are_the_months_without_a_valid_theme_day(engine: sa.Engine) -> None:
    held = frame(
        engine,
        "SELECT org_id, period_month, recorded_at FROM activities"
        " WHERE activity_type = 'theme_party_day' AND status = 'held'",
    )
    valid = {
        (org, month)
        for org, month, at in held.itertuples(index=False)
        if datetime.fromisoformat(at) < cutoff(month)
    }
    missed = {(org, month) for org in branches(engine) for month in MONTHS} - valid
    assert missed
    assert raised(engine, "hs_b_theme_party_day") == runs(missed)


def test_dues_warnings_are_the_months_with_less_than_95_percent_in_time(engine: sa.Engine) -> None:
    rows = frame(
        engine,
        "SELECT o.branch_org_id org, o.dues_month month, o.payable_amount due, p.paid_at, p.recorded_at, a.amount"
        " FROM dues_obligations o LEFT JOIN dues_payment_allocations a ON a.obligation_id = o.obligation_id"
        " LEFT JOIN dues_payments p ON p.payment_id = a.payment_id WHERE o.payable_amount > 0",
    )
    limit = rows.month.map({month: str(cutoff(month)) for month in MONTHS}).fillna("")
    rows["full"] = (rows.amount >= rows.due) & (rows.paid_at < limit)
    rate = rows[rows.month.isin(MONTHS)].groupby(["org", "month"]).full.mean()
    low = {(int(org), str(month)) for org, month in rate[rate < 0.95].index}
    assert low
    assert raised(engine, "hs_b_dues_collection") == runs(low)


def test_attendance_warnings_are_the_months_below_80_percent(engine: sa.Engine) -> None:
    rows = frame(
        engine,
        "SELECT a.org_id, a.period_month month, a.started_at, a.ended_at, a.recorded_at held_at, t.status,"
        " t.sign_method, t.signed_at, t.recorded_at, o.org_type, o.parent_org_id FROM attendances t"
        " JOIN activities a ON a.activity_id = t.activity_id JOIN organizations o ON o.org_id = a.org_id"
        " JOIN activity_types y ON y.activity_type = a.activity_type"
        " WHERE t.is_required = 1 AND y.is_life = 1 AND a.started_at IS NOT NULL",
    )
    rows["org"] = rows.parent_org_id.where(rows.org_type == "party_group", rows.org_id)
    limit = rows.month.map({month: str(cutoff(month)) for month in MONTHS})
    rows = rows[(rows.held_at < limit) & (rows.recorded_at < limit)]
    late = pd.to_datetime(rows.ended_at) + pd.Timedelta(hours=2)
    signed = pd.to_datetime(rows.signed_at)
    rows["there"] = (rows.status == "present") & (rows.sign_method != "manual") & (signed <= late)
    rate = rows.groupby(["org", "month"]).there.mean()
    low = {(int(org), str(month)) for org, month in rate[rate < 0.80].index}
    assert low
    assert raised(engine, "hs_b_attendance_rate") == runs(low)


def test_old_warnings_are_mostly_closed_and_their_moments_are_in_order(engine: sa.Engine) -> None:
    found = frame(engine, "SELECT * FROM warnings")
    old = found[found.raised_at < "2026-06-01"]
    assert (old.state == "closed").mean() > 0.85
    moments = found[["raised_at", "pushed_at", "acknowledged_at", "rectified_at", "verified_at"]]
    for earlier, later in zip(moments.columns[:-1], moments.columns[1:], strict=True):
        both = moments[[earlier, later]].dropna()
        assert (both[earlier] <= both[later]).all(), later


class Nowhere:
    """Takes rows and forgets them."""

    def put(self, table: str, columns: Any) -> None:
        del table, columns


def test_haishu_glows_in_the_measure_of_the_catalogue() -> None:
    world = build_world(Nowhere(), haishu_spec(), NOW, 20190701)
    life, dues = Life(world, np.full(world.registry.branches, -1)), Dues(world)
    for month in range(25):
        life.write_month(month)
        dues.write_month(month)
    lights = branch_lights(world, {}, (life.required, life.present), (dues.owed, dues.failed))
    # Red by the red rules, yellow by anything else (§5.3).
    reds = np.any([lights[name] == RED for name in RED_RULES], axis=0)[18:24]
    some = np.any([light > GREEN for light in lights.values()], axis=0)[18:24]
    red, yellow = reds.mean(axis=1), (some & ~reds).mean(axis=1)
    assert 0.01 <= red.mean() <= 0.04
    assert red.max() <= 0.05
    assert 0.06 <= yellow.mean() <= 0.22
    assert yellow.max() <= 0.25
    attendance = life.present[:24].sum(axis=1) / life.required[:24].sum(axis=1)
    assert attendance.min() >= 0.85
    assert attendance.max() <= 0.92
    assert (1 - dues.failed[:24].sum() / dues.owed[:24].sum()) == pytest.approx(0.983, abs=0.006)


def test_weak_branches_stay_weak_for_months() -> None:
    quality = build_world(Nowhere(), haishu_spec(), NOW, 20190701).registry.quality
    assert np.corrcoef(quality[0], quality[6])[0, 1] > 0.5
    assert np.corrcoef(quality[-2], quality[-1])[0, 1] > 0.85
