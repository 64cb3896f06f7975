"""What branches are measured by beside their meetings: lamps seldom light, follow-ups come in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.demo.figures import PublishedFigures
from data.demo.generate import generate
from data.demo.haishu import haishu_spec

NOW = datetime(2026, 11, 18, 14, 30)
FIGURES = PublishedFigures(lost_members=9, lost_found=7, orgs_reminded=11, members_reminded=6)
BRANCHES = 80
LAST_YEAR = [add_months("2025-11", n) for n in range(12)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('life') / 'operational.db'}")
    spec = haishu_spec().scaled(towns=4, branches=BRANCHES, members=1600)
    generate(built, replace(spec, figures=FIGURES), now=NOW, seed=3)
    yield built
    built.dispose()


def frame(engine: sa.Engine, statement: str) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(sa.text(statement), connection)


def number(engine: sa.Engine, statement: str) -> int:
    return int(frame(engine, statement).iloc[0, 0])


def test_the_old_are_visited_before_the_spring_festival_by_all_but_a_few_branches(engine: sa.Engine) -> None:
    due = frame(
        engine,
        "SELECT s.branch_org_id org, s.member_id FROM memberships s JOIN members m ON m.member_id = s.member_id"
        " JOIN member_category_history c ON c.member_id = s.member_id AND c.valid_from <= '2025-12-01'"
        " AND coalesce(c.valid_to, '9999') > '2025-12-01' WHERE s.kind = 'formal' AND s.started_on <= '2025-12-01'"
        " AND coalesce(s.ended_on, '9999') > '2025-12-01'"
        " AND (c.category = 'aged_infirm' OR m.full_member_on <= '1975-12-01')",
    )
    visits = "SELECT member_id FROM condolence_visits WHERE visited_on BETWEEN '2025-12-01' AND "
    january = due.member_id.isin(frame(engine, f"{visits} '2026-01-31'").member_id)
    february = due.member_id.isin(frame(engine, f"{visits} '2026-02-28'").member_id)
    assert len(due) > BRANCHES
    assert (~january.groupby(due.org).all()).sum() <= 0.03 * BRANCHES
    assert (february.groupby(due.org).mean() < 0.5).sum() <= 0.02 * BRANCHES


def valid_counts(engine: sa.Engine, condition: str) -> pd.DataFrame:
    """Valid activities by branch (rows) and month (columns), branches without any included."""
    rows = frame(
        engine,
        "SELECT org_id, period_month, recorded_at FROM activities WHERE status = 'held' AND started_at IS NOT NULL"
        f" AND ({condition})",
    )
    rows = rows[rows.recorded_at < rows.period_month.map({m: str(cutoff(m)) for m in set(rows.period_month)})]
    own = frame(
        engine,
        "SELECT org_id FROM organizations WHERE org_type IN ('branch', 'joint_branch', 'temporary_branch')",
    )
    months = [add_months("2025-09", n) for n in range(14)]
    return rows.groupby(["org_id", "period_month"]).size().unstack(fill_value=0).reindex(
        index=own.org_id, columns=months, fill_value=0
    )  # fmt: skip


@pytest.mark.parametrize(
    "condition",
    [
        "activity_type IN ('party_lecture', 'fixed_study_day', 'theory_study', 'training', 'visit_base')",
        "is_deliberation = 1 OR activity_type = 'deliberation'",
    ],
)
def test_few_branches_study_or_deliberate_less_than_half_of_the_average(
    engine: sa.Engine, condition: str
) -> None:
    quarter = valid_counts(engine, condition).T.rolling(3).sum().T[LAST_YEAR]
    yellow = (quarter < 0.5 * quarter.mean()).mean()
    assert yellow.max() < 0.06
    assert yellow.mean() < 0.025


def test_the_fixed_study_day_is_missed_now_and_then(engine: sa.Engine) -> None:
    missed = (valid_counts(engine, "activity_type = 'fixed_study_day'")[LAST_YEAR] == 0).to_numpy().mean()
    assert 0.002 < missed < 0.05


def test_active_members_reach_their_class_hours_mostly_by_study_days(engine: sa.Engine) -> None:
    hours = frame(
        engine,
        "SELECT t.member_id, sum(a.class_hours) h FROM attendances t JOIN activities a USING (activity_id)"
        " JOIN members m ON m.member_id = t.member_id WHERE t.status = 'present' AND t.sign_method <> 'manual'"
        " AND a.started_at LIKE '2025%' AND m.category = 'normal_active' AND m.left_on IS NULL GROUP BY 1",
    )["h"]
    assert (hours < 16).mean() < 0.06
    assert 28 <= hours.median() <= 48


def test_stars_are_mostly_three_to_five_and_fall_seldom(engine: sa.Engine) -> None:
    stars = frame(engine, "SELECT * FROM org_ratings WHERE rating_kind = 'star'").pivot(
        index="org_id", columns="rating_year", values="rating_value"
    )
    assert list(stars.columns) == [2022 + n for n in range(4)]
    assert (stars <= 2).to_numpy().mean() < 0.03
    assert (stars.diff(axis=1) < 0).to_numpy().mean() < 0.03
    listed = "SELECT count(*) FROM org_ratings WHERE rating_kind = 'weak_lax' AND rating_value"
    assert number(engine, f"{listed} = 2") > number(engine, f"{listed} = 1")


def test_exactly_the_published_organisations_were_reminded_in_the_last_calendar_year(
    engine: sa.Engine,
) -> None:
    found = frame(
        engine, "SELECT org_id, raised_at, pushed_at FROM warnings WHERE indicator_id LIKE 'jn_w0%'"
    )
    assert found.org_id.nunique() == len(found) == 11
    assert set(found.pushed_at.str[:4]) == {"2025"}


def test_reports_are_pushed_after_publication_and_opened_after_the_push(engine: sa.Engine) -> None:
    reports = frame(engine, "SELECT * FROM diagnosis_reports")
    published = frame(engine, "SELECT period_month, published_at FROM month_closings").set_index(
        "period_month"
    )
    pushed = reports.dropna(subset="pushed_at")
    assert (pushed.pushed_at >= pushed.period_month.map(published.published_at)).all()
    opened = pushed.dropna(subset="opened_at")
    assert (opened.opened_at > opened.pushed_at).all()
    assert 0.75 < len(opened) / len(reports) < 0.97
    kinds = reports.groupby("report_kind")
    assert kinds.period_month.nunique().to_dict() == {"branch_diagnosis": 24, "member_index": 2}


def test_every_organisation_has_one_main_account_and_most_log_in_twice_a_week(engine: sa.Engine) -> None:
    mains = frame(
        engine, "SELECT org_id FROM admin_accounts WHERE account_kind = 'main' AND is_enabled = 1"
    ).org_id
    assert mains.is_unique
    days = frame(
        engine,
        "SELECT count(DISTINCT substr(logged_in_at, 1, 10)) d FROM account_logins"
        " WHERE logged_in_at >= '2025-11-03' AND logged_in_at < '2026-11-16'"
        " GROUP BY account_id, strftime('%Y-%W', logged_in_at)",
    )
    weeks = 54
    assert 0.95 < (days.d >= 2).sum() / (len(mains) * weeks) < 1


def test_a_venue_is_inspected_within_twelve_months_and_put_right_in_time(engine: sa.Engine) -> None:
    last = frame(
        engine,
        "SELECT v.venue_id, max(i.inspected_on) day FROM venues v LEFT JOIN venue_inspections i USING (venue_id)"
        " GROUP BY 1",
    )
    assert (last.day.fillna("") < "2025-11-18").mean() < 0.04
    late = "rectify_due_on < '2026-11-18' AND coalesce(rectified_on, '9999') > rectify_due_on"
    poor = number(engine, "SELECT count(*) FROM venue_inspections WHERE rectify_due_on IS NOT NULL")
    assert poor > 0
    assert number(engine, f"SELECT count(*) FROM venue_inspections WHERE {late}") <= max(2, 0.2 * poor)


def test_problem_lists_name_what_was_lit_at_the_close_of_their_quarter(engine: sa.Engine) -> None:
    listed = frame(
        engine, "SELECT org_id, quarter, indicator_id FROM problem_items WHERE indicator_id IS NOT NULL"
    )
    lit = set(frame(engine, "SELECT org_id, indicator_id FROM warnings").itertuples(index=False, name=None))
    assert len(listed) > 0
    assert all(
        (org, indicator) in lit for org, indicator in zip(listed.org_id, listed.indicator_id, strict=True)
    )
    assert listed.quarter.nunique() == 8
