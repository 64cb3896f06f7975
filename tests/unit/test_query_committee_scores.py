"""Quarterly bulletin of 武进: siblings ranked by the sum of their branch and member means."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from data.queries.committee_scores import Bulletin, CommitteeScore, load
from data.queries.figures_of_month import Amount
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, node, reader_of

Row = dict[str, Any]
# The open month of these read models is November: the last closed quarter ends in September.
NOW, BEFORE = "2026-09", "2026-06"


def committee(org_id: int, **columns: Any) -> Row:
    return node(org_id, **{"org_type": "party_committee", "town_id": 1, **columns})


FIVE = {"wj_b_total_value_count": 5}


def means(org_id: int, branch: float, member: float, month: str = NOW, **columns: Any) -> Row:
    """Four scored branches and ten scored members with these means."""
    return {
        "org_id": org_id,
        "period_month": month,
        "wj_b_total_value_sum": 4 * branch,
        "wj_b_total_value_count": 4,
        "wj_member_score_sum": 10 * member,
        "wj_member_scored": 10,
        "members": 100,
        "present": 50,
        "required": 100,
        **columns,
    }


def view(nodes: list[Row], rows: list[Row], mode: Mode = "wall_internal", **given: Any) -> Bulletin:
    tables = {
        name: given.pop(name) for name in ("branch_months", "branch_results", "months") if name in given
    }
    with reader_of(nodes=nodes, org_months=rows, **tables) as reader:
        return load(reader, Scope(mode), **given)


def places(rows: tuple[CommitteeScore, ...]) -> list[tuple[int, int]]:
    return [(row.org_id, row.place) for row in rows]


def test_a_committee_scores_the_mean_of_its_branches_plus_the_mean_of_its_members() -> None:
    found = view([committee(2)], [means(2, 480.5, 160.25)])
    assert found.quarter == "2026Q3"
    (row,) = found.rows
    assert (row.branches, row.branch_mean, row.member_mean, row.total) == (4, 480.5, 160.25, 640.75)


def test_a_configured_weight_replaces_the_sum_on_the_same_scale_of_800() -> None:
    rows = view([committee(2)], [means(2, 300, 150)], branch_weight=0.5).rows
    assert [row.total for row in rows] == [800 * (0.5 * 0.5 + 0.5 * 0.75)]


def test_sums_equal_on_two_decimals_share_a_place_ordered_by_attendance() -> None:
    nodes = [committee(n) for n in (2, 3, 4, 5)]
    rows = [
        means(2, 400, 100),
        means(3, 450, 100.001),
        means(4, 450.004, 100, present=90),
        means(5, 300, 100),
    ]
    assert places(view(nodes, rows).rows) == [(4, 1), (3, 1), (2, 3), (5, 4)]


def test_directly_subordinate_units_are_ranked_among_themselves_after_the_towns() -> None:
    nodes = [committee(2), committee(3, town_id=None), committee(4, town_id=None)]
    found = view(nodes, [means(2, 300, 100), means(3, 400, 100), means(4, 500, 100)])
    assert [(row.org_id, row.is_unit, row.place) for row in found.rows] == [
        (2, False, 1),
        (4, True, 1),
        (3, True, 2),
    ]


def test_the_change_is_against_the_quarter_before_and_a_newcomer_has_none() -> None:
    nodes = [committee(2), committee(3), committee(4)]
    rows = [means(2, 400, 100), means(3, 450, 100), means(4, 350, 100)]
    before = [means(2, 410, 100, BEFORE), means(3, 380, 100, BEFORE)]
    found = view(nodes, [*rows, *before]).rows
    assert [(row.org_id, row.climbed, row.change) for row in found] == [
        (3, 1, 70),
        (2, -1, -10),
        (4, None, None),
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"wj_b_total_value_count": 0, "wj_b_total_value_sum": 0},
        {"wj_b_total_value_sum": None, "wj_b_total_value_count": None},
        {"wj_member_scored": 0, "wj_member_score_sum": 0},
        {"wj_member_score_sum": None},
    ],
)
def test_without_one_of_the_means_a_committee_is_not_last_but_absent(columns: Row) -> None:
    rows = [means(2, 400, 100), {**means(3, 300, 100), **columns}]
    assert places(view([committee(2), committee(3)], rows).rows) == [(2, 1)]


@pytest.mark.parametrize(
    ("columns", "is_ranked"),
    [
        ({"established_on": date(2026, 7, 1)}, True),
        ({"established_on": date(2026, 7, 2)}, False),
        ({"dissolved_on": date(2026, 9, 30)}, False),
        ({"dissolved_on": date(2026, 10, 1)}, True),
    ],
)
def test_ranked_from_the_first_full_quarter_until_dissolved(columns: Row, is_ranked: bool) -> None:
    assert bool(view([committee(2, **columns)], [means(2, 400, 100)]).rows) is is_ranked


def test_a_village_ranks_its_branches_and_a_town_what_stands_directly_below_it() -> None:
    nodes = [
        committee(2),
        committee(3, parent_org_id=2, org_type="general_branch"),
        node(4, parent_org_id=2),
        node(5, parent_org_id=2, org_type="temporary_branch"),
        node(6, parent_org_id=3),
    ]
    branches = [
        {
            "org_id": n,
            "period_month": NOW,
            "members": 9,
            "present": 5,
            "required": 9,
            "wj_member_score_sum": 300,
            "wj_member_scored": 2,
        }
        for n in (4, 5, 6)
    ]
    scores = [{"org_id": n, "period_month": NOW, "wj_b_total_value": 400 + n} for n in (4, 5, 6)]
    below: Any = {"branch_months": branches, "branch_results": scores}
    rows = [means(2, 400, 100), means(3, 500, 100)]
    town = view(nodes, rows, under=2, **below).rows
    assert [(row.org_id, row.place, row.total, row.branches) for row in town] == [
        (3, 1, 600, 4),
        (4, 2, 554, 1),
    ]
    assert [(row.org_id, row.total) for row in view(nodes, rows, under=3, **below).rows] == [(6, 556)]
    assert places(view(nodes, rows, **below).rows) == [(2, 1)]


def test_visitors_get_the_upper_half_and_no_former_place_below() -> None:
    nodes = [committee(n) for n in range(2, 15)]
    rows = [means(n, 600 - n, 100, **FIVE) for n in range(2, 15)]
    before = [means(n, 500 - (n if n != 2 else 99), 100, BEFORE, **FIVE) for n in range(2, 15)]
    assert len(view(nodes, rows).rows) == 13
    found = view(nodes, [*rows, *before], "wall_reception")
    assert found.is_top_only
    assert [row.place for row in found.rows] == list(range(1, 7))
    assert [row.place_before for row in found.rows[:2]] == [None, 1]
    rows[0] = means(2, 598, 100, wj_b_total_value_count=4)
    best = view(nodes, rows, "wall_reception").rows[0]
    assert (best.org_id, best.place) == (3, 1), "a mean of four branches is not told"


def test_the_trend_holds_the_district_at_the_end_of_each_quarter() -> None:
    rows = [
        means(ROOT, 480, 150),
        means(ROOT, 470, 0, BEFORE, wj_member_scored=0),
        means(ROOT, 1, 1, "2026-08"),
    ]
    published = datetime(2026, 10, 5, 9)
    months = [{"period_month": NOW, "status": "published", "published_at": published, "version_no": 1}]
    trend = view([], rows, months=months).trend
    assert [(mean.quarter, mean.branch_mean, mean.member_mean) for mean in trend] == [
        ("2026Q2", Amount("value", 470), Amount("na")),
        ("2026Q3", Amount("value", 480), Amount("value", 150)),
    ]
    assert [mean.published_at for mean in trend] == [None, published]
