"""Distribution of the index: bands, the middle, towns, and what visitors do not read."""

from __future__ import annotations

from typing import Any

import pytest

from data.queries.figures_of_month import Amount
from data.queries.index_distribution import BANDS, SCORES, IndexDistribution, load
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of, town


def view(
    counts: tuple[float | None, ...], mode: Mode = "wall_internal", means: tuple[float, ...] = ()
) -> IndexDistribution:
    row = {"org_id": ROOT, "period_month": "2026-10", "index_points": 300, "scored_members": 10}
    before = {**row, "period_month": "2025-10", "index_points": 280}
    now: dict[str, Any] = {**row, **dict(zip(BANDS, counts, strict=False))}
    towns = [
        {"town_id": 10 + i, "period_month": "2026-10", "index_points": mean * 8, "scored_members": 8}
        for i, mean in enumerate(means)
    ]
    names = [town(10 + i, f"第{i}镇") for i in range(len(means))]
    with reader_of(org_months=[before, now], town_months=towns, towns=names) as reader:
        return load(reader, Scope(mode))


def test_the_mean_is_compared_with_the_same_month_of_the_year_before() -> None:
    found = view((5, 10, 20, 30, 10, 5, 0, 0))
    assert found.mean == Amount("value", 30.0)
    assert found.year_change == pytest.approx(2)


def test_bands_reach_to_the_next_edge_and_the_middle_member_is_in_one_of_them() -> None:
    found = view((5, 10, 20, 30, 10, 5, 0, 0))
    assert [(band.low, band.high, band.count) for band in found.bands[-2:]] == [(100, 150, 0), (150, None, 0)]
    # 80 members: the 40th is in the band from 30 (5 + 10 + 20 before it).
    assert found.middle is not None
    assert (found.middle.low, found.middle.high) == (30, 50)


@pytest.mark.parametrize("mode", ["wall_internal", "wall_reception"])
def test_few_members_of_a_band_are_withheld_with_the_smallest_other(mode: Mode) -> None:
    found = view((3, 10, 20, 30, 0, 0, 0, 0), mode)
    assert [band.count for band in found.bands] == [None, None, 20, 30, 0, 0, 0, 0]
    assert [band.is_small for band in found.bands[:2]] == [True, False]
    assert found.middle is None
    many = view((3, 1, 20, 30, 0, 0, 0, 0), mode).bands
    assert [band.count for band in many[:4]] == [None, None, None, 30], (
        "4 alone could be 3 and 1 or 2 and 2, 2 only 1 and 1"
    )


def test_without_every_band_there_is_none() -> None:
    found = view((5, None, 20, 30, 10, 5, 0, 0))
    assert found.bands == ()
    assert found.middle is None


def test_towns_stand_by_their_mean_and_visitors_read_the_upper_half() -> None:
    means = tuple(40.0 + i for i in range(12))
    counts = (5, 10, 20, 30, 10, 5, 0, 0)
    found = view(counts, means=means)
    assert [t.mean for t in found.towns] == sorted(means, reverse=True)
    assert not found.is_cut
    reception = view(counts, "wall_reception", means)
    assert [t.mean for t in reception.towns] == sorted(means, reverse=True)[:6]
    assert reception.is_cut


def test_a_district_whose_index_is_a_score_has_the_bands_of_this_score() -> None:
    bands = SCORES["wj_member_score_sum"]
    counts = dict(zip(bands, (0, 0, 5, 6, 7, 30, 20, 10), strict=True))
    row = {"org_id": ROOT, "period_month": "2026-10", "scored_members": 78, "index_points": 13_000.5}
    ledger = dict.fromkeys(BANDS, 0) | {"index_below_10": 78}
    scored = {**row, **ledger, **counts, "wj_member_score_sum": 13_000.5}
    with reader_of(org_months=[scored]) as reader:
        found = load(reader, Scope("wall_internal"))
    assert [(band.low, band.count) for band in found.bands] == list(
        zip(bands.values(), counts.values(), strict=True)
    )
    assert found.middle is not None
    assert found.middle.low == 160
