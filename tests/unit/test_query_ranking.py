"""Ranking: competition rank on two decimals, ties ordered by attendance, only the top for visitors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.queries.figures_of_month import Amount
from data.queries.ranking import Ranking, load
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of, town

TOWNS = [town(k, f"{k}号镇") for k in range(1, 24)]


def month(town_id: int, score: float, period: str = "2026-10", **columns: float | None) -> dict[str, Any]:
    row = {"present": 50, "required": 100, "members": 100, **columns}
    return {
        "town_id": town_id,
        "period_month": period,
        "index_points": score * 10,
        "scored_members": 10,
        **row,
    }


def view(rows: list[dict[str, Any]], mode: Mode = "wall_internal", district: Any = None) -> Ranking:
    with reader_of(towns=TOWNS, town_months=rows, org_months=[district] if district else []) as reader:
        return load(reader, Scope(mode))


def test_scores_equal_on_two_decimals_share_a_place_and_the_next_is_skipped() -> None:
    found = view([month(1, 90), month(2, 88.001), month(3, 88.004), month(4, 70)])
    assert [row.place for row in found.rows] == [1, 2, 2, 4]
    assert [row.score for row in found.rows] == [90, 88, 88, 70]


def test_a_tie_is_ordered_by_attendance_then_members_then_code() -> None:
    rows = [
        month(1, 88, present=50),
        month(2, 88, present=90),
        month(3, 88, present=50, members=300),
        month(4, 88, present=50),
        month(5, 88, present=0, required=0),
    ]
    found = view(rows)
    assert [row.town_id for row in found.rows] == [2, 3, 1, 4, 5]
    assert {row.place for row in found.rows} == {1}


def test_movement_is_places_gained_and_a_newcomer_has_none() -> None:
    before = [month(1, 70, "2026-09"), month(2, 80, "2026-09")]
    found = view([month(1, 90), month(2, 80), month(3, 60), *before])
    assert [(row.town_id, row.climbed) for row in found.rows] == [(1, 1), (2, -1), (3, None)]
    assert [row.change for row in found.rows] == [20, 0, None]


def test_points_of_two_years_are_not_compared() -> None:
    rows = [month(1, 5, "2026-01"), month(1, 90, "2025-12")]
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        january = replace(reader, version=replace(reader.version, open_month="2026-02"))
        found = load(january, Scope("wall_internal"))
    assert found.month_before is None
    assert [(row.score, row.change, row.climbed) for row in found.rows] == [(5, None, None)]


def test_the_open_month_ranks_nobody() -> None:
    assert view([month(1, 99, "2026-11")]).rows == ()


def test_a_town_without_scored_members_is_not_last_but_absent() -> None:
    rows = [month(1, 50), {**month(2, 0), "scored_members": 0}, {**month(3, 0), "index_points": None}]
    assert [row.town_id for row in view(rows).rows] == [1]


def test_zero_points_is_a_score() -> None:
    assert [(row.town_id, row.score) for row in view([month(1, 0)]).rows] == [(1, 0)]


def test_the_average_is_pooled_over_the_district_and_not_over_towns() -> None:
    district = {"org_id": ROOT, "period_month": "2026-10", "index_points": 800, "scored_members": 10}
    assert view([month(1, 90), month(2, 50)], district=district).average == Amount("value", 80.0)
    assert view([month(1, 90)]).average == Amount("nodata")


ALL = [month(k, 100 - k) for k in range(1, 18)]


@pytest.mark.parametrize(
    ("towns", "shown"), [(1, 0), (2, 1), (3, 1), (4, 2), (8, 4), (17, 8), (20, 10), (23, 10)]
)
def test_staff_see_every_town_and_visitors_the_upper_half_and_never_more_than_ten(
    towns: int, shown: int
) -> None:
    rows = [month(k, 100 - k) for k in range(1, towns + 1)]
    assert [row.place for row in view(rows).rows] == list(range(1, towns + 1))
    found = view(rows, "wall_reception")
    assert [row.place for row in found.rows] == list(range(1, shown + 1))
    assert found.is_top_only


def test_who_shares_a_place_with_the_lower_half_is_not_named_to_visitors() -> None:
    rows = [month(1, 90), month(2, 80), month(3, 80), month(4, 70)]
    assert [row.town_id for row in view(rows, "wall_reception").rows] == [1]


def test_visitors_read_no_mean_of_one_to_four_members_and_rank_the_town_nowhere() -> None:
    few = [
        {**month(k, 100 - k), "scored_members": n, "index_points": (100 - k) * n} for k, n in ((1, 4), (2, 5))
    ]
    rows = [*few, month(3, 60), month(4, 50), month(5, 40)]
    assert [row.town_id for row in view(rows).rows] == [1, 2, 3, 4, 5]
    assert [(row.town_id, row.place) for row in view(rows, "wall_reception").rows] == [(2, 1), (3, 2)]


def test_no_row_of_a_lower_town_reaches_the_server_of_visitors() -> None:
    before = [month(k, k, "2026-09") for k in range(1, 18)]
    with reader_of(towns=TOWNS, town_months=[*ALL, *before]) as reader:
        fetched: list[Any] = []
        execute = reader.connection.execute

        def watched(statement: Any, *rest: Any) -> Any:
            result = execute(statement, *rest).freeze()
            fetched.extend(result().fetchall())
            return result()

        reader.connection.execute = watched  # type: ignore[method-assign,assignment]
        found = load(reader, Scope("wall_reception"))
    names = {value for row in fetched for value in row if isinstance(value, str)}
    assert "1号镇" in names
    assert not names & {f"{k}号镇" for k in range(9, 18)}
    assert [row.place_before for row in found.rows] == [None] * 8
