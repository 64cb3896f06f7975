"""Members: age bands add up to the total, small cells are withheld with a second one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.queries.figures_of_month import Amount
from data.queries.members import AGE_GROUPS, AgeGroup, Members, guarded, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of

AGES = {
    "age_30": 10, "age_35": 20, "age_40": 30, "age_45": 5, "age_50": 8, "age_55": 9, "age_60": 11,
    "age_61": 40, "age_unknown": 0,
}  # fmt: skip


def view(**columns: float | None) -> Members:
    row = {"org_id": ROOT, "period_month": "2026-11", **columns}
    with reader_of(org_months=[row]) as reader:
        return load(reader, Scope("wall_reception"))


def test_five_year_bands_add_up_to_readable_groups() -> None:
    found = view(members=133, women=40, college=0, **AGES)
    assert {group.name: group.count for group in found.ages} == {
        "to_35": 30, "36_45": 35, "46_55": 17, "56_60": 11, "from_61": 40, "unknown": 0,
    }  # fmt: skip
    assert sum(group.count or 0 for group in found.ages) == found.total.value
    assert found.women.value == 40 / 133


def test_nobody_with_a_degree_is_zero_and_an_unconnected_feed_is_no_data() -> None:
    found = view(members=133, women=None, college=0)
    assert (found.women, found.college) == (Amount("nodata"), Amount("value", 0.0))
    assert found.ages == ()


def test_a_district_without_members_has_no_shares() -> None:
    found = view(members=0, women=0, college=0)
    assert (found.total, found.women) == (Amount("value", 0.0), Amount("na"))


def test_a_single_small_cell_takes_the_smallest_other_cell_with_it() -> None:
    found = guarded({"a": 3, "b": 50, "c": 7, "d": 0})
    assert found == (AgeGroup("a", None, True), AgeGroup("b", 50), AgeGroup("c", None), AgeGroup("d", 0))


def test_five_is_shown_and_four_is_not() -> None:
    assert [group.count for group in guarded({"a": 5, "b": 9})] == [5, 9]
    assert [group.count for group in guarded({"a": 4, "b": 9})] == [None, None]


@given(st.lists(st.integers(0, 60), min_size=len(AGE_GROUPS), max_size=len(AGE_GROUPS)))
def test_no_shown_cell_is_small_and_the_total_gives_none_away(counts: list[int]) -> None:
    found = guarded(dict(zip(AGE_GROUPS, counts, strict=True)))
    assert all(group.count is None or group.count == 0 or group.count >= 5 for group in found)
    withheld = [group for group in found if group.count is None]
    others = [n for n in counts if n >= 5]
    assert len(withheld) != 1 or not others
