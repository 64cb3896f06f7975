"""Branches founded by division and merged into others inside the window: who is counted where, and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.contract import METADATA
from data.demo.bulk import RowSink
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.points import RULES, RULES_OF_WUJIN, write_rules
from data.demo.timeline import timeline

NOW = datetime(2026, 11, 18, 14, 30)
SPEC = replace(haishu_spec().scaled(towns=4, branches=80, members=1400, months=24), reorganised=2)
BRANCHES = "org_type IN ('branch', 'joint_branch', 'temporary_branch')"
FOUNDED = f"SELECT * FROM organizations WHERE {BRANCHES} AND established_on > '2024-12-31'"
MERGED = f"SELECT * FROM organizations WHERE {BRANCHES} AND dissolved_on IS NOT NULL"
# Table → its column of the branch and that of the day of a row.
DATED = {
    "activities": ("org_id", "plan_start_at"),
    "appraisals": ("org_id", "held_on"),
    "diagnosis_reports": ("org_id", "generated_at"),
    "dues_obligations": ("branch_org_id", "created_at"),
    "memberships": ("branch_org_id", "started_on"),
    "org_ratings": ("org_id", "decided_on"),
    "org_terms": ("org_id", "elected_on"),
    "party_posts": ("org_id", "started_on"),
    "point_entries": ("org_id", "occurred_on"),
    "posts": ("org_id", "published_at"),
    "warnings": ("org_id", "raised_at"),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sa.Engine:
    path: Path = tmp_path_factory.mktemp("reorganised") / "source.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    generate(engine, SPEC, now=NOW)
    return engine


def count(database: sa.Engine, statement: str) -> int:
    with database.connect() as connection:
        return int(connection.exec_driver_sql(statement).scalar_one())


def test_two_branches_are_founded_two_merged_and_today_as_many_stand_as_specified(
    database: sa.Engine,
) -> None:
    assert count(database, f"SELECT count(*) FROM ({FOUNDED})") == 2
    assert count(database, f"SELECT count(*) FROM ({MERGED})") == 2
    standing = f"SELECT count(*) FROM organizations WHERE {BRANCHES} AND dissolved_on IS NULL"
    assert count(database, standing) == SPEC.branches
    closed = "SELECT count(*) FROM organization_parent_history WHERE valid_to IS NOT NULL"
    assert count(database, closed) == 2


def test_no_row_names_a_branch_before_it_was_founded_or_after_it_was_merged(database: sa.Engine) -> None:
    for table, (org, day) in DATED.items():
        early = f"SELECT count(*) FROM {table} t JOIN ({FOUNDED}) o ON o.org_id = t.{org}"
        late = f"SELECT count(*) FROM {table} t JOIN ({MERGED}) o ON o.org_id = t.{org}"
        assert count(database, f"{early} AND date(t.{day}) < o.established_on") == 0, table
        assert count(database, f"{late} AND date(t.{day}) >= o.dissolved_on") == 0, table
        if table not in ("warnings", "org_terms", "party_posts"):
            assert count(database, early) > 0, table
            assert count(database, late) > 0, table


def test_every_member_of_a_merged_branch_goes_on_in_another_one_without_a_day_between(
    database: sa.Engine,
) -> None:
    left = f"FROM memberships m JOIN ({MERGED}) o ON o.org_id = m.branch_org_id"
    until = "m.ended_on = o.dissolved_on AND m.end_reason = 'reorganized'"
    moved = count(database, f"SELECT count(*) {left} WHERE {until}")
    next_one = (
        "SELECT 1 FROM memberships n WHERE n.member_id = m.member_id AND n.started_on = m.ended_on"
        " AND n.start_reason = 'reorganized' AND n.branch_org_id <> m.branch_org_id"
    )
    assert moved > 4
    assert count(database, f"SELECT count(*) {left} WHERE {until} AND EXISTS ({next_one})") == moved
    assert count(database, f"SELECT count(*) {left} WHERE m.ended_on IS NULL") == 0


def test_every_member_stands_in_one_branch_today(database: sa.Engine) -> None:
    open_ones = "SELECT count(*) FROM memberships WHERE ended_on IS NULL AND kind = 'formal'"
    assert count(database, open_ones) == SPEC.members


def test_a_window_too_short_for_changes_has_none(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'short.db'}")
    generate(engine, replace(SPEC, months=3), now=NOW)
    assert count(engine, f"SELECT count(*) FROM organizations WHERE {BRANCHES}") == SPEC.branches
    assert count(engine, f"SELECT count(*) FROM ({MERGED})") == 0


class _Rows(RowSink):
    """Keeps the one table it is given."""

    def __init__(self) -> None:
        self.columns: dict[str, list[object]] = {}

    def put(self, table: str, columns: object) -> None:
        assert table in METADATA.tables
        assert isinstance(columns, dict)
        self.columns = {name: list(getattr(v, "to_pylist", lambda v=v: v)()) for name, v in columns.items()}


def test_wujin_writes_its_24_items_as_rules_of_its_own_scheme_worth_600_and_200_points_a_year() -> None:
    rows = _Rows()
    write_rules(rows, timeline(NOW, 3, 1), RULES_OF_WUJIN)
    own = [n for n, scheme in enumerate(rows.columns["scheme"]) if scheme == "wujin"]
    assert len(own) == 17 + 7
    assert rows.columns["scheme"].count("haishu") == len(RULES)
    most = {str(rows.columns["indicator_id"][n]): rows.columns["cap_year"][n] for n in own}
    assert sum(float(str(v)) for name, v in most.items() if name.startswith("wj_b_")) == 600
    assert sum(float(str(v)) for name, v in most.items() if name.startswith("wj_m_")) == 200
