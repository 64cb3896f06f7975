"""The page of a committee: sums, places and axes against the rows themselves, nothing above the viewer's scope."""

from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Part, Table, Text
from data.clock import add_months
from data.queries.leadership import ranking
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, seen_by, sums
from tests.naive.projected import read_table


def committee() -> int:
    """The widest organisation below the district that stands above branches."""
    return max((org for org in areas() if org != 1), key=lambda org: len(inside(org)))


def month() -> str:
    return known()[0].months[-2]


def branches(root: int, of: str) -> pd.DataFrame:
    """Active branches of a subtree with score, light and axes."""
    with known()[2].connect() as connection:
        counted = pd.read_sql(sa.select(schema.branch_months), connection)
        judged = pd.read_sql(sa.select(schema.branch_results), connection)
    counted = counted[(counted.period_month == of) & (counted.active == 1)][["org_id", "members", "eligible"]]
    found = judged[judged.period_month == of].merge(counted, on="org_id")
    return found[found.org_id.isin(inside(root))].set_index("org_id")


def of_district(org: int | None = None, **address: object) -> dict[str, Part]:
    with seen_by("district_leader", 1) as reader:
        return built(reader, "committee", org or committee(), **address)


def rows_of(part: Part) -> list[dict[str, object]]:
    assert isinstance(part, Table)
    return [dict(row) for row in part.rows]


def test_key_figures_are_the_sums_of_the_branches_below() -> None:
    part = of_district()["figures"]
    assert isinstance(part, Numbers)
    found = {number.label: number for number in part.numbers}
    members, full, owed = sums(committee(), month(), "members", "dues_full", "dues_owed")
    below = branches(committee(), month())
    assert found["党员"].value == members
    assert found["党费收缴率"].value == pytest.approx(full / owed)
    assert found["诊疗分"].value == pytest.approx(below.score[below.eligible > 0].mean())
    # Of the tree as it stood then: branches have moved since.
    then = read_table(known()[2], "org_months")[committee(), add_months(month(), -1)]
    assert found["党员"].change == members - then["members"]


def test_every_branch_has_the_place_of_its_score_and_the_places_it_has_won() -> None:
    rows = rows_of(of_district(listed="branches")["ranking"])
    now, then = branches(committee(), month()), branches(committee(), add_months(month(), -1))
    assert {row["org_id"] for row in rows} == set(now.index)
    places = now.score.round(1).rank(method="min", ascending=False)
    past = then.score.round(1).rank(method="min", ascending=False)
    moved = 0
    for row in rows:
        org = int(str(row["org_id"]))
        assert row["rank"] == (None if pd.isna(places[org]) else places[org])
        if row["climbed"] is not None:
            assert row["climbed"] == past[org] - places[org]
            moved += 1
        axis = now[RADAR_AXES[1]][org]
        assert row[RADAR_AXES[1]] == (None if pd.isna(axis) else axis)
        assert row["light"] == now.light[org]
    assert moved
    ranks = [row["rank"] for row in rows if row["rank"] is not None]
    assert ranks == sorted(ranks)  # type: ignore[type-var]
    assert all(row["rank"] is None for row in rows[len(ranks) :])


def test_a_committee_below_counts_its_red_branches_where_a_branch_counts_itself() -> None:
    children = {org for org, node in nodes().items() if node["parent_org_id"] == 1}
    rows = {row["org_id"]: row for row in rows_of(of_district(1)["ranking"])}
    assert rows.keys() <= children
    assert committee() in rows
    for org, row in rows.items():
        below = branches(int(str(org)), month())
        counted = below[below.eligible > 0] if len(inside(int(str(org)))) > 1 else below
        assert row["red"] == (counted.light == Light.RED).sum(), org


def test_an_axis_few_branches_have_a_score_on_is_a_gap() -> None:
    axis = RADAR_AXES[0]
    row = {f"{axis}_sum": 80.0, f"{axis}_count": 1.0, "eligible": 3.0}
    assert ranking.axis_mean(row, axis) is None
    assert ranking.axis_mean({**row, "eligible": 2.0}, axis) == 80.0
    assert ranking.axis_mean(None, axis) is None


def test_an_administrator_sees_no_place_among_committees_nobody_showed_it() -> None:
    with seen_by("committee_admin", committee()) as reader:
        parts = built(reader, "committee")
    assert "同级" in of_district()["figures"].note
    assert "同级" not in parts["figures"].note
    assert {row["org_id"] for row in rows_of(parts["ranking"])} <= inside(committee())


def test_a_month_before_the_first_says_why() -> None:
    parts = of_district(month="2019-01")
    said = parts["said"]
    assert isinstance(said, Text)
    assert "尚未成立" in said.lines[0].text
    assert "ranking" not in parts


def test_feeds_that_are_missing_are_words_and_no_zeros() -> None:
    names = ("activities", "present", "score_sum", "score_count", "red_branches", "yellow_branches")
    axes = [f"{axis}_{part}" for axis in RADAR_AXES for part in ("sum", "count")]
    gone = sa.update(schema.org_months).values(dict.fromkeys((*names, *axes)))
    kinds = sa.update(schema.org_months).values(
        dict.fromkeys(("assemblies", "committee_meetings", "group_meetings", "lectures", "theme_days"))
    )
    with changed(a=gone, b=kinds) as store, seen_by("district_leader", 1, store) as reader:
        parts = built(reader, "committee", committee())
    for slug in ("basics", "trend", "life"):
        part = parts[slug]
        assert isinstance(part, Figure)
        assert part.figure is None, slug
    figures = parts["figures"]
    assert isinstance(figures, Numbers)
    assert {number.label: number.value for number in figures.numbers}["诊疗分"] is None
