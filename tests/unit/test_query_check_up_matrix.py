"""The check-up matrix: values pooled where they can be, lights counted, worst branches of gaps, a year of scores."""

from __future__ import annotations

from typing import Any

from data.queries.check_up_matrix import CheckUp, load
from data.queries.figures_of_month import Amount
from data.scope import Scope
from tests.readmodel_rows import ROOT, node, reader_of

SCOPE = Scope("wall_internal")
DUES, STUDY, GAP = "hs_b_dues_collection", "hs_b_theory_study", "hs_b_life_gap"


def parts(indicator: str, **values: float | None) -> dict[str, Any]:
    return {f"{indicator}_{part}": value for part, value in values.items()}


def month(name: str, **columns: Any) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": name, **columns}


def view_of(*months: dict[str, Any], **tables: Any) -> CheckUp:
    with reader_of(org_months=list(months), **tables) as reader:
        return load(reader, SCOPE)


def test_a_ratio_is_pooled_and_not_the_mean_of_branch_ratios() -> None:
    judged = parts(DUES, red=1, yellow=2, value_sum=1.9, value_count=2, score_sum=150, score_count=2)
    (item,) = view_of(month("2026-10", **judged, dues_full=30, dues_owed=40)).indicators
    assert item.month.value == Amount("value", 0.75)
    assert item.month.score == Amount("value", 75)
    assert (item.month.red, item.month.yellow) == (1, 2)


def test_what_is_no_ratio_shows_the_mean_of_the_branches_that_have_a_value_and_their_sum() -> None:
    (item,) = view_of(
        month("2026-10", **parts(STUDY, red=0, yellow=1, value_sum=12, value_count=8))
    ).indicators
    assert item.month.value == Amount("value", 1.5)
    assert item.month.total == Amount("value", 12)
    assert item.worst is None


def test_indicators_stand_by_red_then_by_yellow_branches() -> None:
    row = {
        **parts(STUDY, red=2, yellow=1, value_count=4),
        **parts(DUES, red=2, yellow=7, value_count=4),
        **parts(GAP, red=5, yellow=0, value_count=4),
    }
    assert [item.indicator for item in view_of(month("2026-10", **row)).indicators] == [GAP, DUES, STUDY]


def test_an_indicator_that_is_not_enabled_is_absent_and_one_without_values_is_na_and_never_zero() -> None:
    row = parts(STUDY, red=0, yellow=0, score_sum=None, score_count=0, value_sum=None, value_count=0)
    (item,) = view_of(month("2026-10", **row)).indicators
    assert item.indicator == STUDY
    assert item.month.score.value is None
    assert item.month.value.value is None


def test_scores_are_those_of_twelve_closed_months_with_gaps() -> None:
    def scored(name: str, total: float) -> dict[str, Any]:
        return month(name, **parts(STUDY, red=0, yellow=0, score_sum=total, score_count=2, value_count=2))

    view = view_of(
        scored("2025-10", 20), scored("2025-11", 120), scored("2026-10", 180), scored("2026-11", 2)
    )
    assert (view.months[0], view.months[-1], len(view.months)) == ("2025-11", "2026-10", 12)
    assert view.indicators[0].scores == (60, *[None] * 10, 90)


def test_of_a_gap_the_worst_branch_of_the_closed_month_is_told() -> None:
    results = [
        {"org_id": 11, "period_month": "2026-10", f"{GAP}_value": 3},
        {"org_id": 12, "period_month": "2026-10", f"{GAP}_value": 1},
        {"org_id": 12, "period_month": "2026-11", f"{GAP}_value": 9},
    ]
    row = month("2026-10", **parts(GAP, red=1, yellow=1, value_sum=4, value_count=2))
    (item,) = view_of(row, branch_results=results, nodes=[node(11), node(12)]).indicators
    assert item.worst == Amount("value", 3)


def test_of_days_left_the_fewest_are_the_worst() -> None:
    results = [
        {"org_id": k, "period_month": "2026-10", "hs_b_term_value": days}
        for k, days in ((11, 700), (12, -30))
    ]
    row = month("2026-10", **parts("hs_b_term", red=1, yellow=0, value_sum=670, value_count=2))
    (item,) = view_of(row, branch_results=results, nodes=[node(11), node(12)]).indicators
    assert item.worst == Amount("value", -30)


def test_without_a_closed_month_nothing_was_checked() -> None:
    assert view_of(month("2026-11", **parts(STUDY, red=3, yellow=0, value_count=4))).indicators == ()
