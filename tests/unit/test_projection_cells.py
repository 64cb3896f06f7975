"""Dirty cells are read in few rectangles, and none is forgotten."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.projection.cells import DirtyCells
from data.projection.source import Block

BRANCHES = list(range(1, 21))
MONTHS = [f"2026-{month:02d}" for month in range(1, 12)]
CELLS = st.sets(st.tuples(st.sampled_from([*BRANCHES, 99]), st.sampled_from([*MONTHS, "2020-01"])))


def covered(blocks: list[Block]) -> set[tuple[int, str]]:
    return {(org, month) for block in blocks for org in block.orgs or BRANCHES for month in block.months}


@given(CELLS, st.sampled_from(["member_lights", "attendance"]))
def test_every_dirty_cell_of_a_known_branch_and_month_is_read(
    cells: set[tuple[int, str]], family: str
) -> None:
    found = list(DirtyCells({family: cells}).blocks(family, BRANCHES, MONTHS))
    wanted = {(org, month) for org, month in cells if org in BRANCHES and month in MONTHS}
    assert covered(found) >= wanted
    assert bool(found) == bool(wanted)


def test_one_branch_with_its_whole_past_does_not_make_the_others_read_theirs() -> None:
    newest = {(org, MONTHS[-1]) for org in range(1, 9)}
    past = {(9, month) for month in MONTHS}
    found = list(DirtyCells({"member_lights": newest | past}).blocks("member_lights", BRANCHES, MONTHS))
    assert sorted((len(block.orgs or ()), len(block.months)) for block in found) == [(1, 11), (8, 1)]
