"""The tile of the town in focus: its figures, its place, and what visitors may see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.queries.map_focus import load
from data.readmodel.reader import Reader
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, node, reader_of, town


def month(town_id: int, period: str, points: float | None, scored: float) -> dict[str, Any]:
    return {"town_id": town_id, "period_month": period, "index_points": points, "scored_members": scored}


def ranked(scores: dict[int, float], period: str = "2026-10") -> list[dict[str, Any]]:
    return [month(town_id, period, score * 10, 10) for town_id, score in scores.items()]


def place_of(reader: Reader, town_id: int, mode: Mode = "wall_internal") -> int | None:
    standing = load(reader, Scope(mode, town_id)).standing
    return standing.place if standing else None


TOWNS = [town(k, f"{k}号镇") for k in range(1, 13)]


def test_ties_share_a_place_and_the_next_one_is_skipped() -> None:
    rows = ranked({1: 90, 2: 88.004, 3: 88.001, 4: 70})
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        assert [place_of(reader, k) for k in (1, 2, 3, 4)] == [1, 2, 2, 4]


def test_the_index_is_pooled_points_per_scored_member_with_its_change() -> None:
    rows = [month(1, "2026-10", 500, 8), month(1, "2026-09", 600, 10), month(1, "2026-11", 9, 9)]
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        standing = load(reader, Scope("wall_internal", 1)).standing
    assert standing is not None
    assert (standing.month, standing.score, standing.change) == ("2026-10", 62.5, 2.5)


def test_points_of_two_years_are_not_compared() -> None:
    rows = [month(1, "2026-01", 5, 1), month(1, "2025-12", 90, 1)]
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        january = replace(reader, version=replace(reader.version, open_month="2026-02"))
        standing = load(january, Scope("wall_internal", 1)).standing
    assert standing is not None
    assert (standing.month, standing.score, standing.change) == ("2026-01", 5, None)


@pytest.mark.parametrize("row", [month(1, "2026-10", None, 5), month(1, "2026-10", 0, 0)])
def test_a_town_without_points_or_scored_members_is_not_ranked(row: dict[str, Any]) -> None:
    with reader_of(towns=TOWNS, town_months=[row]) as reader:
        assert load(reader, Scope("wall_internal", 1)).standing is None


def test_visitors_see_a_place_in_the_upper_half_only() -> None:
    rows = ranked({k: 100 - k for k in range(1, 13)})
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        assert place_of(reader, 6, "wall_reception") == 6
        assert place_of(reader, 7, "wall_reception") is None
        assert place_of(reader, 11, "wall_internal") == 11


def test_visitors_get_no_lights() -> None:
    row = {"town_id": 1, "period_month": "2026-11", "members": 30, "red_branches": 2, "yellow_branches": 5}
    with reader_of(towns=TOWNS, town_months=[row]) as reader:
        shown, hidden = (load(reader, Scope(mode, 1)) for mode in ("wall_internal", "wall_reception"))
    assert (shown.red, shown.yellow, shown.members) == (2, 5, 30)
    assert (hidden.red, hidden.yellow, hidden.members) == (None, None, 30)


def test_organisations_are_those_in_being_and_of_a_grassroots_kind() -> None:
    nodes = [
        node(11, town_id=1),
        node(12, town_id=1, org_type="general_branch"),
        node(13, town_id=1, org_type="party_group"),
        node(14, town_id=1, dissolved_on=date(2026, 11, 21)),
        node(15, town_id=1, dissolved_on=date(2026, 12, 31)),
        node(16, town_id=2),
    ]
    with reader_of(towns=TOWNS, nodes=nodes) as reader:
        assert load(reader, Scope("wall_internal", 1)).organisations == 3
        assert load(reader, Scope("wall_internal")).organisations == 4


def test_without_a_focus_the_figures_are_those_of_the_district() -> None:
    row = {"org_id": ROOT, "period_month": "2026-11", "members": 47411, "activities": 0}
    with reader_of(towns=TOWNS, org_months=[row]) as reader:
        view = load(reader, Scope("wall_reception", 99))
    assert (view.town, view.members, view.activities, view.standing) == (None, 47411, 0, None)


def test_a_missing_row_is_no_data_and_not_zero() -> None:
    with reader_of(towns=TOWNS) as reader:
        assert load(reader, Scope("wall_reception", 1)).members is None
