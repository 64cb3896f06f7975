"""The life beside the meetings: rows that hold together, earn what the rules give, and seldom light a lamp."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

import data.contract.check
from data.contract import METADATA
from data.demo.figures import PublishedFigures
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.points import RULE_ID, RULES, within_cap

NOW = datetime(2026, 11, 18, 14, 30)
FIGURES = PublishedFigures(lost_members=9, lost_found=7, orgs_reminded=11, members_reminded=6)
# Dates that are plans, limits or ends to come.
AHEAD = {
    "due_on", "due_at", "rectify_due_on", "effective_until", "expires_on", "plan_start_at", "closed_at", "end_on",
    "start_on", "use_on", "snapshot_on", "opened_at", "letter_valid_until",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('life') / 'operational.db'}")
    spec = haishu_spec().scaled(towns=4, branches=80, members=1600)
    generate(built, replace(spec, figures=FIGURES), now=NOW, seed=3)
    yield built
    built.dispose()


def frame(engine: sa.Engine, statement: str) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(sa.text(statement), connection)


def number(engine: sa.Engine, statement: str) -> int:
    return int(frame(engine, statement).iloc[0, 0])


def test_every_table_keeps_the_contract_and_not_only_those_projected(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data.contract.check, "PROJECTED_TABLES", tuple(METADATA.tables))
    found = data.contract.check.check(engine).findings
    assert {finding.code for finding in found} <= {"held-without-start"}


def test_no_row_of_any_table_was_written_or_happened_in_the_future(engine: sa.Engine) -> None:
    late = []
    for table in METADATA.sorted_tables:
        if table.name == "data_volume_snapshots":
            continue
        for column in table.columns:
            timed = isinstance(column.type, (sa.Date, sa.DateTime)) and column.name not in AHEAD
            if timed and not column.name.startswith(("valid_", "ended_")):
                rows = number(engine, f"SELECT count(*) FROM {table.name} WHERE {column.name} > '{NOW}'")
                late += [(table.name, column.name, rows)] if rows else []
    assert late == []


def test_a_cap_cuts_the_entry_that_crosses_it_and_begins_anew_each_year() -> None:
    day = np.array([20000, 20010, 20005, 20400, 20001])
    member = np.array([7, 7, 7, 7, 8])
    earned = within_cap(member, day, np.full(5, 3.0), 7.0)
    assert earned.tolist() == [3.0, 1.0, 3.0, 3.0, 3.0]


def test_no_member_earns_more_than_the_cap_of_a_rule_in_a_year(engine: sa.Engine) -> None:
    sums = frame(
        engine,
        "SELECT rule_id, member_id, substr(occurred_on, 1, 4) y, sum(points) p FROM point_entries GROUP BY 1, 2, 3",
    ).groupby("rule_id")["p"].max()  # fmt: skip
    names = ("theory_study", "heart_talk", "exam", "task", "community_checkin", "suggestion")
    for name in names:
        rule = RULE_ID[f"hs_m_{name}"]
        cap = RULES[rule - 1].cap_year
        assert 0 < sums[rule] <= cap, name


@pytest.mark.parametrize(
    ("table", "key", "member", "proof"),
    [
        ("member_tasks", "task_id", "member_id", "s.result = 'done' AND s.completed_on <= s.due_on"),
        ("exam_attempts", "attempt_id", "member_id", "s.passed = 1"),
        ("service_requests", "request_id", "member_id", "s.is_adopted = 1"),
        ("member_submissions", "submission_id", "member_id", "s.accepted_at IS NOT NULL"),
        ("community_checkins", "checkin_id", "member_id", "s.checkin_kind = 'service'"),
        ("honors", "honor_id", "member_id", "s.subject_type = 'member'"),
        ("member_dispositions", "disposition_id", "member_id", "s.branch_decided_on IS NOT NULL"),
    ],
)
def test_points_have_a_row_of_the_same_member_that_earns_them(
    engine: sa.Engine, table: str, key: str, member: str, proof: str
) -> None:
    entries = (
        f"FROM point_entries p LEFT JOIN {table} s ON s.{key} = p.source_id WHERE p.source_table = '{table}'"
    )
    assert number(engine, f"SELECT count(*) {entries}") > 0
    assert (
        number(engine, f"SELECT count(*) {entries} AND NOT coalesce(s.{member} = p.member_id AND {proof}, 0)")
        == 0
    )


def test_nearly_every_member_was_talked_to_and_summed_up_the_year(engine: sa.Engine) -> None:
    here = set(
        frame(
            engine,
            "SELECT s.member_id FROM memberships s JOIN member_category_history c ON c.member_id = s.member_id"
            " WHERE s.kind = 'formal' AND s.started_on < '2025-01-01' AND s.ended_on IS NULL AND c.valid_to IS NULL"
            " AND c.category NOT IN ('abroad', 'other_exempt')",
        )["member_id"]
    )
    talks = "FROM heart_talks WHERE talked_on LIKE '2025%'"
    talked = frame(engine, f"SELECT partner_member_id m {talks} UNION SELECT initiator_member_id {talks}")
    summed = frame(
        engine,
        "SELECT member_id m FROM member_submissions WHERE submission_kind = 'annual_summary' AND period = '2025'"
        " AND submitted_at < '2026-02-01' AND accepted_at IS NOT NULL",
    )
    assert 0.97 <= len(here & set(talked.m)) / len(here) < 1
    assert 0.96 <= len(here & set(summed.m)) / len(here) < 1
    assert (
        number(engine, "SELECT count(*) FROM heart_talks WHERE initiator_member_id = partner_member_id") == 0
    )


def test_exactly_the_published_members_were_lost_found_and_reminded(engine: sa.Engine) -> None:
    cases = frame(engine, "SELECT * FROM lost_contact_cases")
    assert len(cases) == 9
    assert cases.found_on.notna().sum() == 7
    assert (cases.status == "integrated").sum() == 7
    reminded = frame(engine, "SELECT member_id, indicator_id FROM warnings WHERE subject_type = 'member'")
    assert reminded.member_id.nunique() == len(reminded) == 6
    assert set(reminded.indicator_id) <= {"hs_m_dues", "hs_m_life_gap"}
    sent = "SELECT count(*) FROM notifications WHERE notify_kind IN ('dues', 'activity') AND ref_table = 'warnings'"
    assert number(engine, sent) == 6


def test_an_unqualified_grade_is_followed_by_a_disposition_of_that_member(engine: sa.Engine) -> None:
    graded = frame(
        engine,
        "SELECT r.member_id, a.held_on FROM appraisal_results r JOIN appraisals a USING (appraisal_id)"
        " WHERE r.grade = 'unqualified'",
    )
    followed = frame(
        engine, "SELECT member_id, opened_on FROM member_dispositions WHERE basis = 'unqualified'"
    )
    both = graded.merge(followed, on="member_id")
    wait = (pd.to_datetime(both.opened_on) - pd.to_datetime(both.held_on)).dt.days
    assert len(graded) > 0
    assert len(followed) >= 0.6 * len(graded)
    assert ((wait > 0) & (wait <= 60)).any()
