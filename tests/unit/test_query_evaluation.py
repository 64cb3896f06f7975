"""考核排名: committees, branches, upkeep and the score of the quarter from hand-written rows; what visitors get."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.queries import (
    committee_ranking,
    platform_operation,
    quarterly_score,
    score_breakdown,
    top_and_bottom,
)
from data.queries.figures_of_month import Amount
from data.queries.top_and_bottom import TopAndBottom
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, node, reader_of, town

Row = dict[str, Any]
# The open month of these read models is November: the last closed quarter ends in September.
NOW, BEFORE, CLOSED = "2026-09", "2026-06", "2026-10"


def committee(org_id: int, **columns: Any) -> Row:
    return node(org_id, **{"org_type": "party_committee", "town_id": 1, **columns})


def points(org_id: int, branch: float, member: float, month: str = NOW) -> Row:
    return {
        "org_id": org_id,
        "period_month": month,
        "wj_b_total_value_sum": 5 * branch,
        "wj_b_total_value_count": 5,
        "wj_member_score_sum": 10 * member,
        "wj_member_scored": 10,
        "members": 100,
    }


def checked(org_id: int, score: float, index: float, month: str = NOW) -> Row:
    return {
        "org_id": org_id,
        "period_month": month,
        "score_sum": 5 * score,
        "score_count": 5,
        "index_points": 20 * index,
        "scored_members": 20,
        "members": 100,
    }


def ranking(nodes: list[Row], rows: list[Row], mode: Mode = "wall_internal") -> Any:
    with reader_of(nodes=nodes, org_months=rows) as reader:
        return committee_ranking.load(reader, Scope(mode))


def test_ten_towns_three_units_and_the_one_that_climbed_most() -> None:
    towns, units = range(2, 14), range(20, 24)
    nodes = [committee(n) for n in towns] + [committee(n, town_id=None) for n in units]
    rows = [points(n, 500 - n, 150) for n in (*towns, *units)]
    rows += [points(n, 500 - (n if n != 4 else 30), 150, BEFORE) for n in towns]
    found = ranking(nodes, [*rows, points(ROOT, 480, 140)])
    assert (found.basis, found.ranked, found.quarter, found.quarter_before) == (
        "points",
        12,
        "2026Q3",
        "2026Q2",
    )
    assert [row.org_id for row in found.towns] == list(range(2, 12))
    assert [row.org_id for row in found.units] == [20, 21, 22]
    assert (found.climber.org_id, found.climber.climbed) == (4, 9)
    assert found.average == Amount("value", 620)


def test_without_points_committees_are_ranked_by_the_mean_of_their_check_ups() -> None:
    rows = [checked(2, 80, 70), checked(3, 90, 60), checked(2, 95, 70, BEFORE), checked(ROOT, 85, 65)]
    found = ranking([committee(2), committee(3), node(4)], [*rows, checked(4, 99, 99)])
    assert [(row.org_id, row.place, row.total, row.member_mean) for row in found.towns] == [
        (3, 1, 90.0, 60.0),
        (2, 2, 80.0, 70.0),
    ]
    assert [row.change for row in found.towns] == [None, -15.0]
    assert (found.basis, found.average) == ("check_up", Amount("value", 85))


@pytest.mark.parametrize("row", [points, checked])
def test_visitors_get_no_committee_of_the_lower_half(row: Any) -> None:
    nodes, orgs = [committee(n) for n in range(2, 15)], range(2, 15)
    rows = [row(n, 90 - n, 50) for n in orgs] + [row(n, 10 + (n - 6) % 13, 50, BEFORE) for n in orgs]
    found = ranking(nodes, rows, "wall_reception")
    assert (found.ranked, found.is_top_only) == (6, True)
    # 6 and 7 come from the lower half: that is not told either.
    assert [r.place_before for r in found.towns] == [4, 3, 2, 1, None, None]


def branch_rows(
    org_id: int, total: float, before: float | None = None, **scores: float
) -> dict[str, list[Row]]:
    results = [{"org_id": org_id, "period_month": NOW, "wj_b_total_value": total, **scores}]
    if before is not None:
        results.append({"org_id": org_id, "period_month": BEFORE, "wj_b_total_value": before})
    months = [{"org_id": org_id, "period_month": NOW, "members": 10, "present": 5, "required": 10}]
    return {"nodes": [node(org_id, town_id=1)], "branch_results": results, "branch_months": months}


def ends(*branches: dict[str, list[Row]], mode: Mode = "wall_internal") -> TopAndBottom:
    tables = {
        name: [row for branch in branches for row in branch[name]]
        for name in ("nodes", "branch_results", "branch_months")
    }
    with reader_of(**tables, towns=[town(1, "高桥镇")]) as reader:
        return top_and_bottom.load(reader, Scope(mode))


def test_no_branch_is_among_the_best_and_the_weakest() -> None:
    found = ends(*(branch_rows(n, 600 - n, 590) for n in range(2, 15)))
    assert found.bottom is not None
    assert [row.org_id for row in found.top] == list(range(2, 12))
    assert [row.org_id for row in found.bottom] == [14, 13, 12]
    assert (found.top[0].town, found.top[0].change, found.ranked) == ("高桥镇", 8.0, 13)


def test_branches_of_staff_carry_their_scores_and_those_of_visitors_none() -> None:
    branch = branch_rows(2, 500, None, wj_b_dues_score=60.0)
    staff, visitors = ends(branch), ends(branch, mode="wall_reception")
    assert staff.top[0].scores == {"wj_b_dues": 60.0}
    assert (visitors.top[0].scores, visitors.bottom) == ({}, None)


def test_organisations_that_are_not_public_are_not_named_to_visitors() -> None:
    hidden, shown = branch_rows(2, 500), branch_rows(3, 400)
    hidden["nodes"][0]["is_public"] = False
    assert [row.org_id for row in ends(hidden, shown, mode="wall_reception").top] == [3]
    assert [row.org_id for row in ends(hidden, shown).top] == [2, 3]
    nodes = [committee(2, is_public=False), committee(3), committee(4), committee(5)]
    rows = [points(n, 700 - 100 * n, 150) for n in (2, 3, 4, 5)]
    assert [row.org_id for row in ranking(nodes, rows, "wall_reception").towns] == [3]


def test_new_temporary_and_dissolved_branches_are_not_ranked() -> None:
    kept, new, gone, short = (branch_rows(n, 500) for n in (2, 3, 4, 5))
    new["nodes"][0]["established_on"] = date(2026, 7, 2)
    kept["nodes"][0]["established_on"] = date(2026, 7, 1)
    gone["nodes"][0]["dissolved_on"] = date(2026, 9, 30)
    short["nodes"][0]["org_type"] = "temporary_branch"
    assert [row.org_id for row in ends(kept, new, gone, short).top] == [2]


def test_without_points_branches_are_ranked_by_their_check_up() -> None:
    branch = branch_rows(2, 0)
    branch["branch_results"] = [{"org_id": 2, "period_month": NOW, "score": 91.5}]
    found = ends(branch)
    assert (found.of_600, found.top[0].score, found.top[0].change) == (False, 91.5, None)


def test_a_share_of_the_district_is_the_mean_score_and_unknown_without_one() -> None:
    row = {
        "org_id": ROOT,
        "period_month": NOW,
        "wj_b_dues_red": 0,
        "wj_b_dues_score_sum": 180,
        "wj_b_dues_score_count": 2,
        "wj_b_floating_red": 0,
        "wj_b_floating_score_sum": 0,
        "wj_b_floating_score_count": 0,
    }
    with reader_of(org_months=[row]) as reader:
        found = score_breakdown.load(reader, Scope("wall_reception"))
    assert (found.quarter, found.rate("wj_b_dues"), found.rate("wj_b_floating")) == ("2026Q3", 0.9, None)
    assert found.at("wj_b_lecture") is None


def upkeep(mode: Mode = "wall_internal") -> platform_operation.PlatformOperation:
    keys = {
        ("logins", "", "2026-11-15|accounts"): 200,
        ("logins", "", "2026-11-15|compliant"): 150,
        ("logins", "", "2026-11-08|accounts"): 0,
        ("reports", CLOSED, "branch_diagnosis|generated"): 50,
        ("reports", CLOSED, "branch_diagnosis|pushed"): 40,
        ("reports", CLOSED, "branch_diagnosis|opened"): 30,
    }
    rows = [
        {"tally": tally, "period_month": month, "town_id": 0, "key": key, "value": value}
        for (tally, month, key), value in keys.items()
    ]
    late = [{"org_id": ROOT, "period_month": CLOSED, "backfilled": 12}]
    with reader_of(tallies=rows, org_months=late) as reader:
        return platform_operation.load(reader, Scope(mode))


def test_upkeep_is_shares_of_accounts_and_of_pushed_reports() -> None:
    found = upkeep()
    assert found.weeks == (
        (date(2026, 11, 8), Amount("na")),
        (date(2026, 11, 15), Amount("value", 0.75)),
    )
    assert (found.late, found.late_before) == (Amount("value", 12), Amount("nodata"))
    (report,) = found.reports
    assert (report.pushed, report.opened_share) == (Amount("value", 40), Amount("value", 0.75))


def test_visitors_get_nothing_of_accounts_and_reports() -> None:
    found = upkeep("wall_reception")
    assert (found.weeks, found.reports, found.late) == ((), (), Amount("nodata"))


def quarter(mode: Mode = "wall_internal", **nodes: float) -> quarterly_score.QuarterlyScore:
    mean = {"hj_quarter_score_value_sum": 160, "hj_quarter_score_value_count": 2}
    low = {"hj_quarter_score_value_sum": 120, "hj_quarter_score_value_count": 2}
    with reader_of(
        towns=[town(1, "高桥镇"), town(2, "古林镇"), town(3, "龙观乡")],
        org_months=[
            {"org_id": ROOT, "period_month": NOW, **mean},
            {"org_id": ROOT, "period_month": BEFORE, **low},
            {"org_id": ROOT, "period_month": "2026-11", **nodes},
        ],
        town_months=[
            {"town_id": 1, "period_month": NOW, **low},
            {"town_id": 2, "period_month": NOW, **mean},
            {"town_id": 3, "period_month": NOW},
        ],
    ) as reader:
        return quarterly_score.load(reader, Scope(mode))


def test_towns_stand_by_their_mean_score_and_one_without_branches_not_at_all() -> None:
    found = quarter()
    assert [(unit.name, unit.score) for unit in found.units] == [("古林镇", 80.0), ("高桥镇", 60.0)]
    assert (found.whole, found.whole_before) == (Amount("value", 80), Amount("value", 60))
    assert quarter("wall_reception").units == ()


def test_nodes_of_the_running_quarter_have_days_and_points() -> None:
    found = quarter(hj_n01_assembly_value_sum=45, hj_n01_assembly_value_count=4, hj_n02_committee_value_sum=9)
    first, second = found.nodes
    # Today is the 21st of November: day 60 of the quarter is ahead, two of three tenths of a month are over.
    assert (first.points, first.due, first.passed, first.times) == (
        Amount("value", 11.25),
        date(2026, 11, 29),
        0,
        1,
    )
    assert (second.points, second.due, second.passed, second.times) == (
        Amount("nodata"),
        date(2026, 12, 10),
        2,
        3,
    )


def test_a_district_without_the_set_has_no_nodes() -> None:
    assert quarter().nodes == ()
